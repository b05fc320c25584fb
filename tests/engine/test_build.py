"""Are articles that are cut in batches what they are when each is cut alone?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.engine.whoosh.building import build
from indexer.engine.whoosh.building.build import Builder
from indexer.engine.whoosh.layout.container import Array
from indexer.errors import WensouError
from indexer.models import Article
from tests.engine.articles import random_article

ODD = (
    "",
    " ",
    "\0",
    "光\0伏",
    "\udfff光伏",
    "基站\ud83d",
    "…光…",
    " 光 伏 ",
    "𠮷野家",
    "ﷺ",
    "的\n\n的",
    "5G\u3000",
    "x" * 99,
)


def build_at_once(articles: Sequence[Article]) -> tuple[dict[str, Array], dict[str, int]]:
    builder = Builder(1 << 26)
    for article in articles:
        assert builder.fits(article)
        builder.add(article)
    return builder.finish()


@pytest.mark.parametrize("batch", [1, 100])
def test_batches_of_any_size_give_the_same_segment(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    articles = [random_article(number, 5) for number in range(60)]
    articles += [
        Article(
            f"odd-{number}",
            odd,
            odd * 2,
            "odd.txt",
            number + 1,
            (1, 1),
            captions=(odd, ""),
            authors=(odd, "谢小珍"),
            source=odd or None,
        )
        for number, odd in enumerate(ODD)
    ]
    arrays, facts = build_at_once(articles)
    monkeypatch.setattr(build, "BATCH", batch)
    others, other_facts = build_at_once(articles)
    assert facts == other_facts
    assert arrays.keys() == others.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, others[name], name)


def test_an_article_fits_by_its_size_and_not_by_what_it_might_have() -> None:
    builder = Builder(0)
    limit, units = 1 << 16, 104
    article = Article("id", None, "光" * 100, "a.txt", 1, (1, 1))
    for _ in range(limit // units - 1):
        assert builder.fits(article)
        builder.add(article)
    assert not builder.fits(article), "its characters might have two units each"


def test_a_segment_has_room_for_its_articles_however_long_folding_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MAX_UNITS", 1 << 12)
    builder = Builder(1 << 26)
    article = Article("id", None, "ﷺ" * 20, "a.txt", 1, (1, 1))
    taken = 0
    while builder.fits(article):
        builder.add(article)
        taken += 1
    assert taken > 5
    assert len(builder.take()["units"]) <= 1 << 12


def test_an_article_that_fits_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MAX_UNITS", 1 << 12)
    for text in ("长" * (1 << 12), "ﷺ" * 300):
        with pytest.raises(WensouError, match=r"long\.txt: article 3 has over"):
            Builder(1 << 26).fits(Article("x", None, text, "long.txt", 3, (1, 1)))
    assert Builder(1 << 26).fits(Article("x", None, "长" * 4_000, "long.txt", 3, (1, 1)))
