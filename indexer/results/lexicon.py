"""Which words, places and titles does an index offer, by their characters and by their sound? Sorted keys for both.

Words are in match form; how one is printed is the caller's matter. Each list is made when it is first needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from indexer.analysis.fold import match_text
from indexer.models import UNKNOWN
from indexer.results.sounds import initials, others, spelling

__all__ = ["Entry", "Keys", "Lexicon", "Titles"]

_LAST = "\U0010ffff"
_TITLE_SOUND = 12  # characters of a title that can be typed in pinyin


class Entry(NamedTuple):
    """Hold a word in match form, its kind (place or term) and the number of articles that have it."""

    form: str
    kind: str
    articles: int


class Keys:
    """Find numbers by a key or the beginning of one."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self._keys = [key for key, _ in ordered]
        self._numbers = [number for _, number in ordered]

    def exact(self, key: str) -> list[int]:
        """Return the numbers of a key."""
        return self._range(key, key + "\0")

    def beginning(self, prefix: str) -> list[int]:
        """Return the numbers of all keys that begin so."""
        return self._range(prefix, prefix + _LAST)

    def _range(self, low: str, high: str) -> list[int]:
        return self._numbers[bisect_left(self._keys, low) : bisect_left(self._keys, high)]


class Titles:
    """Find titles by a part of them, or by the pinyin of their beginning."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        counts = Counter(title for _, title in titles)
        self.shown = tuple(counts)
        self.counts = tuple(counts.values())
        forms = [match_text(title).replace("\n", " ") for title in self.shown]
        self._starts: list[int] = []
        place = 1
        for form in forms:
            self._starts.append(place)
            place += len(form) + 1
        self._text = "\n" + "\n".join(forms) + "\n"
        self._forms = forms

    def containing(self, text: str, most: int) -> list[int]:
        """Return up to `most` titles with a text in them, those that begin with it first."""
        if not text:
            return []
        found = dict.fromkeys(self._places("\n" + text, most))
        if len(found) < most:
            found.update(dict.fromkeys(self._places(text, most)))
        return list(found)[:most]

    def sounding(self, typed: str, most: int) -> list[int]:
        """Return up to `most` titles whose pinyin or initials begin so."""
        return sorted(set(self._sounds.beginning(typed)))[:most]

    def _places(self, text: str, most: int) -> Iterator[int]:
        place = self._text.find(text)
        while place >= 0 and most:
            number = bisect_left(self._starts, place + 2) - 1
            yield number
            most -= 1
            place = self._text.find(text, place + len(text))

    @cached_property
    def _sounds(self) -> Keys:
        pairs = []
        for number, form in enumerate(self._forms):
            beginning = form[:_TITLE_SOUND]
            pairs += [(spelling(beginning), number), (initials(beginning), number)]
        return Keys(pairs)


class Lexicon:
    """Hold what an index can suggest; entries are numbered by rank, those with most articles first."""

    def __init__(
        self, vocabulary: Sequence[tuple[str, int]], titles: Iterable[tuple[str, str]], cities: Mapping[str, int]
    ) -> None:
        """Take the most frequent terms in their order, (id, title) pairs, and the articles of each raw city value."""
        places = _place_counts(cities)
        terms = (Entry(form, "term", count) for form, count in vocabulary if form not in places)
        found = [*(Entry(form, "place", count) for form, count in places.items()), *terms]
        self.entries: Sequence[Entry] = sorted(found, key=lambda entry: -entry.articles)
        self.place_names = {match_text(name): name for path in cities for name in path.split("/")}
        self.numbers = {entry.form: number for number, entry in enumerate(self.entries)}
        self.places = frozenset(number for number, entry in enumerate(self.entries) if entry.kind == "place")
        self._titles = tuple(titles)

    def best(self, numbers: Iterable[int], most: int) -> list[int]:
        """Return the highest ranks among entry numbers."""
        return nsmallest(most, set(numbers))

    def prepare(self) -> None:
        """Make the lists that corrections look words up in, for which a large index takes a second or two."""
        _ = self.sounds, self.other_sounds, self.forms, self.endings

    @cached_property
    def titles(self) -> Titles:
        """Return the titles."""
        return Titles(self._titles)

    @cached_property
    def forms(self) -> Keys:
        """Return the entries by their characters."""
        return Keys((entry.form, number) for number, entry in enumerate(self.entries))

    @cached_property
    def endings(self) -> Keys:
        """Return the entries by their characters in reverse."""
        return Keys((entry.form[::-1], number) for number, entry in enumerate(self.entries))

    @cached_property
    def sounds(self) -> Keys:
        """Return the entries by their pinyin."""
        return Keys((spelling(entry.form), number) for number, entry in enumerate(self.entries))

    @cached_property
    def initials(self) -> Keys:
        """Return the entries by the first letters of their pinyin."""
        return Keys((initials(entry.form), number) for number, entry in enumerate(self.entries))

    @cached_property
    def other_sounds(self) -> Keys:
        """Return the entries by pinyin and initials with a less common reading, which are right for few words."""
        return Keys((key, number) for number, entry in enumerate(self.entries) for key in others(entry.form))


def _place_counts(cities: Mapping[str, int]) -> dict[str, int]:
    """Return for every place name, whatever its level, the articles of all places so named and of what lies in them."""
    counts: Counter[str] = Counter()
    for path, count in cities.items():
        if path != UNKNOWN:
            for name in dict.fromkeys(path.split("/")):
                counts[match_text(name)] += count
    return dict(counts)
