"""Are bylines, datelines, credits and folio lines read as papers print them, and are sentences left alone?"""

from __future__ import annotations

import pytest

from indexer import marks


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("孙俊", ("孙俊",)),
        ("王 伟", ("王伟",)),
        ("张三 李四", ("张三", "李四")),
        ("欧阳晓东", ("欧阳晓东",)),
        ("阿依古丽·买买提", ("阿依古丽·买买提",)),
        ("□记者 张三", ("张三",)),
        ("□ 张三 李四", ("张三", "李四")),
        ("记者 张三 通讯员 李四", ("张三", "李四")),
        ("本报记者 张三", ("张三",)),
        ("新华社记者 王明", ("王明",)),
        ("（记者 张三）", ("张三",)),
        ("(记者 张三)", ("张三",)),
        ("（陈伟华 郑红）", ("陈伟华", "郑红")),
        ("文/图 张三", ("张三",)),
        ("作者：张三", ("张三",)),
        ("全媒体记者 张三 李四/文 王五/图", ("张三", "李四", "王五")),
        ("王明 文/图", ("王明",)),
        ("王明/文 李静/图", ("王明",)),
        ("（王明 文 李静 图）", ("王明",)),
        ("高語文/圖", ("高語",)),
        ("文｜记者 张三", ("张三",)),
        ("文 / 张三", ("张三",)),
        ("潮新闻记者 张三", ("张三",)),
        ("记者 张三 摄影 李四", ("张三", "李四")),
        ("记者 张三 实习生 李四", ("张三", "李四")),
        ("本报评论员", ()),
        ("记者 李晓文 通讯员 王芳", ("李晓文", "王芳")),
        ("文/李晓文 图/王芳", ("李晓文", "王芳")),
        ("本报记者 李娜 深圳报道", ("李娜",)),
        ("□记者 王芳 杭州报道", ("王芳",)),
        ("大众网·海报新闻记者 王芳 济南报道", ("王芳",)),
        ("記者王大文／高雄即時報導", ("王大文",)),
        ("记者 王芳报道", ("王芳",)),
        ("记者 王芳 李明报道", ("王芳", "李明")),
        ("特派记者 王芳 发自北京", ("王芳",)),
        ("本报记者 综合报道", ()),
        ("采写：新京报记者 王芳", ("王芳",)),
        ("采写：南都记者 王芳", ("王芳",)),
        ("王芳 编译", ("王芳",)),
        ("王芳 译", ("王芳",)),
        ("·王芳·", ("王芳",)),
        ("◎王芳/文", ("王芳",)),
        ("作者：王大文（台北）", ("王大文",)),
        ("本报记者 王芳 通讯员 市卫健委", ("王芳",)),
        ("广州 陈志明", ("陈志明",)),
    ],
)
def test_a_byline_gives_its_names(line: str, names: tuple[str, ...]) -> None:
    assert marks.byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "高新区",
        "金华市",
        "华灿光电",
        "数读小镇",
        "截至目前",
        "文化兴镇",
        "二十四节气·惊蛰",
        "采写 感悟",
        "桂林",
        "浙江 杭州",
        "（）",
        "（、）",
        "记者走进位于城东的车间",
        "记者近日获悉，",
        "",
        "a",
    ],
)
def test_other_lines_are_no_byline(line: str) -> None:
    assert marks.byline(line) is None


