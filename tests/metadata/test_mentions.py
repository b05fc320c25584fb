"""Are places found where they are meant, and only there?"""

from __future__ import annotations

import pytest

from indexer.analysis.fold import fold_text
from indexer.metadata.mentions import mentions


def found(text: str, *seeds: tuple[str, ...]) -> list[str]:
    return ["/".join(mention.path) for mention in mentions(fold_text(text), seeds) if not mention.weak]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("游客来到义乌", "浙江/金华/义乌"),
        ("义乌市场上的商户", "浙江/金华/义乌"),
        ("密云县的水库", "北京/北京/密云"),
        ("恩施州的山村", "湖北/恩施"),
        ("襄樊市的一所小学", "湖北/襄阳"),
        ("攸县第一中学", "湖南/株洲/攸县"),
        ("高雄與臺北兩市", "台湾/高雄"),
    ],
)
def test_a_name_is_found_in_the_forms_that_papers_use(text: str, path: str) -> None:
    assert path in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "据新华社报道",
        "东方财富的数据",
        "投资兴建学校",
        "各方合作共建资源库",
        "公安机关已介入",
        "热爱和平的人们",
        "钟南山院士",
        "孙中山先生",
        "海滨城市的老城区",
        "院长葛文君介绍",
        "在朝阳门外",
        "自由贸易合作区",
        "阿里巴巴集团",
        "沿南京西路向东",
        "家住长乐街道",
        "走过西安大路",
        "一家兰州拉面馆",
        "一家重庆火锅店",
    ],
)
def test_words_persons_and_streets_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "北京大学",
        "上海证券交易所",
        "湖南卫视",
        "浙江日报",
        "武汉理工大学",
        "河南籍男子",
        "江苏苏宁",
        "上海城大厦",
        "来自哈尔滨的游客刘女士",
        "来自成都的一对夫妇",
    ],
)
def test_institutions_and_origins_weigh_little(text: str) -> None:
    assert [mention.weak for mention in mentions(fold_text(text))] == [True]


def test_where_people_come_from_weighs_little_and_where_news_comes_from_weighs() -> None:
    assert found("来自上海、南京和合肥的客商在芜湖签约") == ["安徽/芜湖"]
    assert found("来自合肥市商务局的消息") == ["安徽/合肥"]


def test_what_lies_far_from_a_place_is_not_about_it() -> None:
    assert found("台风中心位于浙江省玉环市东偏南方向约780公里") == ["浙江"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("北京朝阳的居民", ["北京/北京", "北京/北京/朝阳"]),
        ("长春朝阳的居民", ["吉林/长春", "吉林/长春/朝阳"]),
        ("辽宁省朝阳市", ["辽宁", "辽宁/朝阳"]),
        ("浙江永康的五金", ["浙江", "浙江/金华/永康"]),
        ("四川大英的盐湖", ["四川", "四川/遂宁/大英"]),
        ("西宁市城东区", ["青海/西宁", "青海/西宁/城东"]),
        ("吉林省吉林市", ["吉林", "吉林/吉林"]),
    ],
)
def test_the_parent_printed_before_a_name_settles_it(text: str, paths: list[str]) -> None:
    assert found(text) == paths


def test_a_parent_elsewhere_in_the_text_settles_a_name() -> None:
    assert found("南京市的学校。鼓楼区的居民。") == ["江苏/南京", "江苏/南京/鼓楼"]
    assert found("徐州市的学校。鼓楼区的居民。") == ["江苏/徐州", "江苏/徐州/鼓楼"]
    assert found("鼓楼区的居民。") == []


def test_a_bare_county_needs_support() -> None:
    assert found("沅陵的学校") == []
    assert found("沅陵的学校", ("湖南", "怀化")) == ["湖南/怀化/沅陵"]
    assert found("安康的生活") == []
    assert found("陕西省的消息：安康的茶园") == ["陕西", "陕西/安康"]


def test_a_word_is_taken_as_a_place_once_it_stands_with_its_kind() -> None:
    assert found("金山的渔民") == []
    assert found("上海市金山区的渔港，金山的渔民") == ["上海/上海", "上海/上海/金山", "上海/上海/金山"]


def test_offsets_are_those_of_the_name() -> None:
    text = "昨天在浙江义乌举行"
    assert [text[mention.start : mention.end] for mention in mentions(text)] == ["浙江", "义乌"]


def test_a_bare_county_heads_an_article_about_it_that_names_it_again() -> None:
    assert found("德清地信小镇:从零到百亿\n如今,德清地理信息小镇集聚企业四百家。") == ["浙江/湖州/德清"] * 2
    assert found("德清地信小镇:从零到百亿\n如今,小镇集聚企业四百家。") == []
    assert found("一个小镇\n小镇在德清,德清有企业四百家。") == []
    assert found("和平饭店:百年传奇\n和平饭店迎客。") == []


def test_a_prefecture_whose_name_is_hardly_a_word_heads_an_article_that_names_it_again() -> None:
    assert found("桂林漓江景区迎来游客高峰\n国庆假期,桂林游人如织。") == ["广西/桂林"] * 2
    assert found("大理洱海生态廊道游人如织\n春节期间,大理洱海西岸游人如织。") == ["云南/大理"] * 2
    assert found("国庆假期,桂林游人如织,桂林山水甲天下。") == []
    for title in ("日照充足", "安康是福", "大同理想", "朝阳行业", "平安是福", "和平年代"):
        assert found(f"{title}\n{title},人人向往。") == [], title


@pytest.mark.parametrize("word", ["大理石", "三明治", "北海道", "周口店", "宁德时代", "普洱茶"])
def test_a_longer_word_that_begins_with_the_name_of_a_place_is_none(word: str) -> None:
    assert found(f"{word}涨价\n云南、福建、河南、广西:{word}涨价。")[4:] == []
