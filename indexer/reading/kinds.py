"""What is each piece of a page: prose, a short line, a credit, a byline, a caption, or a mark between articles?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer import marks
from indexer.reading.lines import Ending, Piece, width_of
from indexer.reading.overlap import share
from indexer.reading.repair import is_item, is_prose
from indexer.reading.torn import torn

__all__ = ["Kind", "kinds_of"]

_SPEAKER = re.compile(r"(?:问|答|记者|主持人|[QA])\s*[:：]")
_EXCLAIMING = ("！", "!", "？", "?", "……", "！”", "？”")
_TOLD = 0.4  # the part of a headline's words that its report says again
_NAME = 3  # characters
_LONGEST_HEAD = 90  # characters; sites print headlines that are whole sentences


class Kind:
    """Name what a piece is for the search of heads."""

    PROSE, SHORT, CREDIT, BYLINE = "prose", "short", "credit", "byline"
    CAPTION, MARK = "caption", "mark"


def kinds_of(found: Sequence[Piece], end_marks: Sequence[bool]) -> tuple[list[Piece], list[str]]:
    """Tell the kind of every piece; a line without a stop before prose is prose, and ends torn, or is short."""
    kinds = [_kind_of(piece, mark) for piece, mark in zip(found, end_marks, strict=True)]
    for at in range(len(found) - 1):
        if kinds[at] == Kind.PROSE and _exclaims(found, at):
            kinds[at] = Kind.SHORT
    prose = [piece for piece, kind in zip(found, kinds, strict=True) if kind == Kind.PROSE]
    indented = len(prose) >= 2 and sum(piece.indent >= 2 for piece in prose) >= 0.3 * len(prose)
    for at in range(1, len(found) - 1):
        if kinds[at] == Kind.BYLINE and _ends_headline(found, kinds, at):
            kinds[at] = Kind.SHORT
    marked = list(found)
    for at in range(len(found) - 2, -1, -1):
        if _may_be_torn(found[at], kinds[at]) and (after := _prose_behind(marked, kinds, at)) is not None:
            kinds[at] = Kind.SHORT
            if _goes_on(marked, kinds, at, after, indented):
                kinds[at] = Kind.PROSE
                marked[at] = replace(found[at], end=Ending.TORN)
    return marked, kinds


def _goes_on(found: Sequence[Piece], kinds: Sequence[str], at: int, after: int, indented: bool) -> bool:
    """Tell whether the sentence of a piece goes on behind it, and not that of the piece before across this caption."""

    def weight(left: int, right: int) -> float:
        prose_before = left > 0 and kinds[left - 1] == Kind.PROSE
        return torn(found, left, right, prose_before=prose_before, indented=indented)

    here = weight(at, after)
    if here <= 0 or after > at + 1 or at == 0 or found[at - 1].end != Ending.OPEN:
        return here > 0
    if kinds[at - 1] not in (Kind.PROSE, Kind.SHORT):
        return True
    return weight(at - 1, after) < max(here, weight(at - 1, at))


def _exclaims(found: Sequence[Piece], at: int) -> bool:
    """Tell whether a line is a headline as sites print them: …，警方通报来了！ with words that come again behind it."""
    text = found[at].text
    if len(text) > _LONGEST_HEAD or not text.endswith(_EXCLAIMING) or "。" in text or _SPEAKER.match(text):
        return False
    return share(text, "".join(piece.text for piece in found[at + 1 : at + 4])) >= _TOLD


def _ends_headline(found: Sequence[Piece], kinds: Sequence[str], at: int) -> bool:
    """Tell whether what looks like a name (成立, 丰硕) ends a headline: the line above was full, or broke a word."""
    piece, above = found[at], found[at - 1]
    if piece.gap or len(piece.text) > _NAME or kinds[at - 1] != Kind.SHORT or kinds[at + 1] != Kind.PROSE:
        return False
    if above.text[-1] + piece.text[0] in "".join(other.text for other in found[at + 1 : at + 4]):
        return True
    full = at > 1 and not above.gap and kinds[at - 2] == Kind.SHORT
    return full and abs(width_of(above.text) - width_of(found[at - 2].text)) <= 1


def _may_be_torn(piece: Piece, kind: str) -> bool:
    """Tell whether a piece is a headline or half of a sentence: it has no stop, neither at its end nor inside."""
    if piece.end != Ending.OPEN or piece.text.isascii() or is_item(piece.text):
        return False
    if kind == Kind.PROSE and len(piece.text) <= _LONGEST_HEAD and "。" not in piece.text:
        return not marks.dateline(piece.text)
    return kind == Kind.SHORT


def _prose_behind(found: Sequence[Piece], kinds: Sequence[str], at: int) -> int | None:
    """Find the prose behind a piece, or behind one line or caption that stands between them; not a dateline's."""
    after = at + 1
    if after + 1 < len(found) and kinds[after] in (Kind.SHORT, Kind.CAPTION):
        after += 1
    return after if kinds[after] == Kind.PROSE and not marks.dateline(found[after].text) else None


def _kind_of(piece: Piece, end_mark: bool = False) -> str:
    """Tell what a piece is: prose, a credit (source, date, editor), a byline, a mark that ends articles, or short."""
    text = piece.text
    if end_mark:
        return Kind.MARK
    if marks.caption(text):
        return Kind.CAPTION
    if piece.end == Ending.STOP and len(text) > 60:
        return Kind.PROSE
    if len(text) <= 160 and (marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)):
        return Kind.CREDIT
    if marks.about_author(text):
        return Kind.CREDIT
    if marks.byline(text) is not None:
        return Kind.BYLINE
    if _SPEAKER.match(text):
        return Kind.PROSE
    return Kind.PROSE if is_prose(piece) or marks.dateline(text) else Kind.SHORT
