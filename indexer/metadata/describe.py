"""What do the articles of a page say of themselves: who, where, when, from whom?

What a record, sidecar or front matter states wins; the rest is inferred, each value with its evidence. A value that
cannot be known is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer import marks
from indexer.marks import calendar
from indexer.metadata import credits, date, place
from indexer.models import Article, Draft, Evidence, Frozen, Given, Page

__all__ = ["describe"]

# A source and what it rests on; None is a source that is stated to be unknown.
Sourced = tuple[str | None, Evidence]
_KNOWN = frozenset({"id", "title", "date", "city", "source", "authors", "url", "text", "ordinal"})
# By which fields the value of each evidence is stated.
_STATED_BY = {
    "place": ("city",),
    "source": ("source",),
    "authors": ("authors",),
    "date": ("date", "year"),
    "year": ("date", "year"),
}
_MAY_BE_INFERRED = frozenset(name for names in _STATED_BY.values() for name in names)


def describe(page: Page, identify: Callable[[str, Draft], str]) -> tuple[Article, ...]:
    """Return the articles of a page in their order; `identify(file, draft)` gives an article its id."""
    given = [{**page.given, **draft.given} for draft in page.drafts]
    dated = date.dates(page)
    sources = _sources(page, given)
    located = _places(page, given, sources)
    return tuple(
        _article(page, draft, identify(page.file, draft), own, day, source, where)
        for draft, own, day, source, where in zip(page.drafts, given, dated, sources, located, strict=True)
    )


def _article(
    page: Page,
    draft: Draft,
    id_: str,
    given: Mapping[str, Given],
    day: date.Dated | None,
    source: Sourced | None,
    located: place.Located | None,
) -> Article:
    authors, where = _authors(given, draft), _place(given, located)
    path: tuple[str, ...] = where[0] if where else ()
    evidence = {name: value[1] for name, value in (("place", where), ("source", source), ("authors", authors)) if value}
    if day:
        evidence["date"] = evidence["year"] = _with_unusable(day.evidence, given.get("date"))
    for name in _inferred(given) & evidence.keys():
        evidence[name] = replace(evidence[name], inferred=True)
    return Article(
        id=id_,
        title=_title(given, page, draft),
        text=draft.text,
        file=page.file,
        ordinal=draft.ordinal,
        lines=draft.lines,
        key=_text(given.get("id")),
        kicker=draft.kicker,
        subtitle=draft.subtitle,
        captions=draft.captions,
        authors=authors[0] if authors else (),
        source=source[0] if source else None,
        place=path,
        city=place.city_of(path),
        year=int(day.date[:4]) if day else None,
        date=day.date if day else None,
        url=_text(given.get("url")),
        extra=_extra(given, day.date[:4] if day else ""),
        evidence=Frozen(evidence),
    )


def _title(given: Mapping[str, Given], page: Page, draft: Draft) -> str | None:
    stated = given.get("title")
    if stated is None:
        return draft.title
    if date.is_meta(stated):
        # A page's own title is the article's only where it holds one article, and no headline was found.
        return draft.title or (_text(stated) if len(page.drafts) == 1 else None)
    return _text(stated)


def _authors(given: Mapping[str, Given], draft: Draft) -> tuple[tuple[str, ...], Evidence] | None:
    stated = given.get("authors")
    printed = credits.authors(draft) if stated is None or date.is_meta(stated) else None
    if printed:
        return printed
    names = _names(stated) if stated else ()
    return (names, _evidence(stated)) if stated and names else None


def _names(stated: Given) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(stated.value))
    if not date.is_meta(stated):
        return names
    read = (one for name in names for one in marks.byline(name) or (name,))  # 記者王大文
    return tuple(name for name in read if not credits.is_nobody(name))


def _sources(page: Page, given: Sequence[Mapping[str, Given]]) -> list[Sourced | None]:
    if all((stated := own.get("source")) and _text(stated) and not date.is_meta(stated) for own in given):
        # Nothing printed can win, so it need not be looked for.
        return [_source(own, None) for own in given]
    return [_source(own, printed) for own, printed in zip(given, credits.sources(page), strict=True)]


def _places(
    page: Page, given: Sequence[Mapping[str, Given]], sources: Sequence[Sourced | None]
) -> Sequence[place.Located | None]:
    if all(_text(own.get("city")) for own in given):
        # Inferring a place is the most that reading an article can cost.
        return [None] * len(given)
    return place.places(page, [source[0] if source else None for source in sources])


def _source(given: Mapping[str, Given], printed: credits.Credited | None) -> Sourced | None:
    stated = given.get("source")
    named = _text(stated)
    if stated and named and not (printed and date.is_meta(stated)):
        return (None if marks.is_blank(named) else named), _evidence(stated)
    return (printed.names[0], printed.evidence) if printed else None


def _place(given: Mapping[str, Given], located: place.Located | None) -> tuple[tuple[str, ...], Evidence] | None:
    stated = given.get("city")
    if stated and _text(stated):
        value = stated.value
        path = place.place_from_given(value if isinstance(value, (list, tuple)) else str(value))
        return path, _evidence(stated)
    return located


def _inferred(given: Mapping[str, Given]) -> set[str]:
    """Return, by the names of evidence, which values a record says were inferred, as exports do.

    What a sidecar states instead since is given.
    """
    listed = given.get("inferred")
    if listed is None:
        return set()
    names = _listed(listed.value)
    own = {name for name, stated in given.items() if stated.origin == listed.origin}
    return {name for name, fields in _STATED_BY.items() if any(field in names and field in own for field in fields)}


def _listed(value: Any) -> set[str]:
    """Return the names of fields that a list, or a text with ; or , between them, holds."""
    names = (
        re.split(r"[;；,，、]", value) if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    )
    return {name.strip() for name in names if isinstance(name, str) and name.strip()}


def _extra(given: Mapping[str, Given], year: str) -> Mapping[str, Any]:
    """Keep what no field of its own tells, and a date that is none, so that nothing given is lost from sight."""
    extra = {name: stated.value for name, stated in given.items() if name not in _KNOWN}
    if (names := _listed(extra.get("inferred"))) and names <= _MAY_BE_INFERRED:
        del extra["inferred"]
    if marks.is_blank(extra.get("year")) or str(extra.get("year")) == year:
        del extra["year"]
    dated = given.get("date")
    if dated and _text(dated) and not marks.is_blank(dated.value) and calendar.parse(dated.value) is None:
        extra["date"] = dated.value
    return Frozen(extra)


def _with_unusable(evidence: Evidence, stated: Given | None) -> Evidence:
    if stated is None or not _text(stated) or calendar.parse(stated.value):
        return evidence
    return replace(evidence, origin=f"{evidence.origin} ({stated.origin} gives {_text(stated)!r}, which is no date)")


def _evidence(stated: Given) -> Evidence:
    value = stated.value
    listed = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return Evidence(stated.words or listed, stated.origin, False)


def _text(stated: Given | None) -> str | None:
    """Return a given value as text, or None where it is missing or empty."""
    text = "" if stated is None or stated.value is None else str(stated.value).strip()
    return text or None
