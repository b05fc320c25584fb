"""What was found lately? Kept within a limit of memory, for one generation; least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Cache"]

V = TypeVar("V")

_ENTRY = 500  # bytes that an entry costs besides its arrays


class Cache(Generic[V]):
    """Keep values up to `limit` bytes together; safe to use from several threads."""

    def __init__(self, limit: int, weigh: Callable[[V], int]) -> None:
        """Take the limit in bytes and a function that tells a value's bytes."""
        self._limit = limit
        self._weigh = weigh
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def get(self, key: Hashable) -> V | None:
        """Return the value of a key, or None where it is missing."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value, unless it would fill most of the cache and push out what is asked for often."""
        size = self._weigh(value) + _ENTRY
        if size > self._limit // 2:
            return
        with self._lock:
            _, before = self._entries.pop(key, (None, 0))
            self._entries[key] = (value, size)
            self.bytes += size - before
            while self.bytes > self._limit:
                _, (_, freed) = self._entries.popitem(last=False)
                self.bytes -= freed
