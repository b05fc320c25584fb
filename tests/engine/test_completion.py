"""Are Han words found wherever they stand, in the text itself and among the positions of pairs alike?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.fold import match_text
from indexer.engine.whoosh.building import completion
from indexer.engine.whoosh.building.completion import Completion, han_words, stands_in_pairs, stands_in_units
from indexer.engine.whoosh.building.live import LiveSegment
from indexer.engine.whoosh.layout.schema import ARRAYS, FIELDS, PART_FIELDS
from indexer.models import Article
from tests.engine.articles import random_article, segment_of

WORDS = sorted({"光伏", "光伏产业", "能源汽", "伏产业光", "的的", "的的的", "业光伏", "从未见", "光", "a光", "𠮷野家"})
ARTICLES = [random_article(number, 11) for number in range(50)] + [Article("x", None, "的的的的", "x", 1, (1, 1))]


def parts(article: Article) -> list[str]:
    every = [article.title, article.kicker, article.subtitle, article.text, *article.captions]
    return [match_text(part or "") for part in every]


@pytest.fixture
def live(tmp_path: Path) -> LiveSegment:
    return segment_of(ARTICLES, tmp_path)


def completed(live: LiveSegment, in_units: bool) -> dict[str, dict[str, set[int]]]:
    segment = live.segment
    table = {name: segment.container.view(name) for name in ARRAYS if name.startswith(("pairs.", "texts."))}
    text = "".join(f"{part}\0" for one in ARTICLES for part in parts(one)).encode("utf-16-le")
    stands = stands_in_units(np.frombuffer(text, "<u2")) if in_units else stands_in_pairs(table)
    found = Completion(WORDS, han_words(WORDS), table, stands).postings(0, len(WORDS))
    named: dict[str, dict[str, set[int]]] = {}
    for field, (keys, frequencies) in found.items():
        assert (np.diff(keys.astype(np.int64)) >= 0).all()
        assert not frequencies.any() and len(frequencies) == len(keys)
        for key in keys.tolist():
            named.setdefault(WORDS[key >> 16], {}).setdefault(field, set()).add(key & 0xFFFF)
    return named


def expected() -> dict[str, dict[str, set[int]]]:
    named: dict[str, dict[str, set[int]]] = {}
    for number, one in enumerate(ARTICLES):
        for place, part in enumerate(parts(one)):
            for word in WORDS:
                if word in part and len(word) > 1 and word not in ("a光", "𠮷野家"):
                    field = FIELDS[PART_FIELDS[min(place, 4)]]
                    named.setdefault(word, {}).setdefault(field, set()).add(number)
    return named


@pytest.mark.parametrize("in_units", [True, False])
def test_every_article_with_a_word_is_named(live: LiveSegment, in_units: bool) -> None:
    assert {"光伏产业", "能源汽", "伏产业光", "的的的"} <= expected().keys()
    assert completed(live, in_units) == expected()


@pytest.mark.parametrize("in_units", [True, False])
def test_many_occurrences_are_looked_at_piece_by_piece(
    live: LiveSegment, in_units: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "PIECE", 3)
    assert completed(live, in_units) == expected()


def test_words_of_one_unit_each_are_chosen() -> None:
    assert [WORDS[number] for number in han_words(WORDS)] == [
        word for word in WORDS if word not in ("光", "a光", "𠮷野家")
    ]


def test_long_runs_are_no_words_to_complete(tmp_path: Path) -> None:
    # The segmenter takes a run for one word: at each of 60,000 places 60,000 characters would have to be looked at.
    run = "二" * 60_000
    assert han_words(["二" * 8, "二" * 9, run]) == [0]
    live = segment_of([Article("x", None, run, "x", 1, (1, 1)), Article("y", None, "二二二", "y", 1, (1, 1))], tmp_path)
    found = live.segment.postings("body", "二二二")
    assert found is not None and found[0].tolist() == [0, 1]
