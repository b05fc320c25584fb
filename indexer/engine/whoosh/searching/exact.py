"""Where do these characters stand? Positions in a segment's exact text, from its index of character pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import SEPARATOR
from indexer.engine.whoosh.layout.segment import Segment
from indexer.engine.whoosh.searching.cache import Cache
from indexer.engine.whoosh.searching.reader import SegmentReader

__all__ = ["Exact", "units_of"]

_DENSE = 64  # from one position in so many units on, marking units is faster than sorting
_NOWHERE = np.empty(0, np.uint32)


def units_of(text: str) -> tuple[int, ...]:
    """Return the UTF-16 code units of a text."""
    return tuple(np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").tolist())


class Exact:
    """Find phrases in segments; safe to use from several threads.

    The positions of a pair are remembered: those of a word are asked for again where its neighbours are looked at.
    """

    def __init__(self, cache: Cache[Array]) -> None:
        self._cache = cache

    def positions(self, reader: SegmentReader, pair: tuple[int, int]) -> Array:
        """Return where a pair that a segment has (a range as Segment.pair gives it) begins: u32, not to be changed."""
        return self._cache.get((reader.number, pair[0]), lambda: reader.segment.positions_at(*pair))

    def find(self, reader: SegmentReader, units: Sequence[int]) -> Array:
        """Return where a text begins in a segment (u32, ascending, not to be changed): every place and no other.

        The pair that is rarest comes first, and each further pair only thins out what is left; pairs whose characters
        are known to stand there already are skipped.
        """
        if not units or SEPARATOR in units:
            return _NOWHERE
        if len(units) == 1:
            return _every(reader.segment, units[0])
        pairs: list[tuple[int, int]] = []
        for first, second in pairwise(units):
            start, stop = pair = reader.segment.pair(first, second)
            if start == stop:
                return _NOWHERE
            pairs.append(pair)
        by_size = sorted([(stop - start, shift) for shift, (start, stop) in enumerate(pairs)])
        shift = by_size[0][1]
        found = _before(self.positions(reader, pairs[shift]), shift)
        confirmed = {shift, shift + 1}
        for _, shift in by_size[1:]:
            if not len(found):  # the pairs that follow stand in the most places, and to read them takes the longest
                break
            if not confirmed >= {shift, shift + 1}:
                confirmed |= {shift, shift + 1}
                shifted = found + np.uint32(shift) if shift else found
                found = found[_members(shifted, self.positions(reader, pairs[shift]))]
        return found


def _before(positions: Array, shift: int) -> Array:
    """Return where a text begins of which these are the places `shift` units later."""
    if not shift:
        return positions
    # It cannot begin before the first text does.
    return positions[positions.searchsorted(np.uint32(shift)) :] - np.uint32(shift)


def _members(values: Array, among: Array) -> Array:
    """Tell of each of some ascending values whether it is among other ascending ones, of which there are some."""
    members: Array = among.take(among.searchsorted(values), mode="clip") == values
    return members


def _every(segment: Segment, unit: int) -> Array:
    """Return all positions of a unit in ascending order."""
    positions = segment.positions(unit)
    if len(positions) * _DENSE < segment.units:
        return np.sort(positions)
    marks = np.zeros(segment.units, np.bool_)
    marks[positions] = True
    return marks.nonzero()[0].astype(np.uint32)
