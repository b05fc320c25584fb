"""How does a request become results? Parse, restrict, search, relax where nothing has all words, mark and count."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from indexer.derived import example_queries, lexicon_of, prepared_lexicon, printed_form
from indexer.engine.base import Damage, Engine, Matches, Request, SourceState, Statistics
from indexer.engine.lease import Lease, Leases
from indexer.engine.whoosh import open_engine
from indexer.errors import QueryError, said
from indexer.models import FACETS, Article, Frozen, Hit, Results, Suggestion
from indexer.query.parse import Parsed, parse, relax
from indexer.query.syntax import Leaf, Node, Phrase, Prefix, positive_leaves
from indexer.request import Options, filters, resolved
from indexer.results import facets
from indexer.results.correct import corrections, is_sentence
from indexer.results.highlight import Highlights, highlight, locate, merge
from indexer.results.similar import characteristic
from indexer.results.snippet import passages
from indexer.results.suggest import complete
from indexer.settings import get

__all__ = ["Index"]

_LOOKED_AT = 400_000  # characters of all hits together in which passages are looked for
_LOOKED_AT_WORDS = 100_000  # where a prefix asks for words, and texts must be cut to find these
_LOOKED_AT_LEAST = 5_000  # characters of each hit
_CORRECTIONS = 8  # candidates for did_you_mean that are tried


class Index:
    """Answer searches from an index; usable from several threads and as a context manager.

    A newer generation is used from the next request on. Every method raises WensouError after close().
    """

    def __init__(self, index: str | Path, *, opener: Callable[[Path], Engine] = open_engine) -> None:
        """Open an index; raise IndexMissing where there is none and IndexCorrupt where no generation is whole."""
        path = Path(index)
        self._leases = Leases(lambda: opener(path))

    @contextmanager
    def pinned(self) -> Iterator[Index]:
        """Give the index as it is now, for requests that belong together: none of them moves to a newer generation."""
        with self._leases.pinned() as leases:
            view = Index.__new__(Index)
            view._leases = leases
            yield view

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the index once requests under way have ended."""
        self._leases.close()

    def _borrow(self) -> Lease:
        """Lend the newest generation for one request, whose query is cut as the texts of this index were."""
        lease = self._leases.borrow()
        lease.engine.use_words()
        return lease

    def search(
        self,
        query: str = "",
        *,
        city: Iterable[str] | str = (),
        year: Iterable[int | str] | int | str = (),
        source: Iterable[str] | str = (),
        year_from: int | None = None,
        year_to: int | None = None,
        sort: str = "relevance",
        page: int = 1,
        size: int | None = None,
        match: str = "auto",
    ) -> Results:
        """Search; an empty query means everything, newest first.

        `city`, `year` and `source` restrict: OR inside each, AND between them. `match` is auto (all words, or, where
        no article has all, the best partial matches), all or any. `size` is 1–100, without any 10 (or what the setting
        page_size allows), page × size at most 10,000. Raise
        QueryError for an impossible value and LimitExceeded beyond a limit; both name the parameter.
        """
        started = time.perf_counter()
        options = Options.checked(
            {
                "city": city,
                "year": year,
                "source": source,
                "year_from": year_from,
                "year_to": year_to,
                "sort": sort,
                "page": page,
                "size": size,
                "match": match,
            }
        )
        with self._borrow() as lease:
            return _Search(lease, options, parse(query), query, started).results()

    def chosen(self, facet: str, names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return for each name in a filter the facet values that it selects; raise QueryError as a search does."""
        with self._borrow() as lease:
            known = tuple(lease.engine.values(facet))
            return {name: facets.resolve(facet, known, (name,)).listed for name in names}

    def article(self, article_id: str) -> Article | None:
        """Return an article, or None where the index has none of this id."""
        with self._borrow() as lease:
            return lease.engine.fetch(article_id) if isinstance(article_id, str) else None

    def articles(self) -> Iterator[Article]:
        """Yield every article, ordered by file and ordinal, all from the generation that was newest at the start."""
        with self._borrow() as lease:
            yield from lease.engine.iterate()

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Complete what a user types to titles, places and terms; pinyin, initials and mixed typing work."""
        if not isinstance(text, str):
            raise QueryError(f"what is to be completed is a text, not {said(text)}")
        with self._borrow() as lease:
            return complete(lexicon_of(lease), text, limit, printed_form(lease))

    def examples(self, count: int = 3) -> tuple[str, ...]:
        """Return words of the index that make good first queries."""
        with self._borrow() as lease:
            return example_queries(lease)[:count]

    def similar(self, article_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles that share most of an article's characteristic terms, without it; () for no article."""
        with self._borrow() as lease:
            article = lease.engine.fetch(article_id) if isinstance(article_id, str) else None
            if article is None or limit < 1:
                return ()
            total = lease.engine.statistics().articles
            node, boosts = characteristic(article, lease.engine.frequencies, total)
            request = Request(node, limit=limit + 1, boosts=boosts, budget_ms=get("query_time"))
            found = [hit for hit in lease.engine.search(request).hits if hit[0].id != article_id]
            return _hits(found[:limit], ())

    def highlight(self, article: Article, query: str) -> Highlights:
        """Return where a query matches in each part of an article; raise what parsing the query raises."""
        with self._borrow():
            return highlight(article, _leaves(parse(query)))

    def siblings(self, file: str, ordinals: range | None = None) -> Sequence[tuple[str, str | None, int]]:
        """Return (id, title, ordinal) of the articles of a file with these ordinals (None: all), in order."""
        with self._borrow() as lease:
            return lease.engine.siblings(file, ordinals)

    def state(self) -> SourceState:
        """Return the sources, dictionary and files that the index remembers."""
        with self._borrow() as lease:
            return lease.engine.state()

    def sources(self) -> tuple[str, ...]:
        """Return the paths of the sources that the index remembers."""
        return self.state().sources

    def statistics(self) -> Statistics:
        """Return the sizes of the index and its generation."""
        with self._borrow() as lease:
            return lease.engine.statistics()

    def check(self) -> Sequence[Damage]:
        """Verify every byte of the index and return what is damaged."""
        with self._borrow() as lease:
            return lease.engine.check()


class _Search:
    """Carry one search from its options to its results."""

    def __init__(self, lease: Lease, options: Options, parsed: Parsed, query: str, started: float) -> None:
        """Take a request that came at `started` (time.perf_counter)."""
        self.lease = lease
        self.engine = lease.engine
        self.options = options
        self.parsed = parsed
        self.query = query
        self.started = started
        self.limit = get("query_time")
        self.node = resolved(parsed.node, self.engine.values)
        self.raw, self.selected = filters(options, self.engine.values)

    def results(self) -> Results:
        """Search and put the results together."""
        matches, relaxed = self.matches(self.node, self.parsed.whole, self.options.offset, self.options.size)
        poor = relaxed or not matches.total
        return Results(
            query=self.parsed.understood,
            total=matches.total,
            hits=_hits(matches.hits, _leaves(self.parsed)),
            facets=Frozen({f: facets.tree(f, matches.counts[f], self.selected[f]) for f in FACETS}),
            relaxed=relaxed,
            incomplete=matches.incomplete,
            notices=self.parsed.notices,
            did_you_mean=self.better(0 if relaxed else matches.total) if poor else None,
            took_ms=(time.perf_counter() - self.started) * 1000,
        )

    def matches(self, node: Node | None, whole: str, offset: int, limit: int) -> tuple[Matches, bool]:
        """Return the matches of a query, and whether not all of its words could be required."""
        loose = relax(node) if node is not None and self.options.match != "all" else None
        if loose is not None and self.options.match == "any":
            return self.ask(loose, whole, offset, limit), False
        matches = self.ask(node, whole, offset, limit)
        if matches.total or loose is None or (matches.incomplete and not self.left()):
            return matches, False
        some = self.ask(loose, whole, offset, limit)
        return some, some.total > 0

    def ask(self, node: Node | None, whole: str, offset: int, limit: int) -> Matches:
        sort = "newest" if node is None and self.options.sort == "relevance" else self.options.sort
        budget = max(int(self.left() * 1000), 1) if self.limit else 0
        return self.engine.search(Request(node, self.raw, sort, offset, limit, whole, budget_ms=budget))

    def left(self) -> float:
        """Return how many seconds the query may still take, all its steps together."""
        return max(self.started + self.limit / 1000 - time.perf_counter(), 0.0) if self.limit else math.inf

    def better(self, total: int) -> str | None:
        """Return the first corrected query that finds more articles with all its words than this one does."""
        if self.parsed.node is None or is_sentence(self.parsed.node):
            return None
        # The first such query of a generation may find that reading the words takes longer than it may take itself.
        lexicon = self.lease.within(self.left() if self.limit else None, "corrections", prepared_lexicon(self.lease))
        if lexicon is None:
            return None
        printed = printed_form(self.lease)
        for candidate in corrections(self.query, self.parsed.node, lexicon, _CORRECTIONS, printed):
            if not self.left():
                return None
            parsed = parse(candidate)
            if self.ask(resolved(parsed.node, self.engine.values), parsed.whole, 0, 1).total > total:
                return candidate
        return None


def _leaves(parsed: Parsed) -> tuple[Leaf, ...]:
    """Return what is to be marked: the query's words and, where they stand together as typed, the whole."""
    leaves = dict.fromkeys(positive_leaves(parsed.node))
    if parsed.whole and len(leaves) > 1:
        leaves[Phrase(parsed.whole)] = None
    return tuple(leaves)


def _hits(found: Sequence[tuple[Article, float]], leaves: Sequence[Leaf]) -> tuple[Hit, ...]:
    """Mark the articles found, the texts of all of them at one go."""
    parts: list[str] = []
    places: list[int] = []
    for article, _ in found:
        places.append(len(parts))
        parts += (article.title or "", article.text, *article.captions)
    looked_at = _LOOKED_AT_WORDS if any(isinstance(leaf, Prefix) for leaf in leaves) else _LOOKED_AT
    most = max(looked_at // max(len(found), 1), _LOOKED_AT_LEAST)
    marks = locate(parts, leaves, titles=frozenset(places), most=most)
    words = [leaf.text for leaf in leaves]
    return tuple(
        Hit(article, score, merge(marks[first]), passages(parts[first + 1 : after], marks[first + 1 : after], words))
        for (article, score), first, after in zip(found, places, [*places[1:], len(parts)], strict=False)
    )
