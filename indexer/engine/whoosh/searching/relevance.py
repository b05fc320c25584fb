"""How relevant is each match of a request? BM25F first; the whole query in one piece and close characters on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engine.base import Request
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.found import FieldPostings, Found
from indexer.engine.whoosh.searching.leaves import Leaves
from indexer.engine.whoosh.searching.numbers import members
from indexer.engine.whoosh.searching.proximity import Pair, proximity, query_pairs
from indexer.engine.whoosh.searching.ranking import Key, MatchList, best, select
from indexer.engine.whoosh.searching.scoring import Ranking, Scorer
from indexer.query.syntax import And, Leaf, Node, Phrase, Prefix, Term

__all__ = ["Relevance"]


class Relevance:
    """Score and order the matches of a corpus."""

    def __init__(self, corpus: Corpus, leaves: Leaves, ranking: Ranking) -> None:
        self._corpus = corpus
        self._leaves = leaves
        self._ranking = ranking
        self._scorer = Scorer(corpus, ranking)

    def rank(self, request: Request, matched: Array, found: Mapping[Leaf, Found], limit: int) -> tuple[Array, Array]:
        """Return the best `limit` of the matched articles (their places in `matched`), best first, and their scores.

        `found` holds the leaves that score, in their order.
        """
        boosted = [(each, request.boosts.get(leaf.text, 1.0)) for leaf, each in found.items()]
        scores = self._scorer.score(matched, boosted)
        words = {leaf.text for leaf in found}
        # Where one leaf is the whole query, every match has all of its pairs.
        wanted = words != {request.whole} and self._ranking.proximity
        pairs = query_pairs(request.whole, words, _required(request.query)) if wanted else []
        few = len(matched) <= self._ranking.candidates
        gained, together = self._proximity(pairs, matched) if few else (None, True)
        if together and request.whole and self._ranking.contiguous:
            self._lift(scores, matched, self._whole(request.whole, found, matched))
        matches = MatchList(self._corpus, matched, scores)
        if gained is None:
            return self._best(matches, pairs, limit)
        sums = scores + gained
        chosen = best(len(matched), [sums.__getitem__, *matches.keys("relevance")[1:]], limit)
        return chosen, sums[chosen]

    def _best(self, matches: MatchList, pairs: Sequence[Pair], limit: int) -> tuple[Array, Array]:
        """Return the best of many matches and their scores.

        Always the same candidates gain by proximity, whatever page is asked for, so that pages join without gaps.
        """
        keys, count = matches.keys("relevance"), len(matches.numbers)
        candidates = select(count, keys, self._ranking.candidates if pairs else limit)
        candidates.sort()
        chosen = candidates
        if len(candidates) < min(limit, count):
            others = best(count, keys, limit)
            chosen = np.concatenate([candidates, others[~np.isin(others, candidates)]])
        sums = keys[0](chosen)
        if pairs:
            sums[: len(candidates)] += self._proximity(pairs, matches.numbers[candidates])[0]
        order = best(len(chosen), [sums.__getitem__, *(_at(key, chosen) for key in keys[1:])], limit)
        return chosen[order], sums[order]

    def _proximity(self, pairs: Sequence[Pair], articles: Array) -> tuple[Array, bool]:
        """Return what each article (numbers) gains, and whether any of them may hold the whole query."""
        return proximity(pairs, self._corpus, articles, self._ranking)

    def _whole(self, whole: str, found: Mapping[Leaf, Found], matched: Array) -> Sequence[FieldPostings]:
        """Return where the whole query stands in one piece, at least for the segments with matches."""
        leaf = next(iter(found))
        if len(found) == 1 and leaf.text == whole and not isinstance(leaf, Prefix) and leaf.field is None:
            return found[leaf].matching
        return self._leaves.standing(whole, self._corpus.segments_of(matched))

    def _lift(self, scores: Array, matched: Array, whole: Sequence[FieldPostings]) -> None:
        """Lift articles that contain the whole query above all others, and twice where a title contains it."""
        titles = [postings for postings in whole if postings.field == "title"]
        for each in (whole, titles):
            if each:
                lists = [postings.articles for postings in each]
                scores[members(matched, lists, self._corpus.size)] += self._ranking.contiguous


def _required(query: Node | None) -> list[str]:
    """Return the words and phrases that every match contains."""
    parts = query.parts if isinstance(query, And) else (query,)
    return [part.text for part in parts if isinstance(part, (Term, Phrase)) and part.field != "author"]


def _at(key: Key, chosen: Array) -> Key:
    """Return a key of matches as one of their places among the chosen."""
    return lambda places: key(chosen[places])
