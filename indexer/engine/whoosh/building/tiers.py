"""Which segments shall be merged? As few as possible shall be left, and no article be copied again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engine.whoosh.layout.schema import MAX_ARTICLES, MAX_UNITS

__all__ = ["Size", "plan_merges"]

_STALE = 0.3
"""Share of deleted units from which a segment is written anew although nothing is merged with it."""


@dataclass(frozen=True, slots=True)
class Size:
    """Measure a segment: articles and units that live, and units with the deleted ones."""

    articles: int
    units: int
    total: int


def plan_merges(sizes: Sequence[Size]) -> list[list[int]]:
    """Return groups of segments (their places in `sizes`, ascending) of which each is to become one.

    In a group of several no segment has more than half of the result. So whenever an article is copied, its segment at
    least doubles, which bounds the copies of each by the logarithm of the index's size, and segments that are left
    double from one to the next, which bounds their number alike.
    """
    waiting = sorted(range(len(sizes)), key=lambda place: sizes[place].units)
    groups: list[list[int]] = []
    while waiting:
        count = _longest(sizes, waiting)
        group, waiting = waiting[:count], waiting[count:]
        if len(group) > 1 or _is_stale(sizes[group[0]]):
            groups.append(sorted(group))
    return groups


def _longest(sizes: Sequence[Size], waiting: Sequence[int]) -> int:
    """Return how many of the smallest segments make the largest group."""
    best, articles, units = 1, 0, 0
    for count, place in enumerate(waiting, 1):
        articles, units = articles + sizes[place].articles, units + sizes[place].units
        if articles > MAX_ARTICLES or units > MAX_UNITS:
            break
        if count > 1 and 2 * sizes[place].units <= units:
            best = count
    return best


def _is_stale(size: Size) -> bool:
    return size.total - size.units > _STALE * size.total
