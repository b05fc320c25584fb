"""Are the positions of a text all there, and in order?"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.whoosh.searching import exact
from indexer.engine.whoosh.searching.exact import units_of
from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import article, parts, random_articles, random_text


def find(reader: SegmentReader, text: str) -> np.ndarray:
    return exact.find(reader.segment, units_of(text))


def test_units_are_utf16_code_units() -> None:
    assert units_of("a光") == (97, 0x5149)
    assert units_of("𠮷") == (0xD842, 0xDFB7)


def test_every_occurrence_is_found_once_in_ascending_order(tmp_path: Path) -> None:
    articles = random_articles(80, seed=6)
    (reader,) = make_readers(tmp_path, articles)
    chance = random.Random(7)
    for _ in range(200):
        text = random_text(chance, articles)
        positions = find(reader, text).tolist()
        expected = sum(_overlapping(part, text) for one in articles for part in parts(one))
        assert len(positions) == expected, text
        assert positions == sorted(set(positions))


@pytest.mark.parametrize("text", ["", "\0", "光\0伏", "从未出现"])
def test_what_stands_nowhere_has_no_positions(tmp_path: Path, text: str) -> None:
    (reader,) = make_readers(tmp_path, [article(0, text="光伏")])
    assert not len(find(reader, text))


def test_a_frequent_character_is_found_by_marking(tmp_path: Path) -> None:
    (reader,) = make_readers(tmp_path, [article(0, text="的的了的" * 50)])
    assert len(find(reader, "的")) == 150


def _overlapping(text: str, piece: str) -> int:
    return sum(text.startswith(piece, at) for at in range(len(text)))
