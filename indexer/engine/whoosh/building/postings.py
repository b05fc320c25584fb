"""How do the terms of articles become postings? Term numbers are sorted by radix and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engine.whoosh.layout.arrays import begins_of, expand, join, pieces, starts_of, tally, within
from indexer.engine.whoosh.layout.container import Array

__all__ = ["CAP", "Postings", "collect", "interleave", "invert", "keys_of", "merge_postings"]

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


def keys_of(postings: Postings, starts: Array, first: int, last: int) -> tuple[Array, Array]:
    """Return the (keys, frequencies) of the terms first ≤ term < last as `collect` takes them."""
    begin, end = int(starts[first]), int(starts[last])
    terms = np.repeat(np.arange(last - first, dtype=np.uint32), postings.sizes[first:last])
    return (terms << np.uint32(16)) | postings.articles[begin:end], postings.frequencies[begin:end]


def collect(
    fields: Sequence[str], ranges: Sequence[tuple[int, int]], found: Iterable[Mapping[str, tuple[Array, Array]]]
) -> dict[str, Postings]:
    """Return the postings of fields from the (keys, frequencies) that each range of terms has in them."""
    tables = {field: _PostingTable() for field in fields}
    for (first, last), runs in zip(ranges, found, strict=True):
        for field, table in tables.items():
            table.add(last - first, *runs[field])
    return {field: table.postings() for field, table in tables.items()}


class _PostingTable:
    """Collect the postings of one field, term range by term range."""

    def __init__(self) -> None:
        self._sizes: list[Array] = []
        self._articles: list[Array] = []
        self._frequencies: list[Array] = []

    def add(self, terms: int, keys: Array, frequencies: Array) -> None:
        """Add the next `terms` terms by keys: ascending u32, term within this range × 65,536 + article."""
        self._sizes.append(np.bincount(keys >> np.uint32(16), minlength=terms))
        self._articles.append(keys.astype("<u2"))
        self._frequencies.append(frequencies)

    def postings(self) -> Postings:
        """Return the postings of all terms."""
        return Postings(join(self._sizes, "<i8"), join(self._articles, "<u2"), join(self._frequencies, "u1"))


def invert(terms: Array, articles: Array, count: int) -> Postings:
    """Return the postings of `count` terms from tokens: terms (u32) and the articles (u16, ascending) of each."""
    table = _PostingTable()
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
