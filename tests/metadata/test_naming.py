import re

import pytest

from indexer.metadata.naming import Naming, naming


def named(sentence: str, year: str = "2023") -> Naming | None:
    match = re.search(year, sentence)
    assert match is not None
    return naming(sentence, match.start(), match.end())


@pytest.mark.parametrize(
    ("sentence", "kind", "month", "day"),
    [
        ("于是2023年8月17日会议召开。", "day", 8, 17),
        ("2023年8月17日，会议召开。", "opening day", 8, 17),
        ("2023年11月省厅公布结果。", "month", 11, None),
        ("2023年8月初完成测试。", "month", 8, 3),
        ("2023年08月17日 要闻", "stamp", 8, 17),
        ("2023-08-17 15:20:12 来源：本站", "stamp", None, None),
        ("2023年上半年，收入增长。", "period", 6, None),
        ("2023年前三季度，收入增长。", "period", 9, None),
        ("2023年前十一个月收入增长。", "period", 11, None),
        ("2023年1-7月收入增长。", "period", 7, None),
        ("2023年春运期间，客流平稳。", "early", 1, None),
        ("2023年，全市出口额同比增长8%。", "whole", 12, None),
        ("2023年全国中学生运动会闭幕。", "event", None, None),
        ("到2023年，建成一批园区。", "until", None, None),
        ("2023年底前完成改造。", "plan", 12, None),
        ("预计2023年建成通车。", "plan", None, None),
        ("赛事将于2023年9月举行。", "due", 9, None),
        ("2023—2027年分批支持。", "from", None, None),
        ("2019年至2023年，案件减少。", "to", None, None),
        ("自2023年起逐年提高。", "after", None, None),
        ("自2023年新规施行以来，投诉减少。", "since", None, None),
        ("2023年以来，已开展活动50余次。", "sofar", None, None),
        ("较2023年提高五成。", "compare", None, None),
        ("截至2023年底，共有九家。", "asof", 12, None),
        ("公司成立于2023年。", "founded", None, None),
        ("（2023）一中刑减字第2608号裁定。", "law", None, None),
        ("《发展报告（2023）》发布。", "edition", None, None),
        ("“和谐使命-2023”任务启动。", "edition", None, None),
        ("2023届高校毕业生招聘会举行。", "class", None, None),
        ("2023年世界杯预选赛打响。", "games", None, None),
        ("2023年度名单公布。", "annual", None, None),
        ("2023中国新媒体大会召开。", "event", None, None),
        ("2023年专项行动启动。", "activity", None, None),
        ("2023年，他回到家乡。", "year", None, None),
    ],
)
def test_how_a_year_is_named(sentence: str, kind: str, month: int | None, day: int | None) -> None:
    assert named(sentence) == (kind, month, day)


@pytest.mark.parametrize(
    "sentence", ["共2023人参加。", "产值2023万元。", "执行GB/T 19001-2023标准。", "ISO 9001:2023认证。"]
)
def test_numbers_that_are_no_years(sentence: str) -> None:
    assert named(sentence) is None


def test_a_span_of_years_is_no_standard() -> None:
    assert named("2022-2023赛季开幕。") == ("to", None, None)
    assert named("免费送出2000杯奶茶。", "2000") is None
