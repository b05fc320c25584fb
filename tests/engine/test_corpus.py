"""Do several segments look as one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.base import facet_values
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.exact import find, units_of
from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import article, random_articles

PLACED = [
    article(0, title="光", kicker="光", subtitle="光", text="光光", captions=("光", "伏光")),
    article(1, text="光"),
    article(2, title="光伏"),
]


def test_articles_are_numbered_through(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(5), random_articles(3, seed=7)))
    assert (corpus.size, corpus.count, corpus.live) == (8, 8, None)
    assert corpus.join([np.array([1, 4], np.uint16), np.array([0], np.uint16)]).tolist() == [1, 4, 5]
    assert corpus.join([np.array([3], np.uint16)]).tolist() == [3]
    assert [(reader.number, number) for reader, number in corpus.owners(np.array([7, 0, 4]))] == [
        (1, 2),
        (0, 0),
        (0, 4),
    ]


def test_ascending_numbers_are_sliced_by_segments(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(5), random_articles(3, seed=7), random_articles(2, seed=8)))
    slices = corpus.slices(np.array([0, 4, 8, 9]))
    assert [(reader.number, part, inside.tolist()) for reader, part, inside in slices] == [
        (0, slice(0, 2), [0, 4]),
        (2, slice(2, 4), [0, 1]),
    ]


def test_the_segments_of_ascending_numbers_are_told(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(5), random_articles(3, seed=7), random_articles(2, seed=8)))
    assert corpus.segments_of(np.array([0, 4, 8, 9])) == [0, 2]
    assert corpus.segments_of(np.empty(0, np.int64)) == []


def test_numbers_go_beyond_what_a_segment_holds(tmp_path: Path) -> None:
    corpus = Corpus(make_readers(tmp_path, random_articles(2)) * 40_000)
    last = np.array([1], np.uint16)
    assert corpus.join([last] * 40_000)[[0, 39_999]].tolist() == [1, 79_999]


def test_columns_and_values_are_joined(tmp_path: Path) -> None:
    batches = random_articles(20), random_articles(15, seed=3)
    corpus = Corpus(make_readers(tmp_path, *batches))
    articles = [one for batch in batches for one in batch]
    cities = corpus.facet("city")
    assert [cities.texts[cell] for cell in cities.cells] == [facet_values(one)[0] for one in articles]
    assert [cities.numbers[text] for text in cities.texts] == list(range(len(cities.texts)))
    assert corpus.column("ordinal").tolist() == [one.ordinal for one in articles]


def located(corpus: Corpus, text: str) -> dict[int, int]:
    places, counts = corpus.locate(find(corpus.positions, units_of(text), range(len(corpus.readers))))
    return dict(zip(places.tolist(), counts.tolist(), strict=True))


def test_positions_are_counted_by_article_and_field(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, PLACED, [article(3, text="伏", captions=("光",))])
    assert located(Corpus(readers), "光") == {0: 1, 1: 2, 2: 4, 5: 1, 6: 1, 11: 1}


def test_few_and_many_positions_are_located_alike(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, [article(0, title="光", text="光" * 50), article(1, text="光" * 9)])
    corpus = Corpus([reader])
    every = corpus.positions.of_unit(ord("光"), [0])
    assert located(corpus, "光") == {0: 1, 2: 50, 5: 9}
    one_by_one = [corpus.locate(every[at : at + 1])[0].item() for at in range(len(every))]
    assert one_by_one == [0] + [2] * 50 + [5] * 9
    assert corpus.locate(every[:0])[0].tolist() == []


def test_positions_in_deleted_articles_are_nowhere(tmp_path: Path) -> None:
    (whole,) = make_readers(tmp_path, PLACED)
    assert located(Corpus([SegmentReader(whole.segment, np.array([True, False, False]))]), "光") == {5: 1, 6: 1}


def test_deleted_articles_are_no_part_of_everything(tmp_path: Path) -> None:
    first, second = make_readers(tmp_path, random_articles(3), random_articles(2, seed=3))
    corpus = Corpus([SegmentReader(first.segment, np.array([False, True, False])), second])
    assert (corpus.size, corpus.count) == (5, 4)
    assert corpus.everything().tolist() == [0, 2, 3, 4]


def test_a_corpus_may_be_empty() -> None:
    corpus = Corpus([])
    assert (corpus.size, len(corpus.everything()), corpus.facet("city").texts) == (0, 0, [])
    assert corpus.owners(np.empty(0, np.int64)) == []
