"""Which lines does a page have, how are they set, and which of them are one line that the page's width broke?

A page's text becomes pieces: a paragraph, a headline, a caption, or what a column break left of one. Hard-wrapped
lines are put together here, because everything after reads pieces by their length and their last character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer import marks

__all__ = ["Ending", "Piece", "ending", "glue", "pieces", "width_of"]

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PUNCTUATION = re.compile("[，。、；：,;:“”]")
_CLAUSES = re.compile("[，。]")
_PARAGRAPH_ENDS = ("stop", "colon", "dots")
_CLOSERS = "”’」』\"'）)】]》〉 "
# 。（固原县报道组） and 。（陈英杰 摄）: the sentence is over, and who told or pictured it is named.
_ASIDE = re.compile(r"(?<=[。！？!?])\s*[（(][^（）()。]{2,20}[）)]$")
_NAME = 3  # characters
_CAPTION_LINES, _LONGEST_CAPTION = 3, 40  # lines, characters a line
_INDENT = 4  # half-width cells: two characters
_MIN_WIDTH, _MAX_WIDTH = 16, 160  # columns, in half-width cells; beyond that lines are paragraphs


class Ending:
    """Name how a piece ends: a full stop, a colon, a dash, a semicolon, a comma, dots, or without a mark.

    TORN is OPEN where what follows shows that a sentence was broken there.
    """

    STOP, COLON, DASH, SEMICOLON, COMMA, DOTS = "stop", "colon", "dash", "semicolon", "comma", "dots"
    OPEN, TORN = "open", "torn"


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

    def joined(self, *others: Piece) -> Piece:
        """Put other pieces behind this one, as if no breaks had been there."""
        text = self.text
        if others:
            text = glue([self.text, *(other.text for other in others)])
        parts = tuple(part for piece in (self, *others) for part in piece.parts)
        return replace(self, text=text, last=(self, *others)[-1].last, parts=parts, end=ending(text))


def ending(text: str) -> str:
    """Tell how a text ends, closing quotes and brackets and a signature `（记者 …）` apart."""
    bare = (_unsigned(text) if text.endswith((")", "）")) else text).rstrip(_CLOSERS)
    if bare.endswith(("......", "...")):
        return Ending.DOTS
    # A half-width full stop ends a sentence only after Han: `KWH.` and `1.` do not count.
    if bare.endswith(".") and len(bare) > 1 and "\u4e00" <= bare[-2] <= "\u9fff":
        return Ending.STOP
    return _ENDINGS.get(bare[-1:], Ending.OPEN)


def _unsigned(text: str) -> str:
    signed = marks.signature(text)
    return text[: signed[1]] if signed else _ASIDE.sub("", text[-_MAX_WIDTH:])


def glue(parts: Iterable[str]) -> str:
    """Join the parts of a broken line: without spaces, except between Latin words or numbers."""
    return "".join(_gap(left, right) + right for left, right in pairwise(["", *parts]))


def _gap(left: str, right: str) -> str:
    latin = left and right and _wordy(left[-1]) and _wordy(right[0])
    return " " if latin and (left[-1].isalpha() or right[0].isalpha()) else ""


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
        indent = width_of(lead) if lead else 0
        for part in marks.pointers_apart(bare):
            found.append(Piece(part, number, number, gap, indent, (part,), ending(part)))
            widths.append(width_of(line.rstrip()))
            gap = 0
    return _unwrap(*_with_photographers(found, widths))


def _with_photographers(found: Sequence[Piece], widths: Sequence[int]) -> tuple[list[Piece], list[int]]:
    """Put the lines of a caption above the one that names its photographer, which is no line of a column."""
    whole: list[Piece] = []
    kept: list[int] = []
    begun = False  # 李明 摄 below a page's headline stands under no picture
    for piece, width in zip(found, widths, strict=True):
        begun = begun or _CLAUSES.search(piece.text) is not None
        above = _caption_lines(whole) if begun and not piece.gap and marks.photographer(piece.text) else 0
        if above:
            lines = [*whole[-above:], piece]
            text = " ".join(line.text for line in lines)
            joined = replace(lines[0].joined(*lines[1:]), text=text, end=ending(text))
            whole[-above:], kept[-above:] = [joined], [0]
        else:
            whole.append(piece)
            kept.append(width)
    return whole, kept


def _caption_lines(found: Sequence[Piece]) -> int:
    """Count the lines of the caption with which a page ends so far: set apart by a blank line, or one short line."""
    run = len(found)
    while run and len(found) - run < _CAPTION_LINES and _may_be_caption(found[run - 1]):
        run -= 1
        if found[run].gap:
            told = found[run].end == Ending.STOP or found[-1].end == Ending.STOP
            heads = run > 0 and found[run - 1].end == Ending.OPEN and not _CLAUSES.search(found[run - 1].text)
            return 0 if told and (heads or _is_headed(found[run:])) else len(found) - run
        if run and found[run - 1].end != Ending.OPEN:
            break
    last = found[-1]
    return int(_may_be_caption(last) and last.end == Ending.OPEN and not _PUNCTUATION.search(last.text))


def _is_headed(run: Sequence[Piece]) -> bool:
    """Tell whether lines are the news of a picture below a headline of its own: 风筝飞满天, then a sentence."""
    first, following = run[0].text, run[1].text if len(run) > 1 else ""
    return not _PUNCTUATION.search(first) and 2 * len(first) <= len(following) and run[1].end == Ending.STOP


def _may_be_caption(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST_CAPTION and piece.indent < 2 and not _stands_alone(piece.text)


def width_of(text: str) -> int:
    """Count the half-width cells that a text fills in print: GB 18030 spends two bytes on what fills two."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def _unwrap(found: list[Piece], widths: Sequence[int]) -> list[Piece]:
    """Join hard-wrapped lines: those that fill the width of their column and stop in mid-sentence."""
    columns = _columns(found, widths)
    if not columns:
        return found
    indented = _indented(found)
    full = [any(column - 3 <= width <= column for column in columns) for width in widths]
    if not any(piece.indent for piece in found):
        for at in _first_lines(found, widths, columns, full):
            full[at] = True
    # Where no line is wider than the columns, headlines were broken to their width, too.
    all_fit = all(width <= columns[0] for width in widths)
    whole: list[list[Piece]] = []
    joins = False  # whether the next line may go on with the last piece
    torn = False  # whether the last paragraph lacks its end
    for at, piece in enumerate(found):
        # 和情 looks like a name, and is the rest of a line where a sentence broke off.
        remnant = joins and len(piece.text) <= _NAME and _PUNCTUATION.search(whole[-1][0].text) is not None
        alone = not remnant and _stands_alone(piece.text)
        opens = piece.indent >= 2 and (indented or not whole or whole[-1][-1].end in _PARAGRAPH_ENDS)
        # At the margin behind a whole sentence, and without a stop where the paragraph would end: a headline.
        last = at + 1 == len(found) or found[at + 1].gap > 0 or found[at + 1].indent >= 2 or not full[at]
        head = indented and piece.indent < 2 and last and piece.end == Ending.OPEN
        if joins and piece.gap == 0 and not (alone or opens or (head and whole[-1][-1].end in _PARAGRAPH_ENDS)):
            whole[-1].append(piece)
        else:
            whole.append([piece])
            joins = not indented or opens or torn or (all_fit and full[at] and piece.end == Ending.OPEN)
        if joins and not alone:
            torn = piece.end in (Ending.OPEN, Ending.COMMA)
        joins = joins and full[at] and not alone
    return [run[0].joined(*run[1:]) if len(run) > 1 else run[0] for run in whole]