def test_names_of_a_list_leave_roles_out() -> None:
    assert marks.names("陈春 通讯员 余久明、王妍桦") == ("陈春", "余久明", "王妍桦")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("张三；李四、王五, 赵六|孙俊", ("张三", "李四", "王五", "赵六", "孙俊")),
        ("张三 李四", ("张三", "李四")),
        ("張三 李四", ("張三", "李四")),
        ("张三 记者", ("张三",)),
        ("本报记者 张三 通讯员 塔娜", ("张三", "塔娜")),
        ("新华社记者张三、李四", ("张三", "李四")),
        ("王明/文 李静/图", ("王明",)),
        ("王 伟", ("王伟",)),
        ("迈克尔·乔丹", ("迈克尔·乔丹",)),
        ("迈克尔·乔丹 张三", ("迈克尔·乔丹", "张三")),
        ("John Smith, Mary Ann O'Neill", ("John Smith", "Mary Ann O'Neill")),
        ("江城市 融媒体中心", ("江城市 融媒体中心",)),
        ("本报评论员", ("本报评论员",)),
        ("张三、张三", ("张三",)),
        ("；", ()),
        ("张三" * 1000, ("张三" * 1000,)),
    ],
)
def test_a_field_that_lists_authors_gives_each(field: str, names: tuple[str, ...]) -> None:
    assert marks.listed(field) == names


def test_names_after_a_role_need_no_known_surname() -> None:
    assert marks.names("记者 旦增") == ("旦增",)


@pytest.mark.parametrize(
    ("text", "agency", "place", "day", "names"),
    [
        ("本报讯(记者 廖明 陈炜)日前,大会召开。", "本报", None, None, ("廖明", "陈炜")),
        ("本报讯 近日，大会召开。", "本报", None, None, ()),
        ("本报讯近日，大会召开。", "本报", None, None, ()),
        ("【本报讯】（记者 张三）日前", "本报", None, None, ("张三",)),
        ("本报8月10日讯（记者 张三）昨天", "本报", None, (8, 10), ("张三",)),
        ("新华社北京8月10日电（记者李四）国家", "新华社", "北京", (8, 10), ("李四",)),
        ("据新华社电 记者获悉", "新华社", None, None, ()),
        ("新华社北京八月十日电 国务院", "新华社", "北京", (8, 10), ()),
        ("新华社北京廿三日电 国务院", "新华社", "北京", (None, 23), ()),
        ("新华社北京八月卅一日电 国务院", "新华社", "北京", (8, 31), ()),
        ("本报合肥18日电 在平原上", "本报", "合肥", (None, 18), ()),
        ("【新华社重庆十四日电】部队", "新华社", "重庆", (None, 14), ()),
        ("央视网消息（新闻联播）：长江", "央视网", None, None, ()),
        ("江城日报讯（记者 张三）近日", "江城日报", None, None, ("张三",)),
        ("IT之家 8 月 16 日消息，某公司", "IT之家", None, (8, 16), ()),
        ("（记者 张三 通讯员 李四）近日", None, None, None, ("张三", "李四")),
        ("记者 张三 李四 近日从市里获悉", None, None, None, ("张三", "李四")),
        ("（本報專訊）昨日", "本報", None, None, ()),
        ("【明報專訊】昨日", "明報", None, None, ()),
        ("（路透社倫敦十日電）英國", "路透社", "倫敦", (None, 10), ()),
        ("（特訊）昨日", None, None, None, ()),
        ("【台北訊】行政院", None, "台北", None, ()),
        ("（本港消息）昨日", None, None, None, ()),
        ("本市讯 昨天", None, None, None, ()),
        ("华龙网4月1日16时讯（记者 张三）市", "华龙网", None, (4, 1), ("张三",)),
        ("证券时报网讯，今天", "证券时报网", None, None, ()),
    ],
)
def test_a_dateline_is_read(
    text: str, agency: str | None, place: str | None, day: tuple[int, int] | None, names: tuple[str, ...]
) -> None:
    found = marks.dateline(text)
    assert found is not None
    assert (found.agency, found.place, found.names) == (agency, place, names)
    assert (found.month, found.day) == (day or (None, None))
    assert text.startswith(found.words)


def test_the_end_of_a_dateline_is_where_the_report_begins() -> None:
    text = "新华社北京2023年8月10日电（记者李四）国家统计局发布数据。"
    found = marks.dateline(text)
    assert found is not None
    assert found.year == 2023
    assert text[found.end :] == "国家统计局发布数据。"


