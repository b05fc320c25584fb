"""How often is the place right that an article is said to be about?

    python -m tests.benchmark.metadata_place [SHARED]

SHARED (default: ../shared) holds gold/about.jsonl: reports read by hand, with the place that each is about.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer import marks
from indexer.metadata.gazetteer import Path as PlacePath
from indexer.metadata.gazetteer import resolve
from indexer.metadata.place import locate

__all__ = ["main"]


class _Case(NamedTuple):
    text: str
    truth: PlacePath
    sure: bool


def main(shared: Path) -> None:
    """Print right answers and right ones among those given, for the dateline alone and for what is indexed."""
    lines = (shared / "gold" / "about.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    cases = [_Case(row["text"], tuple(row["place"]), bool(row["sure"])) for row in rows]
    print(f"place ({len(cases)} reports)         right            right where given")
    _report("dateline's city", cases, [_filed(case.text) for case in cases])
    locate(None, "杭州")  # loads the gazetteer
    start = time.perf_counter()
    found = [located.path if (located := locate(None, case.text)) else () for case in cases]
    spent = time.perf_counter() - start
    _report("city or none", cases, found)
    sure = [number for number, case in enumerate(cases) if case.sure]
    _report("the same, sure ones", [cases[number] for number in sure], [found[number] for number in sure])
    _report("county-level too", cases, found, depth=3)
    size = sum(len(case.text) for case in cases)
    print(f"{spent / size * 1000 * 700:.2f} ms for 700 characters\n")


def _filed(text: str) -> PlacePath:
    line = marks.dateline(text.lstrip())
    return resolve(line.place) or () if line and line.place else ()


def _report(name: str, cases: Sequence[_Case], found: Iterable[PlacePath], depth: int = 2) -> None:
    right = given = right_given = 0
    for case, path in zip(cases, found, strict=True):
        same = path[:depth] == case.truth[:depth]
        right += same
        given += bool(path)
        right_given += same and bool(path)
    print(
        f"{name:24}{right:4}/{len(cases):<4}{right / max(1, len(cases)):6.3f}"
        f"{right_given:8}/{given:<4}{right_given / max(1, given):6.3f}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
