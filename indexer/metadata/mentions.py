"""Where in a text are places of China named, and which place does each name mean there?

A name counts by how it is used: 北京大学 names a university, 南京路 a street, 河南籍 an origin, 新华社 nothing at all.
Short names that are also words need support: their kind (安康市), their parent beside them or elsewhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from indexer.analysis.fold import fold_text
from indexer.metadata.gazetteer import Path, Place, names, read_data
from indexer.metadata.lexicon import Lexicon

__all__ = ["Mention", "mentions", "word_class"]


class Mention(NamedTuple):
    """Hold one naming of a place: offsets into the folded text, its path, and what speaks for its weight.

    `full`: the kind is printed (义乌市). `weak`: an institution or origin is named after the place, no more.
    """

    start: int
    end: int
    path: Path
    full: bool
    weak: bool


class _Raw(NamedTuple):
    start: int
    end: int
    name: str
    places: Sequence[Place]
    full: bool
    weak: bool


# Streets, towns and neighbourhoods bear names of places far away.
_NOT_A_PLACE = re.compile(
    r"[东西南北中一二三四五六七八九十]{0,2}(?:路|街|大道|大街|巷|胡同)(?!径|线|透|口岸)|镇(?!江|海|远|雄|平|康|原|坪|赉|安|宁)|乡(?!村|镇|亲|宁|城)|"
    r"街道|社区|小区|大桥|牌|派|系(?!统|列)|"
    # 西安大路 in 长春, and what is cooked in every town.
    r"大路|拉面|火锅店|烤鸭店|米粉店|小吃店|板鸭|烧饼"
)
_INSTITUTION = re.compile(
    r"(?:[\u4e00-\u9fff]{0,7}?(?:大学|学院|研究院|研究所)(?!路|城)|证券|证交所|期货|商品交易|卫视|日报|晚报|早报|晨报|商报|青年报|都市报|新闻网?|电视台|广播|银行(?!业)|"
    r"足球俱乐部|[队籍讯](?![伍长员])|国安|申花|上港|苏宁|恒大|富力|泰达|权健|鲁能|建业|绿地|华夏幸福|女排|男篮|女篮|男排|宏远|辽足|"
    r"城?大厦|大?酒店|酒家|饭店|宾馆|商厦|军区|战区|舰|证指|时间|奥运|世博|话|菜|方言|铁路局|海关总署|交响乐|出版社|牌照|合作组织|航天飞行控制)"
)
# 玉环市东偏南方向约780公里, 以南885公里处: the place lies elsewhere.
_FAR_OFF = re.compile(r"以?[东南西北偏]{1,4}(?:方向|面|部)?(?:海域|海面)?(?:上)?约?\d+(?:\.\d+)?(?:公里|千米|km|海里)")
# 来自哈尔滨的游客: where people come from says nothing of where it happened; 来自桂林市旅游局的消息 does.
_COMES_FROM = re.compile(r"来自[\u4e00-\u9fff、]{0,16}$")
_VISITOR = re.compile(
    r"[\u4e00-\u9fff、]{0,16}?的[\u4e00-\u9fff]{0,6}?"
    r"(?:游客|旅客|乘客|顾客|客商|客人|选手|球迷|观众|朋友|小伙|姑娘|老人|夫妇|女士|先生|小姐|大[妈爷叔姐]|阿姨|嘉宾)"
)
# A name after these is a person's (让-吕西安) or where somebody comes from.
_BEFORE = re.compile(r"(?:孙|·[\u4e00-\u9fff]{1,3}|-[\u4e00-\u9fff]|出生于|生于|籍贯)$")
# 鄱阳湖, 朝阳门: waters, mountains and gates share the names of counties.
_WATERS = frozenset("江河湖山岛门")
# 院长葛文君 is no 长葛.
_CHIEFS = frozenset("院市省县会部校局处科队区镇厅社团班营连旅师司州首村行董主站段所")
_HEADING = 60  # characters within which the lines of a heading begin
_KIND_CHARS = frozenset("省市县区州盟旗")
_COUNTY_KINDS = frozenset("市县区")
_CUT_BACK = {"市": frozenset("场值价盈面民"), "区": frozenset("域块间别分位"), "县": frozenset("域")}


@cache
def _names() -> Lexicon[Sequence[Place]]:
    others: dict[str, Sequence[Place]] = {word: () for word, kind in _words().items() if kind == "other"}
    return Lexicon({**names(), **others})


@cache
def _words() -> dict[str, str]:
    """Return the short names that are also words, and the class of each: never, word, parent, head, other."""
    found = {}
    for line in read_data("place_words.txt"):
        if line and not line.startswith("#"):
            kind, *listed = line.split()
            found.update(dict.fromkeys(fold_text(" ".join(listed)).split(), kind))
    return found


def word_class(name: str) -> str | None:
    """Return the class that a folded short name has in data/place_words.txt; None where it is no word."""
    return _words().get(name)


def mentions(text: str, seeds: Sequence[Path] = ()) -> list[Mention]:
    """Find the places that a folded text names, in order; `seeds` are paths known to be meant (of the dateline).

    What remains ambiguous is left out.
    """
    return _resolve(text, list(_scan(text)), seeds)


def _scan(text: str) -> Iterator[_Raw]:
    known = _names()
    end = 0
    for start in known.starts(text):
        if start < end:
            continue
        for name, places in known.at(text, start):
            if not places:
                end = start + len(name)
                break
            raw = _judge(text, start, name, places)
            if raw:
                end = raw.end
                yield raw
                break


def _judge(text: str, start: int, name: str, places: Sequence[Place]) -> _Raw | None:
    """Tell what a name found at `start` is good for; None: it is none, or a shorter one stands there."""
    end = start + len(name)
    after = text[end : end + 1]
    word = _words().get(name)
    full = name[-1] in _KIND_CHARS and (len(name) > 2 or name[-1] == "县") and not word
    if full and after in _CUT_BACK.get(name[-1], ()):
        return None
    if not full and not word:
        level = _old_kind(name, after, text[end + 1 : end + 2])
        meant = [place for place in places if place.level == level] if level else None
        if meant:
            full, end, places = True, end + 1, meant
    if not full and (word == "never" or _NOT_A_PLACE.match(text, end)):
        return None
    if not full and after in _WATERS and all(place.level == "county" for place in places):
        return None
    if _BEFORE.search(text, max(0, start - 4), start) or (name[0] == "长" and text[start - 1 : start] in _CHIEFS):
        return None
    weak = (not full and _INSTITUTION.match(text, end) is not None) or _FAR_OFF.match(text, end) is not None
    return _Raw(start, end, name, places, full, weak or _comes_from(text, start, end))


def _comes_from(text: str, start: int, end: int) -> bool:
    """Tell whether a name says where a visitor comes from."""
    from_there = _COMES_FROM.search(text, max(0, start - 18), start)
    return from_there is not None and _VISITOR.match(text, end) is not None


def _old_kind(name: str, after: str, then: str) -> str | None:
    """Return the level of which the character after a name is a former or colloquial kind: 密云县, 萧山市, 恩施州."""
    if after == "州":
        return "city"
    # 海滨城市 is no 滨城.
    known = after in _COUNTY_KINDS and then not in _CUT_BACK[after] and not (name[-1] == "城" and after == "市")
    return "county" if known else None


def _resolve(text: str, raws: Sequence[_Raw], seeds: Sequence[Path]) -> list[Mention]:
    """Settle the names that need no context first; what they name then settles the others."""
    known: Counter[Path] = Counter()
    for path in seeds:
        _count(known, path)
    settled: list[Path] = []
    above: Path = ()
    edge = 0
    counts = Counter(raw.name for raw in raws)
    for raw in raws:
        beside = above and not text[edge : raw.start].strip(" ·(")
        path = _plain_path(raw, above if beside else ())
        if not path and counts[raw.name] > 1 and _heads(text, raw):
            path = min((place.path for place in raw.places), key=len)
        if path and not raw.weak:
            _count(known, path)
        settled.append(path)
        above, edge = path, raw.end
    found = []
    for raw, path in zip(raws, settled, strict=True):
        path = path or _known_path(raw, known, alone=_is_alone(text, raw))
        if path:
            found.append(Mention(raw.start, raw.end, path, raw.full, raw.weak))
    return found


def _heads(text: str, raw: _Raw) -> bool:
    """Tell whether a line of the heading begins with a short name that is hardly anything else: 德清地信小镇：…."""
    county = len(raw.places) == 1 and raw.places[0].level == "county" and raw.name not in _words()
    known = county or _words().get(raw.name) == "head"
    return known and not raw.weak and raw.start < _HEADING and text[raw.start - 1 : raw.start] in ("", "\n")


def _count(known: Counter[Path], path: Path) -> None:
    for length in range(1, len(path) + 1):
        known[path[:length]] += 1  # Counter.update takes several times as long for so few


def _plain_path(raw: _Raw, above: Path) -> Path:
    """Return what a name means by itself, or below the place `above` that is printed right before it; else ()."""
    places = raw.places
    if above:
        inside = [place.path for place in places if place.path[: len(above)] == above and place.path != above]
        if inside:
            return min(inside, key=len)
    if raw.full:
        return places[0].path if len(places) == 1 else ()
    if raw.name in _words():
        return ()
    for level in ("province", "city"):
        here = [place.path for place in places if place.level == level]
        if here:
            return here[0] if len(here) == 1 else ()
    return places[0].path if len(places) == 1 and places[0].is_city else ()


def _is_alone(text: str, raw: _Raw) -> bool:
    """Tell whether a name is all that a line of the heading says, as a kicker does."""
    before, behind = text[raw.start - 1 : raw.start], text[raw.end : raw.end + 1]
    return raw.start < _HEADING and before in ("", "\n") and behind == "\n"


def _known_path(raw: _Raw, known: Counter[Path], *, alone: bool) -> Path:
    """Return the path for which the other names of the text speak most, or () where they speak for none or several."""
    own = _words().get(raw.name) == "word" and not raw.full and not alone
    scores: dict[Path, tuple[int, ...]] = {}
    for place in raw.places:
        path = place.path
        above = () if own else tuple(known[path[:length]] for length in range(len(path) - 1, 0, -1))
        score = (known[path], *above)
        if any(score):
            scores[path] = score
    best = sorted(scores, key=lambda path: scores[path], reverse=True)
    if not best or (len(best) > 1 and scores[best[0]] == scores[best[1]]):
        return ()
    return best[0]
