"""Does the embedded engine keep the contract, and what it promises beyond?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from indexer.engine.base import Engine, Request
from indexer.engine.whoosh import open_engine
from indexer.engine.whoosh.searching import searcher
from indexer.engine.whoosh.searching.searcher import Searcher
from indexer.models import Article
from indexer.query.syntax import And, Not, Or, Phrase, Prefix, Term
from tests.engine.building import make_readers, write
from tests.engine.contract import EngineContract, Open, article, ids, random_articles
from tests.engine.memory import MemoryEngine


class TestMemoryEngine(EngineContract):
    """The reference keeps the contract, too."""

    @pytest.fixture
    def open(self) -> Open:
        return lambda batches: MemoryEngine([one for batch in batches for one in batch])


class TestWhooshEngine(EngineContract):
    @pytest.fixture
    def open(self, tmp_path: Path) -> Open:
        numbers = count()

        def open_batches(batches: Sequence[Sequence[Article]]) -> Engine:
            index = tmp_path / str(next(numbers))
            for batch in batches or [[]]:
                write(index, batch)
            return open_engine(index)

        return open_batches


def test_removed_and_changed_articles_leave_no_trace_in_results_or_scores(tmp_path: Path) -> None:
    articles = random_articles(60)
    write(tmp_path / "grown", [article(7, text="光伏旧文", file="1.txt"), *random_articles(20, seed=9)])
    write(tmp_path / "grown", articles[:40], removed=[f"{number}.txt" for number in range(5)])
    write(tmp_path / "grown", articles[40:])
    write(tmp_path / "fresh", articles)
    grown, fresh = open_engine(tmp_path / "grown"), open_engine(tmp_path / "fresh")
    for query in (
        None,
        Term("光伏"),
        Term("学生"),
        Phrase("的"),
        Prefix("光"),
        Not(Term("中国")),
        Term("小珍", "author"),
    ):
        request = Request(query, limit=100, whole="光伏产业")
        ours, theirs = grown.search(request), fresh.search(request)
        assert ids(ours) == ids(theirs)
        assert [score for _, score in ours.hits] == pytest.approx([score for _, score in theirs.hits])
        assert ours.counts == theirs.counts
    assert grown.values("city") == fresh.values("city")
    assert grown.frequencies(["光伏"]) == fresh.frequencies(["光伏"])
    assert list(grown.iterate()) == list(fresh.iterate())


def test_a_word_only_contained_ranks_below_every_true_one(tmp_path: Path) -> None:
    contained = article(0, text="光大家好光大家好")
    true = article(1, text="大家好" + "很长的正文说的是别的事情" * 200)
    engine = Searcher(make_readers(tmp_path, [contained, true]))
    matches = engine.search(Request(Term("大家")))
    assert matches.total == 2
    assert all(score > 0 for _, score in matches.hits)


def test_close_words_come_before_distant_ones(tmp_path: Path) -> None:
    filling = "别的正文在此。" * 20
    distant = article(0, text=f"杭州{filling}湾{filling}大桥{filling}")
    close = article(1, text=f"{filling}{filling}{filling}杭州的湾，杭州湾大桥")
    engine = Searcher(make_readers(tmp_path, [distant, close]))
    request = Request(Or((Term("杭州"), Term("湾"), Term("大桥"))), whole="杭州湾大桥在何处")
    assert ids(engine.search(request)) == ["id-001", "id-000"]


def test_what_was_found_in_time_is_returned_as_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = make_readers(tmp_path, [article(0, text="光伏产业")], [article(1, text="光伏产业")])
    ticks = iter(range(100))
    monkeypatch.setattr(searcher, "_now", lambda: float(next(ticks)))
    monkeypatch.setattr(searcher, "_AT_ONCE", 1)
    query = And((Term("光伏"), Not(Term("义乌"))))
    matches = Searcher(readers).search(Request(query, budget_ms=1500))
    assert matches.incomplete
    assert ids(matches) == ["id-000"]
    assert not Searcher(readers).search(Request(query)).incomplete


def test_the_more_is_looked_for_the_fewer_segments_are_read_at_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = make_readers(tmp_path, *([article(number, text="光伏产业")] for number in range(4)))
    monkeypatch.setattr(searcher, "_AT_ONCE", 4 * readers[0].segment.units)
    for phrases, in_time in ((("光",), 4), (("光", "伏"), 2), (("光", "伏", "产", "业"), 1)):
        ticks = iter(range(100))
        monkeypatch.setattr(searcher, "_now", lambda ticks=ticks: float(next(ticks)))
        budget = 1000 * len(phrases) + 500
        matches = Searcher(readers).search(Request(Or(tuple(map(Phrase, phrases))), budget_ms=budget))
        assert (matches.total, matches.incomplete) == (in_time, in_time < 4)


def test_what_is_known_from_before_changes_no_answer(tmp_path: Path) -> None:
    readers = make_readers(tmp_path, random_articles(30), random_articles(20, seed=5))
    engine = Searcher(readers)
    for query in (
        Term("光伏"),
        Phrase("光伏产业"),
        Or((Term("光伏"), Phrase("中国"))),
        And((Term("光伏"), Not(Term("中国")))),
    ):
        request = Request(query, whole="光伏产业")
        assert Searcher(readers).search(request) == engine.search(request) == engine.search(request)


def test_a_prefix_of_too_many_words_is_cut_to_the_most_frequent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article(number, text=f"x{number % 7} often") for number in range(20)] + [article(20, text="xrare")]
    engine = Searcher(make_readers(tmp_path, articles))
    assert engine.search(Request(Prefix("x"))).total == 21
    monkeypatch.setenv("WENSOU_PREFIX_TERMS", "7")
    matches = engine.search(Request(Prefix("x")))
    assert matches.incomplete
    assert matches.total == 20


def test_searching_loads_neither_whoosh_nor_jieba(tmp_path: Path) -> None:
    import subprocess
    import sys

    write(tmp_path / "index", random_articles(3))
    program = (
        "import sys; from pathlib import Path; from indexer.engine.whoosh import open_engine;"
        "from indexer.engine.base import Request; from indexer.query.syntax import Term;"
        f"open_engine(Path({str(tmp_path / 'index')!r})).search(Request(Term('光伏'), whole='光伏'));"
        "assert not {'whoosh', 'jieba', 'rjieba'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
