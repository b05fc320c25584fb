"""Which newspaper does a line at the top of a page name?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.marks.folios import FOLIO_PART, SECTION
from indexer.marks.plain import plain

__all__ = ["paper"]

# Papers of counties call themselves 今日龙泉; 今日关注 and the like head a section of any paper.
_TODAY = r"今日(?!头条|导读|看点|推荐|热点|话题|焦点|聚焦|天气|评说|视线)[\u4e00-\u9fff]{2,3}"
_NAMED = re.compile(
    rf"《?(?P<paper>[\u4e00-\u9fff]{{1,8}}?(?:报|电讯)|[\u4e00-\u9fff]{{1,6}}?(?P<weekly>周刊|周末)|{_TODAY})》?"
    r"(?:数字报|电子报|电子版)?"
)
# 天气预报, 统计公报 and 疫情播报 are no papers; 文汇报, 大公报, 中国青年报 and 中国邮电报 are.
_NO_PAPER = re.compile(
    r"(?:.申|(?<!文)汇|(?<!大)公|(?<![渤黄南北])海|(?<!交)通|(?<![青少老])年|(?<![水邮])电|大字|善有善|^善|"
    r"[简情预喜捷举上墙板月季本警战播速填呈专回谎])报$"
)
_SECTION = re.compile(rf"{SECTION}(?:周刊|周末)?")
_WORD = re.compile(r"[^\s|/·,;:()\[\]【】]+")


def paper(line: str) -> str | None:
    """Read the paper that a masthead or folio line names, as printed; its words stand apart from days and numbers.

    `中国气象报 2013年2月19日 第一版` → 中国气象报, `《人民日报》1979.03.17 第2版` → 人民日报; None without one.
    """
    found = list(_papers(line))
    return next((name for name, weekly in found if not weekly), found[0][0] if found else None)


def _papers(line: str) -> Iterator[tuple[str, bool]]:
    """Yield the names that a line holds, and whether each is a weekly's, as sections are called, too."""
    for word in _WORD.finditer(FOLIO_PART.sub(lambda part: " " * len(part[0]), plain(line))):
        named = _NAMED.fullmatch(word[0])
        if named and not (_NO_PAPER.search(named["paper"]) or _SECTION.fullmatch(named["paper"])):
            start = word.start() + named.start("paper")
            yield line[start : start + len(named["paper"])], named["weekly"] is not None
