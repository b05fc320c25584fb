"""Which neighbouring characters of the query are neighbours in an article too? Evidence that no cutting can miss."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.fold import is_han
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.engine.whoosh.searching.scoring import Ranking

__all__ = ["Pair", "proximity", "query_pairs"]

Pair = tuple[int, int]
_MOST = 64  # pairs of one query that are looked at
_PER = 256  # units that count as one article when a pair's rarity is told from its occurrences


def query_pairs(whole: str, words: Container[str]) -> list[Pair]:
    """Return the distinct pairs of neighbouring characters of a query that hold at least one Han character.

    Pairs that are themselves among the query's words are left out: they have had their score.
    """
    pairs: dict[Pair, None] = {}
    for first, second in pairwise(whole):
        han = is_han(first) or is_han(second)
        usable = first.isalnum() and second.isalnum() and max(first, second) <= "\uffff"
        if han and usable and first + second not in words:
            pairs[(ord(first), ord(second))] = None
    return list(pairs)[:_MOST]


def proximity(pairs: Sequence[Pair], corpus: Corpus, candidates: Array, ranking: Ranking) -> tuple[Array, bool]:
    """Return what each candidate (article numbers) gains (float64), and whether any of them has all of the pairs."""
    gained = np.zeros(len(candidates))
    complete = np.ones(len(candidates), np.bool_)
    split = [(reader, places, _borders(reader, numbers)) for reader, places, numbers in corpus.split(candidates)]
    units = sum(reader.segment.units for reader in corpus.readers)
    for first, second in pairs:
        ranges = [reader.segment.pair(first, second) for reader in corpus.readers]
        total = sum(stop - start for start, stop in ranges)
        weight = ranking.proximity * math.log(1 + units / (total or 1) / _PER)
        for reader, places, ends in split:
            at = reader.segment.positions_at(*ranges[reader.number]).searchsorted(ends)
            counts = at[1::2] - at[::2]
            gained[places] += weight * counts / (counts + ranking.k1)
            complete[places] &= counts > 0
    return gained, bool(complete.any())


def _borders(reader: SegmentReader, numbers: Array) -> Array:
    """Return where the exact text of each of some articles begins and ends, one after the other (u32)."""
    starts = reader.segment.article_starts()
    borders = np.empty(2 * len(numbers), np.uint32)
    borders[::2] = starts[numbers]
    borders[1::2] = starts[numbers + 1]
    return borders
