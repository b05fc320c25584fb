"""Which place is an article about?

Not where it was filed: the dateline is one signal among others (signals.py), which a small model weighs. National,
foreign and many-city articles are about no place. On a page of one city, 我市 and 经开区 mean that city.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.analysis.fold import Folded, fold
from indexer.metadata.gazetteer import Path, city_of, place_from_given, read_data
from indexer.metadata.home import home_of
from indexer.metadata.signals import Reading, candidates, read
from indexer.models import Evidence, Page

__all__ = ["Located", "city_of", "locate", "place_from_given", "places"]

# How a local report speaks of its own place without naming it.
_OURS = re.compile(
    r"我[市县区]|(?:[全该]|(?<![日根基样])本)[市县区](?![场域别值])|(?<!日)本[港澳](?!口)|经开区|高新区|开发区|[市县区]委|[市县区]政府|市民|市级|"
    # 市教育局, 从市公交集团: a body called after no city by name is one of the paper's own.
    r"(?:(?<![\u4e00-\u9fff])|(?<=[从由在据和与经被向到日]))[市县区](?![场值价域块间])[\u4e00-\u9fff]{1,8}?"
    r"(?:局|委|办|集团|公司|中心|医院|法院|检察院|支队|大队|学校|中学|小学|公园|博物馆|图书馆|文化馆)"
)
_CLAUSE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE = 24
# Characters of a body that are read for places: what it is about shows by then, and a hostile text costs no more.
_READ = 20_000


class Located(NamedTuple):
    """Hold the place that an article is about, and the words that give it away."""

    path: Path
    evidence: Evidence


class _Judged(NamedTuple):
    """Hold heading and text of an article, how they were read, and the place that they speak for, () for none."""

    parts: tuple[str, str]
    folded: tuple[Folded, Folded]
    reading: Reading
    path: Path


def locate(
    title: str | None,
    text: str,
    *,
    kicker: str | None = None,
    subtitle: str | None = None,
    home: Path = (),
) -> Located | None:
    """Return the place that an article is about, or None where it is about none or that cannot be told.

    `home` is the city of the page or paper. It counts for an article that speaks of its own city (我市) and names
    no other.
    """
    return _locate(_judge(title, text, kicker, subtitle, home), home)


def places(page: Page, sources: Sequence[str | None] = ()) -> tuple[Located | None, ...]:
    """Locate the drafts of a page together: what most of them are about tells whose 我市 and 经开区 the others mean.

    `sources` are the papers of the drafts, one each: 金华日报 makes 金华 the home of its article.
    """
    homes = [home_of(source) for source in sources] or [()] * len(page.drafts)
    judged = [
        _judge(draft.title, draft.text, draft.kicker, draft.subtitle, home)
        for draft, home in zip(page.drafts, homes, strict=True)
    ]
    found = [_locate(each, ()) for each in judged]
    common = _common(found)
    for number, located in enumerate(found):
        home = homes[number] or common
        if home and (located is None or len(located.path) < 2):
            found[number] = _locate(judged[number], home, sources[number] if homes[number] else None)
    return tuple(found)


def _judge(title: str | None, text: str, kicker: str | None, subtitle: str | None, home: Path) -> _Judged:
    """Read an article and weigh the places that it names; its paper's `home` tells which of the same name are meant."""
    heading = "\n".join(part for part in (kicker, title, subtitle) if part)
    folded = fold(heading[:_READ]), fold(text[:_READ])
    reading = read(folded[0].text, folded[1].text, home)
    return _Judged((heading, text), folded, reading, _best(candidates(reading)))


def _locate(judged: _Judged, home: Path, paper: str | None = None) -> Located | None:
    reading, path = judged.reading, judged.path
    if len(path) < 2 and home[: len(path)] == path and len(home) > 1 and _is_ours(reading, home):
        return Located(home, _home_evidence(reading, paper))
    if not path:
        return None
    path = _closer(reading, path)
    return Located(path, _evidence(reading, path, judged.folded, judged.parts))


class _Model(NamedTuple):
    """Hold data/place_model.json: what each signal is worth, and how likely a place must be to be given.

    A place is given where it is `sure`, or where its province is `sure_province` and it is `fair` itself: whether a
    report is about 青海 or 西宁 may be open while that it is about no other place is clear.
    """

    weights: Mapping[str, float]
    sure: float
    sure_province: float
    fair: float


@cache
def _model() -> _Model:
    data = json.loads("\n".join(read_data("place_model.json")))
    return _Model(data["weights"], data["sure"], data["sure_province"], data["fair"])


