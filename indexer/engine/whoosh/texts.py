"""How does the exact index come about? Texts are laid end to end, and their pairs of units sorted by radix."""

from __future__ import annotations

import numpy as np

from indexer.engine.whoosh.arrays import join, pieces, starts_of, tally, within
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.schema import PART_FIELDS, SEPARATOR

__all__ = ["PairTable", "Texts", "UNITS", "field_owners", "sort_pairs"]

UNITS = 1 << 16


class Texts:
    """Lay the exact texts of articles end to end."""

    def __init__(self) -> None:
        self._units = bytearray()
        self._lengths = bytearray()
        self._kinds = bytearray()
        self._counts = bytearray()

    @property
    def units(self) -> int:
        """Return the units so far, separators included."""
        return len(self._units) // 2

    def add(self, units: Array, counts: Array, kinds: Array) -> None:
        """Add articles by their units (u16): each part (title, kicker, subtitle, body, captions) ends with SEPARATOR.

        `counts` (i64) tells how many parts each article has, `kinds` (u8) of which kind each part is.
        """
        self._units += units.tobytes()
        self._lengths += np.diff(np.flatnonzero(units == SEPARATOR), prepend=-1).tobytes()
        self._kinds += kinds.tobytes()
        self._counts += counts.tobytes()

    def take(self) -> tuple[Array, dict[str, Array]]:
        """Return (all units u16, the arrays `texts.…`) and forget them."""
        units = np.frombuffer(self._units, "<u2")
        self._units = bytearray()
        parts, first_parts = (starts_of(np.frombuffer(sizes, np.int64)) for sizes in (self._lengths, self._counts))
        return units, {
            "texts.articles": parts[first_parts],
            "texts.parts": parts,
            "texts.kinds": np.frombuffer(self._kinds, "u1"),
            "texts.first_parts": first_parts,
        }


def field_owners(texts: dict[str, Array]) -> tuple[Array, Array]:
    """Return for every unit its article (u16) and the number of its field in FIELDS (u8)."""
    articles = np.arange(len(texts["texts.articles"]) - 1, dtype=np.uint16)
    fields = np.array(PART_FIELDS, np.uint8)[texts["texts.kinds"]]
    return np.repeat(articles, np.diff(texts["texts.articles"])), np.repeat(fields, np.diff(texts["texts.parts"]))


class PairTable:
    """Collect the sorted pairs of a segment piece by piece."""

    def __init__(self) -> None:
        self._pairs_of = np.zeros(UNITS, np.int64)
        self._seconds: list[Array] = []
        self._sizes: list[Array] = []
        self._low: list[Array] = []
        self._high: list[Array] = []

    def add(self, pairs: Array, positions: Array) -> None:
        """Add occurrences whose first units follow those added before.

        `pairs` is u32 ascending, first unit × 65,536 + second; `positions` ascend within a pair.
        """
        begins = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else np.zeros(0, int)
        distinct = pairs[begins]
        self._pairs_of += np.bincount(distinct >> np.uint32(16), minlength=UNITS)
        self._seconds.append(distinct.astype("<u2"))
        self._sizes.append(np.diff(begins, append=len(pairs)))
        self._low.append(positions.astype("<u2"))
        self._high.append((positions >> positions.dtype.type(16)).astype("u1"))

    def arrays(self) -> dict[str, Array]:
        """Return the arrays `pairs.…`."""
        return {
            "pairs.first": starts_of(self._pairs_of),
            "pairs.second": join(self._seconds, "<u2"),
            "pairs.starts": starts_of(join(self._sizes, "<i8")),
            "pairs.low": join(self._low, "<u2"),
            "pairs.high": join(self._high, "u1"),
        }


def sort_pairs(units: Array) -> dict[str, Array]:
    """Return the arrays `pairs.…` of a text that ends with a separator.

    Each unit but the separator begins one pair. Pieces are cut by first unit, so that memory stays bounded, and
    sorted by second, then by first unit: numpy's stable sort of 16-bit keys is a radix sort, in linear time.
    """
    counts = tally(units, UNITS)
    counts[SEPARATOR] = 0
    table = PairTable()
    for first, last in pieces(counts):
        if not counts[first:last].any():
            continue
        positions = within(units, max(first, SEPARATOR + 1), last)
        positions = positions[units[positions + 1].argsort(kind="stable")]
        if last - first > 1:
            positions = positions[units[positions].argsort(kind="stable")]
        table.add((units[positions].astype(np.uint32) << np.uint32(16)) | units[positions + 1], positions)
    return table.arrays()
