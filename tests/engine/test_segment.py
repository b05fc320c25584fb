"""Does a segment give back what was put in, find exactly what grep finds, and notice a single wrong bit?"""

from __future__ import annotations

import gc
import os
import random
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.analyzer import index_terms
from indexer.analysis.fold import match_text
from indexer.engine.whoosh.building.live import LiveSegment
from indexer.engine.whoosh.layout.schema import PARTS
from indexer.engine.whoosh.layout.segment import Segment
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence
from tests.engine.articles import random_article, segment_of

ARTICLES = [random_article(number, 5) for number in range(120)]


def parts_of(article: Article) -> list[str]:
    parts = [article.title, article.kicker, article.subtitle, article.text, *article.captions]
    return [match_text(part or "") for part in parts]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveSegment:
    return segment_of(ARTICLES, tmp_path_factory.mktemp("segment"))


@pytest.fixture
def segment(live: LiveSegment) -> Segment:
    return live.segment


def pairs_of(text: str) -> Iterator[tuple[int, int]]:
    units = np.frombuffer(text.encode("utf-16-le"), "<u2").astype(int).tolist()
    return pairwise(units)


def test_articles_come_back_as_they_were(segment: Segment) -> None:
    assert list(segment) == ARTICLES
    assert [segment.find(article.id) for article in ARTICLES] == list(range(len(ARTICLES)))
    assert segment.find("no such id") == -1
    assert segment.ids.read() == [article.id for article in ARTICLES]
    assert list(segment.titles) == [article.title or "" for article in ARTICLES]


@pytest.mark.parametrize(
    "article",
    [
        Article("x", None, "", "f", 1, (0, 0)),
        Article("x", "龍\ud800", "lone \udfff surrogate, U+0000 \0, \ue000 \U0010ffff", "f\n", 1, (1, 9)),
        Article(
            "x", "t", "b", "f", 1, (1, 2), extra={"a": [1, {"b": None}]}, evidence={"city": Evidence("w", "o", True)}
        ),
    ],
)
def test_odd_articles_come_back_as_they_were(article: Article, tmp_path: Path) -> None:
    assert list(segment_of([article], tmp_path).segment) == [article]


def test_every_pair_of_characters_is_found_exactly_where_it_stands(segment: Segment) -> None:
    wanted: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, article in enumerate(ARTICLES):
        for place, part in enumerate(parts_of(article)):
            for pair in pairs_of(part):
                wanted.setdefault(pair, []).append((number, min(place, len(PARTS) - 1)))
    for pair, places in wanted.items():
        positions = segment.positions(*pair)
        assert (np.diff(positions.astype(np.int64)) > 0).all()
        kinds = segment.container.view("texts.kinds")[segment.part_starts().searchsorted(positions, "right") - 1]
        assert list(zip(segment.articles_at(positions).tolist(), kinds.tolist(), strict=True)) == places
    assert len(segment.positions(ord("义"), ord("发"))) == 0
    assert len(segment.positions(ord("無"))) == 0


def test_a_character_is_found_in_every_place(segment: Segment) -> None:
    wanted = sum(part.count("电") for article in ARTICLES for part in parts_of(article))
    start, stop = segment.pair(ord("电"))
    assert stop - start == len(segment.positions(ord("电"))) == wanted


def test_postings_of_han_words_are_what_contains_them(segment: Segment) -> None:
    fields = {"title": slice(0, 1), "subtitle": slice(1, 3), "body": slice(3, None)}
    words = [word for word in segment.words if len(word) > 1 and min(word) >= "㐀"]
    assert {2, 3, 4} <= set(map(len, words))
    for word in words:
        for field, parts in fields.items():
            containing = [n for n, article in enumerate(ARTICLES) if any(word in p for p in parts_of(article)[parts])]
            found = segment.postings(field, word)
            assert (found[0].tolist() if found else []) == containing


