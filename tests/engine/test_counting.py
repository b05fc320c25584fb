"""Are facet values counted exactly, whichever way it is done?"""

from __future__ import annotations

from collections import Counter as Counted
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.base import facet_values
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.counting import Counter, value_mask
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.models import FACETS
from tests.engine.building import make_readers
from tests.engine.contract import article, random_articles


def test_some_and_all_articles_are_counted_alike(tmp_path: Path) -> None:
    articles = random_articles(50)
    readers = make_readers(tmp_path, articles[:30], articles[30:])
    counter = Counter(Corpus(readers))
    for every in (1, 3):
        numbers = np.array([*range(0, 30, every), *range(30, 50, every)])
        chosen = [*articles[:30:every], *articles[30::every]]
        for place, facet in enumerate(FACETS):
            assert counter.count(facet, numbers) == Counted(facet_values(one)[place] for one in chosen)


@pytest.mark.parametrize("step", [1, 2, 3, 40])
def test_many_articles_are_counted_for_all_facets_as_for_each(tmp_path: Path, step: int) -> None:
    articles = random_articles(9_000)
    counter = Counter(Corpus(make_readers(tmp_path, articles[:5_000], articles[5_000:])))
    counter.combine()
    numbers = np.arange(0, 9_000, step)
    chosen = articles[::step]
    expected = {name: Counted(facet_values(one)[place] for one in chosen) for place, name in enumerate(FACETS)}
    assert counter.counts(dict.fromkeys(FACETS, numbers)) == expected
    filtered = counter.counts({"city": numbers, "year": numbers[::2], "source": numbers})
    assert filtered == expected | {"year": Counted(facet_values(one)[1] for one in chosen[::2])}


def test_without_articles_there_are_no_combinations(tmp_path: Path) -> None:
    counter = Counter(Corpus([]))
    counter.combine()
    assert counter.counts(dict.fromkeys(FACETS, np.empty(0, np.int64))) == {name: {} for name in FACETS}


def test_a_facet_of_one_value_counts_what_there_is(tmp_path: Path) -> None:
    counter = Counter(Corpus(make_readers(tmp_path, [article(number, source="甲") for number in range(3)])))
    assert counter.count("source", np.array([0, 2])) == {"甲": 2}
    assert counter.count("source", np.empty(0, np.int64)) == {}


def test_segments_that_were_not_reached_count_nothing(tmp_path: Path) -> None:
    articles = random_articles(20)
    counter = Counter(Corpus(make_readers(tmp_path, articles[:10], articles[10:])))
    found = counter.count("city", np.arange(10))
    assert found == Counted(facet_values(one)[0] for one in articles[:10])


def test_masks_hold_for_few_and_many_values_and_leave_deleted_articles_out(tmp_path: Path) -> None:
    articles = random_articles(40)
    (whole,) = make_readers(tmp_path, articles)
    deleted = np.arange(40) < 5
    reader = SegmentReader(whole.segment, deleted)
    every = sorted({facet_values(one)[0] for one in articles})
    for values in ([], every[:1], every, [*every, "没有"], [*every, *map(str, range(9))]):
        expected = [facet_values(one)[0] in values and number >= 5 for number, one in enumerate(articles)]
        assert value_mask(Corpus([reader]), "city", values).tolist() == expected
