"""Which words of a query may be missing when no article has them all?"""

from __future__ import annotations

import pytest

from indexer.query.parse import parse, relax
from indexer.query.syntax import And, Node, Not, Or, Phrase, Term, Values

A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("query", "relaxed"),
    [
        ("a b", Or((A, B))),
        ("光伏产业", Or((Term("光伏"), Term("产业")))),
        ("a b -c", And((Or((A, B)), Not(C)))),
        ("a b city:义乌", And((Or((A, B)), Values("city", ("义乌",))))),
        ("(a OR b) c", Or((A, B, C))),
        ('a "b"', And((Or((A, Phrase("b"))), Phrase("b")))),
        ("a title:b", And((Or((A, Term("b", "title"))), Term("b", "title")))),
        ("a (b OR -c) b", And((Or((A, B)), Or((B, Not(C)))))),
    ],
)
def test_words_become_optional_and_the_rest_stays(query: str, relaxed: Node) -> None:
    node = parse(query).node
    assert node is not None
    assert relax(node) == relaxed


@pytest.mark.parametrize(
    "query", ["a", "a OR b", '"a" "b"', "a -b", "a city:义乌", "-a", "title:a title:b", "？", "city:a"]
)
def test_nothing_is_relaxed_where_no_two_words_are_required(query: str) -> None:
    node = parse(query).node
    assert node is not None
    assert relax(node) is None
