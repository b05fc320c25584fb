"""Is a merged segment the same, array by array, as one that was built of the same articles at once?"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.whoosh.building.build import Builder
from indexer.engine.whoosh.building.merge import merge
from indexer.engine.whoosh.building.tiers import Size, plan_merges
from indexer.models import Article
from tests.engine.articles import random_article, segment_of


@pytest.mark.parametrize("deleted_share", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("seed", range(4))
def test_merging_equals_building_at_once(tmp_path: Path, seed: int, deleted_share: float) -> None:
    chance = random.Random(seed)
    groups = [[random_article(n, seed * 10 + g) for n in range(chance.randrange(1, 60))] for g in range(4)]
    lives = [segment_of(group, tmp_path, f"part{number}") for number, group in enumerate(groups)]
    left: list[Article] = []
    for live, group in zip(lives, groups, strict=True):
        mask = np.array([chance.random() < deleted_share for _ in group])
        live.delete(mask)
        left += [article for article, gone in zip(group, mask, strict=True) if not gone]
    merged, merged_facts = merge(lives)
    builder = Builder(1 << 26)
    for article in left:
        builder.add(article)
    built, built_facts = builder.finish()
    assert merged_facts == built_facts
    assert merged.keys() == built.keys()
    for name, array in built.items():
        if name not in ("words.chain",):
            np.testing.assert_array_equal(merged[name], array, err_msg=name)


def test_articles_are_copied_a_logarithmic_number_of_times() -> None:
    sizes: list[Size] = []
    copied = 0
    for _ in range(1000):
        sizes.append(Size(1, 100, 100))
        for group in plan_merges(sizes):
            members = [sizes[place] for place in group]
            copied += sum(size.articles for size in members)
            units = sum(size.units for size in members)
            merged = Size(sum(size.articles for size in members), units, units)
            sizes = [size for place, size in enumerate(sizes) if place not in group] + [merged]
        assert len(sizes) <= 11
    assert copied <= 1000 * 10


def test_segments_do_not_outgrow_their_limits() -> None:
    large = Size(30_000, 10_000_000, 10_000_000)
    assert plan_merges([large] * 5) == []
    assert plan_merges([Size(40_000, 4, 4), Size(40_000, 4, 4)]) == []


def test_a_segment_of_deleted_articles_is_written_anew() -> None:
    assert plan_merges([Size(9, 60, 100), Size(900, 5_000, 5_100)]) == [[0]]
