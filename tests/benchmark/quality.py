"""Is anything missed, is anything loose, and does the right article come first? Print a table for each corpus.

    python -m tests.benchmark.quality [--corpus DIR]… [--questions N] [--substrings N] [--seed N]

A corpus is a folder with corpus.jsonl (records as Wensou indexes them: id, title, text) and, for questions,
queries.jsonl (id, text) and qrels.tsv (query id, record id, relevance). Each is measured as it is and in traditional
characters. Without any, ../shared/data/cmrc2018 is taken where it exists.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import indexer
from indexer import Results
from indexer.analysis.fold import HAN, match_text
from indexer.retrieve import Index

DEFAULT = Path("../shared/data/cmrc2018")
HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
DEPTH = 10  # hits among which the right one counts
PAGE = 100


@dataclass(frozen=True)
class Corpus:
    """Hold a corpus: texts in match form by record id (one string per part), questions, and their right answers."""

    name: str
    file: Path
    parts: Mapping[str, Sequence[str]]
    questions: Mapping[str, str]
    answers: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Substrings:
    """Count random substrings: found quoted exactly, none lost unquoted, and with the contiguous ones first."""

    tried: int
    exact: int
    unquoted: int
    complete: int
    contiguous_first: int


def read(folder: Path) -> Corpus:
    """Read a corpus folder."""
    records = list(_lines(folder / "corpus.jsonl"))
    parts = {str(record["id"]): _parts(record) for record in records}
    questions: dict[str, str] = {}
    answers: dict[str, set[str]] = {}
    if (folder / "queries.jsonl").exists():
        questions = {str(record["id"]): record["text"] for record in _lines(folder / "queries.jsonl")}
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            question, answer, relevance = line.split("\t")
            if int(relevance) > 0:
                answers.setdefault(question, set()).add(answer)
    frozen = {question: frozenset(found) for question, found in answers.items()}
    return Corpus(folder.name, folder / "corpus.jsonl", parts, questions, frozen)


def in_traditional(folder: Path, target: Path) -> Path:
    """Write a corpus folder in traditional characters."""
    import opencc

    converter = opencc.OpenCC("s2t")
    written = target / f"{folder.name} (traditional)"
    written.mkdir()
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        if (folder / name).exists():
            text = (folder / name).read_text(encoding="utf-8")
            text = text if name == "qrels.tsv" else converter.convert(text)
            (written / name).write_text(text, encoding="utf-8")
    return written


def substrings(index: Index, corpus: Corpus, count: int, seed: int) -> Substrings:
    """Search for random Han substrings of 1 to 8 characters, quoted and not, and compare with reading every text."""
    exact = unquoted = complete = first = 0
    for wanted in _random_substrings(corpus, count, seed):
        truth = {key for key, parts in corpus.parts.items() if any(wanted in part for part in parts)}
        quoted = index.search(f'"{wanted}"', size=PAGE)
        exact += quoted.total == len(truth) and _keys(index, f'"{wanted}"', len(truth)) <= truth
        if len(wanted) > 1:
            unquoted += 1
            found = index.search(wanted, size=PAGE)
            complete += not found.relaxed and truth <= _keys(index, wanted, found.total, truth)
            first += {hit.article.key for hit in found.hits[: len(truth)]} <= truth
    return Substrings(count, exact, unquoted, complete, first)


def reciprocal_ranks(index: Index, corpus: Corpus, count: int, seed: int) -> tuple[list[float], list[float]]:
    """Return 1 ÷ the rank of the first right article for every question (0 beyond the tenth), and the times in ms."""
    chosen = sorted(corpus.answers)
    if count and count < len(chosen):
        chosen = random.Random(seed).sample(chosen, count)
    ranks: list[float] = []
    times: list[float] = []
    for question in chosen:
        started = perf_counter()
        results = index.search(corpus.questions[question], size=DEPTH)
        times.append((perf_counter() - started) * 1000)
        ranks.append(_reciprocal_rank(results, corpus.answers[question]))
    return ranks, times


def measure(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Index a corpus and yield each figure's name and value."""
    corpus = read(folder)
    with tempfile.TemporaryDirectory() as temporary:
        indexer.build_index([corpus.file], Path(temporary, "index"))
        with indexer.open_index(Path(temporary, "index")) as index:
            yield "articles", f"{index.search(size=1).total:,}"
            found = substrings(index, corpus, options.substrings, options.seed)
            yield "quoted substrings found completely and exactly", f"{found.exact} of {found.tried}"
            yield "unquoted substrings, no article lost", f"{found.complete} of {found.unquoted}"
            yield "unquoted substrings, contiguous ones first", f"{found.contiguous_first} of {found.unquoted}"
            ranks, times = reciprocal_ranks(index, corpus, options.questions, options.seed)
            if ranks:
                yield f"MRR@{DEPTH} of {len(ranks):,} questions", f"{sum(ranks) / len(ranks):.4f}"
                yield "time per question, median", f"{sorted(times)[len(times) // 2]:.1f} ms"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table for each corpus, as it is and in traditional characters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, action="append", metavar="DIR")
    parser.add_argument("--questions", type=int, default=0, metavar="N", help="so many, drawn at random; 0: all")
    parser.add_argument("--substrings", type=int, default=500, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    folders = options.corpus or [DEFAULT]
    if missing := [folder for folder in folders if not (folder / "corpus.jsonl").exists()]:
        parser.error(f"no corpus.jsonl in {', '.join(map(str, missing))}")
    with tempfile.TemporaryDirectory() as temporary:
        for folder in folders:
            for variant in (folder, in_traditional(folder, Path(temporary))):
                print(f"\n{variant.name}")
                for name, value in measure(variant, options):
                    print(f"  {name:<48} {value:>12}", flush=True)


def _lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _parts(record: Mapping[str, str]) -> list[str]:
    return [match_text(record[name]) for name in ("title", "text") if record.get(name)]


def _random_substrings(corpus: Corpus, count: int, seed: int) -> Iterator[str]:
    """Yield substrings of Han runs in match form, every length as often as the others."""
    chance = random.Random(seed)
    keys = sorted(corpus.parts)
    while count:
        runs = HAN_RUN.findall(corpus.parts[chance.choice(keys)][-1])
        length = chance.randint(1, 8)
        long_enough = [run for run in runs if len(run) >= length]
        if long_enough:
            run = chance.choice(long_enough)
            start = chance.randint(0, len(run) - length)
            yield run[start : start + length]
            count -= 1


def _keys(index: Index, query: str, total: int, sought: set[str] | None = None) -> set[str]:
    """Return the record ids of the hits of a query; reading stops once all that are sought have been seen."""
    keys: set[str] = set()
    for page in range(1, -(-min(total, 10_000) // PAGE) + 1):
        keys |= {str(hit.article.key) for hit in index.search(query, page=page, size=PAGE).hits}
        if sought is not None and sought <= keys:
            break
    return keys


def _reciprocal_rank(results: Results, right: frozenset[str]) -> float:
    for rank, hit in enumerate(results.hits, 1):
        if hit.article.key in right:
            return 1 / rank
    return 0.0


if __name__ == "__main__":
    main()
