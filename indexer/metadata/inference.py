"""In which year was a page published, as far as its words tell?

Every year that the texts name, and the year after it, is a candidate. Each cue (see cues) speaks for or against it
with the weight that it has in data/year_weights.json; the weights make a probability, and a year is given only
where it reaches SURE. All texts of a page speak together, for a page is published on one day.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from indexer.metadata.cues import Cues, Mention, cues
from indexer.models import Draft

__all__ = ["Implied", "SURE", "candidates", "clues", "implied", "year"]

# Of the answers with at least this probability 93 % are right on held-out reports.
SURE = 0.80
# A period that is named both by its year and by 今年 settles it: right in 62 of 64 reports.
_ECHOED = 0.97
# Kinds of mention that tell nothing about what was already past when the text was written.
_AHEAD = frozenset({"plan", "range", "law", "until"})
# Kinds whose sentence is about something else than the day of writing.
_APART = _AHEAD | {"photo", "since", "compare", "born"}
# Words that count from the day of writing; 同年 and 前年 say too little.
_TELLING = frozenset({"this", "sofar", "last", "next"})
_FIRST, _LAST = 1950, 2049


class Implied(NamedTuple):
    """Hold the year that texts imply, how sure that is (0–1), and the words that imply it."""

    year: int
    sure: float
    words: str


def year(drafts: Sequence[Draft]) -> Implied | None:
    """Return the year in which the articles of a page were published, or None where that is not sure enough."""
    found = Cues()
    for draft in drafts:
        found.add(cues(" ".join(filter(None, (draft.kicker, draft.title, draft.subtitle))), draft.text))
    return implied(found)


def implied(found: Cues) -> Implied | None:
    """Return the year that cues imply, or None where that is not sure enough."""
    echoed = {year for year, _ in found.echoes}
    if len(echoed) == 1:
        return Implied(found.echoes[0][0], _ECHOED, found.echoes[0][1])
    best = max(_judged(found), key=lambda judged: judged.sure, default=None)
    return best if best and best.sure >= SURE else _of_chronicle(found)


def candidates(found: Cues) -> list[int]:
    """Return the years that may be the one of publication, in order."""
    years = {near for mention in found.mentions for near in (mention.year, mention.year + 1) if mention.kind != "law"}
    years |= {near for event, _ in found.events for near in (event.year, event.year + 1)}
    years |= {span for span, _, _ in found.spans}
    return sorted(year for year in years if _FIRST <= year <= _LAST)


def clues(found: Cues, year: int) -> dict[str, str]:
    """Return the names of the clues that bear on a candidate, each with the words that it rests on."""
    told: dict[str, str] = {"any": ""}
    for mention in found.mentions:
        for name in _of_mention(mention, mention.year - year):
            told.setdefault(name, mention.words)
    for near, kind, words in found.spans:
        if abs(near - year) <= 1:
            told[f"{kind}{near - year:+d}"] = words
    for event, tags in found.events:
        name = f"known {event.kind}{_step(event.year - year)}"
        told.setdefault(name, event.words)
        told.update(dict.fromkeys((f"{name} {tag}" for tag in tags), event.words))
    if found.full:
        full, words = max(found.full)
        newest = max((mention.year for mention in found.mentions if mention.kind not in _AHEAD), default=full)
        told[f"full year{_step(full - year)}{' newest' if newest <= full else ''}"] = words
    for month, day, named in found.weekdays:
        fits = _weekday(year, month, day) == named
        told["weekday fits" if fits else "weekday differs"] = f"{month}月{day}日"
    told.update(dict.fromkeys(_of_all(found, year), ""))
    return told


def _of_mention(mention: Mention, distance: int) -> Iterable[str]:
    step = _step(distance)
    yield f"{mention.kind}{step}"
    for tag in mention.tags:
        if mention.kind not in _APART:
            yield f"{tag}&{step}"
        yield f"{tag}&{mention.kind}{step}"


def _of_all(found: Cues, year: int) -> Iterable[str]:
    """Name the clues that lie in all mentions together: which is the newest, how it is named, what stands beside."""
    past = [mention for mention in found.mentions if mention.kind not in _AHEAD]
    firm = [mention for mention in past if "future" not in mention.tags]
    for name, mentions in (("newest", past), ("newest told", firm)):
        if not mentions:
            continue
        top = max(mention.year for mention in mentions)
        step = _step(top - year)
        yield f"{name}{step}"
        yield from (f"{name}{step} {word}" for word in found.relative & _TELLING)
        of_top = [mention for mention in mentions if mention.year == top]
        kinds = {mention.kind for mention in of_top}
        yield from (f"{name}{step} {kind}" for kind in kinds)
        yield from {f"{name}{step} {mention.kind} figures" for mention in of_top if "figures" in mention.tags}
        dense = len({mention.year for mention in past if 0 <= top - mention.year <= 5})
        yield f"{name}{step} of {min(dense, 5)}"
        months = [mention.month for mention in of_top if mention.month]
        if months and found.months:
            yield f"{name}{step} {_order(max(months), found.months)}"
        if found.months:
            yield f"{name}{step} {_season(found.months)}"
    for distance in (0, -1):
        count = sum(mention.year - year == distance for mention in past)
        yield f"named{distance:+d} {min(count, 3)}"
        if count == 0:
            yield from (f"unnamed{distance:+d} {word}" for word in found.relative & _TELLING)


def _order(named: int, others: set[int]) -> str:
    """Compare the last month that has its year with those without: a later one, or the turn of the year between."""
    if named in others:
        return "same month"
    if max(others) < named:
        return "turns"
    return "soon after" if any(0 < month - named <= 2 for month in others) else "long after"


def _of_chronicle(found: Cues) -> Implied | None:
    """Return the last year of a chronicle: four years and more without a gap, the last told of twice and by the month.

    What goes through the years one by one ends where it is written; too rare for the weights to have learnt it.
    """
    told = [mention for mention in found.mentions if mention.kind not in _APART and "future" not in mention.tags]
    last = max((mention.year for mention in told), default=0)
    named = {mention.year for mention in told}
    of_last = [mention for mention in told if mention.year == last]
    dated = next((mention for mention in of_last if mention.kind in ("day", "month")), None)
    ends = all(mention.year <= last for mention in found.mentions)
    if dated is None or not ends or len(of_last) < 2 or not {last - 1, last - 2, last - 3} <= named:
        return None
    return Implied(last, SURE, dated.words)


def _season(months: set[int]) -> str:
    return "begins" if max(months) <= 3 else "ends" if min(months) >= 10 else "midst"


def _step(distance: int) -> str:
    return f"{max(-3, min(2, distance)):+d}"


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return datetime.date(year, month, day).weekday()
    except ValueError:
        return None


def _judged(found: Cues) -> list[Implied]:
    weights = _weights()
    scored = []
    for candidate in candidates(found):
        told = clues(found, candidate)
        score = sum(weights.get(name, 0.0) for name in told)
        strongest = max((name for name in told if told[name]), key=lambda name: weights.get(name, 0.0), default="any")
        scored.append((candidate, score, told[strongest]))
    # That none of the candidates is right has the score 0.
    whole = 1.0 + sum(math.exp(score) for _, score, _ in scored)
    return [Implied(candidate, math.exp(score) / whole, words) for candidate, score, words in scored]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    text = files(__package__).joinpath("data", "year_weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
