"""How is a word typed in pinyin? Its syllables without tones, every common reading of every character.

Pinyin serves suggestions and did-you-mean only; matching knows nothing of it.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import Any

from indexer.analysis.fold import is_han

__all__ = ["initials", "matches", "others", "readings", "spelling"]

_READINGS = 3  # of one character


@lru_cache(1 << 15)
def readings(char: str) -> tuple[str, ...]:
    """Return the syllables of a folded character, commonest first (ü as v); a letter or digit is its own."""
    if is_han(char):
        found = _pypinyin().pinyin(char, style=_pypinyin().Style.NORMAL, heteronym=True, errors="ignore")
        return tuple(found[0][:_READINGS]) if found else ()
    return (char,) if char.isalnum() else ()


def spelling(word: str) -> str:
    """Return how a word is spelt, every character in its commonest reading: zhongqing for 重庆."""
    return "".join(map(_syllable, word))


def initials(word: str) -> str:
    """Return the first letters of the spelling of a word."""
    return "".join(map(_initial, word))


def others(word: str) -> list[str]:
    """Return the spellings and initials with another reading of one character: chongqing and cq for 重庆.

    One at a time, so that their number grows with the length of the word and not exponentially.
    """
    choices = [found for char in word if (found := readings(char))]
    common = [found[0] for found in choices]
    changed = (
        [*common[:place], other, *common[place + 1 :]] for place, found in enumerate(choices) for other in found[1:]
    )
    return [key for syllables in changed for key in ("".join(syllables), "".join(part[0] for part in syllables))]


def matches(typed: str, word: str) -> bool:
    """Tell whether typed characters, syllables and beginnings of syllables begin a word: 光f, gfu, guangf for 光伏."""
    if not typed:
        return True
    if not word:
        return False
    if typed[0] == word[0] and matches(typed[1:], word[1:]):
        return True
    for reading in readings(word[0])[:1]:
        for length in range(1, len(reading) + 1):
            if not typed.startswith(reading[:length]):
                break
            if matches(typed[length:], word[1:]):
                return True
    return not word[0].isalnum() and matches(typed, word[1:])


@lru_cache(1 << 15)
def _syllable(char: str) -> str:
    return next(iter(readings(char)), "")


@lru_cache(1 << 15)
def _initial(char: str) -> str:
    return _syllable(char)[:1]


@lru_cache(1)
def _pypinyin() -> Any:
    """Import pypinyin without its dictionary of phrases: single characters need none, and it takes half a second."""
    switch = "PYPINYIN_NO_PHRASES"
    before = os.environ.get(switch)
    if "pypinyin" not in sys.modules:
        os.environ[switch] = "true"
    try:
        import pypinyin
    finally:
        if before is None:
            os.environ.pop(switch, None)
        else:
            os.environ[switch] = before
    return pypinyin
