"""How does a test come to an index? Articles written in batches, one commit each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.engine.base import SourceState
from indexer.engine.files import Disk
from indexer.engine.whoosh import open_writer
from indexer.engine.whoosh.building.build import Builder
from indexer.engine.whoosh.building.flush import write_segment
from indexer.engine.whoosh.layout.segment import Segment
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.models import Article


def take(articles: Sequence[Article]) -> tuple[Sequence[Article], int]:
    """Read a job that consists of its articles."""
    return articles, len(articles)


def write(index: Path, articles: Sequence[Article], removed: Iterable[str] = (), *, rebuild: bool = False) -> None:
    """Add articles to an index and remove those of some files."""
    writer = open_writer(index, rebuild=rebuild)
    list(writer.write([articles], take, size=1000))
    writer.remove(removed)
    writer.commit(SourceState())


def make_readers(folder: Path, *batches: Sequence[Article]) -> list[SegmentReader]:
    """Build one segment of each batch, with no generation around them."""
    readers = []
    for number, articles in enumerate(batches):
        builder = Builder(1 << 26)
        for article in articles:
            builder.add(article)
        entry, written = write_segment(Disk(), folder, f"s{number}", *builder.finish())
        readers.append(SegmentReader(Segment(folder / entry.file, written.size, entry.tail), None, number))
    return readers
