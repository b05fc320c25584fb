"""In which form is text matched? Folded character by character, each one knowing its place in the original.

Folding joins traditional and simplified, full and half width, upper and lower case, and the variants of quotes, dashes
and spaces. It looks at no neighbours, so fold(a + b) == fold(a) + fold(b), and folding twice is folding once. The
folded form is for matching only: 后 and 後 are one there, and nobody is to see it. The table is data/fold.json, made by
make_table.py. Work is done on arrays of code points, because every text passes here on its way into the index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "BORDER",
    "Codes",
    "Folded",
    "HAN",
    "Mask",
    "Offsets",
    "blank_mask",
    "fold",
    "fold_text",
    "han_mask",
    "is_han",
    "match_codes",
    "match_form",
    "match_joined",
    "match_text",
    "match_units",
    "text_of",
    "units_of",
    "wide_mask",
]

# numpy.typing would say the same shorter, but loading it takes a tenth of the time in which a search answers.
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Units = np.ndarray[Any, np.dtype[np.uint16]]
Offsets = np.ndarray[Any, np.dtype[np.intp]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

# 々, 〇, extension A, unified, compatibility, extensions B to F with their compatibility ones, extensions G and H
_IDEOGRAPHS = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
    (0x30000, 0x323AF),
)
BORDER = "\0"
"""What follows each of several texts that match_joined has folded."""

HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in _IDEOGRAPHS)
"""Han characters as the inside of a regular expression's character class."""

# A table entry is the folded code point, or the number of an expansion, with these flags above its 21 bits.
_CODE = np.uint32(0x1FFFFF)
_EXPANDS, _SPACE, _HAN, _SIGN = (np.uint32(1 << bit) for bit in (21, 22, 23, 24))
_WHITE = "\t\n\v\f\r "
_SIGNS = '"()·、。〃〈〉《》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟'
_RUN = re.compile(f"[{_WHITE}]+")
_DROPPED = re.compile(rf"\A[{_WHITE}]+|[{_WHITE}]+\Z|(?<=[{HAN}])[{_WHITE}]+(?=[{HAN}])")
_SHORT = 64  # characters up to which a text is folded one by one
_REMEMBERED = 1 << 14  # characters of which that is remembered
_REPLACEMENT = 0xFFFD
_JOINT = "\udfff"  # follows each of several texts that are folded at one go: no text may keep half a surrogate pair


class _Tables(NamedTuple):
    """Hold the folding of every code point; `expansions` has a row per expansion, `lengths` its length."""

    entries: Codes
    expansions: Codes
    lengths: Offsets


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text and its map: starts[i] is the original offset of character i; None stands for identity.

    `length` is the length of the original in characters.
    """

    text: str
    starts: Sequence[int] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest range of the original that covers the range `start` to `end` of `text`."""
        if self.starts is None:
            return start, end
        if start < end:
            return self.starts[start], self.starts[end - 1] + 1
        place = self.starts[start] if start < len(self.starts) else self.length
        return place, place


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character (ideograph, 々 or 〇)."""
    return bool(_tables().entries[ord(char)] & _HAN) if len(char) == 1 else False


def fold(text: str) -> Folded:
    """Fold a text and keep the map to the original."""
    entries, starts = _fold(text)
    return Folded(_decode(entries & _CODE), None if starts is None else starts.data, len(text))


def fold_text(text: str) -> str:
    """Return fold(text).text, without the map."""
    return _decode(_fold(text)[0] & _CODE)


def match_form(text: str) -> Folded:
    """Fold a text, drop white space between Han characters and at both ends, make other runs one space each."""
    entries, starts = _fold(text)
    kept, entries = _squeeze(entries)
    if kept is not None:
        starts = kept if starts is None else starts.take(kept)
    return Folded(_decode(entries & _CODE), None if starts is None else starts.data, len(text))


def match_text(text: str) -> str:
    """Return match_form(text).text, without the map."""
    if len(text) <= _SHORT:
        folded = text.translate(_folded)
        return _RUN.sub(" ", _DROPPED.sub("", folded)) if _RUN.search(folded) else folded
    return text_of(match_codes(text))


def match_units(text: str) -> Units:
    """Return match_form(text).text as UTF-16 code units."""
    return units_of(match_codes(text))


def match_codes(text: str) -> Codes:
    """Return match_form(text).text as flagged code points, for text_of, units_of and scripts."""
    return _squeeze(_fold(text)[0])[1]


def match_joined(texts: Sequence[str]) -> Codes:
    """Return what match_codes returns for each of many texts, each followed by one 0, with the work of one."""
    if any(_JOINT in text for text in texts):
        texts = [text.replace(_JOINT, chr(_REPLACEMENT)) for text in texts]
    return _squeeze(_fold(_JOINT.join((*texts, "")), joined=True)[0], joined=True)[1]


def text_of(codes: Codes) -> str:
    """Return what match_codes returned as text."""
    return _decode(codes & _CODE)


def units_of(codes: Codes) -> Units:
    """Return what match_codes returned as UTF-16 code units."""
    points = codes & _CODE
    if points.size and int(points.max()) > 0xFFFF:
        return np.frombuffer(_decode(points).encode("utf-16-le"), np.dtype("<u2"))
    return points.astype(np.uint16)


def han_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned are Han characters."""
    han: Mask = (codes & _HAN) != 0
    return han


