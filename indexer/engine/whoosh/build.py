"""How do articles become a segment? They are cut as they come; at the end arrays are sorted, never objects."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import numpy as np

from indexer.analysis.analyzer import terms_of
from indexer.analysis.fold import match_codes, match_text, units_of
from indexer.engine.base import FACETS, facet_values
from indexer.engine.whoosh.arrays import starts_of, tally
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

_EMPTY = np.zeros(0, np.uint32)

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
        self._words = _numbering()
        self._authors = _numbering()
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
        size = 2 * (sum(map(len, _parts(article))) + len(article.captions) + len(PARTS))
        if size > MAX_UNITS:
            raise WensouError(f"{article.file}: article {article.ordinal} has over {size // 2:,} characters; split it")
        return not self._ids or (len(self._ids) < MAX_ARTICLES and self._texts.units + size <= self._limit)

    def add(self, article: Article) -> None:
        """Take an article in; ask `fits` before."""
        parts = [match_codes(part) if part else _EMPTY for part in _parts(article)]
        self._texts.add([units_of(part) for part in parts])
        self._count("title", parts[:1])
        self._count("subtitle", parts[1:3])
        self._count("body", parts[3:])
        self._tokens["author"].add([match_text(author) for author in article.authors], self._authors)
        self._ids.append(article.id)
        self._titles.append(article.title or "")
        for name, value in zip(self._values, (*facet_values(article), article.file), strict=True):
            self._values[name].append(value)
        self._ordinals.append(article.ordinal)
        self._dates.append(date_number(article))
        self._records.append(dump(article))

    def _count(self, field: str, parts: list[Array]) -> None:
        terms: list[str] = []
        for part in parts:
            if len(part):
                terms += terms_of(part)
        self._tokens[field].add(terms, self._words)

    def finish(self) -> tuple[dict[str, Array], dict[str, int]]:
        """Return the arrays and facts of the segment; the builder is empty then and of no more use."""
        units, arrays = self._texts.take()
        facts = {"units": len(units)} | {f"{field}.length": len(tokens) for field, tokens in self._tokens.items()}
        arrays |= {f"{field}.lengths": tokens.lengths() for field, tokens in self._tokens.items()}
        arrays |= sort_pairs(units)
        del units
        words, ranks = _ranked(self._words)
        arrays |= invert({field: self._tokens[field] for field in WORD_FIELDS}, ranks, _completion(words, arrays))
        authors, ranks = _ranked(self._authors)
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


def _parts(article: Article) -> list[str]:
    return [article.title or "", article.kicker or "", article.subtitle or "", article.text, *article.captions]


def _numbering() -> defaultdict[str, int]:
    """Return a mapping that gives each new key the next number."""
    return defaultdict(count().__next__)


def _ranked(numbers: defaultdict[str, int]) -> tuple[list[str], Array]:
    """Return (sorted keys, for each number its key's place in them) and empty the numbering."""
    keys = list(numbers)
    numbers.clear()
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.empty(len(keys), np.uint32)
    ranks[np.array(order, np.int64)] = np.arange(len(keys), dtype=np.uint32)
    return [keys[number] for number in order], ranks


def _completion(words: list[str], arrays: dict[str, Array]) -> Completion:
    """Return the completion of a segment's two-character words from its own pairs."""
    articles, fields = field_owners(arrays)
    han = two_units(words)
    texts = [words[number] for number in han]
    return Completion(np.array(han, np.int64), texts, arrays, lambda places: (articles[places], fields[places]))