def test_frequencies_and_lengths_are_those_of_the_words(segment: Segment) -> None:
    for number, article in enumerate(ARTICLES):
        terms = [term for part in (article.text, *article.captions) for term in index_terms(part)]
        assert segment.lengths("body")[number] == len(terms)
        for term in set(terms):
            postings = segment.postings("body", term)
            assert postings is not None
            at = int(postings[0].searchsorted(np.uint16(number)))
            assert postings[0][at] == number
            assert postings[1][at] == min(terms.count(term), 255)
    assert segment.total_length("body") == segment.lengths("body").sum()


def test_terms_are_sorted_and_found(segment: Segment) -> None:
    words = segment.words.read()
    assert words == sorted(set(words))
    assert [segment.term(word) for word in words] == list(range(len(words)))
    assert segment.term("无此词") == -1
    first, last = segment.prefix("body", "新能")
    assert words[first:last] == [word for word in words if word.startswith("新能")] != []
    assert segment.authors.read() == ["john smith", "王芳", "谢小珍"]
    assert segment.postings("author", "无此人") is None


def test_columns_hold_what_facets_and_sorting_need(segment: Segment) -> None:
    cities = segment.values("city").read()
    assert [cities[cell] for cell in segment.column("city")] == ["/".join(a.place) or "unknown" for a in ARTICLES]
    files = segment.values("file").read()
    assert [files[cell] for cell in segment.column("file")] == [a.file for a in ARTICLES]
    assert segment.column("ordinal").tolist() == [a.ordinal for a in ARTICLES]
    known = {None: 0, "2020-05": 20200500, "2021-01-31": 20210131}
    expected = [known[a.date] or (a.year or 0) * 10_000 for a in ARTICLES]
    assert segment.column("date").tolist() == expected


def test_views_are_read_only(segment: Segment) -> None:
    with pytest.raises(ValueError, match="read-only"):
        segment.lengths("body")[0] = 1


def everything(segment: Segment) -> list[object]:
    """All that a segment can tell."""
    container = segment.container
    views = [container.view(name).tobytes() for name in sorted(container._arrays)]
    return [*views, *segment, segment.units]


def test_a_single_wrong_bit_is_never_unnoticed(tmp_path: Path) -> None:
    live = segment_of(ARTICLES[:20], tmp_path)
    assert live.written is not None
    path, whole = tmp_path / "segment.seg", everything(live.segment)
    data = path.read_bytes()
    chance = random.Random(3)
    # The tail and some of the rest, for most of it is zeros between the arrays.
    places = [*range(len(data) - 300, len(data)), *chance.sample(range(len(data)), 300)]
    for place in places:
        damaged = bytearray(data)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            segment = Segment(path, live.written.size, live.entry.tail)
            assert everything(segment) == whole
            segment.verify()
        except IndexCorrupt as error:
            assert str(path) in str(error)
        else:
            pytest.fail(f"a bit of byte {place} made no difference")


@pytest.mark.parametrize("length", [0, 7, 1000, -1])
def test_a_file_cut_short_is_told(tmp_path: Path, length: int) -> None:
    live = segment_of(ARTICLES[:20], tmp_path)
    assert live.written is not None
    path = tmp_path / "segment.seg"
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(IndexCorrupt, match=str(path)):
        Segment(path, live.written.size, live.entry.tail)


def test_files_and_memory_return(live: LiveSegment, tmp_path: Path) -> None:
    other = segment_of(ARTICLES, tmp_path)
    assert other.written is not None

    def use() -> None:
        assert other.written is not None
        segment = Segment(tmp_path / "segment.seg", other.written.size, other.entry.tail)
        segment.verify()
        segment.positions(ord("光"), ord("伏"))
        segment.article(3)

    use()
    gc.disable()  # they return at once, not at some collection
    try:
        files = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        tracemalloc.start()
        use()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(50):
            use()
        assert tracemalloc.get_traced_memory()[0] - before < 20_000
        tracemalloc.stop()
        if files:
            assert len(os.listdir("/proc/self/fd")) == files
    finally:
        gc.enable()
