"""Which place is an article about?

Not where it was filed: the dateline is one signal among others (signals.py), weighed by a small model. National,
foreign and many-city articles have no place. On a page of one local paper, 我市 and 经开区 mean the page's city.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.analysis.fold import fold
from indexer.metadata.gazetteer import Path, city_of, place_from_given, read_data
from indexer.metadata.mentions import mentions
from indexer.metadata.signals import Reading, candidates, read
from indexer.models import Draft, Evidence, Page

__all__ = ["Located", "city_of", "home_of", "locate", "place_from_given", "places"]

# How a local report speaks of its own place without naming it.
_OURS = re.compile(r"我[市县区]|[全该本][市县区]|经开区|高新区|开发区|[市县区]委|[市县区]政府|市民|市级")
_CLAUSE = re.compile(r"[。!?!?;\n]")


class Located(NamedTuple):
    """Hold the place that an article is about, and the words that give it away."""

    path: Path
    evidence: Evidence


def locate(
    title: str | None,
    text: str,
    *,
    kicker: str | None = None,
    subtitle: str | None = None,
    home: Path = (),
) -> Located | None:
    """Return the place that an article is about, or None where it is about none or that cannot be told.

    `home` is the place of the page or paper; it counts only for an article that speaks of its own city (我市)
    and of no other.
    """
    parts = [part for part in (kicker, title, subtitle) if part]
    heading = fold("\n".join(parts)).text
    body = fold(text)
    reading = read(heading, body.text)
    path = _best(candidates(reading))
    if path:
        path = _closer(reading, path)
        return Located(path, _evidence(reading, path, body.text))
    if home and _is_ours(reading, home):
        return Located(home, Evidence(_OURS.search(reading.text)[0], "page", True))  # type: ignore[index]
    return None


def places(page: Page, sources: Sequence[str | None] = ()) -> tuple[Located | None, ...]:
    """Locate the drafts of a page together: what most of them are about tells whose 我市 and 经开区 the others mean.

    `sources` are the papers of the drafts, one each; 金华日报 makes 金华 the home of its article.
    """
    alone = [locate(draft.title, draft.text, kicker=draft.kicker, subtitle=draft.subtitle) for draft in page.drafts]
    common = _common(alone)
    result = []
    for number, (draft, found) in enumerate(zip(page.drafts, alone, strict=True)):
        if found is None:
            home = home_of(sources[number] if number < len(sources) else None) or common
            found = locate(draft.title, draft.text, kicker=draft.kicker, subtitle=draft.subtitle, home=home)
        result.append(found)
    return tuple(result)


def home_of(source: str | None) -> Path:
    """Return the city after which a paper or site is called: 浙江/金华 for 金华日报; () for national and provincial ones."""
    for mention in mentions(fold(source or "").text):
        if len(mention.path) > 1 and mention.path[0] not in ("北京",):
            return mention.path
    return ()


@cache
def _model() -> tuple[float, Mapping[str, float]]:
    data = json.loads("\n".join(read_data("place_model.json")))
    return data["threshold"], data["weights"]


def _best(found: Mapping[Path, Mapping[str, float]]) -> Path:
    """Return the likeliest candidate; () where none is likely enough, or that it is about no place is likelier."""
    threshold, weights = _model()
    scores = {path: sum(weights.get(name, 0.0) * value for name, value in signs.items()) for path, signs in found.items()}
    if not scores:
        return ()
    best = max(scores, key=lambda path: (scores[path], path))
    top = max(scores[best], 0.0)
    total = math.exp(-top) + sum(math.exp(score - top) for score in scores.values())
    return best if math.exp(scores[best] - top) / total >= threshold else ()


def _closer(reading: Reading, path: Path) -> Path:
    """Return the county-level unit of a city where the article is about one: named first or in the title, and most."""
    if len(path) != 2:
        return path
    own = [mention for mention in reading.found if mention.path[:2] == path and not mention.weak]
    counts = Counter(mention.path for mention in own if len(mention.path) == 3)
    if not counts:
        return path
    county, count = counts.most_common(1)[0]
    rivals = sum(counts.values()) - count
    of_city = sum(mention.path == path and mention.start >= reading.opening.end for mention in own)
    first = any(mention.path == county and mention.start < reading.lead_end for mention in own)
    return county if count > 2 * rivals and (count >= of_city or (first and 2 * count >= of_city)) else path


def _is_ours(reading: Reading, home: Path) -> bool:
    others = {mention.path[:2] for mention in reading.found if not mention.weak and len(mention.path) > 1}
    return not others - {home[:2]} and _OURS.search(reading.text) is not None


def _common(found: Sequence[Located | None]) -> Path:
    """Return the city that at least half of the located articles of a page are about, and more than one."""
    cities = Counter(located.path[:2] for located in found if located and len(located.path) > 1)
    if not cities:
        return ()
    city, count = cities.most_common(1)[0]
    return city if count > 1 and 2 * count > sum(cities.values()) else ()


def _evidence(reading: Reading, path: Path, body: str) -> Evidence:
    """Return the clause that names the place first: in the headline, else in the text, else the dateline."""
    named = [mention for mention in reading.found if mention.path[: len(path)] == path and not mention.weak]
    if not named:
        words = reading.text[reading.opening.start : reading.opening.end]
        return Evidence(words.strip(), "dateline", True)
    first = named[0]
    origin = "headline" if first.start < reading.title_end else "text"
    before = list(_CLAUSE.finditer(reading.text, 0, first.start))
    after = _CLAUSE.search(reading.text, first.end)
    start = max(before[-1].end() if before else 0, first.start - 20)
    end = min(after.start() if after else len(reading.text), first.end + 20)
    return Evidence(reading.text[start:end].strip(), origin, True)
