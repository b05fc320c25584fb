"""Which matches come first? The best few by several keys, found by partition: nothing is sorted that is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.models import Sort

__all__ = ["Key", "MatchList", "best", "ordered", "select"]

Key = Callable[[Array | slice], Array]
"""Gives the values of some matches, by their indices or by a slice; greater ones come first."""

_ROW = 16  # values of which only the greatest is looked at first, where there are many
_LARGE = 4_000  # values from which on that is faster
_ID_CHUNKS = 3  # ids are compared by their first 24 bytes; those that ingest makes are shorter


@dataclass(frozen=True, slots=True)
class MatchList:
    """List all matches: article numbers of the corpus (int64, ascending), and scores for sorting by relevance."""

    corpus: Corpus
    numbers: Array
    scores: Array | None

    def keys(self, sort: Sort) -> list[Key]:
        """Return the keys of an order; ties end at the ids: no order depends on how articles lie in segments."""
        ids: list[Key] = [self._id_key(chunk) for chunk in range(_ID_CHUNKS)]
        if sort == "oldest":
            return [self._oldest, *ids]
        if sort == "newest" or self.scores is None:
            return [self._newest, *ids]
        return [self.scores.__getitem__, self._newest, *ids]

    def _newest(self, matches: Array | slice) -> Array:
        return self.corpus.column("date")[self.numbers[matches]].astype(np.int64)

    def _oldest(self, matches: Array | slice) -> Array:
        dates = self._newest(matches)
        # Articles without any date come last in either order.
        return np.where(dates == 0, np.iinfo(np.int64).min, -dates)

    def _id_key(self, chunk: int) -> Key:
        def key(matches: Array | slice) -> Array:
            chosen = self.numbers[matches]
            order = chosen.argsort()
            ids = np.empty(len(chosen), np.uint64)
            for reader, part, numbers in self.corpus.slices(chosen[order]):
                ids[order[part]] = _id_chunks(reader, numbers, chunk)
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
    asked: Array | slice = slice(None)  # all of them at first, for which nothing need be copied
    for key in keys:
        if len(pool) <= limit:
            break
        values = key(asked)
        if len(pool) > _LARGE:
            promising = _promising(values, limit)
            pool, values = pool[promising], values[promising]
        threshold = np.partition(values, len(values) - limit)[len(values) - limit]
        above = pool[values > threshold]
        chosen.append(above)
        limit -= len(above)
        asked = pool = pool[values == threshold]
    return np.concatenate([*chosen, pool[:limit]])


def _promising(values: Array, limit: int) -> Array:
    """Return the places of all values that may be among the best `limit`, in a fraction of the time of a partition.

    Of the greatest values of rows, `limit` are not below a bound: so the best `limit` of all values are not, either.
    """
    rows = len(values) // _ROW
    greatest = values[: rows * _ROW].reshape(_ROW, rows).max(axis=0)
    if rows <= limit:
        return np.arange(len(values))
    bound = np.partition(greatest, rows - limit)[rows - limit]
    places: Array = (values >= bound).nonzero()[0]
    return places


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
