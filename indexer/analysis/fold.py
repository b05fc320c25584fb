"""In which form is text matched? Folded character by character, each one knowing its place in the original.

Folding joins traditional and simplified, full and half width, upper and lower case, and the variants of quotes, dashes
and spaces. It looks at no neighbours, so fold(a + b) == fold(a) + fold(b), and folding twice is folding once. The
folded form is for matching only: 后 and 後 are one there, and nobody is to see it. Work is done on arrays of code
points, because every text passes here on its way into the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from indexer.analysis.table import (
    CODE,
    EXPANDS,
    HAN_FLAG,
    IDEOGRAPHS,
    ODD,
    REPLACEMENT,
    SIGN,
    SPACE,
    WHITE,
    Codes,
    Offsets,
    Tables,
    Units,
    han_units,
    tables,
)

__all__ = [
    "BORDER",
    "Codes",
    "Folded",
    "HAN",
    "Mask",
    "Offsets",
    "blank_mask",
    "find_han",
    "fold",
    "fold_text",
    "han_mask",
    "is_han",
    "longest_form",
    "match_codes",
    "match_form",
    "match_joined",
    "match_text",
    "match_units",
    "text_of",
    "units_of",
    "wide_mask",
]

Mask = np.ndarray[Any, np.dtype[np.bool_]]

BORDER = "\0"
"""What follows each of several texts that match_joined has folded."""

HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in IDEOGRAPHS)
"""Han characters as the inside of a regular expression's character class."""

_RUN = re.compile(f"[{WHITE}]+")
_DROPPED = re.compile(rf"\A[{WHITE}]+|[{WHITE}]+\Z|(?<=[{HAN}])[{WHITE}]+(?=[{HAN}])")
_SHORT = 64  # characters up to which a text is folded one by one
_REMEMBERED = 1 << 14  # characters of which that is remembered
_JOINT = "\udfff"  # follows each of several texts that are folded at one go: no text may keep half a surrogate pair


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


@lru_cache(_REMEMBERED)
def is_han(char: str) -> bool:
    """Tell whether a character is a Han character (ideograph, 々 or 〇)."""
    return bool(tables().entries[ord(char)] & HAN_FLAG) if len(char) == 1 else False


@cache
def longest_form() -> int:
    """Return how many UTF-16 code units the match form of one character has at most."""
    table = tables()
    return max(int((table.lengths + wide_mask(table.expansions).sum(axis=1)).max()), 2)


def fold(text: str) -> Folded:
    """Fold a text and keep the map to the original."""
    entries, starts = _fold(text)
    return Folded(_decode(entries & CODE), None if starts is None else starts.data, len(text))


def fold_text(text: str) -> str:
    """Return fold(text).text, without the map."""
    return _decode(_fold(text)[0] & CODE)


def match_form(text: str) -> Folded:
    """Fold a text, drop white space between Han characters and at both ends, make other runs one space each."""
    entries, starts = _fold(text)
    kept, entries = _squeeze(entries)
    if kept is not None:
        starts = kept if starts is None else starts.take(kept)
    return Folded(_decode(entries & CODE), None if starts is None else starts.data, len(text))


def find_han(text: str, wanted: Sequence[str]) -> list[tuple[int, int, int]] | None:
    """Return where texts in match form that hold nothing but Han characters stand in match_form(text).

    Each place is (start, end, number of the text wanted), offsets into `text`, in ascending order. It takes a fraction
    of the time of making match_form. None where a character needs that: a sign that holds ideographs, an emoji.
    """
    units = han_units().take(np.array([text]).view(np.uint32), mode="clip")
    if not text or units.max() == ODD:
        return None
    kept = (units != 0).nonzero()[0]
    # Numpy's own strings take half the time of encoding and decoding; they drop zeros at their end, but none are kept.
    folded: str = units.take(kept).astype(np.uint32).view(f"U{len(kept)}").item() if len(kept) else ""
    found: list[tuple[int, int, int]] = []
    starts, find = kept.data, folded.find
    for number, each in enumerate(wanted):
        last = len(each) - 1
        start = find(each)
        while start >= 0:
            found.append((starts[start], starts[start + last] + 1, number))
            start = find(each, start + 1)
    found.sort()
    return found


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
        texts = [text.replace(_JOINT, chr(REPLACEMENT)) for text in texts]
    return _squeeze(_fold(_JOINT.join((*texts, "")), joined=True)[0], joined=True)[1]