@pytest.mark.parametrize(
    "text",
    [
        "据了解，中国游客很多。",
        "记者近日获悉，大会召开。",
        "国家新闻出版广电总局副局长表示，这一活动促进两国电视交流。",
        "社会各界高度关注讯息传播。",
        "据某某网站当日消息，双方通电话。",
        "近日，记者从社会保险局得到消息，有",
        "本市电力供应充足。",
        "【文教讯】",
        "（来电）",
        "",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert marks.dateline(text) is None


@pytest.mark.parametrize(
    ("text", "agency", "place", "names"),
    [
        ("【記者陳榮昌高雄報導】市府", None, "高雄", ("陳榮昌",)),
        ("〔記者王大文／台北報導〕行政院", None, "台北", ("王大文",)),
        ("記者王大文、李小明／板橋報導 縣府", None, "板橋", ("王大文", "李小明")),
        ("（中央社記者楊思瑞台南24日電）台南市", "中央社", "台南", ("楊思瑞",)),
        ("【大公報記者王大文報道】港府", "大公報", None, ("王大文",)),
        ("[记者 王芳] 近日", None, None, ("王芳",)),
        ("【记者 王芳 报道】近日", None, None, ("王芳",)),
        ("本报驻京记者王芳报道 近日", None, None, ("王芳",)),
        ("本报记者 郝成 忻州报道近日", None, "忻州", ("郝成",)),
        ("大众网记者 徐玲 通讯员 刘芳 济南报道7月25日", "大众网", "济南", ("徐玲", "刘芳")),
        ("东方网记者王泳婷、通讯员李艳丽7月24日报道：今天", "东方网", None, ("王泳婷", "李艳丽")),
        ("四川在线记者 田姣 卢薇8月16日下午", "四川在线", None, ("田姣", "卢薇")),
        ("封面新闻记者 刁明康 在第31届", "封面新闻", None, ("刁明康",)),
        ("新华社记者李银、记者张辉　近日", "新华社", None, ("李银", "张辉")),
        ("新华社昆明8月10日电 通讯员段玮 据介绍", "新华社", "昆明", ("段玮",)),
        ("新华社昆明8月10日电 记者李银、张辉报道：据", "新华社", "昆明", ("李银", "张辉")),
        ("羊城晚报讯 记者郭思琦，通讯员粤交警报道：近日", "羊城晚报", None, ("郭思琦",)),
        ("文匯網訊（記者 王大文 深圳報道）昨日", "文匯網", "深圳", ("王大文",)),
    ],
)
def test_a_report_opens_with_its_reporters_and_where_they_filed_it(
    text: str, agency: str | None, place: str | None, names: tuple[str, ...]
) -> None:
    found = marks.dateline(text)
    assert found is not None
    assert (found.agency, found.place, found.names) == (agency, place, names)


@pytest.mark.parametrize(
    "text",
    ["记者王芳在现场报道：", "记者连日来深入一线报道，", "记者王芳报道了此事", "新华社记者李银 摄", "记者高兴地看到"],
)
def test_a_sentence_about_a_reporter_opens_no_report(text: str) -> None:
    assert marks.dateline(text) is None


def test_a_signature_tells_where_it_begins() -> None:
    text = "工作完成。（记者 张三 通讯员 李四）"
    assert marks.signature(text) == (("张三", "李四"), 5)
    assert marks.signature("工作完成。（完）") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("吸引游客十万人次。(王强)", ("王强",)),
        ("吸引游客十万人次。（陈伟华 郑红）", ("陈伟华", "郑红")),
        ("作客的有镇长（王强）", None),
        ("工作完成。（连载）", None),
        ("工作完成。（江城市）", None),
    ],
)
def test_names_alone_sign_a_whole_sentence(text: str, names: tuple[str, ...] | None) -> None:
    signed = marks.signature(text)
    assert (signed[0] if signed else None) == names


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("摘自《江城日报》", "江城日报"),
        ("（摘自《读者》）", "读者"),
        ("原载《平川日报》2023年8月", "平川日报"),
        ("来源：新华网", "新华网"),
        ("来源:新华网 作者:张三", "新华网"),
        ("转自 人民网", "人民网"),
        ("据《人民日报》", "人民日报"),
        ("（据新华社）", "新华社"),
        ("来源于生活的感悟", None),
        ("据了解", None),
        ("据新华社北京8月10日电", None),
        ("全市经济稳中有进", None),
        ("载着光", None),
    ],
)
def test_a_credit_names_its_source(line: str, source: str | None) -> None:
    assert marks.credit(line) == source


