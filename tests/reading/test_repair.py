"""Are torn sentences mended, and is whole text left alone?"""

from __future__ import annotations

import pytest

from indexer.reading.kinds import kinds_of
from indexer.reading.lines import pieces
from indexer.reading.repair import goes_on, is_item, is_prose, is_row, repair

WHOLE = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。"


def mend(text: str) -> tuple[list[str], list[str]]:
    found = pieces(text)
    marked, _ = kinds_of(found, [False] * len(found))
    paragraphs, captions = repair(marked)
    return paragraphs, [caption.text for caption in captions]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n\n"])
@pytest.mark.parametrize("cut", range(9, len(WHOLE) - 3, 4))
def test_a_break_inside_a_sentence_is_mended(cut: int, between: str) -> None:
    paragraphs, captions = mend("护城河上，" + WHOLE[:cut] + between + WHOLE[cut:])
    assert (paragraphs, captions) == (["护城河上，" + WHOLE], [])


@pytest.mark.parametrize(
    "caption", ["护城河全景图", "图为护城河。", "市民在河边散步。本报记者 王明 摄", "江湾科创公司"]
)
@pytest.mark.parametrize(("before", "after"), [("\n\n\n\n", "\n\n"), ("\n", "\n")])
def test_a_caption_between_the_halves_goes_to_the_captions(caption: str, before: str, after: str) -> None:
    paragraphs, captions = mend(WHOLE + "\n" + WHOLE[:20] + before + caption + after + WHOLE[20:])
    assert (paragraphs, captions) == ([WHOLE, WHOLE], [caption])


def test_a_dateline_is_no_row_of_figures() -> None:
    first, rest = "本报讯（记者 王明）江城第19", "届龙舟赛今天在护城河举行，二十支队伍参加。"
    assert mend(f"{first}\n\n{rest}\n\n{WHOLE}")[0] == [first + rest, WHOLE]


def test_a_dateline_on_a_line_of_its_own_is_joined() -> None:
    text = "本报江城8月10日电\n\n（记者 王明）护城河治理见成效，居民推窗见绿。"
    assert mend(text)[0] == [text.replace("\n", "")]


def test_a_short_piece_that_needs_an_object_is_open() -> None:
    assert (
        mend(f"{WHOLE}\n\n强化企业主体地位，促进\n\n企业迸发活力，离不开好环境。")[0][1]
        == "强化企业主体地位，促进企业迸发活力，离不开好环境。"
    )


def test_an_open_quote_is_closed_by_what_follows() -> None:
    assert mend("园区为入驻企业提供“研\n\n发+生产”的全方位服务。")[0] == ["园区为入驻企业提供“研发+生产”的全方位服务。"]


def test_latin_words_keep_a_space_and_numbers_none() -> None:
    assert mend("会上，专家介绍了开放平台 Open\nSource 的做法，引起与会者的兴趣。")[0][0].count("Open Source") == 1
    assert mend("全市并网装机，目前已达12\n00万千瓦，同比增长一成。")[0] == [
        "全市并网装机，目前已达1200万千瓦，同比增长一成。"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (WHOLE, "绿水长流 惠民生", WHOLE),
        ("一方面，政府为经济发展指路——", "今年，全市印发实施方案。"),
        ("小镇交出了一份高分成绩单：", "今年入选省级名单。"),
        (WHOLE, "- 投资超过160亿元", "- 产值超过850亿元", "- 专利1580件，其中发明专利883件"),
        (WHOLE, "一、坚持项目为王，抓好招商引资", "今年以来，全市引进项目百个。"),
        (WHOLE, "工业投资 160亿元 12.5%", "进出口 850亿元 3.1%", WHOLE),
        ("会议要求：", "（一）抓好项目；", "（二）优化环境；", "（三）保障民生。"),
    ],
)
def test_lines_that_belong_apart_stay_apart(lines: tuple[str, ...]) -> None:
    assert mend("\n\n".join(lines)) == (list(lines), [])


def test_the_next_indented_paragraph_is_no_rest_of_one_without_a_stop() -> None:
    text = f"　　{WHOLE}\n　　记者了解到，护城河治理仍在继续\n　　{WHOLE}\n　　{WHOLE}"
    assert len(mend(text)[0]) == 4


def test_set_off_lines_at_the_end_are_captions() -> None:
    assert mend(f"{WHOLE}\n\n{WHOLE}\n\n\n\n江湾科创公司") == ([WHOLE, WHOLE], ["江湾科创公司"])


def test_lines_tell_what_they_are() -> None:
    assert is_item("（二）抓项目") and is_item("- 投资") and is_item("3. 环境") and not is_item("3.5亿元投资落地")
    assert is_row("工业投资 160亿元 12.5%") and not is_row("最高奖励1亿元 出台真金白银的支持举措")
    prose, head = pieces(WHOLE + "\n护城河治理见成效 居民推窗见绿")
    assert is_prose(prose) and not is_prose(head)
    assert goes_on(pieces("，打捞漂浮物")[0], prose)
