"""Does a reader know in which field a position lies, and which articles live?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.whoosh.searching.exact import find_phrase
from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import article

ARTICLES = [
    article(0, title="光", kicker="光", subtitle="光", text="光光", captions=("光", "伏光")),
    article(1, text="光"),
    article(2, title="光伏"),
]


def test_positions_are_counted_by_article_and_field(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, ARTICLES)
    places, counts = reader.locate(find_phrase(reader.segment, "光"))
    assert dict(zip(places.tolist(), counts.tolist(), strict=True)) == {0: 1, 1: 2, 2: 4, 5: 1, 6: 1}


def test_few_and_many_positions_are_located_alike(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, [article(0, title="光", text="光" * 50), article(1, text="光" * 9)])
    every = find_phrase(reader.segment, "光")
    places, counts = reader.locate(every)
    assert places.tolist() == [0, 2, 5]
    assert counts.tolist() == [1, 50, 9]
    one_by_one = [reader.locate(every[at : at + 1])[0][0] for at in range(len(every))]
    assert one_by_one == np.repeat(places, counts).tolist()
    assert reader.locate(every[:0])[0].tolist() == []


def test_deleted_articles_are_nowhere(tmp_path: Path) -> None:
    (whole,) = make_readers(tmp_path, ARTICLES)
    reader = SegmentReader(whole.segment, np.array([True, False, False]))
    assert reader.count == 2
    assert reader.everything().tolist() == [False, True, True]
    assert reader.locate(find_phrase(reader.segment, "光"))[0].tolist() == [5, 6]
    assert reader.length("title") == whole.length("title") - 1
