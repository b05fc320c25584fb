"""Fit the weights of indexer/metadata/data/year_weights.json to dated news and write them.

    python -m tests.benchmark.fit_year DATA [OUT]

DATA holds articles_dev.jsonl, days_dev.jsonl and news_dev.jsonl.gz. Half of the reports of the first two (by a hash
of their id) is fitted on, the other half is left for tests.benchmark.metadata_date. What the third adds is in neither
half. The model is a multinomial logit over the
candidate years of one text and "none of them"; rare years weigh more, so that no year is likelier by itself.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from indexer.metadata.cues import Cues, cues
from indexer.metadata.inference import candidates, clues

# A programme's site puts a link with the day in it under each report.
_LINK = re.compile(r"\[查看原文\]\([^)]*\)")
# Sets of a few weeks: their one summer's games would make any event look like the current one.
_ONE_SUMMER = ("crud_dateline", "news")
_PENALTY = 2.0
# How far the texts of a frequent year are weighed down: 0 not at all, 1 to the same sum for all years.
_EVEN = 0.3
_MORE = 14_000
_ROUNDS = 400
_RARE = 25


def main(data: Path, out: Path) -> None:
    cases = [
        (year, kind, cues(title, text))
        for id_, title, text, year, kind in itertools.chain(examples(data), more_examples(data))
        if kind == "news" or for_fitting(id_)
    ]
    cases += [(year, "pages", told) for id_, year, told in pages(data) if for_fitting(id_)]
    names, rows, truth, sizes, weight = _design(cases)
    weights = _fit(rows, truth, sizes, weight, len(names))
    kept = {
        name: round(float(value), 2) for name, value in sorted(zip(names, weights, strict=True)) if abs(value) >= 0.02
    }
    about = {
        "origin": "Fitted by tests/benchmark/fit_year.py to half of a set of dated news reports from 2003 to 2026; "
        "each weight is a log-odds for (or against) a candidate year; see indexer/metadata/inference.py.",
        "weights": kept,
    }
    out.write_text(json.dumps(about, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(cases)} texts, {len(kept)} weights of {len(names)}")


def for_fitting(id_: str) -> bool:
    """Tell whether a report belongs to the half that is fitted on."""
    return zlib.crc32(id_.encode()) % 2 == 0


def examples(data: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield (id, title, text, year, set) of every report, its dateline taken out."""
    for line in (data / "articles_dev.jsonl").open(encoding="utf-8"):
        row: dict[str, Any] = json.loads(line)
        text = row["text"].replace(row["dateline"] or "\0", "")
        yield row["id"], "", text, int(row["date"][:4]), row["set"]
    for line in (data / "days_dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        for title, text in articles_of_day(row):
            yield row["id"], title, text, int(row["date"][:4]), "days"


def more_examples(data: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield the first dated texts of the large set that are in none of the others."""
    with (data / "articles_dev.jsonl").open(encoding="utf-8") as lines:
        known = {_middle(json.loads(line)["text"]) for line in lines}
    with gzip.open(data / "news_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = (row for row in map(json.loads, lines) if "date" in row and _middle(row["text"]) not in known)
        for row in itertools.islice(rows, _MORE):
            yield row["id"], "", row["text"], int(row["date"][:4]), "news"


def _middle(text: str) -> str:
    """Return what tells a text from others, whatever was put before or behind it."""
    return re.sub(r"\W", "", text)[100:160]


def articles_of_day(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield title and text of every article of a day's programme."""
    starts = [boundary["start"] for boundary in row["boundaries"]]
    for start, end in zip(starts, [*starts[1:], len(row["text"])], strict=True):
        piece = re.sub(r"<[^>]+>", "", _LINK.sub("", row["text"][start:end].replace("</p>", "\n")))
        title, _, text = piece.partition("\n")
        yield title, text.strip()


def pages(data: Path) -> Iterator[tuple[str, int, Cues]]:
    """Yield (id, year, cues) of pages: every four articles of a day together."""
    for line in (data / "days_dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        articles = list(articles_of_day(row))
        for start in range(0, len(articles) - 3, 4):
            found = Cues()
            for title, text in articles[start : start + 4]:
                found.add(cues(title, text))
            yield row["id"], int(row["date"][:4]), found


def _design(cases: list[tuple[int, str, Cues]]) -> tuple[Any, ...]:
    groups = Counter((kind, year) for year, kind, _ in cases)
    found = []
    for year, kind, told in cases:
        years = candidates(told)
        if years:
            share = (len(cases) / len(groups) / groups[kind, year]) ** _EVEN
            left = ("known event", "known games") if kind in _ONE_SUMMER else ()
            lists = [[name for name in clues(told, near) if not name.startswith(left)] for near in years]
            found.append((lists, years, year, share))
    count = Counter(name for lists, *_ in found for names in lists for name in names)
    names = sorted(name for name in count if count[name] >= _RARE)
    number = {name: at for at, name in enumerate(names)}
    rows = [[number[name] for name in told if name in number] for lists, *_ in found for told in lists]
    sizes = [len(years) for _, years, *_ in found]
    truth = [years.index(year) if year in years else -1 for _, years, year, _ in found]
    return names, rows, truth, sizes, [share for *_, share in found]


def _fit(rows: list[list[int]], truth: list[int], sizes: list[int], weight: list[float], count: int) -> Any:
    """Maximise the penalised likelihood with Adam; plain numpy, so that anybody can run it."""
    row = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    column = np.concatenate([np.array(each, dtype=np.int64) for each in rows])
    group = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.zeros(len(rows))
    for start, at in zip(starts, truth, strict=True):
        if at >= 0:
            right[start + at] = 1
    share = np.array(weight)[group]
    weights, first, second = np.zeros(count), np.zeros(count), np.zeros(count)
    for step in range(1, _ROUNDS + 1):
        scores = np.exp(np.bincount(row, weights[column], minlength=len(rows)))
        whole = 1 + np.bincount(group, scores, minlength=len(sizes))
        off = share * (scores / whole[group] - right)
        slope = np.bincount(column, off[row], minlength=count) + _PENALTY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


if __name__ == "__main__":
    here = Path(__file__).parents[2] / "indexer" / "metadata" / "data" / "year_weights.json"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else here)
