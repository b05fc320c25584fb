"""How is a request answered? Find the leaves, combine masks, count facets, score, and read the few articles shown."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.base import FACETS, Matches, Request
from indexer.engine.whoosh.cache import Cache
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.counting import Counter, value_mask
from indexer.engine.whoosh.evaluate import evaluate
from indexer.engine.whoosh.leaves import Found, Leaves, Plan, weigh
from indexer.engine.whoosh.ranking import MatchList, best
from indexer.engine.whoosh.reader import SegmentReader
from indexer.engine.whoosh.relevance import Relevance
from indexer.engine.whoosh.scoring import DEFAULT, Ranking
from indexer.query.syntax import Leaf, Node, Phrase, Prefix, Term, children, positive_leaves
from indexer.settings import get

__all__ = ["Searcher"]


_now = time.monotonic  # a name of its own, so that tests can let time pass


class _Late(Exception):
    """Say that the time for a request is used up."""


@dataclass(slots=True)
class _Selection:
    """Hold what a request selects, per segment looked at: matches, matches per facet counted, and leaves found."""

    matched: list[Array]
    counted: dict[str, list[Array]]
    found: list[Mapping[Leaf, Found]]
    incomplete: bool


class Searcher:
    """Search the segments of one generation; safe to use from several threads."""

    def __init__(self, readers: Sequence[SegmentReader], ranking: Ranking = DEFAULT) -> None:
        self.readers = readers
        self.counter = Counter(readers)
        self.leaves = Leaves(readers, Cache(get("cache_memory") * 1_000_000, weigh), ranking.words_only)
        self._relevance = Relevance(readers, self.leaves, ranking)

    def search(self, request: Request) -> Matches:
        """Return the matches of a request."""
        deadline = _now() + request.budget_ms / 1000 if request.budget_ms else None
        selected = self._select(request, deadline)
        matches = self._list(request, selected)
        limit = request.offset + request.limit
        if request.sort == "relevance":
            chosen, scores = self._relevance.order(request, matches, limit)
        else:
            chosen = best(len(matches.numbers), matches.keys(request.sort), limit)
            scores = np.zeros(len(chosen))
        places = matches.places(chosen[request.offset :])
        hits = tuple(
            (reader.segment.article(number), score)
            for (reader, number), score in zip(places, scores[request.offset :].tolist(), strict=True)
        )
        counts = {facet: self.counter.count(facet, selected.counted[facet]) for facet in FACETS}
        return Matches(len(matches.numbers), hits, counts, selected.incomplete)

    def _select(self, request: Request, deadline: float | None) -> _Selection:
        """Match segment by segment until time is up; what was found in the segments before is kept."""
        plans = [self.leaves.plan(leaf) for leaf in dict.fromkeys(_leaves(request.query))]
        cut_short = any(self.leaves.is_cut_short(plan.leaf) for plan in plans)
        selected = _Selection([], {facet: [] for facet in FACETS}, [], cut_short)
        for reader in self.readers:
            try:
                found = self._find(reader, plans, deadline)
            except _Late:
                selected.incomplete = True
                break
            mask = evaluate(request.query, reader, found)
            filters = {facet: value_mask(reader, facet, values) for facet, values in request.filters.items()}
            matched = _numbers(mask, filters.values())
            selected.matched.append(matched)
            selected.found.append(found)
            for facet in FACETS:
                # The counts of a facet ignore the filter on it, so that its other values can still be chosen.
                others = [each for name, each in filters.items() if name != facet]
                same = len(others) == len(filters)
                selected.counted[facet].append(matched if same else _numbers(mask, others))
        return selected

    def _find(self, reader: SegmentReader, plans: Sequence[Plan], deadline: float | None) -> dict[Leaf, Found]:
        found: dict[Leaf, Found] = {}
        for plan in plans:
            if deadline is not None and _now() > deadline:
                raise _Late
            found[plan.leaf] = self.leaves.find(plan, reader)
        return found

    def _list(self, request: Request, selected: _Selection) -> MatchList:
        """Join the matches of all segments, with their scores where these decide the order."""
        scores: Array | None = None
        if request.sort == "relevance" and any(positive_leaves(request.query)):
            scores = _joined(self._relevance.score(request, selected.matched, selected.found), np.float64)
        bounds = np.zeros(len(self.readers) + 1, np.int64)
        lengths = [len(numbers) for numbers in selected.matched]
        lengths += [0] * (len(self.readers) - len(lengths))
        np.cumsum(lengths, out=bounds[1:])
        return MatchList(self.readers, bounds, _joined(selected.matched, np.uint16), scores)


def _leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield all leaves that have a text, those inside of Not included."""
    if isinstance(node, (Term, Phrase, Prefix)):
        yield node
    elif node is not None:
        for part in children(node):
            yield from _leaves(part)


def _numbers(mask: Array, others: Iterable[Array]) -> Array:
    """Return the numbers (u16) of the articles that all masks let pass."""
    joint = mask
    for other in others:
        joint = joint & other
    return np.flatnonzero(joint).astype(np.uint16)


def _joined(arrays: Sequence[Array], kind: type[np.generic]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, kind)
