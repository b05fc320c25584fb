"""Does a reader know where fields begin, and which articles live?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import article

ARTICLES = [
    article(0, title="光", kicker="光", subtitle="光", text="光光", captions=("光", "伏光")),
    article(1, text="光"),
    article(2, title="光伏"),
]


def test_each_position_lies_in_a_field_of_an_article(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, ARTICLES[:2])
    # title, kicker, subtitle, body and captions, each followed by a separator
    fields = [0] * 2 + [1] * 4 + [2] * 8 + [3, 4, 4] + [5] * 2
    every = np.arange(len(fields), dtype=np.uint32)
    assert reader.places(every).tolist() == fields
    assert [reader.places(every[at : at + 1]).item() for at in range(len(fields))] == fields


def test_articles_without_titles_are_bodies_alone(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, [article(0, text="光", title=None), article(1, text="光", title=None)])
    assert [reader.places(np.array([at], np.uint32)).item() for at in (3, 8)] == [2, 5]


def test_deleted_articles_are_nowhere(tmp_path: Path) -> None:
    (whole,) = make_readers(tmp_path, ARTICLES)
    reader = SegmentReader(whole.segment, np.array([True, False, False]))
    assert reader.count == 2
    assert reader.everything().tolist() == [False, True, True]
    assert reader.length("title") == whole.length("title") - 1
