"""Which neighbouring characters of the query are neighbours in an article too? Evidence that no cutting can miss."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.fold import is_han
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.scoring import Ranking

__all__ = ["Pair", "proximity", "query_pairs"]

Pair = tuple[int, int]
_MOST = 64  # pairs of one query that are looked at
_PER = 256  # units that count as one article when a pair's rarity is told from its occurrences


def query_pairs(whole: str, words: Container[str], required: Iterable[str] = ()) -> list[Pair]:
    """Return the distinct pairs of neighbouring characters of a query that hold at least one Han character.

    Pairs that are themselves among the query's words are left out: they have had their score. So are those inside of
    `required`, texts that every match contains: they tell no match from another.
    """
    inside = {pair for text in required for pair in pairwise(text)}
    pairs: dict[Pair, None] = {}
    for first, second in pairwise(whole):
        han = is_han(first) or is_han(second)
        usable = first.isalnum() and second.isalnum() and max(first, second) <= "\uffff"
        if han and usable and first + second not in words and (first, second) not in inside:
            pairs[(ord(first), ord(second))] = None
    return list(pairs)[:_MOST]


def proximity(pairs: Sequence[Pair], corpus: Corpus, candidates: Array, ranking: Ranking) -> tuple[Array, bool]:
    """Return what each candidate gains (float64), and whether any of them has all of the pairs.

    Candidates are article numbers (int64, ascending).
    """
    if not pairs:
        return np.zeros(len(candidates)), True
    positions, segments = corpus.positions, corpus.segments_of(candidates)
    ends = positions.starts.take(np.concatenate((candidates, candidates + 1)))
    counts = np.zeros((len(pairs), len(candidates)))
    weights = np.empty((len(pairs), 1))
    for number, pair in enumerate(pairs):
        ranges = positions.ranges(*pair)
        total = sum([stop - start for start, stop in ranges.values()])
        weights[number] = ranking.proximity * math.log(1 + positions.units / (total or 1) / _PER)
        before = positions.at(ranges, segments).searchsorted(ends)
        counts[number] = before[len(candidates) :] - before[: len(candidates)]
    gained: Array = (weights * counts / (counts + ranking.k1)).sum(axis=0)
    return gained, bool(counts.all(axis=0).any())
