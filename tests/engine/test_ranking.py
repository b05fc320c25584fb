"""Are the best few the first of a full sort?"""

from __future__ import annotations

import random

import numpy as np

from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.ranking import MatchList, best, ordered, select
from tests.engine.building import make_readers
from tests.engine.contract import article


def keys(*columns: list[float]) -> list:
    return [np.array(column).__getitem__ for column in columns]


def test_the_best_are_the_first_of_a_full_sort() -> None:
    chance = random.Random(1)
    for _ in range(200):
        count = chance.randint(0, 40)
        rows = [(chance.randint(0, 3), chance.randint(0, 3), number) for number in range(count)]
        columns = keys(*map(list, zip(*rows, strict=True))) if rows else keys([], [], [])
        expected = sorted(range(count), key=lambda number: rows[number], reverse=True)
        for limit in (0, 1, 5, 40, 100):
            assert best(count, columns, limit).tolist() == expected[:limit]
            assert sorted(select(count, columns, limit).tolist()) == sorted(expected[:limit])


def test_a_later_key_is_asked_only_where_there_are_ties() -> None:
    def never(_: object) -> np.ndarray:
        raise AssertionError("there is no tie")

    scores = keys([1.0, 3.0, 2.0])
    assert best(3, [*scores, never], 2).tolist() == [1, 2]
    assert ordered(np.array([0, 1, 2]), [*scores, never]).tolist() == [1, 2, 0]


def test_ties_end_at_the_ids_of_any_length(tmp_path) -> None:
    names = ["b", "a", "aa", "a-long-identifier-2", "a-long-identifier-1", "漢", "汉"]
    articles = [article(number, text="x", id=name) for number, name in enumerate(names)]
    (reader,) = make_readers(tmp_path, articles)
    matches = MatchList(Corpus([reader]), np.arange(len(names)), None)
    order = best(len(names), matches.keys("relevance"), len(names))
    assert [names[number] for number in order] == sorted(names, key=str.encode)


def test_the_best_of_many_are_the_first_of_a_full_sort() -> None:
    chance = np.random.default_rng(4)
    for count in (4_001, 5_000, 20_011):
        for scores in (chance.random(count), chance.integers(0, 5, count).astype(float), np.zeros(count)):
            columns = [scores.__getitem__, np.arange(count).__getitem__]
            expected = np.lexsort((np.arange(count), scores))[::-1]
            for limit in (1, 10, 300, 2_000):
                assert best(count, columns, limit).tolist() == expected[:limit].tolist()
