"""How do the terms of articles become postings? Term numbers are sorted by radix and counted, per field.

Two-character Han words are then completed from the pairs: an article that contains one gets a posting with frequency
0 where the text was never cut so. That makes their postings exact, and a search for one needs no positions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.analysis.fold import HAN
from indexer.engine.whoosh.arrays import expand, pieces, starts_of, tally, within
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.schema import FIELDS

__all__ = ["Completion", "Tokens", "invert"]

_PAIR = re.compile(f"[{HAN}]{{2}}")
_CAP = 255


class Tokens:
    """Collect the term numbers of one field, article by article."""

    def __init__(self) -> None:
        self._numbers = bytearray()
        self._lengths: list[int] = []

    def __len__(self) -> int:
        return len(self._numbers) // 4

    def add(self, terms: Sequence[str], numbers: Mapping[str, int]) -> None:
        """Add an article's terms; `numbers` makes up a number for each term that it has not met."""
        self._numbers += np.fromiter(map(numbers.__getitem__, terms), "<u4", len(terms)).tobytes()
        self._lengths.append(len(terms))

    def lengths(self) -> Array:
        """Return how many terms each article has (u32)."""
        return np.array(self._lengths, "<u4")

    def take(self, ranks: Array) -> tuple[Array, Array]:
        """Return (ranks of the terms u32, the article of each u16) in order and forget them."""
        terms = ranks[np.frombuffer(self._numbers, "<u4")]
        self._numbers = bytearray()
        return terms, np.repeat(np.arange(len(self._lengths), dtype=np.uint16), self._lengths)


class Completion:
    """Find where the two-character Han words of a vocabulary stand."""

    def __init__(self, words: Sequence[str], pairs: Mapping[str, Array], owners: tuple[Array, Array]) -> None:
        """Take the sorted words, the arrays `pairs.…` and each unit's (article, field)."""
        # Two units: both characters of a word outside of the basic plane would make four.
        chosen = [
            n for n, word in enumerate(words) if len(word) == 2 and max(word) < "\U00010000" and _PAIR.match(word)
        ]
        self._terms = np.array(chosen, np.int64)
        units = np.frombuffer("".join(words[n] for n in chosen).encode("utf-16-le"), "<u2").astype(np.uint32)
        firsts = np.repeat(np.arange(1 << 16, dtype=np.uint32), np.diff(pairs["pairs.first"]))
        known = (firsts << np.uint32(16)) | pairs["pairs.second"]
        wanted = (units[0::2] << np.uint32(16)) | units[1::2]
        at = known.searchsorted(wanted)
        found = known[np.minimum(at, max(len(known) - 1, 0))] == wanted if len(known) else np.zeros(len(at), np.bool_)
        self._starts = np.where(found, pairs["pairs.starts"][at], 0)
        self._counts = np.where(found, np.diff(pairs["pairs.starts"], append=0)[at], 0)
        self._low, self._high = pairs["pairs.low"], pairs["pairs.high"]
        self._articles, self._fields = owners

    def occurrences(self, first: int, last: int) -> tuple[Array, Array]:
        """Return (keys u32 ascending, fields u8) of the terms first ≤ term < last; a key is term − first, article."""
        begin, end = self._terms.searchsorted((first, last))
        counts = self._counts[begin:end]
        places = expand(self._starts[begin:end], counts)
        positions = (self._high[places].astype(np.uint32) << np.uint32(16)) | self._low[places]
        terms = np.repeat((self._terms[begin:end] - first).astype(np.uint32), counts)
        return (terms << np.uint32(16)) | self._articles[positions], self._fields[positions]


def invert(tokens: Mapping[str, Tokens], ranks: Array, completion: Completion | None) -> dict[str, Array]:
    """Return `FIELD.starts`, `FIELD.articles` and `FIELD.frequencies` of these fields, which share their terms.

    `ranks` gives for the number of each term its place in the sorted vocabulary; the tokens are emptied.
    """
    taken = {field: each.take(ranks) for field, each in tokens.items()}
    counts = np.sum([tally(terms, len(ranks)) for terms, _ in taken.values()], axis=0)
    found: dict[str, list[tuple[Array, Array, Array]]] = {field: [] for field in tokens}
    for first, last in pieces(counts):
        extra = completion.occurrences(first, last) if completion else None
        for field, (terms, articles) in taken.items():
            places = within(terms, first, last)
            ranked = (terms[places] - np.uint32(first)).astype(np.uint16)
            order = ranked.argsort(kind="stable")
            keys = (ranked[order].astype(np.uint32) << np.uint32(16)) | articles[places[order]]
            postings = _count(keys)
            if extra:
                postings = _merge(*postings, _distinct(extra[0][extra[1] == FIELDS.index(field)]))
            sizes = np.bincount(postings[0] >> np.uint32(16), minlength=last - first)
            found[field].append((sizes, postings[0].astype("<u2"), postings[1]))
    arrays: dict[str, Array] = {}
    for field, parts in found.items():
        sizes, articles, frequencies = (
            (np.concatenate(each) for each in zip(*parts, strict=True)) if parts else _NOTHING
        )
        arrays |= {f"{field}.starts": starts_of(sizes), f"{field}.articles": articles}
        arrays[f"{field}.frequencies"] = frequencies
    return arrays


_NOTHING = (np.zeros(0, np.int64), np.zeros(0, "<u2"), np.zeros(0, "u1"))


def _count(keys: Array) -> tuple[Array, Array]:
    """Return (distinct keys, how often each occurs as u8) of ascending keys."""
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    return keys[begins], np.minimum(np.diff(begins, append=len(keys)), _CAP).astype(np.uint8)


def _distinct(keys: Array) -> Array:
    """Return ascending keys without repeats."""
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys


def _merge(keys: Array, frequencies: Array, more: Array) -> tuple[Array, Array]:
    """Add the ascending keys `more` with frequency 0 where they are missing."""
    both = np.concatenate(
        (keys.astype(np.uint64) << np.uint64(1), (more.astype(np.uint64) << np.uint64(1)) | np.uint64(1))
    )
    both.sort(kind="stable")  # timsort merges two ascending runs in linear time
    merged = both >> np.uint64(1)
    kept = np.concatenate(([True], merged[1:] != merged[:-1])) if len(merged) else np.zeros(0, np.bool_)
    counted = (both[kept] & np.uint64(1)) == 0
    result = np.zeros(len(counted), np.uint8)
    result[counted] = frequencies
    return merged[kept].astype(np.uint32), result
