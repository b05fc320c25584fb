"""Who may write? One writer per index at a time: the one that holds a lock of the operating system on its LOCK file.

Such a lock ends with its process, however that ends. The file itself stays; its content only tells people who writes.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType

from indexer.errors import IndexBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["Lock"]

_POLL = 0.05
# Windows locks bytes and lets nobody read them; this one lies beyond what is ever written.
_LOCKED_BYTE = 1 << 30


class Lock:
    """Hold the writer's lock of an index until `release`."""

    def __init__(self, index: Path, wait: float) -> None:
        """Wait up to `wait` seconds; raise IndexBusy that names the holder, or OSError where LOCK cannot be opened."""
        self._path = index / "LOCK"
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._acquire(time.monotonic() + wait)
        except BaseException:
            os.close(self._file)
            raise
        self._tell()

    def _acquire(self, deadline: float) -> None:
        while not _try(self._file):
            if time.monotonic() >= deadline:
                raise IndexBusy(f"{self._path.parent} is being written by {self._holder()}; try again later")
            time.sleep(_POLL)

    def _holder(self) -> str:
        """Return who wrote itself into the file."""
        try:
            pid, since = self._path.read_text(encoding="ascii").split()[:2]
        except (OSError, ValueError):
            return "another process"
        return f"process {pid} since {since}"

    def _tell(self) -> None:
        # Only people need it, so that a full disk is no reason to fail here.
        with contextlib.suppress(OSError):
            now = datetime.now(timezone.utc).isoformat(timespec="seconds")
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, f"{os.getpid()} {now}\n".encode())

    @property
    def held(self) -> bool:
        """Tell whether the lock has not been released."""
        return self._file >= 0

    def release(self) -> None:
        """Let others write; do nothing the second time."""
        if self._file >= 0:
            # Closing releases the lock, on every system.
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _try(file: int) -> bool:
    """Try to lock an open file at once."""
    try:
        if sys.platform == "win32":
            os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
