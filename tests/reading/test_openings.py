"""Are beginnings weighed by the page's habits, and are lists and poems no heads?"""

from __future__ import annotations

import pytest

from indexer.reading.kinds import kinds_of
from indexer.reading.lines import pieces
from indexer.reading.openings import Opening, openings

RIVER = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。"
BOOKS = "从下月起，市图书馆的开放时间延长到晚上十点，周末照常，读者凭身份证即可入馆。"


def begun(*lines: str) -> list[Opening]:
    found = pieces("\n\n".join(lines))
    return openings(*kinds_of(found, [False] * len(found)))


def test_the_first_article_begins_at_the_first_line() -> None:
    assert begun("护城河治理见成效", RIVER, RIVER) == [Opening(0, 1)]
    assert begun(RIVER, RIVER) == [Opening(0, 0)]


def test_a_head_breaks_no_sentence() -> None:
    assert len(begun("护城河治理见成效", RIVER, RIVER[:30], "图书馆延长开放", RIVER[30:])) == 1


def test_a_dateline_outweighs_the_rest() -> None:
    assert begun("护城河治理见成效", "本报讯 " + RIVER, "图书馆延长", "本报讯 " + BOOKS) == [
        Opening(0, 1),
        Opening(2, 3),
    ]


def test_list_items_belong_to_what_stands_above_them() -> None:
    lines = [
        "护城河治理见成效",
        "本报讯 " + RIVER,
        "- 绿地20公顷",
        "- 步道8公里",
        "图书馆延长开放时间",
        "本报讯 " + BOOKS,
    ]
    assert begun(*lines) == [Opening(0, 1), Opening(4, 5)]


def test_a_poem_has_one_line_of_headline() -> None:
    assert begun("护城河", "清晨的船", "载着雾", "归来", "载着光") == [Opening(0, 1)]


def test_a_long_list_before_prose_is_no_head() -> None:
    assert begun("本市企业名录", *(f"江湾第{at}实业公司" for at in range(20)), RIVER) == [Opening(0, 1)]


def test_who_issued_an_announcement_signs_it() -> None:
    signed = ["江城市财政局", "2023年8月17日"]
    lines = ["关于调整开放时间的公告", BOOKS, "特此公告。", *signed, "护城河治理见成效", "本报讯 " + RIVER]
    assert begun(*lines) == [Opening(0, 1), Opening(5, 6)]


def test_a_rule_between_headline_and_report_ends_nothing() -> None:
    found = pieces("\n".join(["护城河治理见成效", "----", RIVER, RIVER]))
    assert openings(*kinds_of(found, [False, True, False, False])) == [Opening(0, 2)]


def test_a_box_of_background_is_no_article() -> None:
    assert len(begun("护城河治理见成效", "本报讯 " + RIVER, "相关链接", RIVER, "图书馆延长", "本报讯 " + BOOKS)) == 2


def test_an_editor_s_note_stands_above_a_report() -> None:
    note = "编者按：今年以来，全市上下真抓实干，涌现出一批好做法，本报今起推出系列报道，敬请读者关注。"
    assert begun("护城河治理见成效", RIVER, "图书馆延长开放时间", note, BOOKS) == [Opening(0, 1), Opening(2, 3)]


def test_a_report_that_goes_on_behind_an_editor_s_note_is_one() -> None:
    note = "编者按：从今日起，本报推出“民生实事”专栏，敬请关注。"
    assert len(begun("护城河治理见成效", note, "本报讯 " + RIVER, "图书馆延长开放", "本报讯 " + BOOKS)) == 2


@pytest.mark.parametrize("kind", ["短评", "社论", "讣告", "停电公告", "遗失声明", "更正", "图片新闻", "訃告"])
def test_the_name_of_its_kind_begins_an_article_after_a_whole_sentence(kind: str) -> None:
    assert [opening.start for opening in begun("护城河治理见成效", RIVER, RIVER, kind, BOOKS)] == [0, 3]
    assert len(begun("护城河治理见成效", RIVER, RIVER[:30], kind, RIVER[30:])) == 1


def test_briefs_of_one_reporter_are_told_apart() -> None:
    said = "本报讯（记者 王芳 通讯员 李明）近日，江城警方"
    briefs = [("盗窃电动车被抓", "抓获两人。"), ("酒后驾车撞护栏", "查获一人。"), ("夜钓落水获救", "救起一人。")]
    lines = [line for head, end in briefs for line in (head, said + end)]
    assert [opening.start for opening in begun(*lines)] == [0, 2, 4]


def test_a_box_above_a_dateline_belongs_to_the_report() -> None:
    assert len(begun("护城河治理见成效", RIVER, RIVER, "相关链接", "本报讯 " + RIVER)) == 1


def test_the_name_below_every_brief_joins_none_of_them() -> None:
    told = [
        "灵石煤矿机械化开采全面展开，全矿日产量比去年同期增长一成，安全生产超过一千天，受到省里表彰。",
        "平遥古城门票收入突破一亿元，成为全省首个过亿元的景区，接待游客二百万人次，比上年增长两成。",
        "吕梁山区核桃喜获丰收，总产量达到三千万公斤，农民人均增收五百元，合作社忙着收购外销。",
    ]
    heads = ["灵石煤矿实现机械化开采", "平遥古城票房收入突破亿元", "吕梁山区核桃丰收"]
    lines = [line for head, text in zip(heads, told, strict=True) for line in (head, text, "（霍新力）")]
    assert [opening.start for opening in begun(*lines)] == [0, 3, 6]


def test_names_in_brackets_below_briefs_end_each() -> None:
    told = [
        "古城门票收入达1.03亿元，首次突破亿元大关。",
        "全县对48座煤矿进行机械化改造，采煤机械化率达到85%。",
        "今年，各地核桃喜获丰收，总产量比去年增长两成。",
    ]
    heads = ["平遥古城票房收入突破亿元", "灵石煤矿实现机械化开采", "吕梁山区核桃丰收"]
    names = ["（霍新力）", "（李建国）", "（本报记者 田晓明）"]
    lines = [line for brief in zip(heads, told, names, strict=True) for line in brief]
    assert [opening.start for opening in begun(*lines)] == [0, 3, 6]
