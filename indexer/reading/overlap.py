"""How many of a line's words come again in a text, and where is a word broken?"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from indexer.marks.plain import simplified

__all__ = ["PAIRS_FILE", "breaks_a_word", "share", "word_pairs"]

PAIRS_FILE = Path(__file__).parent / "data" / "word_pairs.txt"
_PAIRS = frozenset(PAIRS_FILE.read_text(encoding="utf-8").split())


def word_pairs(text: str) -> set[str]:
    """Give the pairs of neighbouring characters of a text that hold no punctuation and no space."""
    return {left + right for left, right in pairwise(text) if left.isalnum() and right.isalnum()}


def share(line: str, text: str) -> float:
    """Measure which part of a line's pairs a text has, from 0 to 1."""
    pairs = word_pairs(line)
    return sum(pair in text for pair in pairs) / (len(pairs) or 1)


def breaks_a_word(left: str, right: str) -> bool:
    """Tell whether the characters at a break mostly stand inside of one word: `经|济`, `发|展`."""
    return simplified(left[-1:] + right[:1]) in _PAIRS
