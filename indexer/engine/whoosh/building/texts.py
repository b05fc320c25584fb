"""How do texts become the exact index? Their pairs of units are sorted by radix, and short words come with them.

Where Han words of one and two units stand is told by marks (see batch). A pair that is marked anywhere is a word, and
its postings are the articles of all its occurrences: so they are exact, and a search for it needs no positions. The
frequency counts marks only; it is 0 where a text contains a word but was never cut so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np

from indexer.engine.whoosh.building.batch import DOUBLE, SINGLE
from indexer.engine.whoosh.building.postings import CAP, Postings
from indexer.engine.whoosh.layout.arrays import begins_of, join, pieces, starts_of, tally
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import PART_FIELDS, SEPARATOR, WORD_FIELDS

__all__ = ["PairTable", "Shorts", "sort_texts"]

_UNITS = 1 << 16
_BLOCK = 1 << 16  # units of which a place within is told by 16 bits

Shorts = tuple[Array, Mapping[str, Postings]]
"""Short words as ascending keys (u32: first unit × 65,536 + second one or 0), and their postings in each field."""


class _Sections(NamedTuple):
    """Tell whose the parts are: the section of each is a number into `articles` (u16) and `fields` (u8)."""

    parts: Array
    articles: Array
    fields: Array

    @classmethod
    def of(cls, texts: Mapping[str, Array]) -> _Sections:
        """Take the arrays `texts.…` of a segment."""
        sizes, counts = np.diff(texts["texts.parts"]), np.diff(texts["texts.first_parts"])
        # Nobody asks for the section of an empty part; without them the numbers hardly ever take more than 16 bits.
        full = (sizes > 1).nonzero()[0]
        articles = np.repeat(np.arange(len(counts), dtype=np.uint16), counts)[full]
        fields = np.array(PART_FIELDS, np.uint8)[texts["texts.kinds"][full]]
        begins = begins_of(articles, fields)
        parts = np.zeros(len(sizes), np.min_scalar_type(len(begins)))
        parts[full] = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(full)))
        return cls(parts, articles[begins], fields[begins])


class _Units(NamedTuple):
    """Hold units (u16), what follows each (u16), their marks (u8), sections, and positions."""

    firsts: Array
    seconds: Array
    marks: Array
    sections: Array
    positions: Array

    def take(self, places: Array) -> _Units:
        """Return some of them, or in another order."""
        columns = (each.take(places) for each in self)
        return _Units(*columns)


class _Block(NamedTuple):
    """Hold the units of a block piece by piece: where it begins, the units, and where those of each piece end."""

    base: int
    units: _Units
    ends: Array

    def of(self, piece: int) -> _Units:
        """Return the units of a piece; their positions (u16) count from `base`."""
        return _Units(*(each[self.ends[piece] : self.ends[piece + 1]] for each in self.units))


class PairTable:
    """Collect the sorted pairs of a segment piece by piece."""

    def __init__(self) -> None:
        self._firsts = np.zeros(_UNITS, np.int64)
        self._seconds: list[Array] = []
        self._sizes: list[Array] = []
        self._low: list[Array] = []
        self._high: list[Array] = []

    def add(self, pairs: Array, sizes: Array, positions: Array) -> None:
        """Add pairs (u32 ascending: first unit × 65,536 + second), how often each occurs, and where, ascending.

        Their first units follow those added before.
        """
        self._firsts += np.bincount(pairs >> np.uint32(16), minlength=_UNITS)
        self._seconds.append(pairs.astype("<u2"))
        self._sizes.append(sizes)
        self._low.append(positions.astype("<u2"))
        self._high.append((positions >> positions.dtype.type(16)).astype("u1"))

    def take(self) -> dict[str, Array]:
        """Return the arrays `pairs.…` and forget the pairs."""
        return {
            "pairs.first": starts_of(self._firsts),
            "pairs.second": _emptied(self._seconds, "<u2"),
            "pairs.starts": starts_of(_emptied(self._sizes, "<i8")),
            "pairs.low": _emptied(self._low, "<u2"),
            "pairs.high": _emptied(self._high, "u1"),
        }


def sort_texts(
    runs: Sequence[tuple[Array, Array]], texts: Mapping[str, Array], pool: Executor
) -> tuple[PairTable, list[Shorts]]:
    """Return the pairs of a segment and its short words, several runs of them with ascending keys.

    `runs` hold units and their marks, one after the other; each ends with a separator. Each unit but the separator
    begins one pair. Pieces are cut by first unit, so that memory stays bounded; several threads sort them, for numpy
    lets others run meanwhile.
    """
    sections = _Sections.of(texts)
    counts = np.sum([tally(units, _UNITS) for units, _ in runs], 0)
    counts[SEPARATOR] = 0
    ranges = [(first, last) for first, last in pieces(counts) if counts[first:last].any()]
    table, shorts = PairTable(), []
    split = partial(_split, _piece_numbers(ranges))
    blocks: list[_Block] = []
    base = 0
    for units, marks in runs:
        first, last = texts["texts.parts"].searchsorted((base, base + len(units)))
        owners = np.repeat(sections.parts[first:last], np.diff(texts["texts.parts"][first : last + 1]))
        blocks += pool.map(partial(split, units, marks, owners, base), range(0, len(units), _BLOCK))
        base += len(units)
    for pairs, sizes, positions, *words in pool.map(partial(_sort, blocks, sections), range(len(ranges))):
        table.add(pairs, sizes, positions)
        shorts += words
    return table, shorts


def _emptied(parts: list[Array], kind: str) -> Array:
    """Join arrays and let go of them, so that memory holds both for one kind of them at a time."""
    joined = join(parts, kind)
    parts.clear()
    return joined


def _piece_numbers(ranges: Sequence[tuple[int, int]]) -> Array:
    """Return the number of every unit's piece; the separator, which begins no pair, comes after all of them."""
    numbers = np.full(_UNITS, len(ranges), np.uint8)
    for number, (first, last) in enumerate(ranges):
        numbers[first:last] = number
    numbers[SEPARATOR] = len(ranges)
    return numbers


