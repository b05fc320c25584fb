"""Are the headlines of a scanned page told from its masthead, and do reports stay one article?"""

from __future__ import annotations

import pytest

from indexer.reading.headings import headlines
from indexer.reading.outline import Block

BIRDS = (0, "本报讯（记者 王芳）昨日清晨，白河湿地迎来大批候鸟，市民驻足观赏。")
DRUNK = (0, "本报讯（记者 李明）4月14日晚，市交警一大队查获一名醉酒驾驶的男子。")
PROSE = (0, "护城河治理三年来，沿岸新增绿地二十公顷，水质稳定达到三类。")


def ranked(*texts: tuple[int, str]) -> tuple[list[str], dict[str, str]]:
    """Return the headlines, and the headings that are none with the reason."""
    blocks, above = headlines([Block(text, (line, line), level) for line, (level, text) in enumerate(texts, 1)])
    found = [block.text for at, block in enumerate(blocks) if block.level == 1 and at not in above]
    return found, {blocks[at].text: why for at, why in above.items()}


@pytest.mark.parametrize("folio", [(), ((0, "2019年4月16日 星期二 第3版"),)])
def test_the_paper_s_name_on_the_first_level_is_the_masthead(folio: tuple[tuple[int, str], ...]) -> None:
    found, above = ranked((1, "南阳晚报"), *folio, (2, "白河湿地迎来候鸟"), BIRDS, (2, "男子醉驾被查"), DRUNK)
    assert found == ["白河湿地迎来候鸟", "男子醉驾被查"]
    assert above == {"南阳晚报": "masthead"}


def test_headlines_below_the_name_of_a_page_or_section() -> None:
    lines = (3, "白河湿地迎来候鸟"), BIRDS, (3, "男子醉驾被查"), DRUNK
    assert ranked((2, "03版 社会新闻"), *lines) == (
        ["白河湿地迎来候鸟", "男子醉驾被查"],
        {"03版 社会新闻": "folio line"},
    )
    assert ranked((2, "都市"), *lines) == (["白河湿地迎来候鸟", "男子醉驾被查"], {"都市": "folio line"})
    assert ranked(*lines)[0] == ["白河湿地迎来候鸟", "男子醉驾被查"]


def test_reports_and_web_pages_keep_their_one_headline() -> None:
    sections = (2, "一、治理"), PROSE, (2, "二、成效"), PROSE
    assert ranked((1, "护城河治理报告"), *sections) == (["护城河治理报告"], {})
    assert ranked((1, "护城河治理报告"), PROSE, (2, "甲地"), BIRDS, (2, "乙地"), DRUNK) == (["护城河治理报告"], {})
    assert ranked((1, "金华日报"), (0, "金华日报是一份报纸。"), *sections) == (["金华日报"], {})
    assert ranked(*sections) == ([], {})


def test_a_headline_above_the_day_of_its_page_is_none_of_it() -> None:
    assert ranked((1, "白河湿地迎来候鸟"), (0, "2019年4月16日 星期二"), BIRDS) == (["白河湿地迎来候鸟"], {})


def test_sections_with_datelines_are_parts_of_their_report_where_no_paper_is_named() -> None:
    assert ranked((1, "春运第一天"), (2, "合肥南站"), BIRDS, (2, "阜阳站"), DRUNK) == (["春运第一天"], {})
