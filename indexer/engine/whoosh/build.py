"""How do articles become a segment? They are cut in batches; at the end arrays are sorted, never objects."""

from __future__ import annotations

import numpy as np

from indexer.analysis.fold import match_joined, units_of
from indexer.engine.base import FACETS, facet_values
from indexer.engine.whoosh.arrays import starts_of, tally
from indexer.engine.whoosh.batch import kinds_of, name_tokens, numbering, parts_of, ranked, tokens
from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.postings import Completion, Tokens, invert, two_units
from indexer.engine.whoosh.schema import FIELDS, MAX_ARTICLES, MAX_UNITS, PARTS, WORD_FIELDS
from indexer.engine.whoosh.segment import hash_id, hash_term
from indexer.engine.whoosh.store import dump, join
from indexer.engine.whoosh.strings import pack
from indexer.engine.whoosh.texts import Texts, field_owners, sort_pairs
from indexer.errors import WensouError
from indexer.models import Article

__all__ = ["Builder", "bucket_terms", "date_number", "id_table"]

BATCH = 1 << 17
"""Characters, borders included, of the articles that are cut at one go."""

_FIXED = len(PARTS) - 1  # parts that every article has, be they empty; captions follow

_UNIT_BYTES = 25
"""Memory per unit of a segment in the making: the unit, its owner, its share of terms and records, the result."""


def date_number(article: Article) -> int:
    """Return the date as yyyymmdd, 00 for a month or day not known; from the year alone yyyy0000; 0 for neither."""
    parts = [int(part) for part in (article.date or "").split("-") if part.isdecimal()] or [article.year or 0]
    year, month, day = (*parts, 0, 0)[:3]
    number = year * 10_000 + month * 100 + day
    return number if 0 <= number < 1 << 32 else 0


def bucket_terms(terms: list[str]) -> tuple[Array, Array]:
    """Return (buckets, chain): the hash table by which a segment finds a term."""
    buckets = 1 << max(len(terms) - 1, 1).bit_length()
    places = np.fromiter(map(hash_term, terms), np.uint32, len(terms)) % np.uint32(buckets)
    return starts_of(tally(places, buckets)), places.argsort(kind="stable").astype("<u4")


def id_table(hashes: Array) -> dict[str, Array]:
    """Return the arrays `ids.hashes` and `ids.order` of the articles' hashes (u64) by article number."""
    order = hashes.argsort(kind="stable")
    return {"ids.hashes": hashes[order].astype("<u8"), "ids.order": order.astype("<u2")}


class Builder:
    """Collect articles and turn them into the arrays of one segment."""

    def __init__(self, memory: int) -> None:
        """Say that nothing more fits when about `memory` bytes are in use."""
        self._limit = min(max(memory // _UNIT_BYTES, 1 << 16), MAX_UNITS)
        self._texts = Texts()
        self._words = numbering()
        self._authors = numbering()
        self._waiting: list[Article] = []
        self._parts: list[str] = []
        self._characters = 0
        self._tokens = {field: Tokens() for field in FIELDS}
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._values: dict[str, list[str]] = {name: [] for name in (*FACETS, "file")}
        self._ordinals: list[int] = []
        self._dates: list[int] = []
        self._records: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def fits(self, article: Article) -> bool:
        """Tell whether an article still fits; into an empty builder any does that fits into a segment at all.

        Raise WensouError where it fits into none.
        """
        # A character has two units at most, and folding hardly ever makes a text longer.
        size = 2 * sum(len(part) + 1 for part in parts_of(article))
        if size > MAX_UNITS:
            raise WensouError(f"{article.file}: article {article.ordinal} has over {size // 2:,} characters; split it")
        if not self._ids:
            return True
        if self._texts.units + 2 * self._characters + size > self._limit:
            # What waits has about half the units that it might have.
            self._cut()
        return len(self._ids) < MAX_ARTICLES and self._texts.units + size <= self._limit

    def add(self, article: Article) -> None:
        """Take an article in; ask `fits` before."""
        parts = parts_of(article)
        self._waiting.append(article)
        self._parts += parts
        self._characters += sum(map(len, parts)) + len(parts)
        self._ids.append(article.id)
        self._titles.append(article.title or "")
        for name, value in zip(self._values, (*facet_values(article), article.file), strict=True):
            self._values[name].append(value)
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
        counts = np.array([len(article.captions) + _FIXED for article in self._waiting])
        kinds = kinds_of(counts)
        codes = match_joined(self._parts)
        self._texts.add(units_of(codes), counts, kinds)
        for field, terms, articles in tokens(codes, counts, kinds, self._words):
            self._tokens[FIELDS[field]].add(terms, articles + first)
        names, articles = name_tokens([article.authors for article in self._waiting], self._authors)
        self._tokens["author"].add(names, articles + first)
        self._waiting, self._parts, self._characters = [], [], 0

    def finish(self) -> tuple[dict[str, Array], dict[str, int]]:
        """Return the arrays and facts of the segment; the builder is empty then and of no more use."""
        self._cut()
        units, arrays = self._texts.take()
        facts = {"units": len(units)} | {f"{field}.length": len(each) for field, each in self._tokens.items()}
        arrays |= {f"{field}.lengths": each.lengths(len(self._ids)) for field, each in self._tokens.items()}
        arrays |= sort_pairs(units)
        del units
        words, ranks = ranked(self._words)
        arrays |= invert({field: self._tokens[field] for field in WORD_FIELDS}, ranks, _completion(words, arrays))
        authors, ranks = ranked(self._authors)
        arrays |= invert({"author": self._tokens["author"]}, ranks, None)
        arrays["words.buckets"], arrays["words.chain"] = bucket_terms(words)
        for name, texts in {"words": words, "authors": authors, "ids": self._ids, "titles": self._titles}.items():
            arrays[f"{name}.offsets"], arrays[f"{name}.blob"] = pack(texts)
        return arrays | self._columns(), facts

    def _columns(self) -> dict[str, Array]:
        """Return the arrays that have one item per article, or one per value."""
        hashes = np.fromiter(map(hash_id, self._ids), np.uint64, len(self._ids))
        arrays = id_table(hashes)
        arrays["ordinals"] = np.array(self._ordinals, "<u4")
        arrays["dates"] = np.array(self._dates, "<u4")
        arrays["stored.starts"], arrays["stored.blob"] = join(self._records)
        self._records.clear()
        for name, cells in self._values.items():
            values = sorted(set(cells))
            numbers = {value: number for number, value in enumerate(values)}
            arrays[f"{name}.cells"] = np.fromiter(map(numbers.__getitem__, cells), "<u4", len(cells))
            arrays[f"{name}.values.offsets"], arrays[f"{name}.values.blob"] = pack(values)
        return arrays


def _completion(words: list[str], arrays: dict[str, Array]) -> Completion:
    """Return the completion of a segment's two-character words from its own pairs."""
    articles, fields = field_owners(arrays)
    han = two_units(words)
    texts = [words[number] for number in han]
    return Completion(np.array(han, np.int64), texts, arrays, lambda places: (articles[places], fields[places]))
