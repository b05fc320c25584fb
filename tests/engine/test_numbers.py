"""Do lists of article numbers meet and join as sets do, by whichever way it is done?"""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engine.whoosh.searching.numbers import meeting, members, union

SIZE = 3_000


def drawn(count: int, seed: int) -> set[int]:
    return set(random.Random(seed).sample(range(SIZE), count))


def ascending(numbers: set[int]) -> np.ndarray:
    return np.array(sorted(numbers), np.int64)


@pytest.mark.parametrize("counts", [(), (0,), (5,), (0, 0), (3, 4), (40, 900), (900, 40, 7), (2_999, 3_000)])
def test_a_union_has_each_number_once(counts: tuple[int, ...]) -> None:
    sets = [drawn(count, seed) for seed, count in enumerate(counts)]
    assert union([ascending(each) for each in sets], SIZE).tolist() == sorted(set().union(*sets))


@pytest.mark.parametrize("counts", [(0,), (1,), (60,), (2_000,), (60, 1_500), (0, 9)])
@pytest.mark.parametrize("count", [0, 1, 12, 600, 3_000])
def test_members_are_those_in_any_list(count: int, counts: tuple[int, ...]) -> None:
    asked = drawn(count, 99)
    sets = [drawn(each, seed) for seed, each in enumerate(counts)]
    numbers = ascending(asked)
    found = members(numbers, [ascending(each) for each in sets], SIZE)
    assert numbers[found].tolist() == sorted(asked & set().union(*sets))


@pytest.mark.parametrize(
    "counts", [(20, 2_000), (20, 30), (300, 2_000), (600, 2_000), (600, 3_000), (600, 600), (3_000, 9), (0, 9), (9, 0)]
)
def test_a_meeting_has_the_places_in_both(counts: tuple[int, int]) -> None:
    one, other = (ascending(drawn(count, seed)) for seed, count in enumerate(counts))
    places, at = meeting(one, other, SIZE)
    assert one[places].tolist() == other[at].tolist() == sorted(set(one.tolist()) & set(other.tolist()))
