"""How do the segments of a generation look as one? Articles numbered through, and their columns joined on first use.

Numbers are int64, because numpy indexes with them several times faster than with anything narrower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np

from indexer.engine.whoosh.layout.arrays import join, shifted
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.searching.positions import Positions
from indexer.engine.whoosh.searching.reader import SegmentReader

__all__ = ["Corpus", "Facet"]


@dataclass(frozen=True, slots=True)
class Facet:
    """Hold a facet's distinct raw values, the number of each, and which one each article has (unsigned [articles])."""

    texts: list[str]
    numbers: dict[str, int]
    cells: Array


class Corpus:
    """Number the articles of all segments through, deleted ones included; safe to use from several threads.

    `bases` tells with which number each segment begins, and at the end how many there are: `size`. `live` is bool
    [size], or None where nothing is deleted; `count` tells how many articles live. `fields` are those of
    schema.WORD_FIELDS in which any word stands; `positions` knows where characters do.
    """

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self.readers = readers
        self.bases = np.zeros(len(readers) + 1, np.int64)
        np.cumsum([reader.size for reader in readers], out=self.bases[1:])
        self._bases = self.bases.tolist()  # adding an int to an array takes half the time of adding one of its items
        self.size = self._bases[-1]
        self.count = sum(reader.count for reader in readers)
        self.live: Array | None = None
        if self.count < self.size:
            self.live = np.concatenate([reader.everything() for reader in readers])
        self.fields = tuple(name for name in WORD_FIELDS if any(name in reader.fields for reader in readers))
        self.positions = Positions(readers)
        self._everything: Array | None = None
        self._columns: dict[str, Array] = {}
        self._facets: dict[str, Facet] = {}
        self._lock = Lock()

    def everything(self) -> Array:
        """Return the numbers (int64, ascending, not to be changed) of all articles that live."""
        if self._everything is None:
            self._everything = np.arange(self.size) if self.live is None else self.live.nonzero()[0]
        return self._everything

    def join(self, numbers: Sequence[Array]) -> Array:
        """Return the numbers (int64) of articles that are given for each of the first segments by those there."""
        return shifted(numbers, self._bases, np.int64)

    def locate(self, positions: Array) -> tuple[Array, Array]:
        """Return what Positions.places does, without deleted articles."""
        places, counts = self.positions.places(positions)
        if self.live is not None:
            kept = self.live[places // len(WORD_FIELDS)]
            places, counts = places[kept], counts[kept]
        return places, counts

    def segments_of(self, numbers: Array) -> list[int]:
        """Return the numbers of the segments in which some ascending articles lie."""
        return [number for number, _, _ in self._parts(numbers)]

    def slices(self, numbers: Array) -> list[tuple[SegmentReader, slice, Array]]:
        """Return for each segment in which some ascending articles lie their slice of these and their numbers there."""
        return [
            (self.readers[number], slice(first, last), numbers[first:last] - self._bases[number])
            for number, first, last in self._parts(numbers)
        ]

    def _parts(self, numbers: Array) -> Iterator[tuple[int, int, int]]:
        """Yield the number of each segment in which some ascending articles lie, and where these begin and end."""
        edges = numbers.searchsorted(self.bases).tolist()
        for number, (first, last) in enumerate(pairwise(edges)):
            if first < last:
                yield number, first, last

    def owners(self, numbers: Array) -> list[tuple[SegmentReader, int]]:
        """Return the segment of each of some articles, and its number there."""
        owners = self.bases.searchsorted(numbers, "right") - 1
        inside = (numbers - self.bases[owners]).tolist()
        return [(self.readers[owner], number) for owner, number in zip(owners.tolist(), inside, strict=True)]

    def column(self, name: str) -> Array:
        """Return a column (see Segment.column) of numbers, `date` or `ordinal`, of all articles."""
        column = self._columns.get(name)
        if column is None:
            parts = [reader.segment.column(name) for reader in self.readers]
            column = self._columns[name] = join(parts, np.uint32)
        return column

    def facet(self, name: str) -> Facet:
        """Return the values of a facet: city, year or source."""
        with self._lock:
            if name not in self._facets:
                self._facets[name] = self._read_facet(name)
            return self._facets[name]

    def _read_facet(self, name: str) -> Facet:
        numbers: dict[str, int] = {}
        parts: list[Array] = []
        for reader in self.readers:
            values = reader.segment.values(name)
            places = np.array([numbers.setdefault(text, len(numbers)) for text in values], np.uint32)
            parts.append(places[reader.segment.column(name)])
        cells = join(parts, np.uint32)
        return Facet(list(numbers), numbers, cells.astype(np.min_scalar_type(len(numbers))))
