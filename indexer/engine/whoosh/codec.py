"""How do Whoosh's own readers, queries and scorers work on the index? Through its codec interface, over our arrays.

Searching does not need this, and does not import Whoosh: see searcher. The interface is the one that Whoosh 2.7.4 and
its successor whoosh3 share. Numbers are those of whole segments: statistics count deleted articles, as Whoosh's do,
and frequencies are capped at 255. Whoosh ships no types, so all of its classes count as Any.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import fields, formats, reading
from whoosh.analysis import Token, Tokenizer
from whoosh.codec import base
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar

from indexer.analysis.analyzer import index_terms, query_terms
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import FIELDS
from indexer.engine.whoosh.searching.reader import SegmentReader

__all__ = ["ArrayCodec", "ArraySegment", "open_reader", "schema"]


class _Words(Tokenizer):  # type: ignore[misc]
    """Cut a text as the index does, in Whoosh's form."""

    def __call__(self, value: str, mode: str = "", **_: Any) -> Iterator[Any]:
        token = Token()
        for position, term in enumerate(query_terms(value) if mode == "query" else index_terms(value)):
            token.text, token.pos, token.boost, token.stopped = term, position, 1.0, False
            yield token


def schema() -> fields.Schema:
    """Return Whoosh's schema of the index: the fields that have postings, and the stored id."""
    words = {name: fields.TEXT(analyzer=_Words(), phrase=False, stored=True) for name in FIELDS}
    return fields.Schema(id=fields.STORED, **words)


def open_reader(readers: Sequence[SegmentReader]) -> reading.IndexReader:
    """Return a Whoosh reader over the segments of a generation, for whoosh.searching.Searcher."""
    kinds = schema()
    opened = [reading.SegmentReader(None, kinds, ArraySegment(each)) for each in readers]
    return opened[0] if len(opened) == 1 else reading.MultiReader(opened)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """Show one of our segments to Whoosh."""

    def __init__(self, reader: SegmentReader) -> None:
        super().__init__("wensou")
        self.reader = reader

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.reader.size

    def deleted_count(self) -> int:
        return self.reader.size - self.reader.count

    def deleted_docs(self) -> list[int]:
        live = self.reader.live
        numbers: list[int] = [] if live is None else np.flatnonzero(~live).tolist()
        return numbers

    def is_deleted(self, number: int) -> bool:
        return self.reader.live is not None and not self.reader.live[number]


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Read segments; writing them is the writer's part."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> _Terms:
        return _Terms(segment.reader)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> _PerDocument:
        return _PerDocument(segment)


class _Terms(base.TermsReader):  # type: ignore[misc]
    """Find terms and their postings; a word that stands nowhere in a field as a word is no term of it."""

    def __init__(self, reader: SegmentReader) -> None:
        self._segment = reader.segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(len(self._postings(*term)[0]))

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        return _Cursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(FIELDS):
            yield from self._from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        yield from self._from(fieldname, prefix)
        for field in sorted(name for name in FIELDS if name > fieldname):
            yield from self._from(field, b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> reading.TermInfo:
        articles, frequencies = self._postings(fieldname, text)
        if not len(articles):
            raise KeyError((fieldname, text))
        lengths = self._segment.lengths(fieldname)[articles]
        return reading.TermInfo(
            weight=float(frequencies.sum(dtype=np.int64)),
            df=len(articles),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(articles[0]),
            maxid=int(articles[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: formats.Format, scorer: Any = None) -> _Matcher:
        info = self.term_info(fieldname, text)
        return _Matcher((fieldname, text), *self._postings(fieldname, text), info, format_, scorer)

    def indexed_field_names(self) -> Sequence[str]:
        return FIELDS

    def _from(self, field: str, least: bytes) -> Iterator[tuple[str, bytes]]:
        strings = self._segment.terms(field)
        for number in range(strings.lower_bound(least), len(strings)):
            if self._segment.postings_at(field, number)[1].any():
                yield field, strings.raw(number)

    def _postings(self, field: str, text: bytes) -> tuple[Array, Array]:
        """Return the true occurrences; those of frequency 0 are none."""
        found = self._segment.postings(field, text.decode("utf-8", "surrogatepass"))
        if found is None:
            return np.empty(0, np.uint16), np.empty(0, np.uint8)
        articles, frequencies = found
        return articles[frequencies > 0], frequencies[frequencies > 0]


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walk over the terms of a field."""

    def __init__(self, terms: _Terms, field: str, kind: Any) -> None:
        self._terms, self._field, self._kind = terms, field, kind
        self.first()

    def first(self) -> str | None:
        return self._start(b"")

    def find(self, string: bytes | str) -> str | None:
        return self._start(string.encode() if isinstance(string, str) else string)

    def next(self) -> str | None:
        self._current = next(self._rest, None)
        return self.text()

    def text(self) -> str | None:
        return None if self._current is None else str(self._kind.from_bytes(self._current[1]))

    term = text

    def term_info(self) -> reading.TermInfo | None:
        return None if self._current is None else self._terms.term_info(*self._current)

    def is_valid(self) -> bool:
        return self._current is not None

    def _start(self, least: bytes) -> str | None:
        self._rest = (term for term in self._terms.terms_from(self._field, least) if term[0] == self._field)
        return self.next()


class _PerDocument(base.PerDocumentReader):  # type: ignore[misc]
    """Read lengths, deletions and stored fields."""

    def __init__(self, segment: ArraySegment) -> None:
        self._whole = segment
        self._segment = segment.reader.segment

    def doc_count(self) -> int:
        return self._whole.reader.count

    def doc_count_all(self) -> int:
        return self._whole.reader.size

    def has_deletions(self) -> bool:
        return self._whole.reader.live is not None

    def is_deleted(self, docnum: int) -> bool:
        return self._whole.is_deleted(docnum)

    def deleted_docs(self) -> list[int]:
        return self._whole.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.lengths(fieldname)[docnum]) if fieldname in FIELDS else default

    def field_length(self, fieldname: str) -> int:
        return self._segment.total_length(fieldname) if fieldname in FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).min()) if fieldname in FIELDS else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).max()) if fieldname in FIELDS else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        article = self._segment.article(docnum)
        return {
            "id": article.id,
            "title": article.title,
            "subtitle": article.subtitle,
            "body": article.text,
            "author": article.authors,
        }


class _Matcher(LeafMatcher):  # type: ignore[misc]
    """Step through the postings of one term, all of them one block."""

    def __init__(
        self,
        term: tuple[str, bytes],
        articles: Array,
        frequencies: Array,
        info: reading.TermInfo,
        format_: formats.Format,
        scorer: Any,
        at: int = 0,
    ) -> None:
        self._term, self._articles, self._frequencies, self._info = term, articles, frequencies, info
        self.format, self.scorer, self._at = format_, scorer, at

    def is_active(self) -> bool:
        return self._at < len(self._articles)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> _Matcher:
        return _Matcher(self._term, self._articles, self._frequencies, self._info, self.format, self.scorer, self._at)

    def replace(self, minquality: float = 0) -> LeafMatcher:
        return self if self.is_active() and (not minquality or self.max_quality() >= minquality) else NullMatcher()

    def id(self) -> int:
        return int(self._articles[self._at])

    def all_ids(self) -> Iterator[int]:
        return iter(self._articles[self._at :].tolist())

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, docnum: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += int(self._articles[self._at :].searchsorted(docnum))

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._articles)
        return 1

    def weight(self) -> float:
        return float(self._frequencies[self._at])

    def value(self) -> bytes:
        # What formats.Frequency decodes.
        return struct.pack("!I", int(self._frequencies[self._at]))

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())