def _split(piece_of: Array, units: Array, marks: Array, sections: Array, base: int, start: int) -> _Block:
    """Return the block that begins at `start` of a run, whose first unit is at `base` in the segment.

    All that a piece needs is brought together here, where reading is in order: picking it later from all over the
    text would take longer than sorting. There are so few pieces that their numbers have 8 bits, and sort fast.
    """
    stop = min(start + _BLOCK, len(units))
    numbers = piece_of.take(units[start:stop])
    ends = starts_of(np.bincount(numbers, minlength=int(piece_of[SEPARATOR]) + 1))
    order = numbers.argsort(kind="stable")[: ends[-2]]
    # The last unit of a run is a separator, so whatever is taken has one that follows.
    seconds = units[start + 1 : stop + 1].take(order)
    firsts, marks, owners = (each[start:stop].take(order) for each in (units, marks, sections))
    return _Block(base + start, _Units(firsts, seconds, marks, owners, order.astype(np.uint16)), ends)


def _sort(blocks: Sequence[_Block], sections: _Sections, piece: int) -> tuple[Array, Array, Array, Shorts, Shorts]:
    """Return the pairs of a piece (see PairTable.add), and the words of one and of two units among them."""
    found = [block.of(piece) for block in blocks]
    units = _Units(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    bases = np.array([block.base for block in blocks], np.uint32)
    units = units._replace(positions=units.positions + np.repeat(bases, [len(each.firsts) for each in found]))

    singles = ((units.marks & SINGLE) != 0).nonzero()[0]
    singles = singles[units.firsts.take(singles).argsort(kind="stable")]
    keys = units.firsts.take(singles).astype(np.uint32) << np.uint32(16)
    ones = _shorts(keys, units.sections.take(singles), None, sections)

    # By second, then by first unit: numpy's stable sort of 16-bit keys is a radix sort, in linear time.
    order = units.seconds.argsort(kind="stable")
    units = units.take(order[units.firsts.take(order).argsort(kind="stable")])
    pairs = (units.firsts.astype(np.uint32) << np.uint32(16)) | units.seconds
    begins = begins_of(pairs)
    sizes = np.diff(begins, append=len(pairs))

    marked = (units.marks & DOUBLE) != 0
    words = np.repeat(np.logical_or.reduceat(marked, begins), sizes).nonzero()[0]
    twos = _shorts(pairs.take(words), units.sections.take(words), marked.take(words), sections)
    return pairs[begins], sizes, units.positions, ones, twos


def _shorts(keys: Array, owners: Array, marked: Array | None, sections: _Sections) -> Shorts:
    """Return words by their ascending keys and the sections of their occurrences; `marked` are counted (None: all)."""
    begins = begins_of(keys, owners)
    ends = np.append(begins, len(keys))
    counts = np.diff(ends if marked is None else starts_of(marked)[ends])
    keys, owners = keys[begins], owners[begins]
    first = begins_of(keys)
    terms = np.repeat(np.arange(len(first)), np.diff(first, append=len(keys)))
    articles, fields = sections.articles.take(owners), sections.fields.take(owners)
    frequencies = np.minimum(counts, CAP).astype(np.uint8)
    tables = {}
    for number, field in enumerate(WORD_FIELDS):
        chosen = fields == number
        sizes = np.bincount(terms[chosen], minlength=len(first))
        tables[field] = Postings(sizes, articles[chosen], frequencies[chosen])
    return keys[first], tables
