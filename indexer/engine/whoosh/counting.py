"""How many matches has each value of a facet? Columns counted with numpy, joined over segments by the values' texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engine.base import FACETS
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.reader import SegmentReader

__all__ = ["Counter", "value_mask"]

_ONE_BY_ONE = 4  # up to so many values, comparing the column with each is faster than a table


def value_mask(reader: SegmentReader, facet: str, values: Iterable[str]) -> Array:
    """Return bool [articles] of the live articles that have one of some raw values."""
    texts = reader.segment.values(facet)
    numbers = [number for number in map(texts.find, values) if number >= 0]
    cells = reader.segment.column(facet)
    if len(numbers) > _ONE_BY_ONE:
        wanted = np.zeros(len(texts), np.bool_)
        wanted[numbers] = True
        mask = wanted[cells]
    else:
        mask = np.zeros(reader.size, np.bool_)
        for number in numbers:
            mask |= cells == number
    if reader.live is not None:
        mask &= reader.live
    return mask


class Counter:
    """Count facet values over the segments of one generation; lists of values are read once, when first counted."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers

    def count(self, facet: str, numbers: Sequence[Array]) -> dict[str, int]:
        """Return how many of some articles have each raw value; `numbers` holds article numbers per segment."""
        texts, maps = self._joined[facet]
        totals = np.zeros(len(texts), np.int64)
        for reader, chosen, places in zip(self._readers, numbers, maps, strict=False):
            if len(chosen):
                totals[places] += self._count_one(reader, facet, chosen, len(places))
        found = np.flatnonzero(totals)
        return dict(zip([texts[number] for number in found.tolist()], totals[found].tolist(), strict=True))

    def _count_one(self, reader: SegmentReader, facet: str, chosen: Array, size: int) -> Array:
        """Count within one segment, where every article is meant from counts made once."""
        if len(chosen) == reader.size:
            key = (reader.number, facet)
            if key not in self._whole:
                self._whole[key] = np.bincount(reader.segment.column(facet), minlength=size)
            return self._whole[key]
        return np.bincount(reader.segment.column(facet)[chosen], minlength=size)

    @cached_property
    def _whole(self) -> dict[tuple[int, str], Array]:
        return {}

    @cached_property
    def _joined(self) -> Mapping[str, tuple[list[str], list[Array]]]:
        """Hold for each facet the distinct values of all segments, and where each segment's values are in there."""
        joined: dict[str, tuple[list[str], list[Array]]] = {}
        for facet in FACETS:
            places: dict[str, int] = {}
            maps = [
                np.array([places.setdefault(text, len(places)) for text in reader.segment.values(facet)], np.int64)
                for reader in self._readers
            ]
            joined[facet] = (list(places), maps)
        return joined
