"""Where do these characters stand? Positions in exact texts, from the indexes of character pairs of some segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import SEPARATOR
from indexer.engine.whoosh.searching.positions import Positions, Ranges

__all__ = ["find", "having", "units_of"]


def units_of(text: str) -> tuple[int, ...]:
    """Return the UTF-16 code units of a text."""
    return tuple(np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").tolist())


def find(positions: Positions, units: Sequence[int], segments: Sequence[int]) -> Array:
    """Return where a text begins in some segments (see Positions; ascending): every place and no other.

    The pair that is rarest comes first, and each further pair only thins out what is left; pairs whose characters
    are known to stand there already are skipped.
    """
    if len(units) == 1 and SEPARATOR not in units:
        return positions.of_unit(units[0], segments)
    pairs, segments = _pairs(positions, units, segments)
    if not segments or SEPARATOR in units:
        return np.empty(0, positions.type)
    by_size = sorted([(_count(ranges, segments), shift) for shift, ranges in enumerate(pairs)])
    shift = by_size[0][1]
    found = _before(positions.at(pairs[shift], segments), shift)
    confirmed = {shift, shift + 1}
    for _, shift in by_size[1:]:
        if not len(found):  # the pairs that follow stand in the most places, and to read them takes the longest
            break
        if not confirmed >= {shift, shift + 1}:
            confirmed |= {shift, shift + 1}
            shifted = found + found.dtype.type(shift) if shift else found
            found = found[_members(shifted, positions.at(pairs[shift], segments))]
    return found


def having(positions: Positions, text: str, segments: Sequence[int]) -> Sequence[int]:
    """Return those of some segments that have all pairs of a text of two units or more: it stands in no other."""
    return _pairs(positions, units_of(text), segments)[1]


def _pairs(positions: Positions, units: Sequence[int], segments: Sequence[int]) -> tuple[list[Ranges], Sequence[int]]:
    """Return where each pair of a text is kept, and the segments that have all of them."""
    pairs: list[Ranges] = []
    for first, second in pairwise(units):
        if not segments:
            break
        pairs.append(positions.ranges(first, second, segments))
        segments = list(pairs[-1])
    return pairs, segments if pairs else ()


def _count(ranges: Ranges, segments: Sequence[int]) -> int:
    """Return how often a pair stands in some segments that all have it."""
    return sum([ranges[number][1] - ranges[number][0] for number in segments])


def _before(positions: Array, shift: int) -> Array:
    """Return where a text begins of which these are the places `shift` units later."""
    if not shift:
        return positions
    # It cannot begin before the first text does.
    units = positions.dtype.type(shift)
    before: Array = positions[positions.searchsorted(units) :] - units
    return before


def _members(values: Array, among: Array) -> Array:
    """Tell of each of some ascending values whether it is among other ascending ones, of which there are some."""
    members: Array = among.take(among.searchsorted(values), mode="clip") == values
    return members
