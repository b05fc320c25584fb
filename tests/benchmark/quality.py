"""Is anything missed, is anything loose, and does the right article come first? Print a table for each corpus.

    python -m tests.benchmark.quality [--corpus DIR]… [--questions N] [--substrings N] [--seed N]

A corpus is any folder that Wensou indexes. If it holds corpus.jsonl (records: id, title, text), that is indexed, and
queries.jsonl (id, text) with qrels.tsv (query id, record id, relevance) are its questions; it is then measured in
traditional characters too. Without any, seeds is taken, and ../shared/data/cmrc2018 where it exists.
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
from indexer import Article, Results
from indexer.analysis.fold import HAN, match_text
from indexer.retrieve import Index

DEFAULTS = (Path("seeds"), Path("../shared/data/cmrc2018"))
HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
DEPTH = 10  # hits among which the right one counts
PAGE = 100


@dataclass(frozen=True)
class Corpus:
    """Hold a corpus: what is indexed of it, its questions by id, and the keys of the articles that answer each."""

    source: Path
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
    if not (folder / "corpus.jsonl").exists():
        return Corpus(folder, {}, {})
    if not (folder / "queries.jsonl").exists():
        return Corpus(folder / "corpus.jsonl", {}, {})
    questions = {str(record["id"]): record["text"] for record in _lines(folder / "queries.jsonl")}
    answers: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, answer, relevance = line.split("\t")
        if int(relevance) > 0:
            answers.setdefault(question, set()).add(answer)
    frozen = {question: frozenset(found) for question, found in answers.items()}
    return Corpus(folder / "corpus.jsonl", questions, frozen)


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


def substrings(index: Index, count: int, seed: int) -> Substrings:
    """Search for random Han substrings of 1 to 8 characters, quoted and not, and compare with reading every text."""
    texts = {article.id: _parts(article) for article in index.articles()}
    exact = unquoted = complete = first = 0
    for wanted in _random_substrings(list(texts.values()), count, seed):
        truth = {id for id, parts in texts.items() if any(wanted in part for part in parts)}
        quoted = index.search(f'"{wanted}"', size=PAGE)
        exact += quoted.total == len(truth) and _found(index, f'"{wanted}"', len(truth)) <= truth
        if len(wanted) > 1:
            unquoted += 1
            found = index.search(wanted, size=PAGE)
            complete += not found.relaxed and truth <= _found(index, wanted, found.total, truth)
            first += {hit.article.id for hit in found.hits[: len(truth)]} <= truth
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
        indexer.build_index([corpus.source], Path(temporary, "index"))
        with indexer.open_index(Path(temporary, "index")) as index:
            yield "articles", f"{index.search(size=1).total:,}"
            found = substrings(index, options.substrings, options.seed)
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
    if missing := [folder for folder in options.corpus or () if not folder.is_dir()]:
        parser.error(f"no folder {', '.join(map(str, missing))}")
    with tempfile.TemporaryDirectory() as temporary:
        for folder in options.corpus or [folder for folder in DEFAULTS if folder.is_dir()]:
            variants = [folder]
            if (folder / "corpus.jsonl").exists():
                variants.append(in_traditional(folder, Path(temporary)))
            for variant in variants:
                print(f"\n{variant.name}")
                for name, value in measure(variant, options):
                    print(f"  {name:<48} {value:>12}", flush=True)


def _lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _parts(article: Article) -> list[str]:
    parts = (article.title, article.kicker, article.subtitle, article.text, *article.captions)
    return [match_text(part) for part in parts if part]


def _random_substrings(texts: Sequence[Sequence[str]], count: int, seed: int) -> Iterator[str]:
    """Yield substrings of Han runs in match form, every length as often as the others."""
    chance = random.Random(seed)
    while count:
        runs = HAN_RUN.findall(chance.choice(chance.choice(texts)))
        length = chance.randint(1, 8)
        long_enough = [run for run in runs if len(run) >= length]
        if long_enough:
            run = chance.choice(long_enough)
            start = chance.randint(0, len(run) - length)
            yield run[start : start + length]
            count -= 1


def _found(index: Index, query: str, total: int, sought: set[str] | None = None) -> set[str]:
    """Return the ids of the hits of a query; reading stops once all that are sought have been seen."""
    ids: set[str] = set()
    for page in range(1, -(-min(total, 10_000) // PAGE) + 1):
        ids |= {hit.article.id for hit in index.search(query, page=page, size=PAGE).hits}
        if sought is not None and sought <= ids:
            break
    return ids


def _reciprocal_rank(results: Results, right: frozenset[str]) -> float:
    for rank, hit in enumerate(results.hits, 1):
        if hit.article.key in right:
            return 1 / rank
    return 0.0


if __name__ == "__main__":
    main()
