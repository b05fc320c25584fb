"""How do several processes build one generation? Each is fed jobs, writes runs of its own and tells their names."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from indexer.analysis.segment import words_in_use
from indexer.engine.whoosh.building.messages import Finish, Jobs, Start, receive, send
from indexer.engine.whoosh.building.run import RunFile
from indexer.errors import WensouError

__all__ = ["Pool"]

J = TypeVar("J")

_ROOT = Path(__file__).resolve().parents[4]
_SHORT, _LONG = 0.05, 0.2  # seconds that a batch of jobs may take before batches grow or shrink
_MOST = 256


class Pool:
    """Run worker processes; leaving its `with` block ends them, whatever they are doing."""

    def __init__(
        self, processes: int, folder: Path, name: str, read: Callable[[J], Any], *, memory: int = 0, units: int = 0
    ) -> None:
        """Start workers that write runs NAME… into `folder`, of `memory` bytes and `units` at most.

        Raise WensouError where a process cannot be started or `read` cannot be pickled.
        """
        self._results: queue.SimpleQueue[list[Any] | BaseException | None] = queue.SimpleQueue()
        self._feeding = threading.Lock()
        self._stopped = False
        self._runs: list[list[RunFile]] = [[] for _ in range(processes)]
        self._threads: list[threading.Thread] = []
        self._workers: list[subprocess.Popen[bytes]] = []
        try:
            pickled, words = pickle.dumps(read), words_in_use().entries
            for number in range(processes):
                self._workers.append(_start())
                own = f"{name}w{number}_"
                start = Start(os.getcwd(), sys.path, folder.absolute(), own, memory, units, words, pickled)
                send(self._pipe(number, "stdin"), start)
        except (OSError, pickle.PicklingError, AttributeError, TypeError) as error:
            self.stop()
            raise WensouError(f"the processes of the build cannot be started: {error}") from error

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, jobs: Iterable[J]) -> Iterator[Any]:
        """Spread jobs over the workers and yield their outcomes as they come.

        Raise WensouError where a worker dies or cannot write, and whatever `jobs` raises.
        """
        source = iter(jobs)
        self._threads = [
            threading.Thread(target=self._feed, args=(number, source), daemon=True, name=f"build {number}")
            for number in range(len(self._workers))
        ]
        for thread in self._threads:
            thread.start()
        running = len(self._threads)
        while running:
            result = self._results.get()
            if result is None:
                running -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield from result

    def runs(self) -> list[RunFile]:
        """Return what the workers have written, once `run` is exhausted."""
        return [run for written in self._runs for run in written]

    def stop(self) -> None:
        """End all workers."""
        self._stopped = True
        for worker in self._workers:
            worker.kill()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    _close(pipe)

    def _feed(self, number: int, source: Iterator[Any]) -> None:
        """Keep one worker busy until there are no more jobs; runs in a thread of its own."""
        try:
            size = 1
            while jobs := self._take(source, size):
                started = time.monotonic()
                self._results.put(self._ask(number, Jobs(jobs)))
                elapsed = time.monotonic() - started
                # Batches of a fitting length: small files would otherwise cost a journey each.
                size = min(size * 2, _MOST) if elapsed < _SHORT else max(size // 2, 1) if elapsed > _LONG else size
            self._runs[number] = self._ask(number, Finish())
            self._results.put(None)
        except BaseException as error:  # handed over to the thread that waits for results
            self._results.put(error)

    def _take(self, source: Iterator[Any], size: int) -> list[Any]:
        # A generator cannot be advanced by two threads at once.
        with self._feeding:
            return [] if self._stopped else list(islice(source, size))

    def _ask(self, number: int, message: Jobs | Finish) -> Any:
        try:
            send(self._pipe(number, "stdin"), message)
            answer = receive(self._pipe(number, "stdout"))
        except (OSError, EOFError, ValueError) as error:
            code = self._workers[number].poll()
            raise WensouError(f"a process of the build has died (exit code {code}); nothing is changed") from error
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _pipe(self, number: int, name: str) -> Any:
        pipe = getattr(self._workers[number], name)
        assert pipe is not None
        return pipe


def _start() -> subprocess.Popen[bytes]:
    """Start a worker in the folder of this package, so that no module of the current folder can take its place."""
    return subprocess.Popen(
        [sys.executable, "-m", "indexer.engine.whoosh.building.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        # numpy's threads for linear algebra, of which there is none here, take 0.04 s to start.
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
    )


def _close(pipe: Any) -> None:
    """Close a pipe whose other side may be gone with something still unwritten."""
    with contextlib.suppress(OSError):
        pipe.close()
