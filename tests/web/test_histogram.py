"""Does every bar of the chart stand where its year belongs, and lead to the articles that it counts?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer import FacetValue
from web.histogram import HEIGHT, WIDTH, bars


def years(**counts: int) -> list[FacetValue]:
    return [FacetValue(name.lstrip("y"), name, count, False) for name, count in counts.items()]


def toggle(facet: str, value: str) -> str:
    return f"/?{facet}={value}"


def test_bars_stand_in_the_chart_in_order_and_as_high_as_their_count() -> None:
    chart = bars(toggle, years(y2019=8, y2020=4, y2023=1, unknown=9))
    assert chart is not None
    assert [(bar.year, bar.count, bar.url) for bar in chart.bars] == [
        ("2019", 8, "/?year=2019"),
        ("2020", 4, "/?year=2020"),
        ("2023", 1, "/?year=2023"),
    ]
    assert [bar.height for bar in chart.bars] == [HEIGHT, HEIGHT / 2, HEIGHT / 8]
    assert all(bar.y + bar.height == HEIGHT for bar in chart.bars)
    gaps = [after.x - before.x for before, after in zip(chart.bars, chart.bars[1:], strict=False)]
    assert gaps == [WIDTH / 5, 3 * WIDTH / 5]
    assert chart.bars[0].x > 0 and chart.bars[-1].x + chart.bars[-1].width < WIDTH


def test_a_year_far_from_all_others_leaves_them_room() -> None:
    chart = bars(toggle, years(y1999=1, y2000=5, y9999=1))
    assert chart is not None
    assert all(bar.width > WIDTH / 20 for bar in chart.bars)
    assert [round(bar.x / WIDTH, 1) for bar in chart.bars] == [0.0, 0.1, 0.9]


def test_a_year_with_few_articles_shows() -> None:
    chart = bars(toggle, years(y2019=10_000, y2020=1, y2021=0))
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [HEIGHT, 2, 0]


@pytest.mark.parametrize("counts", [{}, {"y2019": 3}, {"y2019": 3, "unknown": 5}])
def test_one_year_is_no_chart(counts: dict[str, int]) -> None:
    assert bars(toggle, years(**counts)) is None


def test_one_year_that_is_selected_can_be_let_go() -> None:
    assert bars(toggle, [FacetValue("2019", "2019", 3, True)]) is not None


@pytest.mark.parametrize("query", ["", "&year_from=2022&year_to=2023", "&year_to=2020", "&city=浙江"])
def test_a_bar_finds_as_many_as_it_counts(client: FlaskClient, query: str) -> None:
    page = client.get("/?lang=zh" + query).text
    found = re.findall(r'<a href="([^"]*)" aria-label="(\d+) 年，(\d+) 篇"', page)
    assert [year for _, year, _ in found] == sorted(year for _, year, _ in found) and len(found) > 1
    for address, year, count in found:
        answer = client.get("/api/v1/search" + unescape(address).removeprefix("/")).get_json()
        assert answer["total"] == int(count) and {hit["article"]["year"] for hit in answer["hits"]} == {int(year)}


def test_a_bar_that_is_selected_lets_go(client: FlaskClient) -> None:
    page = client.get("/?year=2020年").text
    assert re.findall(r'<a href="([^"]*)" aria-label="2020 年[^>]* aria-current="true"', page) == ["/"]
