"""How well are articles cut from pages? `python -m tests.benchmark.boundaries --days FILE` prints the table.

FILE is a JSONL of documents with `text` (HTML paragraphs) and `boundaries` (`title` of each article). Its articles
also make the newspaper and web pages; nothing of it is kept. Without FILE the articles of seeds/ make them.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from indexer.models import Draft
from indexer.reading.split import split
from tests.benchmark.newspaper import Made, Source, make_page, make_web_page

__all__ = ["main"]

_SEEDS = Path(__file__).parent.parent.parent / "seeds"


def main(arguments: list[str] | None = None) -> None:
    """Measure and print headline F1 on real documents and on generated pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=Path, help="JSONL of documents with true boundaries")
    parser.add_argument("--half", type=int, choices=(0, 1), help="use every second document only")
    parser.add_argument("--pages", type=int, default=300, help="how many pages to generate")
    parser.add_argument("--show", type=int, default=0, help="how many mistakes to print")
    options = parser.parse_args(arguments)
    sources = _seeds()
    if options.days:
        days = [json.loads(line) for line in options.days.read_text(encoding="utf-8").splitlines()]
        days = days if options.half is None else days[options.half :: 2]
        documents = [(plain(day["text"]), [part["title"] for part in day["boundaries"]]) for day in days]
        _report_days(documents)
        sources = [source for text, titles in documents for source in _articles(text, titles)]
    rng = random.Random(7)
    pages = [make_page(rng.sample(sources, rng.randint(2, 7)), rng) for _ in range(options.pages)]
    _report_pages("newspaper pages", pages, options.show)
    _report_pages(
        "one article a page", [make_page([rng.choice(sources)], rng) for _ in range(options.pages)], options.show
    )
    web = [make_web_page(rng.choice(sources), rng.sample(sources, 6), rng) for _ in range(options.pages)]
    _report_pages("web pages", web, options.show)
    mastheads = [make_page(rng.sample(sources, rng.randint(2, 7)), rng, masthead=True) for _ in range(options.pages)]
    _report_pages("mastheads", mastheads, options.show)


def _seeds() -> list[Source]:
    drafts = [draft for path in sorted(_SEEDS.glob("*.txt")) for draft in split(path.read_text(encoding="utf-8"))[0]]
    return [Source(draft.title, tuple(draft.text.split("\n"))) for draft in drafts if draft.title]


def plain(text: str) -> str:
    """Strip HTML tags, one line a paragraph."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</p>|<br\s*/?>", "\n", text)))


def _articles(text: str, titles: list[str]) -> list[Source]:
    """Take the articles of a document: title, paragraphs of running text; round-ups and scraps are passed over."""
    found: list[Source] = []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    starts = [lines.index(title.strip()) for title in titles if title.strip() in lines]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        body = [re.sub(r"^央视网消息（新闻联播）：", "", line) for line in lines[start + 1 : end]]
        body = [line for line in body if not re.match(r"\[查看|---|\(更新", line)]
        title = lines[start]
        if (
            "快讯" not in title
            and body
            and all(len(line) > 20 and line[-1] in "。！”" for line in body)
            and len(title) < 45
        ):
            found.append(Source(title, tuple(body)))
    return found


def _key(text: str) -> str:
    return re.sub(r"\s", "", text)


def _f1(wanted: Iterable[str], drafts: Iterable[Draft]) -> tuple[int, int, int]:
    """Count titles found, missed, and drafts that are no article of the truth."""
    left = Counter(map(_key, wanted))
    found = extra = 0
    for draft in drafts:
        key = _key(draft.title or "")
        if left[key] > 0:
            left[key] -= 1
            found += 1
        else:
            extra += 1
    return found, sum(left.values()), extra


def _line(name: str, found: int, missed: int, extra: int, more: str = "") -> None:
    score = 2 * found / max(1, 2 * found + missed + extra)
    print(f"{name:28} F1 {score:.4f}  found {found}  missed {missed}  extra {extra}  {more}")


def _report_days(documents: list[tuple[str, list[str]]]) -> None:
    begun = time.process_time()
    results = [(titles, split(text)[0]) for text, titles in documents]
    seconds = time.process_time() - begun
    totals = [sum(column) for column in zip(*(_f1(titles, drafts) for titles, drafts in results), strict=True)]
    size = sum(len(text.encode()) for text, _ in documents) / 1e6
    _line("documents", *totals, more=f"{size / seconds:.1f} MB/s")


def _report_pages(name: str, pages: list[Made], show: int) -> None:
    totals = [0, 0, 0]
    whole = broken = leaked = furniture = kept = captions = 0
    styles: dict[str, list[int]] = {}
    for page in pages:
        drafts, _ = split(page.text)
        counts = _f1(page.titles, drafts)
        totals = [left + right for left, right in zip(totals, counts, strict=True)]
        texts = [_key(draft.text) for draft in drafts]
        torn = [text for text in page.broken if not any(text in other for other in texts)]
        whole, broken = whole + len(page.broken) - len(torn), broken + len(page.broken)
        shown = {_key(part) for draft in drafts for part in _shown(draft)}
        leaks = [line for line in page.furniture if _key(line) in shown]
        leaked, furniture = leaked + len(leaks), furniture + len(page.furniture)
        held = {_key(part) for draft in drafts for part in draft.captions}
        kept, captions = kept + sum(_key(caption) in held for caption in page.captions), captions + len(page.captions)
        for part in page.style.split("/"):
            held_style = styles.setdefault(part, [0, 0, 0, 0, 0])
            for at, value in enumerate((*counts, len(torn), len(page.broken))):
                held_style[at] += value
        if show > 0 and (counts[1] or torn or leaks):
            show -= 1
            _show(page, drafts, torn, leaks)
    _line(name, *totals, more=f"whole {whole}/{broken}  leaked {leaked}/{furniture}  captions {kept}/{captions}")
    for style, (found, missed, extra, torn_count, all_broken) in sorted(styles.items()):
        _line(f"    {style}", found, missed, extra, more=f"torn {torn_count}/{all_broken}")


def _shown(draft: Draft) -> list[str]:
    head = [part for part in (draft.title, draft.kicker, draft.subtitle) if part]
    return [*head, *draft.text.split("\n"), *draft.captions, *draft.credits]


def _show(page: Made, drafts: list[Draft], torn: list[str], leaks: list[str]) -> None:
    print(f"--- {page.style}")
    print("  wanted", page.titles)
    print("  found ", [(draft.kicker, draft.title, draft.subtitle, draft.text[:12]) for draft in drafts])
    print("  torn  ", torn)
    print("  leaked", leaks)


if __name__ == "__main__":
    main()
