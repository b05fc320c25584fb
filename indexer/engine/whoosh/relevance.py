"""How relevant is each match of a request? BM25F first; the whole query in one piece and close characters on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engine.base import Request
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.leaves import FieldPostings, Found, Leaves, Plan
from indexer.engine.whoosh.proximity import proximity, query_pairs
from indexer.engine.whoosh.ranking import Key, MatchList, best, select
from indexer.engine.whoosh.reader import SegmentReader
from indexer.engine.whoosh.scoring import Ranking, Scorer, among
from indexer.query.syntax import Leaf, Phrase, Prefix, positive_leaves

__all__ = ["Relevance"]


class Relevance:
    """Score and order matches over the segments of one generation."""

    def __init__(self, readers: Sequence[SegmentReader], leaves: Leaves, ranking: Ranking) -> None:
        self._readers = readers
        self._leaves = leaves
        self._ranking = ranking
        self._scorer = Scorer(readers, ranking)

    def score(
        self, request: Request, matched: Sequence[Array], found: Sequence[Mapping[Leaf, Found]]
    ) -> list[Array]:
        """Return for each segment the scores (float64) of its matched articles, proximity left out."""
        sums = [np.zeros(reader.size) for reader, _ in zip(self._readers, matched, strict=False)]
        positive = list(dict.fromkeys(positive_leaves(request.query)))
        for leaf in positive:
            boost = request.boosts.get(leaf.text, 1.0)
            self._scorer.add(sums, matched, [each[leaf] for each in found], boost)
        if request.whole and positive and self._ranking.contiguous:
            for reader, numbers, scores, each in zip(self._readers, matched, sums, found, strict=False):
                if len(numbers):
                    self._lift(scores, numbers, self._whole(request.whole, positive, reader, each), reader.size)
        return [scores[numbers] for scores, numbers in zip(sums, matched, strict=True)]

    def order(self, request: Request, matches: MatchList, limit: int) -> tuple[Array, Array]:
        """Return the best `limit` matches, best first, and their scores."""
        keys = matches.keys("relevance")
        count, scores = len(matches.numbers), matches.scores
        words = {leaf.text for leaf in positive_leaves(request.query)}
        # Where one leaf is the whole query, every match has all of its pairs.
        informative = self._ranking.proximity and words != {request.whole}
        pairs = query_pairs(request.whole, words) if informative else []
        if scores is None or not pairs:
            chosen = best(count, keys, limit)
            return chosen, np.zeros(len(chosen)) if scores is None else scores[chosen]
        # Always the same candidates gain by proximity, whatever page is asked for, so that pages join without gaps.
        candidates = select(count, keys, self._ranking.candidates)
        chosen = candidates
        if limit > len(candidates):
            others = best(count, keys, limit)
            chosen = np.concatenate([candidates, others[~np.isin(others, candidates)]])
        sums = scores[chosen]
        sums[: len(candidates)] += self._gains(pairs, matches, candidates)
        order = best(len(chosen), [sums.__getitem__, *(_at(key, chosen) for key in keys[1:])], limit)
        return chosen[order], sums[order]

    def _whole(
        self, whole: str, positive: Sequence[Leaf], reader: SegmentReader, found: Mapping[Leaf, Found]
    ) -> Sequence[FieldPostings]:
        """Return where the whole query stands in one piece."""
        leaf = positive[0]
        if len(positive) == 1 and leaf.text == whole and not isinstance(leaf, Prefix) and leaf.field is None:
            return found[leaf].matching
        return self._leaves.find(Plan(Phrase(whole)), reader).matching

    def _lift(self, scores: Array, numbers: Array, whole: Sequence[FieldPostings], size: int) -> None:
        """Lift articles that contain the whole query above all others, and twice where a title contains it."""
        titles = [postings for postings in whole if postings.field == "title"]
        for each in (whole, titles):
            scores[among(numbers, each, size)] += self._ranking.contiguous

    def _gains(self, pairs: Sequence[tuple[int, int]], matches: MatchList, candidates: Array) -> Array:
        gains = np.zeros(len(candidates))
        inside = matches.per_segment(candidates)
        numbers = [matches.numbers[candidates[places]] for places in inside]
        for places, gained in zip(inside, proximity(pairs, self._readers, numbers, self._ranking), strict=True):
            gains[places] = gained
        return gains


def _at(key: Key, chosen: Array) -> Key:
    """Return a key of matches as one of their places among the chosen."""
    return lambda places: key(chosen[places])
