"""Does the work in the background begin when it pays, end when it is told to, and harm nobody where it fails?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engine.whoosh.layout.container import Container
from indexer.engine.whoosh.searching.warming import Warming
from indexer.errors import IndexCorrupt
from tests.engine.building import make_readers
from tests.engine.contract import random_articles

SEARCHES = 12


@pytest.fixture
def containers(tmp_path: Path) -> list[Container]:
    readers = make_readers(tmp_path, random_articles(20), random_articles(20, seed=2), random_articles(20, seed=3))
    return [reader.segment.container for reader in readers]


def ask(warming: Warming, times: int) -> None:
    for _ in range(times):
        warming.count()


def test_it_begins_with_the_twelfth_search_and_only_once(containers: list[Container]) -> None:
    begun, done = threading.Event(), threading.Semaphore(0)

    def prepare() -> None:
        done.release()
        begun.set()

    warming = Warming(containers, prepare)
    ask(warming, SEARCHES - 1)
    warming.stop()
    assert not begun.is_set()
    warming = Warming(containers, prepare)
    ask(warming, 3 * SEARCHES)
    assert begun.wait(10)
    warming.stop()
    assert done.acquire(blocking=False) and not done.acquire(blocking=False)


def test_one_damaged_file_does_not_keep_it_from_the_others(
    containers: list[Container], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Container] = []

    def verify(container: Container, _: Callable[[], bool]) -> None:
        seen.append(container)
        if container is not containers[2]:
            raise IndexCorrupt(f"file {len(seen)} is damaged")

    monkeypatch.setattr(Container, "verify_ahead", verify)
    prepared = threading.Event()
    warming = Warming(containers, prepared.set)
    ask(warming, SEARCHES)
    assert prepared.wait(10)
    warming.stop()
    assert seen == containers
    assert "file 1 is damaged" in caplog.text and "file 2 is damaged" in caplog.text


def test_it_stops_when_told(containers: list[Container], monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def verify(_: Container, stopped: Callable[[], bool]) -> None:
        begun.set()
        while not stopped():
            pass

    monkeypatch.setattr(Container, "verify_ahead", verify)
    went_on: list[int] = []
    warming = Warming(containers, lambda: went_on.append(1))
    ask(warming, SEARCHES)
    assert begun.wait(10)
    warming.stop()
    assert not went_on


def test_once_stopped_it_never_begins(containers: list[Container]) -> None:
    begun: list[int] = []
    warming = Warming(containers, lambda: begun.append(1))
    warming.stop()
    ask(warming, SEARCHES)
    warming.stop()
    assert not begun


def test_where_no_thread_can_be_started_searches_go_on(
    containers: list[Container], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    warming = Warming(containers, lambda: None)
    ask(warming, SEARCHES + 1)
    warming.stop()
