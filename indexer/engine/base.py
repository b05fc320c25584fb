"""What must an engine do? The narrow protocol behind which Whoosh stands today and a cluster may stand tomorrow.

An engine knows articles, query trees and raw facet values. Parsing, highlighting, the meaning of facets (trees,
labels, selection) and relaxation are outside, so that every engine finds and shows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from indexer.models import UNKNOWN, Article, Sort
from indexer.query.syntax import Node

__all__ = [
    "Damage",
    "Engine",
    "FileState",
    "LONGEST_ARTICLE",
    "Matches",
    "Request",
    "SourceState",
    "Statistics",
    "Writer",
    "facet_values",
]

LONGEST_ARTICLE = 5_000_000
"""Characters, of all parts together and in match form too, up to which every engine takes an article."""

J = TypeVar("J")
O = TypeVar("O")  # noqa: E741 - the outcome of a job


def facet_values(article: Article) -> tuple[str, str, str]:
    """Return an article's raw facet values in the order of FACETS: place path, year, source (or `unknown`)."""
    return (
        "/".join(article.place) or UNKNOWN,
        str(article.year) if article.year is not None else UNKNOWN,
        article.source or UNKNOWN,
    )


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for one page of matches.

    `query` None means every article. `filters` maps a facet to the raw values it is restricted to (OR inside, AND
    between). `whole` is the match form of the whole query: articles that contain it contiguously rank first.
    `boosts` weighs terms by their text (1.0 where missing). `budget_ms` bounds the work, 0 means no bound.
    """

    query: Node | None
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    whole: str = ""
    boosts: Mapping[str, float] = field(default_factory=dict)
    budget_ms: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """Answer a Request: the exact total, one page of (article, score), and for each facet the raw values' counts.

    The counts of a facet ignore the request's filter on that facet. `incomplete` says that the budget cut the work.
    """

    total: int
    hits: tuple[tuple[Article, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class FileState:
    """Remember one indexed file: a digest of its content (and sidecar) and how many articles it gave."""

    digest: str
    articles: int


@dataclass(frozen=True, slots=True)
class SourceState:
    """Remember where an index came from: source paths, user dictionary, and every file by its shown name."""

    sources: tuple[str, ...] = ()
    dictionary: str | None = None
    files: Mapping[str, FileState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Describe an index: generation number, when it was published (ISO 8601, UTC), articles, segments, bytes."""

    generation: int
    published: str
    articles: int
    segments: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Name a damaged file of the index and what is wrong with it."""

    file: str
    reason: str


class Writer(Protocol):
    """Prepare the next state of an index; nothing is visible before commit, and cancel leaves all as it was."""

    def remove(self, files: Iterable[str]) -> None:
        """Remove the articles that these files (shown names) had before this writer began; what it wrote stays."""

    def discard(self, files: Iterable[str]) -> None:
        """Take back what this writer wrote for these files; what they had before stays."""

    def write(self, jobs: Iterable[J], read: Callable[[J], tuple[Sequence[Article], O]], *, size: int) -> Iterator[O]:
        """Index the articles that `read` makes of every job and yield its outcomes as they come.

        `read` must be a picklable function that raises nothing: it may run in other processes. `size` estimates all
        jobs together in bytes, so that small builds start no processes.
        """

    def commit(self, state: SourceState) -> None:
        """Publish everything at once; raise WensouError and leave the old state where that fails."""

    def cancel(self) -> None:
        """Forget everything written and release the lock."""


class Engine(Protocol):
    """Answer from one generation of an index; safe to use from several threads."""

    def use_words(self) -> None:
        """Let this thread cut queries as the texts were cut, by the user words of this index; comes before them."""

    def search(self, request: Request) -> Matches:
        """Return the matches of a request."""

    def fetch(self, article_id: str) -> Article | None:
        """Return one article by its id."""

    def iterate(self) -> Iterator[Article]:
        """Yield every article, ordered by file and ordinal."""

    def siblings(self, file: str, ordinals: range | None = None) -> Sequence[tuple[str, str | None, int]]:
        """Return (id, title, ordinal) of the articles of a file with these ordinals (None: all), in order."""

    def values(self, facet: str) -> Mapping[str, int]:
        """Return the raw values of a facet with the number of articles that have each."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return for each term (an indexed word in match form) the number of articles that have it."""

    def vocabulary(self, limit: int) -> Sequence[tuple[str, int]]:
        """Return the indexed words of at least two characters with the most articles, most frequent first."""

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield (id, title) of every article that has a title, without reading the stored texts."""

    def state(self) -> SourceState:
        """Return what the index remembers of its sources."""

    def statistics(self) -> Statistics:
        """Return sizes and the generation."""

    def check(self) -> Sequence[Damage]:
        """Verify every byte and the structure; return what is damaged."""

    def current(self) -> bool:
        """Tell whether this generation is still the newest published one (cheap: asked before every request)."""

    def close(self) -> None:
        """Release files and memory; later calls raise WensouError."""
