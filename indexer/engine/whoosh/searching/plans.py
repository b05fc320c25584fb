"""How is a leaf resolved for which segments must be read? By its characters, or by the postings of many terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

import numpy as np

from indexer.engine.whoosh.layout.arrays import expand
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.layout.segment import Segment
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.exact import find
from indexer.engine.whoosh.searching.found import NOTHING, FieldPostings, Found, by_field, join, united
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.query.syntax import Leaf, Prefix
from indexer.settings import get

__all__ = ["ByCharacters", "ByTerms", "Plan"]


class Plan(Protocol):
    """Resolve one leaf, some segments at a time."""

    def read(self, segments: Sequence[int]) -> Any:
        """Return what some segments (ascending numbers) have."""

    def found(self, read: Sequence[Any]) -> Found:
        """Return what the leaf finds in all segments, or where not all were read in time, in the first ones."""


@dataclass(slots=True)
class ByCharacters:
    """Find texts (units) by their characters in some `segments`: those whose postings of a word do not tell all.

    `words` are its postings in all segments: those that match in the others, and that are scored where there are any.
    """

    corpus: Corpus
    field: str | None
    texts: tuple[tuple[int, ...], ...]
    segments: Collection[int]
    words: tuple[FieldPostings, ...] = ()

    def read(self, segments: Sequence[int]) -> Array:
        """Return the positions at which one of the texts begins."""
        segments = [number for number in segments if number in self.segments]
        found = [find(self.corpus.positions, units, segments) for units in self.texts]
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found))

    def found(self, read: Sequence[Array]) -> Found:
        """Return where the texts stand."""
        # Either all segments lack the postings, or those that do have no posting of the word at all.
        matching = self.words if len(self.segments) < len(self.corpus.readers) else ()
        if any(map(len, read)):
            places = by_field(*self.corpus.locate(np.concatenate(read)))
            matching = united(matching, tuple(each for each in places if self.field in (None, each.field)))
        return Found(matching, self.words if any(each.count for each in self.words) else matching)


@dataclass(slots=True)
class ByTerms:
    """Find the joint postings of many terms: those of a prefix, or the names that contain a text."""

    corpus: Corpus
    leaf: Leaf
    limit: int = field(default_factory=lambda: get("prefix_terms"))

    def read(self, segments: Sequence[int]) -> list[dict[str, tuple[Array, Array]]]:
        """Return for each segment the joint postings in each field."""
        return [self._read(self.corpus.readers[number]) for number in segments]

    def _read(self, reader: SegmentReader) -> dict[str, tuple[Array, Array]]:
        fields = self.corpus.fields if self.leaf.field is None else (self.leaf.field,)
        if self.leaf.field != "author":
            return _joint(reader, fields, self._words(reader))
        if isinstance(self.leaf, Prefix):
            return _joint(reader, fields, np.arange(*reader.segment.prefix("author", self.leaf.text)))
        return _joint(reader, fields, _authors_containing(reader.segment, self.leaf.text))

    def _words(self, reader: SegmentReader) -> Array:
        """Return the numbers of the words that begin so, the most frequent ones where there are too many."""
        first, last = reader.segment.prefix("body", self.leaf.text)
        if last - first <= self.limit:
            return np.arange(first, last)
        spread = sum(np.diff(reader.segment.starts(name)[first : last + 1]) for name in WORD_FIELDS)
        return np.sort(first + np.argpartition(spread, -self.limit)[-self.limit :])

    def found(self, read: Sequence[list[dict[str, tuple[Array, Array]]]]) -> Found:
        """Join what the segments have."""
        parts = list(chain.from_iterable(read))
        names = dict.fromkeys(name for part in parts for name in part)
        postings = tuple(join(self.corpus, name, [part.get(name, NOTHING) for part in parts]) for name in names)
        return Found(postings, postings)


def _joint(reader: SegmentReader, fields: Sequence[str], numbers: Array) -> dict[str, tuple[Array, Array]]:
    """Add up the postings of several terms in each field."""
    joint: dict[str, tuple[Array, Array]] = {}
    for name in fields:
        starts = reader.segment.starts(name)
        articles, frequencies = reader.segment.all_postings(name)
        places = expand(starts[numbers], starts[numbers + 1] - starts[numbers])
        sums = np.bincount(articles[places], frequencies[places], reader.size).astype(np.int64)
        found = np.flatnonzero(sums)
        if len(found):
            joint[name] = found, sums[found]
    return joint


def _authors_containing(segment: Segment, text: str) -> Array:
    """Return the numbers of the names that contain a text."""
    wanted = text.encode("utf-8", "surrogatepass")
    blob = segment.container.view("authors.blob").tobytes()
    offsets = segment.container.view("authors.offsets")
    numbers: list[int] = []
    at = blob.find(wanted) if wanted else -1
    while at >= 0:
        number = int(offsets.searchsorted(at, "right")) - 1
        end = int(offsets[number + 1])
        # What begins in one name and ends in the next is in neither.
        inside = at + len(wanted) <= end
        if inside:
            numbers.append(number)
        at = blob.find(wanted, end if inside else at + 1)
    return np.array(numbers, np.int64)
