"""What has a leaf of a query found? Articles and frequencies in each field, over all segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.searching.corpus import Corpus

__all__ = ["FieldPostings", "Found", "NOTHING", "by_field", "join", "true_words", "united", "weigh"]

NOTHING = np.empty(0, np.uint16), np.empty(0, np.uint8)
"""The articles and frequencies of a segment that has none."""


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """Hold the live articles (int64, ascending) of a leaf in one field with frequencies; `count` have one above 0."""

    field: str
    articles: Array
    frequencies: Array
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what a leaf found: what matches, and the true occurrences that are scored."""

    matching: tuple[FieldPostings, ...]
    scored: tuple[FieldPostings, ...]


def weigh(found: Found) -> int:
    """Return the bytes that what a leaf found holds in memory."""
    return _bytes(found.matching) + (0 if found.scored is found.matching else _bytes(found.scored))


def _bytes(postings: tuple[FieldPostings, ...]) -> int:
    return sum(each.articles.nbytes + each.frequencies.nbytes + 200 for each in postings)


def join(corpus: Corpus, name: str, parts: Sequence[tuple[Array, Array]]) -> FieldPostings:
    """Return (articles by their numbers there, frequencies) of the first segments as the live ones of all."""
    articles = corpus.join([part[0] for part in parts])
    frequencies = parts[0][1] if len(parts) == 1 else np.concatenate([part[1] for part in parts])
    if corpus.live is not None:
        kept = corpus.live[articles]
        articles, frequencies = articles[kept], frequencies[kept]
    return FieldPostings(name, articles, frequencies, int(np.count_nonzero(frequencies)))


def true_words(postings: FieldPostings) -> FieldPostings:
    """Leave out articles that contain the characters of a word but were never cut so."""
    kept = postings.frequencies > 0
    return FieldPostings(postings.field, postings.articles[kept], postings.frequencies[kept], postings.count)


def united(some: tuple[FieldPostings, ...], others: tuple[FieldPostings, ...]) -> tuple[FieldPostings, ...]:
    """Join postings that have no article in common."""
    united = {each.field: each for each in some}
    for each in others:
        if each.field in united:
            own = united[each.field]
            articles = np.concatenate((own.articles, each.articles))
            order = articles.argsort(kind="stable")
            frequencies = np.concatenate((own.frequencies, each.frequencies))[order]
            each = FieldPostings(each.field, articles[order], frequencies, own.count + each.count)
        united[each.field] = each
    return tuple(united.values())


def by_field(places: Array, counts: Array) -> tuple[FieldPostings, ...]:
    """Sort places (see Positions.places) by their fields."""
    articles = places // len(WORD_FIELDS)
    fields = places - articles * len(WORD_FIELDS)
    found: list[FieldPostings] = []
    for number, name in enumerate(WORD_FIELDS):
        here = fields == number
        inside = int(np.count_nonzero(here))
        if inside and inside == len(places):
            return (FieldPostings(name, articles, counts, inside),)
        if inside:
            found.append(FieldPostings(name, articles[here], counts[here], inside))
    return tuple(found)
