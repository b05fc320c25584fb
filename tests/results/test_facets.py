"""Are facets counted as trees, kept in order, and found by any name that is clear?"""

from __future__ import annotations

import pytest

from indexer.errors import QueryError
from indexer.metadata.gazetteer import names as place_names
from indexer.results.facets import resolve, tree, year_range

PLACES = (
    "浙江", "浙江/杭州", "浙江/金华/义乌", "浙江/金华/东阳", "北京/北京", "北京/北京/朝阳", "辽宁/朝阳", "吉林/吉林", "吉林",
    "广西/南宁", "新疆/乌鲁木齐", "湖北/恩施", "湖北/恩施/恩施", "上海/上海/浦东", "江苏/南京/鼓楼", "福建/福州/鼓楼", "unknown",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("浙江/金华/义乌", "浙江/金华/义乌"),
        ("义乌", "浙江/金华/义乌"),
        ("义乌市", "浙江/金华/义乌"),
        ("義烏市", "浙江/金华/义乌"),
        ("金华/义乌", "浙江/金华/义乌"),
        ("浙江省／义乌市", "浙江/金华/义乌"),
        ("金华", "浙江/金华"),
        ("北京", "北京"),
        ("北京市", "北京/北京"),
        ("朝阳区", "北京/北京/朝阳"),
        ("朝阳市", "辽宁/朝阳"),
        ("吉林", "吉林"),
        ("吉林市", "吉林/吉林"),
        ("吉林省", "吉林"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "湖北/恩施"),
        ("南京/鼓楼", "江苏/南京/鼓楼"),
        ("恩施州", "湖北/恩施"),
        ("浦东新区", "上海/上海/浦东"),
        ("上海市浦东新区", "上海/上海/浦东"),
        ("浙江省义乌市", "浙江/金华/义乌"),
        ("未知", "unknown"),
        ("不详", "unknown"),
    ],
)
def test_a_city_is_found_by_its_names(name: str, path: str) -> None:
    selection = resolve("city", PLACES, [name])
    assert selection.listed == (path,)
    assert selection.raw == {place for place in PLACES if place == path or place.startswith(path + "/")}


def test_every_division_is_found_by_its_official_name() -> None:
    divisions = {place.path: place for each in place_names().values() for place in each}.values()
    lost = [each.name for each in divisions if not resolve("city", ("/".join(each.path),), [each.name]).raw]
    assert lost == ["中沙群岛的岛礁及其海域"]


def test_a_district_is_not_the_city_of_its_name() -> None:
    assert resolve("city", ("辽宁/朝阳",), ["朝阳区"]).raw == frozenset()


@pytest.mark.parametrize("name", ["鼓楼", "鼓楼区", "朝阳"])
def test_an_ambiguous_city_is_an_error_that_lists_the_paths(name: str) -> None:
    with pytest.raises(QueryError, match=f"{name}.*/{name[:2]}, .*/{name[:2]};") as caught:
        resolve("city", PLACES, [name])
    assert caught.value.parameter == "city"
    with pytest.raises(QueryError) as caught:
        resolve("city", PLACES, [name], parameter="q")
    assert caught.value.parameter == "q"


@pytest.mark.parametrize(("facet", "name"), [("city", "天津"), ("source", "人民日报")])
def test_what_the_index_does_not_know_matches_nothing_but_stays_selected(facet: str, name: str) -> None:
    assert resolve(facet, PLACES, [name]) == resolve(facet, (), [f" {name} "])
    assert (resolve(facet, (), [name]).raw, resolve(facet, (), [name]).listed) == (set(), (name,))


@pytest.mark.parametrize(
    ("names", "years"),
    [
        ([2020, "2021"], {"2020", "2021"}),
        (["2020年"], {"2020"}),
        (["２０２０"], {"2020"}),
        (["2019..2021"], {"2019", "2020"}),
        (["..2019", "unknown"], {"2019", "unknown"}),
        (["2022.."], {"2022"}),
    ],
)
def test_years_and_ranges(names: list[object], years: set[str]) -> None:
    assert resolve("year", ("2019", "2020", "2022", "unknown"), names).raw == years


@pytest.mark.parametrize("name", ["abc", "..", "", None, True, "20200", -1])
def test_what_is_no_year_is_an_error(name: object) -> None:
    with pytest.raises(QueryError) as caught:
        resolve("year", (), [name])
    assert caught.value.parameter == "year"


def test_a_source_is_found_in_any_writing() -> None:
    selection = resolve("source", ("义乌商报", "IT之家"), ["義烏商報", "it之家"])
    assert (selection.listed, selection.raw) == (("义乌商报", "IT之家"), {"义乌商报", "IT之家"})


def test_a_range_of_years_leaves_out_unknown() -> None:
    assert year_range(("2019", "2020", "2021", "unknown"), 2020, None) == {"2020", "2021"}
    assert year_range(("2019", "2020", "unknown"), None, 2019) == {"2019"}


def test_cities_are_a_tree_by_count_with_children_after_their_parent() -> None:
    counts = {"浙江/金华/义乌": 3, "浙江/杭州": 5, "浙江": 1, "江苏/南京": 9, "北京/北京": 9, "unknown": 20, "河北": 0}
    assert [(v.value, v.label, v.count, v.parent) for v in tree("city", counts, ())] == [
        ("北京", "北京", 9, None),
        ("北京/北京", "北京", 9, "北京"),
        ("江苏", "江苏", 9, None),
        ("江苏/南京", "南京", 9, "江苏"),
        ("浙江", "浙江", 9, None),
        ("浙江/杭州", "杭州", 5, "浙江"),
        ("浙江/金华", "金华", 3, "浙江"),
        ("浙江/金华/义乌", "义乌", 3, "浙江/金华"),
        ("unknown", "不详", 20, None),
    ]


@pytest.mark.parametrize("facet", ["city", "year", "source"])
def test_selected_values_are_listed_without_any_article(facet: str) -> None:
    counts = {"2020": 2, "unknown": 1}
    found = tree(facet, counts, ("2031", "unknown"))
    assert [(v.value, v.count, v.selected) for v in found] == [
        ("2020", 2, False),
        ("2031", 0, True),
        ("unknown", 1, True),
    ]


def test_a_selected_place_comes_with_all_above_it() -> None:
    assert [(v.value, v.count, v.selected) for v in tree("city", {}, ("浙江/金华/义乌",))] == [
        ("浙江", 0, False),
        ("浙江/金华", 0, False),
        ("浙江/金华/义乌", 0, True),
    ]


def test_years_ascend_and_sources_go_by_count() -> None:
    assert [v.value for v in tree("year", {"unknown": 9, "2021": 1, "2019": 1}, ())] == ["2019", "2021", "unknown"]
    counts = {"乙": 2, "甲": 2, "丙": 3, "unknown": 9}
    assert [v.value for v in tree("source", counts, ())] == ["丙", "乙", "甲", "unknown"]
