"""Are the lines of a head told apart: kicker, headline, subtitle, masthead?"""

from __future__ import annotations

import pytest

from indexer.reading.headline import masthead, parts_of
from indexer.reading.lines import pieces

BODY = (
    "江湾区护城河治理工程昨天通过验收，标志着历时三年的水环境整治全面完成。沿岸居民说，守护好一江清水，日子越过越好。"
)


def parts(head: str, body: str = BODY) -> tuple[list[str], ...]:
    kicker, title, subtitle = parts_of(pieces(head), body)
    return tuple([piece.text for piece in group] for group in (kicker, title, subtitle))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("护城河治理工程通过验收", ([], ["护城河治理工程通过验收"], [])),
        ("凝心聚力谋发展\n护城河治理工程通过验收", (["凝心聚力谋发展"], ["护城河治理工程通过验收"], [])),
        ("护城河治理工程通过验收\n有关部门回应社会关切", ([], ["护城河治理工程通过验收"], ["有关部门回应社会关切"])),
        ("守护好一江清水\n护城河治理工程通过验收", (["守护好一江清水"], ["护城河治理工程通过验收"], [])),
        (
            "护城河治理工程通过验收\n——江湾区水环境整治记事",
            ([], ["护城河治理工程通过验收"], ["——江湾区水环境整治记事"]),
        ),
        ("沿岸观察\n护城河治理工程通过验收", (["沿岸观察"], ["护城河治理工程通过验收"], [])),
        (
            "凝心聚力谋发展\n护城河治理工程通过验收\n有关部门回应",
            (["凝心聚力谋发展"], ["护城河治理工程通过验收"], ["有关部门回应"]),
        ),
    ],
)
def test_lines_of_a_head(head: str, expected: tuple[list[str], ...]) -> None:
    assert parts(head) == expected


def test_lines_without_a_blank_between_are_one_where_others_have_blanks() -> None:
    head = "凝心聚力\n谋求发展\n\n护城河治理工程通过验收"
    assert parts(head) == (["凝心聚力", "谋求发展"], ["护城河治理工程通过验收"], [])


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("护城河治理工\n程通过验收", "护城河治理工程通过验收"),
        ("江湾区县域经\n济持续向好", "江湾区县域经济持续向好"),
        ("居民点赞“一江\n清水”穿城而过", "居民点赞“一江清水”穿城而过"),
        ("沿岸居民共\n守护好一江清水", "沿岸居民共"),
        ("江湾科考顺利结束成果丰\n硕", "江湾科考顺利结束成果丰硕"),
        ("沿岸居民自发守护\n城区河道一片清水\n三年不间断", "沿岸居民自发守护城区河道一片清水三年不间断"),
    ],
)
def test_a_headline_broken_inside_of_a_word_is_one_line(head: str, title: str) -> None:
    assert [piece.text for piece in parts_of(pieces(head), BODY)[1]] == [title]


def test_mastheads_repeat_the_headline_or_are_latin() -> None:
    title, repeated, latin, other = pieces("江湾小镇： 向新而行\n江湾小镇\nJIANGWAN TOWN\n水清岸绿")
    assert masthead(repeated, [title]) and masthead(latin, [title])
    assert masthead(other, [title]) is None
    assert masthead(latin, []) is None


def test_a_region_above_the_headline_is_the_kicker() -> None:
    for region in ("江州", "江州市", "龙泉区"):
        kicker, title, subtitle = parts_of(pieces(f"{region}\n\n动力电池项目全面投产"), "江州日报讯 项目昨日投产。")
        assert [piece.text for piece in (*kicker, *title, *subtitle)] == [region, "动力电池项目全面投产"]
        assert [piece.text for piece in kicker] == [region]
