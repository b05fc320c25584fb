"""How does a sentence name a year: as a day, a period, a plan, a law's number, an event's name …?

The ways are called kinds. Each is the first pattern that fits what stands before the year, else what stands behind it:
    told        stamp, day, month, opening day, opening month (of a clause), period, early (its first weeks), asof,
                whole, annual, fiscal, year, on
    counted     since, sofar, after, founded, born, ago, to (the end of a span), compare
    ahead       due, plan, until, from (the start of a span), class (a graduating one), games (talked of for years)
    as a name   event, activity, edition, bare; law (the number of a law or case)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.metadata.events import number

__all__ = ["Naming", "naming"]

_AROUND, _BEHIND_IT = 8, 90
# A bare number before one of these counts something: 2023人, 2012万元.
_UNIT = re.compile(
    r"\s?[多余]?(?:[万亿千百元个人名吨米件项部台辆户亩只位家条座张套株间份场次页字号分秒斤克升度倍级层岁环轮例款种粒艘架枚批头尾棵处所杯磅盒瓶"
    r"匹根支组篇首幅集册本对双]|公里|公斤|公顷|平方|立方|[a-zA-Z]{1,3}\b)"
)
# GB4806.9-2016, ISO 9001:2015.
_STANDARD = re.compile(r"(?:[A-Za-z]|\d)[-—:：]$")
_SPAN_START = re.compile(r"(?:19|20)\d\d[-—]$")
_YEAR_OF_SPAN = r"(?:19|20)\d\d年?(?:度|底)?\s?[-—–~～－至到/]{1,2}\s?$"

_DATE = r"年(?:\d{1,2}月)?(?:\d{1,2}日)?"
_DAY = re.compile(r"年\s?(?P<month>\d{1,2})\s?月\s?(?:(?P<day>\d{1,2})\s?[日号]|(?P<part>底|末|下旬|初|上旬|中旬))?")
_PARTS = {"初": 3, "上旬": 5, "中旬": 15, "下旬": 25, "底": 28, "末": 28}
_PERIOD = re.compile(
    r"年?(?:的)?(?:(?P<month12>年底|底|末|岁末|年末|下半年|Q4|第?四季度?|1\s?[-—–~至]\s?12月)"
    r"|(?P<month9>前三季度?|前三个季度|Q3|第?三季度?)"
    r"|(?P<month6>上半年|半年度?|中期|H1|Q2|第?二季度?|前?[两二]个?季度)|(?P<month3>Q1|第?一季度?|首季|首个季度)"
    r"|[前首](?P<months>\d{1,2}|[一二三四五六七八九十]{1,2})个月|\d{1,2}月?\s?[-—–~至]\s?(?P<last>\d{1,2})月)"
)
_EARLY = re.compile(r"年?(?:的)?(?:春节|春运|元旦|年初|初|开年|新年|春[季晚]|新春)")
_TO_NOW = re.compile(_DATE + r"[^，。]{0,14}(?:以来|至今)")
# What is due to be finished is years away, unlike what is due to be held.
_COMPLETED = re.compile(
    r"年(?:底|末|[上下]半年)?(?:前|将)?(?:全[部面线]|整体|基本|正式|建设)?"
    r"(?:建成|完工|竣工|达产|投产|投用|投运|通车|完成|交付)"
)
_STAMP = re.compile(r"([-/.])\d{1,2}\1\d{1,2}(?!\d)")
_EDITION = re.compile(r"[\u4e00-\u9fff”][-—－·・ ]{1,2}$")
_NAMED = re.compile(r"[)）]\s?[》”]")
_BARE = re.compile(r"\s?(?:[\u4e00-\u9fff“《》”’）)—·]|$)")

_BEFORE = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("law", r"[(（〔\[【]$"),
    ("to", _YEAR_OF_SPAN),
    ("born", r"(?:生于|出生于)$"),
    ("asof", r"(?:截至|截止|截止到)\s?$"),
    ("until", r"(?:到了?|至|最快|最早|最迟)\s?$"),
    ("founded", r"(?:始于|起步于|始建于|成立于|建于|创办于|创建于|创立于|早在|上市于)\s?$"),
    ("after", r"(?:自从?|从)\s?$"),
    ("compare", r"(?:比|较|相比|与|同)\s?$"),
    ("due", r"(?:将[于在]|定于|拟于|预计|预定)\s?$"),
    ("on", r"(?<![位处在对关])于\s?$"),
))  # fmt: skip
_BEHIND = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("law", r"[)）〕\]】]\s?[\u4e00-\u9fff]{0,6}\d{0,4}(?:字|第|号|民|刑|执|行)"),
    ("from", r"年?\s?[-—–~～－至到/]{1,2}\s?(?:(?:19|20)\d\d(?!\d)|\d{2}年)"),
    ("born", _DATE + r"(?:出生|生(?![产活态长]))"),
    ("class", r"[届级](?![^，。]{0,4}(?:大会|论坛|运动会|锦标赛))"),
    ("due", r"年\d{1,2}月份?(?:交割|到期|合约)"),
    ("plan",
        r"年(?:底|末)?(?:之前|以前|前(?![\d一二三四五六七八九十两]))|年远景|年目标|年(?:联合国)?可持续发展|年议程|"
        + _DATE + r"(?:到期|起(?:正式)?(?:施行|实施|执行))"),
    ("founded", _DATE + r"(?:成立|创办|创立|创建|创设|建成|始建)"),
    ("since", r"年\d[\d月日]*(?:以来|至今)"),
    ("sofar", r"年(?:以来|至今)"),
    ("after", _DATE + r"(?:起|开始|后|以后|之后)"),
    ("ago", r"年(?:多)?(?:来|历史)"),
    ("compare", r"年(?:的)?(?:同期|水平)"),
    ("fiscal", r"年?财年|赛季"),
    ("stamp", r"年0\d月|年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?\d\d[:：]\d\d"),
    ("opening day", r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号][，,]"),
    ("day", r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号]"),
    ("period", _PERIOD.pattern),
    ("opening month", r"年\s?\d{1,2}\s?月[，,]"),
    ("month", r"年\s?\d{1,2}\s?月"),
    ("early", _EARLY.pattern),
    ("annual", r"年?(?:年度|度|年报|年鉴)"),
    # The figure of a whole year beside the one before is known when the year is over: 2022年，全市…同比增长.
    ("whole",
        r"年全年|年(?:，|,|[我全][国省市县区])(?![^。；]{0,30}(?:季度|上半年|月|预计|预期|目标|将|夏粮))"
        r"[^。；]{0,80}?(?:同比|比上年|较上年)"),
    ("games",
        r"年?[\u4e00-\u9fff]{0,8}?(?:世界杯|奥运|冬奥|残奥|青奥|亚运|大运会|世博|欧洲杯|大选|总统选举|世运会|亚冬会)"),
    ("event",
        r"年?(?:“|《|第[\d一二三四五六七八九十百]+届|[\u4e00-\u9fff·]{0,12}(?:大会|论坛|峰会|博览会|展览?会|大赛|联赛|锦标赛|"
        r"公开赛|马拉松|运动会|文化节|艺术节|电影节|年会|活动周?|夏令营|高考|中考|招生|国庆|两会|榜单|名单|排行榜|[节赛展杯]))"),
    ("activity",
        r"年?(?:第[\d一二三四五六七八九十百]+[次批期]|[\u4e00-\u9fff·]{0,14}(?:会议|座谈会|推进会|工作|行动|项目|案例|评选|竞赛|"
        r"比赛|演出|巡演|培训|宣传|[周月](?![年期边岁围底初末])))"),
))  # fmt: skip


class Naming(NamedTuple):
    """Hold the kind of a naming, and the last month and day of what is told of, as far as it says so."""

    kind: str
    month: int | None
    day: int | None


def naming(sentence: str, start: int, end: int) -> Naming | None:
    """Return how a sentence names the year that it has from `start` to `end`; None where the number is no year."""
    before, behind = sentence[max(0, start - _AROUND) : start], sentence[end : end + _BEHIND_IT].lstrip()
    kind = _kind(before, behind, sentence[start:end])
    return None if kind is None else Naming(kind, *_until(kind, behind))


def _kind(before: str, behind: str, year: str) -> str | None:
    is_year = behind.startswith("年")
    if not is_year and (year == "2000" or (_STANDARD.search(before) and not _SPAN_START.search(before))):
        return None
    for kind, pattern in _BEFORE:
        if pattern.search(before) and (kind != "law" or not is_year):
            return _closer(kind, behind)
    for kind, pattern in _BEHIND:
        if pattern.match(behind):
            return kind
    return "year" if is_year else _of_name(before, behind)


def _closer(kind: str, behind: str) -> str:
    """Tell apart what the words before a year do not."""
    if kind == "law" and _NAMED.match(behind):
        return "edition"
    if kind == "after" and _TO_NOW.match(behind):
        return "since"
    return "plan" if kind == "due" and _COMPLETED.match(behind) else kind


def _of_name(before: str, behind: str) -> str | None:
    if _STAMP.match(behind):
        return "stamp"
    if _EDITION.search(before):
        return "edition"
    return "bare" if _BARE.match(behind) and not _UNIT.match(behind) else None


def _until(kind: str, behind: str) -> tuple[int | None, int | None]:
    period, day = _PERIOD.match(behind), _DAY.match(behind)
    if period:
        named = period["months"] or period["last"]
        month = number(named) if named else int((period.lastgroup or "").removeprefix("month"))
        return (month if 1 <= month <= 12 else None), None
    if day and 1 <= int(day["month"]) <= 12:
        return int(day["month"]), int(day["day"]) if day["day"] else _PARTS.get(day["part"])
    if kind == "whole":
        return 12, None
    return (1, None) if _EARLY.match(behind) else (None, None)
