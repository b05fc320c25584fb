"""Which articles have a word, a phrase or a prefix, and how often? The leaves of a query, resolved in all segments.

What term tables tell is looked up at once, for all segments together; positions and the postings of many terms are
read a few segments at a time (see plans), so that a query can stop in between when its time is up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from indexer.analysis.analyzer import spellings
from indexer.analysis.fold import is_han
from indexer.engine.whoosh.layout.schema import is_complete
from indexer.engine.whoosh.layout.segment import hash_term
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.exact import having, units_of
from indexer.engine.whoosh.searching.found import NOTHING, FieldPostings, Found, join, true_words
from indexer.engine.whoosh.searching.plans import ByCharacters, ByTerms, Plan
from indexer.query.syntax import Leaf, Phrase, Prefix, Term
from indexer.settings import get

__all__ = ["Leaves"]


class Leaves:
    """Resolve leaves against the segments of one generation."""

    def __init__(self, corpus: Corpus, words_only: bool = False) -> None:
        """Take the segments; with `words_only` terms match true words alone, as Whoosh's do."""
        self._corpus = corpus
        self._words_only = words_only
        self._all = frozenset(range(len(corpus.readers)))

    def look_up(self, leaf: Leaf) -> Found | Plan:
        """Return what the term tables of all segments tell of a leaf, or how to resolve it where that is not all."""
        if isinstance(leaf, Prefix) or leaf.field == "author":
            return ByTerms(self._corpus, leaf)
        if isinstance(leaf, Phrase):
            return ByCharacters(self._corpus, leaf.field, (units_of(leaf.text),), self._all)
        return self._term(leaf)

    def standing(self, text: str, segments: Sequence[int]) -> tuple[FieldPostings, ...]:
        """Return where a text stands in one piece in some of the segments."""
        plan = ByCharacters(self._corpus, None, (units_of(text),), segments)
        return plan.found([plan.read(segments)]).matching

    def is_cut_short(self, leaf: Leaf) -> bool:
        """Tell whether a prefix stands for more words than it may."""
        if not isinstance(leaf, Prefix) or leaf.field == "author":
            return False
        limit = get("prefix_terms")
        ranges = (reader.segment.prefix("body", leaf.text) for reader in self._corpus.readers)
        return any(last - first > limit for first, last in ranges)

    def _term(self, leaf: Term) -> Found | Plan:
        """Find a word: in its postings where they are complete, else also wherever its characters stand."""
        hashed = hash_term(leaf.text)
        numbers = [reader.segment.term(leaf.text, hashed) for reader in self._corpus.readers]
        words = self._words(leaf, numbers)
        if self._words_only:
            words = tuple(map(true_words, words))
            return Found(words, words)
        lack: Collection[int] = self._all
        if any(each.count for each in words):
            if is_complete(leaf.text):
                lack = [number for number, term in enumerate(numbers) if term < 0]
                lack = having(self._corpus.positions, leaf.text, lack) if lack else lack
            elif not any(map(is_han, leaf.text)):
                lack = ()
        if not lack:
            return Found(words, words)
        texts = tuple(map(units_of, spellings(leaf.text)))
        return ByCharacters(self._corpus, leaf.field, texts, lack, words)

    def _words(self, leaf: Term, numbers: list[int]) -> tuple[FieldPostings, ...]:
        """Return the word postings of a term by its number in each segment, −1 where that does not have it."""
        words: list[FieldPostings] = []
        for name in self._corpus.fields if leaf.field is None else (leaf.field,):
            parts = [
                reader.segment.postings_at(name, number) if number >= 0 and name in reader.fields else NOTHING
                for reader, number in zip(self._corpus.readers, numbers, strict=True)
            ]
            if any(len(articles) for articles, _ in parts):
                words.append(join(self._corpus, name, parts))
        return tuple(words)
