"""Is each piece of a page known for what it is, torn first halves among them?"""

from __future__ import annotations

import pytest

from indexer.reading.kinds import Kind, kinds_of
from indexer.reading.lines import Ending, pieces

PROSE = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。"


def kinds(text: str) -> list[str]:
    found = pieces(text)
    return kinds_of(found, [False] * len(found))[1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (PROSE, Kind.PROSE),
        ("护城河治理见成效 居民推窗见绿", Kind.SHORT),
        ("摘自《江城日报》", Kind.CREDIT),
        ("2023-01-06 15:20:12", Kind.CREDIT),
        ("（责任编辑 王明）", Kind.CREDIT),
        ("王明", Kind.BYLINE),
        ("图为护城河。", Kind.CAPTION),
        ("记者：下一步有何打算？", Kind.PROSE),
    ],
)
def test_kinds_of_lines(line: str, kind: str) -> None:
    assert kinds(line) == [kind]


@pytest.mark.parametrize(
    "first", ["今天（8月10日）上午，江城", "江城区保洁所，一支由二十人组成的队", "市长10日在江城会见来", "园区提供“研"]
)
def test_a_torn_first_half_is_prose(first: str) -> None:
    rest = {"园区提供“研": "发+生产”的全方位服务。"}.get(first, "伍出发，清理漂浮垃圾。")
    found = pieces(f"护城河治理见成效\n{first}\n{rest}")
    marked, found_kinds = kinds_of(found, [False] * 3)
    assert found_kinds == [Kind.SHORT, Kind.PROSE, Kind.PROSE]
    assert marked[1].end == Ending.TORN


def test_a_headline_above_its_report_is_not_torn() -> None:
    assert kinds(f"河道保洁员驾船打捞，护城河一江清水\n{PROSE}")[0] == Kind.SHORT


def test_a_headline_may_end_as_a_sentence_does() -> None:
    report = "近日，护城河有人垂钓被劝离一事引发关注，保洁员回应，护城河禁止垂钓。"
    assert kinds(f"护城河垂钓，男子被劝离，保洁员回应！\n{report}")[0] == Kind.SHORT
    assert (
        kinds(f"{PROSE}\n这样的好日子，怎能不让沿河居民心里暖洋洋，又怎能不对未来充满了信心和期待？\n{PROSE}")[1]
        == Kind.PROSE
    )
    assert kinds(f"问：护城河垂钓，男子被劝离，保洁员怎样回应？\n{report}")[0] == Kind.PROSE


def test_the_last_word_of_a_headline_is_no_byline() -> None:
    report = "本报讯（记者 王明）江湾区志愿服务总队昨日挂牌成立，首批队员上岗。"
    assert kinds(f"江湾区志愿服务总队挂牌\n成立\n{report}")[1] == Kind.SHORT
    assert kinds(f"江湾区志愿服务总队挂牌\n王明\n{report}")[1] == Kind.BYLINE


def test_a_region_and_a_colon_stand_above_a_headline() -> None:
    assert kinds(f"江城：\n护城河治理见成效\n{PROSE}")[:2] == [Kind.SHORT, Kind.SHORT]
