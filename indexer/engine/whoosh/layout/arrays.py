"""Which array operations do building, merging and searching share? Ranges, counts, and work cut into pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from indexer.engine.whoosh.layout.container import Array

__all__ = ["PIECE", "begins_of", "expand", "join", "pieces", "shifted", "starts_of", "tally", "within"]

PIECE = 1 << 19
"""Items worked on at a time; a few dozen bytes each."""


def tally(values: Array, size: int) -> Array:
    """Count how often each of the numbers 0 … size − 1 occurs (int64)."""
    counts = np.zeros(size, np.int64)
    for start in range(0, len(values), PIECE):
        # bincount makes 64-bit copies, so a piece at a time.
        counts += np.bincount(values[start : start + PIECE], minlength=size)
    return counts


def pieces(counts: Array, *, most: int = PIECE, widest: int = 1 << 16) -> Iterator[tuple[int, int]]:
    """Cut the numbers 0 … len(counts) − 1 into ranges (first, past the last) of `most` occurrences together.

    A range holds at least one number, whatever its count, and at most `widest` numbers.
    """
    totals = np.concatenate(([0], np.cumsum(counts)))
    first = 0
    while first < len(counts):
        last = int(totals.searchsorted(totals[first] + most, "right")) - 1
        last = min(max(last, first + 1), first + widest, len(counts))
        yield first, last
        first = last


def within(values: Array, first: int, last: int) -> Array:
    """Return where an unsigned array's values lie in first ≤ value < last (int64, ascending)."""
    # Below `first` the difference wraps around to something large, so one comparison does.
    kind: Any = values.dtype.type
    return np.flatnonzero(values - kind(first) <= kind(last - first - 1))


def starts_of(counts: Array, kind: str = "<u4") -> Array:
    """Return where each of consecutive runs of these lengths begins, and at the end where the last one ends."""
    starts = np.zeros(len(counts) + 1, kind)
    np.cumsum(counts, out=starts[1:])
    return starts


def begins_of(*keys: Array) -> Array:
    """Return where in parallel arrays each run of equal items begins (int64)."""
    changes = np.ones(len(keys[0]), np.bool_)
    changes[1:] = keys[0][1:] != keys[0][:-1]
    for each in keys[1:]:
        changes[1:] |= each[1:] != each[:-1]
    return changes.nonzero()[0]


def expand(starts: Array, counts: Array) -> Array:
    """Return the concatenation of start, start + 1, … start + count − 1 for each run (int64)."""
    ends = np.cumsum(counts, dtype=np.int64)
    shift = np.repeat(starts.astype(np.int64) - (ends - counts), counts)
    shift += np.arange(len(shift))
    return shift


def join(parts: Sequence[Array], kind: Any) -> Array:
    """Return the concatenation of arrays of a kind, of none too, as a new array."""
    if len(parts) == 1:
        return parts[0].astype(kind)
    return np.concatenate(parts, dtype=kind) if parts else np.zeros(0, kind)


def shifted(parts: Sequence[Array], bases: Sequence[int], kind: Any) -> Array:
    """Return the concatenation of arrays of a kind after adding to each its base."""
    joined = join(parts, kind)
    start = 0
    for part, base in zip(parts, bases, strict=False):
        stop = start + len(part)
        if base and start < stop:
            joined[start:stop] += joined.dtype.type(base)
        start = stop
    return joined
