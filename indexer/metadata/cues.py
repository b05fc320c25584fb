"""Which words of a text bear on the year in which it was written?

Years that it names, each with the way in which it is named (see naming), with the words beside it and, where month or
day are told, with the time from then to the day of writing; spans that count from a year (2003年 … 20年来); periods
that are named twice (2015年前9个月, 今年前9个月); and events whose year is known (data/events.txt).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.marks.calendar import plain_digits
from indexer.metadata.events import Event, events, number
from indexer.metadata.naming import naming
from indexer.metadata.opening import opening

__all__ = ["Cues", "Mention", "cues"]

# Patterns begin with what they look for, and look behind later: so `re` skips fast what cannot match.
_YEAR = re.compile(
    r"(?P<year>(?:19(?=[5-9])|20(?=[0-4]))(?<![\d.]\d\d)(?<!\d[,，]\d\d)\d\d)(?![\d.,]\d|\d|[%％‰]|-\d{3})"
)
_SENTENCES = re.compile(r"[^。！？；\n]{1,400}[。！？；\n]?")
# Some set a space between digits and Han: IT 之家 7 月 30 日消息.
_SPACE = re.compile(r" (?:(?<=\d )(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] )(?=\d))")
_STOP = re.compile(r"[，,：:]")
# What is read of a text, and the mentions that are weighed: a whole book would tell no more of its year.
_READ, _LONGEST_TITLE, _MOST = 20_000, 400, 200
# Not the article's words: the owner's notice, and the day on which somebody looks at the page.
_NOTICE = re.compile(
    r"©|版权所有|Copyright|ICP|备案|许可证|互联网新闻|(?:今[天日]是|现在是|当前(?:时间|日期)).{0,16}(?:星期|周[一二三四五六日])",
    re.IGNORECASE,
)
# Words of the clause in which a year stands, and of its sentence.
_OF_CLAUSE = (
    ("future", re.compile(
        r"将(?<!即将)(?!军|士|领)|要[在到于]|要(?<=[快早迟]要)|争取|确保|努力|未来|明年|今后|可能|计划|预计|力争|目标|规划|有望|拟|预期|"
        r"预测|预估|估计|最快|最早|有机会|倒计时|预选赛|资格赛|参选|竞选|备战|申办|到期|交割|起施行|片单|展望|下[届赛]"
    )),
    ("held", re.compile(r"举行|举办|召开|开幕|闭幕|启动|落幕|发布|公布|印发|揭晓|颁奖|开赛|上演|亮相")),
)  # fmt: skip
_OF_SENTENCE = (
    ("figures", re.compile(
        r"同比|增长|下降|增速|总额|总值|产值|营收|收入|利润|产量|亿元|万吨|占比|环比|达到|实现"
    )),
    ("just", re.compile(
        r"近日|日前|昨[日天晚]|今[日天晚]|刚刚|获悉|日(?<=\d日)(?:[上下]午|晚|电|讯|在|，|发布|公布|举行|召开|开)|前不久|近期|当[日天]"
    )),
)  # fmt: skip
_FUTURE = _OF_CLAUSE[0][1]
_OTHER_YEAR = re.compile(r"去年|上年|去[冬秋夏春]|年前|前年|明年|明[春夏]|来年")
_WHICH = (
    r"(?P<period>[前首][\d一二三四五六七八九十两]{1,2}个月|前[一二三两]个?季度|第?[一二三四]季度|[上下]半年|半年度|"
    r"\d{1,2}\s?[-—至]\s?\d{1,2}月|春运|春节|高考|暑[期运]|夏粮|[春夏秋冬]季)"
)
_PERIOD = re.compile(r"(?P<year>20(?<!\d20)\d\d)\s?年(?:的)?" + _WHICH)
_PERIOD_NOW = re.compile(r"今年(?:的)?" + _WHICH)
_MONTH_DAY = re.compile(r"(?<![年\d])\s?(?P<month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号]?)?")
_SPAN = re.compile(r"(?<![\d.第前近])(?P<years>\d{1,3}|[一二三四五六七八九十百两]{1,4})个?(?:周年|年以?来|个年头)")
# Pictures from the archive: 这是2022年12月23日拍摄的 ….
_PHOTO = re.compile(r"这是[^，。]{0,12}$|资料[图照]|[拍]?摄于?$")
_CREDITED = re.compile(
    r"[^。]{0,6}(?:资料[图照]|新华社(?:记者|发|资料)|视觉中国|图/|图源|图片来源|[\u4e00-\u9fff]{2,4}\s?摄)"
)
# Kinds that name a whole year, which is over in December.
_WHOLE = frozenset({"whole", "to", "asof"})
# The title and the first sentences are the early ones; the first day that one of the lead's names is that of the news,
# or some days older.
_EARLY, _LEAD, _SLACK = 2, 3, 3
_MONTH = 30


@dataclass(slots=True)
class Mention:
    """Hold a year that a text names: how (its kind and tags), until which month and day, and with which words.

    `early` are those of title and first sentences. `lag` counts the days (in months of 30) from what is told to the
    day of writing, were both in the same year; it is `firm` where the text says on which day it was written.
    """

    year: int
    kind: str
    month: int | None
    day: int | None
    words: str
    tags: frozenset[str]
    early: bool
    lag: int | None = None
    firm: bool = False


@dataclass(slots=True)
class Cues:
    """Hold what one or several texts say about their year; `today` is the day of the year (in months of 30 days)."""

    mentions: list[Mention] = field(default_factory=list)
    spans: list[tuple[int, str]] = field(default_factory=list)
    echoes: list[tuple[int, str]] = field(default_factory=list)
    events: list[tuple[Event, frozenset[str]]] = field(default_factory=list)
    today: int | None = None

    def add(self, other: Cues) -> None:
        """Take over what another text of the same page says."""
        self.mentions += other.mentions
        self.spans += other.spans
        self.echoes += other.echoes
        self.events += other.events
        self.today = max(self.today or 0, other.today or 0) or None


def cues(title: str, text: str) -> Cues:
    """Return what a text says about the year of its writing."""
    title, body = _plain(title[:_LONGEST_TITLE]), _plain(text[:_READ])
    sentences = [title, *_SENTENCES.findall(body)]
    whole = f"{title}\n{body}"
    found = Cues(echoes=_echoes(whole))
    found.events = [(event, _tags(_around(whole, event))) for event in events(whole)]
    found.today, firm = _today(text, sentences)
    before: list[Mention] = []
    for at, sentence in enumerate(sentences):
        mentions = _mentions(sentence, at <= _EARLY)
        if mentions and _CREDITED.match("".join(sentences[at + 1 : at + 2])):
            mentions = [replace(mention, kind="photo") for mention in mentions]
        found.spans += _spans(sentence, mentions + before)
        found.mentions += [_dated(mention, found.today, firm) for mention in mentions]
        before = mentions
        if len(found.mentions) >= _MOST:
            break
    return found


def _plain(text: str) -> str:
    return _SPACE.sub("", plain_digits(text))


def _today(text: str, sentences: Sequence[str]) -> tuple[int | None, bool]:
    """Return the day of the year on which a text was written, and whether it says so; else the last day that it names.

    It says so in its dateline, or by the first day that its lead names.
    """
    dateline = opening(text)
    if dateline and dateline.month:
        return dateline.month * _MONTH + (dateline.day or 15), True
    last = 0
    for at, sentence in enumerate(sentences):
        named = list(_MONTH_DAY.finditer(sentence)) if "月" in sentence else []
        if not named or any(pattern.search(sentence) for pattern in (_NOTICE, _FUTURE, _OTHER_YEAR)):
            continue
        for match in named:
            month, day = int(match["month"]), int(match["day"] or 0)
            if at <= _LEAD and day:
                return month * _MONTH + day + _SLACK, True
            last = max(last, month * _MONTH + (day or 15))
    return last or None, False


def _dated(mention: Mention, today: int | None, firm: bool) -> Mention:
    whole = mention.kind in _WHOLE or (mention.kind == "year" and "figures" in mention.tags)
    month = mention.month or (12 if whole else None)
    if month is None or today is None:
        return mention
    # A period tells of what is over; a month may be the current one.
    day = mention.day or (0 if mention.kind.endswith("month") else _MONTH)
    return replace(mention, lag=today - month * _MONTH - day, firm=firm)


def _echoes(text: str) -> list[tuple[int, str]]:
    """Find periods that are named twice: 2015年前9个月 and 今年前9个月 are the same.

    Months are not among them: 2022年6月 beside 今年6月 compares two years.
    """
    if "今年" not in text:
        return []
    named: dict[str, set[int]] = {}
    for match in _PERIOD.finditer(text):
        named.setdefault(match["period"], set()).add(int(match["year"]))
    found = set()
    for match in _PERIOD_NOW.finditer(text):
        period = match["period"]
        found |= {(year, f"{year}年{period} … {match.group()}") for year in named.get(period, ())}
    return sorted(found)


def _around(text: str, event: Event) -> str:
    """Return the sentence in which an event is named, as far as 40 characters on either side."""
    before, _, after = text[max(0, event.start - 40) : event.start + 40].partition(event.words[:40])
    return re.split(r"[。！？\n]", before)[-1] + event.words + re.split(r"[。！？\n]", after)[0]


def _tags(sentence: str, clause: str | None = None) -> frozenset[str]:
    """Name the words beside a year or event that tell how it stands to the day of writing."""
    of_clause = {name for name, pattern in _OF_CLAUSE if pattern.search(sentence if clause is None else clause)}
    return frozenset(of_clause | {name for name, pattern in _OF_SENTENCE if pattern.search(sentence)})


def _mentions(sentence: str, early: bool) -> list[Mention]:
    found: list[Mention] = []
    for match in _YEAR.finditer(sentence):
        if not found and _NOTICE.search(sentence):
            break
        start, end = match.span()
        named = naming(sentence, start, end)
        if named is None:
            continue
        photo = _PHOTO.search(sentence, 0, start) or "拍摄" in sentence[end:]
        kind = "photo" if photo else named.kind
        tags = _tags(sentence, _clause(sentence, start))
        words = sentence[max(0, start - 12) : end + 16].strip()
        found.append(Mention(int(match["year"]), kind, named.month, named.day, words, tags, early))
    return found


def _clause(sentence: str, at: int) -> str:
    begin = max(sentence.rfind(mark, 0, at) for mark in "，,：:")
    return sentence[begin + 1 : at] + _STOP.split(sentence[at : at + 80], maxsplit=1)[0]


def _spans(sentence: str, mentions: Sequence[Mention]) -> list[tuple[int, str]]:
    """Add spans to the years named in their sentence or the one before: 2003年 … 20年来 speaks in 2023."""
    found = []
    for match in _SPAN.finditer(sentence) if mentions else ():
        years = number(match["years"].replace("两", "二"))
        if 2 <= years <= 99:
            found += [(mention.year + years, f"{mention.words} … {match.group()}") for mention in mentions]
    return found
