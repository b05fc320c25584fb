"""Where do Han words stand where the text was not cut so? With that, their postings name all articles that have them.

Such a posting has frequency 0: the word is found by it, and scored by true occurrences alone. The rarest pair of each
word tells where it may stand, and its other pairs whether it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer.engine.whoosh.layout.arrays import PIECE, begins_of, starts_of
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import PART_FIELDS, SEPARATOR, WORD_FIELDS, is_complete

__all__ = ["Completion", "han_words", "stands_in_pairs", "stands_in_units"]

_Stands = Callable[[Array, Array, Array], Array]
"""Tells (bool) whether pairs begin at positions; given are the pairs, their numbers in the pair table, and these."""

_OFFSET = np.int64(8)  # bits for the place of a pair in its word


def han_words(words: Sequence[str]) -> list[int]:
    """Return the numbers of the words whose postings are to be completed."""
    return [number for number, word in enumerate(words) if is_complete(word)]


def stands_in_units(units: Array) -> _Stands:
    """Look pairs up in the text itself (u16 [units])."""

    def stands(pairs: Array, _: Array, positions: Array) -> Array:
        here = (units.take(positions).astype(np.uint32) << np.uint32(16)) | units.take(positions + 1, mode="clip")
        there: Array = here == pairs
        return there

    return stands


def stands_in_pairs(table: Mapping[str, Array]) -> _Stands:
    """Look pairs up among their positions (see the arrays `pairs.…`), by bisection of all ranges at once."""
    starts = table["pairs.starts"]

    def stands(_: Array, numbers: Array, positions: Array) -> Array:
        first, last = starts.take(numbers).astype(np.int64), starts.take(numbers + 1).astype(np.int64) - 1
        for _step in range(int((last - first).max(initial=0)).bit_length()):
            middle = (first + last + 1) >> 1
            later = _positions(table, middle) <= positions
            first, last = np.where(later, middle, first), np.where(later, last, middle - 1)
        there: Array = _positions(table, first) == positions
        return there

    return stands


class Completion:
    """Find where Han words stand in one segment."""

    def __init__(
        self, words: Sequence[str], chosen: Sequence[int], table: Mapping[str, Array], stands: _Stands
    ) -> None:
        """Take words, the ascending numbers of those to be found, and the arrays `pairs.…` and `texts.…`."""
        texts = [words[number] for number in chosen]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts)) - 1
        self._pairs = _pairs_of(texts)
        # Words that come from another segment need not stand anywhere.
        self._numbers, known = _looked_up(self._pairs, table)
        self._starts = table["pairs.starts"].astype(np.int64)
        begins = starts_of(sizes, "<i8")[:-1]
        usable = _reduced(np.logical_and, known, begins)
        places = np.arange(len(self._pairs)) - np.repeat(begins, sizes)
        counts = self._starts[np.minimum(self._numbers + 1, len(self._starts) - 1)] - self._starts[self._numbers]
        rarest = _reduced(np.minimum, (counts << _OFFSET) | places, begins)[usable]
        self._terms, self._sizes, self._begins = np.array(chosen, np.int64)[usable], sizes[usable], begins[usable]
        self._counts, self._offsets = rarest >> _OFFSET, rarest & ((1 << _OFFSET) - 1)
        self._table, self._stands = table, stands

    def postings(self, first: int, last: int) -> dict[str, tuple[Array, Array]]:
        """Return for each field the keys of the terms first ≤ term < last and frequencies 0; see postings.collect."""
        begin, end = self._terms.searchsorted((first, last)).tolist()
        ends = np.cumsum(self._counts[begin:end])
        before = ends - self._counts[begin:end]
        keys, owners = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint8)]
        # One word may stand at millions of places, so pieces are cut by places and not by words.
        for start in range(0, int(ends[-1]) if len(ends) else 0, PIECE):
            places = np.arange(start, min(start + PIECE, int(ends[-1])))
            words = ends.searchsorted(places, "right")
            words, positions = self._standing(words + begin, places - before[words])
            articles, fields = _owners(self._table, positions)
            found = ((self._terms[words] - first).astype(np.uint32) << np.uint32(16)) | articles
            distinct = begins_of(found, fields)
            keys.append(found[distinct])
            owners.append(fields[distinct])
        every, fields = np.concatenate(keys), np.concatenate(owners)
        chosen = {name: every[fields == number] for number, name in enumerate(WORD_FIELDS)}
        return {name: (own, np.zeros(len(own), np.uint8)) for name, own in chosen.items()}

    def _standing(self, words: Array, nth: Array) -> tuple[Array, Array]:
        """Return which of some words stand where the nth occurrences of their rarest pairs let them, and where."""
        places = self._starts[self._numbers[self._begins[words] + self._offsets[words]]] + nth
        positions = _positions(self._table, places) - self._offsets[words]
        kept = positions >= 0
        for step in range(int(self._sizes[words].max(initial=0))):
            words, positions = words[kept], positions[kept]
            kept = np.ones(len(words), np.bool_)
            asked = ((self._sizes[words] > step) & (self._offsets[words] != step)).nonzero()[0]
            pairs = self._begins[words[asked]] + step
            kept[asked] = self._stands(self._pairs[pairs], self._numbers[pairs], positions[asked] + step)
        return words[kept], positions[kept]


def _positions(table: Mapping[str, Array], places: Array) -> Array:
    """Return the positions (int64) at some places of the arrays `pairs.low` and `pairs.high`."""
    positions: Array = (table["pairs.high"].take(places).astype(np.int64) << 16) | table["pairs.low"].take(places)
    return positions


def _owners(table: Mapping[str, Array], positions: Array) -> tuple[Array, Array]:
    """Return the articles (u16) and fields (u8) to which positions belong."""
    parts = table["texts.parts"].searchsorted(positions, "right") - 1
    articles = table["texts.first_parts"].searchsorted(parts, "right") - 1
    return articles.astype(np.uint16), np.array(PART_FIELDS, np.uint8)[table["texts.kinds"][parts]]


def _pairs_of(words: Sequence[str]) -> Array:
    """Return the pairs of neighbouring units in each word, one after the other (u32: first × 65,536 + second)."""
    units = np.frombuffer(chr(SEPARATOR).join(words).encode("utf-16-le"), "<u2").astype(np.uint32)
    inside = (units[:-1] != SEPARATOR) & (units[1:] != SEPARATOR)
    pairs: Array = ((units[:-1] << np.uint32(16)) | units[1:])[inside]
    return pairs


def _looked_up(pairs: Array, table: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the number of each pair in a pair table (0 where it is not there), and whether it is there."""
    firsts = np.repeat(np.arange(1 << 16, dtype=np.uint32), np.diff(table["pairs.first"]))
    every = (firsts << np.uint32(16)) | table["pairs.second"]
    if not len(every):
        return np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.bool_)
    numbers = np.minimum(every.searchsorted(pairs), len(every) - 1)
    return numbers, every[numbers] == pairs


def _reduced(operation: Any, values: Array, begins: Array) -> Array:
    """Reduce runs of values by an operation of numpy; each run has one at least."""
    reduced: Array = operation.reduceat(values, begins) if len(begins) else values[:0]
    return reduced
