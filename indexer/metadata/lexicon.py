"""Where in a text do words of a large list stand?

An alternation of some thousand words in `re` would try them one by one at every character. Here a table tells for all
characters at once whether some word may begin there with this pair of characters; only then are words compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Lexicon"]

Value = TypeVar("Value")

# Pairs are hashed into 2^18 places: a few thousand of them let hardly any wrong pair through, and `at` refuses those.
_PLACES = 1 << 18
_FACTOR, _MASK = np.uint32(40_503), np.uint32(_PLACES - 1)


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
        self._known = np.zeros(_PLACES, np.bool_)
        self._known[_pairs("".join(heads))[::2]] = True

    def starts(self, text: str, start: int = 0) -> list[int]:
        """Return the offsets at which some word may begin."""
        found = self._known.take(_pairs(text)).nonzero()[0]
        offsets: list[int] = (found[found.searchsorted(start) :] if start else found).tolist()
        return offsets

    def at(self, text: str, start: int) -> list[tuple[str, Value]]:
        """Return the words that stand at one of `starts`, longest first, with their values."""
        return [entry for entry in self._heads.get(text[start : start + 2], ()) if text.startswith(entry[0], start)]

    def values(self, text: str, start: int = 0) -> Iterator[Value]:
        """Yield the values of the words of a text in order; the longest word wins, words do not overlap."""
        end = start
        for at in self.starts(text, start):
            if at < end:
                continue
            for word, value in self._heads.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    end = at + len(word)
                    yield value
                    break


@lru_cache(maxsize=1)  # several lexicons are asked about one text
def _pairs(text: str) -> npt.NDArray[np.uint32]:
    """Return for each character but the last where its pair with the next one stands in the table."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    pairs = codes[:-1] * _FACTOR
    pairs += codes[1:]
    pairs &= _MASK
    return pairs
