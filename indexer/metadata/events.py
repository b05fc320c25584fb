"""Which events does a text name whose year is public knowledge, and what do they say about its own year?

The table is data/events.txt; its head explains it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Event", "events", "number"]

_NUMBER = r"(\d{1,3}|[一二三四五六七八九十百]{1,5})"
_DIGITS = {han: number for number, han in enumerate("零一二三四五六七八九")}


class Event(NamedTuple):
    """Hold the year of an event that a text names, the kind of its rule, the words and their offset."""

    year: int
    kind: str
    words: str
    start: int


class _Rule(NamedTuple):
    kind: str
    year: float
    per: float
    needs: frozenset[str]
    pattern: re.Pattern[str]


class _Needed(NamedTuple):
    """Hold the words without one of which no rule applies, and a pattern that finds any of them."""

    words: frozenset[str]
    any: re.Pattern[str]


def events(text: str) -> list[Event]:
    """Return the events of the table that a text names."""
    found = []
    needed = _needed()
    # Most texts have none of the words; the others are asked for each, for one may begin within another.
    words = {word for word in needed.words if word in text} if needed.any.search(text) else set()
    for rule in _rules() if words else ():
        if not words.isdisjoint(rule.needs):
            found += [_event(rule, match) for match in rule.pattern.finditer(text)]
    return found


def _event(rule: _Rule, match: re.Match[str]) -> Event:
    numbers = [number(word) for word in match.groups()]
    year = rule.year + (rule.per * numbers[0] if numbers else 0) + (numbers[1] if len(numbers) > 1 else 0)
    return Event(int(year), rule.kind, match.group(), match.start())


def number(word: str) -> int:
    """Read a number below 1,000 in digits or Han numerals: 十四 → 14, 一百三十四 → 134."""
    if word.isdigit():
        return int(word)
    hundreds, _, rest = word.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    return (
        100 * (_DIGITS.get(hundreds, 1) if "百" in word else 0)
        + 10 * (_DIGITS.get(tens, 1) if ten else 0)
        + _DIGITS.get(ones, 0)
    )


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    lines = files(__package__).joinpath("data", "events.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_rule(*line.split("\t")) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _needed() -> _Needed:
    words = frozenset(word for rule in _rules() for word in rule.needs)
    return _Needed(words, re.compile("|".join(sorted(words))))


def _rule(kind: str, year: str, per: str, needs: str, words: str) -> _Rule:
    pattern = re.sub(r"[NM](?=届|周年|大|五|次|个|\[)", lambda _: _NUMBER, words)
    return _Rule(kind, float(year), float(per), frozenset(needs.split("|")), re.compile(pattern))
