"""Do passages show the query's words closest together, cut where a reader would cut?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.models import Article, Snippet
from indexer.query.syntax import Leaf, Phrase, Term
from indexer.results.snippet import snippets

FILLER = "这一句话与所查的词没有任何关系。"


def article(text: str, *captions: str) -> Article:
    return Article("1", None, text, "a.txt", 1, (1, 1), captions=captions)


def show(text: str, *leaves: Leaf) -> list[str]:
    return [snippet.text for snippet in snippets(article(text), leaves)]


def marks(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


def test_the_passage_with_most_different_words_comes_first() -> None:
    text = "光伏光伏光伏光伏。" + FILLER * 8 + "义乌的光伏产业。" + FILLER * 8
    first, second = snippets(article(text), (Term("光伏"), Term("义乌"), Term("产业")))
    assert marks(first) == ["义乌", "光伏产业"]
    assert marks(second) == ["光伏光伏光伏光伏"]


def test_the_second_passage_prefers_words_not_shown_yet() -> None:
    text = "光伏与风电。" + FILLER * 8 + "光伏。" + FILLER * 8 + "电池。"
    assert [marks(s) for s in snippets(article(text), (Term("光伏"), Term("风电"), Term("电池")))] == [
        ["光伏", "风电"],
        ["电池"],
    ]


def test_a_passage_is_a_sentence_where_one_fits() -> None:
    sentence = "义乌市的光伏产业去年继续增长，全年的总产值达到了一千二百亿元，比上年增长两成以上。"
    assert show(FILLER * 5 + sentence + FILLER * 5, Term("产值"))[0].startswith("…" + sentence)


def test_a_short_text_is_shown_whole_without_ellipsis() -> None:
    assert show("义乌光伏。", Term("光伏")) == ["义乌光伏。"]


def test_no_ellipsis_follows_another() -> None:
    (shown,) = show(FILLER * 9 + "……光伏" + "说到这里为止没有再说下去" * 8 + "。", Term("光伏"))
    assert shown.startswith("……光伏") and shown.endswith("…") and not shown.endswith("……")


def test_without_a_match_the_text_is_shown_from_its_beginning() -> None:
    (only,) = snippets(article(FILLER * 10), (Term("光伏"),))
    assert only.text.startswith(FILLER) and only.text.endswith("。…") and only.spans == ()
    assert snippets(article(""), ()) == ()
    assert [s.text for s in snippets(article(" \n", "图为光伏"), ())] == ["图为光伏"]


def test_captions_are_shown() -> None:
    found = snippets(article(FILLER, "图为光伏电站"), (Term("光伏"),))
    assert [(s.text, marks(s)) for s in found] == [("图为光伏电站", ["光伏"])]


def test_line_breaks_become_spaces() -> None:
    assert show("光伏\n产业", Term("产业")) == ["光伏 产业"]


def test_a_leaf_for_another_field_shows_nothing() -> None:
    assert snippets(article("光伏"), (Term("光伏", "title"),)) == (Snippet("光伏", ()),)


@pytest.mark.parametrize("width", range(20, 100, 3))
def test_numbers_and_latin_words_are_never_cut(width: int) -> None:
    words = "、".join(["12,345.67%", "photovoltaic", "210HiKu7", "R&D", "2023-01-06"])
    for text in ("光伏" + "电" * width + words + "池" * 90, "电" * 90 + words + "池" * width + "光伏"):
        for shown in show(text, Term("光伏")):
            for part in re.findall(r"[A-Za-z0-9.,%&-]+", shown):
                assert part in words.split("、")


@given(
    text=st.text(st.sampled_from("光伏產业。，\nA1. 后"), max_size=400),
    leaves=st.lists(st.sampled_from([Term("光伏"), Term("后"), Phrase("业。"), Term("a1"), Phrase("光伏产")])),
)
def test_passages_are_pieces_of_the_text_and_do_not_overlap(text: str, leaves: list[Leaf]) -> None:
    plain = text.replace("\n", " ")
    found = snippets(article(text), leaves)
    assert len(found) <= 2
    for snippet in found:
        assert snippet.text.removeprefix("…").removesuffix("…") in plain
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.spans)
    if any(snippet.spans for snippet in found):
        assert all(snippet.spans for snippet in found)
        assert sum(len(snippet.text.strip("…")) for snippet in found) <= len(text)
