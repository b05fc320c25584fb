"""What do callers receive, and what do the stages hand to each other? Frozen dataclasses and mappings, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

__all__ = [
    "Article",
    "BuildReport",
    "Draft",
    "Evidence",
    "FACETS",
    "FacetValue",
    "FileFailure",
    "Frozen",
    "Given",
    "Hit",
    "Job",
    "LeftOut",
    "MATCHES",
    "Page",
    "Results",
    "SORTS",
    "Snippet",
    "Sort",
    "SourceFile",
    "Span",
    "Suggestion",
    "UNKNOWN",
    "matched_parts",
]

Span = tuple[int, int]

# What a search can be asked for besides its words.
Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
MATCHES = ("auto", "all", "any")
FACETS = ("city", "year", "source")
UNKNOWN = "unknown"  # the value of a facet for articles of which it is not known


# What callers receive.


class Frozen(dict[str, Any]):
    """Hold a mapping that cannot be changed, but copied, pickled, hashed and written as JSON like any dict."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("results cannot be changed; dict(…) makes a copy that can")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Frozen], tuple[dict[str, Any]]]:
        return Frozen, (dict(self),)

    def __hash__(self) -> int:  # type: ignore[override]
        # Values may be anything that JSON knows; equal mappings have equal keys, and that is enough.
        return hash(frozenset(self))


_EMPTY = Frozen()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tell what a value rests on: the words of the source, where they stand, and whether it was inferred."""

    words: str
    origin: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article as it was understood; DESIGN: `text` has its paragraphs separated by one newline."""

    id: str
    title: str | None
    text: str
    file: str
    ordinal: int
    lines: tuple[int, int]
    key: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str | None = None
    place: tuple[str, ...] = ()
    city: str | None = None
    year: int | None = None
    date: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: _EMPTY)


def matched_parts(article: Article) -> list[str]:
    """Return the parts of an article in the order in which they are matched, empty ones too: captions come last."""
    return [article.title or "", article.kicker or "", article.subtitle or "", article.text, *article.captions]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Show a passage; `spans` are (start, end) offsets into `text`."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one article found; `title_spans` are offsets into `article.title`."""

    article: Article
    score: float
    title_spans: tuple[Span, ...]
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Count one value of a facet; city values are paths such as `浙江/金华/义乌`, `parent` is one level up."""

    value: str
    label: str
    count: int
    selected: bool
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Answer one search: `total` is exact, `facets` has the keys FACETS."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    relaxed: bool
    incomplete: bool
    notices: tuple[str, ...]
    did_you_mean: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Complete what a user types; `kind` is title, place or term, `count` the articles that have it."""

    value: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class FileFailure:
    """Name a file, or one record of it (`line`, 1-based), that could not be read, and why."""

    file: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Count files added, updated, unchanged and removed, and the articles in the index now."""

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[FileFailure, ...]
    articles: int
    seconds: float


# What the stages hand to each other: a SourceFile becomes Jobs, a Job yields Pages, a Page holds Drafts.


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Name a file found in a source, and its sidecar; `file` is its name as shown, relative to the source's parent."""

    path: Path
    file: str
    size: int
    mtime_ns: int
    sidecar: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Name a part of a file that is read at one go: bytes `start` to `end` (None: its end), first line and ordinal."""

    source: SourceFile
    start: int = 0
    end: int | None = None
    line: int = 1
    ordinal: int = 1


@dataclass(frozen=True, slots=True)
class Given:
    """Hold a value that somebody stated outright: `origin` is sidecar, front matter, record or html meta."""

    value: Any
    origin: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Keep what belongs to no article: `lines` first and last (1-based), `reason` what it was taken for."""

    lines: tuple[int, int]
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold one article as cut from its page, before it is known what it says of itself.

    `text` is the repaired body, paragraphs separated by one newline. `credits` are the lines that stand outside of
    the body and name authors, source or date (a bare name line, 摘自《…》, 2023-01-06 15:20:12), as printed.
    `given` holds fields that a record or sidecar states for this article: id, title, date, city, source, authors,
    url, and unknown ones.
    """

    title: str | None
    text: str
    lines: tuple[int, int]
    ordinal: int
    kicker: str | None = None
    subtitle: str | None = None
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    given: Mapping[str, Given] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one document as read: its text, how it was decoded, its drafts and what was left out.

    `given` holds fields that hold for every draft (sidecar, front matter, html meta); a draft's own win. `line` is the
    number, in its file, of the first line of `text`: above 1 for a later part of a large record file.
    """

    file: str
    text: str
    encoding: str
    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...] = ()
    given: Mapping[str, Given] = field(default_factory=lambda: _EMPTY)
    failures: tuple[FileFailure, ...] = ()
    line: int = 1
