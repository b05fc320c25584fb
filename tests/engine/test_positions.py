"""Are the positions of all segments numbered through, and does each lie in its field?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.whoosh.searching.positions import Positions
from tests.engine.building import make_readers
from tests.engine.contract import article, parts, random_articles

FULL = article(0, title="光", kicker="光", subtitle="光", text="光光", captions=("光", "伏光"))
BODY = article(1, text="光", title=None)
SEGMENT = 1 << 24


def placed(positions: Positions, some: np.ndarray) -> dict[int, int]:
    places, counts = positions.places(some)
    assert places.tolist() == sorted(places.tolist())
    return dict(zip(places.tolist(), counts.tolist(), strict=True))


def test_each_position_lies_in_a_field_of_an_article(tmp_path: Path) -> None:
    positions = Positions(make_readers(tmp_path, [FULL, BODY]))
    # title, kicker, subtitle, body and captions, each followed by a separator
    fields = [0] * 2 + [1] * 4 + [2] * 8 + [3, 4, 4] + [5] * 2
    every = np.arange(len(fields), dtype=np.uint32)
    assert placed(positions, every) == Counter(fields)
    assert [placed(positions, every[at : at + 1]) for at in range(len(fields))] == [{field: 1} for field in fields]


def test_places_go_through_all_segments(tmp_path: Path) -> None:
    positions = Positions(make_readers(tmp_path, [FULL], [BODY, FULL], [BODY]))
    some = np.array([0, SEGMENT + 3, SEGMENT + 5, 2 * SEGMENT + 3], np.uint32)
    assert placed(positions, some) == {0: 1, 5: 1, 6: 1, 11: 1}
    assert positions.starts[:-1].tolist() == [0, SEGMENT, SEGMENT + 5, 2 * SEGMENT]


def test_articles_without_titles_are_bodies_alone(tmp_path: Path) -> None:
    positions = Positions(make_readers(tmp_path, [BODY], [BODY]))
    assert placed(positions, np.array([3, SEGMENT + 3], np.uint32)) == {2: 1, 5: 1}


@pytest.mark.parametrize(("copies", "width"), [(3, 4), (256, 4), (257, 8)])
def test_as_many_segments_as_there_are_fit(tmp_path: Path, copies: int, width: int) -> None:
    positions = Positions(make_readers(tmp_path, [BODY, article(0, text="光伏", title=None)]) * copies)
    found = positions.at(positions.ranges(ord("光"), ord("伏")), range(copies))
    assert found.dtype.itemsize == width
    assert found.tolist() == [number * SEGMENT + 8 for number in range(copies)]
    assert placed(positions, found) == {6 * number + 5: 1 for number in range(copies)}
    assert positions.starts.searchsorted(found).tolist() == [2 * number + 2 for number in range(copies)]
    assert positions.of_unit(ord("伏"), range(copies)).tolist() == [each + 1 for each in found.tolist()]


def test_a_pair_is_read_where_it_stands(tmp_path: Path) -> None:
    articles = random_articles(40, seed=4)
    positions = Positions(make_readers(tmp_path, articles[:15], articles[15:18], articles[18:]))
    text = next(part for part in parts(articles[16]) if len(part) > 1)
    ranges = positions.ranges(ord(text[0]), ord(text[1]))
    each = [positions.at(ranges, [number]).tolist() for number in range(3)]
    assert each[1]
    assert positions.at(ranges, range(3)).tolist() == [*each[0], *each[1], *each[2]]
    assert positions.ranges(ord(text[0]), ord(text[1]), [1]).keys() == {1}


def test_there_may_be_no_segment() -> None:
    positions = Positions([])
    assert (positions.units, len(positions.starts), positions.ranges(1, 2)) == (0, 1, {})
    assert not len(positions.at({}, []))
