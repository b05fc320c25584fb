"""What in an article speaks for its being about a place, in numbers?

Every city and every province that the text names is a candidate. Its signals are counts and yes-or-no answers; what
each is worth stands in data/place_model.json.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from indexer import marks
from indexer.analysis.fold import fold_text
from indexer.metadata.gazetteer import Path, read_data, resolve
from indexer.metadata.lexicon import Lexicon
from indexer.metadata.mentions import Mention, mentions

__all__ = ["Opening", "Reading", "candidates", "read"]

# Where a dateline may begin that is not the very first thing: after 原标题 and a headline, or after a caption.
_AGENCIES = re.compile(
    r"本报|本网|据?新华[社网]|中新[社网]|人民网|光明[日网]|中国[\u4e00-\u9fff]{1,4}[报网]|红网|央广网|海外网|\w{2}日报"
)
# Agencies that report from everywhere. A local paper that prints a dateline writes of its own region.
_NATIONAL = re.compile(r"本报|本网|新华|中新|人民|光明|中国|海外网|央广|央视|(?:工人|科技|经济|法治)日报")
_NO_PLACE = ("新闻", "时刻", "客户端", "体育")
_HEAD = 220
_DATELINE = 160
_SENTENCE_END = re.compile(r"[。!?\n]")
_LONGEST_LEAD = 110
_WEAK = 0.3
_AND = frozenset({"、", ",", "和", "与", "及", "以及"})


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold the dateline: its range in the reading's text, the `place` where the report was filed, whether that lies
    `abroad`, the province (`region`) whose desk reports, and whether the agency is a `local` one."""

    start: int
    end: int
    place: Path = ()
    abroad: bool = False
    region: Path = ()
    local: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold an article as it was read for places.

    `text` is the folded heading, a newline and the folded body. What precedes `title_end` is headline, also one
    that the body prints before its dateline; the first sentence after the dateline ends at `lead_end`. `found` are
    the places named outside of the dateline, `cues` counts the words of data/place_cues.txt by class.
    """

    text: str
    title_end: int
    opening: Opening
    lead_end: int
    found: Sequence[Mention]
    cues: Mapping[str, int]


def read(heading: str, body: str, home: Path = ()) -> Reading:
    """Read an article whose parts are folded; `heading` holds kicker, title and subtitle, one per line.

    `home` is the city of the paper: it settles which of several places a name means.
    """
    text = f"{heading}\n{body}"
    opening = _opening(body, len(heading) + 1)
    seeds = [path for path in (opening.place, opening.region, home) if path]
    found = [mention for mention in mentions(text, seeds) if not opening.start <= mention.start < opening.end]
    end = _SENTENCE_END.search(text, opening.end)
    lead_end = min(end.start() if end else len(text), opening.end + _LONGEST_LEAD)
    title_end = opening.start if opening.end > opening.start else len(heading)
    return Reading(text, title_end, opening, lead_end, found, Counter(_cues().values(text, opening.end)))


def candidates(reading: Reading) -> dict[Path, dict[str, float]]:
    """Return for each city and province that an article names, or was filed from, its signals by name."""
    by_city: dict[Path, list[Mention]] = {}
    for mention in reading.found:
        by_city.setdefault(mention.path[:2], []).append(mention)
    for path in (reading.opening.place[:2], reading.opening.region):
        if path:
            by_city.setdefault(path, [])
    weights = {path: sum(_WEAK if m.weak else 1.0 for m in named) for path, named in by_city.items()}
    shared, listed = _shared(reading), _listed(reading)
    found: dict[Path, dict[str, float]] = {}
    for path, named in by_city.items():
        if len(path) == 2:
            found[path] = _prefixed("city", {**_city(reading, path, named, weights, listed), **shared})
    # A municipality is a city; as a province it would only compete with itself.
    for province in {path[:1] for path in by_city} - {path[:1] for path in found if path[0] == path[1]}:
        found[province] = _prefixed("province", {**_province(reading, province, listed), **shared})
    return found


def _opening(body: str, offset: int) -> Opening:
    """Find the dateline: at the very beginning, or behind a headline or caption printed before it."""
    for start in (0, *(found.start() for found in _AGENCIES.finditer(body, 1, _HEAD))):
        line = marks.dateline(body[start : start + _DATELINE])
        if line and (line.agency or start == 0):
            agency, place = line.agency or "", line.place or ""
            # 原标题:… before the agency is a headline, no part of the dateline.
            begin = max(start, body.find(agency, start))
            filed, abroad = _filed(place)
            region = () if filed else _region(agency + place)
            local = bool(agency) and not _NATIONAL.match(agency)
            return Opening(offset + begin, offset + start + line.end, filed, abroad, region, local)
    return Opening(offset, offset)


def _filed(words: str) -> tuple[Path, bool]:
    """Return the place in a dateline's words (时刻衡阳, 客户端北京), and whether they name one outside of China."""
    if not words or words.endswith(_NO_PLACE):
        return (), False
    for start in range(len(words) - 1):
        path = resolve(words[start:])
        if path:
            return path, False
    return (), len(words) >= 2


def _region(words: str) -> Path:
    """Return the province or city whose desk or paper reports: 中新网湖南新闻, 广西新闻网, 太原新闻网."""
    for mention in mentions(words):
        return mention.path[:2]
    return ()


