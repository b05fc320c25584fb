"""Is an article located where it is about, with the words that say so, or nowhere?"""

from __future__ import annotations

import pytest

from indexer.metadata.place import locate, places
from indexer.models import Draft, Page

FIRE = (
    "昨日上午9时许，黄石市一处仓库起火。接到报警后，黄石市消防救援支队赶到现场，市民有序疏散。"
    "起火原因正在调查，黄石警方提醒市民注意用电安全。"
)
MINISTRY = (
    "新华社北京8月10日电（记者张三）财政部、教育部日前联合印发通知，要求各地落实资助政策。"
    "通知提出，全国各省份要加强统筹，确保各项措施落到实处。"
)
ABROAD = "新华社伦敦3月2日电（记者李四）英国政府2日宣布新的能源政策。英国首相当天接受英国广播公司采访时说，将减少进口。"
MANY = "今年以来，上海、苏州、杭州、宁波、温州等城市，还有武汉、南昌、成都等地陆续出台政策，支持总部经济发展。"
COUNTY = (
    "本报讯（记者王五）日前，位于淳安县枫树岭镇的客厅项目启用。近年来，淳安县发展飞地经济，"
    "淳安与杭州市西湖区签约，县委主要负责人表示，淳安将深化合作。"
)


def path_of(text: str, title: str | None = None) -> tuple[str, ...]:
    found = locate(title, text)
    return found.path if found else ()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (FIRE, ("湖北", "黄石")),
        (COUNTY, ("浙江", "杭州", "淳安")),
        (MINISTRY, ()),
        (ABROAD, ()),
        (MANY, ()),
        ("", ()),
        ("北京时间今天凌晨，国家队在决赛中夺冠。", ()),
    ],
)
def test_the_place_that_a_text_is_about(text: str, path: tuple[str, ...]) -> None:
    assert path_of(text) == path


def test_the_headline_weighs_more_than_mentions() -> None:
    text = "本次推介会上，来自上海、南京和合肥的客商到场，双方签约十个项目，总投资百亿元。"
    assert path_of(text, "芜湖推介会签约百亿元") == ("安徽", "芜湖")


def test_where_it_was_filed_is_not_what_it_is_about() -> None:
    text = (
        "新华社武汉5月3日电（记者赵六）记者3日从襄阳市政府获悉，襄阳市古城墙修缮完工。"
        "襄阳市文物局负责人说，城墙将向市民开放。"
    )
    assert path_of(text) == ("湖北", "襄阳")


def test_the_dateline_tells_where_nothing_else_does() -> None:
    text = (
        "红网时刻怀化8月2日讯（通讯员 刘某）沅陵是水域大县。沅陵县各乡镇按县政府部署，成立巡逻队，村民参与防溺水工作。"
    )
    assert path_of(text) == ("湖南", "怀化", "沅陵")


def test_a_former_name_leads_to_todays_place() -> None:
    text = "昨日，襄樊市一所小学的学生在食堂用餐后不适，被送往襄樊市中心医院。襄樊市教育局已介入调查。"
    assert path_of(text)[:2] == ("湖北", "襄阳")


def test_a_province_may_stand_alone() -> None:
    text = "记者从江西省生态环境厅获悉，江西全省已完成整改任务。江西省生态环境厅负责人介绍，全省各设区市将加大力度。"
    assert path_of(text) == ("江西",)


def test_traditional_characters_are_located_and_shown_as_given() -> None:
    found = locate("臺北市圖書館開放夜讀", "臺北市政府宣布，市立圖書館延長開放，臺北市民可以夜讀。")
    assert found is not None and found.path[:2] == ("台湾", "台北")
    assert "臺北" in found.evidence.words


def test_the_evidence_is_a_clause_of_the_original() -> None:
    found = locate(None, FIRE)
    assert found is not None
    assert found.evidence.words in FIRE and "黄石市" in found.evidence.words
    assert (found.evidence.origin, found.evidence.inferred) == ("text", True)
    titled = locate("黄石：　仓库起火", FIRE)
    assert titled is not None and titled.evidence.origin == "headline"
    assert titled.evidence.words == "黄石：　仓库起火"


