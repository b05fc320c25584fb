"""How do callers reach an index? Through the newest whole generation, or the one before where damage shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from indexer.analysis.segment import UserWords, use_words, words_in_use
from indexer.engine.base import Damage, Matches, Request, SourceState, Statistics
from indexer.engine.generations import Generation, open_newest, stamp
from indexer.engine.whoosh.layout.catalog import open_segments, read_state
from indexer.engine.whoosh.searching import listing, vocabulary
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.engine.whoosh.searching.scoring import DEFAULT, Ranking
from indexer.engine.whoosh.searching.searcher import Searcher
from indexer.engine.whoosh.searching.warming import Warming
from indexer.errors import IndexCorrupt, IndexMissing, WensouError
from indexer.models import Article
from indexer.settings import get

__all__ = ["WhooshEngine"]

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Hold one generation opened for searching."""

    generation: Generation
    searcher: Searcher
    warming: Warming
    words: UserWords


class WhooshEngine:
    """Answer from one generation, as base.Engine describes.

    Damage shows when a block is read, maybe long after opening: then the previous generation takes over, and
    the question is asked again there. IndexCorrupt is raised where no generation is left.
    """

    def __init__(self, index: Path, ranking: Ranking = DEFAULT) -> None:
        """Open the newest whole generation; raise IndexMissing or IndexCorrupt."""
        self._index = index
        self._ranking = ranking
        self._lock = Lock()
        # Looked at before opening: what is published in between counts as newer.
        self._stamp = stamp(index)
        self._snapshot: _Snapshot | None = open_newest(index, self._load, _log.warning)

    def use_words(self) -> None:
        """Cut in this thread as the texts of this index were cut."""
        snapshot = self._snapshot
        if snapshot is not None:
            use_words(snapshot.words)

    def search(self, request: Request) -> Matches:
        """Return the matches of a request."""

        def answer(snapshot: _Snapshot) -> Matches:
            snapshot.warming.count()
            return snapshot.searcher.search(request)

        return self._ask(answer)

    def fetch(self, article_id: str) -> Article | None:
        """Return one article by its id."""
        return self._ask(lambda snapshot: listing.fetch(snapshot.searcher.readers, article_id))

    def iterate(self) -> Iterator[Article]:
        """Yield every article, ordered by file and ordinal; raise IndexCorrupt where damage shows on the way."""
        return self._ask(lambda snapshot: listing.iterate(snapshot.searcher.readers))

    def siblings(self, file: str, ordinals: range | None = None) -> Sequence[tuple[str, str | None, int]]:
        """Return (id, title, ordinal) of the articles of a file with these ordinals (None: all), in order."""
        return self._ask(lambda snapshot: listing.siblings(snapshot.searcher.readers, file, ordinals))

    def values(self, facet: str) -> Mapping[str, int]:
        """Return the raw values of a facet with the number of articles that have each."""
        return self._ask(lambda snapshot: dict(snapshot.searcher.counter.whole(facet)))

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return for each term (an indexed word in match form) the number of articles that have it."""
        wanted = tuple(terms)
        return self._ask(lambda snapshot: vocabulary.frequencies(snapshot.searcher.readers, wanted))

    def vocabulary(self, limit: int) -> Sequence[tuple[str, int]]:
        """Return the indexed words of at least two characters with the most articles, most frequent first."""
        return self._ask(lambda snapshot: vocabulary.most_frequent(snapshot.searcher.readers, limit))

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield (id, title) of every article that has a title, without reading the stored texts."""
        return self._ask(lambda snapshot: iter(list(listing.titles(snapshot.searcher.readers))))

    def state(self) -> SourceState:
        """Return what the index remembers of its sources."""
        return self._ask(lambda snapshot: read_state(snapshot.generation))

    def statistics(self) -> Statistics:
        """Return sizes and the generation."""

        def describe(snapshot: _Snapshot) -> Statistics:
            generation, readers = snapshot.generation, snapshot.searcher.readers
            articles = sum(reader.count for reader in readers)
            return Statistics(generation.number, generation.published, articles, len(readers), generation.size)

        return self._ask(describe)

    def check(self) -> Sequence[Damage]:
        """Verify every byte and the structure; return what is damaged."""
        from indexer.engine.whoosh.check import check_index

        return check_index(self._index)

    def current(self) -> bool:
        """Tell whether this generation is still the newest published one, by one system call."""
        return stamp(self._index) == self._stamp

    def close(self) -> None:
        """Release files and memory; later calls raise WensouError."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
        if snapshot is not None:
            snapshot.warming.stop()

    def _ask(self, question: Callable[[_Snapshot], T]) -> T:
        """Answer from the generation in use, or where it turns out to be damaged from the one before."""
        while True:
            snapshot = self._snapshot
            if snapshot is None:
                raise WensouError("this index has been closed; open it again")
            try:
                snapshot.searcher.renew()
                return question(snapshot)
            except IndexCorrupt as damage:
                self._fall_back(snapshot, damage)

    def _fall_back(self, damaged: _Snapshot, damage: IndexCorrupt) -> None:
        with self._lock:
            if self._snapshot is not damaged:
                return
            _log.warning("going back to the previous generation: %s", damage)
            number = damaged.generation.number
            try:
                self._snapshot = open_newest(self._index, self._load, _log.warning, below=number)
            except IndexMissing:
                raise damage from None
        damaged.warming.stop()

    def _load(self, generation: Generation) -> _Snapshot:
        opened = enumerate(open_segments(generation))
        readers = [SegmentReader(each.segment, each.deleted, number) for number, each in opened]
        searcher = Searcher(readers, self._ranking)
        ahead = readers if generation.size <= get("verify_ahead") * 1_000_000 else []
        warming = Warming([reader.segment.container for reader in ahead], searcher.counter.combine)
        return _Snapshot(generation, searcher, warming, words_in_use())
