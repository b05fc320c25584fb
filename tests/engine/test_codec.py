"""Do Whoosh's own searcher, queries and scorer give on our index what we give?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from whoosh import collectors, qparser, query, scoring, searching

from indexer.engine.base import Request
from indexer.engine.whoosh.codec import open_reader, schema
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.engine.whoosh.searching.scoring import BM25F_ALONE
from indexer.engine.whoosh.searching.searcher import Searcher
from indexer.engine.whoosh.searching.vocabulary import most_frequent
from indexer.query.syntax import And, Or, Term
from tests.engine.building import make_readers
from tests.engine.contract import random_articles


@pytest.fixture
def readers(tmp_path: Path) -> list[SegmentReader]:
    articles = random_articles(300, seed=4)
    return make_readers(tmp_path, articles[:180], articles[180:270], articles[270:])


@pytest.fixture
def stock(readers: Sequence[SegmentReader]) -> searching.Searcher:
    return searching.Searcher(open_reader(readers), weighting=scoring.BM25F(B=BM25F_ALONE.b, K1=BM25F_ALONE.k1))


def test_whoosh_scores_300_random_queries_as_we_do(readers: Sequence[SegmentReader], stock: searching.Searcher) -> None:
    ours, chance = Searcher(readers, BM25F_ALONE), random.Random(5)
    words = [word for word, _ in most_frequent(readers, 500)]
    for _ in range(300):
        chosen = chance.sample(words, chance.randint(1, 3))
        both, theirs = chance.choice(((And, query.And), (Or, query.Or)))
        found = ours.search(Request(both(tuple(map(Term, chosen))))).hits
        terms = [query.Or([query.Term(field, word) for field in WORD_FIELDS]) for word in chosen]
        expected = best_ten(stock, theirs(terms))
        assert [score for _, score in found] == pytest.approx([hit.score for hit in expected]), chosen
        # Among equal scores the tenth place is anybody's.
        least = found[-1][1] + 1e-9 if found else 0.0
        assert {one.id for one, score in found if score > least} == {hit["id"] for hit in expected if hit.score > least}


def best_ten(stock: searching.Searcher, asked: query.Query) -> searching.Results:
    """Search without pruning: Whoosh takes the best part of an Or for all of it there, and loses articles."""
    collector = collectors.TopCollector(10, usequality=False, replace=0)
    stock.search_with_collector(asked, collector)
    return collector.results()


def test_whoosh_counts_as_we_do(readers: Sequence[SegmentReader], stock: searching.Searcher) -> None:
    ours = Searcher(readers, BM25F_ALONE)
    for word, _ in most_frequent(readers, 50):
        matches = stock.search(query.Or([query.Term(field, word) for field in WORD_FIELDS]), limit=None)
        assert len(matches) == ours.search(Request(Term(word))).total


def test_whoosh_expands_prefixes_and_walks_over_terms(stock: searching.Searcher) -> None:
    reader = stock.reader()
    assert {term.decode() for term in reader.expand_prefix("body", "光")} == {
        term.decode() for term in reader.lexicon("body") if term.decode().startswith("光")
    }
    assert ("author", "谢小珍".encode()) in set(reader.all_terms())
    assert ("body", "没有这词") not in reader
    info = reader.term_info("body", "光伏")
    assert info.doc_frequency() == reader.doc_frequency("body", "光伏") <= info.weight()
    assert len(stock.search(query.Prefix("body", "光"), limit=None)) == len(
        stock.search(query.Or([query.Term("body", term) for term in reader.expand_prefix("body", "光")]), limit=None)
    )
    assert len(stock.search(query.FuzzyTerm("body", "lee"), limit=None)) == len(
        stock.search(query.Term("body", "led"), limit=None)
    )


def test_whoosh_parses_queries_with_our_analysis(stock: searching.Searcher) -> None:
    parsed = qparser.QueryParser("body", schema()).parse("新能源 AND 5Ｇ")
    assert {text for _, text in parsed.iter_all_terms()} == {"新能源", "5g"}
    assert len(stock.search(parsed, limit=None)) > 0


def test_whoosh_reads_stored_fields_and_everything(stock: searching.Searcher) -> None:
    everything = stock.search(query.Every(), limit=None)
    assert len(everything) == 300
    assert {"id", "body", "author"} <= set(everything[0].fields())


def test_whoosh_leaves_deleted_articles_out(tmp_path: Path) -> None:
    import numpy as np

    (whole,) = make_readers(tmp_path, random_articles(50, seed=4))
    deleted = np.arange(50) % 2 == 0
    stock = searching.Searcher(open_reader([SegmentReader(whole.segment, deleted)]))
    found = stock.search(query.Every(), limit=None)
    assert {hit["id"] for hit in found} == {f"id-{number:03}" for number in range(1, 50, 2)}
    assert all(hit.docnum % 2 for hit in stock.search(query.Term("body", "光伏"), limit=None))
