"""Which reporters does a report name before its first words, and from where do they say it comes?"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.marks.numerals import MONTH_DAY
from indexer.marks.persons import CITIES, HAN_NAME, ROLE, is_name, names, only_names, without_roles
from indexer.marks.plain import narrow, plain, simplified

__all__ = ["Reporters", "reporters"]

# A role begins within as many characters, or none opens the report; most lines hold none of these.
_SIGN, _NEAR = re.compile("记者|[讯论派]员|实习生|作者|撰|文|图/|供稿|采写"), 40
_HOW = r"(?:(?:综合|联合|专题|现场|摄影|即时|连线){0,2}报[道导])"
# (记者 张三), 【本報記者陳大文／廈門報導】, （中央社記者楊思瑞台南24日電）
_BOXED = re.compile(
    rf"\s*(?:本报讯\s*)?[(\[【〔]\s*(?:本报讯\s*)?(?P<who>{ROLE}[^()\[\]【】〔〕]{{0,79}}?[^\s()\[\]【】〔〕])\s*"
    rf"(?P<filed>(?:{MONTH_DAY}\s*)?(?:{_HOW}|(?<=日)\s*专?电|讯))?\s*[)\]】〕]\s*"
)
# 本报记者王芳 深圳报道，…, 新华社记者王芳4月1日电 and, run into the report, 记者 王芳 深圳报道近日…
_REPORTED = re.compile(
    rf"\s*[□■●◎◆]?\s*(?P<who>{ROLE}[\s:/|]*[\u4e00-\u9fff](?:[\u4e00-\u9fff·、/\s]|[,，](?={ROLE})){{0,79}}?[\u4e00-\u9fff])\s*"
    rf"(?P<filed>{_HOW}|{MONTH_DAY}\s*(?:{_HOW}|专?[电讯]|消息))\s*(?:[:,，]\s*|(?<=\s)(?=\S)|(?=[\d“\"])|$|(?P<run_in>))"
)
# 记者 张三 通讯员李四 近日…, and run into the report: 记者 张三 李四8月16日…
_ROW = (
    rf"\s*[□■●◎◆]?\s*(?P<who>{ROLE}[\s:/|]*(?:(?:{ROLE}[\s:/|]*)?{HAN_NAME}[\s、]+){{0,12}}"
    rf"(?:{ROLE}[\s:/|]*)?{HAN_NAME})(?P<filed>)"
)
# Who took a picture reports nothing: 新华社记者李银 摄.
_LISTED = tuple(re.compile(_ROW + end) for end in (r"(?<!摄)(?=[\d“\"])", r"\s+(?=[^摄供图绘\s])"))
_OUTLET = re.compile(
    r"[\s(\[【〔]*(?:文/)?(?P<agency>[\u4e00-\u9fff]{2,6}(?:社|报|网|在线|新闻|客户端))"
    r"(?=(?:全媒体|融媒体|特约|特派|首席|见习|实习|驻[\u4e00-\u9fff]{1,4}){0,2}(?:记者|通讯员))"
)
_LAST = re.compile(r"(?P<slash>/\s*)?(?P<word>[\u4e00-\u9fff]{2,10})\s*$")


class Reporters(NamedTuple):
    """Hold names, the paper or agency that is theirs, and place as printed, and where the report begins.

    `numbers` are the year, month and day as printed, by name.
    """

    names: tuple[str, ...]
    agency: str | None
    place: str | None
    numbers: dict[str, str | None]
    end: int


def reporters(text: str, start: int = 0) -> Reporters | None:
    """Read who reports at `start` of a text: `(记者 张三)`, `记者 张三 深圳报道：`; None where nobody is named.

    Outside of brackets all must have the form of names, for 记者 also begins sentences.
    """
    head, printed = plain(text), narrow(text)
    if not _SIGN.search(head, start, start + _NEAR):
        return None
    for pattern in (_BOXED, _REPORTED, *_LISTED):
        match = pattern.match(head, start)
        found = _read(match, printed) if match else None
        if match and found:
            return found
    return None


def _read(match: re.Match[str], printed: str) -> Reporters | None:
    who = printed[slice(*match.span("who"))]
    people, place = _placed(who) if match["filed"] else (who, None)
    found = names(people) if match.re is _BOXED else _surely_names(people, filed=bool(match["filed"]))
    numbers = match.groupdict()
    run_in = numbers.get("run_in") is not None
    if not found or (run_in and simplified(place or "") not in CITIES):
        return None
    outlet = _OUTLET.match(plain(who))
    agency = who[slice(*outlet.span("agency"))] if outlet else None
    return Reporters(found, agency, place, {name: numbers.get(name) for name in ("year", "month", "day")}, match.end())


def _surely_names(people: str, *, filed: bool) -> tuple[str, ...]:
    """Return the persons of a list that stands in no brackets, for 记者 also begins sentences; () for a sentence.

    Where it says that they reported, one of them may be a body: 通讯员粤交警.
    """
    found = names(people) if only_names(people) else ()
    named = tuple(filter(is_name, found))
    return named if filed or named == found else ()


def _placed(who: str) -> tuple[str, str | None]:
    """Cut the place from the end of a list of reporters that says where it was filed: 王大文／台北, 王大文台北."""
    last = _LAST.search(without_roles(who))
    if last is None:
        return who, None
    word, at = last["word"], last.start("word")
    if last["slash"] or (simplified(word) in CITIES and at and who[at - 1].isspace()):
        return who[: last.start()], word
    cut = 0 if is_name(word) else _place_at(simplified(word))
    if not cut and at and who[at - 1].isspace() and not is_name(word):
        return who[:at], word
    return (who[: at + cut], word[cut:]) if cut else (who, None)


def _place_at(word: str) -> int:
    """Return where in a name with a place behind it the place begins; 0 where it has none."""
    known = (cut for cut in range(2, min(5, len(word) - 1)) if word[cut:] in CITIES)
    # 王大文板橋: most names have three characters, and most places two.
    return next(known, 3 if len(word) == 5 and is_name(word[:3]) else 0)
