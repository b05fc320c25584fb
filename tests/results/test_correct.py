"""Are words that sound alike or differ by one edit proposed, and sentences left alone?"""

from __future__ import annotations

import pytest

from indexer.query.parse import parse
from indexer.results.correct import corrections, is_sentence
from indexer.results.lexicon import Lexicon

LEXICON = Lexicon(
    [("光伏", 9), ("产业", 5), ("新能源", 5), ("电池", 4), ("perc", 3), ("义乌市", 2), ("通过", 9)],
    [],
    {"浙江/金华/义乌": 3, "重庆/重庆": 1},
)


def proposed(query: str) -> list[str]:
    node = parse(query).node
    assert node is not None
    return list(corrections(query, node, LEXICON, 8))


@pytest.mark.parametrize(
    ("query", "correction"),
    [
        ("光扶", "光伏"),
        ("光扶产业", "光伏产业"),
        ("“光扶” -风电", "“光伏” -风电"),
        ("义务市", "义乌市"),
        ("義務", "义乌"),
        ("yiwu", "义乌"),
        ("chongqing 产业", "重庆 产业"),
        ("新能原", "新能源"),
        ("新能园区", "新能源区"),
        ("伏光", "光伏"),
        ("prec", "perc"),
        ("新源能 产业", "新能源 产业"),
        ("光优", "光伏"),
        ("通威 股份", None),
        ("光伏", None),
    ],
)
def test_corrections(query: str, correction: str | None) -> None:
    assert (proposed(query) or [None])[0] == correction


def test_a_word_not_searched_for_is_not_corrected() -> None:
    assert proposed("产业 -光扶") == []


def test_a_sentence_is_told_from_words() -> None:
    for query, expected in (("光扶产业去年在义务市总共建成了多少个项目？", True), ("义务市 光扶 产业", False)):
        node = parse(query).node
        assert node is not None and is_sentence(node) == expected


def test_the_correction_is_shown_as_printed() -> None:
    node = parse("guangfu").node
    assert node is not None
    assert list(corrections("guangfu", node, LEXICON, 8, {"光伏": "光𠆿"}.__getitem__)) == ["光𠆿"]
