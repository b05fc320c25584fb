"""What do a build and its worker processes say to each other, and how does it get across? Pickles over pipes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["Finish", "Jobs", "Start", "receive", "send"]


@dataclass(frozen=True)
class Start:
    """Open a worker's conversation: where it works, what it needs to find modules, and how jobs are read.

    A run takes `memory` bytes at most and has at most `units`.
    """

    directory: str
    path: list[str]
    folder: Path
    name: str
    memory: int
    units: int
    words: Any
    read: bytes


@dataclass(frozen=True)
class Jobs:
    """Hand over jobs; the answer is the list of their outcomes."""

    jobs: list[Any]


@dataclass(frozen=True)
class Finish:
    """Ask for what was written; the answer is a list of run.RunFile."""


def send(stream: BinaryIO, message: Any) -> None:
    """Write a message; raise OSError where the other side has gone."""
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read a message; raise EOFError where the other side has gone."""
    try:
        return pickle.load(stream)
    except pickle.UnpicklingError as error:
        raise EOFError("the other side ended within a message") from error
