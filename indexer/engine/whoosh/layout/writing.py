"""How is a file of arrays written, so that Container can verify every byte of it? Its layout is said there."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from indexer.engine.files import Disk
from indexer.engine.whoosh.layout.container import BLOCK, FOOTER, MAGIC, STRETCH, Array

__all__ = ["Written", "write_container"]

_ALIGN = 64
_CHUNK = 1 << 22  # bytes written at a time


@dataclass(frozen=True, slots=True)
class Written:
    """Describe a file just written: bytes, blake2b of all of it, blake2b of its tail (hexadecimal)."""

    size: int
    digest: str
    tail: str


def write_container(disk: Disk, path: Path, arrays: Mapping[str, Array], facts: Mapping[str, int]) -> Written:
    """Write arrays and a few whole numbers to a new file and sync it; raise OSError."""
    directory: dict[str, tuple[str, int, int]] = {}
    position = len(MAGIC)
    for name, array in arrays.items():
        position += -position % _ALIGN
        directory[name] = (array.dtype.str, position, len(array))
        position += array.nbytes
    head = json.dumps({"arrays": directory, "facts": dict(facts)}, separators=(",", ":")).encode()
    whole, blocks, stretches = blake2b(), _Sums(BLOCK), _Sums(STRETCH)

    with disk.create(path) as file, ThreadPoolExecutor(1) as pool:
        for piece in _gathered(_pieces(arrays)):
            # The digest takes as long as all else, and lets others run meanwhile.
            hashed = pool.submit(whole.update, piece)
            blocks.update(piece)
            stretches.update(piece)
            disk.write(file, piece)
            hashed.result()
        tail = head + blocks.table() + stretches.table() + FOOTER.pack(position, len(head), MAGIC)
        whole.update(tail)
        disk.write(file, tail)
        disk.sync(file)
    return Written(position + len(tail), whole.hexdigest(), blake2b(tail).hexdigest())


def _pieces(arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    """Yield all that precedes the tail."""
    yield MAGIC
    position = len(MAGIC)
    for array in arrays.values():
        padding = -position % _ALIGN
        yield bytes(padding)
        data = np.ascontiguousarray(array).data.cast("B") if len(array) else memoryview(b"")
        for start in range(0, len(data), _CHUNK):
            yield data[start : start + _CHUNK]
        position += padding + len(data)


def _gathered(pieces: Iterator[bytes | memoryview]) -> Iterator[bytes | memoryview]:
    """Join small pieces, so that a file of a hundred arrays does not take a hundred writes."""
    waiting = bytearray()
    for piece in pieces:
        if len(waiting) + len(piece) > _CHUNK:
            yield bytes(waiting)
            waiting.clear()
        if len(piece) == _CHUNK:
            yield piece
        else:
            waiting += piece
    yield bytes(waiting)


class _Sums:
    """Collect the CRC-32 of every `size` bytes of a stream."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._done: list[int] = []
        self._open = 0
        self._filled = 0

    def update(self, data: bytes | memoryview) -> None:
        start = 0
        while start < len(data):
            part = data[start : start + self._size - self._filled]
            self._open = zlib.crc32(part, self._open)
            self._filled += len(part)
            start += len(part)
            if self._filled == self._size:
                self._done.append(self._open)
                self._open = self._filled = 0

    def table(self) -> bytes:
        sums = [*self._done, self._open] if self._filled else self._done
        return np.array(sums, "<u4").tobytes()
