"""Is the masthead of a page told from its first headline, and the paper's name from the names of its sections?"""

from __future__ import annotations

import pytest

from indexer.reading.furniture import furniture
from indexer.reading.lines import pieces
from indexer.reading.mastheads import is_paper

HEAD = "护城河治理见成效"
PROSE = "护城河治理三年来，沿岸新增绿地二十公顷，水质稳定达到三类，居民推窗见绿，步道上晨练的人越来越多。"


def reasons(*lines: str, between: str = "\n") -> list[str | None]:
    """Return what each line above a headline and its report is left out for."""
    text = between.join(lines) + f"\n\n{HEAD}\n\n{PROSE}"
    found = furniture(pieces(text))
    assert not {len(lines), len(lines) + 1} & set(found)
    return [found.get(at) for at in range(len(lines))]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("name", ["金华日报", "中国气象报", "南方周末", "三联生活周刊", "蘋果日報", "《人民日报》"])
def test_the_paper_s_name_on_a_line_of_its_own_is_the_masthead(name: str, between: str) -> None:
    for folio in ("2020年5月6日 星期三 第2版", "2020年5月6日", "第2版 要闻"):
        assert reasons(name, folio, between=between) == ["masthead", "folio line"]
        assert reasons(folio, name, between=between)[1] in ("masthead", None)


def test_editors_a_section_and_a_number_may_stand_between_the_name_and_its_day() -> None:
    lines = ("2023年11月8日 星期三", "责任编辑：周敏 版式：陈露", "今日龙泉", "要闻", "02")
    assert [why == "masthead" for why in reasons(*lines)] == [False, False, True, False, False]
    assert reasons("羊城晚报", "CITY EVENING NEWS", "2020年5月6日") == ["masthead", "folio line", "folio line"]
    assert reasons("羊城晚报", "2020年5月6日", "要闻") == ["masthead", "folio line", "folio line"]
    assert reasons("江城晚报 读者来信", "2020年5月6日") == ["masthead", "folio line"]


def test_the_name_and_a_bare_day_on_one_line_are_a_folio_line() -> None:
    assert reasons("金华日报 2020年5月6日") == ["folio line"]
    assert reasons("金华日报 2020-05-06 15:20") == [None]  # a site's credit


@pytest.mark.parametrize("section", ["副刊", "要闻", "综合新闻"])
def test_the_section_above_the_folio_line_names_no_paper(section: str) -> None:
    assert reasons(section, "2018年10月21日 星期日 绍兴晚报 08版") == ["folio line", "folio line"]


def test_what_may_be_a_headline_is_none_without_a_folio_line_behind_it() -> None:
    found = furniture(pieces(f"金华日报\n2020年5月6日 星期三\n\n公告\n\n{PROSE}"))
    assert 2 not in found
    assert reasons("金华日报") == [None]
    assert 1 not in furniture(pieces(f"2020年2月4日 星期二\n\n今日立春\n\n{PROSE}"))


def test_a_sentence_that_begins_with_a_paper_is_no_masthead() -> None:
    assert is_paper("羊城晚报 读者来信")
    assert not is_paper("金华日报 刊发长篇通讯介绍护城河")


@pytest.mark.parametrize("headline", ["疫情播报", "高考志愿填报", "去哪儿过周末", "今日立秋", "每日财经速报"])
def test_a_headline_above_a_day_is_no_masthead(headline: str) -> None:
    found = pieces(f"{headline}\n2022年4月3日\n\n{PROSE}\n")
    assert furniture(found) == {}
