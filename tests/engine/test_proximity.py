"""Do neighbouring characters of the query lift the articles in which they are neighbours?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.proximity import proximity, query_pairs
from indexer.engine.whoosh.searching.scoring import DEFAULT
from tests.engine.building import make_readers
from tests.engine.contract import article


def pairs(whole: str, *words: str) -> list[str]:
    return [chr(first) + chr(second) for first, second in query_pairs(whole, words)]


def test_pairs_hold_han_characters_and_no_punctuation() -> None:
    assert pairs("义乌光伏") == ["义乌", "乌光", "光伏"]
    assert pairs("义乌、光伏 5g网") == ["义乌", "光伏", "g网"]
    assert pairs("solar") == []
    assert pairs("好好好") == ["好好"]
    assert pairs("𠮷野家") == ["野家"]


def test_words_of_the_query_are_no_evidence_of_their_own() -> None:
    assert pairs("义乌光伏", "义乌", "光伏") == ["乌光"]


def test_what_every_match_contains_tells_no_match_from_another() -> None:
    found = query_pairs("杭州湾大桥", ("杭州湾", "大桥"), required=["杭州湾"])
    assert [chr(first) + chr(second) for first, second in found] == ["湾大"]


def test_long_queries_are_bounded() -> None:
    assert len(pairs("".join(map(chr, range(0x4E00, 0x4F00))))) == 64


def test_an_article_gains_by_every_pair_and_more_by_rare_ones(tmp_path: Path) -> None:
    filling = "常见" * 30
    articles = [article(0, text="义乌" + filling), article(1, text="义和乌" + filling), article(2, text="义乌义乌")]
    readers = make_readers(tmp_path, articles[:2], articles[2:])
    corpus, candidates = Corpus(readers), np.array([0, 1, 2])
    once, never, twice = proximity(query_pairs("义乌", ()), corpus, candidates, DEFAULT)[0]
    assert twice > once > never == 0
    common, *_ = proximity(query_pairs("常见", ()), corpus, candidates, DEFAULT)[0]
    assert common > 0
    per_occurrence = common / (30 / (30 + DEFAULT.k1))
    assert once / (1 / (1 + DEFAULT.k1)) > per_occurrence
