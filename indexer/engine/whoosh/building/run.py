"""What is kept of articles that were cut, until they become a segment? A run: arrays that memory or a file holds.

Nothing is sorted in a run, so it takes little time and memory to collect, and several make one segment (see assemble).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engine.files import Disk
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import MAX_ARTICLES, MAX_UNITS

__all__ = ["Run", "RunFile", "UNIT_BYTES", "grouped", "read_run", "units_in", "write_run"]

UNIT_BYTES = 26
"""Memory per unit of a segment in the making: what is collected of it, the pieces being sorted, the result."""

Run = Mapping[str, Array]
"""The arrays of a run; what they hold is said where they are made, in build.Builder.take."""


@dataclass(frozen=True, slots=True)
class RunFile:
    """Describe a run in a file: its name, its articles and units, and of each array its type and length in order."""

    name: str
    articles: int
    units: int
    arrays: tuple[tuple[str, str, int], ...]


def units_in(memory: int) -> int:
    """Return how many units a segment may have that is made with so many bytes of memory."""
    return min(max(memory // UNIT_BYTES, 1 << 16), MAX_UNITS)


def grouped(runs: Iterable[RunFile], units: int) -> Iterator[list[RunFile]]:
    """Yield runs together that make a segment of at most `units` (one that has more, alone), in their order."""
    group: list[RunFile] = []
    for run in runs:
        together = [*group, run]
        if group and (_units(together) > units or sum(each.articles for each in together) > MAX_ARTICLES):
            yield group
            together = [run]
        group = together
    if group:
        yield group


def _units(runs: Iterable[RunFile]) -> int:
    return sum(run.units for run in runs)


def write_run(disk: Disk, folder: Path, name: str, run: Run) -> RunFile:
    """Write a run to a new file; raise OSError. Nobody needs it after a crash, so it is not synced."""
    with disk.create(folder / name) as file:
        for array in run.values():
            if len(array):
                disk.write(file, np.ascontiguousarray(array).data.cast("B"))
    arrays = tuple((key, array.dtype.str, len(array)) for key, array in run.items())
    return RunFile(name, len(run["ordinals"]), len(run["units"]), arrays)


def read_run(folder: Path, file: RunFile) -> Run:
    """Return a run that write_run has written; its arrays are views of the file."""
    with open(folder / file.name, "rb") as stream:
        data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    arrays, position = {}, 0
    for key, code, count in file.arrays:
        kind = np.dtype(code)
        arrays[key] = np.frombuffer(data, kind, count, position) if count else np.zeros(0, kind)
        position += count * kind.itemsize
    return arrays
