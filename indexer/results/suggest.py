"""What might somebody mean who has typed this much? Places, terms and titles, by characters, pinyin or initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from indexer.analysis.fold import match_text
from indexer.models import Suggestion
from indexer.results.lexicon import Lexicon
from indexer.results.sounds import matches

__all__ = ["complete"]

_PLACES = 3  # so many places at most, and so many titles at least, where there are as many
_TITLES = 3
_LONGEST = 64  # characters typed; what is longer completes to nothing
_TRIED = 800  # entries compared with mixed typing, the most frequent ones


def complete(
    lexicon: Lexicon, text: str, limit: int = 8, printed: Callable[[str], str] = str
) -> tuple[Suggestion, ...]:
    """Return up to `limit` completions of what was typed: places and terms, best fit first, then titles.

    `printed` tells how a term in match form is printed in the articles.
    """
    typed = match_text(text)
    if not typed or len(typed) > _LONGEST or limit < 1:
        return ()
    found = _words(lexicon, typed, limit)
    titles = [
        Suggestion(lexicon.titles.shown[number], "title", lexicon.titles.counts[number])
        for number in _titles(lexicon, typed, found, limit)
    ]
    # Places come first where they fit as well as terms do, and a few at most.
    places = [number for number in found if number in lexicon.places]
    spare = set(places[_PLACES:])
    room = limit - min(_TITLES, len(titles))
    words = [lexicon.entries[number] for number in found if number not in spare][:room]
    suggested = [
        Suggestion(lexicon.place_names[form] if kind == "place" else printed(form), kind, count)
        for form, kind, count in words
    ]
    return (*suggested, *titles)[:limit]


def _words(lexicon: Lexicon, typed: str, limit: int) -> list[int]:
    """Return the numbers of the words that fit, best fit first."""
    spelt = _spelt(typed)
    found = dict.fromkeys(_ranked(lexicon, typed, spelt, limit))
    if len(found) < limit:
        mixed = sorted(islice(_mixed(lexicon, spelt), limit), key=lambda number: number not in lexicon.places)
        found.update(dict.fromkeys(mixed))
    return list(found)


def _ranked(lexicon: Lexicon, typed: str, spelt: str, limit: int) -> Iterable[int]:
    """Yield words that are typed so or begin so, in characters, pinyin or initials; rare readings come last."""
    if typed in lexicon.numbers:
        yield lexicon.numbers[typed]
    groups = [lexicon.forms.beginning(typed)]
    if spelt.isascii():
        groups = [
            lexicon.sounds.exact(spelt) + lexicon.initials.exact(spelt),
            lexicon.forms.beginning(typed) + lexicon.sounds.beginning(spelt),
            lexicon.initials.beginning(spelt),
            lexicon.other_sounds.exact(spelt),
            lexicon.other_sounds.beginning(spelt),
        ]
    for numbers in groups:
        yield from lexicon.best(lexicon.places.intersection(numbers), _PLACES)
        yield from lexicon.best(numbers, limit + _PLACES)


def _mixed(lexicon: Lexicon, spelt: str) -> Iterable[int]:
    """Yield words for typing that mixes characters, syllables and initials."""
    first = spelt[:1]
    numbers = lexicon.initials.beginning(first) if first.isascii() else lexicon.forms.beginning(first)
    tried = lexicon.best(numbers, _TRIED)
    return (number for number in tried if matches(spelt, lexicon.entries[number].form))


def _titles(lexicon: Lexicon, typed: str, words: list[int], limit: int) -> list[int]:
    """Return the numbers of titles: with what was typed in them, spelt so, or with the best words that fit."""
    titles = lexicon.titles
    found = dict.fromkeys(titles.containing(typed, limit))
    spelt = _spelt(typed)
    if spelt.isascii() and len(spelt) > 1:
        found.update(dict.fromkeys(titles.sounding(spelt, limit)))
        for number in words[:_TITLES]:
            if len(found) < limit:
                found.update(dict.fromkeys(titles.containing(lexicon.entries[number].form, limit)))
    return list(found)[:limit]


def _spelt(typed: str) -> str:
    """Return typing as pinyin is compared: without apostrophes and spaces, ü as v."""
    return typed.replace("'", "").replace(" ", "").replace("ü", "v")
