"""Where does a query match in a text? As spans of the text shown, found in its match form.

A word with Han characters is marked wherever its characters stand, as it is found; one without is marked as a whole
word, or, where the text has no such word, wherever it stands; a prefix is marked to the end of its word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis.analyzer import explain, spellings
from indexer.analysis.fold import HAN, Folded, find_han, match_form
from indexer.models import Article, Span
from indexer.query.syntax import Leaf, Phrase, Prefix, Term

__all__ = ["Highlights", "Occurrence", "highlight", "locate", "merge", "spans"]

Occurrence = tuple[int, int, int]
"""Start and end in a text, and the number of the leaf that stands there."""

_BORDER = "\ue000"  # stands between texts that are folded together; a private character that no query holds
_HAS_HAN = re.compile(f"[{HAN}]")
_ALL_HAN = re.compile(f"[{HAN}]+")
_STOPS = "。！？；"  # no word goes on beyond these
_STOP = re.compile(f"[{_STOPS}]")
_LETTER = rf"(?![{HAN}])[^\W\d_]"
# As the analyzer has it: the parts of a mixed word are words too (hiku of 210HiKu7), but 24 is none of 24.38.
_BEFORE = {"letter": rf"(?<!{_LETTER})", "digit": r"(?<!\d)(?<!\d[.,])", "other": ""}
_AFTER = {"letter": rf"(?!{_LETTER})", "digit": r"(?!\d)(?![.,]\d)", "other": ""}
# A single character is no part: r and d are no words of r&d.
_ALONE = (rf"(?<![^\W{HAN}])(?<![^\W{HAN}][.&@'/_-])", rf"(?![^\W{HAN}])(?![.&@'/_-][^\W{HAN}])")


@dataclass(frozen=True, slots=True)
class Highlights:
    """Hold the spans of a query in each part of one article; `captions` has one tuple per caption."""

    title: tuple[Span, ...] = ()
    kicker: tuple[Span, ...] = ()
    subtitle: tuple[Span, ...] = ()
    text: tuple[Span, ...] = ()
    captions: tuple[tuple[Span, ...], ...] = ()

    def count(self) -> int:
        """Return the number of spans in all parts."""
        parts = (self.title, self.kicker, self.subtitle, self.text, *self.captions)
        return sum(map(len, parts))


def highlight(article: Article, leaves: Sequence[Leaf]) -> Highlights:
    """Return where a query's leaves match in an article, each leaf only in the parts that it asks for."""
    named = [article.title or "", article.kicker or "", article.subtitle or "", article.text]
    found = [merge(places) for places in locate([*named, *article.captions], leaves, titles=frozenset({0}))]
    return Highlights(found[0], found[1], found[2], found[3], tuple(found[4:]))


def spans(text: str, leaves: Sequence[Leaf]) -> tuple[Span, ...]:
    """Return where any of the leaves match in `text`: sorted (start, end) offsets that neither overlap nor touch."""
    return merge(_occurrences(text, leaves))


def locate(
    parts: Sequence[str], leaves: Sequence[Leaf], titles: Collection[int] = frozenset(), most: int | None = None
) -> list[list[Occurrence]]:
    """Return for each text every match of every leaf, sorted by place; matches of different leaves may overlap.

    `titles` holds the numbers of the texts that are titles: the only ones in which a leaf of the field title matches.
    Of a text longer than `most` characters only so many are looked at, from its first match on.
    All texts are folded at one go, which costs a fraction of folding each.
    """
    if most is not None and any(len(part) > most for part in parts):
        stretches = [_stretch(part, leaves, most) for part in parts]
        seen = [part[start : start + most] for part, start in zip(parts, stretches, strict=True)]
        found = locate(seen, leaves, titles)
        return [
            [(first + start, last + start, number) for first, last, number in places]
            for places, start in zip(found, stretches, strict=True)
        ]
    located: list[list[Occurrence]] = [[] for _ in parts]
    part, begin = 0, 0
    end = len(parts[0]) if parts else 0
    for first, last, number in _occurrences(_BORDER.join(parts), leaves):
        while first > end:
            part, begin = part + 1, end + 1
            end = begin + len(parts[part])
        if last <= end:
            located[part].append((first - begin, last - begin, number))
    if any(leaf.field for leaf in leaves):
        return [_asked_for(places, leaves, number in titles) for number, places in enumerate(located)]
    return located


