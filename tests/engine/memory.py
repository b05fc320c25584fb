"""What must an engine answer? The protocol in memory, by reading every article: slow, short, and plain to see right.

Other engines are compared with it. `MemoryEngine(articles)` is one generation; `Shelf` publishes one after another.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.analysis.analyzer import index_terms, spellings
from indexer.analysis.fold import HAN, match_text
from indexer.analysis.segment import UserWords, use_words
from indexer.engine.base import (
    Damage,
    Engine,
    Matches,
    Request,
    SourceState,
    Statistics,
    facet_values,
)
from indexer.errors import WensouError
from indexer.models import FACETS, Article
from indexer.query.syntax import And, Leaf, Node, Not, Or, Phrase, Prefix, Term, Values, positive_leaves

K1, B = 1.2, 0.75
BOOSTS = {"title": 2.0, "subtitle": 1.2, "body": 1.0}
WHOLE = 1000.0


@dataclass
class Entry:
    """An article as it is searched: each part in match form, and the terms of each field."""

    article: Article
    parts: dict[str, list[str]] = field(init=False)
    terms: dict[str, Counter[str]] = field(init=False)

    def __post_init__(self) -> None:
        a = self.article
        shown = {
            "title": [a.title],
            "subtitle": [a.kicker, a.subtitle],
            "body": [a.text, *a.captions],
            "author": list(a.authors),
        }
        self.parts = {name: [match_text(part) for part in parts if part] for name, parts in shown.items()}
        self.terms = {
            name: Counter(term for part in parts if part for term in index_terms(part))
            for name, parts in shown.items()
            if name != "author"
        }

    def contains(self, text: str, wanted: str | None) -> bool:
        names = BOOSTS if wanted is None else (wanted,)
        return any(text in part for name in names for part in self.parts[name])

    def words(self, wanted: str | None) -> set[str]:
        return {term for name in (BOOSTS if wanted is None else (wanted,)) for term in self.terms[name]}


class MemoryEngine:
    """Engine over a list of articles."""

    def __init__(self, articles: Iterable[Article], *, generation: int = 1, shelf: Shelf | None = None) -> None:
        self.entries = [Entry(article) for article in sorted(articles, key=lambda a: (a.file, a.ordinal))]
        self.generation = generation
        self.shelf = shelf
        self.closed = False

    def use_words(self) -> None:
        use_words(UserWords(()))

    def search(self, request: Request) -> Matches:
        self._open()
        found = [entry for entry in self.entries if request.query is None or self._matches(request.query, entry)]
        inside = [entry for entry in found if self._passes(entry, request.filters)]
        ranked = sorted(((entry.article, self._score(entry, request)) for entry in inside), key=_order(request.sort))
        counts = {}
        for number, facet in enumerate(FACETS):
            others = {name: values for name, values in request.filters.items() if name != facet}
            here = (entry for entry in found if self._passes(entry, others))
            counts[facet] = Counter(facet_values(entry.article)[number] for entry in here)
        return Matches(len(inside), tuple(ranked[request.offset : request.offset + request.limit]), counts)

    def fetch(self, article_id: str) -> Article | None:
        self._open()
        return next((entry.article for entry in self.entries if entry.article.id == article_id), None)

    def iterate(self) -> Iterator[Article]:
        for entry in self.entries:
            self._open()
            yield entry.article

    def siblings(self, file: str, ordinals: range | None = None) -> Sequence[tuple[str, str | None, int]]:
        own = [article for article in self.iterate() if article.file == file]
        return [(a.id, a.title, a.ordinal) for a in own if ordinals is None or a.ordinal in ordinals]

    def values(self, facet: str) -> Mapping[str, int]:
        return Counter(facet_values(article)[FACETS.index(facet)] for article in self.iterate())

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        return {term: sum(term in entry.words(None) for entry in self.entries) for term in terms}

    def vocabulary(self, limit: int) -> Sequence[tuple[str, int]]:
        counts = Counter(term for entry in self.entries for term in entry.words(None) if len(term) > 1)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def titles(self) -> Iterator[tuple[str, str]]:
        return ((article.id, article.title) for article in self.iterate() if article.title)

    def state(self) -> SourceState:
        return SourceState()

    def statistics(self) -> Statistics:
        return Statistics(self.generation, "2026-01-01T00:00:00Z", len(self.entries), 1, 0)

    def check(self) -> Sequence[Damage]:
        return ()

    def current(self) -> bool:
        return self.shelf is None or self.shelf.newest == self.generation

    def close(self) -> None:
        self.closed = True

    def _open(self) -> None:
        if self.closed:
            raise WensouError("the engine is closed")

    def _matches(self, node: Node, entry: Entry) -> bool:
        if isinstance(node, And):
            return all(self._matches(part, entry) for part in node.parts)
        if isinstance(node, Or):
            return any(self._matches(part, entry) for part in node.parts)
        if isinstance(node, Not):
            return not self._matches(node.part, entry)
        if isinstance(node, Values):
            return facet_values(entry.article)[FACETS.index(node.field)] in node.values
        return self._leaf_matches(node, entry)

    def _leaf_matches(self, leaf: Leaf, entry: Entry) -> bool:
        if isinstance(leaf, Prefix):
            words = entry.parts["author"] if leaf.field == "author" else entry.words(leaf.field)
            return any(word.startswith(leaf.text) for word in words)
        if isinstance(leaf, Phrase) or leaf.field == "author":
            return entry.contains(leaf.text, leaf.field)
        if not re.search(f"[{HAN}]", leaf.text) and any(leaf.text in each.words(leaf.field) for each in self.entries):
            return leaf.text in entry.words(leaf.field)
        return any(entry.contains(spelling, leaf.field) for spelling in spellings(leaf.text))

    def _passes(self, entry: Entry, filters: Mapping[str, frozenset[str]]) -> bool:
        values = dict(zip(FACETS, facet_values(entry.article), strict=True))
        return all(values[facet] in allowed for facet, allowed in filters.items())

    def _score(self, entry: Entry, request: Request) -> float:
        score = sum(self._bm25(leaf, entry, request) for leaf in set(positive_leaves(request.query)))
        if request.whole:
            score += WHOLE * (entry.contains(request.whole, None) + entry.contains(request.whole, "title"))
        return score

    def _bm25(self, leaf: Term | Phrase | Prefix, entry: Entry, request: Request) -> float:
        """BM25 of a word in each field, as Whoosh computes it."""
        score = 0.0
        for name in BOOSTS if leaf.field is None else {leaf.field} & set(BOOSTS):
            occurrences = entry.terms[name][leaf.text]
            having = sum(leaf.text in each.terms[name] for each in self.entries)
            mean = sum(each.terms[name].total() for each in self.entries) / len(self.entries) or 1.0
            idf = math.log(len(self.entries) / (having + 1)) + 1
            norm = K1 * (1 - B + B * entry.terms[name].total() / mean)
            score += BOOSTS[name] * idf * occurrences * (K1 + 1) / (occurrences + norm)
        return score * request.boosts.get(leaf.text, 1.0)


class Shelf:
    """Publish generations in memory; `open` is an opener for Index."""

    def __init__(self, *articles: Article) -> None:
        self.newest = 0
        self.opened: list[MemoryEngine] = []
        self.publish(*articles)

    def publish(self, *articles: Article) -> None:
        self.newest += 1
        self.articles = articles

    def open(self, path: Path) -> Engine:
        self.opened.append(MemoryEngine(self.articles, generation=self.newest, shelf=self))
        return self.opened[-1]


def _order(sort: str):  # type: ignore[no-untyped-def]
    """Return the key of an order: best first, newest among equals; undated articles come last in either order."""

    def dated(article: Article) -> tuple[bool, tuple[int, ...]]:
        return not article.date, tuple(map(int, article.date.split("-"))) if article.date else ()

    def key(hit: tuple[Article, float]) -> tuple[object, ...]:
        undated, date = dated(hit[0])
        newest = tuple(-part for part in date)
        if sort == "oldest":
            return (undated, date, hit[0].id)
        if sort == "newest":
            return (undated, newest, hit[0].id)
        return (-hit[1], undated, newest, hit[0].id)

    return key
