"""How is a request answered? Find the leaves, combine masks, count facets, score, and read the few articles shown."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.engine.base import Matches, Request
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.cache import Cache
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.counting import Counter, value_mask
from indexer.engine.whoosh.searching.evaluate import evaluate
from indexer.engine.whoosh.searching.found import Found, weigh
from indexer.engine.whoosh.searching.leaves import Leaves
from indexer.engine.whoosh.searching.plans import Plan
from indexer.engine.whoosh.searching.ranking import MatchList, best
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.engine.whoosh.searching.relevance import Relevance
from indexer.engine.whoosh.searching.scoring import DEFAULT, Ranking
from indexer.models import FACETS
from indexer.query.syntax import Leaf, Node, Phrase, Prefix, Term, children, positive_leaves
from indexer.settings import get

__all__ = ["Searcher"]


_now = time.monotonic  # a name of its own, so that tests can let time pass
# So many units, those of segments times the leaves looked for there, are read between two looks at the clock: at most
# some 50 ms of work.
_AT_ONCE = 1 << 27


class _Late(Exception):
    """Say that the time for a request is used up."""


@dataclass(frozen=True, slots=True)
class _Selection:
    """Hold what a request selects: matches, the articles counted for each facet, and what its leaves found."""

    matched: Array
    counted: Mapping[str, Array]
    found: Mapping[Leaf, Found]
    incomplete: bool


class Searcher:
    """Search the segments of one generation; safe to use from several threads."""

    def __init__(self, readers: Sequence[SegmentReader], ranking: Ranking = DEFAULT) -> None:
        self.readers = readers
        self.corpus = Corpus(readers)
        self.counter = Counter(self.corpus)
        self.leaves = Leaves(self.corpus, ranking.words_only)
        self._known = Cache(get("cache_memory") * 1_000_000, weigh)
        self._relevance = Relevance(self.corpus, self.leaves, ranking)

    def renew(self) -> None:
        """Verify again what is read from now on of files to which somebody has written; raise IndexCorrupt."""
        for reader in self.readers:
            reader.segment.container.renew()

    def search(self, request: Request) -> Matches:
        """Return the matches of a request."""
        deadline = _now() + request.budget_ms / 1000 if request.budget_ms else None
        selected = self._select(request, deadline)
        matched, limit = selected.matched, request.offset + request.limit
        by_relevance = request.sort == "relevance"
        found = {leaf: selected.found[leaf] for leaf in positive_leaves(request.query)} if by_relevance else {}
        if found:
            chosen, scores = self._relevance.rank(request, matched, found, limit)
        else:
            chosen = best(len(matched), MatchList(self.corpus, matched, None).keys(request.sort), limit)
            scores = np.zeros(len(chosen))
        owners = self.corpus.owners(matched[chosen[request.offset :]])
        hits = tuple(
            (reader.segment.article(number), score)
            for (reader, number), score in zip(owners, scores[request.offset :].tolist(), strict=True)
        )
        return Matches(len(matched), hits, self.counter.counts(selected.counted), selected.incomplete)

    def _select(self, request: Request, deadline: float | None) -> _Selection:
        """Match the articles of all segments, or of those that could be looked through before time was up."""
        leaves = list(dict.fromkeys(_leaves(request.query)))
        reached, found = self._find(leaves, deadline)
        numbers = evaluate(request.query, self.corpus, found)
        if reached < len(self.readers):
            numbers = numbers[: numbers.searchsorted(self.corpus.bases[reached])]
        filters = {facet: value_mask(self.corpus, facet, values) for facet, values in request.filters.items()}
        matched = _passing(numbers, filters.values())
        # The counts of a facet ignore the filter on it, so that its other values can still be chosen.
        counted = {
            facet: _passing(numbers, [each for name, each in filters.items() if name != facet])
            if facet in filters
            else matched
            for facet in FACETS
        }
        cut_short = any(map(self.leaves.is_cut_short, leaves))
        return _Selection(matched, counted, found, cut_short or reached < len(self.readers))

    def _find(self, leaves: Sequence[Leaf], deadline: float | None) -> tuple[int, dict[Leaf, Found]]:
        """Return how many segments were looked through in time, and what each leaf found in these."""
        found: dict[Leaf, Found] = {}
        waiting: dict[Leaf, Plan] = {}
        for leaf in leaves:
            answer = self.leaves.look_up(leaf)
            if isinstance(answer, Found):
                found[leaf] = answer
            else:
                waiting[leaf] = answer
        reached = self._carry_out(waiting, found, deadline) if waiting else len(self.readers)
        return reached, found

    def _carry_out(self, waiting: dict[Leaf, Plan], found: dict[Leaf, Found], deadline: float | None) -> int:
        """Read what plans ask for, group by group; return for how many segments there was time.

        What had to be read is remembered. What term tables tell is not: to keep it takes longer than to look it up.
        """
        limit = get("prefix_terms")
        unknown: dict[Leaf, Plan] = {}
        for leaf, plan in waiting.items():
            known = self._known.get((leaf, limit))
            if known is None:
                unknown[leaf] = plan
            else:
                found[leaf] = known
        if not unknown:
            return len(self.readers)
        groups = _grouped(self.readers, _AT_ONCE // len(unknown))
        read: list[dict[Leaf, Any]] = []
        with suppress(_Late):
            for group in groups:
                read.append({leaf: _read(plan, group, deadline) for leaf, plan in unknown.items()})
        reached = sum(map(len, groups[: len(read)]))
        for leaf, plan in unknown.items():
            found[leaf] = plan.found([each[leaf] for each in read])
            if reached == len(self.readers):
                self._known.put((leaf, limit), found[leaf])
        return reached


def _grouped(readers: Sequence[SegmentReader], most: int) -> list[list[int]]:
    """Return the numbers of segments in groups of at most so many units, or of one segment that has more."""
    groups: list[list[int]] = []
    units = 0
    for number, reader in enumerate(readers):
        units += reader.segment.units
        if not groups or units > most:
            groups.append([])
            units = reader.segment.units
        groups[-1].append(number)
    return groups


def _read(plan: Plan, segments: Sequence[int], deadline: float | None) -> Any:
    """Return what some segments have for a plan; raise _Late where there is no time left for it."""
    if deadline is not None and _now() > deadline:
        raise _Late
    return plan.read(segments)


def _leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield all leaves that have a text, those inside of Not included."""
    if isinstance(node, (Term, Phrase, Prefix)):
        yield node
    elif node is not None:
        for part in children(node):
            yield from _leaves(part)


def _passing(numbers: Array, masks: Iterable[Array]) -> Array:
    """Return those articles that all masks let pass."""
    for mask in masks:
        numbers = numbers[mask.take(numbers)]
    return numbers
