"""How many matches has each value of a facet? Counted with numpy in the columns of all segments at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus

__all__ = ["Counter", "value_mask"]

_ONE_BY_ONE = 4  # up to so many values, comparing the column with each is faster than a table


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


class Counter:
    """Count facet values over the segments of one generation."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._whole: dict[str, dict[str, int]] = {}

    def count(self, name: str, numbers: Array) -> dict[str, int]:
        """Return how many of some articles (int64) have each raw value of a facet."""
        if len(numbers) == self._corpus.count:
            return dict(self.whole(name))
        facet = self._corpus.facet(name)
        if len(facet.texts) == 1 and len(numbers):  # as where no article names its source
            return {facet.texts[0]: len(numbers)}
        return _named(facet.texts, np.bincount(facet.cells.take(numbers), minlength=1))

    def whole(self, name: str) -> dict[str, int]:
        """Return how many of all live articles have each raw value; counted once, not to be changed."""
        if name not in self._whole:
            facet = self._corpus.facet(name)
            cells = facet.cells if self._corpus.live is None else facet.cells[self._corpus.live]
            self._whole[name] = _named(facet.texts, np.bincount(cells, minlength=1))
        return self._whole[name]


def _named(texts: list[str], totals: Array) -> dict[str, int]:
    return {texts[number]: total for number, total in enumerate(totals.tolist()) if total}
