"""Through which operations does the index change files? All of them, so that tests can make any one of them fail.

Nothing else in the engine writes, syncs, renames, links or unlinks. Every method raises OSError where it fails.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["Disk"]


class Disk:
    """Change files durably: what `sync` and `sync_folder` return from survives a power loss."""

    @contextmanager
    def create(self, path: Path) -> Iterator[BinaryIO]:
        """Open a new file for writing, unbuffered; raise FileExistsError where it exists."""
        with open(path, "xb", buffering=0) as file:
            yield file

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        """Append all of `data`."""
        rest = memoryview(data)
        while len(rest):
            rest = rest[file.write(rest) :]

    def sync(self, file: BinaryIO) -> None:
        """Make a file's content durable."""
        os.fsync(file.fileno())

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder durable; Windows does so by itself and cannot open folders."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def make_folder(self, path: Path) -> None:
        """Create a folder whose parent exists."""
        os.mkdir(path)

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file or folder in one atomic step; a file that has the new name is replaced."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; raise OSError where the file system has no hard links."""
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        os.unlink(path)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        os.rmdir(path)
