"""Does a name, in any form, mean the place that it should?"""

from __future__ import annotations

import pytest

from indexer.metadata.gazetteer import city_of, lookup, names, place_from_given, place_of, resolve


def paths(name: str) -> set[str]:
    return {"/".join(place.path) for place in lookup(name)}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("义乌", "浙江/金华/义乌"),
        ("义乌市", "浙江/金华/义乌"),
        ("恩施土家族苗族自治州", "湖北/恩施"),
        ("恩施州", "湖北/恩施"),
        ("西双版纳", "云南/西双版纳"),
        ("延边", "吉林/延边"),
        ("兴安盟", "内蒙古/兴安"),
        ("浦东新区", "上海/上海/浦东"),
        ("泸县", "四川/泸州/泸县"),
        ("芒市", "云南/德宏/芒市"),
        ("科左中旗", "内蒙古/通辽/科尔沁左翼中旗"),
        ("仙桃", "湖北/仙桃"),
        ("济源市", "河南/济源"),
        ("石河子", "新疆/石河子"),
        ("高雄", "台湾/高雄"),
        ("香港特别行政区", "香港/香港"),
        ("临平", "浙江/杭州/临平"),
        ("雄安新区", "河北/保定/雄安"),
    ],
)
def test_a_name_is_known_with_and_without_its_kind(name: str, path: str) -> None:
    assert path in paths(name)


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("襄樊", "湖北/襄阳"),
        ("襄樊市", "湖北/襄阳"),
        ("思茅市", "云南/普洱"),
        ("思茅", "云南/普洱/思茅"),
        ("崇文区", "北京/北京/东城"),
        ("宣武", "北京/北京/西城"),
        ("闸北", "上海/上海/静安"),
        ("南汇", "上海/上海/浦东"),
        ("萧山市", "浙江/杭州/萧山"),
        ("莱芜市", "山东/济南/莱芜"),
        ("郫县", "四川/成都/郫都"),
        ("伊克昭盟", "内蒙古/鄂尔多斯"),
    ],
)
def test_a_former_name_means_todays_place(former: str, today: str) -> None:
    assert paths(former) == {today}


def test_a_name_of_several_places_gives_them_all() -> None:
    assert {"北京/北京/朝阳", "辽宁/朝阳", "吉林/长春/朝阳"} <= paths("朝阳")
    assert paths("吉林") == {"吉林", "吉林/吉林"}


def test_traditional_characters_are_understood() -> None:
    assert paths("臺北") == {"台湾/台北"}
    assert paths("廣州市") == {"广东/广州"}


def test_no_name_is_left_with_its_kind_unless_it_is_one_character() -> None:
    for name, places in names().items():
        for place in places:
            short = place.path[-1]
            if name == place.name and len(name) > 3 and short == name:
                # Banners called 前旗, and sisters of one name: 和田市 and 和田县.
                assert name[-1] in "旗县区", name


@pytest.mark.parametrize(
    ("path", "city"),
    [
        (("浙江", "金华", "义乌"), "义乌"),
        (("浙江", "杭州", "淳安"), "杭州"),
        (("北京", "北京", "海淀"), "北京"),
        (("湖北", "恩施"), "恩施"),
        (("湖北", "恩施", "利川"), "利川"),
        (("湖北", "神农架"), None),
        (("海南", "陵水"), None),
        (("台湾", "花莲"), None),
        (("浙江",), None),
        ((), None),
        (("卡塞尔",), "卡塞尔"),
    ],
)
def test_the_city_of_a_path(path: tuple[str, ...], city: str | None) -> None:
    assert city_of(path) == city


@pytest.mark.parametrize(
    "value",
    [
        "浙江/金华/义乌",
        "义乌",
        "义乌市",
        "金华义乌",
        "浙江省金华市义乌市",
        " 浙江 金华 义乌 ",
        ["浙江", "金华", "义乌"],
        "浙江/义乌",
    ],
)
def test_a_given_place_may_be_written_in_many_ways(value: str | list[str]) -> None:
    assert place_from_given(value) == ("浙江", "金华", "义乌")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("北京", ("北京", "北京")),
        ("北京市朝阳区", ("北京", "北京", "朝阳")),
        ("朝阳市", ("辽宁", "朝阳")),
        ("吉林省吉林市", ("吉林", "吉林")),
        ("海南", ("海南",)),
        ("襄樊", ("湖北", "襄阳")),
        ("Berlin", ("Berlin",)),
        ("鼓楼区", ("鼓楼区",)),
        ("法国/里昂", ("法国", "里昂")),
        ("", ()),
    ],
)
def test_nothing_given_is_lost(value: str, path: tuple[str, ...]) -> None:
    assert place_from_given(value) == path


def test_an_ambiguous_or_unknown_name_resolves_to_none() -> None:
    assert resolve("鼓楼") is None
    assert resolve("亚特兰蒂斯") is None
    assert resolve("浙江/合肥") is None
    assert resolve("上海" * 2_000) is None


def test_a_place_says_its_level_and_whether_it_is_a_city() -> None:
    county = place_of(("浙江", "杭州", "淳安"))
    assert county is not None and (county.name, county.level, county.is_city) == ("淳安县", "county", False)
    city = place_of(("浙江", "金华", "义乌"))
    assert city is not None and (city.level, city.is_city) == ("county", True)
    assert place_of(("浙江", "义乌")) is None


def test_a_path_means_itself() -> None:
    paths = {place.path for places in names().values() for place in places if len(place.path) > 1}
    assert len(paths) > 3_000
    assert [path for path in paths if place_from_given("/".join(path)) != path] == []


def test_every_province_has_places_and_every_path_its_parents() -> None:
    known = {place.path for places in names().values() for place in places}
    assert len({path[0] for path in known}) == 34
    assert sum(len(path) == 3 for path in known) > 2_900
    assert all(path[:2] in known for path in known if len(path) == 3)


@pytest.mark.parametrize(
    ("value", "path", "city"),
    [
        ("浙江省湖州市德清县新市镇", ("浙江", "湖州", "德清"), "湖州"),
        ("东莞市长安镇", ("广东", "东莞"), "东莞"),
        ("深圳市南山区粤海街道", ("广东", "深圳", "南山"), "深圳"),
        ("义乌市场", ("义乌市场",), "义乌市场"),
        ("鼓楼区", ("鼓楼区",), None),
        ("鼓楼", ("鼓楼",), None),
        ("桃源镇", ("桃源镇",), None),
        ("unknown", (), None),
        ("不详", (), None),
    ],
)
def test_given_towns_and_districts_are_no_cities(value: str, path: tuple[str, ...], city: str | None) -> None:
    assert place_from_given(value) == path
    assert city_of(path) == city
