"""Are options checked at one place, with errors that name the parameter?"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from indexer.errors import LimitExceeded, QueryError, WensouError
from indexer.query.syntax import And, Not, Or, Term, Values
from indexer.request import Options, filters, resolved

DEFAULTS: dict[str, Any] = {
    "city": (), "year": (), "source": (), "year_from": None, "year_to": None,
    "sort": "relevance", "page": 1, "size": 10, "match": "auto",
}  # fmt: skip
VALUES = {"city": ("浙江/金华/义乌", "unknown"), "year": ("2019", "2020", "2021", "unknown"), "source": ("义乌商报",)}


def known(facet: str) -> Counter[str]:
    return Counter(VALUES[facet])


def checked(**options: Any) -> Options:
    return Options.checked({**DEFAULTS, **options})


@pytest.mark.parametrize(
    ("name", "value", "parameter"),
    [
        ("page", 0, "page"),
        ("page", "1", "page"),
        ("page", True, "page"),
        ("size", 0, "size"),
        ("size", 1.5, "size"),
        ("sort", "random", "sort"),
        ("match", "none", "match"),
        ("year_from", "abc", "year_from"),
        ("year_to", [2020], "year_to"),
        ("year_from", 10**40, "year_from"),
        ("year_from", 20_200, "year_from"),
        ("sort", "x" * 10**5, "sort"),
    ],
)
def test_impossible_values(name: str, value: object, parameter: str) -> None:
    with pytest.raises(QueryError, match=parameter) as caught:
        checked(**{name: value})
    assert caught.value.parameter == parameter


@pytest.mark.parametrize("name", ["page", "size", "year_from"])
def test_numbers_of_thousands_of_digits_are_told_so(name: str) -> None:
    with pytest.raises(WensouError, match="thousands of digits"):
        checked(**{name: 10**5000})


def test_years_that_end_before_they_begin() -> None:
    with pytest.raises(QueryError, match=r"end .2019. before they begin .2021.") as caught:
        checked(year_from=2021, year_to=2019)
    assert caught.value.parameter == "year_to"
    with pytest.raises(QueryError, match=r"2019\.\.2021"):
        filters(checked(year=["2021..2019"]), known)


@pytest.mark.parametrize(
    ("setting", "value", "size"), [("page_size", 5, 5), ("result_window", 3, 3), ("page_size", 500, 10)]
)
def test_a_size_that_nobody_gave_is_within_the_limits(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: int, size: int
) -> None:
    monkeypatch.setenv(f"WENSOU_{setting.upper()}", str(value))
    assert checked(size=None).size == size


@pytest.mark.parametrize(
    ("options", "setting", "parameter"),
    [
        ({"size": 101}, "page_size", "size"),
        ({"page": 101, "size": 100}, "result_window", "page"),
        ({"page": 10**9}, "result_window", "page"),
        ({"page": 10**40}, "result_window", "page"),
    ],
)
def test_limits(options: dict[str, int], setting: str, parameter: str) -> None:
    with pytest.raises(LimitExceeded, match=setting) as caught:
        checked(**options)
    assert (caught.value.setting, caught.value.parameter) == (setting, parameter)


def test_the_last_page_within_the_limit() -> None:
    assert checked(page=100, size=100).offset == 9_900


def test_one_value_needs_no_list() -> None:
    options = checked(city="义乌", year=2020, source=None)
    assert options.chosen == {"city": ("义乌",), "year": (2020,), "source": ()}


def test_filters_are_raw_values_and_what_is_listed() -> None:
    raw, listed = filters(checked(city=["义乌市"], source=["人民日报"]), known)
    assert raw == {"city": {"浙江/金华/义乌"}, "source": set()}
    assert listed == {"city": ("浙江/金华/义乌",), "year": (), "source": ("人民日报",)}


def test_a_range_restricts_chosen_years() -> None:
    assert filters(checked(year_from=2020), known)[0] == {"year": {"2020", "2021"}}
    assert filters(checked(year_from="2020", year=[2019, 2020]), known)[0] == {"year": {"2020"}}
    assert filters(checked(year_from=2030, year_to=2040), known)[0] == {"year": set()}


def test_names_in_a_query_become_raw_values() -> None:
    node = And(
        (Term("光伏"), Or((Values("city", ("义乌",)), Values("year", ("2020..",)))), Not(Values("source", ("x",))))
    )
    assert resolved(node, known) == And(
        (
            Term("光伏"),
            Or((Values("city", ("浙江/金华/义乌",)), Values("year", ("2020", "2021")))),
            Not(Values("source", ())),
        )
    )
    assert resolved(None, known) is None
