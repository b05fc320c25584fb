"""Do choices lead where they say, to as much as they say, and back again?"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer import FacetValue, Index
from web.choices import city_tree


def offers(client: FlaskClient, query: dict[str, Any]) -> list[tuple[str, str, int]]:
    """The ways out that a page without hits offers: label, address and count."""
    page = client.get("/", query_string=query).text.partition('<div class="rescue">')[2].partition("</div>")[0]
    found = re.findall(r'<a href="([^"]*)">([^<]*?)(?:：|</a> <small>)(\d+)', page)
    return [(label, unescape(address), int(count)) for address, label, count in found]


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ({"city": ["拉萨"]}, ["去掉“拉萨”"]),
        ({"city": ["拉萨", "西宁"]}, ["去掉“城市”"]),
        ({"year": ["1901"], "year_from": 1900}, ["去掉“年份”"]),
        ({"year_from": 1900, "year_to": 1901}, ["去掉“1900–1901”"]),
        ({"city": ["拉萨"], "year": ["2020"]}, ["去掉“拉萨”", "在全部文章中查找"]),
        ({"city": ["拉萨"], "year": ["1901", "1902"]}, ["在全部文章中查找"]),
    ],
)
def test_a_way_out_finds_as_much_as_it_says(client: FlaskClient, query: dict[str, Any], labels: list[str]) -> None:
    found = offers(client, {"q": "光伏", **query})
    assert [label for label, _, _ in found] == labels
    for _, address, count in found:
        assert client.get("/api/v1/search" + address.removeprefix("/")).get_json()["total"] == count > 0


def test_a_page_full_of_filters_searches_once_per_facet(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    search = Index.search
    monkeypatch.setattr(Index, "search", lambda *args, **options: asked.append(args[1]) or search(*args, **options))
    many = [f"某地{number}" for number in range(100)]
    assert client.get("/", query_string={"q": "光伏", "city": many, "source": many}).status_code == 200
    assert len(asked) == 4


def addresses(client: FlaskClient, query: dict[str, Any], label: str) -> list[dict[str, list[str]]]:
    """What the links of a facet value with this label ask for, and that it is selected."""
    page = client.get("/", query_string=query).text
    found = re.findall(rf'<a href="([^"]*)" rel="nofollow" aria-current="true" class="on"><span>{label}</span>', page)
    return [parse_qs(urlsplit(unescape(address)).query) for address in found]


@pytest.mark.parametrize(
    ("facet", "names", "label"),
    [
        *(("city", [name], "义乌") for name in ("义乌", "义乌市", "浙江省义乌市", "金华/义乌", "義烏")),
        ("city", ["浙江／金华／义乌市"], "义乌"),
        ("city", ["义乌", "义乌市", "義烏"], "义乌"),
        ("city", ["不详"], "地点不详"),
        ("source", ["合肥日報"], "合肥日报"),
        ("source", ["未知"], "来源不详"),
        ("source", ["没有这家报纸"], "没有这家报纸"),
        ("year", ["2020年"], "2020"),
        ("year", ["２０２０"], "2020"),
        ("year", ["不详"], "年份不详"),
    ],
)
def test_what_is_selected_is_let_go_by_whatever_name_it_was_chosen(
    client: FlaskClient, facet: str, names: list[str], label: str
) -> None:
    assert addresses(client, {"q": "光伏", facet: names}, label) == [{"q": ["光伏"]}]


def test_the_other_values_stay_selected(client: FlaskClient) -> None:
    query = {"city": ["義烏", "合肥", "不详"], "source": "合肥日報"}
    assert addresses(client, query, "义乌") == [{"city": ["合肥", "不详"], "source": ["合肥日報"]}]


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ({"year": "2020..2023"}, {"year": ["2022"]}),
        ({"year": ["2020..2023", "2025"]}, {"year": ["2025", "2022"]}),
        ({"year": ["2020..2022", "2022"]}, {"year": ["2022"]}),
        ({"year": "2022..2022"}, {}),
        ({"year": ["2022", "2025"]}, {"year": ["2025"]}),
    ],
)
def test_a_year_of_a_chosen_range_takes_its_place(
    client: FlaskClient, query: dict[str, Any], after: dict[str, list[str]]
) -> None:
    assert addresses(client, query, "2022") == [after]


def test_a_chip_lets_go_what_it_names_and_nothing_else(client: FlaskClient) -> None:
    query = {
        "q": "光伏",
        "city": ["義烏", "unknown"],
        "year": "2020..2023",
        "year_from": "2021",
        "source": "合肥日报",
        "sort": "newest",
    }
    page = client.get("/", query_string=query).text
    chips = re.findall(r'<a class="chip" href="([^"]*)" aria-label="去掉 ([^"]*)"', page)
    left = {label: parse_qs(urlsplit(unescape(address)).query) for address, label in chips}
    asked = {
        "q": ["光伏"],
        "sort": ["newest"],
        "city": ["義烏", "unknown"],
        "year": ["2020..2023"],
        "year_from": ["2021"],
        "source": ["合肥日报"],
    }
    assert left == {
        "義烏": {**asked, "city": ["unknown"]},
        "地点不详": {**asked, "city": ["義烏"]},
        "2020..2023": {name: values for name, values in asked.items() if name != "year"},
        "合肥日报": {name: values for name, values in asked.items() if name != "source"},
        "2021–": {name: values for name, values in asked.items() if name != "year_from"},
    }


def test_places_lie_in_the_places_above_them() -> None:
    values = [
        FacetValue("浙江", "浙江", 3, False),
        FacetValue("浙江/金华", "金华", 2, False, "浙江"),
        FacetValue("浙江/金华/义乌", "义乌", 2, True, "浙江/金华"),
        FacetValue("安徽", "安徽", 1, False),
    ]
    zhejiang, anhui = city_tree(lambda facet, value: f"{facet}={value}", values)
    (jinhua,) = zhejiang.children
    (yiwu,) = jinhua.children
    assert (yiwu.label, yiwu.url, yiwu.count, yiwu.selected) == ("义乌", "city=浙江/金华/义乌", 2, True)
    assert (zhejiang.open, jinhua.open, anhui.open, anhui.children) == (True, True, False, [])
