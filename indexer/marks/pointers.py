"""Which words send the reader on to another page of the paper, or say from which one a report comes?"""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.marks.plain import plain

__all__ = ["continued", "continues_elsewhere", "pointer", "pointers_apart"]

_PAGE = r"\s*(?:今日|本报)?第?\s*[A-D\d一二三四五六七八九十头、]{1,8}\s*版"
_FROM, _TO = r"(?:紧接|上接|接)", r"(?:下转|转)"
_SEE = r"(?:详见|详细报道见|相关报道见|更多报道见|全文见|导读见)"
_REST = r"[^()【】。]{0,30}"
_BRACKETED_FROM, _BRACKETED_TO, _BRACKETED_SEE = (
    rf"[(【\[<]\s*{words}{_PAGE}{_REST}[)】\]>]" for words in (_FROM, _TO, _SEE)
)
# Without brackets little else may follow, or the line is the report's first.
_BARE = (
    rf"[(【▶►>◀◄<\s]*(?:紧接|上接|下转|{_SEE}){_PAGE}(?:\s*(?:报道|专题|专版|专刊|《[^》]{{1,30}}》))?[)】▶►>◀◄<\s]*"
)
_ALONE = re.compile("|".join((_BRACKETED_FROM, _BRACKETED_TO, _BRACKETED_SEE, _BARE)))
_IN_FRONT = re.compile(_BRACKETED_FROM)
_AT_END = re.compile(_BRACKETED_TO + "$")
_STARTS_FROM, _STARTS_TO = (re.compile(rf"\W*{words}") for words in (_FROM, _TO))
_LONGEST = 40  # characters


def pointer(line: str) -> bool:
    """Tell whether a line is nothing but a pointer: `（下转第4版）`, `▶详见A3版`, `（上接第一版《…》）`."""
    return len(line) <= _LONGEST and "版" in line and _ALONE.fullmatch(plain(line).strip()) is not None


def continued(line: str) -> bool:
    """Tell whether a pointer says that what follows began on another page: `（上接第一版）`."""
    return pointer(line) and _STARTS_FROM.match(plain(line)) is not None


def continues_elsewhere(line: str) -> bool:
    """Tell whether a pointer says that what precedes goes on upon another page: `（下转第4版）`."""
    return pointer(line) and _STARTS_TO.match(plain(line)) is not None


def pointers_apart(line: str) -> list[str]:
    """Cut a line behind a pointer in front of its text and before one at its end: `（上接第一版）高山上…`."""
    if "版" not in line:
        return [line]
    text = plain(line)
    front, end = _IN_FRONT.match(text), _AT_END.search(text)
    cuts = [0, front.end() if front else 0, end.start() if end else len(line), len(line)]
    return [part for left, right in pairwise(cuts) if (part := line[left:right].strip())]
