"""How do results look on a terminal? Plain data in, text out; no colour where NO_COLOR is set."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from indexer.engine.base import SourceState, Statistics
    from indexer.models import Article, BuildReport, Evidence, FacetValue, Page, Results, Span

__all__ = ["article", "clean", "page", "progress", "report", "results", "status", "terms"]


_KEPT = "\n\t\u200c\u200d"  # the joiners of emoji and of several scripts command nothing


def clean(text: str) -> str:
    """Return text without the control characters by which a file could command a terminal."""
    return "".join(c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "�" for c in text)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function (done, total) that moves a bar on a terminal; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=False, show_eta=True)
    with bar:

        def move(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield move


def report(done: BuildReport, dry_run: bool) -> str:
    """Return one line about a build."""
    failed = f", {len(done.failed)} failed" if done.failed else ""
    if dry_run:
        counts = f"would add {done.added} files, update {done.updated}, keep {done.unchanged}, remove {done.removed}"
    else:
        counts = f"files {done.added} added, {done.updated} updated, {done.unchanged} unchanged, {done.removed} removed"
    return f"{counts}{failed}; {_articles(done.articles)} in the index; {done.seconds:.2f} s"


def results(found: Results, page: int, size: int) -> str:
    """Return one page of results: headlines with their marks, what is known of each, snippets, facets."""
    lines = [_summary(found)]
    if found.did_you_mean:
        lines.append(f"did you mean: {clean(found.did_you_mean)}")
    if found.total and not found.hits:
        lines.append(f"page {page} is beyond the last one, {-(-found.total // size)}")
    for number, hit in enumerate(found.hits, start=(page - 1) * size + 1):
        title = _marked(hit.article.title, hit.title_spans) if hit.article.title else "(no headline 无标题)"
        lines += ["", f"{number}. {title}", f"   {_style(_facts(hit.article), dim=True)}"]
        lines += [f"   {_marked(snippet.text, snippet.spans)}" for snippet in hit.snippets]
        lines.append(f"   {_style(hit.article.id, dim=True)}")
    for name, values in found.facets.items():
        shown = [value for value in values if value.count or value.selected]
        if shown:
            lines += ["", f"{name}: " + "  ".join(_facet(value) for value in shown[:20])]
    return "\n".join(lines)


def article(shown: Article) -> str:
    """Return a whole article with what is known of it and why."""
    lines = [clean(line) for line in (shown.kicker,) if line]
    lines.append(_style(clean(shown.title or "(no headline 无标题)"), bold=True))
    lines += [clean(line) for line in (shown.subtitle,) if line]
    lines += [_style(_facts(shown), dim=True), "", clean(shown.text), ""]
    lines += [f"[图] {clean(caption)}" for caption in shown.captions]
    lines += [f"{clean(name)}: {clean(str(value))}" for name, value in shown.extra.items()]
    lines += _evidence(shown.evidence.items())
    lines.append(f"id {shown.id}" + (f"  key {clean(shown.key)}" if shown.key else ""))
    return "\n".join(lines)


def page(read: Page, articles: Sequence[Article]) -> str:
    """Return how a page was understood: its articles, what was left out, and why."""
    lines = [f"{clean(read.file)}  ({read.encoding}, {_articles(len(articles))})"]
    for draft, each in zip(read.drafts, articles, strict=True):
        lines += ["", f"{each.ordinal}. {clean(each.title or '(no headline 无标题)')}", f"   {_facts(each)}"]
        lines += [f"   {name}: {clean(text)}" for name, text in _parts(each) if text]
        lines += [f"   credit: {clean(_short(line))}" for line in draft.credits]
        lines += [f"   {line}" for line in _evidence(each.evidence.items())]
    lines += ["", "left out:" if read.left_out else "nothing left out"]
    lines += [f"   {_lines(o.lines)} {o.reason}: {clean(_short(o.text))}" for o in read.left_out]
    lines += [f"failed: line {failure.line}: {clean(failure.reason)}" for failure in read.failures]
    return "\n".join(lines)


def terms(text: str, cut: Iterable[tuple[str, str, int, int]]) -> str:
    """Return a table of the terms of a text."""
    rows = [f"{start:>5}–{end:<5} {kind:<8} {clean(term)}" for term, kind, start, end in cut]
    return "\n".join(rows) if rows else f"nothing searchable in {clean(text)!r}"


def status(index: Path, statistics: Statistics, state: SourceState) -> str:
    """Return what an index is."""
    lines = [
        f"index       {index}",
        f"articles    {statistics.articles:,} from {len(state.files):,} {'file' if len(state.files) == 1 else 'files'}",
        f"size        {statistics.bytes / 1e6:,.1f} MB in {statistics.segments} segments",
        f"generation  {statistics.generation}, published {statistics.published}",
        f"dictionary  {state.dictionary or '–'}",
    ]
    return "\n".join(lines + [f"source      {clean(source)}" for source in state.sources])


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _summary(found: Results) -> str:
    kinds = [_articles(found.total)]
    if found.relaxed:
        kinds.append("no article has all the words; these have some of them 没有包含全部词的文章，以下为部分匹配")
    if found.incomplete:
        kinds.append("incomplete: a limit cut the search short 结果不完整")
    return " · ".join(kinds) + f" · {found.took_ms:.1f} ms"


def _facts(of: Article) -> str:
    """Return place, date, source and authors on one line; inferred values carry a question mark."""
    place, when = of.evidence.get("place"), of.evidence.get("date") or of.evidence.get("year")
    parts = [
        ("/".join(of.place) or "place unknown") + _doubt(place),
        str(of.date or of.year or "year unknown") + _doubt(when),
        of.source or "",
        " ".join(of.authors),
        f"{of.file} {_lines(of.lines)}",
    ]
    return clean(" · ".join(part for part in parts if part))


def _doubt(found: Evidence | None) -> str:
    return "?" if found is not None and found.inferred else ""


def _evidence(items: Iterable[tuple[str, Evidence]]) -> list[str]:
    return [
        f"{name}: {'inferred from' if found.inferred else 'from'} {found.origin}: {clean(_short(found.words))}"
        for name, found in items
    ]


def _parts(of: Article) -> list[tuple[str, str]]:
    paragraphs = of.text.split("\n")
    body = _short(paragraphs[0]) if len(paragraphs) == 1 else f"{_short(paragraphs[0])} … {_short(paragraphs[-1])}"
    named = [("kicker", of.kicker or ""), ("subtitle", of.subtitle or ""), ("text", body)]
    return [*named, *(("caption", caption) for caption in of.captions)]


def _lines(span: tuple[int, int]) -> str:
    return f"{span[0]}–{span[1]}"


def _short(text: str, length: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _facet(value: FacetValue) -> str:
    text = f"{clean(value.value)} {value.count}"
    return _style(text, bold=True) if value.selected else text


def _marked(text: str, spans: Sequence[Span]) -> str:
    """Return text with its spans in colour, or unmarked where colour is off."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [clean(text[at:start]), _style(clean(text[start:end]), fg="yellow", bold=True)]
        at = end
    return "".join([*pieces, clean(text[at:])]).replace("\n", " ")


def _style(text: str, **style: bool | str) -> str:
    # click strips styles itself where stdout is no terminal; NO_COLOR it leaves to us (https://no-color.org).
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)  # type: ignore[arg-type]