def test_traditional_characters_mark_the_same_and_values_stay_as_printed() -> None:
    first, boxed, agency = (
        marks.dateline(text)
        for text in ("本報訊（記者 王小明）昨日", "【本報記者陳大文／廈門報導】福建", "新華社臺北8月10日電（記者張雲）")
    )
    assert first is not None and boxed is not None and agency is not None
    assert (first.agency, first.names) == ("本報", ("王小明",))
    assert (boxed.agency, boxed.place, boxed.names) == (None, "廈門", ("陳大文",))
    assert (agency.agency, agency.place, agency.names, agency.day) == ("新華社", "臺北", ("張雲",), 10)
    assert marks.byline("記者 陳大文、黃美玲") == ("陳大文", "黃美玲")
    assert marks.byline("陳大文") == ("陳大文",)
    assert marks.credit("來源：中國時報") == "中國時報"
    assert marks.credit("摘自2021年3月4日《聯合報》") == "聯合報"
    assert marks.signature("完成。（記者 陳大文）") == (("陳大文",), 3)
    assert marks.editor("責任編輯：陳大文")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("海峽導報　民國一百零九年十月十日", "2020-10-10"),
        ("聯合報　中華民國一○九年十月二十一日　星期三", "2020-10-21"),
        ("大公報　公元一九六七年五月廿三日　星期二", "1967-05-23"),
        ("江城日报 一九五四年八月卅一日 星期二", "1954-08-31"),
        ("江城日报 二〇二三年八月十七日 星期四", "2023-08-17"),
    ],
)
def test_a_folio_line_in_chinese_numerals_has_its_day(line: str, day: str) -> None:
    folio = marks.folio(line)
    assert folio is not None
    assert folio.date == day


@pytest.mark.parametrize("era", ["中華民國一○九", "民國109", "公元二○二○", "公元2020"])
def test_the_era_of_a_folio_lines_year_is_no_section(era: str) -> None:
    assert marks.folio(f"{era}年三月五日　星期四　第二版") == marks.Folio("2020-03-05", "第二版", None)


@pytest.mark.parametrize(
    ("line", "source", "day"),
    [
        ("原载2023年1月5日《浙江日报》", "浙江日报", "2023-01-05"),
        ("（摘自2023年5月8日《苏州日报》）", "苏州日报", "2023-05-08"),
        ("来源：2023年1月5日《浙江日报》", "浙江日报", "2023-01-05"),
        ("据《科技日报》2022年8月1日报道", "科技日报", "2022-08-01"),
        ("摘自《宁波晚报》2021.3.4", "宁波晚报", "2021-03-04"),
        ("原载《湖州日报》2024年4月2日第1版", "湖州日报", "2024-04-02"),
        ("摘自1月5日《浙江日报》", "浙江日报", None),
        ("（原载2022年3月《半月谈》）", "半月谈", None),
    ],
)
def test_the_day_in_a_credit_is_no_part_of_its_source(line: str, source: str, day: str | None) -> None:
    assert (marks.credit(line), marks.credit_day(line)) == (source, day)
    assert marks.folio(line) is None


def test_labelled_fields_are_told_apart() -> None:
    found = marks.labels("2023-01-06 15:20 来源：新华网 作者：张三 责任编辑：王五 浏览：123")
    assert found == marks.Labels(("新华网",), ("张三",), ("王五",), ("2023-01-06",), ())


def test_the_labels_of_several_days_are_read() -> None:
    found = marks.labels("出版：2022-03-05 14:20　更新：2022-03-06 15:10")
    assert found is not None and found.dates == ("2022-03-05", "2022-03-06")


