"""Does an open engine stay with its generation, and go back to the one before where damage shows?"""

from __future__ import annotations

import logging
import os
import threading
import zlib
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

from indexer.engine.base import Engine, Request
from indexer.engine.whoosh import open_engine
from indexer.engine.whoosh.layout.container import Container
from indexer.engine.whoosh.layout.segment import Segment
from indexer.errors import IndexCorrupt, IndexMissing, WensouError
from indexer.query.syntax import Term
from tests.engine.building import write
from tests.engine.contract import article, random_articles

SEARCHES = 12  # after so many the work in the background begins


def test_there_is_no_engine_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        open_engine(tmp_path / "nothing")


def test_an_engine_stays_with_its_generation_and_says_when_it_is_old(tmp_path: Path) -> None:
    write(tmp_path, [article(0, text="光伏")])
    engine = open_engine(tmp_path)
    assert engine.current()
    write(tmp_path, [article(1, text="光伏")])
    assert not engine.current()
    assert engine.search(Request(Term("光伏"))).total == 1
    assert open_engine(tmp_path).search(Request(Term("光伏"))).total == 2


def test_statistics_describe_the_generation(tmp_path: Path) -> None:
    write(tmp_path, [article(0), article(1)])
    write(tmp_path, [article(2)], removed=["a.txt"])
    statistics = open_engine(tmp_path).statistics()
    assert statistics.generation == 2
    assert statistics.articles == 1
    assert statistics.published.startswith("20")
    assert statistics.bytes > 1000


def two_generations(index: Path) -> tuple[Engine, Path]:
    """An engine, and the file of its generation, before which there is another."""
    write(index, random_articles(40, seed=1))
    write(index, random_articles(40, seed=2))
    (newest,) = (index / "gen-2").glob("*.seg")
    return open_engine(index), newest


def test_damage_that_shows_while_searching_leads_back_to_the_generation_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine, newest = two_generations(tmp_path)
    spoil(newest)
    with caplog.at_level(logging.WARNING):
        matches = engine.search(Request(Term("光伏"), limit=40))
    assert "going back" in caplog.text
    assert engine.statistics().generation == 1
    write(tmp_path / "other", random_articles(40, seed=1))
    assert matches == open_engine(tmp_path / "other").search(Request(Term("光伏"), limit=40))


def ask_often(engine: Engine) -> None:
    """Search so often that the work in the background begins, and wait for its end."""
    for _ in range(SEARCHES):
        engine.search(Request(Term("光伏")))
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join()


def test_who_asks_often_has_everything_verified_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, random_articles(40))
    engine = open_engine(tmp_path)
    ask_often(engine)
    monkeypatch.setattr(zlib, "crc32", lambda *_: pytest.fail("a block is verified once more"))
    assert len(list(engine.iterate())) == 40


def test_an_index_that_is_too_large_is_not_verified_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_VERIFY_AHEAD", "0")
    verified: list[object] = []
    monkeypatch.setattr(Container, "verify_ahead", lambda container, *_: verified.append(container))
    write(tmp_path, random_articles(40))
    ask_often(open_engine(tmp_path))
    assert not verified


def test_damage_after_everything_was_verified_is_found_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine, newest = two_generations(tmp_path)
    ask_often(engine)
    spoil(newest)
    assert engine.search(Request(Term("光伏"), limit=40)).hits
    assert "going back" in caplog.text
    assert engine.statistics().generation == 1
    ask_often(engine)
    (before,) = (tmp_path / "gen-1").glob("*.seg")
    os.truncate(before, 1_000)
    with pytest.raises(IndexCorrupt, match="has been cut"):
        engine.search(Request(Term("光伏")))


def test_closing_ends_the_work_in_the_background(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, random_articles(40))
    engine = open_engine(tmp_path)
    begun, ended = threading.Event(), threading.Event()

    def verify(_: Container, stopped: Callable[[], bool]) -> None:
        begun.set()
        while not stopped():
            pass
        ended.set()

    monkeypatch.setattr(Container, "verify_ahead", verify)
    for _ in range(SEARCHES):
        engine.search(Request(Term("光伏")))
    assert begun.wait(10)
    engine.close()
    assert ended.is_set()


def test_the_generation_gone_back_to_is_verified_ahead_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, newest = two_generations(tmp_path)
    ask_often(engine)
    spoil(newest)
    ask_often(engine)
    monkeypatch.setattr(zlib, "crc32", lambda *_: pytest.fail("a block is verified once more"))
    assert len(list(engine.iterate())) == 40
    assert engine.statistics().generation == 1


def test_damage_in_every_generation_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, random_articles(40))
    engine = open_engine(tmp_path)
    for path in tmp_path.glob("gen-*/*.seg"):
        spoil(path)
    with pytest.raises(IndexCorrupt):
        engine.search(Request(Term("光伏")))


def test_of_twins_in_one_segment_the_one_that_is_not_deleted_is_fetched(tmp_path: Path) -> None:
    write(tmp_path, [article(1, id="twin", text="甲"), article(2, id="twin", text="乙"), article(3)])
    fetched = open_engine(tmp_path).fetch("twin")
    assert fetched is not None and fetched.text == "乙"


def test_closing_twice_is_allowed_and_asking_afterwards_is_not(tmp_path: Path) -> None:
    write(tmp_path, [article(0)])
    engine = open_engine(tmp_path)
    engine.close()
    engine.close()
    for ask in (engine.statistics, engine.titles, engine.state, lambda: engine.fetch("id-000")):
        with pytest.raises(WensouError):
            ask()


def test_a_whole_record_in_the_place_of_another_is_damage(tmp_path: Path) -> None:
    # So many that whole blocks of the file hold nothing but records.
    articles = [article(number, text=f"光伏{number:03}") for number in range(400)]
    write(tmp_path, articles)
    (path,) = tmp_path.glob("gen-*/*.seg")
    segment = Segment(path, path.stat().st_size, tail_of(path))
    starts = segment.container.view("stored.starts").tolist()
    first, second = next(
        (a, b) for a in range(200, 400) for b in range(a) if starts[a + 1] - starts[a] == starts[b + 1] - starts[b]
    )
    records = segment.container.view("stored.blob").tobytes()
    data = path.read_bytes()
    blob = data.index(records)
    moved = records[starts[second] : starts[second + 1]]
    place = blob + starts[first]
    with open(path, "r+b") as file:
        file.write(data[:place] + moved + data[place + len(moved) :])
    with pytest.raises(IndexCorrupt):
        open_engine(tmp_path).fetch(articles[first].id)


def tail_of(path: Path) -> str:
    data = path.read_bytes()
    return blake2b(data[int.from_bytes(data[-24:-16], "little") :]).hexdigest()


def spoil(path: Path) -> None:
    """Flip a bit in every block of the arrays; the tail stays whole."""
    data = bytearray(path.read_bytes())
    tail = int.from_bytes(data[-24:-16], "little")
    for at in range(64, tail, 997):
        data[at] ^= 4
    with open(path, "r+b") as file:
        file.write(data)
    os.utime(path, ns=(0, 1))  # the clock of a file system may be too coarse to tell the writes apart
