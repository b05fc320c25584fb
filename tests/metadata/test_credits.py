import pytest

from indexer.metadata import credits
from indexer.models import Draft, LeftOut, Page


def draft(text: str = "正文一句。", *lines: str) -> Draft:
    return Draft(title="题目", text=text, lines=(1, 9), ordinal=1, credits=lines)


def source_of(found: Draft, *left_out: LeftOut) -> str | None:
    (source,) = credits.sources(Page("a.txt", found.text, "utf-8", (found,), left_out=left_out))
    return source.names[0] if source else None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报讯(记者 廖王晶 陈炜)日前,会议召开。", ("廖王晶", "陈炜")),
        ("本报讯（记者 陈春 通讯员 余久明 王妍桦）日前，名单公布。", ("陈春", "余久明", "王妍桦")),
        ("新华社北京5月31日电（记者熊琳）北京市第二中级人民法院31日发布。", ("熊琳",)),
        ("中新网广州8月7日电 (记者 蔡敏婕)今年以来，广州已出现病例。", ("蔡敏婕",)),
        ("今年入汛以来，一些地方出现洪涝。\n各地正在抢修。（记者 张三丰）", ("张三丰",)),
        ("湖南工学院学生合影。红网时刻衡阳8月17日讯（通讯员 刘伟 李琪）近日，名单公布。", ("刘伟", "李琪")),
        ("本报讯 昨日，全市会议召开。", ()),
        ("本报成都11月7日电 记者王丽报道：班列今年开行一千列。", ("王丽",)),
        ("本报讯 记者报道了这一消息。", ()),
    ],
)
def test_authors_in_the_text(text: str, names: tuple[str, ...]) -> None:
    found = credits.authors(draft(text))
    assert (found.names if found else ()) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("孙俊", ("孙俊",)),
        ("本报记者 江南 通讯员 余青", ("江南", "余青")),
        ("见习记者 江南 本报通讯员 余青", ("江南", "余青")),
        ("□记者 张三 李四", ("张三", "李四")),
        ("□本报记者 王 五", ("王五",)),
        ("本报记者 王小明、李大海", ("王小明", "李大海")),
        ("作者：赵明", ("赵明",)),
        ("来源：新华网 作者：赵明 2023-01-06 15:20", ("赵明",)),
        ("责任编辑：王五", ()),
        ("作者：admin", ()),
        ("作者：佚名", ()),
        ("摘自《金华日报》", ()),
    ],
)
def test_authors_beside_the_text(line: str, names: tuple[str, ...]) -> None:
    found = credits.authors(draft("正文一句。", line))
    assert (found.names if found else ()) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [("安吉", ()), ("乐清 陈志明", ("陈志明",)), ("记者 陆川", ("陆川",)), ("王芳 陆川", ("王芳", "陆川"))],
)
def test_the_name_of_a_county_is_a_persons_only_behind_a_role_or_a_person(line: str, names: tuple[str, ...]) -> None:
    found = credits.authors(draft("正文一句。", line))
    assert (found.names if found else ()) == names


def test_the_evidence_holds_the_words_of_every_place_that_names_an_author() -> None:
    found = credits.authors(draft("本报讯（记者 陈春）日前，名单公布。", "孙俊"))
    assert found is not None
    assert found.names == ("孙俊", "陈春")
    assert "孙俊" in found.evidence.words
    assert "陈春" in found.evidence.words
    assert not found.evidence.inferred


def test_a_section_head_in_the_body_is_no_author() -> None:
    assert credits.authors(draft("高明\n正文一句，讲的是高明区。\n方圆\n又一句。")) is None


@pytest.mark.parametrize(
    ("text", "lines", "source"),
    [
        ("正文一句。", ("摘自《金华日报》",), "金华日报"),
        ("正文一句。", ("来源：新华网 2023-01-06 15:20:12",), "新华网"),
        ("新华社北京8月10日电 美国前总统提出请求。", (), "新华社"),
        ("据新华社石家庄8月6日电 围墙倒塌。", (), "新华社"),
        ("中新网湖南新闻8月8日电 (李晨)近日，活动举行。", (), "中新网"),
        ("原标题：文艺汇演润人心中新网青海新闻8月9日电 (甘宣)近日，活动举行。", (), "中新网"),
        ("央视网消息（新闻联播）：长江是母亲河。", (), "央视网"),
        ("正文一句。《光明日报》（2023年08月13日 03版）", (), "光明日报"),
        ("正文一句。（据《钱江晚报》报道）", (), "钱江晚报"),
        ("本报讯（记者 陈春）日前，名单公布。", (), None),
        ("正文一句。", ("来源：网络",), None),
    ],
)
def test_sources(text: str, lines: tuple[str, ...], source: str | None) -> None:
    assert source_of(draft(text, *lines)) == source


def test_the_folio_line_names_the_paper_of_articles_without_a_source() -> None:
    folio = LeftOut((1, 1), "金华日报 2023年8月17日 星期四 第3版", "folio line")
    assert source_of(draft("本报讯（记者 陈春）日前，名单公布。"), folio) == "金华日报"
    assert source_of(draft("新华社北京8月10日电 会议召开。"), folio) == "新华社"
    run_on = LeftOut((1, 1), "2002年4月18日江城日报 第2版", "folio line")
    assert source_of(draft("本报讯（记者 陈春）日前，名单公布。"), run_on) == "江城日报"
    sunny = LeftOut((1, 1), "日照日报 2023年8月17日 星期四", "folio line")
    assert source_of(draft("本报讯（记者 陈春）日前，名单公布。"), sunny) == "日照日报"


def test_reprints_say_where_they_are_from() -> None:
    assert credits.is_reprint(draft("正文。", "摘自《合肥日报》"))
    assert not credits.is_reprint(draft("正文。", "孙俊"))


def test_endless_white_space_costs_no_time() -> None:
    # Quadratic patterns would need minutes for this.
    assert credits.authors(draft(" " * 500_000)) is None


def test_every_brief_under_one_heading_names_its_writer() -> None:
    found = credits.authors(draft("▲东江县举行文化节。(王强)\n▲西江县图书馆昨日开馆。(刘英)"))
    assert found is not None
    assert found.names == ("王强", "刘英")


def test_agencies_in_traditional_characters_are_sources_as_printed() -> None:
    assert source_of(draft("新華社臺北8月10日電（記者張雲）今天下雨。")) == "新華社"
    assert source_of(draft("本報訊（記者 王小明）昨日下雨。")) is None


def test_the_masthead_is_the_source_of_the_page() -> None:
    assert source_of(draft(), LeftOut((1, 1), "江城建设", "masthead")) == "江城建设"
    assert source_of(draft(), LeftOut((1, 1), "羊城晚报 读者来信", "masthead")) == "羊城晚报"
    assert source_of(draft(), LeftOut((1, 1), "金华日报 2020年5月6日", "folio line")) == "金华日报"
