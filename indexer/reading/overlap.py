"""How many of a line's words come again in a text?"""

from __future__ import annotations

from itertools import pairwise

__all__ = ["share", "word_pairs"]


def word_pairs(text: str) -> set[str]:
    """Give the pairs of neighbouring characters of a text that hold no punctuation and no space."""
    return {left + right for left, right in pairwise(text) if left.isalnum() and right.isalnum()}


def share(line: str, text: str) -> float:
    """Measure which part of a line's pairs a text has, from 0 to 1."""
    pairs = word_pairs(line)
    return sum(pair in text for pair in pairs) / (len(pairs) or 1)
