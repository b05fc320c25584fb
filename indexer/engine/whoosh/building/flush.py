"""How do the articles that come in become files? One after the other, each as large as memory allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from indexer.engine.files import Disk
from indexer.engine.generations import FileEntry
from indexer.engine.whoosh.layout.catalog import Entry
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.writing import write_container
from indexer.models import Article

if TYPE_CHECKING:
    from indexer.engine.whoosh.building.build import Builder

__all__ = ["Flusher", "NewSegment", "write_segment"]

NewSegment = tuple[Entry, FileEntry]
"""A segment just written: how the catalog and how the manifest describe it."""

W = TypeVar("W")


def write_segment(disk: Disk, folder: Path, name: str, arrays: dict[str, Array], facts: dict[str, int]) -> NewSegment:
    """Write a segment's file and sync it; raise OSError."""
    entry = Entry(name, "", len(arrays["ordinals"]), facts["units"])
    written = write_container(disk, folder / entry.file, arrays, facts)
    entry = Entry(name, written.tail, entry.articles, entry.units)
    return entry, FileEntry(written.size, written.digest)


class Flusher(Generic[W]):
    """Fill builders that `make` gives, and let `write` write each under a name: NAME0, NAME1 …"""

    def __init__(self, name: str, make: Callable[[], Builder], write: Callable[[Builder, str], W]) -> None:
        self._name, self._make, self._write = name, make, write
        self._builder = make()
        self._written: list[W] = []

    def add(self, articles: Iterable[Article]) -> None:
        """Take articles in; raise OSError, or WensouError for an article that fits into no segment."""
        for article in articles:
            if not self._builder.fits(article):
                self._flush()
            self._builder.add(article)

    def finish(self) -> list[W]:
        """Write what is left and return what was written; raise OSError."""
        self._flush()
        return self._written

    def _flush(self) -> None:
        if len(self._builder):
            self._written.append(self._write(self._builder, f"{self._name}{len(self._written)}"))
            # Nothing of the old one may live on beside the next.
            self._builder = self._make()
