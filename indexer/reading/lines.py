"""Which lines does a page have, how are they set, and which of them are one line that the page's width broke?

A page's text becomes pieces: a paragraph, a headline, a caption, or what a column break left of one. Hard-wrapped
lines are put together here, because everything after reads pieces by their length and their last character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

__all__ = ["Ending", "Piece", "ending", "glue", "pieces"]

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CLOSERS = "”’」』\"'）)】]》〉 "
_MIN_WIDTH, _MAX_WIDTH = 16, 160  # columns, in half-width cells; beyond that lines are paragraphs


class Ending:
    """Name how a piece ends: a full stop, a colon, a dash, a semicolon, a comma, dots, or in mid-sentence."""

    STOP, COLON, DASH, SEMICOLON, COMMA, DOTS, OPEN = "stop", "colon", "dash", "semicolon", "comma", "dots", "open"


_ENDINGS = (
    dict.fromkeys("。！？!?", Ending.STOP)
    | dict.fromkeys("：:", Ending.COLON)
    | dict.fromkeys("—–―", Ending.DASH)
    | dict.fromkeys("；;", Ending.SEMICOLON)
    | dict.fromkeys("，,、", Ending.COMMA)
    | dict.fromkeys("…⋯", Ending.DOTS)
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold consecutive lines that read as one: `first` and `last` are 1-based, `gap` counts blank lines before.

    `indent` is the white space before the first line in half-width cells; `parts` holds the lines as printed.
    """

    text: str
    first: int
    last: int
    gap: int
    indent: int
    parts: tuple[str, ...]
    end: str = field(default=Ending.OPEN)

    def joined(self, other: Piece) -> Piece:
        """Put another piece behind this one, as if no break had been there."""
        text = glue(self.text, other.text)
        return replace(self, text=text, last=other.last, parts=self.parts + other.parts, end=ending(text))


def ending(text: str) -> str:
    """Tell how a text ends, closing quotes and brackets apart; a stop inside an open quote is still a stop."""
    bare = text.rstrip(_CLOSERS)
    if bare.endswith(("......", "...")):
        return Ending.DOTS
    # A half-width full stop ends a sentence only after Han: `KWH.` and `1.` do not count.
    if bare.endswith(".") and len(bare) > 1 and "\u4e00" <= bare[-2] <= "\u9fff":
        return Ending.STOP
    return _ENDINGS.get(bare[-1:], Ending.OPEN)


def glue(left: str, right: str) -> str:
    """Join two halves of a broken line: without a space, except between Latin words or numbers."""
    if left and right and _wordy(left[-1]) and _wordy(right[0]) and (left[-1].isalpha() or right[0].isalpha()):
        return f"{left} {right}"
    return left + right


def _wordy(char: str) -> bool:
    return char.isascii() and char.isalnum()


def pieces(text: str) -> list[Piece]:
    """Read a page's text as pieces in the order of the page; blank lines are only counted."""
    found: list[Piece] = []
    widths: list[int] = []
    gap = 0
    for number, line in enumerate(_LINE_BREAK.split(text), 1):
        bare = line.strip().strip("\ufeff\u200b")
        if not bare:
            gap += 1
            continue
        lead = line[: len(line) - len(line.lstrip())]
        found.append(Piece(bare, number, number, gap, _width(lead), (bare,), ending(bare)))
        widths.append(_width(line.rstrip()))
        gap = 0
    return _unwrap(found, widths)


def _width(text: str) -> int:
    """Count half-width cells, as a column of print does."""
    return len(text) if text.isascii() else len(text) + sum(char > "\u2e7f" for char in text)


def _unwrap(found: list[Piece], widths: Sequence[int]) -> list[Piece]:
    """Join hard-wrapped lines: those that fill the width of their column and stop in mid-sentence."""
    columns = _columns(found, widths)
    if not columns:
        return found
    whole: list[Piece] = []
    full_before = False
    for piece, width in zip(found, widths, strict=True):
        if full_before and piece.gap == 0 and not _opens_paragraph(piece, whole[-1]):
            whole[-1] = whole[-1].joined(piece)
        else:
            whole.append(piece)
        full_before = any(column - 3 <= width <= column for column in columns)
    return whole


def _opens_paragraph(piece: Piece, before: Piece) -> bool:
    # The first line of an indented paragraph; its second stands at the margin, as `before` may.
    return piece.indent >= 2 and before.end in (Ending.STOP, Ending.COLON, Ending.DOTS)


def _columns(found: Sequence[Piece], widths: Sequence[int]) -> list[int]:
    """Find the widths at which lines were broken: many lines share them and most of these end in mid-sentence."""
    counts: Counter[int] = Counter()
    broken: Counter[int] = Counter()
    for at, (piece, width) in enumerate(zip(found, widths, strict=True)):
        follows = at + 1 < len(found) and found[at + 1].gap == 0
        if _MIN_WIDTH <= width <= _MAX_WIDTH:
            counts[width] += 1
            broken[width] += follows and piece.end in (Ending.OPEN, Ending.COMMA)
    columns: list[int] = []
    for column in sorted(counts, reverse=True):
        near = range(column - 3, column + 1)
        total, torn = sum(counts[width] for width in near), sum(broken[width] for width in near)
        if total >= 4 and torn >= 0.6 * total and not any(column >= other - 3 for other in columns):
            columns.append(column)
    # Widths spread evenly are paragraphs or list items that happen to agree.
    held = sum(counts[width] for column in columns for width in range(column - 3, column + 1))
    return columns if held >= 0.4 * len(found) else []
