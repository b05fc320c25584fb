"""What do raw facet values mean? Places are a tree of paths, years are in order, and names resolve to values.

Raw values are what an engine counts: `浙江/金华/义乌`, `2020`, `人民日报`, or `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.analysis.fold import match_text
from indexer.errors import QueryError, said
from indexer.models import UNKNOWN, FacetValue
from indexer.query.syntax import UNKNOWN_NAMES

__all__ = ["Selection", "resolve", "tree", "year_range"]

_LABEL_UNKNOWN = "不详"

# What a full name adds to the short one that paths hold, and the levels (1 province, 2 prefecture, 3 county) it tells,
# likeliest first.
_SUFFIXES = {
    "省": (1,),
    "自治区": (1,),
    "特别行政区": (1, 2),
    "自治州": (2,),
    "州": (2,),
    "地区": (2,),
    "盟": (2,),
    "市": (2, 3, 1),
    "县": (3,),
    "区": (3,),
    "新区": (3,),
    "林区": (3, 2),
    "特区": (3,),
    "旗": (3,),
    "群岛": (3,),
    "行政委员会": (3,),
    "自治县": (3,),
    "自治旗": (3,),
}
# These provinces have counties right below them: 陵水黎族自治县 is 海南/陵水.
_WITHOUT_PREFECTURES = ("海南/", "台湾/")
# Between a name and what it is may stand its peoples: 恩施土家族苗族自治州, 伊犁哈萨克自治州, 管城回族区.
_SUFFIX = re.compile(
    f"(?:[\u4e00-\u9fff]{{1,16}}?(?:(?=自治)|族(?=区)))?({'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})"
)
_YEAR = re.compile(r"(\d{1,4})年?")
_YEARS = re.compile(r"(?:(\d{1,4})年?)?\s*\.\.\s*(?:(\d{1,4})年?)?")

_Choice = tuple[Collection[str], Collection[str]]
"""What one name chose: the values to list as selected, and the raw values that an article may have."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Hold what a filter chose: facet values as listed, and the raw values that an article may have."""

    listed: tuple[str, ...]
    raw: frozenset[str]


@dataclass(slots=True)
class _Open:
    """Hold the fields of a FacetValue that is not frozen yet: to make one frozen takes three times as long."""

    value: str
    label: str
    count: int
    selected: bool
    parent: str | None = None


def resolve(facet: str, known: Iterable[str], names: Iterable[Any], *, parameter: str | None = None) -> Selection:
    """Return what `names` choose among the `known` raw values of a facet (city, year or source).

    A city is given by its path or by any name that only one place has; one that is not known matches nothing but
    stays listed. Raise QueryError, with `parameter` (default: the facet), for an ambiguous city or a year that is none.
    """
    choose = {"city": _cities, "year": _years, "source": _sources}[facet]
    listed: dict[str, None] = {}
    raw: set[str] = set()
    known = tuple(known)
    try:
        for name in names:
            chosen, values = choose(known, name)
            listed.update(dict.fromkeys(chosen))
            raw.update(values)
    except QueryError as error:
        raise QueryError(str(error), parameter=parameter or facet) from None
    return Selection(tuple(listed), frozenset(raw))


def year_range(known: Iterable[str], first: int | None, last: int | None) -> frozenset[str]:
    """Return the years from `first` to `last`, both included, None being open; `unknown` is in no range."""
    return frozenset(
        value
        for value in known
        if value.isdecimal() and (first is None or first <= int(value)) and (last is None or int(value) <= last)
    )


def tree(facet: str, counts: Mapping[str, int], selected: Collection[str]) -> tuple[FacetValue, ...]:
    """Return the values of a facet in the order in which they are shown.

    Cities: every level with its parent's path, children after their parent, by count, then name. Years ascend.
    Sources go by count, then name. `unknown` comes last. Selected values are listed even where nothing has them.
    """
    shown = {value: count for value, count in counts.items() if count}
    for value in selected:
        shown.setdefault(value, 0)
    unknown = shown.pop(UNKNOWN, None)
    values = _places(shown, selected) if facet == "city" else _listed(facet, shown, selected)
    if unknown is not None:
        values.append(_Open(UNKNOWN, _LABEL_UNKNOWN, unknown, UNKNOWN in selected))
    return _frozen(values)


def _listed(facet: str, counts: dict[str, int], selected: Collection[str]) -> list[_Open]:
    """Return years or sources in their order."""
    if facet == "year":
        order = sorted(counts, key=lambda value: (int(value) if value.isdecimal() else 0, value))
    else:
        order = _by_count(counts)
    return [_Open(value, value, counts[value], value in selected) for value in order]


def _places(counts: dict[str, int], selected: Collection[str]) -> list[_Open]:
    """Return provinces, each followed by what lies in it, which counts for it too."""
    totals: dict[str, int] = {}
    for value, count in counts.items():
        for path in _upward(value):
            totals[path] = totals.get(path, 0) + count
    inside: dict[str | None, list[_Open]] = {}
    for path in reversed(_by_count(totals)):  # backwards, because they wait on stacks
        label, parent = _names(path)
        inside.setdefault(parent, []).append(_Open(path, label, totals[path], path in selected, parent))
    shown: list[_Open] = []
    waiting = inside.get(None, [])
    while waiting:
        shown.append(waiting.pop())
        waiting += inside.get(shown[-1].value, ())
    return shown


def _by_count(counts: Mapping[str, int]) -> list[str]:
    """Return values by count, greatest first, then by name."""
    order = sorted(counts)
    order.sort(key=counts.__getitem__, reverse=True)
    return order


