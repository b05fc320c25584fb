"""How are articles collected for a segment? They are cut in batches, and kept as arrays, never as objects."""

from __future__ import annotations

from typing import Any

import numpy as np

from indexer.analysis.fold import longest_form, match_joined, units_of
from indexer.engine.base import facet_values
from indexer.engine.whoosh.building.batch import Terms, Words, cut, kinds_of, name_tokens
from indexer.engine.whoosh.building.run import UNIT_BYTES, Run
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import FIELDS, MAX_ARTICLES, MAX_UNITS, PARTS, SEPARATOR, WORD_FIELDS
from indexer.engine.whoosh.layout.segment import hash_id
from indexer.engine.whoosh.layout.store import dump, join
from indexer.engine.whoosh.layout.strings import pack
from indexer.errors import WensouError
from indexer.models import FACETS, Article, matched_parts

__all__ = ["Builder", "RUN_BYTES", "date_number"]

RUN_BYTES = 10
"""Memory per unit of a run in the making: the unit, its mark, its share of terms and records."""

BATCH = 1 << 17
"""Characters, borders included, of the articles that are cut at one go."""

_FIXED = len(PARTS) - 1  # parts that every article has, be they empty; captions follow


def date_number(article: Article) -> int:
    """Return the date as yyyymmdd, 00 for a month or day not known; from the year alone yyyy0000; 0 for neither."""
    parts = [int(part) for part in (article.date or "").split("-") if part.isdecimal()] or [article.year or 0]
    year, month, day = (*parts, 0, 0)[:3]
    number = year * 10_000 + month * 100 + day
    return number if 0 <= number < 1 << 32 else 0


class Builder:
    """Collect articles and turn them into a run, or into the arrays of one segment."""

    def __init__(self, memory: int, *, unit: int = UNIT_BYTES, most: int = MAX_UNITS) -> None:
        """Say that nothing more fits when about `memory` bytes, `unit` for each unit, or `most` units are in use."""
        self._limit = min(max(memory // unit, 1 << 16), most)
        self._grown: dict[str, tuple[np.dtype[Any], bytearray]] = {}
        self._units = 0
        self._words = Words()
        self._authors = Terms()
        self._waiting: list[Article] = []
        self._parts: list[str] = []
        self._characters = 0
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._values = {name: Terms() for name in (*FACETS, "file")}
        self._cells: dict[str, list[int]] = {name: [] for name in self._values}
        self._ordinals: list[int] = []
        self._dates: list[int] = []
        self._records: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def fits(self, article: Article) -> bool:
        """Tell whether an article still fits; into an empty builder any does that fits into a segment at all.

        Raise WensouError where it fits into none.
        """
        parts = matched_parts(article)
        length = sum(map(len, parts)) + len(parts)
        if length * longest_form() > MAX_UNITS and len(units_of(match_joined(parts))) > MAX_UNITS:
            raise WensouError(f"{article.file}: article {article.ordinal} has over {length:,} characters; split it")
        if not self._ids:
            return True
        if not self._has_room(length):
            # What waits has about half the units that it might have.
            self._cut()
        return len(self._ids) < MAX_ARTICLES and self._has_room(length)

    def _has_room(self, length: int) -> bool:
        """Tell whether so many characters fit besides what waits; folding hardly ever makes a text longer, but can."""
        length += self._characters
        return self._units + 2 * length <= self._limit and self._units + longest_form() * length <= MAX_UNITS

    def add(self, article: Article) -> None:
        """Take an article in; ask `fits` before."""
        parts = matched_parts(article)
        self._waiting.append(article)
        self._parts += parts
        self._characters += sum(map(len, parts)) + len(parts)
        self._ids.append(article.id)
        self._titles.append(article.title or "")
        for name, value in zip(self._values, (*facet_values(article), article.file), strict=True):
            self._cells[name].append(self._values[name][value])
        self._ordinals.append(article.ordinal)
        self._dates.append(date_number(article))
        self._records.append(dump(article))
        if self._characters >= BATCH:
            self._cut()

    def _cut(self) -> None:
        """Turn the articles that wait into units and tokens."""
        if not self._waiting:
            return
        first = np.uint16(len(self._ids) - len(self._waiting))
        counts = np.array([len(article.captions) + _FIXED for article in self._waiting], np.uint32)
        kinds = kinds_of(counts)
        codes = match_joined(self._parts)
        units = units_of(codes)
        self._units += len(units)
        found = cut(codes, counts, kinds, self._words)
        names, named = name_tokens([article.authors for article in self._waiting], self._authors)
        lengths = (*found.lengths, np.bincount(named, minlength=len(counts)))
        self._keep("units", units)
        self._keep("marks", found.marks)
        self._keep("part_sizes", np.diff((units == SEPARATOR).nonzero()[0], prepend=-1).astype(np.uint32))
        self._keep("part_counts", counts)
        self._keep("kinds", kinds)
        for field, (numbers, articles), length in zip(FIELDS, (*found.tokens, (names, named)), lengths, strict=True):
            self._keep(f"{field}.numbers", numbers)
            self._keep(f"{field}.articles", articles + first)
            self._keep(f"{field}.lengths", length.astype(np.uint32))
        self._waiting, self._parts, self._characters = [], [], 0

    def _keep(self, name: str, array: Array) -> None:
        """Append to one of the arrays."""
        if name not in self._grown:
            self._grown[name] = array.dtype, bytearray()
        self._grown[name][1].extend(array.data.cast("B") if len(array) else b"")

    def take(self) -> Run:
        """Return what was collected; the builder is of no more use.

        Of all parts: units, marks (see batch), part_sizes in units, kinds. Of all articles: part_counts, ordinals,
        dates, hashes of their ids; FIELD.lengths; ids, titles, stored (as in a segment); the cells of facets and files,
        numbers into their values. Of all tokens that marks do not tell: FIELD.numbers, into the sorted words or
        authors, and FIELD.articles.
        """
        self._cut()
        run = {name: np.frombuffer(data, kind) for name, (kind, data) in self._grown.items()}
        run["ordinals"] = np.array(self._ordinals, "<u4")
        run["dates"] = np.array(self._dates, "<u4")
        run["hashes"] = np.fromiter(map(hash_id, self._ids), np.uint64, len(self._ids))
        run["stored.starts"], run["stored.blob"] = join(self._records)
        self._records.clear()
        for name, cells in self._cells.items():
            run[f"{name}.cells"] = np.array(cells, "<u4")
        texts = {f"{name}.values": list(values) for name, values in self._values.items()}
        # Sorted here, where processes work side by side.
        texts["authors"], ranks = _ranked(list(self._authors))
        run["author.numbers"] = ranks[run["author.numbers"]]
        texts["words"], ranks = _ranked(list(self._words)[1:])
        for field in WORD_FIELDS:
            run[f"{field}.numbers"] = ranks[run[f"{field}.numbers"] - 1]
        for name, items in (texts | {"ids": self._ids, "titles": self._titles}).items():
            run[f"{name}.offsets"], run[f"{name}.blob"] = pack(items)
        return run

    def finish(self) -> tuple[dict[str, Array], dict[str, int]]:
        """Return the arrays and facts of the segment; the builder is of no more use."""
        # A process that writes runs has no use for it.
        from indexer.engine.whoosh.building.assemble import assemble

        return assemble([self.take()])


def _ranked(terms: list[str]) -> tuple[list[str], Array]:
    """Return (sorted terms, for each of the terms its place among them)."""
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ranks = np.empty(len(terms), np.uint32)
    ranks[np.array(order, np.int64)] = np.arange(len(terms), dtype=np.uint32)
    return [terms[number] for number in order], ranks
