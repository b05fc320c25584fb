"""What is each piece of a page: prose, a short line, a credit, a byline, a caption, or a mark between articles?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from indexer import marks
from indexer.reading.lines import Ending, Piece
from indexer.reading.overlap import share
from indexer.reading.repair import goes_on, is_caption, is_item, is_prose, needs_more

__all__ = ["Kind", "LABEL", "kinds_of"]

_COMMA = re.compile("[，,]")
_DAY_INSIDE = re.compile(
    r"^(?:日前|近日|连日来|据|记者(?:近日|从))|[今昨]天[（(]|[（(]\d{1,2}月\d{1,2}日|\d日(?:在|从|向|上午|下午|晚|说|宣布|表示|[，,])"
)
_CLAUSE = re.compile(r"[\w“”‘’、·]{2,10}")
# With these words sentences begin, and the rest of a broken one hardly does.
_BEGINS = re.compile(
    r"(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|近[日年期]|日前|[今去]年|[今昨]天|目前|如今|眼下|截至|当前|连日来|过去|走进|记者|据|为了?|随着|在|“"
)
_SPEAKER = re.compile(r"(?:问|答|记者|主持人|[QA])\s*[:：]")
LABEL = re.compile(r"[【\[].{2,20}[】\]]\S")
_COMMON = frozenset(
    word
    for line in files("indexer.reading").joinpath("data", "common_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


class Kind:
    """Name what a piece is for the search of heads."""

    PROSE, SHORT, CREDIT, BYLINE = "prose", "short", "credit", "byline"
    CAPTION, MARK = "caption", "mark"


def kinds_of(found: Sequence[Piece], end_marks: Sequence[bool]) -> tuple[list[Piece], list[str]]:
    """Tell the kind of every piece; a short one is prose, and ends torn, where what follows was broken off it."""
    kinds = [_kind_of(piece, mark) for piece, mark in zip(found, end_marks, strict=True)]
    prose = [piece for piece, kind in zip(found, kinds, strict=True) if kind == Kind.PROSE]
    indented = len(prose) >= 2 and sum(piece.indent >= 2 for piece in prose) >= 0.3 * len(prose)
    marked = list(found)
    for at in range(len(found) - 2, -1, -1):
        if kinds[at] == Kind.SHORT and found[at].end == Ending.OPEN and _torn(marked, kinds, at, indented):
            kinds[at] = Kind.PROSE
            marked[at] = replace(found[at], end=Ending.TORN)
    return marked, kinds


def _kind_of(piece: Piece, end_mark: bool = False) -> str:
    """Tell what a piece is: prose, a credit (source, date, editor), a byline, a mark that ends articles, or short."""
    text = piece.text
    if end_mark:
        return Kind.MARK
    if is_caption(text):
        return Kind.CAPTION
    if piece.end == Ending.STOP and len(text) > 60:
        return Kind.PROSE
    if len(text) <= 160 and (marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)):
        return Kind.CREDIT
    if marks.byline(text) is not None:
        return Kind.BYLINE
    if _SPEAKER.match(text):
        return Kind.PROSE
    return Kind.PROSE if is_prose(piece) or marks.dateline(text) else Kind.SHORT


def _torn(found: Sequence[Piece], kinds: Sequence[str], at: int, indented: bool) -> bool:
    """Tell whether prose after a short piece (or after a caption behind it) goes on with the piece's sentence."""
    piece, after = found[at], at + 1
    if is_item(piece.text) or LABEL.match(piece.text):
        return False
    if after + 1 < len(found) and kinds[after] in (Kind.SHORT, Kind.CAPTION):
        after += 1
    if kinds[after] != Kind.PROSE or marks.dateline(found[after].text):
        return False
    if goes_on(found[after], piece):
        return True
    if indented:
        return piece.indent >= 2 and found[after].indent < 2
    if _DAY_INSIDE.search(piece.text):
        return True
    behind = "".join(other.text for other in found[after : after + 2])
    if share(piece.text, behind) >= 0.5:
        return False  # a headline's words come again in the report, a torn sentence's hardly do
    if _COMMA.search(piece.text):
        return not _is_head(found, at, after)
    inside = at > 0 and kinds[at - 1] != Kind.PROSE
    return _seam(found, at, after, 1 if inside else 2)


def _is_head(found: Sequence[Piece], at: int, after: int) -> bool:
    """Tell whether a short line with a comma is a head of its own: 产业联动，先富带后富 before 2019年起，….

    Its clauses are as short as a motto's, and what follows begins as sentences begin, or they are equally long.
    """
    text, following = found[at].text, found[after].text
    clauses = _COMMA.split(text)
    if not all(_CLAUSE.fullmatch(clause) for clause in clauses) or _BEGINS.match(text) or needs_more(text):
        return False
    if at and is_prose(found[at - 1]) and found[at - 1].end in (Ending.OPEN, Ending.COMMA, Ending.TORN):
        return False
    if _BEGINS.match(following):
        return True
    lengths = {len(clause) for clause in clauses}
    return len(lengths) == 1 and found[after].gap > 0 and not _seam(found, at, after, 1)


def _seam(found: Sequence[Piece], left: int, right: int, reach: int) -> bool:
    """Tell whether the characters at a break stand side by side elsewhere nearby: then a word was broken there.

    Of headlines and the prose behind them 2 in 100 meet so by chance with two characters, 1 with three.
    """
    end, start = found[left].text, found[right].text
    if not (end[-1:].isalnum() and start[:1].isalnum()):
        return False
    if reach == 1 and end[-1] + start[0] in _COMMON:
        return True
    near = "\n".join(piece.text for piece in found[max(0, left - 15) : right + 15])
    return any(end[-size:] + start[: reach + 1 - size] in near for size in range(1, reach + 1))
