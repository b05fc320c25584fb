"""Made-up articles in which words, scripts and parts mix, and segments of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from indexer.engine.files import Disk
from indexer.engine.whoosh.building.build import Builder
from indexer.engine.whoosh.building.flush import write_segment
from indexer.engine.whoosh.building.live import LiveSegment
from indexer.models import Article

WORDS = "义乌 光伏 产业 发展 光伏产业 新能源 汽车 新能源汽车 5G R&D 40.13% 𠮷野家 龍 的 。 ， 电 力 LED".split()


def random_article(number: int, seed: int) -> Article:
    """Return an article that depends on its number and the seed alone."""
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


def segment_of(articles: Sequence[Article], folder: Path, name: str = "segment") -> LiveSegment:
    """Build, write and open a segment."""
    builder = Builder(1 << 26)
    for article in articles:
        assert builder.fits(article)
        builder.add(article)
    return LiveSegment.open(folder, *write_segment(Disk(), folder, name, *builder.finish()))
