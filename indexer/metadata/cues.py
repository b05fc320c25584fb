"""Which words of a text bear on the year in which it was written?

Years that it names, each with the way in which it is named (a day, a half year, a figure, a plan, a law's number …),
words that count from the day of writing (今年, 去年, 近日), spans that count from a year (2003年 … 20年来), weekdays
beside a month and day, and events whose year is known (data/events.txt).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.metadata.calendar import plain_digits
from indexer.metadata.events import Event, events

__all__ = ["Cues", "Mention", "cues"]

_YEAR = re.compile(r"(?<![\d.])(?<!\d,)(?<!\d，)(?P<year>(?:19[5-9]|20[0-4])\d)(?![\d.,]\d|\d|[%％‰]|-\d{3})")
_SENTENCES = re.compile(r"[^。！？；\n]{1,400}[。！？；\n]?")
# What is read of a text, and the mentions that are weighed: a whole book would tell no more of its year.
_READ, _LONGEST_TITLE, _MOST = 20_000, 400, 200
# A bare number before one of these counts something: 2023人, 2012万元.
_NUMBER = re.compile(r"[12]\d{3}|\d\s?月")
_UNIT = re.compile(
    r"\s?[多余]?(?:[万亿千百元个人名吨米件项部台辆户亩只位家条座张套株间份场次页字号分秒斤克升度倍级层岁环轮例款种粒艘架枚批头尾棵处所"
    r"匹根支组篇首幅集册本对双]|公里|公斤|公顷|平方|立方|[a-zA-Z]{1,3}\b)"
)
_STATISTICS = re.compile(r"同比|增长|下降|增速|总额|总值|产值|营收|收入|利润|产量|亿元|万吨|占比|环比|达到|实现")
_FUTURE = re.compile(
    r"将(?!军|士|领)|计划|预计|力争|目标|规划|有望|拟|预期|预测|预估|倒计时|预选赛|资格赛|参选|竞选|备战|申办|到期|交割|起施行|片单|展望|下[届赛]"
)
_JUST = re.compile(
    r"近日|日前|昨[日天晚]|今[日天晚]|刚刚|获悉|\d日(?:[上下]午|晚|电|讯|在|，|发布|公布|举行|召开|开)|前不久|近期|当[日天]"
)
_HELD = re.compile(r"举行|举办|召开|开幕|闭幕|启动|落幕|发布|公布|印发|揭晓|颁奖|开赛|上演|亮相")
_WHICH = (
    r"(?P<period>[前首][\d一二三四五六七八九十两]{1,2}个月|前[一二三两]个?季度|第?[一二三四]季度|[上下]半年|半年度|\d{1,2}\s?[-—至]\s?\d{1,2}月|"
    r"春运|春节|高考|暑[期运]|夏粮|[春夏秋冬]季)"
)
# Begins with what it looks for, and looks behind later: so `re` skips what cannot be a year.
_PERIOD = re.compile(r"(?P<year>20(?<!\d20)\d\d)\s?年(?:的)?" + _WHICH)
_PERIOD_NOW = re.compile(r"今年(?:的)?" + _WHICH)
_TAGS = (("figures", _STATISTICS), ("future", _FUTURE), ("just", _JUST), ("held", _HELD))
_RELATIVE_WORDS = {
    word: kind
    for kind, words in {
        "this": "今年 本年度 今春 今夏 今秋 今冬 年内 今后",
        "last": "去年 上年 去冬 去秋 去夏 去春 年前",
        "next": "明年 明春 明夏 来年",
        "before": "前年",
        "same": "同年 当年 次年",
    }.items()
    for word in words.split()
}
# Without groups `re` knows with which characters a match can begin: fifteen times as fast.
_RELATIVE = re.compile(
    r"今年(?:以来|截至|[前首上]|第?[一二三四]季|\d{1,2}\s?月|\d{1,2}\s?[-—至])|" + "|".join(_RELATIVE_WORDS)
)
_MONTH_DAY = re.compile(r"(?<![年\d])\s?(?P<month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号]?)?")
_WEEKDAY = re.compile(r"\s?[(（]?\s?(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?!年)")
_SPAN = re.compile(
    r"(?<![\d.第前近])(?P<years>\d{1,2})(?:个)?(?:多)?(?:年(?:来|间|后|过去|的|以来|时间|光景|，|,)|周年|载|个年头)|(?P<th>第)(?P<count>\d{1,2})(?:个)?年(?!级)"
)
# The figure of a whole year beside the one before, which is known when the year is over: 2022年，全市…同比增长.
_FULL_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:，|,|全年|全[国省市县区]|我[国省市县区])(?![^。；\n]{0,30}(?:季度|上半年|月|预计|预期|目标|将|夏粮))"
    r"[^。；\n]{0,80}?(?:同比|比上年|较上年)"
)
# Pictures from the archive: 这是2022年12月23日拍摄的 ….
_PHOTO = re.compile(r"这是[^，。]{0,12}$|资料[图照]|[拍]?摄于?$")
_TITLE_OPEN = re.compile(r"[《〈](?=[^》〉]*$)")
_NOTICE = re.compile(r"©|版权所有|Copyright|ICP|备案|许可证|互联网新闻", re.IGNORECASE)

# How a year is named, by the words behind it and, below, before it: the first that fits.
_BEHIND = (
    ("law", re.compile(r"[)）〕\]】]\s?[\u4e00-\u9fff]{0,6}\d{0,4}(?:字|第|号|民|刑|执|行)")),
    ("range", re.compile(r"年?\s?[-—–~～－至到/]{1,2}\s?(?:(?:19|20)\d\d(?!\d)|\d{2}年)")),
    ("born", re.compile(r"年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:出生|生(?![产活态长]))")),
    ("plan", re.compile(
        r"年(?:底|末)?(?:之前|以前|前(?![\d一二三四五六七八九两]))|年远景|年目标|年(?:联合国)?可持续发展|年议程|"
        r"年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:到期|起(?:正式)?(?:施行|实施|执行))"
    )),
    ("since", re.compile(r"年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|开始|至今|后|以后|之后|成立|创办|创立|建成|始建)")),
    ("ago", re.compile(r"年(?:多)?(?:来|历史)")),
    ("day", re.compile(r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号]")),
    ("month", re.compile(r"年\s?\d{1,2}\s?月")),
    ("compare", re.compile(r"年(?:的)?(?:同期|水平)")),
    ("half", re.compile(
        r"年?(?:的)?(?:上半年|半年度|半年|中期|H1|前[567]个?月|1\s?[-—–~至]\s?[678]月|"
        r"Q[12]|第?[一二]季度?|首季|前?两个?季度)"
    )),
    ("late", re.compile(
        r"年?(?:的)?(?:下半年|前三季度?|前(?:[89]|1[01])个?月|1\s?[-—–~至]\s?(?:9|1[0-2])月|"
        r"Q[34]|第?[三四]季度?|年底|底|末|岁末|冬)"
    )),
    ("early", re.compile(
        r"年?(?:的)?(?:[前首][1-4]个?月|1\s?[-—–~至]\s?[2-5]月|春节|春运|元旦|年初|初|开年|新年|春[季晚]|新春)"
    )),
    ("annual", re.compile(r"年?(?:年度|度|财年|年报|年鉴)|财年|赛季")),
    ("whole", re.compile(r"年全年|年(?:全[国省市县区]|我[国省市县区])")),
    ("event", re.compile(
        r"年?(?:“|《|第[\d一二三四五六七八九十百]+届|[\u4e00-\u9fff·]{0,12}(?:大会|论坛|峰会|博览会|展览?会|大赛|联赛|锦标赛|"
        r"公开赛|世界杯|马拉松|运动会|文化节|艺术节|电影节|年会|活动周?|夏令营|高考|中考|招生|国庆|两会|榜单|名单|排行榜|[节赛展]))"
    )),
)  # fmt: skip
_BEFORE = (
    ("law", re.compile(r"[(（〔\[【]$")),
    ("range", re.compile(r"(?:19|20)\d\d年?(?:度|底)?\s?[-—–~～－至到/]{1,2}\s?$")),
    ("born", re.compile(r"(?:生于|出生于)$")),
    ("asof", re.compile(r"(?:截至|截止|截止到)\s?$")),
    ("until", re.compile(r"(?:到了?|至|最快|最早|最迟)\s?$")),
    ("since", re.compile(r"(?:自从?|从|始于|起步于|始建于|成立于|建于|创办于|创建于|创立于|早在|上市于)\s?$")),
    ("compare", re.compile(r"(?:比|较|相比|与|同)\s?$")),
    ("due", re.compile(r"(?:将[于在]|定于|拟于|预计|预定)\s?$")),
    ("on", re.compile(r"(?<![位处在对关])于\s?$")),
)
# What is due to be finished is years away, unlike what is due to be held.
_COMPLETED = re.compile(
    r"年(?:底|末|[上下]半年)?(?:前|将)?(?:全[部面线]|整体|基本|正式|建设)?"
    r"(?:建成|完工|竣工|达产|投产|投用|投运|通车|完成|交付)"
)
_BARE = re.compile(r"\s?(?:[\u4e00-\u9fff“《》”’）)—·]|$)")


@dataclass(slots=True)
class Mention:
    """Hold a year that a text names: how, in which month, in which sentence, and beside which words."""

    year: int
    kind: str
    month: int | None
    words: str
    tags: frozenset[str]


@dataclass(slots=True)
class Cues:
    """Hold what one or several texts say about their year; months are those named without a year."""

    mentions: list[Mention] = field(default_factory=list)
    relative: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    weekdays: list[tuple[int, int, int]] = field(default_factory=list)
    spans: list[tuple[int, str, str]] = field(default_factory=list)
    echoes: list[tuple[int, str]] = field(default_factory=list)
    full: list[tuple[int, str]] = field(default_factory=list)
    events: list[tuple[Event, frozenset[str]]] = field(default_factory=list)
    length: int = 0

    def add(self, other: Cues) -> None:
        """Take over what another text of the same page says."""
        self.mentions += other.mentions
        self.relative |= other.relative
        self.months |= other.months
        self.weekdays += other.weekdays
        self.spans += other.spans
        self.echoes += other.echoes
        self.full += other.full
        self.events += other.events
        self.length += other.length


def cues(title: str, text: str) -> Cues:
    """Return what a text says about the year of its writing."""
    found = Cues(length=len(text))
    whole = plain_digits(f"{title[:_LONGEST_TITLE]}\n{text[:_READ]}")
    title = title[:_LONGEST_TITLE]
    for at, sentence in enumerate([whole[: len(title)], *_SENTENCES.findall(whole, len(title))]):
        if not _NUMBER.search(sentence) or _NOTICE.search(sentence):
            continue
        if len(found.mentions) >= _MOST:
            break
        _read(sentence, found, {"title"} if at == 0 else {"head"} if at <= 2 else set())
    found.relative = _relative(whole)
    found.echoes = _echoes(whole)
    found.full = [(int(match["year"]), match.group()) for match in _FULL_YEAR.finditer(whole)]
    found.events += [(event, frozenset(_tags(_around(whole, event)))) for event in events(whole)]
    return found


def _echoes(text: str) -> list[tuple[int, str]]:
    """Find periods that are named twice: 2015年前9个月 and 今年前9个月 are the same, in 62 of 64 reports.

    Months are not among them: 2022年6月 beside 今年6月 compares two years.
    """
    named: dict[str, set[int]] = {}
    for match in _PERIOD.finditer(text):
        named.setdefault(match["period"], set()).add(int(match["year"]))
    if not named:
        return []
    found = set()
    for match in _PERIOD_NOW.finditer(text):
        period = match["period"]
        found |= {(year, f"{year}年{period} … {match.group()}") for year in named.get(period, ())}
    return sorted(found)


def _around(text: str, event: Event) -> str:
    """Return the sentence in which an event is named, as far as 40 characters on either side."""
    before, _, after = text[max(0, event.start - 40) : event.start + 40].partition(event.words[:40])
    return re.split(r"[。！？\n]", before)[-1] + event.words + re.split(r"[。！？\n]", after)[0]


def _tags(sentence: str) -> set[str]:
    """Name the words beside a year or event that tell how it stands to the day of writing."""
    tags = _relative(sentence)
    tags.update(name for name, pattern in _TAGS if pattern.search(sentence))
    return tags


def _relative(sentence: str) -> set[str]:
    words = {_RELATIVE_WORDS.get(word, "sofar") for word in _RELATIVE.findall(sentence)}
    return words | {"this"} if "sofar" in words else words


def _read(sentence: str, found: Cues, place: set[str]) -> None:
    tags = place | _tags(sentence)
    mentions = list(_mentions(sentence, frozenset(tags)))
    found.mentions += mentions
    found.spans += _spans(sentence, mentions)
    for match in _MONTH_DAY.finditer(sentence):
        month, day = int(match["month"]), int(match["day"] or 0)
        found.months.add(month)
        named = _WEEKDAY.match(sentence, match.end())
        if day and named:
            found.weekdays.append((month, day, "一二三四五六日".index(named["day"].replace("天", "日"))))


def _mentions(sentence: str, tags: frozenset[str]) -> Iterator[Mention]:
    for match in _YEAR.finditer(sentence):
        before, behind = sentence[max(0, match.start() - 8) : match.start()], sentence[match.end() : match.end() + 24]
        kind = _kind(before, behind)
        if kind is None:
            continue
        if _PHOTO.search(sentence, 0, match.start()) or "拍摄" in sentence[match.end() :]:
            kind = "photo"
        own = tags | {"quoted"} if _TITLE_OPEN.search(sentence, 0, match.start()) else tags
        named = re.match(r"年\s?(\d{1,2})\s?月", behind)
        month = (
            int(named.group(1)) if named and kind in ("day", "month", "since", "on", "due") else _LAST_MONTH.get(kind)
        )
        words = sentence[max(0, match.start() - 12) : match.end() + 16].strip()
        yield Mention(int(match["year"]), kind, month, words, own)


def _kind(before: str, behind: str) -> str | None:
    is_year = behind.startswith(("年", " 年"))
    behind = behind.lstrip() if is_year else behind
    for kind, pattern in _BEFORE:
        if pattern.search(before) and (kind != "law" or not is_year):
            return "plan" if kind == "due" and _COMPLETED.match(behind) else kind
    for kind, pattern in _BEHIND:
        if pattern.match(behind):
            return kind
    if is_year:
        return "year"
    return "bare" if _BARE.match(behind) and not _UNIT.match(behind) else None


# The month in which what is told of can be known at the earliest.
_LAST_MONTH = {"early": 1, "half": 6, "late": 9, "whole": 12}


def _spans(sentence: str, mentions: list[Mention]) -> list[tuple[int, str, str]]:
    """Add spans to the years before them: 2003年 … 20年来 speaks in 2023."""
    if not mentions:
        return []
    found = []
    for match in _SPAN.finditer(sentence):
        years = int(match["years"] or match["count"])
        if 2 <= years <= 99:
            kind = "anniversary" if "周年" in match.group() else "nth" if match["th"] else "span"
            words = match.group().rstrip("，,")
            found += [
                (mention.year + years - (kind == "nth"), kind, f"{mention.words} … {words}") for mention in mentions
            ]
    return found
