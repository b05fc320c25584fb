"""How do the articles that come in become segment files? One after the other, each as large as memory allows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.engine.files import Disk
from indexer.engine.generations import FileEntry
from indexer.engine.whoosh.build import Builder
from indexer.engine.whoosh.catalog import Entry
from indexer.engine.whoosh.container import Array, write_container
from indexer.models import Article

__all__ = ["Flusher", "NewSegment", "write_segment"]

NewSegment = tuple[Entry, FileEntry]
"""A segment just written: how the catalog and how the manifest describe it."""


def write_segment(disk: Disk, folder: Path, name: str, arrays: dict[str, Array], facts: dict[str, int]) -> NewSegment:
    """Write a segment's file and sync it; raise OSError."""
    entry = Entry(name, "", len(arrays["ordinals"]), facts["units"])
    written = write_container(disk, folder / entry.file, arrays, facts)
    entry = Entry(name, written.tail, entry.articles, entry.units)
    return entry, FileEntry(written.size, written.digest)


class Flusher:
    """Build segments of up to `memory` bytes of working memory and write them to a folder as NAME0, NAME1 …"""

    def __init__(self, disk: Disk, folder: Path, name: str, memory: int) -> None:
        self._disk, self._folder, self._name, self._memory = disk, folder, name, memory
        self._builder = Builder(memory)
        self._written: list[NewSegment] = []

    def add(self, articles: Iterable[Article]) -> None:
        """Take articles in; raise OSError, or WensouError for an article that fits into no segment."""
        for article in articles:
            if not self._builder.fits(article):
                self._flush()
            self._builder.add(article)

    def finish(self) -> list[NewSegment]:
        """Write what is left and return all segments; raise OSError."""
        self._flush()
        return self._written

    def _flush(self) -> None:
        if len(self._builder):
            arrays, facts = self._builder.finish()
            # Nothing of the old one may live on beside the next.
            self._builder = Builder(self._memory)
            name = f"{self._name}{len(self._written)}"
            self._written.append(write_segment(self._disk, self._folder, name, arrays, facts))
