"""Which lines name a source, a date or an editor, and nothing else?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.marks.datelines import dateline
from indexer.marks.numerals import days_in_digits
from indexer.marks.persons import is_name, names
from indexer.marks.plain import narrow, plain

__all__ = [
    "DAY",
    "Labels",
    "about_author",
    "credit",
    "credit_day",
    "editor",
    "iso_day",
    "labels",
    "link",
    "stamp",
]

_SOURCE_NAME = r"《(?P<book>[^》]{2,30})》|(?P<plain>[\w·\u4e00-\u9fff]{2,24})"
_PAPER_OR_AGENCY = r"新华社|新华网|人民网|中新社|央视新闻?|[\u4e00-\u9fff]{2,6}?(?:[日晚晨商时早]报|新闻网|电视台)"
_CREDIT = re.compile(
    r"[(\[【■●*]*\s*(?:本文|文章|新闻|信息|稿件|图文)?(?:(?:均?系?(?:摘编自|摘自|选自|节选自|原载于?|转载?自|刊载?于|载(?:于|(?=《)))|(?:来源|稿源|出处)(?=[:/\s《]))"
    rf"\s*[:/]?\s*(?:{_SOURCE_NAME})|(?:据|综合)\s*(?:《(?P<quoted>[^》]{{2,30}})》|(?P<agency>{_PAPER_OR_AGENCY}))|"
    r"《(?P<supplied>[^》]{2,30})》\s*(?:供稿|提供)(?=\W*$))(?P<rest>[^。！？]{0,24}?)\s*[)\]】]*"
)
_LABEL = re.compile(
    r"(?P<source>来源|稿源|文章来源|新闻来源|信息来源|出处|媒体)|(?P<author>作者|记者|通讯员|撰稿|撰文|文/图|图/文|供稿人?)|"
    r"(?P<editor>责任编辑|责编|编辑|版式|校对|审核|审签|审校|编审|主编|美编|组版|监制|终审|值班编委|值班主任|一审|二审|三审|初审|复审|文检|签发|录入|上传)|"
    r"(?P<date>发布日期|发布时间|发表时间|发表于|发布于|更新时间|更新于|更新时间戳|日期|时间|(?:出版|发布|发表|刊登|更新|发稿)(?=\s*[:/]\s*\d))|"
    r"(?P<count>浏览次数|浏览量|浏览|阅读量|阅读|点击数|点击量|点击|人气|评论数?|字号|字体|分享到?|访问量|收藏|打印|关闭)"
)
_OF_DESK = r"(?:本[报网刊台社]|全媒体|融媒体|特约|首席|见习|实习)*"
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff]){_OF_DESK}(?:{_LABEL.pattern})(?:\s*[:/]\s*|\s+(?=[\u4e00-\u9fff]))")
_SITE = re.compile(r"[\w\u4e00-\u9fff]{1,10}(?:报|网|社|台|新闻|在线|客户端|频道|发布|周刊|杂志|融媒|传媒)")
DAY = (
    r"(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.])\s*"
    r"(?P<m>1[0-2]|0?[1-9])\s*(?:月|[-/.])\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_STAMP = re.compile(rf"{DAY}(?:\s*T?\s*\d{{1,2}}[::时]\d{{2}}(?:[::分]\d{{2}}秒?)?)?")
# The day of the paper that is named, before or behind its name: 原载2023年1月5日《浙江日报》, 《宁波晚报》2021.3.4.
_CREDIT_DAY = re.compile(
    rf"{DAY}|(?<!\d)(?:(?:19|20)\d\d\s*年\s*)?(?:1[0-2]|0?[1-9])\s*月\s*(?:3[01]|[12]\d|0?[1-9])\s*日|"
    r"(?:19|20)\d\d\s*年\s*(?:1[0-2]|0?[1-9])\s*月(?!\d)"
)
_EDITOR = re.compile(
    r"[(\[【]?\s*(?:本[期版]|值班|本文)?(?:责任编辑|责编|编辑|校对|审核|编审|审校|主编|版式|美编|初审|复审|终审|监制|一审|二审|三审|值班编委|值班主任|文检|签发)"
    r"[\s:/].{1,60}"
)
# Other words for the same work begin sentences, too: beside them only names may stand.
_EDITING = re.compile(
    r"(?:[本此][文期版刊]|值班|执行|见习|副|责任|版面|新闻|图片|内容){0,2}"
    r"(?:编辑|责编|校对|校检|检校|文检|审核|编审|审校|审读|审签|主编|总编|编委|版式|美编|组版|制版|制作|终审|监制|[一二三初复]审|统筹|策划|签发|视觉|出品)"
)
_BESIDE_NAMES = re.compile(r"[\s、,;:/|()\[\]【】□■●◎◆]+")
_ABOUT_AUTHOR = re.compile(
    r"[(\[【]\s*(?:本文)?作者(?:系|为|是|单位:|简介:|:\s*系).{2,60}[)\]】]|(?:本文)?作者(?:系|单位:|简介:|:\s*系)[^。！？]{2,60}"
)
_LABEL_BEFORE = re.compile(rf"^(?:{_LABEL.pattern})\s*:?\s*")
# A label is followed by one of the first, a date begins with the last.
_MAY_LABEL = re.compile(r"[:/：／\s\d]")
_LONGEST_LABELS = 400  # white space and brackets included
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]{0,80})\]\((?:https?:)?[^\s()]*\)|https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Labels:
    """Hold the labelled fields of a line such as `来源：新华网 作者：张三 2023-01-06`; `dates` are ISO days."""

    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def credit(line: str) -> str | None:
    """Read the source that a line of its own names: `摘自《金华日报》` → 金华日报; None for any other line."""
    match = _credit(line)
    if match is not None:
        printed = _CREDIT_DAY.sub("", narrow(line).strip())
        spans = (match.span(group) for group in ("book", "plain", "quoted", "agency", "supplied"))
        return next(printed[start:end] for start, end in spans if end > start)
    found = labels(line) if len(line) <= 60 else None
    return found.sources[0] if found and found.sources else None


def credit_day(line: str) -> str | None:
    """Read the ISO day of the paper that a credit names: `摘自《宁波晚报》2021.3.4` → 2021-03-04; None without one."""
    day = re.search(DAY, plain(line)) if _credit(line) is not None else None
    return iso_day(day) if day else None


def _credit(line: str) -> re.Match[str] | None:
    """Match a line that credits a paper, its day taken out."""
    text = plain(line).strip()
    if len(text) > 60:
        return None
    match = _CREDIT.fullmatch(_CREDIT_DAY.sub("", text))
    # 据《江城日报》报道，… begins a sentence.
    if match is None or ((match["agency"] or match["quoted"]) and re.search("[，,]", match["rest"])):
        return None
    return match if dateline(text) is None else None


def labels(line: str) -> Labels | None:
    """Read a line made of labelled fields and dates only (`来源：新华网 作者：张三 2023-01-06 15:20`), else None."""
    return _labels(line) if len(line) <= _LONGEST_LABELS and _MAY_LABEL.search(line) else None


@lru_cache(maxsize=512)  # several stages ask for the same line
def _labels(line: str) -> Labels | None:
    text, printed = (copy.strip().strip("()[]|") for copy in (plain(line), narrow(line)))
    if not 3 <= len(text) <= 160:
        return None
    marks = list(_LABELLED.finditer(text))
    before = text[: marks[0].start()] if marks else text
    rest = [word for word in re.split(r"[\s|]+", _STAMP.sub(" ", before)) if word]
    if any(len(word) > 12 or re.search(r"[。！？,()]", word) for word in rest) or len(rest) > 2:
        return None
    found: dict[str, list[str]] = {"source": [], "author": [], "editor": [], "date": [], "count": []}
    if not marks:
        if not _STAMP.search(before) or not all(map(_SITE.fullmatch, rest)):
            return None
        found["source"] = rest[:1]  # as in 江城新闻网 2023-01-06 15:20
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        value = printed[mark.end() : following.start() if following else len(text)]
        if len(value) > 48 or re.search(r"[。！？]", value):
            return None
        words = [word for word in re.split(r"[\s|()]+", _STAMP.sub(" ", value)) if word]
        kind = mark.lastgroup or "count"
        if kind == "author" and re.search(r"[,“”]", value):
            return None  # 记者 begins a sentence here
        found[kind] += names(value) if kind in ("author", "editor") else words[:1]
    dates = tuple(iso_day(match) for match in _STAMP.finditer(text))
    source = tuple(word.strip("《》") for word in found["source"])
    return Labels(source, tuple(found["author"]), tuple(found["editor"]), dates, tuple(rest))


def stamp(line: str) -> str | None:
    """Read the ISO day of a line that holds a date, with or without a time and a label, and nothing else."""
    text = _LABEL_BEFORE.sub("", days_in_digits(plain(line)).strip().strip("()[]"))
    match = _STAMP.fullmatch(text)
    return iso_day(match) if match else None


def iso_day(match: re.Match[str]) -> str:
    """Return the day of a match with groups y, m and d as YYYY-MM-DD."""
    return f"{int(match['y']):04d}-{int(match['m']):02d}-{int(match['d']):02d}"


def editor(line: str) -> bool:
    """Tell whether a line names those who edited and proofread, not who wrote: `（责任编辑 王五）`."""
    text = plain(line).strip()
    if len(text) > 80:
        return False
    if _EDITOR.fullmatch(text):
        return True
    bare = _BESIDE_NAMES.sub("", text[:2]) + text[2:]
    if not _EDITING.match(bare):
        return False
    words = [word for word in _BESIDE_NAMES.split(_EDITING.sub(" ", text)) if word]
    return any(map(is_name, words)) and all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", word) for word in words)


def about_author(line: str) -> bool:
    """Tell whether a line says who the author is: `（作者系江城大学教授）`, `作者单位：江城市委党校`."""
    return "作者" in line and len(line) <= 80 and _ABOUT_AUTHOR.fullmatch(plain(line).strip()) is not None


def link(line: str) -> bool:
    """Tell whether a line is nothing but links: `[查看原文](https://…)`, `https://…`."""
    text = line.strip()
    return bool(text) and _LINK.search(text) is not None and not _LINK.sub("", text).strip(" |·　>-")
