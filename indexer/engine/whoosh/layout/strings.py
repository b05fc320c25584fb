"""How are many texts kept in two arrays? Their UTF-8 one after the other, and where each begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np

from indexer.engine.whoosh.layout.container import Array, Container

__all__ = ["Strings", "pack", "unpack"]


_SEPARATOR = "\0"


def pack(texts: Sequence[str]) -> tuple[Array, Array]:
    """Return (offsets u32 of one item more than texts, blob u8)."""
    joined = np.frombuffer(_SEPARATOR.join((*texts, "")).encode("utf-8", "surrogatepass"), "u1")
    borders = (joined == 0).nonzero()[0]
    if len(borders) == len(texts):
        # Many times faster than to measure each.
        offsets = np.zeros(len(texts) + 1, "<u4")
        offsets[1:] = borders - np.arange(len(texts))
        return offsets, joined[joined != 0]
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.fromiter(accumulate(map(len, encoded), initial=0), "<u4", len(encoded) + 1)
    return offsets, np.frombuffer(b"".join(encoded), "u1")


def unpack(offsets: Array, blob: Array) -> list[str]:
    """Return the texts that `pack` was given."""
    data = blob.tobytes()
    return [data[first:last].decode("utf-8", "surrogatepass") for first, last in pairwise(offsets.tolist())]


class Strings:
    """Read texts by number from the arrays `NAME.offsets` and `NAME.blob`, and numbers by text where sorted.

    Sorted means ascending by UTF-8, which is ascending by Python's comparison of str.
    """

    __slots__ = ("_blob", "_container", "_count", "_offsets")

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._offsets, self._blob = f"{name}.offsets", f"{name}.blob"
        self._count = container.length(self._offsets) - 1

    def __len__(self) -> int:
        return self._count

    def raw(self, number: int) -> bytes:
        """Return the UTF-8 of a text; `number` is 0 ≤ number < len."""
        start, stop = self._container.two(self._offsets, number)
        return self._container.view(self._blob, start, stop).tobytes()

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self.raw(number).decode("utf-8", "surrogatepass")

    def read(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the texts `start` to `stop` (None: the end)."""
        stop = self._count if stop is None else stop
        if start >= stop:
            return []
        offsets = self._container.view(self._offsets, start, stop + 1).tolist()
        blob = self._container.view(self._blob, offsets[0], offsets[-1]).tobytes()
        base = offsets[0]
        return [blob[first - base : last - base].decode("utf-8", "surrogatepass") for first, last in pairwise(offsets)]

    def pick(self, numbers: Array) -> list[str]:
        """Return many texts by their numbers; a few are had faster one by one."""
        offsets = self._container.view(self._offsets)
        blob = self._container.view(self._blob).tobytes()
        ranges = zip(offsets[numbers].tolist(), offsets[numbers + 1].tolist(), strict=True)
        return [blob[first:last].decode("utf-8", "surrogatepass") for first, last in ranges]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, self._count, 4096):
            yield from self.read(start, min(start + 4096, self._count))

    def lower_bound(self, text: bytes) -> int:
        """Return the number of the first text that is ≥ `text` (UTF-8); the texts must be sorted."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < text:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, text: str) -> int:
        """Return the number of a text, or −1; the texts must be sorted."""
        wanted = text.encode("utf-8", "surrogatepass")
        number = self.lower_bound(wanted)
        return number if number < self._count and self.raw(number) == wanted else -1

    def with_prefix(self, prefix: str) -> tuple[int, int]:
        """Return the range of numbers whose texts begin with `prefix`; the texts must be sorted."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        # No UTF-8 byte is 0xFF, so this is greater than every text that begins so.
        return self.lower_bound(wanted), self.lower_bound(wanted + b"\xff")
