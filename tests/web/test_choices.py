"""Do choices lead where they say, to as much as they say, and back again?"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer import Index


def offers(client: FlaskClient, query: dict[str, Any]) -> list[tuple[str, str, int]]:
    """The ways out that a page without hits offers: label, address and count."""
    page = client.get("/", query_string=query).text.partition('<div class="rescue">')[2].partition("</div>")[0]
    found = re.findall(r'<a href="([^"]*)">([^<]*?)(?:：|（)(\d+)(?: 篇|）)</a>', page)
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