def test_the_dateline_is_the_evidence_where_only_it_names_the_place() -> None:
    text = (
        "本报金华8月2日讯（记者钱七）昨天，全市社区工作会议召开。市委主要负责人要求，各街道、社区和派出所要服务市民。"
        "交警、消防等部门将走进社区，当地村民可以报名。"
    )
    found = locate(None, text)
    assert found is not None and found.path == ("浙江", "金华")
    assert found.evidence.origin == "dateline" and "金华8月2日讯" in found.evidence.words


def draft(text: str, title: str | None = None, number: int = 1) -> Draft:
    return Draft(title=title, text=text, lines=(number, number), ordinal=number)


def page(*drafts: Draft) -> Page:
    return Page(file="a.txt", text="", encoding="utf-8", drafts=drafts)


OURS = "本报讯（记者周八）日前，开发区公布了新一批小微企业园名单。开发区将继续做好服务，我市将给予支持。"


def test_our_city_is_the_city_of_the_page() -> None:
    located = places(page(draft(FIRE), draft(FIRE, number=2), draft(OURS, "开发区再添企业园", 3)))
    assert [found.path if found else () for found in located] == [("湖北", "黄石")] * 3
    assert located[2] is not None
    assert (located[2].evidence.origin, located[2].evidence.words) == ("page", "开发区")


def test_one_article_alone_does_not_speak_for_its_page() -> None:
    assert places(page(draft(FIRE), draft(OURS, number=2)))[1] is None


def test_the_paper_tells_whose_city_ours_is() -> None:
    found = places(page(draft(OURS)), ["宣城日报"])[0]
    assert found is not None and found.path == ("安徽", "宣城")
    assert places(page(draft(MINISTRY)), ["宣城日报"]) == (None,)


def test_a_page_without_articles_has_no_places() -> None:
    assert places(page()) == ()


@pytest.mark.parametrize("body", ["市教育局", "记者从市公交集团", "县人民医院"])
def test_a_body_called_after_no_city_is_one_of_the_papers_own(body: str) -> None:
    text = f"昨日，{body}宣布，今年将优化十二项服务，方便群众。"
    found = places(page(draft(text)), ["宣城日报"])[0]
    assert found is not None and found.path == ("安徽", "宣城")
    assert "宣城日报" in found.evidence.words
    assert (found.evidence.origin, found.evidence.inferred) == ("source", True)
    assert places(page(draft(text)), ["南方日报"]) == (None,)


@pytest.mark.parametrize(
    "text",
    [
        "新华社洛阳3月2日电 市民在公园里赏花。",
        "在东京，市民在公园里赏花。",
        "区块链公司发布新品，市场规模扩大。",
        "样本市值下降。",
    ],
)
def test_others_citizens_are_not_those_of_the_paper(text: str) -> None:
    found = places(page(draft(text)), ["宣城日报"])[0]
    assert found is None or found.path[:2] != ("安徽", "宣城")


def test_the_paper_tells_which_of_several_places_is_meant() -> None:
    kicked = Draft(
        title="茶园里建起观景台",
        kicker="长兴",
        text="昨日，顾渚村的观景台落成，游人在此看茶。",
        lines=(1, 2),
        ordinal=1,
    )
    assert [found.path if found else () for found in places(page(kicked), ["湖州日报"])] == [("浙江", "湖州", "长兴")]
    assert places(page(kicked)) == (None,)


def test_only_the_first_pages_of_a_very_long_text_are_read() -> None:
    assert path_of(FIRE + "\n" + "上海市、南京市。" * 100_000)[:1] != ("湖北",)
    assert path_of(FIRE * 80 + "上海市的消息。" * 100_000) == ("湖北", "黄石")
