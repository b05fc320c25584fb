"""With which words does a report open or close: where, when, by whom it was filed?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.marks.numerals import numeral
from indexer.marks.persons import HAN_NAME, ROLE, all_names, is_name, names, role_in
from indexer.marks.plain import narrow, plain

__all__ = ["Dateline", "dateline", "signature"]

# 8月17日, 18日 and 十四日: old papers leave the month to the page, and write numerals.
_MONTH_DAY = (
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?:(?P<month>1[0-2]|0?[1-9]|十?[一二三四五六七八九]|十)\s*月\s*)?"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|(?:二?十|廿)[一二三四五六七八九]?|卅一?|[一二三四五六七八九])\s*日"
)
_KNOWN_AGENCY = (
    r"本报|本网|本刊|本台|新华社|新华网|人民网|中新社|中新网|央视网|央视新闻|光明网|中青网|红网|"
    r"中国(?:网(?!络)|[\u4e00-\u9fff]{1,8}?[报网台社])"
)
_OPENING = re.compile(
    rf"\s*(?:原标题:.{{2,60}}?(?={_KNOWN_AGENCY}|[(\s]))?\s*"
    rf"[【〔\[]?(?P<agency>(?:据\s*)?(?:{_KNOWN_AGENCY}|[\w·]{{1,12}}?(?:新闻网|通讯社|电视台|电台|客户端|在线|之家|财讯|快讯|社|网|[日晚晨早商时快]报|报|"
    r"新闻(?!网))))"
    rf"(?P<place>[\u4e00-\u9fff]{{0,12}}?)\s*(?:{_MONTH_DAY})?\s*(?P<kind>(?:新媒体|体育|图文|特稿)?专?电|讯(?!息)|消息)[】〕\]]?"
    r"(?=\s*[(:,:]|\s|[\u4e00-\u9fff“”\"0-9A-Z《]|$)"
    r"(?:\s*(?P<people>\((?P<who>[^()]{2,80})\)))?(?P<stop>\s*[:,]\s*|\s+|(?<=\)))?"
)
# Every opening ends in one of these; most texts have none of them, and looking for an agency takes far longer.
_KIND = re.compile(r"电|讯|消息")
_IS_KNOWN_AGENCY = re.compile(_KNOWN_AGENCY)
_OPENING_PEOPLE = re.compile(rf"\s*(?:本报讯\s*)?\((?P<who>\s*{ROLE}[^()]{{1,80}})\)\s*")
_OPENING_NAMED = re.compile(rf"[□■●◎◆]?\s*(?P<who>{ROLE}\s+(?:{HAN_NAME}[\s、]+)+)(?=\S)")
# 【本報記者陳大文／廈門報導】
_OPENING_BOXED = re.compile(
    rf"\s*[【\[(](?P<who>{ROLE}[\s:/]*{HAN_NAME}(?:[\s、]+{HAN_NAME}){{0,3}})\s*/\s*(?P<place>[\u4e00-\u9fff]{{2,8}}?)\s*"
    r"(?:综合|联合|专题|现场)?(?:报导|报道|电|讯)[】\])]\s*"
)
_SIGNATURE = re.compile(rf"\(\s*(?P<who>(?:{ROLE})[^()。]{{2,60}}|[^()。]{{2,40}}(?:文/图|文/摄|文图|整理))\)\s*$")
_BARE_SIGNATURE = re.compile(
    rf"(?<=[。!！?？])\s*(?P<bracket>\(\s*(?P<who>{HAN_NAME}(?:[\s、]+{HAN_NAME}){{0,3}})\s*\))\s*$"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Hold what a body's first words say: `本报讯(记者 …)`, `新华社北京8月10日电`, `央视网消息：`.

    `end` is the offset at which the report itself begins; `place` and the numbers are as printed, None where
    missing. `agency` is the word as printed (本报, 新华社, 中新网湖南新闻), without a leading 据.
    """

    words: str
    agency: str | None
    place: str | None
    year: int | None
    month: int | None
    day: int | None
    names: tuple[str, ...]
    end: int


def dateline(text: str) -> Dateline | None:
    """Read the dateline or byline with which a body opens; None where it opens without one.

    `本报讯(记者 张三)`, `新华社北京8月10日电（记者李四）`, `央视网消息（新闻联播）：`, `据新华社消息,`,
    `IT之家 8 月 16 日消息，`, `(记者 张三)`. Only the first 160 characters are looked at.
    """
    return _dateline(text[:160])


@lru_cache(maxsize=512)  # several stages ask for the same line
def _dateline(text: str) -> Dateline | None:
    head, printed = plain(text), narrow(text)
    match = _OPENING.match(head) if _KIND.search(head) else None
    if match is None:
        return _of_people(head, text)
    if not _plausible(match):
        return None
    number = {part: numeral(match[part]) if match[part] else None for part in ("year", "month", "day")}
    agency = re.sub(r"^[据據]\s*", "", printed[slice(*match.span("agency"))])
    listed = names(printed[slice(*match.span("who"))]) if match["who"] else ()
    # 央视网消息（新闻联播） names a programme: without a role only what looks like a name is one.
    who = listed if role_in(match["who"] or "") else tuple(filter(is_name, listed))
    return Dateline(
        text[: match.end()].strip(), agency, printed[slice(*match.span("place"))].strip() or None,
        number["year"], number["month"], number["day"], who, match.end(),
    )  # fmt: skip


def _of_people(head: str, text: str) -> Dateline | None:
    """Read an opening that names nobody but its writers: `(记者 张三)`, `【本報記者陳大文／廈門報導】`."""
    people = _OPENING_PEOPLE.match(head) or _OPENING_NAMED.match(head) or _OPENING_BOXED.match(head)
    if people is None:
        return None
    who = names(text[slice(*people.span("who"))])
    if not who or (people.re is _OPENING_NAMED and not all(map(is_name, who))):
        return None
    end = people.end()
    place = text[slice(*people.span("place"))] if people.re is _OPENING_BOXED else None
    return Dateline(text[:end].strip(), None, place, None, None, None, who, end)


def _plausible(match: re.Match[str]) -> bool:
    """Tell datelines from sentences in which an agency's word and 电 or 消息 happen to stand (国家新闻出版广电总局)."""
    if match["day"] or _IS_KNOWN_AGENCY.match(re.sub(r"^据\s*", "", match["agency"])):
        return True
    if match["kind"] == "讯":
        return len(match["place"]) <= 6
    return match["kind"] == "消息" and match["stop"] is not None and not match["place"]


def signature(text: str) -> tuple[tuple[str, ...], int] | None:
    """Read `(记者 张三)` at the end of a text: the names and the offset of its bracket; None where there is none.

    Without a role, the names must follow a whole sentence: `…十万人次。(张三)`.
    """
    tail = max(0, len(text) - 90)
    end = plain(text[tail:])
    match = _SIGNATURE.search(end)
    if match:
        return names(text[tail:][slice(*match.span("who"))]), tail + match.start()
    bare = _BARE_SIGNATURE.search(end)
    if bare is None or not all_names(bare["who"]):
        return None
    return names(text[tail:][slice(*bare.span("who"))]), tail + bare.start("bracket")
