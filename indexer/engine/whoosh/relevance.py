"""How relevant is each match of a request? BM25F first; the whole query in one piece and close characters on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engine.base import Request
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.corpus import Corpus
from indexer.engine.whoosh.leaves import FieldPostings, Found, Leaves, Plan, join
from indexer.engine.whoosh.proximity import proximity, query_pairs
from indexer.engine.whoosh.ranking import Key, MatchList, best, select
from indexer.engine.whoosh.scoring import Ranking, Scorer, among
from indexer.query.syntax import Leaf, Phrase, Prefix, positive_leaves

__all__ = ["Relevance"]


class Relevance:
    """Score and order the matches of a corpus."""

    def __init__(self, corpus: Corpus, leaves: Leaves, ranking: Ranking) -> None:
        self._corpus = corpus
        self._leaves = leaves
        self._ranking = ranking
        self._scorer = Scorer(corpus, ranking)

    def score(self, request: Request, matched: Array, found: Mapping[Leaf, Found]) -> Array:
        """Return the scores (float64) of the matched articles, proximity left out."""
        scores = np.zeros(self._corpus.size)
        positive = list(dict.fromkeys(positive_leaves(request.query)))
        for leaf in positive:
            self._scorer.add(scores, matched, found[leaf], request.boosts.get(leaf.text, 1.0))
        if request.whole and positive and self._ranking.contiguous and len(matched):
            self._lift(scores, matched, self._whole(request.whole, positive, found, matched))
        return scores[matched]

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
        if len(candidates) < min(limit, count):
            others = best(count, keys, limit)
            chosen = np.concatenate([candidates, others[~np.isin(others, candidates)]])
        sums = scores[chosen]
        sums[: len(candidates)] += proximity(pairs, self._corpus, matches.numbers[candidates], self._ranking)
        order = best(len(chosen), [sums.__getitem__, *(_at(key, chosen) for key in keys[1:])], limit)
        return chosen[order], sums[order]

    def _whole(
        self, whole: str, positive: Sequence[Leaf], found: Mapping[Leaf, Found], matched: Array
    ) -> Sequence[FieldPostings]:
        """Return where the whole query stands in one piece, at least for the segments with matches."""
        leaf = positive[0]
        if len(positive) == 1 and leaf.text == whole and not isinstance(leaf, Prefix) and leaf.field is None:
            return found[leaf].matching
        plan, nothing = Plan(Phrase(whole)), Found((), ())
        matches = np.diff(matched.searchsorted(self._corpus.bases)).tolist()
        parts = [
            self._leaves.find(plan, reader) if count else nothing
            for reader, count in zip(self._corpus.readers, matches, strict=True)
        ]
        return join(self._corpus, parts).matching

    def _lift(self, scores: Array, matched: Array, whole: Sequence[FieldPostings]) -> None:
        """Lift articles that contain the whole query above all others, and twice where a title contains it."""
        titles = [postings for postings in whole if postings.field == "title"]
        for each in (whole, titles):
            if each:
                scores[among(matched, each, self._corpus.size)] += self._ranking.contiguous


def _at(key: Key, chosen: Array) -> Key:
    """Return a key of matches as one of their places among the chosen."""
    return lambda places: key(chosen[places])