def _first_lines(
    found: Sequence[Piece], widths: Sequence[int], columns: Sequence[int], full: Sequence[bool]
) -> list[int]:
    """Find first lines of paragraphs that lost their indent, as in PDF files: two characters short of the column."""
    short = [
        at
        for at in range(len(found) - 1)
        if full[at + 1]
        and found[at + 1].gap == 0
        and found[at].end in (Ending.OPEN, Ending.COMMA)
        and (at == 0 or found[at - 1].end in _PARAGRAPH_ENDS)
        and any(column - _INDENT - 3 <= widths[at] <= column - _INDENT + 1 for column in columns)
    ]
    return short if len(short) >= 2 else []


def _indented(found: Sequence[Piece]) -> bool:
    """Tell whether the first lines of paragraphs are indented and the others are not."""
    indented = sum(piece.indent >= 2 for piece in found)
    return 0.1 * len(found) <= indented <= 0.7 * len(found)


def _stands_alone(text: str) -> bool:
    return len(text) <= 60 and (
        marks.byline(text) is not None
        or marks.credit(text) is not None
        or marks.labels(text) is not None
        or marks.caption(text)
        or marks.folio(text) is not None
        or marks.pointer(text)
    )


def _columns(found: Sequence[Piece], widths: Sequence[int]) -> list[int]:
    """Find the widths at which lines were broken: many lines share them and most of these end in mid-sentence."""
    counts: Counter[int] = Counter()
    broken: Counter[int] = Counter()
    for at, (piece, width) in enumerate(zip(found, widths, strict=True)):
        follows = at + 1 < len(found) and found[at + 1].gap == 0
        if _MIN_WIDTH <= width <= _MAX_WIDTH:
            counts[width] += 1
            follows = follows and _PUNCTUATION.search(piece.text) is not None
            broken[width] += follows and piece.end in (Ending.OPEN, Ending.COMMA)
    columns: list[int] = []
    for column in sorted(counts, reverse=True):
        near = range(column - 3, column + 1)
        total, torn = sum(counts[width] for width in near), sum(broken[width] for width in near)
        if total >= 3 and torn >= 0.6 * total and not any(column >= other - 3 for other in columns):
            columns.append(column)
    # Widths that happen to agree are those of paragraphs or of list items.
    held = sum(counts[width] for column in columns for width in range(column - 3, column + 1))
    return columns if held >= 0.3 * len(found) else []
