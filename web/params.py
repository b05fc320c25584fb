"""What does a URL ask for? One place where parameters are read and written; the search checks what may be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

import indexer
from indexer import FACETS, LimitExceeded
from web.languages import asked

__all__ = ["SearchParams", "number", "one", "read"]


@dataclass(frozen=True, slots=True)
class SearchParams:
    """Hold a search as a URL states it."""

    q: str = ""
    city: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "relevance"
    match: str = "auto"
    page: int = 1
    size: int = field(default_factory=indexer.usual_size)
    lang: str = ""

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments of Index.search."""
        names = ("city", "year", "source", "year_from", "year_to", "sort", "match", "page", "size")
        return {name: getattr(self, name) for name in names}

    def change(self, **values: Any) -> SearchParams:
        """Return a copy with other values, on its first page unless `page` is among them."""
        return replace(self, **{"page": 1, **values})

    def toggle(self, facet: str, value: str, chosen: Mapping[str, Collection[str]]) -> SearchParams:
        """Return a copy in which a value of a facet is selected, or no longer.

        `chosen` holds the values that each name given selects (Index.chosen): every name that selects the value goes.
        A year that is one of a range takes the range's place instead.
        """
        names: tuple[str, ...] = getattr(self, facet)
        chose = [name for name in names if value in chosen[name]]
        others = tuple(name for name in names if name not in chose)
        in_range = facet == "year" and any(len(chosen[name]) > 1 for name in chose)
        if chose and not in_range:
            return self.change(**{facet: others})
        ends = {"year_from": None, "year_to": None} if facet == "year" else {}
        return self.change(**{facet: (*others, value), **ends})

    def without(self, *facets: str) -> SearchParams:
        """Return a copy without any filter on these facets."""
        values: dict[str, Any] = dict.fromkeys(facets, ())
        if "year" in facets:
            values |= {"year_from": None, "year_to": None}
        return self.change(**values)

    def filtered(self) -> bool:
        """Tell whether any filter is set."""
        return bool(self.city or self.year or self.source or self.year_from is not None or self.year_to is not None)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the fewest names and values that read back to these values."""
        blank = SearchParams()
        pairs: list[tuple[str, str]] = []
        for name in self.__slots__:
            value = getattr(self, name)
            if value == getattr(blank, name):
                continue
            pairs += [(name, str(each)) for each in (value if isinstance(value, tuple) else (value,))]
        return pairs

    def query_string(self) -> str:
        """Return the shortest query string that reads back to these values, with its ? unless empty."""
        pairs = self.pairs()
        return "?" + urlencode(pairs, errors="replace") if pairs else ""


def read(args: MultiDict[str, str], **defaults: Any) -> SearchParams:
    """Read the parameters of a search; raises LimitExceeded for filters beyond a limit on URLs.

    All else is for the search to check: a number that is none stays as it stands.
    """
    given: dict[str, Any] = {"q": one(args, "q"), "lang": asked(args)}
    for name in FACETS:
        values = tuple(dict.fromkeys(value for value in args.getlist(name) if value.strip()))
        _check_values(name, values)
        given[name] = values
    for name in ("year_from", "year_to", "page", "size"):
        if one(args, name).strip():
            given[name] = number(args, name)
    for name in ("sort", "match"):
        if one(args, name):
            given[name] = one(args, name)
    return SearchParams(**{**defaults, **given})


def one(args: MultiDict[str, str], name: str) -> str:
    """Return the first value of a parameter, an empty string without any."""
    return args.get(name, "")


def number(args: MultiDict[str, str], name: str) -> int | str:
    """Return the first value of a parameter as a whole number from 0, or as it stands where it is none."""
    value = one(args, name).strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else value


def _check_values(name: str, values: tuple[str, ...]) -> None:
    most, longest = indexer.limit("filter_values"), indexer.limit("filter_length")
    if len(values) > most:
        message = f"{name} has {len(values):,} values, at most {most:,} are allowed (filter_values)"
        raise LimitExceeded(message, "filter_values", name)
    if (length := sum(map(len, values))) > longest:
        message = f"the values of {name} have {length:,} characters, at most {longest:,} are allowed (filter_length)"
        raise LimitExceeded(message, "filter_length", name)
