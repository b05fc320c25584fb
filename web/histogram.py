"""How are the years drawn? As bars of one small chart, every one a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indexer import FacetValue
from web.choices import Toggle

__all__ = ["Bar", "Chart", "bars"]

WIDTH, HEIGHT, GAP = 240, 56, 0.15
FARTHEST = 10  # years that two neighbours stand apart at most: a misprinted 9020 shall not press all others together


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one year's bar in units of the chart, its count and the URL that selects it or lets it go."""

    year: str
    count: int
    selected: bool
    url: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the bars from the first year to the last; years without articles have none, and long gaps are shortened."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT


def bars(toggle: Toggle, values: Sequence[FacetValue]) -> Chart | None:
    """Return the chart of a year facet; None where there is less than two years to compare."""
    known = sorted((int(value.value), value) for value in values if value.value.lstrip("-").isdigit())
    if len(known) < 2 and not any(value.selected for _, value in known):
        return None
    years = [year for year, _ in known]
    columns = [0, *accumulate(min(after - before, FARTHEST) for before, after in pairwise(years))]
    step = WIDTH / (columns[-1] + 1)
    most = max(value.count for _, value in known) or 1
    made = []
    for column, (_, value) in zip(columns, known, strict=True):
        # Every year that has articles shows, however few they are.
        height = max(2.0, HEIGHT * value.count / most) if value.count else 0.0
        x = (column + GAP / 2) * step
        place = (round(x, 2), round(HEIGHT - height, 2), round(step * (1 - GAP), 2), round(height, 2))
        made.append(Bar(value.value, value.count, value.selected, toggle("year", value.value), *place))
    return Chart(tuple(made))
