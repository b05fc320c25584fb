"""Is half of a sentence told from a headline, a kicker and a section head?"""

from __future__ import annotations

import pytest

from indexer.reading.lines import pieces
from indexer.reading.torn import torn

PROSE = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。"


def is_torn(first: str, rest: str, between: str = "\n\n", *, indented: bool = False) -> bool:
    found = pieces(f"{PROSE}\n\n{first}{between}{rest}\n\n{PROSE}")
    at = next(at for at, piece in enumerate(found) if piece.text == first.strip())
    after = next(at for at, piece in enumerate(found) if piece.text == rest.strip())
    return torn(found, at, after, prose_before=True, indented=indented) > 0


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("江湾区党代表宣讲团、高质", "量发展宣讲团、青年宣讲团等深入村居，一边宣讲一边谋划乡村振兴。"),
        ("其中，江湾金属公", "司今春启动规模最大的试验，由三个部门负责实施。"),
        ("全区冬小麦播种面积预计达", "8500亩，与上年基本持平。"),
        ("在江湾区的河道保", "洁员看来，护城河的水一年比一年清。"),
        ("园区为企业提供“研", "发+生产”的全方位服务。"),
    ],
)
def test_a_sentence_goes_on_behind_the_break(first: str, rest: str) -> None:
    assert is_torn(first, rest)


def test_a_caption_may_stand_between() -> None:
    assert is_torn("江湾区党代表宣讲团、高质", "量发展宣讲团、青年宣讲团等深入村居。", "\n\n\n\n改造后的老街\n\n")


@pytest.mark.parametrize(
    "head",
    [
        "护城河治理见成效",
        "改革破冰，服务提速",
        "水清岸绿 居民推窗见景",
        "治理：从“一时清”到“一直清”",
        "【一线调研】护城河上的保洁员",
    ],
)
def test_a_head_stands_above_its_report(head: str) -> None:
    assert not is_torn(head, "近日，记者来到护城河畔，只见治理后的河道水清岸绿，成效初显。")


def test_indents_show_where_paragraphs_begin() -> None:
    first, rest = "江湾区的保洁员每天", "清晨出发，沿着护城河打捞漂浮物。"
    assert is_torn(f"　　{first}", rest, "\n", indented=True)
    assert not is_torn(first, f"　　{rest}", "\n", indented=True)
