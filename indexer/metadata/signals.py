"""What in an article speaks for its being about a place, in numbers?

Every city and province that the text names is a candidate; its signals are weighted by the model in data/place_model.json.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indexer import marks
from indexer.analysis.fold import fold_text
from indexer.metadata.gazetteer import Path, read_data, resolve
from indexer.metadata.lexicon import Lexicon
from indexer.metadata.mentions import Mention, mentions

__all__ = ["Opening", "Reading", "candidates", "read"]

# An opening that is not the very first thing: after 原标题 and a headline, or after a caption.
_AGENCIES = re.compile(r"本报|本网|据?新华[社网]|中新[社网]|人民网|光明[日网]|中国[\u4e00-\u9fff]{1,4}[报网]|红网时刻|央广网|海外网|工人日报")
_HEAD = 220
_SENTENCE_END = re.compile(r"[。!?!?\n]")
_LONGEST_LEAD = 110
_ORIGINAL_TITLE = re.compile(r"\s*原标题[::]\s*")


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold what precedes a report: `end` of its dateline, the `place` named there, and whether one is named at all."""

    start: int
    end: int
    place: Path
    named: bool
    region: Path


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold an article as it was read for places: folded text, where its parts lie, and the places named in it."""

    text: str
    title_end: int
    opening: Opening
    lead_end: int
    found: Sequence[Mention]
    cues: Mapping[str, int]


@cache
def _cues() -> Lexicon[str]:
    kinds: dict[str, str] = {}
    for line in read_data("cues.txt"):
        if line and not line.startswith("#"):
            kind, *words = line.split()
            kinds.update(dict.fromkeys(fold_text(" ".join(words)).split(), kind))
    return Lexicon(kinds)


def read(title: str, body: str) -> Reading:
    """Read an article whose parts are folded; `title` holds kicker, title and subtitle, one per line."""
    text = f"{title}\n{body}"
    opening = _opening(body, len(title) + 1)
    seeds = [path for path in (opening.place, opening.region) if path]
    found = [mention for mention in mentions(text, seeds) if not opening.start <= mention.start < opening.end]
    end = _SENTENCE_END.search(text, opening.end)
    lead_end = min(end.start() if end else len(text), opening.end + _LONGEST_LEAD)
    cues = Counter(_cues().values(text, opening.end))
    return Reading(text, opening.start if opening.end > opening.start else len(title), opening, lead_end, found, cues)


def _opening(body: str, offset: int) -> Opening:
    """Find the dateline: at the very beginning, or behind a headline or caption printed before it."""
    starts = [0, *(found.start() for found in _AGENCIES.finditer(body, 1, _HEAD))]
    for start in starts:
        line = marks.dateline(body[start : start + 160])
        if line and (line.agency or start == 0):
            named = (line.place or "").strip()
            if not named and start == 0 and not line.month and line.agency is None:
                continue
            return Opening(offset + start, offset + start + line.end, resolve(named) or () if named else (), bool(named), _region(line.agency))
    return Opening(offset, offset, (), False, ())


def _region(agency: str | None) -> Path:
    """Return the province whose desk or paper reports: 中新网湖南新闻, 广西新闻网."""
    for mention in mentions(agency or ""):
        return mention.path[:1]
    return ()


def candidates(reading: Reading) -> dict[Path, dict[str, float]]:
    """Return for every city and province that an article names what speaks for it, by the names of the model."""
    weights = _weights(reading)
    cities = {path: weight for path, weight in weights.items() if len(path) == 2}
    of_cities = sum(cities.values()) or 1.0
    common = _common(reading)
    result = {}
    for path in cities:
        result[path] = {**_city(reading, path, cities, of_cities), **common["city"]}
    for province in {path[:1] for path in weights if path[:1] not in {p[:1] for p in cities if p[0] == p[1]}}:
        result[province] = {**_province(reading, province, weights), **common["province"]}
    return result


def _weights(reading: Reading) -> Counter[Path]:
    """Sum up the namings of each city (with its counties) and of each province by itself."""
    weights: Counter[Path] = Counter()
    for mention in reading.found:
        weights[mention.path[:2]] += 0.3 if mention.weak else 1.0  # type: ignore[assignment]
    if reading.opening.place:
        weights[reading.opening.place[:2]] += 0.0  # type: ignore[assignment]
    return weights


def _common(reading: Reading) -> dict[str, dict[str, float]]:
    size = math.sqrt(max(len(reading.text), 100) / 400)
    cues = {kind: math.log1p(count / size) for kind, count in reading.cues.items()}
    shared = {name: cues.get(name, 0.0) for name in ("foreign", "national", "sport", "market")}
    out = {}
    for level in ("city", "province"):
        values = {f"{level}:{name}": value for name, value in shared.items()}
        values[f"{level}:local"] = cues.get(level, 0.0)
        values[f"{level}:bias"] = 1.0
        out[level] = values
    return out


def _city(reading: Reading, path: Path, cities: Counter[Path] | dict[Path, float], total: float) -> dict[str, float]:
    own = [mention for mention in reading.found if mention.path[:2] == path]
    strong = [mention for mention in own if not mention.weak]
    opening = reading.opening
    filed = opening.place[:2] == path
    others = [weight for other, weight in cities.items() if other != path and weight >= 1]
    body = [mention for mention in strong if mention.start >= opening.end]
    half = opening.end + (len(reading.text) - opening.end) / 2
    provinces = {mention.path[0] for mention in reading.found if not mention.weak}
    return {
        "city:title": float(any(mention.start < reading.title_end for mention in strong)),
        "city:lead": float(any(opening.end <= mention.start < reading.lead_end for mention in strong)),
        "city:filed": float(filed and path[0] != "北京"),
        "city:filed in Beijing": float(filed and path[0] == "北京"),
        "city:filed elsewhere": float(bool(opening.place) and opening.place[:2] != path and opening.place[:1] != path[:1]),
        "city:filed abroad": float(opening.named and not opening.place),
        "city:region": float(opening.region == path[:1]),
        "city:count": math.log1p(len(body)),
        "city:share": cities[path] / total,
        "city:full": float(any(mention.full for mention in body)),
        "city:county": float(any(len(mention.path) == 3 and mention.full for mention in body)),
        "city:other cities": math.log1p(len(others)),
        "city:late": float(any(mention.start >= half for mention in body)),
        "city:early": float(any(mention.start < half for mention in body)),
        "city:unnamed": float(not body),
        "city:province": float(any(mention.path == path[:1] for mention in reading.found)),
        "city:other provinces": math.log1p(len(provinces - {path[0]})),
        "city:weak only": float(bool(own) and not strong),
    }


def _province(reading: Reading, province: Path, weights: Counter[Path]) -> dict[str, float]:
    own = [mention for mention in reading.found if mention.path[0] == province[0] and not mention.weak]
    bare = [mention for mention in own if mention.path == province]
    cities = Counter(mention.path[:2] for mention in own if len(mention.path) > 1)
    opening = reading.opening
    provinces = {mention.path[0] for mention in reading.found if not mention.weak}
    most = max(cities.values(), default=0)
    return {
        "province:title": float(any(mention.start < reading.title_end for mention in bare)),
        "province:lead": float(any(opening.end <= mention.start < reading.lead_end for mention in bare)),
        "province:filed": float(opening.place[:1] == province),
        "province:region": float(opening.region == province),
        "province:count": math.log1p(len(bare)),
        "province:share": len(own) / max(1, len(reading.found)),
        "province:cities": math.log1p(len(cities)),
        "province:one city": most / max(1, len(own)),
        "province:full": float(any(mention.full for mention in bare)),
        "province:other provinces": math.log1p(len(provinces - {province[0]})),
    }