def text_of(codes: Codes) -> str:
    """Return what match_codes returned as text."""
    return _decode(codes & CODE)


def units_of(codes: Codes) -> Units:
    """Return what match_codes returned as UTF-16 code units."""
    points = codes & CODE
    if points.size and int(points.max()) > 0xFFFF:
        return np.frombuffer(_decode(points).encode("utf-16-le"), np.dtype("<u2"))
    return points.astype(np.uint16)


def han_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned are Han characters."""
    han: Mask = (codes & HAN_FLAG) != 0
    return han


def blank_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned are white space or signs that join nothing."""
    blank: Mask = (codes & (SPACE | SIGN)) != 0
    return blank


def wide_mask(codes: Codes) -> Mask:
    """Tell which of the codes that match_codes or match_joined returned have two UTF-16 code units."""
    wide: Mask = (codes & CODE) > 0xFFFF
    return wide


def _fold(text: str, *, joined: bool = False) -> tuple[Codes, Offsets | None]:
    """Return the table entries of a text with expansions filled in, and their origins where they have shifted.

    Where texts are `joined`, 0 stands for each border; it is the entry of no character.
    """
    table = tables()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    # take() is twice as fast as an index, and so is nonzero() on booleans.
    entries = table.entries.take(points)
    if joined:
        entries[points == ord(_JOINT)] = 0
    expanding = ((entries & EXPANDS) != 0).nonzero()[0]
    if not expanding.size:
        return entries, None
    return _expanded(table, entries, expanding)


def _expanded(table: Tables, entries: Codes, expanding: Offsets) -> tuple[Codes, Offsets]:
    """Fill in expansions, which are few, where the entries `expanding` stand."""
    numbers = entries[expanding] & CODE
    lengths = table.lengths[numbers]
    repeats = np.ones(entries.size, np.intp)
    repeats[expanding] = lengths
    starts = np.repeat(np.arange(entries.size), repeats)
    filled = entries.take(starts)
    places = expanding + lengths.cumsum() - lengths - np.arange(expanding.size)
    for inside in range(int(lengths.max())):
        long = lengths > inside
        filled[places[long] + inside] = table.expansions[numbers[long], inside]
    return filled, starts


def _squeeze(entries: Codes, *, joined: bool = False) -> tuple[Offsets | None, Codes]:
    """Apply the rules for white space; return which entries are left (None: all) and the entries.

    Where texts are `joined`, 0 ends one.
    """
    spaces = ((entries & SPACE) != 0).nonzero()[0]
    if not spaces.size:
        return None, entries
    borders = (spaces[1:] - spaces[:-1] != 1).nonzero()[0]
    starts = spaces[np.concatenate(([0], borders + 1))]
    ends = spaces[np.concatenate((borders, [-1]))] + 1
    inner = (starts > 0) & (ends < entries.size)
    before, after = entries[starts - 1], entries.take(ends, mode="clip")
    inner &= ((before & after) & HAN_FLAG) == 0
    if joined:
        inner &= (before != 0) & (after != 0)
    keep = np.ones(entries.size, np.bool_)
    keep[spaces] = False
    joints = starts[inner]
    keep[joints] = True
    kept = keep.nonzero()[0]
    squeezed = entries.take(kept)
    # What is kept of white space is one space each, whatever it was.
    squeezed[kept.searchsorted(joints)] = np.uint32(0x20) | SPACE
    return kept, squeezed


def _decode(codes: Codes) -> str:
    """Return code points as text."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


class _Characters(dict[int, str]):
    """Hold the folded form of characters met in short texts, which str.translate folds faster than arrays do."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        entry = int(tables().entries[code])
        folded = self[code] = fold_text(chr(code)) if entry & int(EXPANDS) else chr(entry & int(CODE))
        return folded


_folded = _Characters()
