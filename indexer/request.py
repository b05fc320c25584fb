"""What may a caller ask for? Options are checked here, at one place, and become what an engine understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.errors import LimitExceeded, QueryError, said
from indexer.models import FACETS, MATCHES, SORTS, Sort
from indexer.query.syntax import And, Node, Not, Or, Values
from indexer.results.facets import Selection, resolve, year_range
from indexer.settings import get

__all__ = ["Options", "filters", "resolved", "usual_size"]

_SIZE = 10

Known = Callable[[str], Mapping[str, int]]
"""Gives the raw values of a facet that an index has, as Engine.values does."""


@dataclass(frozen=True, slots=True)
class Options:
    """Hold the checked options of a search; `chosen` maps each facet to the names it is restricted to."""

    chosen: Mapping[str, tuple[Any, ...]]
    year_from: int | None
    year_to: int | None
    sort: Sort
    match: str
    offset: int
    size: int

    @classmethod
    def checked(cls, options: Mapping[str, Any]) -> Options:
        """Check the options of Index.search; raise QueryError or LimitExceeded naming the parameter."""
        most, window = get("page_size"), get("result_window")
        page = _positive("page", options["page"])
        size = _fitting(_SIZE, most, window) if options["size"] is None else _positive("size", options["size"])
        _within("page_size", most, "size", "size", size)
        _within("result_window", window, "page", "page × size", page * size)
        first, last = _year("year_from", options["year_from"]), _year("year_to", options["year_to"])
        if first is not None and last is not None and first > last:
            raise QueryError(f"the years end ({last}) before they begin ({first})", parameter="year_to")
        return cls(
            chosen={facet: _several(options[facet]) for facet in FACETS},
            year_from=first,
            year_to=last,
            sort=_one_of("sort", options["sort"], SORTS),
            match=_one_of("match", options["match"], MATCHES),
            offset=(page - 1) * size,
            size=size,
        )


def usual_size(wanted: int = _SIZE) -> int:
    """Return how many hits a page has that nobody gave a size: `wanted`, or fewer where the limits allow only those."""
    return _fitting(wanted, get("page_size"), get("result_window"))


def filters(options: Options, known: Known) -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """Return the raw values to which each facet is restricted, and the values to list as selected.

    A range of years restricts those chosen one by one further. Raise QueryError for an ambiguous city.
    """
    raw: dict[str, frozenset[str]] = {}
    listed: dict[str, tuple[str, ...]] = dict.fromkeys(FACETS, ())
    for facet, names in options.chosen.items():
        if names:
            selection: Selection = resolve(facet, known(facet), names)
            raw[facet], listed[facet] = selection.raw, selection.listed
    if options.year_from is not None or options.year_to is not None:
        years = year_range(known("year"), options.year_from, options.year_to)
        raw["year"] = raw["year"] & years if "year" in raw else years
    return raw, listed


def resolved(node: Node | None, known: Known) -> Node | None:
    """Return a query with the cities, years and sources that it names replaced by raw values of the index."""
    if isinstance(node, Values):
        return Values(node.field, tuple(sorted(resolve(node.field, known(node.field), node.values, parameter="q").raw)))
    if isinstance(node, (And, Or)):
        parts = tuple(part for child in node.parts if (part := resolved(child, known)) is not None)
        return And(parts) if isinstance(node, And) else Or(parts)
    if isinstance(node, Not):
        part = resolved(node.part, known)
        return None if part is None else Not(part)
    return node


def _several(value: Any) -> tuple[Any, ...]:
    """Return values as a tuple; one given without a list is one value."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def _positive(parameter: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise QueryError(f"{parameter} must be a whole number from 1, not {said(value)}", parameter=parameter)
    return value


def _year(parameter: str, value: Any) -> int | None:
    if value is None:
        return value
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= 4:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        return value
    raise QueryError(f"{parameter} must be a year such as 2020, not {said(value)}", parameter=parameter)


def _one_of(parameter: str, value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise QueryError(f"{parameter} must be one of {', '.join(allowed)}, not {said(value)}", parameter=parameter)
    return value


def _fitting(wanted: int, *limits: int) -> int:
    return max(min(wanted, *limits), 1)


def _within(setting: str, most: int, parameter: str, what: str, value: int) -> None:
    if value > most:
        message = f"{what} is {said(value, ',')}, at most {most:,} is allowed ({setting})"
        raise LimitExceeded(message, setting, parameter)
