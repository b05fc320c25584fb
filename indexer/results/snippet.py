"""Which passages show best why an article matched? Those in which the most different query words stand closest.

A passage begins and ends with a sentence where it can, else between words: never inside a number, a Latin word or a
match. It is the article's own text; line breaks are shown as spaces, and … stands where text was left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from indexer.analysis.fold import HAN
from indexer.models import Article, Snippet, Span
from indexer.query.syntax import Leaf
from indexer.results.highlight import Occurrence, locate

__all__ = ["passages", "snippets"]

_WIDTH = 80  # characters of a passage
_SHORT = 40  # a passage that would be shorter takes in its neighbours
_MOST = 2  # passages of one article
_NEW = 10  # times that a word not shown yet outweighs one that a passage shows already
_ELLIPSIS = "…"
_CLOSING = "”’」』）)"
# Each finds the last end in a range; what follows it must be there to be looked at, which tells 12,345 from 12, 345.
_LAST_SENTENCE = re.compile(rf"(?s).*(?:[。！？；][{_CLOSING}]*(?![{_CLOSING}])|\n|[.!?;](?=\s))(?=.)")
_LAST_CLAUSE = re.compile(r"(?s).*[，、：,:](?!\d)(?=.)")
_FIRST_SENTENCE = re.compile(_LAST_SENTENCE.pattern.replace(".*", ".*?", 1))
_CHARACTER = rf"[^\W{HAN}]"
_UNCUT = re.compile(rf"{_CHARACTER}(?:[.,:&@'/+_-]?{_CHARACTER})*[%‰+#]*")
_APART = "，。、；：“”\n "  # the commonest of what ends a number or a Latin word
_LONGEST = 64  # a longer run of Latin letters is cut like any text

_Window = tuple[int, int]


def snippets(article: Article, leaves: Sequence[Leaf]) -> tuple[Snippet, ...]:
    """Return up to two passages of an article, best first; the beginning of its text where nothing matches."""
    parts = (article.text, *article.captions)
    return passages(parts, locate(parts, leaves), [leaf.text for leaf in leaves])


def passages(parts: Sequence[str], found: Sequence[Sequence[Occurrence]], words: Sequence[str]) -> tuple[Snippet, ...]:
    """Cut up to two passages out of `parts` (body, then captions) around `found`, what locate found of `words`."""
    free = list(found)
    weights = [_NEW * len(word) for word in words]
    chosen: list[tuple[int, _Window]] = []
    while (densest := _densest(free, weights)) is not None:
        part, low, high = densest
        window = _bounds(parts[part], low, high, found[part], [taken for at, taken in chosen if at == part])
        chosen.append((part, window))
        if len(chosen) == _MOST:
            break
        free[part] = _outside(free[part], window, words, weights)
    if chosen:
        return tuple([_cut(parts[part], window, found[part]) for part, window in chosen])
    opening = next((text for text in parts if text.strip()), None)
    return () if opening is None else (_cut(opening, _bounds(opening, 0, 0, (), ()), ()),)


def _densest(free: Sequence[Sequence[Occurrence]], weights: Sequence[int]) -> tuple[int, int, int] | None:
    """Return part, start and end of the window with the weightiest different leaves, the narrowest of such."""
    most, width = 0, 0
    best: tuple[int, int, int] | None = None
    for part, places in enumerate(free):
        counts = [0] * len(weights)
        left = score = 0
        low, _, leaving = places[0] if places else (0, 0, 0)
        for right, (_, end, number) in enumerate(places):
            if not counts[number]:
                score += weights[number]
            counts[number] += 1
            while left < right and (counts[leaving] > 1 or end - low > _WIDTH):
                counts[leaving] -= 1
                if not counts[leaving]:
                    score -= weights[leaving]
                left += 1
                low, _, leaving = places[left]
            if score > most or (score == most and end - low < width):
                most, width, best = score, end - low, (part, low, end)
    return best


def _outside(
    places: Sequence[Occurrence], window: _Window, words: Sequence[str], weights: list[int]
) -> list[Occurrence]:
    """Return what a passage leaves free, and let the words that it shows weigh less."""
    start, end = window
    free: list[Occurrence] = []
    for place in places:
        if start <= place[0] < end:
            weights[place[2]] = len(words[place[2]])
        if place[1] <= start or place[0] >= end:
            free.append(place)
    return free


def _bounds(text: str, low: int, high: int, places: Sequence[Occurrence], taken: Sequence[_Window]) -> _Window:
    """Return where a passage around the matches from `low` to `high` begins and ends, clear of those taken."""
    low, high = _clear(text, low, 0), _clear(text, high, len(text))
    floor, ceiling = 0, len(text)
    for first, last in taken:
        if last <= low:
            floor = max(floor, last)
        if first >= high:
            ceiling = min(ceiling, first)
    start = _begin(text, low, max(floor, high - _WIDTH))
    end = _end(text, start, high, min(ceiling, start + _WIDTH))
    if end - start < _SHORT:
        start = _earliest(text, start, max(floor, end - _WIDTH))
    for first, last, _ in places:
        if first >= end:
            break
        if first < start < last:
            start = max(first, floor)
        if end < last:
            end = min(last, ceiling)
    return start, end


def _begin(text: str, low: int, floor: int) -> int:
    """Return the start of the sentence or, failing that, of the clause or word at which to begin before `low`."""
    if floor >= low:
        return low
    if (found := _LAST_SENTENCE.match(text, floor, low + 1)) is not None:
        return found.end()
    if floor == 0 or text[floor - 1] == "\n":
        return floor
    if (found := _LAST_CLAUSE.match(text, floor, low + 1)) is not None:
        return found.end()
    return _clear(text, max(floor, low - _WIDTH // 4), low)


def _end(text: str, start: int, high: int, ceiling: int) -> int:
    """Return the end of a sentence, clause or word at which to stop after `high`; of a line where that is enough."""
    enough = max(high, start + _SHORT)
    if ceiling >= len(text) or ceiling <= high:
        end = max(ceiling, high)
    else:
        found = _LAST_SENTENCE.match(text, enough, ceiling + 1) or _LAST_CLAUSE.match(text, enough, ceiling + 1)
        end = _clear(text, ceiling, high) if found is None else found.end()
    line = text.find("\n", enough, end)
    return end if line < 0 else line


def _earliest(text: str, start: int, floor: int) -> int:
    """Return the first start of a sentence between `floor` and `start`."""
    if floor == 0:
        return 0
    found = _FIRST_SENTENCE.match(text, floor, start + 1)
    return start if found is None else found.end()


def _clear(text: str, place: int, toward: int) -> int:
    """Move a cut out of the number or Latin word in which it falls, no farther than `toward`."""
    if not 0 < place < len(text):
        return place
    before, after = text[place - 1], text[place]
    # Nearly always one of the two is in no number and no Latin word; looking for these takes longer than all else here.
    if "\u4e00" <= before <= "\u9fff" or "\u4e00" <= after <= "\u9fff" or before in _APART or after in _APART:
        return place
    for match in _UNCUT.finditer(text, max(0, place - _LONGEST), place + _LONGEST):
        if match.start() < place < match.end():
            return min(match.end(), toward) if toward >= place else max(match.start(), toward)
    return place


def _cut(text: str, window: _Window, places: Sequence[Occurrence]) -> Snippet:
    """Return a passage with its spans and an ellipsis where text was left out."""
    start, end = window
    shown = text[start:end].lstrip()
    start = end - len(shown)
    shown = shown.rstrip()
    end = start + len(shown)
    # Nearly every text begins and ends with what is no space; looking at the rest of it would copy it.
    before = _ELLIPSIS if start > 0 and (not text[0].isspace() or text[:start].strip()) else ""
    after = _ELLIPSIS if end < len(text) and (not text[-1].isspace() or text[end:].strip()) else ""
    # A passage that begins or ends with …… says so itself.
    before, after = before * (not shown.startswith(_ELLIPSIS)), after * (not shown.endswith(_ELLIPSIS))
    offset = len(before) - start
    spans: list[Span] = []
    reached = -1
    for first, last, _ in places[bisect_left(places, (start,)) :]:
        if first >= end:
            break
        if last <= end:
            if first > reached:
                spans.append((first + offset, last + offset))
                reached = last
            elif last > reached:
                spans[-1] = (spans[-1][0], last + offset)
                reached = last
    return Snippet(before + shown.replace("\n", " ") + after, tuple(spans))