@cache
def _cues() -> Lexicon[str]:
    kinds: dict[str, str] = {}
    for line in read_data("place_cues.txt"):
        if line and not line.startswith("#"):
            kind, *words = line.split()
            kinds.update(dict.fromkeys(fold_text(" ".join(words)).split(), kind))
    return Lexicon(kinds)


def _shared(reading: Reading) -> dict[str, float]:
    """Return the signals that an article gives to all its candidates: what it speaks of besides places."""
    # Long texts hold more of every word, though not in proportion.
    size = math.sqrt(max(len(reading.text), 100) / 400)
    cues = {kind: math.log1p(count / size) for kind, count in reading.cues.items()}
    kinds = ("foreign", "national", "regional", "state", "sport", "market", "city", "province")
    return {"bias": 1.0, **{kind: cues.get(kind, 0.0) for kind in kinds}}


def _prefixed(level: str, signals: Mapping[str, float]) -> dict[str, float]:
    return {f"{level}: {name}": value for name, value in signals.items() if value}


def _city(
    reading: Reading, path: Path, named: Sequence[Mention], weights: Mapping[Path, float], listed: Set[Mention]
) -> dict[str, float]:
    opening = reading.opening
    strong = [mention for mention in named if not mention.weak]
    body = [mention for mention in strong if mention.start >= opening.end]
    middle = (opening.end + len(reading.text)) / 2
    cities = {other: weight for other, weight in weights.items() if len(other) == 2}
    first = next((m for m in reading.found if m.start >= opening.end and len(m.path) > 1 and not m.weak), None)
    titled = {mention.path[:2] for mention in reading.found if mention.start < reading.title_end and not mention.weak}
    return {
        **_filing(opening, path),
        **_capital(reading, path),
        **_strait(reading, path),
        "listed": float(bool(strong) and listed >= set(strong)),
        "title": float(path in titled),
        "title alone": float({other for other in titled if len(other) == 2} == {path}),
        "title of another": float(path not in titled and any(other[0] != path[0] for other in titled)),
        "lead": float(any(mention.start < reading.lead_end for mention in body)),
        "first": float(first is not None and first in body),
        "early": float(any(mention.start < middle for mention in body)),
        "late": float(any(mention.start >= middle for mention in body)),
        "unnamed": float(not body),
        "count": math.log1p(len(body)),
        "full": float(any(mention.full for mention in body)),
        "county": float(any(len(mention.path) == 3 and mention.full for mention in body)),
        "weak only": float(bool(named) and not strong),
        "share": weights[path] / (sum(cities.values()) or 1.0),
        "other cities": math.log1p(sum(weight >= 1 for other, weight in cities.items() if other != path)),
        "its province": float(path[:1] in weights),
        "other provinces": _others(reading, path),
    }


def _filing(opening: Opening, path: Path) -> dict[str, float]:
    """Say where a report was filed, as seen from a city; nearly half of what is filed in Beijing is national."""
    here = opening.place[:2] == path
    return {
        "filed": float(here and path[0] != "北京"),
        "filed in Beijing": float(here and path[0] == "北京"),
        "filed by a local paper": float(here and opening.local),
        "filed elsewhere": float(bool(opening.place) and opening.place[:1] != path[:1]),
        "filed abroad": float(opening.abroad),
        "region": float(opening.region == path[:1]),
        "paper's city": float(opening.region == path),
    }


def _listed(reading: Reading) -> set[Mention]:
    """Return the mentions that stand in an enumeration of cities or provinces: 天津、山西、江西等地."""
    listed: set[Mention] = set()
    for one, next_one in zip(reading.found, reading.found[1:], strict=False):
        apart = one.path[:2] != next_one.path[:2] and one.path != next_one.path[: len(one.path)]
        if apart and reading.text[one.end : next_one.start] in _AND:
            listed.update((one, next_one))
    return listed


def _capital(reading: Reading, path: Path) -> dict[str, float]:
    """Say how far what happens in Beijing is the country's: who meets whom there is no news of the city."""
    if path[0] != "北京":
        return {}
    return {f"capital, {kind}": math.log1p(reading.cues.get(kind, 0)) for kind in ("national", "state", "foreign")}


def _strait(reading: Reading, path: Path) -> dict[str, float]:
    """Say how far 台湾 is a matter of the state's policy there, not the place that the article is about."""
    return {"strait": math.log1p(reading.cues.get("strait", 0))} if path[0] == "台湾" else {}


def _province(reading: Reading, province: Path, listed: Set[Mention]) -> dict[str, float]:
    own = [mention for mention in reading.found if mention.path[:1] == province and not mention.weak]
    bare = [mention for mention in own if mention.path == province]
    cities = Counter(mention.path[:2] for mention in own if len(mention.path) > 1)
    opening = reading.opening
    return {
        "filed": float(opening.place[:1] == province),
        "region": float(opening.region[:1] == province),
        "title": float(any(mention.start < reading.title_end for mention in bare)),
        "lead": float(any(opening.end <= mention.start < reading.lead_end for mention in bare)),
        "count": math.log1p(len(bare)),
        "full": float(any(mention.full for mention in bare)),
        "share": len(own) / max(1, len(reading.found)),
        "cities": math.log1p(len(cities)),
        "listed": float(bool(bare) and listed >= set(bare)),
        "one city": max(cities.values(), default=0) / max(1, len(own)),
        "other provinces": _others(reading, province),
        **_strait(reading, province),
    }


def _others(reading: Reading, path: Path) -> float:
    return math.log1p(len({mention.path[0] for mention in reading.found if not mention.weak} - {path[0]}))
