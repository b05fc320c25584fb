"""What does a worker process of a build do? It reads jobs that come as pickles, writes runs and tells their names.

Run as `python -m indexer.engine.whoosh.building.worker` and not by multiprocessing, whose spawn would import the user's
`__main__` again: a script that calls build_index without a guard would then start itself over and over. The pickles
come from the process that started this one and from nowhere else. When its input ends, for whatever reason, so does
a worker.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from indexer.analysis.segment import UserWords, own_process, use_words
from indexer.engine.files import Disk
from indexer.engine.whoosh.building.build import RUN_BYTES, Builder
from indexer.engine.whoosh.building.flush import Flusher
from indexer.engine.whoosh.building.messages import Finish, Start, receive, send
from indexer.engine.whoosh.building.run import RunFile, write_run
from indexer.errors import WensouError
from indexer.models import Article

__all__ = ["main"]


def main() -> None:
    """Serve the process at the other end of standard input and output until it ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        _serve(source, target)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # The build was cancelled or has died; what was written is cleared away by the next one.
        os._exit(1)


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    start: Start = receive(source)
    os.chdir(start.directory)
    sys.path[:] = start.path
    own_process()
    use_words(UserWords(start.words))
    read: Callable[[Any], tuple[Sequence[Article], Any]] = pickle.loads(start.read)
    flusher = Flusher(
        start.name,
        lambda: Builder(start.memory, unit=RUN_BYTES, most=start.units),
        lambda builder, name: write_run(Disk(), start.folder, f"{name}.run", builder.take()),
    )
    while True:
        message = receive(source)
        try:
            answer: Any = flusher.finish() if isinstance(message, Finish) else _work(message.jobs, read, flusher)
        except OSError as error:
            answer = error
        except WensouError as error:
            # Some of its kinds cannot be pickled.
            answer = WensouError(str(error))
        send(target, answer)
        if isinstance(message, Finish):
            return


def _work(
    jobs: list[Any], read: Callable[[Any], tuple[Sequence[Article], Any]], flusher: Flusher[RunFile]
) -> list[Any]:
    outcomes = []
    for job in jobs:
        articles, outcome = read(job)
        flusher.add(articles)
        outcomes.append(outcome)
    return outcomes


if __name__ == "__main__":
    main()
