"""Does an open engine stay with its generation, and go back to the one before where damage shows?"""

from __future__ import annotations

import logging
from hashlib import blake2b
from pathlib import Path

import pytest

from indexer.engine.base import Request
from indexer.engine.whoosh import open_engine
from indexer.engine.whoosh.layout.segment import Segment
from indexer.errors import IndexCorrupt, IndexMissing, WensouError
from indexer.query.syntax import Term
from tests.engine.building import write
from tests.engine.contract import article, random_articles


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


def test_damage_that_shows_while_searching_leads_back_to_the_generation_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, random_articles(40, seed=1))
    write(tmp_path, random_articles(40, seed=2))
    engine = open_engine(tmp_path)
    (newest,) = (tmp_path / "gen-2").glob("*.seg")
    spoil(newest)
    with caplog.at_level(logging.WARNING):
        matches = engine.search(Request(Term("光伏"), limit=40))
    assert "going back" in caplog.text
    assert engine.statistics().generation == 1
    write(tmp_path / "other", random_articles(40, seed=1))
    assert matches == open_engine(tmp_path / "other").search(Request(Term("光伏"), limit=40))


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
