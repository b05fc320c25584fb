"""What is each piece of a page: prose, a short line, a credit, a byline, a caption, or a mark between articles?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer import marks
from indexer.marks.plain import simplified
from indexer.reading.lines import Ending, Piece, width_of
from indexer.reading.overlap import share
from indexer.reading.repair import is_item, is_prose
from indexer.reading.torn import torn

__all__ = ["Kind", "PICTURE_NEWS", "kinds_of"]

_SPEAKER = re.compile(r"(?:问|答|记者|主持人|[QA])\s*[:：]")
_EXCLAIMING = ("！", "!", "？", "?", "……", "！”", "？”")
PICTURE_NEWS = re.compile(r"[【\[■●◆]?\s*(?:图片|摄影)(?:新闻|报道|故事)\s*[】\]]?")
_TOLD = 0.4  # the part of a headline's words that its report says again
_NAME = 3  # characters
_REGION = 5  # characters of 芜湖： above a headline
_LONGEST_HEAD = 90  # characters; sites print headlines that are whole sentences


class Kind:
    """Name what a piece is for the search of heads."""

    PROSE, SHORT, CREDIT, BYLINE = "prose", "short", "credit", "byline"
    CAPTION, MARK = "caption", "mark"


def kinds_of(found: Sequence[Piece], end_marks: Sequence[bool]) -> tuple[list[Piece], list[str]]:
    """Tell the kind of every piece; a line without a stop before prose is prose, and ends torn, or is short."""
    kinds = [_kind_of(piece, mark) for piece, mark in zip(found, end_marks, strict=True)]
    for at in range(len(found) - 1):
        if kinds[at] == Kind.PROSE:
            kinds[at] = Kind.SHORT if _exclaims(found, at) else Kind.PROSE
        elif kinds[at] == Kind.BYLINE and at and len(found[at].text) <= _NAME:
            kinds[at] = _not_a_name(found, kinds, at) or Kind.BYLINE
    for at in range(1, len(found)):
        if kinds[at] == Kind.CAPTION and _is_picture_news(found, at):
            kinds[at] = Kind.PROSE
    breaks = _Breaks(found, kinds)
    for at in range(len(found) - 2, -1, -1):
        breaks.judge(at)
    return breaks.found, kinds


class _Breaks:
    """Tell headlines from halves of sentences, and from the captions between two halves."""

    def __init__(self, found: Sequence[Piece], kinds: list[str]) -> None:
        """Take over `kinds`, which is changed; `found` gets the pieces that are torn marked as such."""
        self.found = list(found)
        self._kinds = kinds
        prose = [piece for piece, kind in zip(found, kinds, strict=True) if kind == Kind.PROSE]
        self._indented = len(prose) >= 2 and sum(piece.indent >= 2 for piece in prose) >= 0.3 * len(prose)

    def judge(self, at: int) -> None:
        """Decide what one piece is; those behind it are decided."""
        after = self._prose_behind(at) if _may_be_torn(self.found[at], self._kinds[at]) else None
        if after is None:
            return
        self._kinds[at] = Kind.SHORT
        if self._goes_on(at, after):
            self._kinds[at] = Kind.PROSE
            self.found[at] = replace(self.found[at], end=Ending.TORN)

    def _prose_behind(self, at: int) -> int | None:
        """Find the prose behind a piece, or behind one line or caption that stands between; not a dateline's."""
        after = at + 1
        if after + 1 < len(self.found) and self._kinds[after] in (Kind.SHORT, Kind.CAPTION):
            after += 1
        prose = self._kinds[after] == Kind.PROSE and not marks.dateline(self.found[after].text)
        return after if prose else None

    def _weigh(self, left: int, right: int) -> float:
        prose_before = left > 0 and self._kinds[left - 1] == Kind.PROSE
        return torn(self.found, left, right, prose_before=prose_before, indented=self._indented)

    def _goes_on(self, at: int, after: int) -> bool:
        """Tell whether a piece's sentence goes on behind it, and not the sentence before across this caption."""
        here = self._weigh(at, after)
        if here <= 0 or after > at + 1 or at == 0 or self.found[at - 1].end != Ending.OPEN:
            return here > 0
        if self._kinds[at - 1] not in (Kind.PROSE, Kind.SHORT):
            return True
        return self._weigh(at - 1, after) < max(here, self._weigh(at - 1, at))


def _is_picture_news(found: Sequence[Piece], at: int) -> bool:
    """Tell whether a picture's own report stands here, below 图片新闻, and no caption of the article above."""
    return "。" in found[at].text and PICTURE_NEWS.fullmatch(simplified(found[at - 1].text)) is not None


def _exclaims(found: Sequence[Piece], at: int) -> bool:
    """Tell whether a line is a headline as sites print them: …，警方通报来了！ with words that come again behind it."""
    text = found[at].text
    if len(text) > _LONGEST_HEAD or not text.endswith(_EXCLAIMING) or "。" in text or _SPEAKER.match(text):
        return False
    return share(text, "".join(piece.text for piece in found[at + 1 : at + 4])) >= _TOLD


def _not_a_name(found: Sequence[Piece], kinds: Sequence[str], at: int) -> str | None:
    """Tell what else looks like a name: the rest of a sentence (和情, 百姓) or of a headline (成立, 丰硕)."""
    piece, above = found[at], found[at - 1]
    if kinds[at + 1] != Kind.PROSE:
        return None
    if kinds[at - 1] == Kind.PROSE:
        return Kind.PROSE if above.end in (Ending.OPEN, Ending.COMMA) else None
    if piece.gap or kinds[at - 1] != Kind.SHORT:
        return None
    # A headline's last word: it was broken, or the line above is as wide as the one above that.
    broken = above.text[-1] + piece.text[0] in "".join(other.text for other in found[at + 1 : at + 4])
    two = at > 1 and not above.gap and kinds[at - 2] == Kind.SHORT
    return Kind.SHORT if broken or (two and abs(width_of(above.text) - width_of(found[at - 2].text)) <= 1) else None


def _may_be_torn(piece: Piece, kind: str) -> bool:
    """Tell whether a piece is a headline or half of a sentence: it has no stop, neither at its end nor inside."""
    if piece.end != Ending.OPEN or piece.text.isascii() or is_item(piece.text):
        return False
    if kind == Kind.PROSE and len(piece.text) <= _LONGEST_HEAD and "。" not in piece.text:
        return not marks.dateline(piece.text)
    return kind == Kind.SHORT


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
    if piece.end == Ending.COLON and len(text) <= _REGION:
        return Kind.SHORT
    return Kind.PROSE if is_prose(piece) or marks.dateline(text) else Kind.SHORT
