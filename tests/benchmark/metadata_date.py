"""How right are dates and years? Print a table.

    python -m tests.benchmark.metadata_date [SHARED]

The rows `words alone` are of the half on which the weights were not fitted, every report by itself, its dateline taken
out; `page` are the articles of a day together; `path` has the dateline's month and day, and the year in the path.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.metadata.date import dates
from indexer.models import Draft, Page
from tests.benchmark.fit_year import articles_of_day, examples, for_fitting

__all__ = ["main"]

_MONTH_DAY = re.compile(r"\d{1,2}\s?月\s?\d{1,2}\s?日")


class _Tally:
    """Count texts, answers, right answers, and answers wanted (where a reader could state the year)."""

    def __init__(self) -> None:
        self.texts = self.given = self.right = self.wanted = self.wanted_given = 0

    def add(self, said: int | None, true: int, wanted: bool = True) -> None:
        self.texts += 1
        self.wanted += wanted
        self.given += said is not None
        self.right += said == true
        self.wanted_given += wanted and said is not None

    def row(self, name: str) -> str:
        right = f"{self.right / self.given:7.3f}" if self.given else "      –"
        return f"{name:32}{self.texts:7}{self.given:7}{right}{self.wanted_given / max(1, self.wanted):9.2f}"


def main(shared: Path) -> None:
    """Print for every set how many texts it has, how many years were given, how many of them are right."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    start = time.perf_counter()
    for name, said, true, wanted in _cases(shared):
        tallies[name].add(said, true, wanted)
    seconds = time.perf_counter() - start
    print(f"{'years':32}{'texts':>7}{'given':>7}{'right':>7}{'coverage':>9}")
    for name, tally in tallies.items():
        print(tally.row(name))
    print(f"{1000 * seconds / sum(tally.texts for tally in tallies.values()):.2f} ms a text")


def _cases(shared: Path) -> Iterator[tuple[str, int | None, int, bool]]:
    """Yield (row, year said or None, true year, whether a reader could state it)."""
    for id_, title, text, year, kind in examples(shared / "data"):
        if not for_fitting(id_):
            yield f"words alone, {kind}", _said("a.txt", (title, text))[0], year, True
            if kind != "days":
                yield "words alone, all reports", _said("a.txt", (title, text))[0], year, True
    yield from _with_path(shared)
    yield from _pages(shared)
    yield from _read_by_hand(shared)


def _with_path(shared: Path) -> Iterator[tuple[str, int | None, int, bool]]:
    for row in _rows(shared / "data" / "articles_dev.jsonl"):
        if row["dateline"] and _MONTH_DAY.search(row["dateline"]):
            yield (
                "dateline, year in path",
                _said(f"{row['date'][:4]}/a.txt", ("", row["text"]))[0],
                int(row["date"][:4]),
                True,
            )


def _pages(shared: Path) -> Iterator[tuple[str, int | None, int, bool]]:
    for row in _rows(shared / "data" / "days_dev.jsonl"):
        if not for_fitting(row["id"]):
            articles = list(articles_of_day(row))
            for start in range(0, len(articles) - 3, 4):
                yield (
                    "page of four articles",
                    _said("a.txt", *articles[start : start + 4])[0],
                    int(row["date"][:4]),
                    True,
                )


def _read_by_hand(shared: Path) -> Iterator[tuple[str, int | None, int, bool]]:
    for row in _rows(shared / "gold" / "about.jsonl"):
        can = row["year_from_text"] is not None
        yield "read by hand", _said("a.txt", ("", row["text"]))[0], int(row["date"][:4]), can


def _said(file: str, *articles: tuple[str, str]) -> list[int | None]:
    drafts = tuple(Draft(title or None, text, (1, 1), number) for number, (title, text) in enumerate(articles, start=1))
    return [int(dated.date[:4]) if dated else None for dated in dates(Page(file, "", "utf-8", drafts))]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
