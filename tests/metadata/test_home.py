"""Is a local paper at home in its city, and a national one nowhere?"""

from __future__ import annotations

import pytest

from indexer.metadata.gazetteer import place_of, read_data
from indexer.metadata.home import home_of


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("金华日报", ("浙江", "金华")),
        ("《义乌商报》", ()),
        ("义乌商报", ("浙江", "金华", "义乌")),
        ("浙江日报", ()),
        ("北京日报", ()),
        ("人民日报", ()),
        ("上海证券报", ()),
        (None, ()),
        ("桂林日报", ("广西", "桂林")),
        ("大理日报", ("云南", "大理")),
        ("日照日报", ("山东", "日照")),
        ("萧山日报", ("浙江", "杭州", "萧山")),
        ("兰溪导报", ("浙江", "金华", "兰溪")),
        ("建德报", ("浙江", "杭州", "建德")),
        ("今日龙泉", ("浙江", "丽水", "龙泉")),
        ("龙泉新闻", ("浙江", "丽水", "龙泉")),
        ("龙泉市融媒体中心", ("浙江", "丽水", "龙泉")),
        ("岷县人民政府", ("甘肃", "定西", "岷县")),
        ("泉州晚报数字报", ("福建", "泉州")),
        ("今日头条", ()),
    ],
)
def test_the_city_after_which_a_paper_is_called(source: str | None, home: tuple[str, ...]) -> None:
    assert home_of(source) == home


@pytest.mark.parametrize(
    "source",
    [
        "光明日报",
        "公安日报",
        "和平日报",
        "新华日报",
        "南方日报",
        "东方网",
        "光明网",
        "华龙网",
        "河南日报",
        "吉林日报",
        "鼓楼新闻",
    ],
)
def test_papers_called_after_a_word_or_a_province_have_no_city(source: str) -> None:
    assert home_of(source) == ()


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("钱江晚报", ("浙江", "杭州")),
        ("新民晚报", ("上海", "上海")),
        ("江南都市报", ("江西", "南昌")),
        ("明報", ("香港", "香港")),
        ("新京报", ()),
        ("大公報", ()),
    ],
)
def test_papers_whose_names_hold_no_place(source: str, home: tuple[str, ...]) -> None:
    assert home_of(source) == home


def test_every_paper_of_the_table_is_at_home_in_a_city() -> None:
    rows = [line.split() for line in read_data("papers.txt") if not line.startswith("#")]
    for path, *papers in rows:
        found = place_of(path.split("/"))
        assert found is not None and found.level == "city" and papers, path
