"""How are many articles folded, cut and numbered at one go? Joined, with a border after each part.

What is done once for a batch would cost more than the work itself if it were done for every article: calls of numpy,
of the segmenter, and of the dictionary that numbers terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np

from indexer.analysis.analyzer import BORDER, GAP, streams_of
from indexer.analysis.fold import Codes, match_joined, text_of
from indexer.engine.whoosh.arrays import expand, starts_of
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.schema import PART_FIELDS, PARTS
from indexer.models import Article

__all__ = ["Numbering", "kinds_of", "name_tokens", "numbering", "parts_of", "ranked", "tokens"]

Numbering = defaultdict[str, int]
"""Gives each new term the next number, from 2 on: 0 and 1 stand for what is between terms."""

_GAP, _BORDER, _RESERVED = 0, 1, 2


def numbering() -> Numbering:
    """Return a numbering that has met no term."""
    numbers: Numbering = defaultdict(count().__next__)
    assert (numbers[GAP], numbers[BORDER]) == (_GAP, _BORDER)
    return numbers


def ranked(numbers: Numbering) -> tuple[list[str], Array]:
    """Return (sorted terms, for each number less 2 its term's place in them) and empty the numbering."""
    terms = list(numbers)[_RESERVED:]
    numbers.clear()
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ranks = np.empty(len(terms), np.uint32)
    ranks[np.array(order, np.int64)] = np.arange(len(terms), dtype=np.uint32)
    return [terms[number] for number in order], ranks


def parts_of(article: Article) -> list[str]:
    """Return the parts of an article in the order of its exact text, empty ones too."""
    return [article.title or "", article.kicker or "", article.subtitle or "", article.text, *article.captions]


def kinds_of(counts: Array) -> Array:
    """Return the kind (u8, see schema.PARTS) of every part of articles that have so many parts each."""
    places = expand(np.zeros(len(counts), np.int64), counts)
    return np.minimum(places, len(PARTS) - 1).astype(np.uint8)


def tokens(codes: Codes, counts: Array, kinds: Array, numbers: Numbering) -> Iterator[tuple[int, Array, Array]]:
    """Yield (number of a field, term numbers less 2, the article in the batch of each, ascending) for each field.

    `codes` are the parts joined, `counts` tells how many each article has and `kinds` of which kind each is.
    """
    numbered = [_numbered(stream, numbers) for stream in streams_of(codes)]
    terms = np.concatenate([each[0] for each in numbered])
    parts = np.concatenate([each[1] for each in numbered])
    articles = np.repeat(np.arange(len(counts), dtype=np.uint16), counts)[parts]
    # The streams come one after the other; a stable sort of 16-bit keys takes linear time.
    order = articles.argsort(kind="stable")
    terms, articles, fields = terms[order], articles[order], np.array(PART_FIELDS, np.uint8)[kinds[parts[order]]]
    for field in sorted(set(PART_FIELDS)):
        chosen = fields == field
        yield field, terms[chosen], articles[chosen]


def name_tokens(names: Sequence[Sequence[str]], numbers: Numbering) -> tuple[Array, Array]:
    """Return (term numbers less 2, the article in the batch of each) of names, each of which is one term."""
    counts = [len(each) for each in names]
    forms = text_of(match_joined([name for each in names for name in each])).split(BORDER)[:-1]
    return _numbers(forms, numbers) - np.uint32(_RESERVED), np.repeat(np.arange(len(counts), dtype=np.uint16), counts)


def _numbered(stream: Sequence[str], numbers: Numbering) -> tuple[Array, Array]:
    """Return (term numbers less 2, the part of each) of one of streams_of."""
    found = _numbers(stream, numbers)
    terms = found >= _RESERVED
    sizes = np.diff(starts_of(terms)[np.flatnonzero(found == _BORDER)], prepend=0)
    return found[terms] - np.uint32(_RESERVED), np.repeat(np.arange(len(sizes)), sizes)


def _numbers(terms: Sequence[str], numbers: Numbering) -> Array:
    return np.fromiter(map(numbers.__getitem__, terms), np.uint32, len(terms))
