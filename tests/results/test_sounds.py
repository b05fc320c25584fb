"""Is every common reading of a word known, and every way of typing it?"""

from __future__ import annotations

import os

import pytest

from indexer.results.sounds import initials, keys, matches, readings


@pytest.mark.parametrize(
    ("word", "spelling"), [("义乌", "yiwu"), ("重庆", "chongqing"), ("绿地", "lvdi"), ("5g基站", "5gjizhan"), ("!", "")]
)
def test_spellings(word: str, spelling: str) -> None:
    assert spelling in keys(word)


def test_initials_of_all_readings() -> None:
    assert set(initials("重庆")) >= {"zq", "cq"}


def test_spellings_grow_with_the_length_only() -> None:
    assert len(keys("重行乐长" * 20)) <= 1 + 80 * 2


@pytest.mark.parametrize("typed", ["光f", "gfu", "guangf", "gf", "guangfu", "guang伏", "g伏", "gu", ""])
def test_mixed_typing(typed: str) -> None:
    assert matches(typed, "光伏")


@pytest.mark.parametrize("typed", ["guangfuc", "fg", "光g", "gx"])
def test_other_typing(typed: str) -> None:
    assert not matches(typed, "光伏")


def test_other_users_of_pypinyin_find_the_environment_as_it_was() -> None:
    readings("光")
    assert "PYPINYIN_NO_PHRASES" not in os.environ
