"""Does Markdown become the article that a reader of it sees?"""

from __future__ import annotations

import pytest

from indexer.models import Draft, Page
from indexer.reading.markdown import page


def read(text: str) -> Page:
    return page("a.md", text, "utf-8")


def only(text: str) -> Draft:
    (draft,) = read(text).drafts
    return draft


def test_the_headline_is_the_title_and_marks_are_taken_away() -> None:
    draft = only(
        "# 义乌光伏产业 **快速** 发展\n\n——新能源观察\n\n记者 张三\n\n去年产值达到*八百亿元*，\n见[全文](https://a.cn/1)与`代码`。\n\n"
        "## 小标题\n\n- 第一项\n- 第二项\n\n1. 数字项\n\n> 引用的话。\n\n![小镇全景](a.png)\n\n<!-- 不要\n\n的 -->\\*不是强调\\*\n"
    )
    assert (draft.title, draft.subtitle) == ("义乌光伏产业 快速 发展", "——新能源观察")
    assert draft.text.split("\n") == [
        "去年产值达到八百亿元，见全文与代码。",
        "小标题",
        "第一项",
        "第二项",
        "1. 数字项",
        "引用的话。",
        "*不是强调*",
    ]
    assert draft.captions == ("小镇全景",)
    assert draft.credits == ("记者 张三",)
    assert draft.lines == (1, 23)


def test_underlined_headings_tables_and_code_are_read() -> None:
    draft = only("标题\n====\n\n|年份|产值|\n|----|----|\n|2022|800|\n\n```\n# 不是标题\n```\n\n正文。\n")
    assert draft.title == "标题"
    assert draft.text.split("\n") == ["年份  产值", "2022  800", "# 不是标题", "正文。"]


def test_line_breaks_that_the_writer_wants_stay_before_a_line_that_comes_again() -> None:
    poem = "# 歌\n\n青山依旧在，  \n归去来兮\n几度夕阳红，  \n归去来兮。\\\n白发渔樵，\n江渚上。\n"
    assert only(poem).text.split("\n") == ["青山依旧在，", "归去来兮几度夕阳红，", "归去来兮。", "白发渔樵，江渚上。"]
    refrain = "# 歌\n\n啦啦啦，\n啦啦啦，  \n啦啦啦，  \n啦啦啦。\n"
    assert only(refrain).text.split("\n") == ["啦啦啦，啦啦啦，", "啦啦啦，", "啦啦啦。"]


def test_each_headline_begins_an_article() -> None:
    first, second = read("# 甲\n\n甲文。\n\n## 节\n\n# 乙\n\n乙文。\n").drafts
    assert (first.title, first.text, first.lines, first.ordinal) == ("甲", "甲文。\n节", (1, 5), 1)
    assert (second.title, second.text, second.lines, second.ordinal) == ("乙", "乙文。", (7, 9), 2)


def test_without_headings_it_is_cut_like_plain_text() -> None:
    draft = only("义乌光伏产业快速发展\n\n本报讯(记者 张三)去年产值达到**八百亿元**，今年还将增长。\n")
    assert draft.title == "义乌光伏产业快速发展"
    assert draft.text == "本报讯(记者 张三)去年产值达到八百亿元，今年还将增长。"


def test_furniture_is_left_out_with_a_reason() -> None:
    found = read("# 甲\n\n首页 > 新闻 > 正文\n\n甲文今天发布。\n")
    assert [(out.lines, out.text) for out in found.left_out] == [((3, 3), "首页 > 新闻 > 正文")]
    assert found.drafts[0].text == "甲文今天发布。"


BIRDS = "本报讯（记者 王芳）昨日清晨，白河湿地迎来大批候鸟，市民驻足观赏。"
DRUNK = "本报讯（记者 李明）4月14日晚，市交警一大队查获一名醉酒驾驶的男子。"


def test_a_scanned_page_is_cut_at_its_headlines_below_the_masthead() -> None:
    found = read(f"# 南阳晚报\n\n2019年4月16日 第3版\n\n## 候鸟归来\n\n{BIRDS}\n\n## 男子醉驾被查\n\n{DRUNK}\n")
    assert [(draft.title, draft.text) for draft in found.drafts] == [("候鸟归来", BIRDS), ("男子醉驾被查", DRUNK)]
    assert [(out.text, out.reason) for out in found.left_out] == [
        ("南阳晚报", "masthead"),
        ("2019年4月16日 第3版", "folio line"),
    ]


def test_a_sentence_that_a_picture_tore_is_whole_and_a_list_is_not_joined() -> None:
    torn = BIRDS[:-6] + "\n\n![](1.jpg)\n图为白鹭起舞。\n\n" + BIRDS[-6:]
    draft = only(
        f"# 候鸟归来\n\n{torn}\n\n- 白鹭两千只，灰鹤一千只，天鹅五百只\n- 野鸭三千只，大雁两千只，鹭鸟五百只\n"
    )
    assert draft.text.split("\n")[0] == BIRDS
    assert len(draft.text.split("\n")) == 3
    assert draft.captions == ("图为白鹭起舞。",)


def test_rows_and_cells_of_html_tables_stay_apart() -> None:
    table = "<table><tr><td>县区</td><td>增速</td></tr><tr><td>方城县</td><td>7.1</td></tr></table>"
    draft = only(f"# 指标出炉\n\n市统计局公布指标。\n\n{table}\n\n| |\n")
    assert draft.text.split("\n") == ["市统计局公布指标。", "县区  增速", "方城县  7.1"]


def test_front_matter_is_given_for_the_page() -> None:
    found = read("---\ntitle: 题\ndate: 2020-01-02\n---\n\n正文第一段。\n")
    assert {name: (given.value, given.origin) for name, given in found.given.items()} == {
        "title": ("题", "front matter"),
        "date": ("2020-01-02", "front matter"),
    }
    assert found.drafts[0].text == "正文第一段。"
    assert found.drafts[0].lines == (6, 6)


def test_a_title_for_several_articles_is_none_of_them() -> None:
    assert "title" not in read("---\ntitle: 合集\n---\n# 甲\n\n甲文。\n\n# 乙\n\n乙文。\n").given


def test_hostile_markdown_takes_no_time() -> None:
    for piece in ("[", "![", "*", "**a", "<", "> ", "|", "# ", "- ", "[a](", "~~~", "<!--", "__"):
        for size in (1, 20_000):
            read(piece * size + "\n正文\n" + (piece + "\n") * size)
    read("".join(f"第{number}行的诗句，\n" for number in range(100_000)))


@pytest.mark.parametrize("line", ["`a " + "`" * 20_000 + "x", "|-" * 10_000 + "x", "中" + " " * 57 + "版"])
def test_hostile_lines_end(line: str) -> None:
    assert read(f"# 标题\n\n正文一句，没有别的内容。\n\n{line}\n").drafts[0].title == "标题"
