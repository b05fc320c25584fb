"""Are words counted by their articles, over fields and segments?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.engine.whoosh.searching.vocabulary import frequencies, most_frequent
from tests.engine.building import make_readers
from tests.engine.contract import article

FIRST = [article(0, title="光伏", text="光伏 汽车 光伏"), article(1, title="光伏", text="汽车")]
SECOND = [article(2, subtitle="光伏", text="汽车 led"), article(3, captions=("光伏",), text="的")]


def test_an_article_counts_once_however_many_fields_have_the_word(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, FIRST, SECOND)
    assert frequencies(readers, ["光伏", "汽车", "led", "没有", "光伏"]) == {"光伏": 4, "汽车": 3, "led": 1, "没有": 0}


def test_the_most_frequent_come_first_and_single_characters_not_at_all(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, FIRST, SECOND)
    assert most_frequent(readers, 2) == [("光伏", 4), ("汽车", 3)]
    assert most_frequent(readers, 10) == [("光伏", 4), ("汽车", 3), ("led", 1)]


def test_deleted_articles_do_not_count(tmp_path: Path) -> None:
    (whole,) = make_readers(tmp_path, FIRST)
    reader = SegmentReader(whole.segment, np.array([True, False]))
    assert frequencies([reader], ["光伏", "汽车"]) == {"光伏": 1, "汽车": 1}
