"""How many articles a second does a folder of text files give, with all their metadata? From a cold start.

    python -m tests.benchmark.files [--corpus FILE] [--files N …]

FILE is a .jsonl or .jsonl.gz of records with `text`; without it texts are made of jieba's words, which name few places
and days. Each file holds an article as newspapers print it: headline, byline or dateline, paragraphs. The command line
builds the index in a process of its own, so that the seconds include all that Python loads; memory should not grow
with the number of files.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import indexer
from tests.benchmark.newspaper import Source, make_page
from tests.benchmark.speed import measure
from tests.benchmark.speed_corpus import make_records

_PARAGRAPH = 120  # characters after which a paragraph ends with its sentence


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.files")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--files", type=int, nargs="+", default=[1_000, 4_000])
    given = parser.parse_args(arguments)
    for count in given.files:
        with tempfile.TemporaryDirectory() as folder:
            print(report(count, given.corpus, Path(folder)))


def report(count: int, corpus: Path | None, folder: Path) -> str:
    """Build an index of so many files and return a line about it."""
    size = write_files(count, corpus, folder / "texts")
    command = [sys.executable, "-m", "indexer", "index", str(folder / "texts"), "--index", str(folder / "index")]
    used = measure(command)
    with indexer.open_index(folder / "index") as opened:
        articles = opened.statistics().articles
    return (
        f"{count:,} files of {size / 1e6:.1f} MB, {articles:,} articles: {used.seconds:.2f} s "
        f"({used.processor:.2f} s of processor time), {articles / used.seconds:,.0f} articles/s, {used.memory:,.0f} MB"
    )


def write_files(count: int, corpus: Path | None, folder: Path) -> int:
    """Write one article to each of so many text files; return their bytes."""
    folder.mkdir()
    chance = random.Random(5)
    size = 0
    for number, record in enumerate(make_records(count, corpus)):
        text = make_page([_article(record["text"])], chance).text.encode()
        (folder / f"{number:06}.txt").write_bytes(text)
        size += len(text)
    return size


def _article(text: str) -> Source:
    """Give a text a headline, of its own first words, and paragraphs."""
    clauses = [clause for clause in re.split(r"[，。：；？！“”（）、\s]", text) if len(clause) > 5]
    return Source("".join(clauses[:1])[:24] or text[:16], tuple(_paragraphs(text)) or (text,))


def _paragraphs(text: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        paragraph = ""
        for sentence in re.findall(r"[^。！？]*[。！？]?”?", line):
            paragraph += sentence
            if len(paragraph) > _PARAGRAPH:
                yield paragraph
                paragraph = ""
        if paragraph:
            yield paragraph


if __name__ == "__main__":
    main()