def _frozen(values: Sequence[_Open]) -> tuple[FacetValue, ...]:
    """Return values as what callers receive."""
    for value in values:
        value.__class__ = FacetValue  # type: ignore[assignment]
    return tuple(values)  # type: ignore[arg-type]


def _cities(known: tuple[str, ...], name: Any) -> _Choice:
    """Find the path that a name stands for, and the known values at or below it."""
    wanted = match_text(str(name)).strip("/")
    if wanted in UNKNOWN_NAMES:
        return (UNKNOWN,), (UNKNOWN,)
    paths = dict.fromkeys(path for value in known if value != UNKNOWN for path in _upward(value))
    path = _only_one(str(name), _named(paths, wanted))
    if path is None:
        return (str(name).strip(),), ()
    return (path,), [value for value in known if value == path or value.startswith(path + "/")]


@lru_cache(1 << 14)
def _upward(path: str) -> tuple[str, ...]:
    """Return a path and all paths above it."""
    parent = path.rpartition("/")[0]
    return (path, *_upward(parent)) if parent else (path,)


@lru_cache(1 << 14)
def _names(path: str) -> tuple[str, str | None]:
    """Return a path's last name as shown, and the path above it."""
    parent, _, name = path.rpartition("/")
    return name, parent or None


def _named(paths: Iterable[str], wanted: str) -> list[str]:
    """Return the paths that a name fits: the whole path, else those whose own name and some above it are given."""
    folded = {path: match_text(path) for path in paths}
    whole = [path for path, form in folded.items() if form == wanted]
    if whole:
        return whole
    names = wanted.split("/")
    exact = [path for path, form in folded.items() if _fits(form.split("/"), names, str.__eq__)]
    if exact:
        return exact
    full = [path for path, form in folded.items() if _fits(form.split("/"), names, _is_full_name)]
    full = full or [path for path, form in folded.items() if _is_address(form.split("/"), wanted)]
    levels = _levels(wanted, {folded[path].rpartition("/")[2] for path in full})
    return next((chosen for level in levels if (chosen := _at(full, level))), [])


def _fits(path: list[str], names: list[str], same: Any) -> bool:
    """Tell whether the last names agree and the others stand above it in order (浙江/义乌 for 浙江/金华/义乌)."""
    if not same(path[-1], names[-1]) and path[-1] != names[-1]:
        return False
    above = iter(path[:-1])
    return all(any(part == name or same(part, name) for part in above) for name in names[:-1])


def _is_full_name(short: str, name: str) -> bool:
    """Tell whether `name` is `short` with 市, 省, 自治州 … after it."""
    return name.startswith(short) and _SUFFIX.fullmatch(name, len(short)) is not None


def _is_address(path: Sequence[str], wanted: str) -> bool:
    """Tell whether full names are written without anything between them: 上海市浦东新区, 浙江省义乌市."""
    at = 0
    for part in path:
        if wanted.startswith(part, at):
            at += len(part)
            kind = _SUFFIX.match(wanted, at)
            at = kind.end() if kind else at
        elif part == path[-1]:
            return False
    return at == len(wanted)


def _levels(name: str, shorts: Collection[str]) -> tuple[int, ...]:
    """Return the levels that a full name can mean, likeliest first."""
    for short in sorted(shorts, key=len, reverse=True):
        match = _SUFFIX.fullmatch(name, name.rfind(short) + len(short)) if short in name else None
        if match:
            return _SUFFIXES[match[1]]
    return (1, 2, 3)


def _at(paths: Iterable[str], level: int) -> list[str]:
    return [
        path
        for path in paths
        if path.count("/") + 1 == level
        or (level == 3 and path.count("/") == 1 and path.startswith(_WITHOUT_PREFECTURES))
    ]


def _only_one(name: str, paths: list[str]) -> str | None:
    """Return the path, or the outermost where all others lie in it (北京 for 北京/北京); raise QueryError otherwise."""
    if not paths:
        return None
    outermost = min(paths, key=lambda path: (path.count("/"), path))
    if all(path == outermost or path.startswith(outermost + "/") for path in paths):
        return outermost
    raise QueryError(f"{name} names several places: {', '.join(sorted(paths))}; give the path of the one you mean")


def _years(known: tuple[str, ...], name: Any) -> _Choice:
    """Read a year, a range such as 2019..2023, or `unknown`."""
    wanted = match_text(said(name) if isinstance(name, int) else str(name))
    if wanted in UNKNOWN_NAMES:
        return (UNKNOWN,), (UNKNOWN,)
    if match := _YEAR.fullmatch(wanted):
        year = (str(int(match[1])),)
        return year, year
    match = _YEARS.fullmatch(wanted)
    if match is None or not (match[1] or match[2]):
        raise QueryError(f"a year is a number such as 2020, a range such as 2019..2023, or unknown, not {said(name)}")
    first, last = (int(part) if part else None for part in match.groups())
    if first is not None and last is not None and first > last:
        raise QueryError(f"the years {name} end before they begin; give {last}..{first}")
    years = tuple(sorted(year_range(known, first, last)))
    return years, years


def _sources(known: tuple[str, ...], name: Any) -> _Choice:
    """Find a source as the index writes it by its folded name."""
    wanted = match_text(str(name))
    if wanted in UNKNOWN_NAMES:
        return (UNKNOWN,), (UNKNOWN,)
    values = _by_form(known).get(wanted, [])
    return values or [str(name).strip()], values


@lru_cache(4)
def _by_form(known: tuple[str, ...]) -> Mapping[str, list[str]]:
    """Map the match form of each value to the values that have it."""
    forms: dict[str, list[str]] = {}
    for value in known:
        forms.setdefault(match_text(value), []).append(value)
    return forms
