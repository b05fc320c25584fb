import pytest

from indexer.metadata.cues import cues


@pytest.mark.parametrize(
    "text",
    [
        "共2023人参加。",
        "涨1,2023点。",
        "增长12.2023个点。",
        "© 1999-2023 某网",
        "今天是2026年3月5日 星期四 欢迎光临",
    ],
)
def test_numbers_that_are_no_years_of_the_text(text: str) -> None:
    assert cues("", text).mentions == []


def test_spaces_between_digits_and_han_do_not_count() -> None:
    spaced = cues("", "据悉，截至 2023 年 6 月底，用户达 2400 万。").mentions
    assert [(mention.year, mention.kind, mention.month) for mention in spaced] == [(2023, "asof", 6)]


def test_what_lies_ahead_is_told_by_the_clause_not_by_the_sentence() -> None:
    told, ahead = cues("", "2022年项目动工，计划2024年建成。").mentions
    assert "future" not in told.tags
    assert "future" in ahead.tags


@pytest.mark.parametrize(
    ("text", "lag", "firm"),
    [
        ("新华社北京8月11日电 截至2023年7月底，净流入1.02万亿元。", 13, True),
        ("8月11日，会议召开。截至2023年7月底，净流入1.02万亿元。", 16, True),
        ("会议召开。人们说。大家听。记者看。8月11日有雨。截至2023年7月底，净流入1.02万亿元。", 13, False),
        ("截至2023年7月底，净流入1.02万亿元。", None, False),
        ("新华社北京8月11日电 2022年，全市出口额同比增长8%。", 251 - 390, True),
    ],
)
def test_days_from_what_is_told_to_the_day_of_writing(text: str, lag: int | None, firm: bool) -> None:
    (mention,) = cues("", text).mentions
    assert (mention.lag, mention.firm) == (lag, firm)


def test_pictures_from_the_archive_tell_of_their_own_day() -> None:
    assert [mention.kind for mention in cues("", "这是2022年12月23日拍摄的大桥。").mentions] == ["photo"]
    credited = "2021年5月11日，一名儿童在市场上挑选糖果。新华社记者王明摄"
    assert [mention.kind for mention in cues("", credited).mentions] == ["photo"]


def test_spans_and_echoes_point_to_a_year() -> None:
    assert [year for year, _ in cues("", "2018年8月5日，工程通水。五年来，水质稳定。").spans] == [2023]
    assert [year for year, _ in cues("", "1954年建厂的老厂迎来了70周年。").spans] == [2024]
    assert [year for year, _ in cues("", "今年前9个月增长。2015年前9个月占比上升。").echoes] == [2015]