@pytest.mark.parametrize(
    "line",
    [
        "出版：一家书店的坚守",
        "更新 观念",
        "编辑部 工作 总结",
        "时间就是金钱",
        "作者在文中说：改革没有完成时。",
        "本报讯（记者 张三）近日，江城发",
        "本报讯(记者 张三 通讯",
        "来",
    ],
)
def test_sentences_are_no_labels(line: str) -> None:
    assert marks.labels(line) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2023-01-06 15:20:12", "2023-01-06"),
        ("发布时间：2023年1月6日", "2023-01-06"),
        ("2023/8/17", "2023-08-17"),
        ("出版：2022-03-05 14:20", "2022-03-05"),
        ("一九六七年五月廿三日", "1967-05-23"),
        ("2023年8月17日会议", None),
        ("2023-13-06", None),
    ],
)
def test_a_stamp_is_a_day_alone(line: str, day: str | None) -> None:
    assert marks.stamp(line) == day


@pytest.mark.parametrize(
    ("line", "folio"),
    [
        ("2023年8月17日 星期四 第3版 要闻 责任编辑:王五", marks.Folio("2023-08-17", "第3版", "要闻")),
        ("A03 要闻", marks.Folio(None, "A03", "要闻")),
        ("江城日报  B2  财经", marks.Folio(None, "B2", "江城日报")),
        ("2023年8月17日 A3 要闻", marks.Folio("2023-08-17", "A3", "要闻")),
        ("河边打造 A3 级步道", None),
        ("第三版 综合新闻", marks.Folio(None, "第三版", "综合新闻")),
        ("江城日报 2023年8月17日 星期四 农历癸卯年七月初二", marks.Folio("2023-08-17", None, "江城日报")),
        ("2023年8月17日", None),
        ("G20峰会召开", None),
        ("星期四，全市召开安全生产工作会议，部署下一步工作。", None),
        ("责任编辑 王五", None),
    ],
)
def test_a_folio_line_gives_date_edition_and_section(line: str, folio: marks.Folio | None) -> None:
    assert marks.folio(line) == folio


def test_credits_in_other_words() -> None:
    for line in ("《江城日报》供稿", "（综合江城日报）", "据江城晚报", "（据《江城日报》报道）"):
        assert marks.credit(line) in ("江城日报", "江城晚报"), line
    for line in ("据江城日报报道，昨天大会召开", "综合治理显成效", "《论语》提供的智慧"):
        assert marks.credit(line) is None, line


def test_editors_are_no_authors() -> None:
    assert marks.editor("（责任编辑 王五）")
    assert marks.editor("编辑 王五 校对 赵六")
    for line in (
        "责任编辑/王明",
        "编辑∶王明 校对∶李静",
        "◎本版统筹 王明",
        "策划：王明 执行：李静",
        "（本文编辑：王明）",
        "值班总编：王明",
    ):
        assert marks.editor(line), line
    for line in ("编辑部的故事", "策划：一场关于护城河的展览", "制作 一份河鲜", "统筹推进：治理新思路"):
        assert not marks.editor(line), line


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("市民在公园散步。本报记者 张三 摄", True),
        ("张三 摄", True),
        ("新建成的大桥（资料图）", True),
        ("图片由市文旅局提供", True),
        ("市民在公园散步。王明 供图", True),
        ("新建成的大桥（摄影：王明）", True),
        ("图片来源：视觉中国", True),
        ("图/王明", True),
        ("摄影 王明", True),
        ("王明 文/图", False),
        ("记者 张三/文 李四/图", False),
        ("一张蓝图", False),
        ("新版地图：画出新格局", False),
        ("摄影 一门艺术", False),
        ("全面开发", False),
        ("他喜欢摄影", False),
    ],
)
def test_photo_credits(line: str, is_one: bool) -> None:
    assert marks.photo_credit(line) is is_one


