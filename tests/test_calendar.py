import datetime

import pytest

from indexer.marks import calendar


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023", "2023"),
        ("2023-08", "2023-08"),
        ("2023-08-17", "2023-08-17"),
        ("2023-8-7", "2023-08-07"),
        ("2023年8月17日", "2023-08-17"),
        ("２０２３年８月１７日 星期四", "2023-08-17"),
        ("二〇二三年", "2023"),
        ("2023/8/17 15:20", "2023-08-17"),
        ("2023-08-17T12:00:00+08:00", "2023-08-17"),
        ("２０２３年８月", "2023-08"),
        ("2023年", "2023"),
        ("2023.8.7 10:00", "2023-08-07"),
        ("2023年8月17日（星期四）", "2023-08-17"),
        ("2023年8月17日 （周四）10:30", "2023-08-17"),
        ("2023年8月17日10时30分", "2023-08-17"),
        ("2023-08-17，10:30", "2023-08-17"),
        ("2023-08-17，", "2023-08-17"),
        ("20230817", "2023-08-17"),
        ("20230817101500", "2023-08-17"),
        ("Thu, 17 Aug 2023 08:00:00 +0800", "2023-08-17"),
        (2023, "2023"),
        (20230817, "2023-08-17"),
        (datetime.date(2023, 8, 17), "2023-08-17"),
        (datetime.datetime(2023, 8, 17, 9, 30), "2023-08-17"),
    ],
)
def test_stated_dates_are_read_as_precise_as_they_are(value: object, date: str) -> None:
    assert calendar.parse(value) == date


@pytest.mark.parametrize(
    "value",
    [
        *("2023-02-30", "2023-13", "20231345", "0000", "0999-01-01", "昨天", "", "2023-2024", "2023-08-1710:30"),
        *("13820817", "1692230400", "Thursday in August", 1692230400, True, 2023.5, None),
    ],
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert calendar.parse(value) is None


@pytest.mark.parametrize("blanks", [" ", ",", "-", "年 ", "月 ", " T"])
def test_endless_values_take_no_time(blanks: str) -> None:
    # Quadratic patterns would need minutes for these.
    calendar.parse("2023" + blanks * 100_000 + "x")
    calendar.parse("2023年8月17日" + blanks * 100_000 + "10:x")


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("paper/2023/08/17/a.txt", "2023-08-17"),
        ("20230817-03.txt", "2023-08-17"),
        ("content_20230817.html", "2023-08-17"),
        ("2023-08/17/nw.D110000renmrb_20230817_1-01.htm", "2023-08-17"),
        ("n1/2023/0817/c1002-40058.html", "2023-08-17"),
        ("gn/2023/08-17/10062345.shtml", "2023-08-17"),
        ("rmrb2023081703.pdf", "2023-08-17"),
        ("20230106152012.txt", "2023-01-06"),
        ("人民日报2023年8月17日.txt", "2023-08-17"),
        ("2023\\8月17日\\第3版.txt", "2023-08-17"),
        ("202308/x.txt", "2023-08"),
        ("2023年08月/x.txt", "2023-08"),
        ("2023/x.txt", "2023"),
    ],
)
def test_dates_in_paths(path: str, date: str) -> None:
    found = calendar.in_path(path)
    assert found is not None
    assert (found.date, found.firm) == (date, True)


@pytest.mark.parametrize(
    "path",
    [
        "003_107661a1d552af63.txt",
        "20231345.txt",
        "13820230817.txt",
        "a/0571-87654321.txt",
        "gen_004526.txt",
        "100020230817.txt",
    ],
)
def test_numbers_that_are_no_dates(path: str) -> None:
    assert calendar.in_path(path) is None


def test_a_bare_number_that_may_be_a_year_is_not_firm() -> None:
    found = calendar.in_path("page_2001.txt")
    assert found is not None
    assert not found.firm


def test_the_nearest_year_crosses_new_year() -> None:
    assert calendar.nearest_year(12, 31, "2024-01-01") == 2023
    assert calendar.nearest_year(1, 1, "2023-12-31") == 2024
    assert calendar.nearest_year(8, 10, "2023") == 2023
    assert calendar.nearest_year(2, 29, "2023") is None
