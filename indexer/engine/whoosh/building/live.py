"""Which articles of a segment does the next generation still want? Deletions are collected before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engine.generations import FileEntry
from indexer.engine.whoosh.layout.catalog import Entry
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.segment import Segment

__all__ = ["LiveSegment", "delete_files", "delete_older_twins"]


@dataclass(slots=True)
class LiveSegment:
    """Join a segment with the mask of its deleted articles (bool [articles], None where none is).

    `written` describes the file of a segment that is new; one of the old generation has None there.
    """

    entry: Entry
    segment: Segment
    deleted: Array | None = None
    written: FileEntry | None = None

    @classmethod
    def open(cls, folder: Path, entry: Entry, written: FileEntry) -> LiveSegment:
        """Open a segment just written; raise IndexCorrupt."""
        return cls(entry, Segment(folder / entry.file, written.size, entry.tail), None, written)

    @property
    def count(self) -> int:
        """Return how many articles are not deleted."""
        gone = 0 if self.deleted is None else int(np.count_nonzero(self.deleted))
        return self.segment.articles - gone

    @property
    def units(self) -> int:
        """Return how many units the articles have that are not deleted."""
        if self.deleted is None:
            return self.segment.units
        return int(np.diff(self.segment.article_starts())[~self.deleted].sum(dtype=np.int64))

    def delete(self, numbers: Array) -> None:
        """Delete articles, given by their numbers or by a mask."""
        mask = np.zeros(self.segment.articles, np.bool_) if self.deleted is None else self.deleted.copy()
        mask[numbers] = True
        self.deleted = mask if mask.any() else None


def delete_files(live: LiveSegment, files: Iterable[str]) -> None:
    """Delete the articles of files and of the members of archives (shown as archive.zip/member.txt)."""
    values = live.segment.values("file")
    chosen = np.zeros(len(values), np.bool_)
    for file in files:
        if (number := values.find(file)) >= 0:
            chosen[number] = True
        first, last = values.with_prefix(file + "/")
        chosen[first:last] = True
    if chosen.any():
        live.delete(chosen[live.segment.column("file")])


def delete_older_twins(old: Sequence[LiveSegment], new: Sequence[LiveSegment]) -> None:
    """Delete every article of which a later one, in a new segment, has the id."""
    if not new:
        return
    numbered = [_live_ids(live) for live in new]
    hashes = np.concatenate([each[0] for each in numbered])
    owners = np.concatenate([np.full(len(each[0]), place) for place, each in enumerate(numbered)])
    articles = np.concatenate([each[1] for each in numbered])
    order = np.lexsort((articles, owners, hashes))
    hashes, owners, articles = hashes[order], owners[order], articles[order]
    # The last of equal hashes is the latest article; 64 bits tell ids apart, so the texts need no comparison.
    twins = np.flatnonzero(hashes[1:] == hashes[:-1])
    for place, live in enumerate(new):
        live_twins = twins[owners[twins] == place]
        if len(live_twins):
            live.delete(articles[live_twins])
    for live in old:
        known, numbers = _live_ids(live)
        at = known.searchsorted(hashes)
        at[at == len(known)] = 0
        if len(known) and (same := known[at] == hashes).any():
            live.delete(numbers[at[same]])


def _live_ids(live: LiveSegment) -> tuple[Array, Array]:
    """Return (u64 ascending hashes of ids, u16 article numbers) of the articles that are not deleted."""
    hashes, numbers = live.segment.id_hashes()
    if live.deleted is None:
        return hashes, numbers
    kept = ~live.deleted[numbers]
    return hashes[kept], numbers[kept]
