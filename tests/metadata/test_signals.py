"""Do the signals say what an article holds?"""

from __future__ import annotations

import json

import pytest

from indexer.metadata.gazetteer import read_data
from indexer.metadata.signals import candidates, read


@pytest.mark.parametrize(
    ("body", "place", "abroad", "region", "local"),
    [
        ("新华社杭州8月2日电 (记者张三)昨天,", ("浙江", "杭州"), False, (), False),
        ("中新网福建石狮8月16日电 (吴某)昨天,", ("福建", "泉州", "石狮"), False, (), False),
        ("原标题:某地开渔中新网石狮8月16日电 (吴某)昨天,", ("福建", "泉州", "石狮"), False, (), False),
        ("红网时刻衡阳8月2日讯(通讯员 刘某)昨天,", ("湖南", "衡阳"), False, (), True),
        ("中新网湖南新闻8月3日电 (王某)昨天,", (), False, ("湖南",), False),
        ("新华社伦敦8月3日电(记者黄某)昨天,", (), True, (), False),
        ("昨天,一处仓库起火", (), False, (), False),
    ],
)
def test_the_opening(body: str, place: tuple[str, ...], abroad: bool, region: tuple[str, ...], local: bool) -> None:
    opening = read("", body).opening
    assert (opening.place, opening.abroad, opening.region, opening.local) == (place, abroad, region, local)


def test_places_of_the_dateline_are_no_mentions() -> None:
    reading = read("", "新华社杭州8月2日电 (记者张三)宁波市昨天下雨。")
    assert [mention.path for mention in reading.found] == [("浙江", "宁波")]
    assert reading.text[reading.opening.start : reading.opening.end].startswith("新华社杭州")


def test_a_headline_before_the_dateline_is_headline() -> None:
    reading = read("", "原标题:宁波下雨新华社杭州8月2日电 (记者张三)昨天下雨。")
    assert candidates(reading)[("浙江", "宁波")]["city: title"] == 1.0
    assert "city: title" not in candidates(reading)[("浙江", "杭州")]
    assert candidates(reading)[("浙江", "杭州")]["city: filed"] == 1.0


def test_candidates_are_cities_and_provinces_but_no_municipality_twice() -> None:
    found = candidates(read("上海与义乌", "上海市和义乌市昨天签约,江苏省也派人到场。"))
    assert set(found) == {("上海", "上海"), ("浙江", "金华"), ("浙江",), ("江苏",)}


def test_institutions_alone_are_weak() -> None:
    signals = candidates(read("", "北京大学的一项研究发表。"))[("北京", "北京")]
    assert signals["city: weak only"] == 1.0 and signals["city: unnamed"] == 1.0


def test_every_weight_belongs_to_a_signal() -> None:
    weights = json.loads("\n".join(read_data("place_model.json")))["weights"]
    body = "红网时刻衡阳8月2日讯(通讯员 刘某)衡阳市衡南县昨天下雨。湖南省气象局说,全国多地比赛。湖南省湘潭市。"
    seen = {name for signals in candidates(read("衡阳", body)).values() for name in signals}
    assert seen <= set(weights)
    assert all(name.startswith(("city: ", "province: ")) for name in weights)