def blank_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned are white space or signs that join nothing."""
    blank: Mask = (codes & (_SPACE | _SIGN)) != 0
    return blank


def wide_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned have two UTF-16 code units."""
    wide: Mask = (codes & _CODE) > 0xFFFF
    return wide


def _fold(text: str, *, joined: bool = False) -> tuple[Codes, Offsets | None]:
    """Return the table entries of a text with expansions filled in, and their origins where they have shifted.

    Where texts are `joined`, 0 stands for each border; it is the entry of no character.
    """
    tables = _tables()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    # take() is twice as fast as an index, and so is nonzero() on booleans.
    entries = tables.entries.take(points)
    if joined:
        entries[points == ord(_JOINT)] = 0
    expanding = ((entries & _EXPANDS) != 0).nonzero()[0]
    if not expanding.size:
        return entries, None
    return _expanded(tables, entries, expanding)


def _expanded(tables: _Tables, entries: Codes, expanding: Offsets) -> tuple[Codes, Offsets]:
    """Fill in expansions, which are few, where the entries `expanding` stand."""
    numbers = entries[expanding] & _CODE
    lengths = tables.lengths[numbers]
    repeats = np.ones(entries.size, np.intp)
    repeats[expanding] = lengths
    starts = np.repeat(np.arange(entries.size), repeats)
    filled = entries.take(starts)
    places = expanding + lengths.cumsum() - lengths - np.arange(expanding.size)
    for inside in range(int(lengths.max())):
        long = lengths > inside
        filled[places[long] + inside] = tables.expansions[numbers[long], inside]
    return filled, starts


def _squeeze(entries: Codes, *, joined: bool = False) -> tuple[Offsets | None, Codes]:
    """Apply the rules for white space; return which entries are left (None: all) and the entries.

    Where texts are `joined`, 0 ends one.
    """
    spaces = ((entries & _SPACE) != 0).nonzero()[0]
    if not spaces.size:
        return None, entries
    borders = (spaces[1:] - spaces[:-1] != 1).nonzero()[0]
    starts = spaces[np.concatenate(([0], borders + 1))]
    ends = spaces[np.concatenate((borders, [-1]))] + 1
    inner = (starts > 0) & (ends < entries.size)
    before, after = entries[starts - 1], entries.take(ends, mode="clip")
    inner &= ((before & after) & _HAN) == 0
    if joined:
        inner &= (before != 0) & (after != 0)
    keep = np.ones(entries.size, np.bool_)
    keep[spaces] = False
    joints = starts[inner]
    keep[joints] = True
    kept = keep.nonzero()[0]
    squeezed = entries.take(kept)
    # What is kept of white space is one space each, whatever it was.
    squeezed[kept.searchsorted(joints)] = np.uint32(0x20) | _SPACE
    return kept, squeezed


def _decode(codes: Codes) -> str:
    """Return code points as text."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


class _Characters(dict[int, str]):
    """Hold the folded form of characters met in short texts, which str.translate folds faster than arrays do."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        entry = int(_tables().entries[code])
        folded = self[code] = fold_text(chr(code)) if entry & int(_EXPANDS) else chr(entry & int(_CODE))
        return folded


_folded = _Characters()


@cache
def _tables() -> _Tables:
    """Load the folding table and lay it out as arrays, once per process."""
    content = json.loads((Path(__file__).parent / "data" / "fold.json").read_text(encoding="utf-8"))
    entries = np.arange(0x110000, dtype=np.uint32)
    entries[0xD800:0xE000] = _REPLACEMENT  # lone surrogates can be neither stored nor shown
    entries[_points(content["from"])] = _points(content["to"])
    flags = np.zeros(0x110000, np.uint32)
    flags[_points(_WHITE)], flags[_points(_SIGNS)] = _SPACE, _SIGN
    for first, last in _IDEOGRAPHS:
        flags[first : last + 1] = _HAN
    entries |= flags[entries]
    expansions = np.zeros((len(content["expansions"]), max(map(len, content["expansions"].values()))), np.uint32)
    for number, (char, folded) in enumerate(content["expansions"].items()):
        expansions[number, : len(folded)] = entries[_points(folded)]
        entries[ord(char)] = np.uint32(number) | _EXPANDS
    lengths = np.array([len(folded) for folded in content["expansions"].values()], np.intp)
    return _Tables(entries, expansions, lengths)


def _points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
