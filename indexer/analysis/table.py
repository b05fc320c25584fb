"""What does each character fold to? The folding table, laid out as arrays once per process.

The table is data/fold.json, made by make_table.py.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "CODE",
    "Codes",
    "EXPANDS",
    "HAN_FLAG",
    "IDEOGRAPHS",
    "ODD",
    "Offsets",
    "REPLACEMENT",
    "SIGN",
    "SPACE",
    "Units",
    "WHITE",
    "han_units",
    "tables",
]

# numpy.typing would say the same shorter, but loading it takes a tenth of the time in which a search answers.
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Units = np.ndarray[Any, np.dtype[np.uint16]]
Offsets = np.ndarray[Any, np.dtype[np.intp]]

# 々, 〇, extension A, unified, compatibility, extensions B to F with their compatibility ones, extensions G and H
IDEOGRAPHS = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
    (0x30000, 0x323AF),
)
# A table entry is the folded code point, or the number of an expansion, with these flags above its 21 bits.
CODE = np.uint32(0x1FFFFF)
EXPANDS, SPACE, HAN_FLAG, SIGN = (np.uint32(1 << bit) for bit in (21, 22, 23, 24))
WHITE = "\t\n\v\f\r "
REPLACEMENT = 0xFFFD
ODD = 0xFFFF
"""What `han_units` holds where one unit does not tell to which Han characters it folds."""

_NO_HAN = 0xFFFE
_SURROGATES = slice(0xD800, 0xE000)
_SIGNS = '"()·、。〃〈〉《》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟'


class Tables(NamedTuple):
    """Hold the folding of every code point; `expansions` has a row per expansion, `lengths` its length."""

    entries: Codes
    expansions: Codes
    lengths: Offsets


@cache
def tables() -> Tables:
    """Load the folding table."""
    content = json.loads((Path(__file__).parent / "data" / "fold.json").read_text(encoding="utf-8"))
    entries = np.arange(0x110000, dtype=np.uint32)
    entries[_SURROGATES] = REPLACEMENT  # lone surrogates can be neither stored nor shown
    entries[_points(content["from"])] = _points(content["to"])
    flags = np.zeros(0x110000, np.uint32)
    flags[_points(WHITE)], flags[_points(_SIGNS)] = SPACE, SIGN
    for first, last in IDEOGRAPHS:
        flags[first : last + 1] = HAN_FLAG
    entries |= flags[entries]
    expansions = np.zeros((len(content["expansions"]), max(map(len, content["expansions"].values()))), np.uint32)
    for number, (char, folded) in enumerate(content["expansions"].items()):
        expansions[number, : len(folded)] = entries[_points(folded)]
        entries[ord(char)] = np.uint32(number) | EXPANDS
    lengths = np.array([len(folded) for folded in content["expansions"].values()], np.intp)
    return Tables(entries, expansions, lengths)


@cache
def han_units() -> Units:
    """Return u16 [65536]: to which unit each code point folds; 0 where it may stand between Han characters.

    What expands to no Han character is U+FFFE; what expands to one or is half of a character is ODD, and so is the
    last, which stands for all code points beyond.
    """
    entries, expansions, lengths = tables()
    entries = entries[: 1 << 16]
    units = (entries & CODE).astype(np.uint16)
    units[(entries & SPACE) != 0] = 0
    expanding = ((entries & EXPANDS) != 0).nonzero()[0]
    numbers = entries[expanding] & CODE
    has_han = ((expansions & HAN_FLAG) != 0).any(axis=1)[numbers]
    units[expanding] = np.where(has_han, ODD, np.where(lengths[numbers] == 0, 0, _NO_HAN))
    units[(entries & CODE) > 0xFFFF] = ODD
    units[_SURROGATES] = units[-1] = ODD
    return units


def _points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
