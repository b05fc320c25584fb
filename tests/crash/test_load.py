"""Do many readers at once get right answers, all of them, while the index is built anew under their feet?"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

import indexer
from tests.conftest import served, until
from tests.crash import tides
from tests.crash.leaks import resident_kilobytes

CLIENTS = 32
SEARCH = f"/api/v1/search?q={quote(tides.WORD)}&size=100"
PAGES = (
    SEARCH, f"/?q={quote(tides.WORD)}", SEARCH + "&sort=newest", f"/?q={quote('光伏 义乌')}&city={quote('义乌')}", "/",
    f"/api/v1/suggest?q={quote('潮')}", SEARCH + "&match=any", "/feed.atom", f"/search.csv?q={quote(tides.WORD)}", "/healthz",
    f"/?q={quote('光付产业 第轮')}",
)  # fmt: skip


class Crowd:
    """Run the same work in many threads until told to stop, and keep what went wrong and how long each turn took."""

    def __init__(self, size: int, work: Callable[[int], Callable[[int], None]]) -> None:
        """Take a function that gives each thread its work; that is called with 0, 1, 2 …"""
        self.seconds: list[float] = []
        self.errors: list[BaseException] = []
        self._work = work
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(size)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, number: int) -> None:
        turn = number
        try:
            work = self._work(number)
            while not self._stop.is_set():
                started = time.perf_counter()
                work(turn)
                self.seconds.append(time.perf_counter() - started)
                turn += 1
        except BaseException as error:
            self.errors.append(error)

    def told(self, seconds: float) -> str:
        ordered = sorted(self.seconds)
        p50, p99 = (ordered[int(len(ordered) * share)] * 1_000 for share in (0.5, 0.99))
        return f"{len(ordered)} answers, {len(ordered) / seconds:.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms"


def last(seconds: float, rounds: Sequence[int], more: int = 2) -> None:
    """Let time pass, and at least so many rebuilds."""
    threading.Event().wait(seconds)
    enough = len(rounds) + more
    until(lambda: len(rounds) >= enough, 120)


def visitor(address: str) -> Callable[[int], Callable[[int], None]]:
    """Return what gives each client its own connection, kept alive."""

    def client(_: int) -> Callable[[int], None]:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

        def visit(turn: int) -> None:
            path = PAGES[turn % len(PAGES)]
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, f"{path}: {answer.status} {body[:300]!r}"
            if path.startswith(SEARCH):
                tides.assert_one_round(json.loads(body))

        return visit

    return client


@pytest.mark.parametrize(("seconds", "pause"), [(4, 0.5), pytest.param(60, 2, marks=pytest.mark.long)])
def test_a_server_answers_all_clients_while_the_index_is_rebuilt(tmp_path: Path, seconds: float, pause: float) -> None:
    tides.build(tmp_path / "src", 1)
    with (
        (tmp_path / "log").open("w+") as log,
        served("--index", str(tmp_path / "index"), log=log) as (address, process),
    ):
        # The server brings its index up to date first; sources that rise meanwhile would be read half and half.
        until(lambda: "articles in the index" in (tmp_path / "log").read_text())
        with tides.rising(tmp_path / "src", pause) as rounds:
            with Crowd(CLIENTS, visitor(address)) as warming:
                last(max(1.0, seconds / 6), rounds)
            assert not warming.errors, warming.errors[0]
            warm, built = resident_kilobytes(process.pid), len(rounds)
            started = time.perf_counter()
            with Crowd(CLIENTS, visitor(address)) as crowd:
                last(seconds, rounds)
            elapsed = time.perf_counter() - started
        assert not crowd.errors, crowd.errors[0]
        at_end = resident_kilobytes(process.pid)
        print(f"\n{crowd.told(elapsed)}, {len(rounds) - built} rebuilds, {warm:,} → {at_end:,} kB")
        assert at_end < warm * 1.15 + 20_000
        log.seek(0)
        said = log.read()
        assert "Traceback" not in said and "ERROR" not in said, said


@pytest.mark.parametrize("seconds", [2, pytest.param(30, marks=pytest.mark.long)])
def test_threads_share_an_open_index_while_builds_publish(tmp_path: Path, seconds: float) -> None:
    tides.build(tmp_path / "src", 1)
    with indexer.open_index(tmp_path / "index") as opened, tides.rising(tmp_path / "src", 0) as rounds:

        def ask(turn: int) -> None:
            results = opened.search(
                tides.WORD if turn % 3 else f'"{tides.WORD}" 光*',
                size=100,
                sort=("relevance", "newest", "oldest")[turn % 3],
            )
            tides.assert_one_round(indexer.plain(results))
            article = opened.article(results.hits[0].article.id)
            assert article is None or article.file == results.hits[0].article.file
            opened.similar(results.hits[-1].article.id)
            opened.suggest("cx")

        started = time.perf_counter()
        with Crowd(16, lambda _: ask) as crowd:
            last(seconds, rounds, 3)
        elapsed = time.perf_counter() - started
        assert not crowd.errors, crowd.errors[0]
    print(f"\n{crowd.told(elapsed)}, {len(rounds)} rebuilds")