def _asked_for(places: Iterable[Occurrence], leaves: Sequence[Leaf], is_title: bool) -> list[Occurrence]:
    """Return the places of leaves that ask for any part, and in a title for titles."""
    fields = (None, "title") if is_title else (None,)
    return [place for place in places if leaves[place[2]].field in fields]


def _stretch(text: str, leaves: Sequence[Leaf], most: int) -> int:
    """Return where to begin in a text of which at most so many characters are looked at."""
    if len(text) <= most:
        return 0
    form = match_form(text)
    places = [place for leaf in leaves if (place := form.text.find(leaf.text)) >= 0]
    first = form.span(min(places), min(places) + 1)[0] if places else 0
    return max(text.rfind("\n", max(first - most // 2, 0), first) + 1, first - most // 2, 0)


def merge(places: Iterable[Occurrence]) -> tuple[Span, ...]:
    """Join places, sorted by start, that overlap or touch."""
    merged: list[Span] = []
    for start, end, _ in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _occurrences(text: str, leaves: Sequence[Leaf]) -> list[Occurrence]:
    """Return every match of every leaf, sorted by place, in offsets of the original text."""
    if not text or not leaves:
        return []
    plain = find_han(text, [leaf.text for leaf in leaves]) if all(map(_is_han, leaves)) else None
    if plain is not None:
        return plain
    form = match_form(text)
    starts: Sequence[int] = range(form.length) if form.starts is None else form.starts
    found: list[Occurrence] = []
    prefixes = [(number, leaf.text) for number, leaf in enumerate(leaves) if isinstance(leaf, Prefix)]
    for number, leaf in enumerate(leaves):
        if not isinstance(leaf, Prefix):
            found += [(starts[start], starts[end - 1] + 1, number) for start, end in _places(form.text, leaf)]
    for term, start, end in _words_with(text, form, [prefix for _, prefix in prefixes]):
        found += ((start, end, number) for number, prefix in prefixes if term.startswith(prefix))
    found.sort()
    return found


def _is_han(leaf: Leaf) -> bool:
    """Tell whether a leaf stands wherever its characters do, and these are all Han."""
    return _ALL_HAN.fullmatch(leaf.text) is not None and not isinstance(leaf, Prefix)


def _words_with(text: str, form: Folded, prefixes: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) for sentences with a prefix in them; to cut all of a long text takes long."""
    starts = {start for prefix in prefixes for start, _ in _find(form.text, prefix)}
    done = 0
    for place in sorted(form.span(start, start + 1)[0] for start in starts):
        if place >= done:
            begin = max(done, *(text.rfind(mark, done, place) + 1 for mark in _STOPS))
            stop = _STOP.search(text, place)
            done = stop.end() if stop else len(text)
            yield from ((term, begin + start, begin + end) for term, _, start, end in explain(text[begin:done]))


def _places(text: str, leaf: Term | Phrase) -> list[Span]:
    """Return where one leaf stands in a text in match form."""
    if isinstance(leaf, Phrase):
        return _find(text, leaf.text)
    found = [place for spelling in spellings(leaf.text) for place in _find(text, spelling)]
    if _HAS_HAN.search(leaf.text):
        return found
    return [(start, end) for start, end in found if _word_pattern(text[start:end]).match(text, start)] or found


def _find(text: str, wanted: str) -> list[Span]:
    """Return where a string stands, also where it overlaps itself."""
    found: list[Span] = []
    length = len(wanted)
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        found.append((start, start + length))
        start = text.find(wanted, start + 1)
    return found


@lru_cache(1024)
def _word_pattern(word: str) -> re.Pattern[str]:
    """Return a pattern that matches where a word without Han characters begins as a word of its own."""
    if len(word) == 1:
        return re.compile(_ALONE[0] + re.escape(word) + _ALONE[1])
    return re.compile(_BEFORE[_kind(word[0])] + re.escape(word) + _AFTER[_kind(word[-1])])


def _kind(char: str) -> str:
    if char.isdecimal():
        return "digit"
    return "letter" if char.isalpha() else "other"
