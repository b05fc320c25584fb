"""Are the seed pages cut as a careful reader cuts them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.models import Draft, LeftOut
from indexer.reading.split import split

SEEDS = Path(__file__).parent.parent.parent / "seeds"
TOWN, ZONE, REVIEW, REPRINTS, WEB = sorted(SEEDS.glob("*.txt"))


def cut(path: Path) -> tuple[list[Draft], list[LeftOut]]:
    return split(path.read_text(encoding="utf-8"))


# For each seed: (title, first words, last words) of each of its articles.
ARTICLES = {
    TOWN: [("义乌光源科技小镇： 向光而生 向新而行", "义乌东北，一座承载着光明梦想", "高新技术企业10家，科技型中小企业5家")],
    ZONE: [
        ("开创跨越式高质量发展新局面", "本报讯(记者 廖王晶 陈炜)日前", "提供坚实保障。"),
        ("经开区入选两大省级特色产业集群协同区", "本报讯(记者 樊文滔)日前", "提供良好的政策保障。"),
        ("经开区共有3家企业被认定为“重点省专”", "本报讯(记者 陈春 通讯员 余久明 王妍桦)日前", "丽水经开区相关负责人表示。"),
        ("经开区生物医药产业园创成省级小微企业园", "本报讯(记者 陈春 通讯员 张琳 任金美 高胜)日前", "注入强劲内生动力。"),
        ("经开区2项产品入选国家专利密集型产品名单", "本报讯(记者 樊文滔 通讯员 雷莹莹 吴俊波)日前", "(开发区分局)负责人表示。"),
        ("半导体芯片产业园二期项目竣工验收", "本报讯(记者 陈春 通讯员 张琳 柳荣友)日前", "的国际竞争力。"),
    ],
    REVIEW: [("高质量发展：经济行稳致远", "驻足回眸、五年一瞬。", "跨越发展的新篇章。")],
    REPRINTS: [
        ("先进制造业如何破茧蝶变?", "金华块状经济特征明显", "破茧蝶变、行稳致远。"),
        ("合肥进入量子通信时代", "8月26日,我国规模最大", "量子产业高质量发展。"),
        ("山海协作蓄势赋能 “双向奔赴”共赢发展 杭州淳安“飞地经济”飞出新天地", "日前,位于杭州市西湖区", "产业培育成果展示活动。"),
        (None, "近年来,芜湖市不断加大", "运动健身的好去处。"),
        ("最高奖励1亿元 出台真金白银的支持举措 嘉兴平湖促进总部经济发展再发力", "前不久,嘉兴平湖端出了", "同比增长14.6%。"),
        ("“打造最优营商环境,宣城是认真的!”", "“三个月才能办成的事情", "均按时序进度推进。"),
        ("湖州入选最具生态竞争力城市", "2023中国国际生态竞争力峰会", "专题城市推介。"),
    ],
    WEB: [("嘉兴光伏产业园(浙江发展光伏)", "制造业是立市之本、强市之基", "均提前完成年度目标任务。")],
}  # fmt: skip


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_article_begins_and_ends_where_it_should(path: Path) -> None:
    drafts, _ = cut(path)
    assert [draft.title for draft in drafts] == [title for title, _, _ in ARTICLES[path]]
    for draft, (_, begins, ends) in zip(drafts, ARTICLES[path], strict=True):
        assert draft.text.startswith(begins)
        assert draft.text.endswith(ends)


def test_kickers_and_subtitles_are_no_headlines() -> None:
    heads = {draft.title: (draft.kicker, draft.subtitle) for draft in [*cut(ZONE)[0], *cut(REPRINTS)[0]]}
    assert heads["开创跨越式高质量发展新局面"] == (None, "经开区党工委(扩大)会议传达学习全省、全市新春第一会精神")
    assert heads["经开区2项产品入选国家专利密集型产品名单"] == ("助力更多企业迈向产业链高端", None)
    assert heads["先进制造业如何破茧蝶变?"] == (None, "——金华竞逐新能源产业赛道的启示")
    assert cut(TOWN)[0][0].kicker in (None, "敢为敢闯敢干敢首创 全力拼经济")


@pytest.mark.parametrize(
    ("path", "passage"),
    [
        (TOWN, "平均每天能贡献8万KWH的绿电"),
        (TOWN, "企业诉求一键直达系统等"),
        (TOWN, "从每吉瓦（GW）1200吨降至约600吨以下"),
        (TOWN, "推进排污许可与环境影响评价制度有效衔接"),
        (ZONE, "充分彰显了省委一张蓝图绘到底的政治定力"),
        (ZONE, "围绕落实好省市部署要求"),
        (ZONE, "迅速收心干事业"),
        (ZONE, "丽水经开区重点培育打造滚动功能部件产业链"),
        (ZONE, "强化企业创新主体地位,促进企业迸发创新活力"),
        (ZONE, "支持企业专注创新发展,持续提高关键领域创新能力"),
        (ZONE, "同创特材负责人说,入选“重点省专”,可以推动企业技术创新"),
        (ZONE, "持续推进小微企业园提质升级"),
        (ZONE, "提供“研发+孵化+生产”的全方位服务"),
        (ZONE, "医准智能获评“国家高新技术企业”"),
        (ZONE, "均采用了多项核心专利技术"),
        (ZONE, "截至目前,丽水经开区共有13家企业"),
        (ZONE, "我们将继续加大研发投入,进一步提升"),
        (ZONE, "项目负责人介绍,针对半导体全链条产业特点"),
        (REVIEW, "一个足以令国内同类城市艳羡的光电光伏产业链"),
        (REVIEW, "战略性新兴产业增加值分别同比增长38.5%"),
        (REVIEW, "主要抓手进行培育"),
        (REVIEW, "该小微园由义乌市智饰云企业管理咨询有限公司运营"),
        (REVIEW, "较“十二五”末分别提高了18.2"),
        (REPRINTS, "其中芯光电、新能源汽车及零部件在4个现代新兴产业中占了两席"),
        (REPRINTS, "持续集聚生产要素"),
        (REPRINTS, "安徽合肥、山东枣庄、四川宜宾等地"),
        (REPRINTS, "同时给周边区域带来外溢效应"),
        (REPRINTS, "设有研发中心和实验室"),
    ],
)
def test_broken_sentences_are_whole_again(path: Path, passage: str) -> None:
    assert sum(passage in draft.text for draft in cut(path)[0]) == 1


@pytest.mark.parametrize(
    ("path", "above", "below"),
    [
        (TOWN, "正驶向更广阔的新蓝海。", "在义乌光源科技小镇，"),
        (TOWN, "绿色：三生相融相合", "左手繁华"),
        (REPRINTS, "一方面,政府的“有形之手”为地方经济发展指路——", "2019年,金华印发"),
        (REPRINTS, "用好“两只手”竞逐新赛道", "前几天,横店东磁"),
    ],
)
def test_section_heads_and_paragraphs_stay_apart(path: Path, above: str, below: str) -> None:
    assert any(f"{above}\n{below}" in draft.text for draft in cut(path)[0])


def test_captions_stand_beside_the_text() -> None:
    (town,), _ = cut(TOWN)
    (review,), _ = cut(REVIEW)
    shown = ("全球光伏联合创新中心", "华灿光电", "瞻芯电子", "天合光能全景图", "浙江爱旭太阳能科技有限公司")
    assert town.captions == shown
    assert review.captions == ("空中俯视义乌高新区", "吉利发动机生产车间", "华灿光电生产车间")
    assert not set(shown) & set(town.text.split("\n"))


def test_credits_are_kept_as_printed() -> None:
    assert cut(TOWN)[0][0].credits == ("孙俊",)
    papers = ("金华", "合肥", "杭州", "芜湖", "嘉兴", "宣城", "湖州")
    assert [draft.credits for draft in cut(REPRINTS)[0]] == [(f"摘自《{paper}日报》",) for paper in papers]
    assert cut(WEB)[0][0].credits == ("2023-01-06 15:20:12",)


def test_furniture_is_in_no_article() -> None:
    (article,), left = cut(WEB)
    gone = "\n".join(part.text for part in left)
    shown = "\n".join([article.title or "", article.text, *article.captions, *article.credits])
    for words in ("admin", "相关内容", "热门资讯", "通威股份", "鞍钢股份", "匈牙利外交", "东数西", "Canadian Solar"):
        assert words in gone or words == "通威股份"
        assert words not in shown
    assert "YIWU LIGHT SCIENCE AND TECHNOLOGY TOWN" not in cut(TOWN)[0][0].text