def test_captions_say_that_they_are() -> None:
    for line in (
        "▲改造后的小区",
        "↑改造后的小区",
        "改造后的小区。本报资料照片",
        "改造后的小区/视觉中国",
        "张三 摄",
        "图为护城河。",
        "圖為護城河。",
        "图①：改造后的小区",
        "上图：比赛现场",
    ):
        assert marks.caption(line), line
    for line in ("改造后的小区", "图书馆开放", "▲本报讯 护城河治理见成效。（记者 张三）"):
        assert not marks.caption(line), line


def test_a_line_says_who_the_author_is() -> None:
    for line in (
        "（作者系江城大学教授）",
        "(作者为江湾区农业农村局局长)",
        "作者单位：江城市委党校",
        "本文作者系市政协委员",
    ):
        assert marks.about_author(line), line
    for line in ("作者：王明", "作者是谁并不重要", "（作者 王明）"):
        assert not marks.about_author(line), line


def test_links_alone_on_a_line() -> None:
    assert marks.link("[查看原文](https://example.org/a.html)")
    assert marks.link("https://example.org/a.html")
    assert not marks.link("见 https://example.org 的说明")


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("金华日报", "金华日报"),
        ("中国气象报 2013年2月19日 第一版", "中国气象报"),
        ("建德报 1999年6月15日 第二版", "建德报"),
        ("三联生活周刊 2012年5月11日 第6版 社会", "三联生活周刊"),
        ("南方周末 2013年2月19日 星期四 A05", "南方周末"),
        ("新华每日电讯 2011年12月6日 2版", "新华每日电讯"),
        ("《人民日报》1979.03.17 第2版", "人民日报"),
        ("2002年4月18日江城日报 第2版", "江城日报"),
        ("日照日报 2023年8月17日 星期四", "日照日报"),
        ("中央日報 民國四十三年八月十九日 星期四 第三版", "中央日報"),
        ("大公報 2011年3月5日 星期六 A4", "大公報"),
        ("今日龙泉", "今日龙泉"),
        ("泉州晚报数字报", "泉州晚报"),
        ("江城晚报 城市周刊 2013年2月19日", "江城晚报"),
        ("城市周刊 江城晚报 2013年2月19日", "江城晚报"),
    ],
)
def test_papers_are_named_by_mastheads_and_folio_lines(line: str, paper: str) -> None:
    assert marks.paper(line) == paper


@pytest.mark.parametrize(
    "line", ["副刊", "综合新闻", "健康周刊", "周末", "今日关注", "今日头条", "天气预报", "统计公报", "人民日报发表社论"]
)
def test_sections_and_other_words_in_bao_are_no_papers(line: str) -> None:
    assert marks.paper(line) is None


@pytest.mark.parametrize(
    "line",
    ["（下转第4版）", "（上接第一版《易地搬迁》）", "(上接A1、A3版)", "▶详见A3版", "下轉第二版", "更多报道见第3版"],
)
def test_a_pointer_to_another_page_says_nothing_else(line: str) -> None:
    assert marks.pointer(line)
    assert marks.continued(line) == ("上接" in line)
    assert marks.continues_elsewhere(line) == ("下" in line)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("（上接第一版）高山上的苹果树抽出了", ["（上接第一版）", "高山上的苹果树抽出了"]),
        ("果农们忙着施肥。（下轉第二版）", ["果农们忙着施肥。", "（下轉第二版）"]),
        ("（上接第一版《对转型的追求》）", ["（上接第一版《对转型的追求》）"]),
        ("苹果节开幕（详见第3版）", ["苹果节开幕（详见第3版）"]),
        ("上接第一版高山上的苹果树", ["上接第一版高山上的苹果树"]),
    ],
)
def test_pointers_are_cut_from_the_text_beside_them(line: str, parts: list[str]) -> None:
    assert marks.pointers_apart(line) == parts
    assert not marks.continues_elsewhere(parts[0])


@pytest.mark.parametrize(
    ("line", "alone"),
    [("记者 李明 摄", True), ("（李明 摄）", True), ("市民在河边散步 李明 摄", False), ("他喜欢摄影", False)],
)
def test_lines_that_name_a_photographer_and_nothing_else(line: str, alone: bool) -> None:
    assert marks.photographer(line) is alone
