"""Are words of a large list found where they stand?"""

from __future__ import annotations

from indexer.metadata.lexicon import Lexicon

WORDS = Lexicon({"海南": 1, "上海": 2, "南京": 3, "上海市": 4, "𠮷野": 5})


def test_the_longest_word_wins_and_words_do_not_overlap() -> None:
    assert list(WORDS.values("上海南京上海市")) == [2, 3, 4]
    assert list(WORDS.values("上海南京", 1)) == [1]


def test_all_words_of_an_offset_are_given_longest_first() -> None:
    assert list(WORDS.at("去上海市区", 1)) == [("上海市", 4), ("上海", 2)]
    assert list(WORDS.at("去上海市区", 0)) == []


def test_short_and_empty_texts_hold_nothing() -> None:
    assert list(WORDS.values("")) == []
    assert list(WORDS.values("海")) == []


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    assert list(WORDS.values("𠮷𠮷野海南")) == [5, 1]
