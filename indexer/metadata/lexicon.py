"""Where in a text do words of a large list stand?

One dictionary look-up per character: an alternation of some thousand words in `re` would try them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

__all__ = ["Lexicon"]

Value = TypeVar("Value")


class Lexicon(Generic[Value]):
    """Find words of two or more characters; each has a value."""

    def __init__(self, words: Mapping[str, Value]) -> None:
        heads: dict[str, list[str]] = {}
        for word in words:
            heads.setdefault(word[:2], []).append(word)
        self._heads = {
            head: tuple((word, words[word]) for word in sorted(same, key=len, reverse=True))
            for head, same in heads.items()
        }

    def starts(self, text: str, start: int = 0) -> list[int]:
        """Return the offsets at which some word may begin."""
        heads = self._heads
        return [at for at in range(start, len(text) - 1) if text[at : at + 2] in heads]

    def at(self, text: str, start: int) -> Iterator[tuple[str, Value]]:
        """Yield the words that stand at one of `starts`, longest first, with their values."""
        for word, value in self._heads[text[start : start + 2]]:
            if text.startswith(word, start):
                yield word, value

    def values(self, text: str, start: int = 0) -> Iterator[Value]:
        """Yield the values of the words of a text in order; the longest word wins, words do not overlap."""
        end = start
        for at in self.starts(text, start):
            if at >= end:
                for word, value in self.at(text, at):
                    end = at + len(word)
                    yield value
                    break
