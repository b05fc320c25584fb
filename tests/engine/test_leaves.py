"""Does each kind of leaf find its articles and count their occurrences?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.found import FieldPostings, Found
from indexer.engine.whoosh.searching.leaves import Leaves
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.query.syntax import Leaf, Phrase, Prefix, Term
from tests.engine.building import make_readers
from tests.engine.contract import article

ARTICLES = [
    article(0, title="高中学生", text="中学在义乌。中学很好。", authors=("谢小珍", "John Smith")),
    article(1, subtitle="中学", text="solar solarium 光伏产业", authors=("王小珍",)),
    article(2, text="高中学生高中学生", captions=("光伏。",)),
]


@pytest.fixture
def readers(tmp_path: Path) -> list[SegmentReader]:
    return make_readers(tmp_path, ARTICLES)


def found(readers: list[SegmentReader], leaf: Leaf) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]]:
    """What matches and what is scored: per field the frequency of each article."""
    corpus = Corpus(readers)
    result = Leaves(corpus).look_up(leaf)
    if not isinstance(result, Found):
        result = result.found([result.read([reader.number]) for reader in readers])
    return shown(result.matching), shown(result.scored)


def shown(postings: tuple[FieldPostings, ...]) -> dict[str, dict[int, int]]:
    return {each.field: dict(zip(each.articles.tolist(), each.frequencies.tolist(), strict=True)) for each in postings}


def test_a_word_of_two_characters_matches_where_it_was_never_cut(readers: list[SegmentReader]) -> None:
    matching, scored = found(readers, Term("中学"))
    assert set(matching["body"]) == {0, 2}
    assert matching["body"][0] == 2
    assert set(matching["title"]) == {0}
    assert matching["subtitle"] == {1: 1}
    assert scored == matching


def test_an_unknown_word_is_counted_by_its_characters(readers: list[SegmentReader]) -> None:
    matching, scored = found(readers, Term("中学生高"))
    assert matching == scored == {"body": {2: 1}}
    assert found(readers, Term("学"))[0]["body"] == {0: 2, 2: 2}


def test_a_phrase_is_restricted_to_its_field(readers: list[SegmentReader]) -> None:
    assert found(readers, Phrase("中学", "title"))[0] == {"title": {0: 1}}
    assert found(readers, Phrase("光伏。"))[0] == {"body": {2: 1}}


def test_a_prefix_adds_up_its_words(readers: list[SegmentReader]) -> None:
    assert found(readers, Prefix("solar"))[0] == {"body": {1: 2}}
    assert found(readers, Prefix("olar"))[0] == {}


@pytest.mark.parametrize(
    ("leaf", "articles"),
    [
        (Term("小珍", "author"), {0, 1}),
        (Phrase("谢小珍", "author"), {0}),
        (Prefix("王", "author"), {1}),
        (Term("smith", "author"), {0}),
        (Term("珍john", "author"), set()),
        (Term("王小珍谢", "author"), set()),
    ],
)
def test_authors_are_found_by_any_part_of_a_name(readers: list[SegmentReader], leaf: Leaf, articles: set[int]) -> None:
    assert set(found(readers, leaf)[0].get("author", {})) == articles


def test_a_word_that_a_segment_lacks_is_looked_for_by_its_characters(tmp_path: Path) -> None:
    readers = make_readers(
        tmp_path, [article(0, text="中学很好。")], [article(1, text="其中学生多")], [article(2, text="高")]
    )
    matching, scored = found(readers, Term("中学"))
    assert matching == {"body": {0: 1, 1: 1}}
    assert scored == {"body": {0: 1}}


def test_a_text_is_looked_for_in_the_segments_that_matter(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, [article(0, text="高中学生")], [article(1, text="中学生")])
    leaves = Leaves(Corpus(readers))
    assert shown(leaves.standing("学生", [1])) == {"body": {1: 1}}
    assert shown(leaves.standing("学生", [0, 1])) == {"body": {0: 1, 1: 1}}
    assert leaves.standing("学生", []) == ()
