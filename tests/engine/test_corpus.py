"""Do several segments look as one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.base import facet_values
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import random_articles


def test_articles_are_numbered_through(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(5), random_articles(3, seed=7)))
    assert (corpus.size, corpus.count, corpus.live) == (8, 8, None)
    assert corpus.join([np.array([1, 4], np.uint16), np.array([0], np.uint16)]).tolist() == [1, 4, 5]
    assert corpus.join([np.array([3], np.uint16)]).tolist() == [3]
    assert [(reader.number, number) for reader, number in corpus.places(np.array([7, 0, 4]))] == [(1, 2), (0, 0), (0, 4)]
    split = corpus.split(np.array([7, 0, 4]))
    assert [(reader.number, *map(np.ndarray.tolist, each)) for reader, *each in split] == [
        (0, [1, 2], [0, 4]),
        (1, [0], [2]),
    ]


def test_numbers_go_beyond_what_a_segment_holds(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(2), random_articles(2, seed=7), random_articles(1, seed=8)))
    corpus.bases = np.array([0, 60_000, 125_000, 190_000])
    last = np.array([64_999], np.uint16)
    assert corpus.join([last - 6_000, last, last]).tolist() == [58_999, 124_999, 189_999]


def test_columns_and_values_are_joined(tmp_path: Path) -> None:
    batches = random_articles(20), random_articles(15, seed=3)
    corpus = Corpus(make_readers(tmp_path, *batches))
    articles = [one for batch in batches for one in batch]
    cities = corpus.facet("city")
    assert [cities.texts[cell] for cell in cities.cells] == [facet_values(one)[0] for one in articles]
    assert [cities.numbers[text] for text in cities.texts] == list(range(len(cities.texts)))
    assert corpus.column("ordinal").tolist() == [one.ordinal for one in articles]


def test_deleted_articles_are_no_part_of_everything(tmp_path: Path) -> None:
    first, second = make_readers(tmp_path, random_articles(3), random_articles(2, seed=3))
    corpus = Corpus([SegmentReader(first.segment, np.array([False, True, False])), second])
    assert (corpus.size, corpus.count) == (5, 4)
    assert corpus.everything().tolist() == [0, 2, 3, 4]


def test_a_corpus_may_be_empty() -> None:
    corpus = Corpus([])
    assert (corpus.size, len(corpus.everything()), corpus.facet("city").texts) == (0, 0, [])
    assert corpus.places(np.empty(0, np.int64)) == []
