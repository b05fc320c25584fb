"""How do many arrays share one file that is mapped, not read, and in which a single wrong bit is found?

Layout: magic, the arrays (each aligned to 64 bytes), then the *tail*: a JSON directory, one CRC-32 per block of 1 KB
of all that precedes, and a footer that tells where the tail begins. The manifest keeps the tail's digest, so opening
verifies the tail alone, 0.4 % of the file; a block is verified when a view over it is first handed out, so that no
view ever shows an unverified byte.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engine.files import Disk
from indexer.errors import IndexCorrupt

__all__ = ["Array", "Container", "Written", "write_container"]

Array = np.ndarray[Any, np.dtype[Any]]

_MAGIC = b"WENSOU01"
_FOOTER = struct.Struct("<QQ8s")  # where the directory begins, its length, magic
_ALIGN = 64
# Most reads are of a few bytes, and a whole block is verified at each first one. To verify all takes twice as long in
# blocks of 1 KB as in 4 KB, but a first search, which touches few bytes of many, two thirds.
_SHIFT = 10
_BLOCK = 1 << _SHIFT
_CHUNK = 1 << 22
_STEP = 1 << 14  # blocks verified before their memory is given back


@dataclass(frozen=True, slots=True)
class Written:
    """Describe a file just written: bytes, blake2b of all of it, blake2b of its tail (hexadecimal)."""

    size: int
    digest: str
    tail: str


def write_container(disk: Disk, path: Path, arrays: Mapping[str, Array], facts: Mapping[str, int]) -> Written:
    """Write arrays and a few whole numbers to a new file and sync it; raise OSError."""
    from concurrent.futures import ThreadPoolExecutor  # who only reads starts sooner without it

    directory: dict[str, tuple[str, int, int]] = {}
    position = len(_MAGIC)
    for name, array in arrays.items():
        position += -position % _ALIGN
        directory[name] = (array.dtype.str, position, len(array))
        position += array.nbytes
    head = json.dumps({"arrays": directory, "facts": dict(facts)}, separators=(",", ":")).encode()
    whole, sums = blake2b(), _Sums()

    with disk.create(path) as file, ThreadPoolExecutor(1) as pool:
        for piece in _gathered(_pieces(arrays)):
            # The digest takes as long as all else, and lets others run meanwhile.
            hashed = pool.submit(whole.update, piece)
            sums.update(piece)
            disk.write(file, piece)
            hashed.result()
        tail = head + sums.table() + _FOOTER.pack(position, len(head), _MAGIC)
        whole.update(tail)
        disk.write(file, tail)
        disk.sync(file)
    return Written(position + len(tail), whole.hexdigest(), blake2b(tail).hexdigest())


def _pieces(arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    """Yield all that precedes the tail."""
    yield _MAGIC
    position = len(_MAGIC)
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
    """Collect the CRC-32 of every block of a stream."""

    def __init__(self) -> None:
        self._done: list[int] = []
        self._open = 0
        self._filled = 0

    def update(self, data: bytes | memoryview) -> None:
        start = 0
        while start < len(data):
            part = data[start : start + _BLOCK - self._filled]
            self._open = zlib.crc32(part, self._open)
            self._filled += len(part)
            start += len(part)
            if self._filled == _BLOCK:
                self._done.append(self._open)
                self._open = self._filled = 0

    def table(self) -> bytes:
        sums = [*self._done, self._open] if self._filled else self._done
        return np.array(sums, "<u4").tobytes()


class Container:
    """Hand out verified views of a file's arrays.

    A view keeps the mapping (and its file descriptor) alive; both return when the container and its views are gone.
    Safe to use from several threads. Raise IndexCorrupt wherever the file is not what was written.
    """

    def __init__(self, path: Path, size: int, tail: str, types: Mapping[str, np.dtype[Any]]) -> None:
        """Map a file of `size` bytes whose tail has the blake2b `tail`; it must hold just the arrays of `types`."""
        self._path = path
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._corrupt(f"cannot be opened ({error})") from error
        if len(self._map) != size:
            raise self._corrupt(f"has {len(self._map)} bytes instead of {size}")
        self.facts: dict[str, int] = {}
        self._read_tail(tail, types)

    def _read_tail(self, tail: str, types: Mapping[str, np.dtype[Any]]) -> None:
        size = len(self._map)
        if size < _FOOTER.size:
            raise self._corrupt("is too short")
        start, length, magic = _FOOTER.unpack(self._map[size - _FOOTER.size :])
        blocks = -(-start // _BLOCK)
        if magic != _MAGIC or start + length + 4 * blocks + _FOOTER.size != size:
            raise self._corrupt("has no valid footer")
        data = self._map[start:]
        if blake2b(data).hexdigest() != tail:
            raise self._corrupt("has a damaged directory")
        try:
            head = json.loads(data[:length])
            self.facts = {str(name): int(value) for name, value in head["facts"].items()}
            self._arrays = {name: self._map_array(head["arrays"][name], types[name], start) for name in types}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._corrupt(f"has an invalid directory ({error})") from error
        # A memoryview gives out single numbers several times faster than an array.
        self._sums = np.frombuffer(data, "<u4", blocks, length).astype(np.uint32).data
        self._data = memoryview(self._map)[:start]
        self._unverified = bytearray(b"\1" * blocks)

    def _map_array(self, entry: Any, kind: np.dtype[Any], end: int) -> tuple[Array, int]:
        code, offset, count = entry
        if code != kind.str or not len(_MAGIC) <= offset <= offset + count * kind.itemsize <= end or count < 0:
            raise ValueError(f"array {entry}")
        return np.frombuffer(self._map, kind, count, offset), offset

    def length(self, name: str) -> int:
        """Return the number of items of an array."""
        return len(self._arrays[name][0])

    def view(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """Return items `start` to `stop` (None: the end) of an array, read-only and not copied."""
        array, offset = self._arrays[name]
        if stop is None:
            stop = len(array)
        if start >= stop:
            return array[:0]
        width = array.itemsize
        first, last = (offset + start * width) >> _SHIFT, (offset + stop * width - 1) >> _SHIFT
        if self._unverified.find(1, first, last + 1) >= 0:
            self._verify(first, last)
        return array[start:stop]

    def two(self, name: str, at: int) -> tuple[int, int]:
        """Return items `at` and `at` + 1 of an array: faster than a view, and most ranges are told by two items."""
        array, offset = self._arrays[name]
        begin = offset + at * array.itemsize
        first, last = begin >> _SHIFT, (begin + 2 * array.itemsize - 1) >> _SHIFT
        if self._unverified[first] or self._unverified[last]:
            self._verify(first, last)
        return array.item(at), array.item(at + 1)

    def _verify(self, first: int, last: int) -> None:
        """Compare blocks with their sums; threads that meet here merely do the same work twice."""
        unverified, sums, data = self._unverified, self._sums, self._data
        for block in range(first, last + 1):
            if unverified[block]:
                begin = block << _SHIFT
                if zlib.crc32(data[begin : begin + _BLOCK]) != sums[block]:
                    raise self._corrupt(f"is damaged between bytes {begin} and {begin + _BLOCK}")
                unverified[block] = 0

    def verify(self) -> None:
        """Verify every block, seen before or not."""
        blocks = len(self._unverified)
        self._unverified[:] = b"\1" * blocks
        for block in range(0, blocks, _STEP):
            self._verify(block, min(block + _STEP, blocks) - 1)
            self.release()

    def release(self) -> None:
        """Give the memory of what has been read back to the system; reading it again costs no more than at first."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _corrupt(self, what: str) -> IndexCorrupt:
        return IndexCorrupt(f"{self._path} {what}; run: python -m indexer check --repair")
