"""Which articles have a word, a phrase or a prefix, and how often? The leaves of a query, resolved per segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis.analyzer import spellings
from indexer.analysis.fold import is_han
from indexer.engine.whoosh.layout.arrays import expand
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.layout.segment import Segment, hash_term
from indexer.engine.whoosh.searching.cache import Cache
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.exact import find_phrase
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.query.syntax import Leaf, Phrase, Prefix, Term
from indexer.settings import get

__all__ = ["FieldPostings", "Found", "Leaves", "Plan", "join", "weigh", "weigh_found"]

_COMPLETE = 2  # characters of the Han words whose postings list every article that contains them
_SUM = np.int64


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """Hold the live articles (ascending) of a leaf in one field with frequencies; `count` have one above 0."""

    field: str
    articles: Array
    frequencies: Array
    count: int


_NOTHING = FieldPostings("", np.empty(0, np.uint16), np.empty(0, np.uint8), 0)


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what a leaf found: what matches, and the true occurrences that are scored."""

    matching: tuple[FieldPostings, ...]
    scored: tuple[FieldPostings, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what is known of a leaf before any position is read.

    For a term: its postings as a word in every segment; whether a true occurrence is among them (`is_word`); in which
    segments they are complete, so that no characters need be looked up; and how it may be spelt.
    """

    leaf: Leaf
    words: tuple[tuple[FieldPostings, ...], ...] = ()
    is_word: bool = False
    complete: tuple[bool, ...] = ()
    texts: tuple[str, ...] = ()


def weigh(postings: tuple[FieldPostings, ...]) -> int:
    """Return the bytes that postings hold in memory."""
    return sum(each.articles.nbytes + each.frequencies.nbytes + 200 for each in postings)


class Leaves:
    """Resolve leaves against the segments of one generation."""

    def __init__(
        self, readers: Sequence[SegmentReader], cache: Cache[tuple[FieldPostings, ...]], words_only: bool = False
    ) -> None:
        """Take the segments; with `words_only` terms match true words alone, as Whoosh's do."""
        self._readers = readers
        self._cache = cache
        self._words_only = words_only

    def plan(self, leaf: Leaf) -> Plan:
        """Look a leaf up in the term tables of all segments."""
        if not isinstance(leaf, Term) or leaf.field == "author":
            return Plan(leaf)
        hashed = hash_term(leaf.text)
        numbers = [reader.segment.term(leaf.text, hashed) for reader in self._readers]
        words = tuple(self._words(reader, leaf, number) for reader, number in zip(self._readers, numbers, strict=True))
        texts = spellings(leaf.text)
        is_word = any(each.count for found in words for each in found)
        if is_word and not any(map(is_han, leaf.text)):
            complete = tuple(True for _ in numbers)
        else:
            complete = tuple(is_word and _is_complete(texts) and number >= 0 for number in numbers)
        return Plan(leaf, words, is_word, complete, texts)

    def find(self, plan: Plan, reader: SegmentReader) -> Found:
        """Return what a planned leaf finds in one segment."""
        leaf = plan.leaf
        if leaf.field == "author":
            authors = self._authors(reader, leaf)
            return Found(authors, authors)
        if isinstance(leaf, Prefix):
            prefixed = self._prefixed(reader, leaf)
            return Found(prefixed, prefixed)
        if isinstance(leaf, Phrase):
            exact = self._exact(reader, (leaf.text,), leaf.field)
            return Found(exact, exact)
        return self._term(plan, leaf, reader)

    def is_cut_short(self, leaf: Leaf) -> bool:
        """Tell whether a prefix stands for more words than it may."""
        if not isinstance(leaf, Prefix) or leaf.field == "author":
            return False
        limit = get("prefix_terms")
        ranges = (reader.segment.prefix("body", leaf.text) for reader in self._readers)
        return any(last - first > limit for first, last in ranges)

    def _term(self, plan: Plan, leaf: Term, reader: SegmentReader) -> Found:
        """Find a word: in its postings where they are complete, else also wherever its characters stand."""
        words = plan.words[reader.number]
        if self._words_only:
            words = tuple(map(_true, words))
            return Found(words, words)
        if plan.complete[reader.number]:
            return Found(words, words)
        exact = self._exact(reader, plan.texts, leaf.field)
        return Found(exact, words if plan.is_word else exact)

    def _words(self, reader: SegmentReader, leaf: Term, number: int) -> tuple[FieldPostings, ...]:
        """Return the word postings of a term by its number."""
        if number < 0:
            return ()
        words: list[FieldPostings] = []
        for field in reader.fields:
            if leaf.field in (None, field):
                articles, frequencies = reader.segment.postings_at(field, number)
                if len(articles):
                    words.append(_living(reader, field, articles, frequencies))
        return tuple(words)

    def _exact(self, reader: SegmentReader, texts: tuple[str, ...], field: str | None) -> tuple[FieldPostings, ...]:
        """Return where one of some spellings stands, with its occurrences in each article."""

        def read() -> tuple[FieldPostings, ...]:
            found = [find_phrase(reader.segment, text) for text in texts]
            if not any(map(len, found)):
                return ()
            positions = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
            places, counts = reader.locate(positions)
            return _by_field(places, counts)

        postings = self._cache.get((reader.number, "exact", texts), read)
        return tuple(each for each in postings if field in (None, each.field))

    def _prefixed(self, reader: SegmentReader, leaf: Prefix) -> tuple[FieldPostings, ...]:
        """Return the joint postings of the words that begin so, the most frequent ones where there are too many."""
        limit = get("prefix_terms")

        def read() -> tuple[FieldPostings, ...]:
            first, last = reader.segment.prefix("body", leaf.text)
            numbers = np.arange(first, last)
            if len(numbers) > limit:
                spread = sum(np.diff(reader.segment.starts(field)[first : last + 1]) for field in WORD_FIELDS)
                numbers = np.sort(first + np.argpartition(spread, -limit)[-limit:])
            return self._joined(reader, _fields(leaf.field), numbers)

        return self._cache.get((reader.number, "prefix", limit, leaf), read)

    def _authors(self, reader: SegmentReader, leaf: Leaf) -> tuple[FieldPostings, ...]:
        """Return the articles of all authors whose names contain, or for a prefix begin with, a text."""

        def read() -> tuple[FieldPostings, ...]:
            if isinstance(leaf, Prefix):
                numbers = np.arange(*reader.segment.prefix("author", leaf.text))
            else:
                numbers = _authors_containing(reader.segment, leaf.text)
            return self._joined(reader, ("author",), numbers)

        return self._cache.get((reader.number, "author", leaf), read)

    def _joined(self, reader: SegmentReader, fields: tuple[str, ...], numbers: Array) -> tuple[FieldPostings, ...]:
        """Add up the postings of several terms in each field."""
        joined: list[FieldPostings] = []
        for field in fields:
            starts = reader.segment.starts(field)
            articles, frequencies = reader.segment.all_postings(field)
            places = expand(starts[numbers], starts[numbers + 1] - starts[numbers])
            sums = np.bincount(articles[places], frequencies[places], reader.size).astype(_SUM)
            found = np.flatnonzero(sums)
            if len(found):
                joined.append(_living(reader, field, found.astype(np.uint16), sums[found]))
        return tuple(joined)


def weigh_found(found: Found) -> int:
    """Return the bytes that what a leaf found holds in memory."""
    return weigh(found.matching) + (0 if found.scored is found.matching else weigh(found.scored))


def join(corpus: Corpus, found: Sequence[Found]) -> Found:
    """Return what a leaf found in the first segments as found in all: article numbers are those of the corpus."""
    matching = _joined_fields(corpus, [each.matching for each in found])
    if all(each.scored is each.matching for each in found):
        return Found(matching, matching)
    return Found(matching, _joined_fields(corpus, [each.scored for each in found]))


def _joined_fields(corpus: Corpus, found: Sequence[tuple[FieldPostings, ...]]) -> tuple[FieldPostings, ...]:
    fields: dict[str, list[FieldPostings]] = {}
    for number, postings in enumerate(found):
        for each in postings:
            parts = fields.setdefault(each.field, [_NOTHING] * len(found))
            parts[number] = each
    return tuple(
        FieldPostings(
            field,
            corpus.join([part.articles for part in parts]),
            parts[0].frequencies if len(parts) == 1 else np.concatenate([part.frequencies for part in parts]),
            sum(part.count for part in parts),
        )
        for field, parts in fields.items()
    )


def _fields(field: str | None) -> tuple[str, ...]:
    return WORD_FIELDS if field is None else (field,)


def _is_complete(texts: tuple[str, ...]) -> bool:
    """Tell whether the postings of a word list all articles that contain its characters: two units, both Han."""
    return (
        len(texts) == 1 and len(texts[0]) == _COMPLETE and all(is_han(char) and char <= "\uffff" for char in texts[0])
    )


def _living(reader: SegmentReader, field: str, articles: Array, frequencies: Array) -> FieldPostings:
    """Leave out deleted articles."""
    if reader.live is not None:
        kept = reader.live[articles]
        articles, frequencies = articles[kept], frequencies[kept]
    return FieldPostings(field, articles, frequencies, int(np.count_nonzero(frequencies)))


def _true(postings: FieldPostings) -> FieldPostings:
    """Leave out articles that contain the characters of a word but were never cut so."""
    kept = postings.frequencies > 0
    return FieldPostings(postings.field, postings.articles[kept], postings.frequencies[kept], postings.count)


def _by_field(places: Array, counts: Array) -> tuple[FieldPostings, ...]:
    """Sort places (see SegmentReader.locate) by their fields."""
    articles, fields = np.divmod(places, len(WORD_FIELDS))
    found: list[FieldPostings] = []
    for number, field in enumerate(WORD_FIELDS):
        here = fields == number
        if here.any():
            inside = articles[here].astype(np.uint16)
            found.append(FieldPostings(field, inside, counts[here].astype(np.uint32), len(inside)))
    return tuple(found)


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
