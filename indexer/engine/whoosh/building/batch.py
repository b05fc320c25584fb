"""How are many articles folded, cut and numbered at one go? Joined, with a border after each part.

What is done once for a batch would cost more than the work itself if it were done for every article: calls of numpy,
of the segmenter, and of the dictionary that numbers terms.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.analysis.analyzer import cuts_of
from indexer.analysis.fold import BORDER, Codes, match_joined, text_of, wide_mask
from indexer.analysis.segment import inner_words
from indexer.engine.whoosh.layout.arrays import expand, starts_of
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import PART_FIELDS, PARTS

__all__ = ["Cut", "DOUBLE", "SINGLE", "Terms", "Words", "cut", "kinds_of", "name_tokens"]

SINGLE, DOUBLE = 1, 2
"""Marks of a unit at which a Han word of one unit, or of two units, begins."""

_BORDER = 0
_WIDE = re.compile("[^\0-\uffff]")  # a character of two units


class Terms(dict[str, int]):
    """Number texts as they are met, from 0 on."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Sequence[str]) -> Array:
        """Return the number of each term (u32)."""
        return np.fromiter(map(self.__getitem__, terms), np.uint32, len(terms))


class Words(Terms):
    """Number words, and know which others lie inside of Han words; 0 is BORDER."""

    def __init__(self) -> None:
        super().__init__({BORDER: _BORDER})
        self._doubles = _Lists()
        self._others = _Lists()

    def han_numbers(self, words: Sequence[str]) -> Array:
        """Return the number of each Han word (u32), and look at what lies inside of new ones."""
        # What else was numbered meanwhile has nothing inside.
        self._learn([""] * (len(self) - len(self._doubles)))
        numbers = self.numbers(words)
        while count := len(self) - len(self._doubles):
            # Words inside of these may be new too.
            self._learn([*islice(reversed(self), count)][::-1])
        return numbers

    def doubles(self, numbers: Array) -> tuple[Array, Array]:
        """Return (place in `numbers`, offset in the word) of the words of two units inside of words."""
        return self._doubles.of(numbers)

    def others(self, numbers: Array) -> tuple[Array, Array]:
        """Return (place in `numbers`, number) of the other words inside of words."""
        return self._others.of(numbers)

    def _learn(self, words: Sequence[str]) -> None:
        """Look at what lies inside of the words that follow those looked at."""
        which, offsets = inner_words(words, 2)
        wide = np.zeros(len(which), np.bool_)
        if any(map(_WIDE.search, words)):
            wide[:] = [_WIDE.match(words[n], at) or _WIDE.match(words[n], at + 1) for n, at in _pairs(which, offsets)]
        self._doubles.extend(len(words), which[~wide], offsets[~wide])
        more, places = inner_words(words, 3)
        found = [words[n][at : at + 2] for n, at in _pairs(which[wide], offsets[wide])]
        found += [words[n][at : at + 3] for n, at in _pairs(more, places)]
        outer = np.concatenate((which[wide], more))
        order = outer.argsort(kind="stable")
        self._others.extend(len(words), outer[order], self.numbers(found)[order])


class _Lists:
    """Keep a short list of whole numbers for each of many, in two arrays."""

    def __init__(self) -> None:
        self._ends = array("q", (0,))
        self._items = array("q")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def extend(self, count: int, which: Array, items: Array) -> None:
        """Append `count` lists of items; `which` tells, ascending, into which of them each goes."""
        ends = np.cumsum(np.bincount(which, minlength=count)) + len(self._items)
        self._ends.frombytes(ends.astype(np.int64).tobytes())
        self._items.frombytes(items.astype(np.int64).tobytes())

    def of(self, numbers: Array) -> tuple[Array, Array]:
        """Return (which of `numbers`, item) for each item in their lists."""
        ends = np.frombuffer(self._ends, np.int64)
        starts = ends.take(numbers)
        counts = ends.take(numbers + 1) - starts
        return np.repeat(np.arange(len(numbers)), counts), np.frombuffer(self._items, np.int64)[expand(starts, counts)]


def _pairs(which: Array, offsets: Array) -> Iterable[tuple[int, int]]:
    return zip(which.tolist(), offsets.tolist(), strict=True)


