"""Do marks lie exactly on what matched, in the text as printed?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import match_text
from indexer.models import Article
from indexer.query.syntax import Leaf, Phrase, Prefix, Term
from indexer.results.highlight import Highlights, highlight, locate, spans


def marked(text: str, *leaves: Leaf) -> list[str]:
    return [text[start:end] for start, end in spans(text, leaves)]


@pytest.mark.parametrize(
    ("text", "leaf", "expected"),
    [
        ("光伏和光伏", Term("光伏"), ["光伏", "光伏"]),
        ("義烏光伏產業", Term("产业"), ["產業"]),
        ("之後，皇后", Phrase("后"), ["後", "后"]),
        ("ＰＥＲＣ電池", Term("perc"), ["ＰＥＲＣ"]),
        ("光\n伏", Term("光伏"), ["光\n伏"]),
        ("㎡与m2", Term("m2"), ["㎡", "m2"]),
        ("5G、5GHz", Term("5g"), ["5G"]),
        ("24.38与24", Term("24"), ["24"]),
        ("增长24.38%", Term("24.38"), ["24.38"]),
        ("1,000,000元与1000000元", Term("1000000"), ["1,000,000", "1000000"]),
        ("21,000与1，000", Term("1000"), ["1，000"]),
        ("R&D，d", Term("d"), ["d"]),
        ("R&D和R&D", Term("r&d"), ["R&D", "R&D"]),
        ("C++与C", Term("c++"), ["C++"]),
        ("210HiKu7", Term("hiku"), ["HiKu"]),
        ("HiKu7x", Term("iku7"), ["iKu7"]),
        ("B超与AB超", Term("b超"), ["B超", "B超"]),
        ("2022 年和2022年", Term("2022年"), ["2022 年", "2022年"]),
        ("“光伏”", Phrase('"光伏"'), ["“光伏”"]),
        ("好好好", Phrase("好好"), ["好好好"]),
        ("没有", Term("光伏"), []),
        ("", Term("光伏"), []),
    ],
)
def test_one_leaf(text: str, leaf: Leaf, expected: list[str]) -> None:
    assert marked(text, leaf) == expected


def test_touching_marks_are_one_and_others_are_not() -> None:
    assert marked("光伏产业和光伏的产业", Term("光伏"), Term("产业")) == ["光伏产业", "光伏", "产业"]


def test_a_prefix_is_marked_to_the_end_of_its_word() -> None:
    assert marked("光明日报的阳光", Prefix("光")) == ["光明日报"]
    assert marked("HiKu7 与 hi", Prefix("hik")) == ["HiKu7"]


def test_each_part_is_marked_by_the_leaves_that_ask_for_it() -> None:
    article = Article(
        "1", "光伏与王", "光伏，王", "a.txt", 1, (1, 2), kicker="光伏", subtitle="光伏", captions=("光伏图", "图")
    )
    found = highlight(article, (Term("光伏", "title"), Term("王", "author"), Term("图")))
    assert found == Highlights(title=((0, 2),), captions=(((2, 3),), ((0, 1),)))
    assert highlight(article, (Term("光伏"),)).count() == 5


def test_nothing_is_marked_across_two_texts() -> None:
    assert locate(["光", "伏", "", "光伏"], [Phrase("光伏")]) == [[], [], [], [(0, 2, 0)]]


def test_a_leaf_of_the_title_is_marked_in_titles_only() -> None:
    assert locate(["光伏", "光伏"], [Term("光伏", "title")], titles={0}) == [[(0, 2, 0)], []]


TEXTS = st.text(st.sampled_from("光伏產业后後裡㎡ ﬁＡa1.%&\n\u3000“”「…—𠀀"), max_size=30)


@given(texts=st.lists(TEXTS, max_size=4), wanted=TEXTS.map(match_text).filter(bool))
def test_marks_are_sorted_apart_and_on_the_phrase(texts: list[str], wanted: str) -> None:
    for text, places in zip(texts, locate(texts, [Phrase(wanted)]), strict=True):
        assert bool(places) == (wanted in match_text(text))
        for start, end, _ in places:
            assert wanted in match_text(text[start:end])
        found = spans(text, [Phrase(wanted)])
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(first[1] < second[0] for first, second in pairwise(found))
