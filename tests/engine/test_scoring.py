"""Are scores those of BM25F, worked out by hand?"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from indexer.engine.base import Request
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.scoring import BM25F_ALONE, DEFAULT, Ranking, Scorer
from indexer.engine.whoosh.searching.searcher import Searcher
from indexer.query.syntax import And, Or, Term
from tests.engine.building import make_readers
from tests.engine.contract import article

BATCHES = (
    [article(0, title="光伏", text="光伏 汽车 光伏"), article(1, text="汽车 能源 中国 国家")],
    [article(2, text="光伏 能源")],
)


def by_hand(frequency: int, length: int, average: float, having: int, articles: int = 3) -> float:
    """BM25 as Robertson and Whoosh write it."""
    idf = math.log(articles / (having + 1)) + 1
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average))


def test_fields_are_scored_apart_over_all_segments(tmp_path: Path) -> None:
    engine = Searcher(make_readers(tmp_path, *BATCHES), BM25F_ALONE)
    scores = {one.id: score for one, score in engine.search(Request(Term("光伏"))).hits}
    in_title = by_hand(1, 1, 1 / 3, having=1)
    assert scores["id-000"] == pytest.approx(in_title + by_hand(2, 3, 9 / 3, having=2))
    assert scores["id-002"] == pytest.approx(by_hand(1, 2, 9 / 3, having=2))


def test_boosts_weigh_fields_and_terms(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, *BATCHES)
    plain = Searcher(readers, BM25F_ALONE)
    titles = Searcher(readers, Ranking(boosts={"title": 3.0}, contained=0, proximity=0, contiguous=0))
    request = Request(Term("光伏", "title"))
    assert titles.search(request).hits[0][1] == pytest.approx(3 * plain.search(request).hits[0][1])
    words = Or((Term("光伏"), Term("能源")))
    once = dict(_scores(plain, Request(words)))
    twice = dict(_scores(plain, Request(words, boosts={"能源": 2.0})))
    assert twice["id-001"] == pytest.approx(2 * once["id-001"])
    assert twice["id-000"] == pytest.approx(once["id-000"])


def test_few_matches_of_frequent_words_score_as_many_do(tmp_path: Path) -> None:
    common = [article(number, text="光伏 " * (number % 5 + 1) + "汽车") for number in range(200)]
    rare = [article(200, text="光伏 光伏 义乌"), article(201, text="光伏 义乌 汽车 汽车")]
    engine = Searcher(make_readers(tmp_path, common + rare), BM25F_ALONE)
    every = dict(_scores(engine, Request(Or((Term("光伏"), Term("义乌"))), limit=300)))
    few = dict(_scores(engine, Request(And((Term("光伏"), Term("义乌"))))))
    assert few == pytest.approx({key: every[key] for key in ("id-200", "id-201")})


def test_no_score_is_ever_negative(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, [article(number, text="光伏") for number in range(9)])
    assert Scorer(Corpus(readers), DEFAULT).idf(9) > 0
    assert all(score > 0 for _, score in _scores(Searcher(readers), Request(Term("光伏"))))


def _scores(engine: Searcher, request: Request) -> list[tuple[str, float]]:
    return [(one.id, score) for one, score in engine.search(request).hits]
