"""Which neighbouring characters of the query are neighbours in an article too? Evidence that no cutting can miss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.fold import is_han
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.reader import SegmentReader
from indexer.engine.whoosh.scoring import Ranking

__all__ = ["Pair", "proximity", "query_pairs"]

Pair = tuple[int, int]
_MOST = 64  # pairs of one query that are looked at
_PER = 256  # units that count as one article when a pair's rarity is told from its occurrences


def query_pairs(whole: str) -> list[Pair]:
    """Return the distinct pairs of neighbouring units of a query that hold words and at least one Han character."""
    pairs: dict[Pair, None] = {}
    for first, second in pairwise(whole):
        han = is_han(first) or is_han(second)
        if han and first.isalnum() and second.isalnum() and max(first, second) <= "\uffff":
            pairs[(ord(first), ord(second))] = None
    return list(pairs)[:_MOST]


def proximity(
    pairs: Sequence[Pair], readers: Sequence[SegmentReader], candidates: Sequence[Array], ranking: Ranking
) -> list[Array]:
    """Return what each candidate gets (float64); `candidates` holds article numbers per segment."""
    gained = [np.zeros(len(numbers)) for numbers in candidates]
    units = sum(reader.segment.units for reader in readers)
    for first, second in pairs:
        ranges = [reader.segment.pair(first, second) for reader in readers]
        total = sum(stop - start for start, stop in ranges)
        if not total:
            continue
        weight = ranking.proximity * math.log(1 + units / total / _PER)
        for reader, (start, stop), numbers, gain in zip(readers, ranges, candidates, gained, strict=True):
            if start < stop and len(numbers):
                counts = _count(reader, reader.segment.positions_at(start, stop), numbers)
                gain += weight * counts / (counts + ranking.k1)
    return gained


def _count(reader: SegmentReader, positions: Array, numbers: Array) -> Array:
    """Return how many of some ascending positions lie in each of some articles."""
    starts = reader.segment.article_starts()
    ends = positions.searchsorted(starts[numbers.astype(np.int64) + 1])
    counts: Array = ends - positions.searchsorted(starts[numbers])
    return counts
