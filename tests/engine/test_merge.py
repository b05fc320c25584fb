"""Is a merged segment the same, array by array, as one that was built of the same articles at once?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.files import Disk
from indexer.engine.whoosh.build import Builder
from indexer.engine.whoosh.flush import write_segment
from indexer.engine.whoosh.live import LiveSegment
from indexer.engine.whoosh.merge import merge
from indexer.models import Article

WORDS = "义乌 光伏 产业 发展 光伏产业 新能源 汽车 新能源汽车 5G R&D 40.13% 𠮷野家 龍 的 。 ， 电 力 LED".split()


def random_article(number: int, seed: int) -> Article:
    chance = random.Random(seed * 1000 + number)

    def text(most: int) -> str:
        return "".join(chance.choices(WORDS, k=chance.randrange(most)))

    return Article(
        id=f"id-{seed}-{number}",
        title=text(5) or None,
        text=text(60),
        file=f"{chance.randrange(4)}.txt",
        ordinal=number + 1,
        lines=(1, 2),
        kicker=text(3) or None,
        subtitle=text(3) or None,
        captions=tuple(text(4) for _ in range(chance.randrange(3))),
        authors=tuple(chance.sample(("谢小珍", "John Smith", "王芳"), chance.randrange(3))),
        place=chance.choice(((), ("浙江", "金华", "义乌"), ("浙江",))),
        year=chance.choice((None, 2019, 2020)),
        date=chance.choice((None, "2020-05", "2021-01-31")),
    )


def segment_of(articles: Sequence[Article], folder: Path, name: str) -> LiveSegment:
    builder = Builder(1 << 26)
    for article in articles:
        builder.add(article)
    return LiveSegment.open(folder, *write_segment(Disk(), folder, name, *builder.finish()))


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
