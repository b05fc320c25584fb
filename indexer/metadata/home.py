"""In which city is a local paper or site at home?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from indexer.analysis.fold import fold, fold_text
from indexer.metadata.gazetteer import Path, names, read_data
from indexer.metadata.mentions import mentions, word_class

__all__ = ["home_of"]

_LOCAL_SOURCE = re.compile(r"(?:日报|晚报|早报|晨报|商报|都市报|新闻网|在线|发布|网|传媒|电视台)$")
_PAPER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:[日晚早晨商时快午导新]报|都市报|经济报|报|周刊|新闻网?|在线|发布|网|传媒|广播电视台|电视台|数字报)+"
)
# Only a place has these: what is left of such a name is one, also where it is a word.
_OF_A_PLACE = re.compile(
    r"今日(?P<now>[\u4e00-\u9fff]{2,4})|"
    r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:融媒体?(?:中心)?|人民政府(?:门户)?(?:网站?)?|广播电视台)"
)


def home_of(source: str | None) -> Path:
    """Return the city after which a local paper or site is called: 浙江/金华 for 金华日报; () for all others.

    Papers whose names hold no place (钱江晚报) are looked up in data/papers.txt.
    """
    if not source or "证券" in source:
        return ()
    folded = fold(source).text
    path = _papers().get(folded) or _called_after(folded) or _named_in(folded)
    # What is called after Beijing is as often national as local.
    return path if len(path) > 1 and path[0] != "北京" else ()


@cache
def _papers() -> Mapping[str, Path]:
    rows = [line.split() for line in read_data("papers.txt") if line and not line.startswith("#")]
    return {fold_text(name): tuple(path.split("/")) for path, *listed in rows for name in listed}


def _called_after(source: str) -> Path:
    """Return the place that a name is made of, besides words such as 日报 and 融媒体中心; it needs no other support."""
    only = _OF_A_PLACE.fullmatch(source)
    if only:
        return _meant(only["now"] or only["name"], word=True)
    paper = _PAPER.fullmatch(source)
    return _meant(paper["name"], word=False) if paper else ()


def _meant(name: str, *, word: bool) -> Path:
    """Return the province, else the city, else the only place of a name; `word`: also a district called 光明."""
    found = names().get(name, [])
    kind = word_class(name)
    for level in ("province", "city", "county"):
        here = [place for place in found if place.level == level]
        if here:
            sure = word or kind != "word" or here[0].is_city
            return here[0].path if len(here) == 1 and sure and kind != "never" else ()
    return ()


def _named_in(source: str) -> Path:
    """Return the first place that the name of a paper mentions."""
    found = mentions(source) if _LOCAL_SOURCE.search(source) else []
    return found[0].path if found else ()
