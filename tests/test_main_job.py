"""Does the main job hold on the seeds: every article with what a careful reader would say of it?

The truth was read from the pages by hand. Columns: file, title, place, acceptable years, authors, source, how the
body begins and ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer import Article, Index

YIWU, LISHUI, JINHUA = ("浙江", "金华", "义乌"), ("浙江", "丽水"), ("浙江", "金华")
ARTICLES = [
    (
        "000",
        "义乌光源科技小镇： 向光而生 向新而行",
        YIWU,
        {2022, 2023},
        "孙俊",
        None,
        "义乌东北，一座",
        "科技型中小企业5家",
    ),
    (
        "001",
        "开创跨越式高质量发展新局面",
        LISHUI,
        {2025},
        "廖王晶 陈炜",
        None,
        "本报讯(记者 廖王晶 陈炜)日前",
        "坚实保障。",
    ),
    (
        "001",
        "经开区入选两大省级特色产业集群协同区",
        LISHUI,
        {2025},
        "樊文滔",
        None,
        "本报讯(记者 樊文滔)",
        "政策保障。",
    ),
    (
        "001",
        "经开区共有3家企业被认定为“重点省专”",
        LISHUI,
        {2025},
        "陈春 余久明 王妍桦",
        None,
        "本报讯(记者 陈春",
        "负责人表示。",
    ),
    (
        "001",
        "经开区生物医药产业园创成省级小微企业园",
        LISHUI,
        {2025},
        "陈春 张琳 任金美 高胜",
        None,
        "本报讯",
        "内生动力。",
    ),
    (
        "001",
        "经开区2项产品入选国家专利密集型产品名单",
        LISHUI,
        {2025},
        "樊文滔 雷莹莹 吴俊波",
        None,
        "本报讯",
        "负责人表示。",
    ),
    ("001", "半导体芯片产业园二期项目竣工验收", LISHUI, {2025}, "陈春 张琳 柳荣友", None, "本报讯", "国际竞争力。"),
    ("002", "高质量发展：经济行稳致远", YIWU, {2020}, "", None, "驻足回眸、五年一瞬。", "跨越发展的新篇章。"),
    ("003", "先进制造业如何破茧蝶变?", JINHUA, {2023}, "", "金华日报", "金华块状经济特征明显", "行稳致远。"),
    ("003", "合肥进入量子通信时代", ("安徽", "合肥"), {2022, 2023}, "", "合肥日报", "8月26日,", "高质量发展。"),
    (
        "003",
        "山海协作蓄势赋能 “双向奔赴”共赢发展 杭州淳安“飞地经济”飞出新天地",
        ("浙江", "杭州", "淳安"),
        {2023},
        "",
        "杭州日报",
        "日前,位于杭州市西湖区",
        "成果展示活动。",
    ),
    ("003", None, ("安徽", "芜湖"), {2023}, "", "芜湖日报", "近年来,芜湖市不断", "好去处。"),
    (
        "003",
        "最高奖励1亿元 出台真金白银的支持举措 嘉兴平湖促进总部经济发展再发力",
        ("浙江", "嘉兴", "平湖"),
        {2023},
        "",
        "嘉兴日报",
        "前不久,嘉兴平湖",
        "同比增长14.6%。",
    ),
    (
        "003",
        "“打造最优营商环境,宣城是认真的!”",
        ("安徽", "宣城"),
        {2023},
        "",
        "宣城日报",
        "“三个月才能",
        "时序进度推进。",
    ),
    ("003", "湖州入选最具生态竞争力城市", ("浙江", "湖州"), {2023}, "", "湖州日报", "2023中国国际", "专题城市推介。"),
    ("004", "嘉兴光伏产业园(浙江发展光伏)", ("浙江", "嘉兴"), {2023}, "", None, "制造业是立市之本", "年度目标任务。"),
]
CITIES = {
    LISHUI: "丽水",
    YIWU: "义乌",
    JINHUA: "金华",
    ("浙江", "杭州", "淳安"): "杭州",
    ("浙江", "嘉兴", "平湖"): "平湖",
}
WHOLE_AGAIN = [
    "平均每天能贡献8万KWH的绿电",
    "企业诉求一键直达系统等",
    "太阳能电池废水排放量从每吉瓦（GW）1200吨降至约600吨以下",
    "推进排污许可与环境影响评价制度有效衔接",
    "一张蓝图绘到底的政治定力",
    "丽水经开区重点培育打造滚动功能部件产业链",
    "强化企业创新主体地位,促进企业迸发创新活力",
    "为人园企业提供“研发+孵化+生产”的全方位服务",
    "医准智能获评“国家高新技术企业”",
    "针对半导体全链条产业特点",
    "一个足以令国内同类城市艳羡的光电光伏产业链",
    "战略性新兴产业增加值分别同比增长38.5%",
    "较“十二五”末分别提高了18.2",
    "新能源汽车及零部件在4个现代新兴产业中占了两席",
    "安徽合肥、山东枣庄、四川宜宾等地",
    "同时给周边区域带来外溢效应",
    "设有研发中心和实验室",
]
CAPTIONS = [
    "全球光伏联合创新中心",
    "瞻芯电子",
    "天合光能全景图",
    "浙江爱旭太阳能科技有限公司",
    "空中俯视义乌高新区",
    "吉利发动机生产车间",
]
FURNITURE = [
    "通威股份",
    "鞍钢股份",
    "匈牙利外交",
    "相关内容",
    "热门资讯",
    "admin",
    "Canadian Solar",
    "阿特斯集团200MWh",
]
MASTHEADS = ["YIWU LIGHT SCIENCE AND TECHNOLOGY TOWN"]


@pytest.fixture(scope="module")
def articles(seeds: Index) -> list[Article]:
    return list(seeds.articles())


def one(articles: list[Article], file: str, begins: str, title: str | None) -> Article:
    found = [a for a in articles if file in a.file and a.text.startswith(begins) and a.title == title]
    assert len(found) == 1, f"{file} {title}: {[a.title for a in articles if file in a.file]}"
    return found[0]


def test_there_are_exactly_these_articles(articles: list[Article]) -> None:
    assert sorted(a.title or "" for a in articles) == sorted(row[1] or "" for row in ARTICLES)


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: f"{row[0]} {row[1]}")
def test_each_article_is_understood(articles: list[Article], row: Any) -> None:
    file, title, place, years, authors, source, begins, ends = row
    article = one(articles, file, begins, title)
    assert article.text.endswith(ends)
    assert article.place == place
    assert article.city == CITIES.get(place, place[1])
    assert article.year in years
    assert article.authors == tuple(authors.split())
    assert article.source == source
    assert "YIWU LIGHT" not in article.text and "孙俊" not in article.text


def test_kickers_subtitles_and_the_printed_date_are_kept_apart(articles: list[Article]) -> None:
    by_title = {a.title: a for a in articles}
    assert by_title["开创跨越式高质量发展新局面"].subtitle == "经开区党工委(扩大)会议传达学习全省、全市新春第一会精神"
    assert by_title["经开区2项产品入选国家专利密集型产品名单"].kicker == "助力更多企业迈向产业链高端"
    assert by_title["先进制造业如何破茧蝶变?"].subtitle == "——金华竞逐新能源产业赛道的启示"
    dated = by_title["嘉兴光伏产业园(浙江发展光伏)"]
    assert (dated.date, dated.evidence["date"].inferred) == ("2023-01-06", False)


def test_inferred_years_say_so(articles: list[Article]) -> None:
    year = {a.title: a.evidence.get("year") for a in articles}["高质量发展：经济行稳致远"]
    assert year is not None and year.inferred and year.words


@pytest.mark.parametrize("words", WHOLE_AGAIN)
def test_broken_sentences_are_whole_again(seeds: Index, words: str) -> None:
    found = seeds.search(f'"{words}"')
    assert found.total == 1
    assert words in found.hits[0].article.text


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("正驶向更广阔的新蓝海。", "在义乌光源科技小镇，"),
        ("绿色：三生相融相合", "左手繁华"),
        ("竞逐新赛道", "前几天,横店东磁"),
    ],
)
def test_paragraphs_and_section_heads_stay_apart(articles: list[Article], above: str, below: str) -> None:
    assert any(f"{above}\n{below}" in a.text for a in articles)


@pytest.mark.parametrize("caption", CAPTIONS)
def test_captions_are_findable_but_no_part_of_the_body(seeds: Index, caption: str) -> None:
    hits = seeds.search(f'"{caption}"').hits
    assert any(caption in c for hit in hits for c in hit.article.captions)
    assert not any(caption in line == caption for hit in hits for line in hit.article.text.split("\n"))


@pytest.mark.parametrize("words", [*FURNITURE, *MASTHEADS])
def test_furniture_is_found_by_no_query(seeds: Index, words: str) -> None:
    assert seeds.search(f'"{words}"').total == 0


def test_photovoltaics_in_yiwu_in_2020_is_one_article(seeds: Index) -> None:
    everywhere = seeds.search("光伏")
    cities = {value.label for value in everywhere.facets["city"] if value.count}
    assert {"义乌", "金华", "嘉兴"} <= cities
    narrowed = seeds.search("光伏", city=["义乌"], year=[2020])
    assert [hit.article.title for hit in narrowed.hits] == ["高质量发展：经济行稳致远"]
    assert all("光伏" in s.text[a:b] for hit in narrowed.hits for s in hit.snippets for a, b in s.spans)


def test_a_second_build_reads_nothing(seed_index: Path) -> None:
    report = indexer.build_index(index=seed_index)
    assert (report.added, report.updated, report.unchanged, report.articles) == (0, 0, 5, 16)
