"""Where do these characters stand? Positions in a segment's exact text, from its index of character pairs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import SEPARATOR
from indexer.engine.whoosh.layout.segment import Segment

__all__ = ["find_phrase", "units_of"]

_DENSE = 64  # from one position in so many units on, marking units is faster than sorting


def units_of(text: str) -> list[int]:
    """Return the UTF-16 code units of a text."""
    units: list[int] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").tolist()
    return units


def find_phrase(segment: Segment, text: str) -> Array:
    """Return the positions (u32, ascending) at which a text begins in a segment: every one and no other.

    The pair that is rarest comes first, and each further pair only thins out what is left; pairs whose characters
    are known to stand there already are skipped.
    """
    units = units_of(text)
    if not units or SEPARATOR in units:
        return np.empty(0, np.uint32)
    if len(units) == 1:
        return _ordered(segment.positions(units[0]), segment.units)
    ranges: list[tuple[int, int]] = []
    for first, second in pairwise(units):
        start, stop = segment.pair(first, second)
        if start == stop:
            return np.empty(0, np.uint32)
        ranges.append((start, stop))
    rarest_first = sorted(range(len(ranges)), key=lambda pair: ranges[pair][1] - ranges[pair][0])
    found: Array | None = None
    confirmed: set[int] = set()
    for shift in rarest_first:
        if {shift, shift + 1} <= confirmed:
            continue
        confirmed |= {shift, shift + 1}
        positions = segment.positions_at(*ranges[shift])
        if found is None:
            # A phrase cannot begin before the text does.
            found = positions[positions >= shift] - np.uint32(shift)
        else:
            found = found[_members(found + np.uint32(shift), positions)]
        if not len(found):
            break
    assert found is not None
    return found


def _members(values: Array, among: Array) -> Array:
    """Tell of each of some ascending values whether it is among other ascending ones."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    at = among.searchsorted(values)
    at[at == len(among)] = 0
    members: Array = among[at] == values
    return members


def _ordered(positions: Array, units: int) -> Array:
    """Return positions in ascending order."""
    if len(positions) * _DENSE < units:
        return np.sort(positions)
    marks = np.zeros(units, np.bool_)
    marks[positions] = True
    return np.flatnonzero(marks).astype(np.uint32)
