"""How are half- and full-width forms made the same without moving an offset?"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["plain"]

_WIDE = "（）：／［］｜，；．　\u00a0" + "".join(chr(c) for c in range(0xFF10, 0xFF1A))
_PAIRS = tuple(zip(_WIDE, "():/[]|,;.  " + "0123456789", strict=True))


@lru_cache(maxsize=512)  # the functions that read marks look at one line in turn
def plain(text: str) -> str:
    """Give a copy of equal length with half-width digits, brackets, colons, commas and spaces."""
    # A replacement that finds nothing is a search in C; str.translate looks up every character.
    for wide, half in _PAIRS:
        text = text.replace(wide, half)
    return text
