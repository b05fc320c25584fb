"""How do many arrays share one file that is mapped, not read, and in which a single wrong bit is found?

Layout: magic, the arrays (each aligned to 64 bytes), then the *tail*: a JSON directory, one CRC-32 per block of 1 KB
of all that precedes and one per stretch of 32 MB, and a footer that tells where the tail begins. The manifest keeps the
tail's digest, so opening verifies the tail alone, 0.4 % of the file; a block is verified when a view over it is first
handed out, so that no view ever shows an unverified byte. Who verifies everything does it stretch by stretch, in half
of the time and while other threads run.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from indexer.errors import IndexCorrupt

__all__ = ["Array", "BLOCK", "Container", "FOOTER", "MAGIC", "STRETCH"]

Array = np.ndarray[Any, np.dtype[Any]]

MAGIC = b"WENSOU01"
FOOTER = struct.Struct("<QQ8s")  # where the directory begins, its length, magic
# Most reads are of a few bytes, and a whole block is verified at each first one: a first search, which touches few
# bytes of many, spends two thirds of what it would with blocks of 4 KB.
_SHIFT = 10
BLOCK = 1 << _SHIFT
# A thread that verifies stretches wants Python's lock back after each, and then holds others up: so there are few.
STRETCH = 1 << 25


class Container:
    """Hand out verified views of a file's arrays.

    A view keeps the mapping (and its file descriptor) alive; both return when the container and its views are gone.
    Safe to use from several threads. Raise IndexCorrupt wherever the file is not what was written.
    """

    def __init__(self, path: Path, size: int, tail: str, types: Mapping[str, np.dtype[Any]]) -> None:
        """Map a file of `size` bytes whose tail has the blake2b `tail`; it must hold just the arrays of `types`."""
        self._path = path
        self._file = os.path.abspath(path)  # whatever folder the process goes to
        self._doubting = RLock()
        try:
            with open(path, "rb") as file:
                found = os.fstat(file.fileno())
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._corrupt(f"cannot be opened ({error})") from error
        self._identity, self._modified = (found.st_dev, found.st_ino), found.st_mtime_ns
        if len(self._map) != size:
            raise self._corrupt(f"has {len(self._map)} bytes instead of {size}")
        self.facts: dict[str, int] = {}
        self._read_tail(tail, types)

    def _read_tail(self, tail: str, types: Mapping[str, np.dtype[Any]]) -> None:
        size = len(self._map)
        if size < FOOTER.size:
            raise self._corrupt("is too short")
        start, length, magic = FOOTER.unpack(self._map[size - FOOTER.size :])
        blocks, stretches = -(-start // BLOCK), -(-start // STRETCH)
        if magic != MAGIC or start + length + 4 * (blocks + stretches) + FOOTER.size != size:
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
        sums = np.frombuffer(data, "<u4", blocks + stretches, length).astype(np.uint32)
        self._sums, self._stretches = sums[:blocks].data, sums[blocks:].data
        self._data = memoryview(self._map)[:start]
        self._unverified = bytearray(b"\1" * blocks)
        self._trusted = False  # whether all of it is verified: then nothing more need be looked at

    def _map_array(self, entry: Any, kind: np.dtype[Any], end: int) -> tuple[Array, int]:
        code, offset, count = entry
        if code != kind.str or not len(MAGIC) <= offset <= offset + count * kind.itemsize <= end or count < 0:
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
        if not self._trusted:
            width = array.itemsize
            first, last = (offset + start * width) >> _SHIFT, (offset + stop * width - 1) >> _SHIFT
            if self._unverified.find(1, first, last + 1) >= 0:
                self._verify(first, last)
        return array[start:stop]

    def two(self, name: str, at: int) -> tuple[int, int]:
        """Return items `at` and `at` + 1 of an array: faster than a view, and most ranges are told by two items."""
        array, offset = self._arrays[name]
        if not self._trusted:
            begin = offset + at * array.itemsize
            first, last = begin >> _SHIFT, (begin + 2 * array.itemsize - 1) >> _SHIFT
            if self._unverified[first] or self._unverified[last]:
                self._verify(first, last)
        return array.item(at), array.item(at + 1)

    def _verify(self, first: int, last: int) -> None:
        """Compare blocks with their sums; threads that meet here merely do the same work twice."""
        unverified, sums, data, modified = self._unverified, self._sums, self._data, self._modified
        for block in range(first, last + 1):
            if unverified[block]:
                begin = block << _SHIFT
                if zlib.crc32(data[begin : begin + BLOCK]) != sums[block]:
                    raise self._corrupt(f"is damaged between bytes {begin} and {begin + BLOCK}")
                unverified[block] = 0
        self._distrust(first, last + 1, modified)

    def verify(self) -> None:
        """Verify every byte, seen before or not."""
        for stretch in range(len(self._stretches)):
            self._verify_stretch(stretch)
            self.release()

    def verify_ahead(self, stopped: Callable[[], bool]) -> None:
        """Verify stretch after stretch until stopped, so that no reader has to; other threads run meanwhile.

        Raise IndexCorrupt where one is damaged or cannot be read.
        """
        try:
            with open(self._file, "rb", buffering=0) as file, open(os.devnull, "wb", buffering=0) as nowhere:
                if self._is_mapped(os.fstat(file.fileno())):
                    self._verify_file(file, nowhere, stopped)
                    self._trust()
        except OSError:  # most likely it is gone with its generation; who reads what is mapped verifies it
            return

    def _verify_file(self, file: FileIO, nowhere: FileIO, stopped: Callable[[], bool]) -> None:
        for stretch in range(len(self._stretches)):
            if stopped():
                return
            try:
                # First from the file: the same error of the disk, met in the mapping, would end the process.
                _read(file, nowhere, stretch * STRETCH, STRETCH)
            except OSError as error:
                raise self._corrupt(f"cannot be read ({error})") from error
            self.renew()
            self._verify_stretch(stretch)

    def _verify_stretch(self, stretch: int) -> None:
        """Compare a stretch with its sum; if it is damaged, name the block."""
        begin, modified = stretch * STRETCH, self._modified
        first, last = begin >> _SHIFT, min((begin + STRETCH) >> _SHIFT, len(self._unverified))
        if zlib.crc32(self._data[begin : begin + STRETCH]) == self._stretches[stretch]:
            self._unverified[first:last] = bytes(last - first)
            self._distrust(first, last, modified)
        else:
            self.renew()
            self._doubt(first, last)
            self._verify(first, last - 1)

    def renew(self) -> None:
        """Verify again what is read from now on, if somebody has written to the file; raise IndexCorrupt if it was cut.

        It costs one system call.
        """
        try:
            found = os.stat(self._file)
        except OSError:  # most likely it is gone with its generation; what is mapped stays
            return
        if not self._is_mapped(found):
            return
        if found.st_size < len(self._map):
            raise self._corrupt("has been cut")
        with self._doubting:
            if found.st_mtime_ns != self._modified:
                # First the time: who marks blocks after they are reset sees that it has changed, and takes it back.
                self._modified = found.st_mtime_ns
                self._doubt(0, len(self._unverified))

    def _distrust(self, first: int, last: int, modified: int) -> None:
        """Take back that blocks are verified if the file is no longer as it was last `modified` before that."""
        if self._modified != modified:
            self._doubt(first, last)

    def _doubt(self, first: int, last: int) -> None:
        """Have blocks verified again before they are read."""
        with self._doubting:
            self._unverified[first:last] = b"\1" * (last - first)
            self._trusted = False

    def _trust(self) -> None:
        """Look at no block any more if all of them are verified."""
        with self._doubting:
            self._trusted = self._unverified.find(1) < 0

    def _is_mapped(self, found: os.stat_result) -> bool:
        """Tell whether a file is the one that is mapped, and not another that has taken its place."""
        return (found.st_dev, found.st_ino) == self._identity

    def release(self) -> None:
        """Give the memory of what has been read back to the system; reading it again costs no more than at first."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _corrupt(self, what: str) -> IndexCorrupt:
        return IndexCorrupt(f"{self._path} {what}; run: python -m indexer check --repair")


def _read(file: FileIO, nowhere: FileIO, start: int, size: int) -> None:
    """Read what a file has in some range, for nothing but the errors that the disk may have; raise OSError."""
    with suppress(OSError, AttributeError):  # where the system can, from its cache to nowhere without a copy
        while size > 0 and (sent := os.sendfile(nowhere.fileno(), file.fileno(), start, size)):
            start, size = start + sent, size - sent
        return
    file.seek(start)
    file.read(size)
