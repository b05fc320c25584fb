"""Which lines at the top of a page are its masthead: the paper's name, its day, section and number?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from indexer import marks
from indexer.marks.folios import SECTION
from indexer.marks.plain import simplified
from indexer.reading.lines import Piece
from indexer.reading.words import FOLIO, MASTHEAD, PAGE_NUMBER

__all__ = ["is_paper", "mark_masthead"]

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_SECTION = re.compile(SECTION)
_SURE = re.compile(
    r"(?:[日晚晨午商时快导]|都市|青年|(?<!新闻)早|法[治制]|经济|教育|农村|^中国.{2,6})报$|周刊$|^(?:南方|北方|东方)周末$"
)
_CLOCK = re.compile(r"\d[:：]\d")
_LATIN_OR_NUMBER = re.compile(r"[A-Z][A-Z .&'-]{3,}|\d{1,3}")
_TOP = 8  # pieces in which a masthead is looked for
_SHORT = 40  # characters of a line of a masthead
_LONGEST_BESIDE = 4  # characters of a word beside the paper's name: 公告, 读者来信


def mark_masthead(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take the paper's name beside folio lines for the masthead, and what stands between them for more of these."""
    top = _top(found, reasons)
    dated = {at for at in top if _has_day(found[at].text)}
    names = {at for at in top if is_paper(found[at].text)}
    printed = any(reasons.get(at) in (FOLIO, PAGE_NUMBER) for at in top)
    # 疫情播报 and 去哪儿过周末 may stand above a day, too; only a name that is a paper's alone needs no other sign.
    if names and (printed or (dated and any(_is_surely_paper(found[at].text) for at in names))):
        reasons.update({at: MASTHEAD if at in names - dated else FOLIO for at in top if at not in reasons})
    for at, piece in enumerate(found):
        beside = {reasons.get(at - 1), reasons.get(at + 1)} & {FOLIO, PAGE_NUMBER}
        if at not in reasons and beside and is_paper(piece.text) and not _is_loose(piece):
            reasons[at] = MASTHEAD
    _mark_lines_between(found, reasons)


def _mark_lines_between(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take what stands at the top right above the folio line for the paper's name, and lines between two for more."""
    above = len(found) > 1 and 0 not in reasons and reasons.get(1) == FOLIO and found[1].gap == 0
    if above and _NAME.fullmatch(found[0].text):
        reasons[0] = FOLIO if _SECTION.fullmatch(simplified(found[0].text)) else MASTHEAD

    last = max((at for at in range(min(_TOP, len(found))) if reasons.get(at) == FOLIO), default=0)
    first = next((at for at in range(last) if reasons.get(at) == FOLIO), last)
    if all(len(found[at].text) <= _SHORT for at in range(first, last)):
        reasons.update({at: FOLIO for at in range(first, last) if at not in reasons})


def _is_surely_paper(text: str) -> bool:
    return _SURE.search(simplified(marks.paper(text) or "")) is not None


def is_paper(text: str) -> bool:
    """Tell whether a line is a paper's name, alone or with its day or a section beside it: 羊城晚报 读者来信."""
    name = marks.paper(text) if len(text) <= _SHORT else None
    if name is None:
        return False
    return _has_day(text) or all(len(word) <= _LONGEST_BESIDE for word in text.replace(name, " ").split())


def _top(found: Sequence[Piece], reasons: dict[int, str]) -> list[int]:
    """Return the lines at the top that may be the masthead; below it 公告 is a headline."""
    first = range(min(_TOP, len(found)))
    top = list(takewhile(lambda at: at in reasons or _may_be_masthead(found[at].text), first))
    while top and top[-1] not in reasons and _is_loose(found[top[-1]]):
        top.pop()
    return top


def _may_be_masthead(text: str) -> bool:
    known = _SECTION.fullmatch(simplified(text)) or _LATIN_OR_NUMBER.fullmatch(text)
    return known is not None or is_paper(text) or _has_day(text) or marks.editor(text)


def _has_day(text: str) -> bool:
    """Tell whether a line holds a day and no time, alone or beside the name of a paper or site."""
    if _CLOCK.search(text):
        return False
    labelled = marks.labels(text)
    return marks.stamp(text) is not None or (labelled is not None and bool(labelled.dates))


def _is_loose(piece: Piece) -> bool:
    """Tell whether a line may be a headline, too, where no more of a masthead follows: 今日立春, and 公告 set apart."""
    bare = simplified(piece.text)
    return bare.startswith("今日") or (piece.gap > 0 and _SECTION.fullmatch(bare) is not None)
