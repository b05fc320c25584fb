import pytest

from indexer.metadata.cues import cues


@pytest.mark.parametrize(
    ("text", "kind", "month"),
    [
        ("2023年8月17日，会议召开。", "day", 8),
        ("2023年11月，省厅公布结果。", "month", 11),
        ("2023年上半年，收入增长。", "half", 6),
        ("2023年前三季度，收入增长。", "late", 9),
        ("2023年春运期间，客流平稳。", "early", 1),
        ("到2023年，建成一批园区。", "until", None),
        ("2023年底前完成改造。", "plan", None),
        ("2023—2027年分批支持。", "range", None),
        ("自2023年起逐年提高。", "since", None),
        ("较2023年提高五成。", "compare", None),
        ("截至2023年底，共有九家。", "asof", None),
        ("赛事将于2023年9月举行。", "due", 9),
        ("（2023）一中刑减字第2608号裁定。", "law", None),
        ("２０２３年度名单公布。", "annual", None),
        ("2023中国新媒体大会召开。", "event", None),
    ],
)
def test_how_a_year_is_named(text: str, kind: str, month: int | None) -> None:
    mention = cues("", text).mentions[0]
    assert (mention.year, mention.kind, mention.month) == (2023, kind, month)


@pytest.mark.parametrize(
    "text", ["共2023人参加。", "产值2023万元。", "涨1,2023点。", "增长12.2023个点。", "© 1999-2023 某网"]
)
def test_numbers_that_are_no_years(text: str) -> None:
    assert cues("", text).mentions == []


def test_spans_and_echoes_point_to_a_year() -> None:
    assert [year for year, _, _ in cues("", "2003年规划工业平台，从此开启了20年的探索。").spans] == [2023]
    assert [year for year, _ in cues("", "今年前9个月增长。2015年前9个月占比上升。").echoes] == [2015]
