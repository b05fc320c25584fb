"""What is made ready in the background, once a generation is asked often? Its files are verified, its facets combined.

Until then each block of a file is verified when it is first read. A command that asks once, and an index that is hardly
used, are spared the work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from threading import Event, Lock, Thread

from indexer.engine.whoosh.layout.container import Container
from indexer.errors import IndexCorrupt

__all__ = ["Warming"]

_SEVERAL = 12  # searches: a command asks ten at most, with all the corrections that it tries
_PATIENCE = 1.0  # seconds that stopping waits at most
_log = logging.getLogger(__name__)


class Warming:
    """Do the work for one generation, in a thread of its own; safe to use from several threads."""

    def __init__(self, containers: Sequence[Container], prepare: Callable[[], None]) -> None:
        """Take the files that are to be verified, and what else is to be done."""
        self._containers = containers
        self._prepare = prepare
        self._searches = 0
        self._stopped = Event()
        self._thread: Thread | None = None
        self._lock = Lock()

    def count(self) -> None:
        """Count a search, and begin with the work at the twelfth."""
        with self._lock:
            self._searches += 1
            if self._searches == _SEVERAL and not self._stopped.is_set():
                thread = Thread(target=self._work, daemon=True, name="warming")
                with suppress(RuntimeError):  # where no thread is to be had, all goes on as before
                    thread.start()
                    self._thread = thread

    def stop(self) -> None:
        """End the work when the step in hand is done, and wait for that unless the disk takes very long."""
        self._stopped.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(_PATIENCE)

    def _work(self) -> None:
        stopped = self._stopped.is_set
        tasks: list[Callable[[], None]] = [partial(each.verify_ahead, stopped) for each in self._containers]
        for task in [*tasks, self._prepare]:
            if stopped():
                break
            try:
                task()
            except IndexCorrupt as damage:  # told now, and met only by who asks for what is damaged
                _log.warning("%s", damage)
