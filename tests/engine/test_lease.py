"""Do requests under way keep their generation while others move on?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.engine.base import Engine
from indexer.engine.lease import Leases
from indexer.errors import IndexMissing, WensouError
from indexer.models import Article
from tests.engine.memory import Shelf


def article(number: int) -> Article:
    return Article(str(number), None, "光伏", "a.txt", number, (1, 1))


def leases(shelf: Shelf) -> Leases:
    return Leases(lambda: shelf.open(Path("index")))


def test_a_newer_generation_is_used_from_the_next_request_on() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    with lent.borrow() as old:
        shelf.publish(article(1), article(2))
        with lent.borrow() as new:
            assert (old.engine.statistics().articles, new.engine.statistics().articles) == (1, 2)
        assert not shelf.opened[0].closed
    assert shelf.opened[0].closed and not shelf.opened[1].closed


def test_an_unused_old_generation_closes_at_once() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    shelf.publish()
    with lent.borrow():
        assert [engine.closed for engine in shelf.opened] == [True, False]


def test_why_there_is_no_moving_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf(article(1))
    reasons = iter(["", "gone", "gone", "gone", "broken"])

    def opener() -> Engine:
        if reason := next(reasons, ""):
            raise IndexMissing(reason)
        return shelf.open(Path("index"))

    lent = Leases(opener)
    shelf.publish()
    for _ in range(6):
        with lent.borrow():
            pass
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == ["gone", "broken"]


def test_closing_waits_for_the_last_borrower() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    with lent.borrow() as lease:
        lent.close()
        assert lease.engine.fetch("1") == article(1)
    assert shelf.opened[0].closed
    lent.close()
    with pytest.raises(WensouError, match="closed"), lent.borrow():
        pass


def test_a_generation_that_does_not_open_changes_nothing() -> None:
    shelf = Shelf(article(1))
    failing = threading.Event()

    def opener() -> Engine:
        if failing.is_set():
            raise IndexMissing("gone")
        return shelf.open(Path("index"))

    lent = Leases(opener)
    failing.set()
    shelf.publish()
    with lent.borrow() as lease:
        assert lease.engine.fetch("1") == article(1)
    failing.clear()
    with lent.borrow() as lease:
        assert lease.engine.fetch("1") is None


def test_what_is_derived_is_made_once_per_generation() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    made: list[Engine] = []

    def make(engine: Engine) -> int:
        made.append(engine)
        return len(made)

    for expected in (1, 1):
        with lent.borrow() as lease:
            assert lease.once("number", make) == expected
    shelf.publish()
    with lent.borrow() as lease:
        assert lease.once("number", make) == 2


def test_many_threads_while_generations_pass() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    wrong: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(200):
                with lent.borrow() as lease:
                    assert lease.engine.fetch("1") is not None
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(20):
        shelf.publish(article(1))
    for reader in readers:
        reader.join()
    assert wrong == []
    lent.close()
    assert all(engine.closed for engine in shelf.opened)


def test_what_takes_too_long_to_derive_is_there_the_next_time() -> None:
    lent = leases(Shelf(article(1)))
    go_on = threading.Event()

    def make(_: Engine) -> str:
        assert go_on.wait(20)
        return "made"

    with lent.borrow() as lease:
        assert lease.within(0.0, "slow", make) is None
        assert lease.within(0.01, "slow", make) is None
        go_on.set()
        assert lease.once("slow", make) == "made"
        assert lease.within(0.0, "slow", make) == "made"
        assert lease.within(None, "other", make) == "made"


def test_a_pinned_generation_stays_for_as_long_as_it_is_needed() -> None:
    shelf = Shelf(article(1))
    lent = leases(shelf)
    with lent.pinned() as pinned:
        shelf.publish(article(1), article(2))
        for _ in range(2):
            with pinned.borrow() as lease:
                assert lease.engine.statistics().articles == 1
        with lent.borrow() as lease:
            assert lease.engine.statistics().articles == 2
        pinned.close()
        assert not shelf.opened[0].closed
    assert shelf.opened[0].closed
