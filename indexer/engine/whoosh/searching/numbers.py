"""What do ascending lists of article numbers have in common? Looked up or marked in a table, whichever is faster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.whoosh.layout.arrays import begins_of, join
from indexer.engine.whoosh.layout.container import Array

__all__ = ["Places", "meeting", "members", "union"]

Places = Array | slice
"""Indices of some items of a list, ascending; a slice where they are all of it."""

_FEW = 128  # up to so many numbers are always looked up
# Measured with 20,000 and 100,000 articles: from here on a table of all articles is faster.
_LOOK_UP = 16  # times that a list is longer than the one whose numbers are looked up in it
_SORT = 6  # times that there are more articles than numbers to sort


def union(lists: Sequence[Array], size: int) -> Array:
    """Return what is in any of some lists, each once, ascending; the articles are numbered 0 … size − 1."""
    if len(lists) == 1:
        return lists[0]
    if sum(map(len, lists)) * _SORT > size:
        return _marked(lists, size).nonzero()[0]
    joined = join(lists, np.int64)
    joined.sort(kind="stable")
    distinct: Array = joined[begins_of(joined)]
    return distinct


def members(numbers: Array, lists: Sequence[Array], size: int) -> Array:
    """Tell of each number whether it is in any of some lists (bool); the articles are numbered 0 … size − 1."""
    if all(_is_sparse(numbers, each) for each in lists):
        found = np.zeros(len(numbers), np.bool_)
        for each in lists:
            found[_looked_up(numbers, each)[0]] = True
        return found
    return _marked(lists, size).take(numbers)


def meeting(one: Array, other: Array, size: int) -> tuple[Places, Places]:
    """Return the places of what two lists have in common, in each of them; the articles are numbered 0 … size − 1."""
    if len(one) > len(other):
        places, at = meeting(other, one, size)
        return at, places
    if _is_sparse(one, other):
        return _looked_up(one, other)
    at = _marked([one], size).take(other).nonzero()[0]
    if len(at) == len(one):
        return slice(None), at
    return _marked([other], size).take(one).nonzero()[0], at


def _is_sparse(numbers: Array, among: Array) -> bool:
    """Tell whether numbers are better looked up among others than marked in a table with them."""
    return len(numbers) <= _FEW or len(numbers) * _LOOK_UP <= len(among)


def _looked_up(numbers: Array, among: Array) -> tuple[Array, Array]:
    """Return the places of what both lists hold, in `numbers` and in `among`."""
    at = among.searchsorted(numbers)
    if not len(among):
        return at[:0], at[:0]
    places = (among.take(at, mode="clip") == numbers).nonzero()[0]
    return places, at.take(places)


def _marked(lists: Sequence[Array], size: int) -> Array:
    """Return a table (bool [size]) of what is in any of some lists."""
    table = np.zeros(size, np.bool_)
    for numbers in lists:
        table[numbers] = True
    return table
