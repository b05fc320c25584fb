"""Where do pairs of characters stand, and in which field of which article is that? In all segments at once.

A position of a segment is here one of all: the number of the segment stands above its bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engine.whoosh.layout.arrays import begins_of, join, shifted
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import BODY, MAX_UNITS, WORD_FIELDS
from indexer.engine.whoosh.layout.segment import Segment, combined
from indexer.engine.whoosh.searching.reader import SegmentReader

__all__ = ["Positions", "Ranges"]

Ranges = Mapping[int, tuple[int, int]]
"""For some segments, by number, the range (start, stop) of what they keep of a pair's positions."""

_BITS = (MAX_UNITS - 1).bit_length()
_HIGH = _BITS - 16  # of these are high bits, see segment.combined
_WORD_FIELDS = len(WORD_FIELDS)


class Positions:
    """Number the positions of all segments through; what is derived is derived once, on first use."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._segments = [reader.segment for reader in readers]
        self._bases = [number << _BITS for number in range(len(readers))]
        self.units = sum(segment.units for segment in self._segments)
        self.type = np.dtype(np.uint32 if len(readers) << _BITS <= 1 << 32 else np.uint64)

    def ranges(self, first: int, second: int, segments: Iterable[int] | None = None) -> Ranges:
        """Return where some segments (None: all), ascending, keep a pair."""
        found = {}
        for number in range(len(self._segments)) if segments is None else segments:
            start, stop = self._segments[number].pair(first, second)
            if start < stop:
                found[number] = start, stop
        return found

    def at(self, ranges: Ranges, segments: Iterable[int]) -> Array:
        """Return the positions (a new array, ascending) of a pair in those of some segments that have it."""
        chosen = [number for number in segments if number in ranges]
        parts = [self._segments[number].pair_bytes(*ranges[number]) for number in chosen]
        high = shifted([part[0] for part in parts], [number << _HIGH for number in chosen], self.type)
        low = parts[0][1] if len(parts) == 1 else join([part[1] for part in parts], np.uint16)
        return combined(high, low)

    def of_unit(self, unit: int, segments: Sequence[int]) -> Array:
        """Return all positions of a unit in some segments, ascending."""
        parts = [np.sort(self._segments[number].positions(unit)) for number in segments]
        return shifted(parts, [self._bases[number] for number in segments], self.type)

    def places(self, positions: Array) -> tuple[Array, Array]:
        """Return the places of some ascending positions, ascending, and how many lie in each; both int64.

        A place is 3 × article + the number of the field in schema.WORD_FIELDS.
        """
        # Whichever there are fewer of is looked up among the others: measured, both ways break even there.
        if len(positions) < len(self._borders):
            return _runs(self._each(positions))
        counts = np.diff(positions.searchsorted(self._borders), append=len(positions))
        places = counts.nonzero()[0]
        return places, counts.take(places)

    def _each(self, positions: Array) -> Array:
        """Return the place of each of some positions."""
        places = self.starts.searchsorted(positions, "right")
        places -= 1
        places *= _WORD_FIELDS
        if self._only_bodies:
            places += _WORD_FIELDS - 1
            return places
        inside: Array = places + (self._borders.take(places + 1) <= positions)
        inside += self._borders.take(places + 2) <= positions
        return inside

    @cached_property
    def starts(self) -> Array:
        """Hold the position at which each article's exact text begins, and at the end one beyond all."""
        starts = shifted([segment.article_starts()[:-1] for segment in self._segments], self._bases, self.type)
        # Where even the last unit of all is taken, it is a separator, with which no pair begins.
        return np.append(starts, self.type.type(max((len(self._segments) << _BITS) - 1, 0)))

    @cached_property
    def _borders(self) -> Array:
        """Hold where the fields of schema.WORD_FIELDS begin in every article: [3 × articles]."""
        return shifted(list(map(_borders, self._segments)), self._bases, self.type)

    @cached_property
    def _only_bodies(self) -> bool:
        """Tell whether no article has a title, kicker or subtitle: what has no units has a separator nevertheless."""
        borders = self._borders.reshape(-1, _WORD_FIELDS)
        return bool((borders[:, -1] - borders[:, 0] == BODY).all())


def _borders(segment: Segment) -> Array:
    """Return where the fields of schema.WORD_FIELDS begin in every article of a segment: u32 [3 × articles]."""
    parts, firsts = segment.part_starts(), segment.first_parts()[:-1]
    return np.stack([parts[firsts + part] for part in (0, 1, BODY)], 1).reshape(-1)


def _runs(values: Array) -> tuple[Array, Array]:
    """Return the distinct values of an ascending array and how often each stands there."""
    begins = begins_of(values)
    return values[begins], np.diff(begins, append=len(values))
