"""Does a beginning, however typed, lead to the places, terms and titles that are meant?"""

from __future__ import annotations

import pytest

from indexer.models import Suggestion
from indexer.results.lexicon import Lexicon
from indexer.results.suggest import complete

LEXICON = Lexicon(
    [("光伏", 9), ("产业", 5), ("光明", 5), ("业务", 4), ("perc", 3), ("后来", 2)],
    [("1", "義烏光伏"), ("2", "重庆的产业"), ("3", "PERC 电池")],
    {"浙江/金华/义乌": 3, "重庆/重庆": 2},
)


def values(text: str, limit: int = 8) -> list[str]:
    return [suggestion.value for suggestion in complete(LEXICON, text, limit)]


@pytest.mark.parametrize(
    "typed", ["义", "义乌", "義", "yiwu", "yiw", "yw", "YW", "yi'wu", "yi wu", "ywu", "义w", "ｙｗ"]
)
def test_every_way_of_typing_a_place(typed: str) -> None:
    assert complete(LEXICON, typed)[0] == Suggestion("义乌", "place", 3)


@pytest.mark.parametrize("typed", ["光", "guang", "guangf", "gf", "gfu", "光f"])
def test_every_way_of_typing_a_term(typed: str) -> None:
    assert values(typed)[0] == "光伏"


@pytest.mark.parametrize("typed", ["光伏", "烏光", "義烏光", "ywgf", "yiwuguangfu", "yiwu"])
def test_titles_by_part_by_pinyin_and_by_the_words_in_them(typed: str) -> None:
    assert Suggestion("義烏光伏", "title", 1) in complete(LEXICON, typed)


def test_all_readings_count() -> None:
    assert values("chongqing") == ["重庆", "重庆的产业"]


def test_the_limit_leaves_room_for_titles() -> None:
    assert values("光", 2) == ["光伏", "義烏光伏"]
    assert values("光", 1) == ["義烏光伏"] or values("光", 1) == ["光伏"]
    assert len(values("y", 3)) <= 3


def test_terms_are_shown_as_printed_and_places_by_their_name() -> None:
    found = complete(LEXICON, "hou", printed={"后来": "後來"}.__getitem__)
    assert [suggestion.value for suggestion in found] == ["後來"]


@pytest.mark.parametrize("typed", ["", " ", "\n", "!", "zzzz", "光" * 100, "\ud800"])
def test_what_completes_to_nothing(typed: str) -> None:
    assert values(typed) == []


def test_initials_of_the_usual_reading_go_before_places_of_a_rare_one() -> None:
    lexicon = Lexicon([("光伏", 9), ("股份", 3)], [], {"安徽/合肥": 30, "浙江/金华": 1})
    assert [each.value for each in complete(lexicon, "gf")][:2] == ["光伏", "股份"]


def test_letters_within_a_latin_word_complete_nothing() -> None:
    assert complete(Lexicon([("osr", 3), ("oracle", 2)], [], {}), "OR") == (Suggestion("oracle", "term", 2),)


def test_no_limit_is_no_suggestion() -> None:
    assert values("光", 0) == []
