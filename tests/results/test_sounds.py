"""Is every reading of a word known, and every way of typing it?"""

from __future__ import annotations

import os

import pytest

from indexer.results.sounds import initials, matches, others, readings, spelling


@pytest.mark.parametrize(
    ("word", "expected"), [("义乌", "yiwu"), ("重庆", "zhongqing"), ("绿地", "lvdi"), ("5g基站", "5gjizhan"), ("!", "")]
)
def test_spelling(word: str, expected: str) -> None:
    assert spelling(word) == expected


def test_initials() -> None:
    assert (initials("义乌光伏"), initials("5G基站"), initials("")) == ("ywgf", "5Gjz", "")


def test_other_readings() -> None:
    assert {"chongqing", "cq"} <= set(others("重庆"))
    assert others("光伏") == []


def test_other_readings_grow_with_the_length_only() -> None:
    assert len(others("重行乐长" * 20)) <= 80 * 2 * 2


@pytest.mark.parametrize("typed", ["光f", "gfu", "guangf", "gf", "guangfu", "guang伏", "g伏", "gu", ""])
def test_mixed_typing(typed: str) -> None:
    assert matches(typed, "光伏")


@pytest.mark.parametrize("typed", ["guangfuc", "fg", "光g", "gx"])
def test_other_typing(typed: str) -> None:
    assert not matches(typed, "光伏")


def test_letters_of_a_latin_word_are_not_skipped() -> None:
    assert matches("or", "oracle") and not matches("or", "osr")


def test_other_users_of_pypinyin_find_the_environment_as_it_was() -> None:
    readings("光")
    assert "PYPINYIN_NO_PHRASES" not in os.environ
