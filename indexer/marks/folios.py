"""Which lines are a newspaper page's folio: its date, its number, its section?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.marks.credits import DAY, credit_day, iso_day
from indexer.marks.numerals import days_in_digits
from indexer.marks.plain import plain

__all__ = ["FOLIO", "FOLIO_PART", "Folio", "MASTHEAD", "SECTION", "folio"]

# Why reading leaves such lines out of articles; what is known from them names them as its origin.
FOLIO, MASTHEAD = "folio line", "masthead"

_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_EDITION = (
    r"(?:第\s*[A-D]?\d{1,3}\s*版|第[一二三四五六七八九十]{1,3}版|"
    r"(?<![\w.])[A-D]\d{1,2}\s*版?(?![\w.])|(?<!\d)\d{1,2}\s*版(?!权)|[一二三四五六七八九十]版)"
)
FOLIO_PART = re.compile(
    rf"{DAY}|(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日|{_WEEKDAY}|{_EDITION}|"
    r"农历[\u4e00-\u9fff]{2,14}|[\u4e00-\u9fff]{2}年(?:正|[一二三四五六七八九十冬腊闰]{1,3})月[初一二三四五六七八九十廿]{2,3}|"
    r"(?:国内统一(?:连续出版物号|刊号)|邮发代号|CN)[:\s]*[\w\d-]+(?:/[A-Z])?|(?:总|今日)?第?\s*\d+\s*[期号]|今日\s*\d+\s*版|"
    r"(?:值班编委|值班主任|值班总编|责任编辑|责编|编辑|版式|校对|美编|组版|审读|电话|热线|电子邮箱|邮箱|E-?mail|主编|副刊编辑|视觉|检校)"
    r"\s*[:/]?\s*(?:[A-Za-z0-9@._-]{5,40}|[\u4e00-\u9fff]{2,4}(?:\s(?=[\u4e00-\u9fff]{2,3}(?:\s|$))[\u4e00-\u9fff]{2,3})?)?"
)
_FOLIO_STRONG = re.compile(rf"{_WEEKDAY}|{_EDITION}|农历|统一刊号|邮发代号|国内统一|今日\s*\d+\s*版|E-?mail\s*:")
SECTION = (
    r"(?:要闻|综合|时政|经济|民生|社会|文化|教育|科技|体育|国际|国内|专版|专题|视点|广告|深度|城事|副刊|理论|评论|县区|时事|健康|法治|生活|财经|娱乐|文娱|特刊|公告|"
    r"(?:本地|综合|国内|国际|社会|体育|文体|经济|区县|县区|今日|都市|民生)(?:新闻|要闻|关注|视点))"
)
# 要闻·1, 江城晚报  综合新闻  16
_SECTION_LINE = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,6}}报\s+)?(?:(?P<behind>{SECTION})\s*[·|/]?\s*(?:\d{{1,2}}|[A-D]\d{{1,2}})|(?:\d{{1,2}}|[A-D]\d{{1,2}})\s*[·|/]\s*(?P<before>{SECTION}))"
)
# A letter and a number between other words are an edition only where the paper is named, too.
_BARE_EDITION = re.compile(r"(?<=\S)\s+[A-D]\d{1,2}(?=\s+\S)|(?<=[\u4e00-\u9fff])[A-D]\d{1,2}(?=[\u4e00-\u9fff])")
_PAPER = re.compile(r"[\u4e00-\u9fff]报(?![\u4e00-\u9fff])")
# Papers of Taiwan print their name and the year of the Republic: 海峽導報 民國一百零九年十月十日.
_MASTHEAD = re.compile(r"[\u4e00-\u9fff]{1,6}(?:报|时报|周刊)\s+(?=.*民国)")
_LONGEST = 200  # white space included


@dataclass(frozen=True, slots=True)
class Folio:
    """Hold a page's folio line: `date` ISO (YYYY-MM-DD) or None, `edition` (第3版) and `section` (要闻) as printed."""

    date: str | None
    edition: str | None
    section: str | None


def folio(line: str) -> Folio | None:
    """Read a page's folio line: `2023年8月17日 星期四 第3版 要闻 责任编辑:王五`; None for any other line.

    A weekday, an edition number or a registration number is needed, and little else may stand beside them.
    """
    return _folio(line) if len(line) <= _LONGEST else None


@lru_cache(maxsize=512)  # several stages ask for the same line
def _folio(line: str) -> Folio | None:
    text = days_in_digits(plain(line)).strip()
    listed = _SECTION_LINE.fullmatch(text)
    if listed:
        return Folio(None, None, listed["behind"] or listed["before"])
    # 原载《湖州日报》2024年4月2日第1版 is the folio of another paper.
    if len(text) > 120 or not (_FOLIO_STRONG.search(text) or _MASTHEAD.match(plain(line))) or credit_day(text):
        return None
    day = re.search(DAY, text)
    if (
        _BARE_EDITION.search(text)
        and not _FOLIO_STRONG.search(_BARE_EDITION.sub(" ", text))
        and not (day or _PAPER.search(text))
    ):
        return None  # a headline about an A3
    rest = re.sub(r"[\s|/·■□◎●—:,;()-]+", " ", FOLIO_PART.sub(" ", text)).strip()
    if len(rest) > 16 or re.search(r"[。！？，,“”]", rest) or len(rest.split()) > 4:
        return None
    if rest.isdigit() and not day:
        return None
    edition = re.search(_EDITION, text)
    section = re.search(r"[\u4e00-\u9fff]{2,8}", rest)
    printed = edition[0].strip() if edition else None
    return Folio(iso_day(day) if day else None, printed, section[0] if section else None)
