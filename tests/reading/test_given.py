"""Are stated values of the right kind brought into one form, and the others refused?"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from indexer.models import Given
from indexer.reading.given import FieldError, split_names, state


@pytest.mark.parametrize("origin", ["record", "sidecar", "front matter", "html meta"])
def test_dates_become_iso_whoever_states_them(origin: str) -> None:
    given = state("date", "2023年8月17日（星期四）", origin)
    assert given == Given("2023-08-17", origin, "2023年8月17日（星期四）")


def test_what_is_no_date_stays_as_it_is_but_in_a_sidecar() -> None:
    assert state("date", "昨天", "record") == Given("昨天", "record", "昨天")
    assert state("date", "不详", "sidecar") == Given("不详", "sidecar", "不详")
    with pytest.raises(FieldError, match="'昨天' is no date"):
        state("date", "昨天", "sidecar")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", 5, "5"),
        ("id", "a ", "a"),
        ("date", datetime.date(2023, 8, 17), "2023-08-17"),
        ("date", datetime.datetime(2023, 8, 17, 9, 0), "2023-08-17"),
        ("date", 2023, "2023"),
        ("authors", "张三；李四;", ("张三", "李四")),
        ("authors", ["张三", " "], ("张三",)),
        ("city", " 义乌 ", "义乌"),
        ("anything", {"a": [1]}, {"a": [1]}),
    ],
)
def test_values_take_one_form(name: str, value: Any, expected: Any) -> None:
    given = state(name, value, "record")
    assert given is not None
    assert given.value == expected


@pytest.mark.parametrize("origin", ["html meta", "front matter", "sidecar", "document properties"])
def test_authors_in_a_text_are_told_apart_and_those_in_a_list_stay_as_given(origin: str) -> None:
    for value, names in (
        ("张三,李四、王五", ("张三", "李四", "王五")),
        (["张三,李四", "张三 记者"], ("张三,李四", "张三 记者")),
    ):
        given = state("authors", value, origin)
        assert given is not None
        assert given.value == names


def test_authors_of_a_record_are_separated_by_semicolons_only() -> None:
    given = state("authors", "张三,李四;王五 记者", "record")
    assert given is not None
    assert given.value == ("张三,李四", "王五 记者")


@pytest.mark.parametrize(
    ("name", "value"), [("city", 5), ("id", True), ("date", [2023]), ("authors", [1]), ("title", {})]
)
def test_values_of_the_wrong_kind_are_refused(name: str, value: Any) -> None:
    with pytest.raises(FieldError, match=name):
        state(name, value, "record")


@pytest.mark.parametrize("value", [None, "", []])
def test_nothing_states_nothing(value: Any) -> None:
    assert all(state(name, value, "record") is None for name in ("city", "date", "authors", "id", "title"))


def test_names_are_split_at_semicolons_only() -> None:
    assert split_names("张三;李 四；阿卜杜拉·买买提") == ("张三", "李 四", "阿卜杜拉·买买提")
