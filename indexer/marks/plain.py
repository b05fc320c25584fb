"""How are half- and full-width, simplified and traditional forms made the same without moving an offset?"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.analysis.fold import fold_text

__all__ = ["narrow", "plain", "simplified"]

_WIDE = "（）：∶／［］｜，；．　\u00a0" + "".join(chr(c) for c in range(0xFF10, 0xFF1A))
_PAIRS = tuple(zip(_WIDE, "()::/[]|,;.  " + "0123456789", strict=True))


class _Table(NamedTuple):
    """Hold what each traditional character is in simplified writing, and a pattern that finds any of them."""

    characters: dict[int, str]
    any: re.Pattern[str]


@lru_cache(maxsize=512)  # the functions that read marks look at one line in turn
def plain(text: str) -> str:
    """Give a copy of equal length to match on: narrow, and in simplified characters."""
    return simplified(narrow(text))


@lru_cache(maxsize=512)
def narrow(text: str) -> str:
    """Give a copy of equal length with half-width digits, brackets, colons, commas and spaces, to cut values from."""
    # A replacement that finds nothing is a search in C; str.translate looks up every character.
    for wide, half in _PAIRS:
        text = text.replace(wide, half)
    return text


def simplified(text: str) -> str:
    """Give a copy of equal length in simplified characters."""
    table = _table()
    return text.translate(table.characters) if table.any.search(text) else text


@cache
def _table() -> _Table:
    unified = [chr(code) for code in range(0x4E00, 0xA000)]
    folded = zip(unified, fold_text("\n".join(unified)).split("\n"), strict=True)
    changed = {ord(char): other for char, other in folded if char != other and len(other) == 1}
    return _Table(changed, re.compile(f"[{''.join(map(chr, changed))}]"))
