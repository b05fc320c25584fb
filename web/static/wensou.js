// Everything works without this file. It adds suggestions, keys, the walk from mark to mark, and results that
// change without a full load.
"use strict";

const box = document.getElementById("q");

// Suggestions: an ARIA combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). While an input method composes,
// keys belong to it: isComposing says so, keyCode 229 where a browser (Safari) ends the composition too early.
const composing = (event) => event.isComposing || event.keyCode === 229;

function combobox(input) {
  const list = document.createElement("ul");
  const [title, place, term] = input.dataset.kinds.split(" ");
  const kinds = { title, place, term };
  let chosen = -1;
  let asked = 0;
  let timer = 0;
  let typed = input.value;
  list.id = "options";
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-controls": "options", "aria-expanded": "false", "aria-autocomplete": "list",
  })) input.setAttribute(name, value);

  const options = () => [...list.children];
  function close() {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(number) {
    const all = options();
    chosen = (number + all.length + 1) % (all.length + 1);
    if (chosen === all.length) chosen = -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.value = chosen < 0 ? typed : all[chosen].dataset.value;
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  }
  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ value, kind, count }, at) => {
      const option = document.createElement("li");
      const note = document.createElement("small");
      option.id = `option-${at}`;
      option.dataset.value = value;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(value);
      note.textContent = `${kinds[kind] ?? kind} ${count}`;
      option.append(note);
      return option;
    }));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }
  async function ask() {
    const mine = ++asked;
    typed = input.value;
    if (!typed.trim()) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    // An answer that comes late belongs to an older text.
    if (mine !== asked || !answer?.ok) return;
    const body = await answer.json();
    if (mine === asked && document.activeElement === input) show(body.suggestions);
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, 80); };
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) input.value = "";
      else { input.value = typed; close(); }
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    input.value = option.dataset.value;
    close();
    input.form.requestSubmit();
  });
  return close;
}
const closeOptions = combobox(box);

// The Enter that ends a composition must not search.
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && composing(event)) event.preventDefault();
}, true);

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Results are replaced in place; whatever goes wrong becomes the plain navigation it stands for.
let loading = null;
async function load(url, push) {
  const results = document.getElementById("results");
  loading?.abort();
  loading = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: loading.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (!fresh) throw new Error("no results");
    if (push) history.pushState(null, "", url);
    results.replaceWith(fresh);
    document.title = page.title;
    // The form carries the filters as hidden fields: they follow the results.
    const form = page.querySelector("form.query");
    box.form.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
    box.form.append(...form.querySelectorAll("input[type=hidden]"));
    box.value = form.elements.q.value;
    const language = "footer a[hreflang]";
    document.querySelector(language).setAttribute("href", page.querySelector(language).getAttribute("href"));
    if (push) { scrollTo(0, 0); document.getElementById("content").focus({ preventScroll: true }); }
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}
if (document.getElementById("results")) {
  const here = (url) => url.origin === location.origin && url.pathname === location.pathname;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#results a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    if (!here(url)) return;
    event.preventDefault();
    load(url.href, true);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    closeOptions();
    const url = new URL(box.form.action);
    url.search = new URLSearchParams(new FormData(box.form)).toString();
    load(url.href, true);
  });
  addEventListener("popstate", () => load(location.href, false));
}

// From mark to mark on the article page.
const marks = document.querySelector(".marks");
if (marks) {
  const all = [...document.querySelectorAll("mark[id]")];
  let at = -1;
  const go = (step) => {
    all[at]?.classList.remove("here");
    at = at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length;
    all[at].classList.add("here");
    all[at].scrollIntoView({ block: "center" });
    all[at].focus({ preventScroll: true });
  };
  marks.querySelector(".first").hidden = true;
  for (const [name, step] of [[".previous", -1], [".next", 1]]) {
    const button = marks.querySelector(name);
    button.hidden = false;
    button.addEventListener("click", () => { go(step); });
  }
}
