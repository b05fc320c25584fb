"""Is a sidecar understood, found, and named with its line where it is wrong?"""

from __future__ import annotations

import pytest

from indexer.errors import SourceError
from indexer.models import Draft, Given, Page
from indexer.reading import sidecar
from indexer.reading.discover import ENDINGS

WHOLE = """
source = "县报"
authors = ["张三", "李四"]
date = 2023-08-17
"栏目" = "要闻"

[[article]]
ordinal = 2
city = "浙江/金华/义乌"
date = "2020"
"""


def parse(text: str) -> sidecar.Sidecar:
    return sidecar.parse(text.encode("utf-8"), "a.txt.meta.toml", "a.txt")


def page(count: int) -> Page:
    drafts = tuple(
        Draft(f"题{n}", "文", (n, n), n, given={"date": Given("1999", "record")}) for n in range(1, count + 1)
    )
    return Page("a.txt", "", "utf-8", drafts, given={"source": Given("网", "html meta")})


def test_fields_hold_for_the_file_and_tables_for_one_article() -> None:
    read = parse(WHOLE)
    found = sidecar.apply(page(2), read)
    assert {name: given.value for name, given in found.given.items()} == {
        "source": "县报",
        "authors": ("张三", "李四"),
        "date": "2023-08-17",
        "栏目": "要闻",
    }
    first, second = found.drafts
    assert first.given["date"] == Given("1999", "record")
    assert second.given["date"] == Given("2020", "sidecar", "2020")
    assert second.given["city"].value == "浙江/金华/义乌"


def test_a_title_for_several_articles_is_named() -> None:
    found = sidecar.apply(page(2), parse('title = "题"'))
    assert "title" not in found.given
    assert "use [[article]]" in found.failures[0].reason
    assert sidecar.apply(page(1), parse('title = "题"')).given["title"].value == "题"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a = ", "is not TOML: Invalid value (at end of document)"),
        ('\n\ndate = "昨天"', "line 3: date '昨天' is no date"),
        ("city = 5\n", "line 1: city must be a string, not a number"),
        ("[[article]]\nordinal = 1\n[[article]]\nordinal = 2\nauthors = 5", "line 5: authors must be a list"),
        ("[[article]]\ncity = '义乌'", "ordinal must be a whole number"),
        ("[[article]]\nordinal = 0", "line 2: ordinal must be a whole number"),
        ("[[article]]\nordinal = 1\n[[article]]\nordinal = 1", "line 4: article 1 is described twice"),
        ("article = 5", "line 1: article must be written as [[article]]"),
        ("a = " + "[" * 5000, "TOML" if False else "a.txt.meta.toml"),
    ],
)
def test_a_wrong_sidecar_is_named_with_its_line(text: str, why: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse(text)
    assert raised.value.file == "a.txt"
    assert "its sidecar a.txt.meta.toml: " in raised.value.reason
    assert why in raised.value.reason


def test_a_sidecar_in_another_encoding_is_named() -> None:
    with pytest.raises(SourceError, match="is not UTF-8"):
        sidecar.parse('city = "义乌"'.encode("gbk"), "a.txt.meta.toml", "a.txt")
    assert sidecar.parse('city = "义乌"'.encode("utf-8-sig"), "a", "a").given["city"].value == "义乌"


@pytest.mark.parametrize(
    ("names", "found", "loose"),
    [
        (["a.txt"], {}, {}),
        (["a.txt", "a.meta.toml"], {"a.txt": "a.meta.toml"}, {}),
        (["a.meta.toml", "a.png", "a.txt"], {"a.txt": "a.meta.toml"}, {}),
        (["a.txt", "a.meta.toml", "a.md"], {}, {"a.meta.toml": ["a.md", "a.txt"]}),
        (["a.txt", "a.meta.toml", "a.txt.meta.toml"], {"a.txt": "a.txt.meta.toml"}, {}),
        (
            ["a.txt", "a.txt.meta.toml", "a.meta.toml", "a.md"],
            {"a.txt": "a.txt.meta.toml"},
            {"a.meta.toml": ["a.md", "a.txt"]},
        ),
        (["gone.txt.meta.toml"], {}, {"gone.txt.meta.toml": []}),
        (["2023", "2023.txt", "2023.meta.toml"], {"2023.txt": "2023.meta.toml"}, {}),
        (["README", "README.meta.toml"], {}, {}),
    ],
)
def test_the_full_name_is_preferred_and_the_short_one_needs_to_be_sure(
    names: list[str], found: dict[str, str], loose: dict[str, list[str]]
) -> None:
    assert sidecar.match(names, ENDINGS) == (found, loose)


def test_the_sidecars_of_many_files_are_found_in_no_time() -> None:
    names = [f"{number}.{ending}" for number in range(100_000) for ending in ("txt", "meta.toml")]
    assert len(sidecar.match(names, ENDINGS)[0]) == 100_000  # looking for each anew would take hours


def test_articles_beyond_the_last_are_named() -> None:
    (failure,) = sidecar.unmatched(parse(WHOLE), "a.txt", 1)
    assert failure.reason == "a.txt.meta.toml describes article 2, but there are only 1"
    assert sidecar.unmatched(parse(WHOLE), "a.txt", 2) == ()