def _best(found: Mapping[Path, Mapping[str, float]]) -> Path:
    """Return the likeliest candidate; () where that the article is about no place is likelier, or none is likely."""
    model = _model()
    scores = {
        path: sum(model.weights.get(name, 0.0) * value for name, value in signals.items())
        for path, signals in found.items()
    }
    # Ties by name, so that the same text always gives the same place. "No place" scores 0.
    best = max(scores, key=lambda path: (scores[path], path), default=())
    if not best or scores[best] <= 0:
        return ()
    odds = {path: math.exp(score - scores[best]) for path, score in scores.items()}
    total = math.exp(-scores[best]) + sum(odds.values())
    province = sum(share for path, share in odds.items() if path[0] == best[0]) / total
    sure = 1 / total >= model.sure or (1 / total >= model.fair and province >= model.sure_province)
    return best if sure else ()


def _closer(reading: Reading, path: Path) -> Path:
    """Return the county-level unit of a city that an article is about, where it outweighs its sisters and the city."""
    own = [mention for mention in reading.found if mention.path[:2] == path and not mention.weak]
    counts = Counter(mention.path for mention in own if len(mention.path) == 3)
    filed = reading.opening.place
    if len(filed) == 3 and filed[:2] == path:
        counts[filed] += 1
    if not counts:
        return path
    county, count = counts.most_common(1)[0]
    sisters = sum(counts.values()) - count
    named = [mention for mention in own if mention.path == county]
    titled = any(mention.start < reading.title_end for mention in named)
    early = filed == county or any(mention.start < reading.lead_end for mention in named)
    if count <= (sisters if titled else 2 * sisters) or (count == 1 and not titled and not any(m.full for m in named)):
        return path
    # The city in 杭州市淳安县 only says where the county lies.
    ends = {mention.start for mention in own if len(mention.path) == 3}
    city = sum(mention.path == path and mention.end not in ends for mention in own)
    return county if count > city or (early and 2 * count >= city) else path


def _is_ours(reading: Reading, home: Path) -> bool:
    """Tell whether an article speaks as one of its home: of 我市 or 经开区, and not of or from other places only."""
    cities = {mention.path[:2] for mention in reading.found if not mention.weak and len(mention.path) > 1}
    filed = reading.opening.place[:2]
    away = reading.opening.abroad or filed != home[: len(filed)] or reading.cues.get("foreign")
    return _OURS.search(reading.text) is not None and not away and (not cities or home[:2] in cities)


def _common(found: Sequence[Located | None]) -> Path:
    """Return the city that most located articles of a page are about, where there are several of them."""
    cities = Counter(located.path[:2] for located in found if located and len(located.path) > 1)
    for city, count in cities.most_common(1):
        if count > 1 and 2 * count > sum(cities.values()):
            return city
    return ()


def _home_evidence(reading: Reading, paper: str | None) -> Evidence:
    words = _OURS.search(reading.text)
    ours = words[0] if words else ""
    return Evidence(f"{ours} … {paper}", "source", True) if paper else Evidence(ours, "page", True)


def _evidence(reading: Reading, path: Path, folded: Sequence[Folded], parts: Sequence[str]) -> Evidence:
    """Return the clause in which the place is named first, from the original: headline, else text, else dateline."""
    offset = len(folded[0].text) + 1
    opening = reading.opening
    first = next((m for m in reading.found if m.path[: len(path)] == path and not m.weak), None)
    if first is None or (first.start >= reading.lead_end and opening.place == path):
        start, end = folded[1].span(opening.start - offset, opening.end - offset)
        return Evidence(parts[1][start:end].strip(), "dateline", True)
    origin = "headline" if first.start < reading.title_end else "text"
    part = 0 if first.start < offset else 1
    moved = offset if part else 0
    start, end = folded[part].span(first.start - moved, first.end - moved)
    # The report's first sentence begins behind its dateline.
    behind = opening.start < opening.end <= first.start
    low = folded[1].span(opening.end - offset, opening.end - offset)[0] if behind else 0
    return Evidence(_clause(parts[part], start, end, low), origin, True)


def _clause(text: str, start: int, end: int, low: int) -> str:
    """Return the words around a range of a text, at most up to the ends of its sentence, and not before `low`."""
    low, high = max(low, start - _CLAUSE), min(len(text), end + _CLAUSE)
    for mark in _CLAUSE_END.finditer(text, low, start):
        low = mark.end()
    after = _CLAUSE_END.search(text, end, high)
    return text[low : after.start() if after else high].strip()
