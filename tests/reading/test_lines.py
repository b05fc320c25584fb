"""Are lines read as they are set, and are fixed-width lines put together?"""

from __future__ import annotations

import pytest

from indexer.reading.lines import Ending, ending, glue, pieces

FIRST = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过，沿岸的居民纷纷点赞。"
SECOND = "护城河治理三年来，沿岸新增绿地二十公顷，水质稳定达到三类，居民推窗见绿，出门见景，幸福感越来越强。"


def wrap(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_line_numbers_gaps_and_indents() -> None:
    first, second = pieces("\n　　第一行\r\n\r\n\r\n第二行\n")
    assert (first.text, first.first, first.gap, first.indent) == ("第一行", 2, 1, 4)
    assert (second.text, second.first, second.gap, second.indent) == ("第二行", 5, 2, 0)


def test_a_form_feed_breaks_a_line() -> None:
    assert [piece.text for piece in pieces("上页\x0c下页")] == ["上页", "下页"]


@pytest.mark.parametrize("width", [14, 18, 24])
def test_indented_paragraphs_of_fixed_width_are_whole(width: int) -> None:
    text = "护城河治理见成效\n" + wrap("　　" + FIRST, width) + "\n" + wrap("　　" + SECOND, width)
    assert [piece.text for piece in pieces(text)] == ["护城河治理见成效", FIRST, SECOND]


@pytest.mark.parametrize("width", [14, 18, 24])
def test_paragraphs_of_fixed_width_between_blank_lines_are_whole(width: int) -> None:
    text = "\n\n".join(wrap(paragraph, width) for paragraph in (FIRST, SECOND))
    assert [piece.text for piece in pieces(text)] == [FIRST, SECOND]


def test_a_headline_as_wide_as_the_column_stays_alone() -> None:
    text = wrap("　　" + FIRST, 14) + "\n江湾城区护城河治理成效显著\n" + wrap("　　" + SECOND, 14)
    assert [piece.text for piece in pieces(text)] == [FIRST, "江湾城区护城河治理成效显著", SECOND]


def test_a_headline_is_whole_where_every_line_was_broken() -> None:
    head = "江湾城区护城河治理工程顺利通过竣工验收"
    text = wrap("　　" + FIRST, 14) + "\n" + wrap(head, 14) + "\n" + wrap("　　" + SECOND, 14)
    assert [piece.text for piece in pieces(text)] == [FIRST, head, SECOND]


@pytest.mark.parametrize("width", [14, 18, 24])
def test_paragraphs_that_lost_their_indent_are_whole(width: int) -> None:
    text = "\n".join(
        paragraph[: width - 2] + "\n" + wrap(paragraph[width - 2 :], width) for paragraph in (FIRST, SECOND, FIRST)
    )
    assert [piece.text for piece in pieces(text)] == [FIRST, SECOND, FIRST]


def test_a_folio_line_is_no_part_of_a_column() -> None:
    folio = "2023年8月17日 星期四 要闻"
    assert pieces(folio + "\n" + wrap(FIRST + SECOND, 13))[0].text == folio


def test_a_byline_ends_no_column() -> None:
    text = "江湾城区护城河治理成效显著\n□记者 王明 通讯员 李静\n" + wrap("　　" + FIRST + SECOND, 14)
    assert [piece.text for piece in pieces(text)][1] == "□记者 王明 通讯员 李静"


@pytest.mark.parametrize("credit", ["记者 李明 摄", "（李明 摄）", "本报记者 李明 摄", "图片由市文旅局提供"])
@pytest.mark.parametrize("lines", [["市民在护城河边散步"], ["8月10日，市民在护城河边", "散步、赏花。"]])
def test_a_caption_and_its_photographer_are_one_line(lines: list[str], credit: str) -> None:
    text = "\n".join([FIRST, "", *lines, credit, "", SECOND])
    assert [piece.text for piece in pieces(text)] == [FIRST, " ".join([*lines, credit]), SECOND]


def test_a_photographer_takes_no_paragraph_and_no_headline_with_him() -> None:
    assert [piece.text for piece in pieces(f"{FIRST}\n记者 李明 摄\n{SECOND}")] == [FIRST, "记者 李明 摄", SECOND]
    assert [piece.text for piece in pieces(f"{FIRST}\n他笑了。\n李明 摄")] == [FIRST, "他笑了。", "李明 摄"]
    assert [piece.text for piece in pieces(f"荷塘晨光\n李明 摄\n{FIRST}")] == ["荷塘晨光", "李明 摄", FIRST]


def test_paragraphs_and_lists_are_not_joined() -> None:
    lists = "江湾实业有限公司\n江湾纺织有限公司\n江湾电子有限公司\n江湾光电有限公司"
    assert len(pieces(lists)) == 4
    assert len(pieces(f"{FIRST}\n{SECOND}\n{FIRST}")) == 3


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("完成。", Ending.STOP),
        ("“完成！”", Ending.STOP),
        ("完成。（记者 王明）", Ending.STOP),
        ("完成任务。（固原县报道组）", Ending.STOP),
        ("荷花竞相开放。 （陈英杰 摄）", Ending.STOP),
        ("完成任务（固原县报道组）", Ending.OPEN),
        ("全年8万KWH.", Ending.OPEN),
        ("如下：", Ending.COLON),
        ("指路——", Ending.DASH),
        ("抓好项目；", Ending.SEMICOLON),
        ("他说，", Ending.COMMA),
        ("等等……", Ending.DOTS),
        ("公告称...", Ending.DOTS),
        ("护城河", Ending.OPEN),
        ("", Ending.OPEN),
    ],
)
def test_how_a_text_ends(text: str, end: str) -> None:
    assert ending(text) == end


def test_glue_parts_latin_words_only() -> None:
    assert glue(["开放 Open", "Source"]) == "开放 Open Source"
    assert glue(["12", "00万"]) == "1200万"
    assert glue(["贡献8万", "KWH"]) == "贡献8万KWH"


NEWS = "昨天，游客在西溪采摘柿子，十分开心。"


@pytest.mark.parametrize(
    "page",
    [
        "丰收\n\n老韩今年丰收。\n\n天刚蒙蒙亮，他就下了地，最后\n一锹铲完，擦了擦汗。\n老韩在检修收割机。\n本报记者 吴林红 摄\n",
        f"西溪柿子红了\n\n{NEWS}\n本报记者 王明 摄影报道\n",
        f"西溪柿子红了\n{NEWS}\n本报记者 王明 摄影报道\n",
        f"本报讯 {NEWS}\n“等了半年。”摊主小林说。\n（图片由本报记者 王景萍 摄）\n",
    ],
    ids=["paragraph", "news of a picture", "news right below its headline", "report"],
)
def test_whole_sentences_above_a_photographer_are_no_caption(page: str) -> None:
    assert not any("摄" in piece.text and "。" in piece.text for piece in pieces(page))