class Cut(NamedTuple):
    """Hold what a batch was cut into.

    `marks` (u8) has an item per unit; `lengths` (u32) for each field of terms the number of them in each article;
    `tokens` for each field the terms that marks do not tell: (numbers in Words u32, the article in the batch of each
    u16, ascending).
    """

    marks: Array
    lengths: list[Array]
    tokens: list[tuple[Array, Array]]


def kinds_of(counts: Array) -> Array:
    """Return the kind (u8, see schema.PARTS) of every part of articles that have so many parts each."""
    places = expand(np.zeros(len(counts), np.int64), counts)
    return np.minimum(places, len(PARTS) - 1).astype(np.uint8)


def cut(codes: Codes, counts: Array, kinds: Array, words: Words) -> Cut:
    """Cut parts joined; `counts` tells how many each article has and `kinds` of which kind each is."""
    cuts = cuts_of(codes)
    sizes = np.diff((codes == 0).nonzero()[0], prepend=-1)
    part_of = np.repeat(np.arange(len(sizes)), sizes)
    numbers = words.han_numbers(cuts.words)
    outer, offsets = words.doubles(numbers)
    others_outer, others = words.others(numbers)

    marks = np.zeros(len(codes), np.uint8)
    marks[cuts.singles] = SINGLE
    marks[cuts.doubles] = DOUBLE
    marks[cuts.starts[outer] + offsets] |= np.uint8(DOUBLE)

    numbered = [_numbered(stream, words) for stream in cuts.streams]
    terms = np.concatenate([numbers, others.astype(np.uint32), *(each[0] for each in numbered)])
    owners = [part_of[cuts.starts], part_of[cuts.starts[others_outer]], *(each[1] for each in numbered)]
    parts = np.concatenate(owners)
    return Cut(_per_unit(marks, codes), *_by_field(terms, parts, _marked(marks, sizes), counts, kinds))


def name_tokens(names: Sequence[Sequence[str]], terms: Terms) -> tuple[Array, Array]:
    """Return (term numbers u32, the article in the batch of each) of names, each of which is one term."""
    counts = [len(each) for each in names]
    forms = text_of(match_joined([name for each in names for name in each])).split(BORDER)[:-1]
    return terms.numbers(forms), np.repeat(np.arange(len(counts), dtype=np.uint16), counts)


def _numbered(stream: Sequence[str], words: Words) -> tuple[Array, Array]:
    """Return (term numbers u32, the part of each) of one of Cuts.streams."""
    found = words.numbers(stream)
    terms = found != _BORDER
    sizes = np.diff(starts_of(terms)[(~terms).nonzero()[0]], prepend=0)
    return found[terms], np.repeat(np.arange(len(sizes)), sizes)


def _marked(marks: Array, sizes: Array) -> Array:
    """Return how many words the marks of each part tell."""
    counts = (marks & SINGLE) + (marks >> 1)
    return np.add.reduceat(counts, starts_of(sizes)[:-1], dtype=np.int64) if len(sizes) else counts


def _per_unit(marks: Array, codes: Codes) -> Array:
    """Return marks of codes as marks of units; no word that begins with two units is marked."""
    wide = wide_mask(codes)
    return marks.repeat(wide + 1) if wide.any() else marks


def _by_field(
    terms: Array, parts: Array, marked: Array, counts: Array, kinds: Array
) -> tuple[list[Array], list[tuple[Array, Array]]]:
    """Return the lengths and the tokens of each field, from the terms, their parts, and what is marked in each part."""
    article_of = np.repeat(np.arange(len(counts), dtype=np.uint16), counts)
    fields = np.array(PART_FIELDS, np.uint8)[kinds]
    articles = article_of[parts]
    # The streams come one after the other; a stable sort of 16-bit keys takes linear time.
    order = articles.argsort(kind="stable")
    terms, articles, term_fields = terms[order], articles[order], fields[parts[order]]
    totals = marked + np.bincount(parts, minlength=len(marked))
    lengths, tokens = [], []
    for field in sorted(set(PART_FIELDS)):
        own, chosen = fields == field, term_fields == field
        length = np.bincount(article_of[own], totals[own], len(counts))
        lengths.append(length.astype("<u4"))
        tokens.append((terms[chosen], articles[chosen]))
    return lengths, tokens
