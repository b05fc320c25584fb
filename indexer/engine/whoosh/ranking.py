"""Which matches come first? The best few by several keys, found by partition: nothing is sorted that is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.base import Sort
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.reader import SegmentReader

__all__ = ["Key", "MatchList", "best", "ordered", "select"]

Key = Callable[[Array], Array]
"""Gives the values of some matches (by their indices); greater ones come first."""

_ID_CHUNKS = 3  # ids are compared by their first 24 bytes; those that ingest makes are shorter


@dataclass(frozen=True, slots=True)
class MatchList:
    """List all matches over all segments: reader numbers, article numbers, and scores for sorting by relevance."""

    readers: Sequence[SegmentReader]
    bounds: Array  # int64 [segments + 1]: where each segment's matches begin
    numbers: Array  # article numbers within their segments
    scores: Array | None

    def keys(self, sort: Sort) -> list[Key]:
        """Return the keys of an order; ties end at the ids: no order depends on how articles lie in segments."""
        ids: list[Key] = [self._id_key(chunk) for chunk in range(_ID_CHUNKS)]
        if sort == "oldest":
            return [self._oldest, *ids]
        if sort == "newest" or self.scores is None:
            return [self._newest, *ids]
        return [self.scores.__getitem__, self._newest, *ids]

    def places(self, matches: Array) -> list[tuple[SegmentReader, int]]:
        """Return the reader and the article number of each of some matches."""
        segments = self.bounds.searchsorted(matches, "right") - 1
        numbers = self.numbers[matches]
        return [(self.readers[at], number) for at, number in zip(segments.tolist(), numbers.tolist(), strict=True)]

    def per_segment(self, matches: Array) -> list[Array]:
        """Return for each segment the indices into `matches` of those that lie in it."""
        segments = self.bounds.searchsorted(matches, "right") - 1
        return [np.flatnonzero(segments == number) for number in range(len(self.bounds) - 1)]

    def _newest(self, matches: Array) -> Array:
        return self._dates(matches)

    def _oldest(self, matches: Array) -> Array:
        dates = self._dates(matches)
        # Articles without any date come last in either order.
        return np.where(dates == 0, np.iinfo(np.int64).min, -dates)

    def _dates(self, matches: Array) -> Array:
        dates = np.empty(len(matches), np.int64)
        for reader, inside in zip(self.readers, self.per_segment(matches), strict=False):
            dates[inside] = reader.segment.column("date")[self.numbers[matches[inside]]]
        return dates

    def _id_key(self, chunk: int) -> Key:
        def key(matches: Array) -> Array:
            ids = np.empty(len(matches), np.uint64)
            for reader, inside in zip(self.readers, self.per_segment(matches), strict=False):
                ids[inside] = _id_chunks(reader, self.numbers[matches[inside]], chunk)
            return ~ids

        return key


def best(count: int, keys: Sequence[Key], limit: int) -> Array:
    """Return the indices of the best `limit` of `count` matches, best first."""
    return ordered(select(count, keys, limit), keys)


def select(count: int, keys: Sequence[Key], limit: int) -> Array:
    """Return the indices of the best `limit` of `count` matches in no order; a later key decides only among ties."""
    pool = np.arange(count)
    if limit <= 0:
        return pool[:0]
    chosen: list[Array] = []
    for key in keys:
        if len(pool) <= limit:
            break
        values = key(pool)
        threshold = np.partition(values, len(values) - limit)[len(values) - limit]
        above = pool[values > threshold]
        chosen.append(above)
        limit -= len(above)
        pool = pool[values == threshold]
    return np.concatenate([*chosen, pool[:limit]])


def ordered(matches: Array, keys: Sequence[Key]) -> Array:
    """Return matches (indices) in the order of the keys."""
    if len(matches) < 2:
        return matches
    columns: list[Array] = []
    for key in keys:
        columns.append(key(matches))
        order = np.lexsort(columns[::-1])[::-1]
        if not _any_tie([column[order] for column in columns]):
            break
    result: Array = matches[order]
    return result


def _any_tie(columns: Sequence[Array]) -> bool:
    same = np.ones(len(columns[0]) - 1, np.bool_)
    for column in columns:
        same &= column[1:] == column[:-1]
    return bool(same.any())


def _id_chunks(reader: SegmentReader, numbers: Array, chunk: int) -> Array:
    """Return eight bytes of each article's id as one number, so that numbers compare like the ids."""
    offsets = reader.segment.container.view("ids.offsets")
    blob = reader.segment.container.view("ids.blob")
    starts = offsets[numbers].astype(np.int64) + 8 * chunk
    stops = offsets[numbers.astype(np.int64) + 1]
    at = starts[:, None] + np.arange(8)
    inside = at < stops[:, None]
    at[~inside] = 0
    return np.where(inside, blob[at], 0).astype(np.uint8).view(">u8").reshape(-1).astype(np.uint64)
