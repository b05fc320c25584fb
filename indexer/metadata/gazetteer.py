"""Which places of China are there, and which of them does a name mean?

A place is a path of short names: province, city (prefecture-level, or a unit that its province administers itself)
and county-level unit. Municipalities, 香港 and 澳门 repeat their name: 北京/北京/海淀.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple

from indexer import marks
from indexer.analysis.fold import fold_text

__all__ = ["Path", "Place", "city_of", "lookup", "names", "place_from_given", "place_of", "read_data", "resolve"]

Path = tuple[str, ...]

_KINDS = ("自治州", "自治县", "自治旗", "特别行政区", "自治区", "地区", "新区", "林区", "特区")
_KIND = re.compile(rf"(.{{2,}}?)(?:{'|'.join(_KINDS)}|[省市县区州盟旗])")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|村|社区|苏木|开发区|新区)")
_ABOVE_TOWN = "市县区旗盟州/ "
_PART = re.compile(r"[\u4e00-\u9fff]{1,8}(?:区|县|旗|镇|乡|街道|村|社区|苏木)")
# Four official names of the longest kind.
_LONGEST_ADDRESS = 64
_SEPARATORS = re.compile(r"[\s/\\·・>,，、;；|\-—]+")


class Place(NamedTuple):
    """Name a place: `path` of short names, official `name`, `level`, and whether it is called a city (市)."""

    path: Path
    name: str
    level: Literal["province", "city", "county"]
    is_city: bool


class _Gazetteer:
    """Hold all places by path and by every name; names are folded, so that 廣州 and 乾安 are found like 广州."""

    def __init__(self) -> None:
        self.by_path: dict[Path, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        for place, folded in _divisions():
            self._add(place, folded)
        for name, path in _table("areas.txt"):
            self._alias(name, path)
        for name, path in _table("renamed.txt"):
            self._alias(name, path)
            # 襄樊 means 襄樊市; but where a place has that short name today, the bare name means that one.
            short = _KIND.fullmatch(name)
            if short and not self._is_current(short[1]):
                self._alias(short[1], path)

    def _add(self, place: Place, folded: Sequence[str]) -> None:
        self.by_path[place.path] = place
        for name in dict.fromkeys(folded):
            found = self.by_name.setdefault(name, [])
            # 北京 is the city; that it is also the name of the province says nothing more.
            if place.level == "city":
                found[:] = [other for other in found if other.path != place.path[:1] or other.name != place.name]
            found.append(place)

    def _alias(self, name: str, path: Path) -> None:
        place = self.by_path.get(path)
        if place is None:
            place = self.by_path[path] = Place(path, name, "county", False)
        found = self.by_name.setdefault(name, [])
        if place not in found:
            found.append(place)

    def _is_current(self, name: str) -> bool:
        return any(fold_text(place.path[-1]) == name for place in self.by_name.get(name, ()))


def read_data(name: str) -> list[str]:
    """Return the lines of a file of metadata/data."""
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8").splitlines()


def _divisions() -> Iterator[tuple[Place, Sequence[str]]]:
    """Yield the places, each with its official and its short name folded."""
    path: Path = ()
    lines = read_data("divisions.txt")
    for line, folded in zip(lines, fold_text("\n".join(lines)).split("\n"), strict=True):
        depth = len(line) - len(line.lstrip(" "))
        name, short = line[depth:].split("\t")
        path = (*path[:depth], short)
        yield _place(path, name), folded[depth:].split("\t")


def _place(path: Path, name: str) -> Place:
    # 直辖市, 香港 and 澳门 are cities on their second level; of provinces' other units only those called 市 are,
    # while prefectures (地区, 自治州, 盟) stand for the city of that level.
    if len(path) == 1:
        return Place(path, name, "province", False)
    if len(path) == 2:
        return Place(path, name, "city", name[-1] not in "县" and not name.endswith("林区"))
    return Place(path, name, "county", name[-1] == "市")


def _table(name: str) -> Iterator[tuple[str, Path]]:
    for line in read_data(name):
        if line and not line.startswith("#"):
            old, path = line.split("\t")[:2]
            yield fold_text(old), tuple(path.split("/"))


@lru_cache(maxsize=1)
def _load() -> _Gazetteer:
    return _Gazetteer()


def names() -> MappingProxyType[str, list[Place]]:
    """Return every name, official, short, former or of an area, folded, with the places that it may mean."""
    return MappingProxyType(_load().by_name)


def place_of(path: Sequence[str]) -> Place | None:
    """Return the place with this path of short names, or None."""
    return _load().by_path.get(tuple(path))


def lookup(name: str) -> tuple[Place, ...]:
    """Return all places that a name may mean, with or without its kind; a kind of former days (萧山市) is forgiven."""
    by_name = _load().by_name
    name = fold_text(name)
    if name in by_name:
        return tuple(by_name[name])
    kind = _KIND.fullmatch(name)
    return tuple(by_name.get(kind[1], ())) if kind else ()


def city_of(path: Sequence[str]) -> str | None:
    """Return the most specific city of a path: 义乌 for 浙江/金华/义乌, 杭州 for 浙江/杭州/淳安, None for a province.

    A path that no division has is one that somebody gave: its last name stands.
    """
    path = tuple(path)
    for end in range(len(path), 1, -1):
        place = place_of(path[:end])
        if place is not None and place.is_city:
            return path[end - 1]
    return path[-1] if path and place_of(path) is None and not _is_part(path[-1]) else None


def resolve(value: str | Sequence[str]) -> Path | None:
    """Return the one path that a name, a written path or an address (浙江省金华市义乌市) means, else None."""
    return _resolve(value if isinstance(value, str) else "/".join(map(str, value)))


@lru_cache(maxsize=4096)
def _resolve(value: str) -> Path | None:
    if len(value) > _LONGEST_ADDRESS:
        return None
    written = tuple(value.split("/"))
    if len(written) > 1 and place_of(written):
        return written  # as paths are shown: by its names alone, 吉林/吉林 could be the province
    found: list[tuple[Place, ...]] = []
    for piece in filter(None, _SEPARATORS.split(fold_text(value))):
        cut = _cut(piece)
        if cut is None:
            return None
        found.extend(lookup(name) for name in cut)
    return _only(_chains(found)) if found else None


def place_from_given(value: str | Sequence[str]) -> Path:
    """Return the path that a given value means; one not known or ambiguous stays as given, `unknown` is ()."""
    if marks.is_blank(value):
        return ()
    path = resolve(value) or (resolve(_without_town(value)) if isinstance(value, str) else None)
    if path is not None:
        return path
    if isinstance(value, str):
        return tuple(piece for piece in (part.strip() for part in value.split("/")) if piece)
    return tuple(str(piece) for piece in value)


def _without_town(address: str) -> str:
    """Return 浙江省湖州市德清县 for 浙江省湖州市德清县新市镇: towns and streets are below what the divisions list."""
    for end in range(len(address) - 2, 1, -1):
        if address[end - 1] in _ABOVE_TOWN and _TOWN.fullmatch(address, end) and resolve(address[:end]):
            return address[:end]
    return ""


def _is_part(name: str) -> bool:
    """Tell whether a name is one of counties, districts or towns, none of which is a city."""
    meant = lookup(name)
    return _PART.fullmatch(name) is not None or (bool(meant) and not any(place.is_city for place in meant))


def _cut(text: str) -> list[str] | None:
    """Cut 浙江省金华市义乌市 into names, longest first; None where it is not made of names only."""
    if not text:
        return []
    for end in range(len(text), 1, -1):
        if lookup(text[:end]):
            rest = _cut(text[end:])
            if rest is not None:
                return [text[:end], *rest]
    return None


def _chains(found: Sequence[tuple[Place, ...]]) -> list[Place]:
    """Return the places of the last name that lie in places of all names before it."""
    last = list(found[-1])
    for above in found[:-1]:
        paths = {place.path for place in above}
        last = [place for place in last if any(place.path[: len(path)] == path for path in paths)]
    return last


def _only(places: Sequence[Place]) -> Path | None:
    """Return the one place meant: a province before its namesakes, else a city before counties, else the only one."""
    for level in ("province", "city", "county"):
        here = {place.path for place in places if place.level == level}
        if len(here) == 1:
            return here.pop()
        if here:
            return None
    return None
