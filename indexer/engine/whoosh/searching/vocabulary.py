"""Which words does the index know, and how many articles have each?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from indexer.engine.whoosh.layout.arrays import expand, join
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.layout.segment import hash_term
from indexer.engine.whoosh.searching.reader import SegmentReader

__all__ = ["frequencies", "most_frequent"]

Readers = Sequence[SegmentReader]
_SHORTEST = 2  # characters of a word that is worth suggesting
_SPARE, _SHARE = 1_000, 4  # so many words, and one in so many, each segment names beyond those asked for
_CHUNK = 1 << 12  # words counted at one go


def frequencies(readers: Readers, terms: Iterable[str]) -> dict[str, int]:
    """Return for each term the number of live articles that its postings list in title, subtitle or body."""
    found = dict.fromkeys(terms, 0)
    for reader in readers:
        known = [(term, number) for term in found if (number := reader.segment.term(term, hash_term(term))) >= 0]
        counts = _count(reader, np.array([number for _, number in known], np.int64))
        for (term, _), count in zip(known, counts.tolist(), strict=True):
            found[term] += count
    return found


def most_frequent(readers: Readers, limit: int) -> list[tuple[str, int]]:
    """Return the words of at least two characters that most live articles have, most frequent first.

    A word that is rare in every segment may be missing, or lack the articles of segments in which it is rarer still.
    """
    counted: dict[str, int] = {}
    for reader in readers:
        numbers = _common(reader, limit + limit // _SHARE + _SPARE)
        counts = _count_common(reader, numbers).tolist()
        for text, count in zip(reader.segment.words.pick(numbers), counts, strict=True):
            if len(text) >= _SHORTEST and count:
                counted[text] = counted.get(text, 0) + count
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:limit]


def _common(reader: SegmentReader, limit: int) -> Array:
    """Return the numbers, ascending, of the words that most articles of a segment have."""
    longest = np.zeros(len(reader.segment.words), np.uint32)
    for field in WORD_FIELDS:
        np.maximum(longest, _lengths(reader, field), out=longest)
    if len(longest) <= limit:
        return np.arange(len(longest))
    return np.sort(np.argpartition(longest, -limit)[-limit:])


def _count_common(reader: SegmentReader, numbers: Array) -> Array:
    """Count as _count does, from the lengths of the postings alone where a word stands in one field only."""
    if reader.live is not None:
        return _count(reader, numbers)
    lengths = np.stack([_lengths(reader, field)[numbers] for field in WORD_FIELDS])
    counts: Array = lengths.max(axis=0).astype(np.int64)
    several = np.count_nonzero(lengths, axis=0) > 1
    counts[several] = _count(reader, numbers[several])
    return counts


def _lengths(reader: SegmentReader, field: str) -> Array:
    starts = reader.segment.starts(field)
    lengths: Array = starts[1:] - starts[:-1]
    return lengths


def _count(reader: SegmentReader, numbers: Array) -> Array:
    """Return how many live articles each of some words (by number) has in any of its fields."""
    chunks = [_count_chunk(reader, numbers[at : at + _CHUNK]) for at in range(0, len(numbers), _CHUNK)]
    return join(chunks, np.int64)


def _count_chunk(reader: SegmentReader, numbers: Array) -> Array:
    """Count the body's postings, and of the other fields those that no field before has."""
    counts = np.zeros(len(numbers), np.int64)
    known: list[Array] = []
    for field in reversed(WORD_FIELDS):
        starts = reader.segment.starts(field)
        first, last = starts[numbers].astype(np.int64), starts[numbers + 1].astype(np.int64)
        articles = reader.segment.all_postings(field)[0][expand(first, last - first)].astype(np.int64)
        keys = np.repeat(np.arange(len(numbers)), last - first) * reader.size + articles
        if reader.live is not None:
            keys = keys[reader.live[articles]]
        for others in known:
            keys = keys[~np.isin(keys, others, assume_unique=True)] if len(keys) else keys
        known.append(keys)
        counts += np.bincount(keys // reader.size, minlength=len(numbers))
    return counts
