"""Are the positions of a text all there, and in order?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.whoosh.searching import exact
from indexer.engine.whoosh.searching.exact import units_of
from indexer.engine.whoosh.searching.positions import Positions
from indexer.engine.whoosh.searching.reader import SegmentReader
from tests.engine.building import make_readers
from tests.engine.contract import article, parts, random_articles, random_text


def find(readers: Sequence[SegmentReader], text: str) -> np.ndarray:
    return exact.find(Positions(readers), units_of(text), range(len(readers)))


def test_units_are_utf16_code_units() -> None:
    assert units_of("a光") == (97, 0x5149)
    assert units_of("𠮷") == (0xD842, 0xDFB7)


def test_every_occurrence_is_found_once_in_ascending_order(tmp_path: Path) -> None:
    articles = random_articles(80, seed=6)
    readers = make_readers(tmp_path, articles[:50], articles[50:60], articles[60:])
    chance = random.Random(7)
    for _ in range(200):
        text = random_text(chance, articles)
        positions = find(readers, text).tolist()
        expected = sum(_overlapping(part, text) for one in articles for part in parts(one))
        assert len(positions) == expected, text
        assert positions == sorted(set(positions))


@pytest.mark.parametrize("text", ["", "\0", "光\0伏", "伏\0", "从未出现"])
def test_what_stands_nowhere_has_no_positions(tmp_path: Path, text: str) -> None:
    readers = make_readers(tmp_path, [article(0, text="光伏")])
    assert not len(find(readers, text))


def test_a_text_does_not_begin_in_one_segment_and_end_in_the_next(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, [article(0, text="光"), article(1, text="光")], [article(2, text="伏光伏")])
    assert len(find(readers, "光伏")) == 1
    assert not len(find(readers, "光伏光"))


def test_the_segments_in_which_a_text_may_stand_are_told(tmp_path: Path) -> None:
    texts = ["光伏产业", "光伏", "产业光伏", "伏产"]
    positions = Positions(make_readers(tmp_path, *([article(n, text=text)] for n, text in enumerate(texts))))
    assert list(exact.having(positions, "光伏", range(4))) == [0, 1, 2]
    assert list(exact.having(positions, "光伏产", [1, 2, 3])) == []
    assert list(exact.having(positions, "光伏产", [0, 2])) == [0]


def test_only_the_segments_asked_for_are_looked_through(tmp_path: Path) -> None:
    positions = Positions(make_readers(tmp_path, [article(0, text="光伏")], [article(1, text="光伏业")]))
    both = exact.find(positions, units_of("光伏"), [0, 1]).tolist()
    assert [exact.find(positions, units_of("光伏"), [number]).tolist() for number in (0, 1)] == [both[:1], both[1:]]
    assert exact.find(positions, units_of("光"), [1]).tolist() == both[1:]
    assert not len(exact.find(positions, units_of("光伏"), []))


def test_a_single_character_is_found_in_ascending_order(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, [article(0, text="的的了的" * 50)])
    found = find(readers, "的").tolist()
    assert len(found) == 150
    assert found == sorted(found)


def _overlapping(text: str, piece: str) -> int:
    return sum(text.startswith(piece, at) for at in range(len(text)))
