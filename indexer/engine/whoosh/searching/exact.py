"""Where do these characters stand? Positions in a segment's exact text, from its index of character pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import SEPARATOR
from indexer.engine.whoosh.layout.segment import Segment

__all__ = ["find", "units_of"]

_DENSE = 64  # from one position in so many units on, marking units is faster than sorting
_NOWHERE = np.empty(0, np.uint32)


def units_of(text: str) -> tuple[int, ...]:
    """Return the UTF-16 code units of a text."""
    return tuple(np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").tolist())


def find(segment: Segment, units: Sequence[int]) -> Array:
    """Return where a text begins in a segment (u32, ascending): every place and no other.

    The pair that is rarest comes first, and each further pair only thins out what is left; pairs whose characters
    are known to stand there already are skipped.
    """
    if not units or SEPARATOR in units:
        return _NOWHERE
    if len(units) == 1:
        return _every(segment, units[0])
    pairs: list[tuple[int, int]] = []
    for first, second in pairwise(units):
        start, stop = pair = segment.pair(first, second)
        if start == stop:
            return _NOWHERE
        pairs.append(pair)
    by_size = sorted([(stop - start, shift) for shift, (start, stop) in enumerate(pairs)])
    shift = by_size[0][1]
    found = _before(segment.positions_at(*pairs[shift]), shift)
    confirmed = {shift, shift + 1}
    for _, shift in by_size[1:]:
        if not len(found):  # the pairs that follow stand in the most places, and to read them takes the longest
            break
        if not confirmed >= {shift, shift + 1}:
            confirmed |= {shift, shift + 1}
            shifted = found + np.uint32(shift) if shift else found
            found = found[_members(shifted, segment.positions_at(*pairs[shift]))]
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
