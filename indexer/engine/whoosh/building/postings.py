"""How do the terms of articles become postings? Term numbers are sorted by radix and counted.

Where segments are merged, two-character Han words are completed from the pairs: an article that contains one gets a
posting with frequency 0 where the text was never cut so, as when a segment is built (see texts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis.fold import HAN
from indexer.engine.whoosh.layout.arrays import begins_of, expand, join, pieces, starts_of, tally, within
from indexer.engine.whoosh.layout.container import Array

__all__ = ["CAP", "Completion", "PostingTable", "Postings", "interleave", "invert", "merge_postings", "two_units"]

Owners = Callable[[Array], tuple[Array, Array]]
"""Tells of positions to which article (u16) and to which of FIELDS (u8) each belongs."""

_PAIR = re.compile(f"[{HAN}]{{2}}")
CAP = 255
"""Frequencies are capped here."""


class Postings(NamedTuple):
    """Hold the postings of terms in a field: how many each has; of all together articles (u16), frequencies (u8)."""

    sizes: Array
    articles: Array
    frequencies: Array

    def arrays(self, field: str) -> dict[str, Array]:
        """Return `FIELD.starts`, `FIELD.articles` and `FIELD.frequencies`."""
        return {
            f"{field}.starts": starts_of(self.sizes),
            f"{field}.articles": self.articles,
            f"{field}.frequencies": self.frequencies,
        }


class PostingTable:
    """Collect the postings of one field, term range by term range."""

    def __init__(self) -> None:
        self._sizes: list[Array] = []
        self._articles: list[Array] = []
        self._frequencies: list[Array] = []

    def add(self, terms: int, keys: Array, frequencies: Array) -> None:
        """Add the next `terms` terms; a key (u32, ascending) is the term within this range × 65,536 + article."""
        self._sizes.append(np.bincount(keys >> np.uint32(16), minlength=terms))
        self._articles.append(keys.astype("<u2"))
        self._frequencies.append(frequencies)

    def postings(self) -> Postings:
        """Return the postings of all terms."""
        return Postings(join(self._sizes, "<i8"), join(self._articles, "<u2"), join(self._frequencies, "u1"))


def two_units(words: Sequence[str]) -> list[int]:
    """Return the numbers of the words that consist of two Han characters and two units."""
    # Characters outside of the basic plane have two units each.
    return [n for n, word in enumerate(words) if len(word) == 2 and _PAIR.match(word) and max(word) < "\U00010000"]


class Completion:
    """Find where two-character Han words stand."""

    def __init__(self, terms: Array, words: Sequence[str], pairs: Mapping[str, Array], owners: Owners) -> None:
        """Take ascending term numbers, their words (see two_units), and the arrays `pairs.…` of the segment."""
        units = np.frombuffer("".join(words).encode("utf-16-le"), "<u2").astype(np.uint32)
        firsts = np.repeat(np.arange(1 << 16, dtype=np.uint32), np.diff(pairs["pairs.first"]))
        known = (firsts << np.uint32(16)) | pairs["pairs.second"]
        wanted = (units[0::2] << np.uint32(16)) | units[1::2]
        at = np.minimum(known.searchsorted(wanted), max(len(known) - 1, 0))
        # Words that were made by joining, or come from another segment, need not stand anywhere.
        found = known[at] == wanted if len(known) else np.zeros(len(at), np.bool_)
        self._terms, at = terms[found], at[found]
        self._starts = pairs["pairs.starts"][at].astype(np.int64)
        self._counts = pairs["pairs.starts"][at + 1].astype(np.int64) - self._starts
        self._low, self._high = pairs["pairs.low"], pairs["pairs.high"]
        self._owners = owners

    def occurrences(self, first: int, last: int) -> tuple[Array, Array]:
        """Return (keys u32 ascending, fields u8) of the terms first ≤ term < last; see PostingTable for the keys."""
        begin, end = self._terms.searchsorted((first, last))
        counts = self._counts[begin:end]
        places = expand(self._starts[begin:end], counts)
        articles, fields = self._owners((self._high[places].astype(np.uint32) << np.uint32(16)) | self._low[places])
        terms = np.repeat((self._terms[begin:end] - first).astype(np.uint32), counts)
        return (terms << np.uint32(16)) | articles, fields


def invert(terms: Array, articles: Array, count: int) -> Postings:
    """Return the postings of `count` terms from tokens: terms (u32) and the articles (u16, ascending) of each."""
    table = PostingTable()
    for first, last in pieces(tally(terms, count)):
        places = within(terms, first, last)
        ranked = (terms[places] - np.uint32(first)).astype(np.uint16)
        order = ranked.argsort(kind="stable")
        table.add(last - first, *_count((ranked[order].astype(np.uint32) << np.uint32(16)) | articles[places[order]]))
    return table.postings()


def interleave(runs: Sequence[tuple[Array, Postings]], count: int) -> Postings:
    """Return the postings of `count` terms from runs, each of which has those of some terms, given by their numbers."""
    sizes = np.zeros(count, np.int64)
    for numbers, postings in runs:
        sizes[numbers] = postings.sizes
    starts = starts_of(sizes)
    articles, frequencies = np.empty(starts[-1], "<u2"), np.empty(starts[-1], "u1")
    for numbers, postings in runs:
        places = expand(starts[numbers], postings.sizes)
        articles[places], frequencies[places] = postings.articles, postings.frequencies
    return Postings(sizes, articles, frequencies)


def _count(keys: Array) -> tuple[Array, Array]:
    """Return (distinct keys, how often each occurs as u8) of ascending keys."""
    begins = begins_of(keys)
    return keys[begins], np.minimum(np.diff(begins, append=len(keys)), CAP).astype(np.uint8)


def merge_postings(runs: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return all (keys u32, frequencies u8) of runs with ascending keys as one run; of equal keys the most frequent."""
    packed = np.concatenate([(keys.astype(np.uint64) << np.uint64(8)) | (CAP - counts) for keys, counts in runs])
    packed.sort(kind="stable")  # timsort merges ascending runs in linear time
    keys = (packed >> np.uint64(8)).astype(np.uint32)
    kept = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.bool_)
    return keys[kept], CAP - packed[kept].astype(np.uint8)
