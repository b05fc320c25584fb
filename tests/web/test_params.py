"""Do URLs read back to what they were written from?"""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import LimitExceeded
from web.params import SearchParams, read

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.lists(WORDS.filter(str.strip), max_size=3, unique=True).map(tuple)


@given(
    q=WORDS,
    city=VALUES,
    source=VALUES,
    page=st.integers(1, 9),
    size=st.integers(1, 100),
    sort=st.sampled_from(["relevance", "newest"]),
)
def test_a_url_reads_back(
    q: str, city: tuple[str, ...], source: tuple[str, ...], page: int, size: int, sort: str
) -> None:
    params = SearchParams(q=q, city=city, source=source, page=page, size=size, sort=sort)
    pairs = parse_qsl(params.query_string().removeprefix("?"), keep_blank_values=True)
    assert read(MultiDict(pairs)) == params


def test_toggling_twice_changes_nothing_and_goes_to_the_first_page() -> None:
    params = SearchParams(q="光伏", page=3)
    selected = params.toggle("city", "义乌", {})
    assert selected == SearchParams(q="光伏", city=("义乌",))
    assert selected.toggle("city", "义乌", {"义乌": ("义乌",)}) == SearchParams(q="光伏")


def test_only_numbers_become_numbers() -> None:
    assert read(
        MultiDict([("page", " 2 "), ("size", "1e3"), ("year_from", "-1"), ("year_to", "2020")])
    ) == SearchParams(
        page=2,
        size="1e3",
        year_from="-1",
        year_to=2020,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("setting", "pairs"),
    [("filter_values", [("city", str(n)) for n in range(101)]), ("filter_length", [("source", "报" * 2_001)])],
)
def test_filters_beyond_a_limit_are_an_error_that_names_it(setting: str, pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(LimitExceeded, match=setting) as caught:
        read(MultiDict(pairs))
    assert (caught.value.setting, caught.value.parameter) == (setting, pairs[0][0])
