"""Which choices does a page offer? Facet values, chips and ways out, each with the URL that makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from indexer import FACETS, UNKNOWN, FacetValue, Results
from web import state
from web.languages import say
from web.params import SearchParams

__all__ = ["Choice", "Toggle", "chips", "city_tree", "links", "rescue", "toggler", "unknown_year"]

Toggle = Callable[[str, str], str]
"""Gives the URL to which a click on a value of a facet leads: (facet, value) → URL."""


@dataclass(slots=True)
class Choice:
    """Offer one value: following `url` selects it, or lets it go where it is selected."""

    label: str
    url: str
    count: int | None = None
    selected: bool = False
    facet: str = ""
    children: list[Choice] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Tell whether something at or below this value is selected, so that a folded tree shows it."""
        return self.selected or any(child.open for child in self.children)


def toggler(params: SearchParams) -> Toggle:
    """Return what gives the URL that selects a value of a facet, or lets it go where it is selected."""
    chosen = {facet: state.opened().chosen(facet, getattr(params, facet)) for facet in FACETS}
    return lambda facet, value: _url(params.toggle(facet, value, chosen[facet]))


def links(toggle: Toggle, facet: str, values: Sequence[FacetValue]) -> list[Choice]:
    """Return the values of a facet as choices, in the order given."""
    return [_choice(toggle, facet, value) for value in values]


def city_tree(toggle: Toggle, values: Sequence[FacetValue]) -> list[Choice]:
    """Return the places as a tree of choices: provinces with their cities and county-level units."""
    made = {value.value: _choice(toggle, "city", value) for value in values}
    roots: list[Choice] = []
    for value in values:
        above = made.get(value.parent) if value.parent else None
        (above.children if above else roots).append(made[value.value])
    return roots


def unknown_year(toggle: Toggle, values: Sequence[FacetValue]) -> Choice | None:
    """Return the choice of articles without a year, where there are any."""
    return next((_choice(toggle, "year", value) for value in values if value.value == UNKNOWN), None)


def chips(params: SearchParams, results: Results) -> list[Choice]:
    """Return the filters that are set, each with the URL that drops it."""
    labels = {(name, value.value): value.label for name, values in results.facets.items() for value in values}
    made = []
    for name in FACETS:
        given: tuple[str, ...] = getattr(params, name)
        for value in given:
            label = say("unknown_" + name) if value == UNKNOWN else labels.get((name, value), value)
            others = tuple(other for other in given if other != value)
            made.append(Choice(label, _url(params.change(**{name: others})), facet=name))
    if params.year_from is not None or params.year_to is not None:
        label = f"{params.year_from or ''}–{params.year_to or ''}"
        made.append(Choice(label, _url(params.change(year_from=None, year_to=None)), facet="year"))
    return made


def rescue(params: SearchParams, results: Results) -> dict[str, Any] | None:
    """Return ways out of a search without hits: the facet to let go, or all of them, with what that finds."""
    if results.total:
        return None
    labels: dict[str, list[str]] = {}
    for chip in chips(params, results):
        labels.setdefault(chip.facet, []).append(chip.label)
    # One value stands for its facet; of several none would tell what is let go.
    drop = [_way(params, names[0] if len(names) == 1 else say(facet), facet) for facet, names in labels.items()]
    everywhere = _way(params, say("everywhere"), *labels) if len(labels) > 1 else None
    return {
        "drop": [way for way in drop if way.count],
        "everywhere": everywhere if everywhere and everywhere.count else None,
    }


def _way(params: SearchParams, label: str, *facets: str) -> Choice:
    """Return the choice of the same search without some facets."""
    without = params.without(*facets)
    return Choice(label, _url(without), state.search(without.change(size=1)).total)


def _choice(toggle: Toggle, facet: str, value: FacetValue) -> Choice:
    label = say("unknown_" + facet) if value.value == UNKNOWN else value.label
    return Choice(label, toggle(facet, value.value), value.count, value.selected, facet)


def _url(params: SearchParams) -> str:
    return url_for("pages.search") + params.query_string()
