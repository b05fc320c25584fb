"""With which words does a report open or close: where, when, by whom it was filed?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.marks.numerals import MONTH_DAY, numeral
from indexer.marks.persons import CITIES, HAN_NAME, ROLE, all_names, is_name, names, role_in
from indexer.marks.plain import narrow, plain
from indexer.marks.reporters import Reporters, reporters

__all__ = ["Dateline", "dateline", "signature"]

_KNOWN_AGENCY = (
    r"本报|本网|本刊|本台|新华社|新华网|人民网|中新社|中央社|中通社|路透社|美联社|法新社|中新网|央视网|央视新闻|光明网|中青网|红网|"
    r"中国(?:网(?!络)|[\u4e00-\u9fff]{1,8}?[报网台社])"
)
_OPENING = re.compile(
    rf"\s*(?:原标题:.{{2,60}}?(?={_KNOWN_AGENCY}|[(\s]))?\s*"
    rf"(?:(?P<round>\()|[【〔\[])?(?P<agency>(?:据\s*)?(?:{_KNOWN_AGENCY}|[\w·]{{1,12}}?(?:新闻网|通讯社|电视台|电台|客户端|在线|之家|财讯|快讯|社|网|(?:[日晚晨早商时快]报|报)(?!网)|"
    r"新闻(?!网))))"
    rf"(?P<place>(?:(?!记者|通讯员)[\u4e00-\u9fff]){{0,12}}?)\s*(?:{MONTH_DAY}(?:\d{{1,2}}[时:](?:\d\d分?)?)?)?\s*"
    r"(?P<kind>(?:新媒体|体育|图文|特稿)?专?电|(?:综合|今日|昨日|[专特快])?讯(?!息)|消息)(?(round)\)|[】〕\]]?)"
    r"(?=\s*[(:,:]|\s|[\u4e00-\u9fff“”\"0-9A-Z《]|$)"
    r"(?:\s*(?P<people>\((?P<who>[^()]{2,80})\)))?(?P<stop>\s*[:,]\s*|\s+|(?<=\)))?"
)
# Every opening ends in one of these; most texts have none of them, and looking for an agency takes far longer.
_KIND = re.compile(r"电|讯|消息")
_IS_KNOWN_AGENCY = re.compile(_KNOWN_AGENCY)
# （特訊）, 【台北訊】, （本港消息）, 本市讯: nobody but the place is named.
_OPENING_PLACE = re.compile(
    rf"\s*(?:[【〔\[(](?:本[港澳市埠](?:讯|消息)|(?P<place>[\u4e00-\u9fff]{{2,4}})?(?:{MONTH_DAY})?(?:[专特]讯|(?<=日)电|(?<=..)讯))[】〕\])]\s*|"
    r"本[市埠]讯(?:\s*[:,]\s*|\s+))"
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
    head = plain(text)
    match = _OPENING.match(head) if _KIND.search(head) else None
    if match is not None:
        return _of_agency(match, text) if _plausible(match) else None
    people = reporters(text)
    return _signed(people, text) if people else _of_place(head, text)


def _of_agency(match: re.Match[str], text: str) -> Dateline:
    printed = narrow(text)
    agency = re.sub(r"^[据據]\s*", "", printed[slice(*match.span("agency"))])
    place = printed[slice(*match.span("place"))].strip() or None
    # 新华社北京8月10日电（记者李四）, 新华社北京8月10日电 记者李四报道：
    people = reporters(text, match.start("people") if match["people"] else match.end())
    if people:
        place, who, end = place or people.place, people.names, max(people.end, match.end())
    else:
        # 央视网消息（新闻联播） names a programme: without a role only what looks like a name is one.
        listed = names(printed[slice(*match.span("who"))]) if match["who"] else ()
        who, end = listed if role_in(match["who"] or "") else tuple(filter(is_name, listed)), match.end()
    return Dateline(text[:end].strip(), agency, place, *_numbers(match.groupdict()), who, end)


def _signed(people: Reporters, text: str) -> Dateline:
    """Read an opening that names its reporters first: `(记者 张三)`, `（中央社記者楊思瑞台南24日電）`."""
    words = text[: people.end].strip()
    return Dateline(words, people.agency, people.place, *_numbers(people.numbers), people.names, people.end)


def _of_place(head: str, text: str) -> Dateline | None:
    """Read an opening that names neither agency nor reporter: `【台北訊】`, `（特訊）`."""
    match = _OPENING_PLACE.match(head)
    if match is None or (match["place"] and match["place"] not in CITIES):
        return None
    place = text[slice(*match.span("place"))] or None
    return Dateline(text[: match.end()].strip(), None, place, *_numbers(match.groupdict()), (), match.end())


def _numbers(printed: Mapping[str, str | None]) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day as numbers."""
    year, month, day = (printed[name] for name in ("year", "month", "day"))
    return (numeral(year) if year else None), (numeral(month) if month else None), (numeral(day) if day else None)


def _plausible(match: re.Match[str]) -> bool:
    """Tell datelines from sentences in which an agency's word and 电 or 消息 happen to stand (国家新闻出版广电总局)."""
    if match["day"] or _IS_KNOWN_AGENCY.match(re.sub(r"^据\s*", "", match["agency"])):
        return True
    if match["kind"].endswith("讯"):
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
