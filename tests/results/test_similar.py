"""Are an article's strongest terms those that tell it from others?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from indexer.models import Article
from indexer.query.syntax import Or, Term
from indexer.results.similar import characteristic


def frequencies(terms: Iterable[str]) -> Mapping[str, int]:
    counts = {"光伏": 3, "产业": 50, "记者": 100, "义乌": 5}
    return {term: counts.get(term, 1) for term in terms}


def test_rare_terms_weigh_most_and_those_of_this_article_alone_are_left_out() -> None:
    article = Article("1", "义乌光伏", "记者报道，光伏产业在义乌，独特词汇。", "a.txt", 1, (1, 1))
    node, boosts = characteristic(article, frequencies, 100)
    assert isinstance(node, Or)
    assert node.parts[:2] == (Term("光伏"), Term("义乌")) and set(boosts) == {"光伏", "义乌", "产业", "记者"}
    assert boosts["光伏"] > boosts["义乌"] > boosts["产业"] > boosts["记者"]
    assert sum(boosts.values()) / len(boosts) == pytest.approx(1.0)


def test_an_article_without_words_is_like_nothing() -> None:
    assert characteristic(Article("1", None, "……", "a.txt", 1, (1, 1)), frequencies, 1) == (Or(()), {})
