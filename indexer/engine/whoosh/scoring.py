"""How well does an article match? BM25F over the fields, and what stands on top of it; all constants are here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.leaves import FieldPostings, Found
from indexer.engine.whoosh.reader import SegmentReader
from indexer.engine.whoosh.schema import FIELDS

__all__ = ["BM25F_ALONE", "DEFAULT", "Ranking", "Scorer", "among"]

_BOOSTS = MappingProxyType({"title": 2.0, "subtitle": 1.2, "body": 1.0, "author": 1.0})
_SPARSE = 8  # matches are looked up in postings so many times longer, instead of adding up the postings


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weigh the evidence.

    `k1` and `b` are BM25's, `boosts` weighs the fields. `contained` is the part of a term's idf that every article
    gets which contains the term, however it was cut there. `proximity` weighs pairs of neighbouring characters of the
    query that stand together in the article, looked at in the best `candidates`. `contiguous` is added where the whole
    query stands in the article, twice where it stands in the title. With `words_only` terms match true words alone.
    """

    k1: float = 1.2
    b: float = 0.75
    boosts: Mapping[str, float] = field(default_factory=lambda: _BOOSTS)
    contained: float = 1.0
    proximity: float = 1.0
    candidates: int = 100
    contiguous: float = 1000.0
    words_only: bool = False


DEFAULT = Ranking()
"""Tuned on questions (CMRC 2018), and on news by four words of the lead or a clause that lacks a third of its words.

MRR@10 over these: BM25F alone .981, .876, .793; with all evidence .988, .887, .841.
"""

BM25F_ALONE = Ranking(boosts=MappingProxyType({}), contained=0.0, proximity=0.0, contiguous=0.0, words_only=True)
"""What Whoosh's own scorer computes: no evidence but words, all fields alike."""


class Scorer:
    """Score leaves over the segments of one generation; lengths are averaged over the articles that live."""

    def __init__(self, readers: Sequence[SegmentReader], ranking: Ranking) -> None:
        self.ranking = ranking
        self._readers = readers
        self.articles = sum(reader.count for reader in readers)
        self._norms: dict[tuple[int, str], Array] = {}
        self._averages: dict[str, float] = {}

    def idf(self, count: int) -> float:
        """Return the inverse document frequency as whoosh.scoring.WeightingModel.idf computes it."""
        return math.log(max(self.articles, 1) / (count + 1)) + 1

    def add(self, scores: Sequence[Array], matched: Sequence[Array], found: Sequence[Found], boost: float) -> None:
        """Add a leaf's scores: per segment float64 [articles], right at least for the matched articles (u16)."""
        counts: dict[str, int] = {}
        for each in found:
            for postings in each.scored:
                counts[postings.field] = counts.get(postings.field, 0) + postings.count
        idfs = {name: self.idf(count) for name, count in counts.items()}
        floor = boost * self.ranking.contained * self.idf(max(counts.values(), default=0))
        for reader, numbers, sums, each in zip(self._readers, matched, scores, found, strict=False):
            if not len(numbers):
                continue
            for postings in each.scored:
                self._add_field(reader, numbers, sums, postings, boost * idfs[postings.field])
            if floor > 0:
                sums[among(numbers, each.matching, reader.size)] += floor

    def _add_field(
        self, reader: SegmentReader, numbers: Array, sums: Array, postings: FieldPostings, weight: float
    ) -> None:
        """Add one field's BM25 as whoosh.scoring.bm25 computes it."""
        name, articles, frequencies = postings.field, postings.articles, postings.frequencies
        if len(numbers) * _SPARSE < len(articles):
            at = _places(numbers, articles)
            articles, frequencies = articles[at], frequencies[at]
        weight *= self.ranking.boosts.get(name, 1.0) * (self.ranking.k1 + 1)
        occurrences = frequencies.astype(np.float64)
        sums[articles] += weight * occurrences / (occurrences + self._norm(reader, name)[articles])

    def _norm(self, reader: SegmentReader, name: str) -> Array:
        """Return K1 × (1 − B + B × length ÷ average length) of every article of a segment."""
        key = (reader.number, name)
        norm = self._norms.get(key)
        if norm is None:
            k1, b = self.ranking.k1, self.ranking.b
            norm = k1 * (1 - b + b / self._average(name) * reader.segment.lengths(name))
            self._norms[key] = norm
        return norm

    def _average(self, name: str) -> float:
        if name not in self._averages:
            total = sum(reader.length(name) for reader in self._readers)
            self._averages[name] = total / (self.articles or 1) or 1.0
        return self._averages[name]


def among(numbers: Array, matching: Sequence[FieldPostings], size: int) -> Array:
    """Return those of some articles (numbers ascending) of a segment of `size` that a leaf matches."""
    found = np.zeros(size, np.bool_)
    for postings in matching:
        articles = postings.articles
        if len(numbers) * _SPARSE < len(articles):
            articles = articles[_places(numbers, articles)]
        found[articles] = True
    kept: Array = numbers[found[numbers]]
    return kept


def _places(numbers: Array, articles: Array) -> Array:
    """Return where in `articles` some of `numbers` stand; both are ascending."""
    at = articles.searchsorted(numbers)
    at[at == len(articles)] = 0
    places: Array = at[articles[at] == numbers]
    return places


assert set(_BOOSTS) == set(FIELDS)
