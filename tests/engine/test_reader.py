"""Does a reader know which articles live?"""

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


def test_deleted_articles_are_nowhere(tmp_path: Path) -> None:
    (whole,) = make_readers(tmp_path, ARTICLES)
    reader = SegmentReader(whole.segment, np.array([True, False, False]))
    assert reader.count == 2
    assert reader.everything().tolist() == [False, True, True]
    assert reader.length("title") == whole.length("title") - 1
