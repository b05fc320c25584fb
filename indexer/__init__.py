"""Wensou: full-text search for a folder of Chinese articles.

>>> import indexer
>>> indexer.build_index(["seeds"])                      # doctest: +SKIP
>>> for hit in indexer.search("光伏", city=["义乌"]).hits:  # doctest: +SKIP
...     print(hit.article.title)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import (
    IndexBusy,
    IndexCorrupt,
    IndexMissing,
    LimitExceeded,
    QueryError,
    SettingError,
    SourceError,
    WensouError,
)
from indexer.models import (
    FACETS,
    MATCHES,
    SORTS,
    UNKNOWN,
    Article,
    BuildReport,
    Evidence,
    FacetValue,
    FileFailure,
    Hit,
    LeftOut,
    Page,
    Results,
    Snippet,
    Suggestion,
)
from indexer.settings import SETTINGS, get

if TYPE_CHECKING:
    from indexer.retrieve import Index

__all__ = [
    "Article",
    "BuildReport",
    "Evidence",
    "FACETS",
    "FacetValue",
    "FileFailure",
    "Hit",
    "Index",
    "IndexBusy",
    "IndexCorrupt",
    "IndexMissing",
    "LeftOut",
    "LimitExceeded",
    "MATCHES",
    "Page",
    "QueryError",
    "Results",
    "SETTINGS",
    "SORTS",
    "SettingError",
    "Snippet",
    "SourceError",
    "Suggestion",
    "UNKNOWN",
    "WensouError",
    "build_index",
    "cite",
    "limit",
    "open_index",
    "plain",
    "search",
    "source_page",
    "to_csv",
    "to_ris",
    "usual_size",
]

__version__ = "0.1.0"
DEFAULT_INDEX = ".index"


def __getattr__(name: str) -> Any:
    if name == "Index":
        from indexer.retrieve import Index

        return Index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# The imports stand inside the functions so that a search pays for nothing that only a build needs, and vice versa.


def build_index(
    paths: Iterable[str | Path] | str | Path | None = None,
    index: str | Path = DEFAULT_INDEX,
    rebuild: bool = False,
    progress: Callable[[int, int], None] | None = None,
    *,
    dictionary: str | Path | None = None,
    dry_run: bool = False,
) -> BuildReport:
    """Index the articles of files and folders; see indexer.ingest.build_index."""
    from indexer import ingest

    return ingest.build_index(paths, index, rebuild, progress, dictionary=dictionary, dry_run=dry_run)


def open_index(index: str | Path = DEFAULT_INDEX) -> Index:
    """Open an index for searching; raises IndexMissing where there is none, IndexCorrupt where none is whole."""
    from indexer import retrieve

    return retrieve.Index(Path(index))


def search(query: str = "", *, index: str | Path = DEFAULT_INDEX, **options: Any) -> Results:
    """Search an index once; the options are those of Index.search."""
    with open_index(index) as opened:
        return opened.search(query, **options)


def limit(name: str) -> int:
    """Return the value in force of one of SETTINGS, in its unit."""
    return get(name)


def usual_size(wanted: int = 10) -> int:
    """Return how many hits a page has that nobody gave a size: `wanted`, or fewer where the limits allow only those."""
    from indexer import request

    return request.usual_size(wanted)


def cite(article: Article, style: str = "gbt7714") -> str:
    """Return a citation: style is gbt7714, ris or bibtex."""
    from indexer import export

    return export.cite(article, style)


def plain(value: Any) -> Any:
    """Return results as the dicts and lists that JSON knows."""
    from indexer import export

    return export.plain(value)


def source_page(opened: Index, article: Article) -> Page | None:
    """Read the page again that an article was cut from; None where its file is gone or no longer readable."""
    from indexer import inspection

    return inspection.source_page(opened.sources(), article)


def to_csv(articles: Iterable[Article]) -> Iterable[str]:
    """Yield a CSV table of articles line by line, safe to open in a spreadsheet."""
    from indexer import export

    return export.to_csv(articles)


def to_ris(articles: Iterable[Article]) -> Iterable[str]:
    """Yield one RIS record per article."""
    from indexer import export

    return export.to_ris(articles)
