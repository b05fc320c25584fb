"""How many matches has each value of a facet? Counted with numpy in the columns of all segments at once.

Once it is prepared, many matches are counted by the combination of their values, of which there are far fewer: in one
pass for all facets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.models import FACETS

__all__ = ["Counter", "value_mask"]

_ONE_BY_ONE = 4  # up to so many values, comparing the column with each is faster than a table
_MANY = 2_000  # matches from which on counting combinations is faster, if there are _SHARE of them for each combination
_SHARE = 2


def value_mask(corpus: Corpus, name: str, values: Iterable[str]) -> Array:
    """Return bool [articles] of the live articles that have one of some raw values of a facet."""
    facet = corpus.facet(name)
    numbers = [facet.numbers[value] for value in values if value in facet.numbers]
    if len(numbers) > _ONE_BY_ONE:
        wanted = np.zeros(len(facet.texts), np.bool_)
        wanted[numbers] = True
        mask = wanted[facet.cells]
    else:
        mask = np.zeros(corpus.size, np.bool_)
        for number in numbers:
            mask |= facet.cells == number
    if corpus.live is not None:
        mask &= corpus.live
    return mask


@dataclass(frozen=True, slots=True)
class _Combinations:
    """Hold which combination of values each article has, and the number in Facet.texts of each facet's value there."""

    cells: Array
    values: Mapping[str, Array]


class Counter:
    """Count facet values over the segments of one generation."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._whole: dict[str, dict[str, int]] = {}
        self._combined: _Combinations | None = None

    def counts(self, counted: Mapping[str, Array]) -> dict[str, dict[str, int]]:
        """Return for each facet how many of the articles (int64) counted for it have each raw value."""
        numbers, combined = counted[FACETS[0]], self._combined
        if combined is not None and len(numbers) < self._corpus.count:
            enough = max(_MANY, _SHARE * len(combined.values[FACETS[0]]))
            if len(numbers) > enough and all(each is numbers for each in counted.values()):
                return self._together(combined, numbers)
        return {name: self.count(name, each) for name, each in counted.items()}

    def combine(self) -> None:
        """Prepare for counting by combinations: 10 ms for 100,000 articles, so that no search should wait for it."""
        facets = {name: self._corpus.facet(name) for name in FACETS}
        sizes = [max(len(facet.texts), 1) for facet in facets.values()]
        keys = np.ravel_multi_index([facet.cells for facet in facets.values()], sizes)
        distinct, cells = np.unique(keys, return_inverse=True)
        values = dict(zip(facets, np.unravel_index(distinct, sizes), strict=True))
        self._combined = _Combinations(cells.astype(np.min_scalar_type(len(distinct))), values)

    def count(self, name: str, numbers: Array) -> dict[str, int]:
        """Return how many of some articles (int64) have each raw value of a facet."""
        if len(numbers) == self._corpus.count:
            return dict(self.whole(name))
        facet = self._corpus.facet(name)
        if len(facet.texts) == 1 and len(numbers):  # as where no article names its source
            return {facet.texts[0]: len(numbers)}
        return _named(facet.texts, np.bincount(facet.cells.take(numbers), minlength=1))

    def _together(self, combined: _Combinations, numbers: Array) -> dict[str, dict[str, int]]:
        """Count all facets of the same articles."""
        totals = np.bincount(combined.cells.take(numbers))
        found = totals.nonzero()[0]
        totals = totals.take(found)
        counts = {}
        for name, values in combined.values.items():
            sums = np.bincount(values.take(found), totals).astype(np.int64)  # exact: below 2^53
            counts[name] = _named(self._corpus.facet(name).texts, sums)
        return counts

    def whole(self, name: str) -> dict[str, int]:
        """Return how many of all live articles have each raw value; counted once, not to be changed."""
        if name not in self._whole:
            facet = self._corpus.facet(name)
            cells = facet.cells if self._corpus.live is None else facet.cells[self._corpus.live]
            self._whole[name] = _named(facet.texts, np.bincount(cells, minlength=1))
        return self._whole[name]


def _named(texts: list[str], totals: Array) -> dict[str, int]:
    return {texts[number]: total for number, total in enumerate(totals.tolist()) if total}
