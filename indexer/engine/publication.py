"""How is a generation written, so that it is there as a whole or not at all? See generations for the layout.

Every step is a method of Disk. Whatever fails before CURRENT is replaced leaves the old generation as the index, and
`cancel` (or, after a crash, the next publication) removes what was left.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.engine.files import Disk
from indexer.engine.generations import CURRENT, FORMAT, MANIFEST, FileEntry, Generation, numbers, read_current, seal
from indexer.engine.lock import Lock
from indexer.errors import WensouError

__all__ = ["Publication", "point_to", "told"]

_log = logging.getLogger(__name__)

_BUILDING = "building"
_HALF = re.compile(f"{_BUILDING}(-[0-9a-f]{{8}})?")
_FRESH = "CURRENT.new"
_PIECE = 1 << 22


@contextmanager
def told(action: str) -> Iterator[None]:
    """Turn an OSError into a WensouError that says what could not be done and that nothing is lost."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        where = f" ({error.filename})" if error.filename else ""
        raise WensouError(f"{action} failed: {reason}{where}; the index is as it was before") from error


class Publication:
    """Prepare one generation under the writer's lock; `publish` or `cancel` ends it.

    `number` is what the generation will have; `folder` is where the engine writes files of its own making, synced,
    before it names them with `add`.
    """

    def __init__(self, index: Path, disk: Disk, wait: float) -> None:
        """Take the lock and clear away what crashed writers left; raise IndexBusy or WensouError."""
        self.index, self.disk = index, disk
        # A name of its own: what a killed writer's processes still have in hand finds its folder gone.
        self.folder = index / f"{_BUILDING}-{secrets.token_hex(4)}"
        self.number = 0
        self._files: dict[str, FileEntry] = {}
        self._kept: set[int] = set()
        if index.exists() and not index.is_dir():
            raise WensouError(f"{index} is a file, and an index is a folder: choose another with --index")
        with told(f"opening {index} for writing"):
            _make_folders(disk, index)
            self._lock = Lock(index, wait)
            try:
                present = numbers(index)
                current = read_current(index)
                # Where CURRENT is damaged, any generation may be the one to fall back to.
                self._kept = set(present) if current is None else {n for n in present if n <= current}
                self.number = max((*present, current or 0)) + 1
                self._sweep()
                disk.make_folder(self.folder)
            except BaseException:
                self._lock.release()
                raise

    def add(self, name: str, entry: FileEntry) -> None:
        """Make a synced file in `folder` part of the generation."""
        self._files[name] = entry

    def write(self, name: str, data: bytes) -> None:
        """Write a small file; raise OSError."""
        with self.disk.create(self.folder / name) as file:
            self.disk.write(file, data)
            self.disk.sync(file)
        self.add(name, FileEntry(len(data), blake2b(data).hexdigest()))

    def carry(self, generation: Generation, name: str) -> None:
        """Take over a file of an older generation: linked, or copied where links are impossible; raise OSError."""
        source, target = generation.folder / name, self.folder / name
        try:
            self.disk.link(source, target)
        except OSError:
            self._copy(source, target)
        self.add(name, generation.files[name])

    def _copy(self, source: Path, target: Path) -> None:
        with open(source, "rb") as old, self.disk.create(target) as new:
            while piece := old.read(_PIECE):
                self.disk.write(new, piece)
            self.disk.sync(new)

    def drop(self, name: str) -> None:
        """Remove a file again, whether it was added or merely written; raise OSError."""
        self._files.pop(name, None)
        self.disk.unlink(self.folder / name)

    def publish(self, body: Mapping[str, Any], *, keep: int | None) -> int:
        """Publish and return the new generation's number; `keep` is the older one to keep for emergencies.

        After a return the new generation survives a power loss (a warning is logged where the disk cannot say so).
        Raises OSError, and then the old generation is still the index.
        """
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        files = {name: (entry.size, entry.digest) for name, entry in sorted(self._files.items())}
        content = {"format": FORMAT, "number": self.number, "published": now, "files": files, "body": dict(body)}
        self.write(MANIFEST, seal(content))
        self.disk.sync_folder(self.folder)
        self.disk.replace(self.folder, self.index / f"gen-{self.number}")
        self.disk.sync_folder(self.index)
        _replace_current(self.index, self.disk, self.number)
        self._kept = {self.number} if keep is None else {self.number, keep}
        self._sweep()
        self._lock.release()
        return self.number

    def cancel(self) -> None:
        """Remove what was written and release the lock; do nothing after `publish`."""
        if self._lock.held:
            try:
                self._sweep()
            finally:
                self._lock.release()

    def _sweep(self) -> None:
        """Remove generations that are not kept and what crashed writers left.

        What cannot be removed stays until the next time: on Windows a reader may still have it open.
        """
        # Asked again, because CURRENT may have been replaced although the step after it failed.
        kept = self._kept | {read_current(self.index)}
        with contextlib.suppress(OSError):
            stale = [self.index / f"gen-{number}" for number in numbers(self.index) if number not in kept]
            half = [path for path in sorted(self.index.iterdir()) if _HALF.fullmatch(path.name)]
            for folder in (*half, *stale):
                with contextlib.suppress(OSError):
                    _remove(self.disk, folder)
        with contextlib.suppress(OSError):
            self.disk.unlink(self.index / _FRESH)


def point_to(index: Path, number: int, disk: Disk, wait: float) -> None:
    """Make another generation the current one; raise IndexBusy or WensouError."""
    with told(f"writing {index / CURRENT}"), Lock(index, wait):
        _replace_current(index, disk, number)


def _replace_current(index: Path, disk: Disk, number: int) -> None:
    """Let CURRENT name a generation: the commit point."""
    fresh = index / _FRESH
    with contextlib.suppress(FileNotFoundError):
        disk.unlink(fresh)
    with disk.create(fresh) as file:
        disk.write(file, seal(number))
        disk.sync(file)
    disk.replace(fresh, index / CURRENT)
    try:
        disk.sync_folder(index)
    except OSError as error:
        # Readers see it already, so this is no failure of the publication any more.
        _log.warning("%s: generation %d is published, but may not survive a power loss (%s)", index, number, error)


def _remove(disk: Disk, folder: Path) -> None:
    """Remove a folder of files; the manifest first, so that half a generation is never taken for a whole one."""
    if not folder.is_dir():
        return
    for name in sorted(os.listdir(folder), key=lambda name: name != MANIFEST):
        disk.unlink(folder / name)
    disk.remove_folder(folder)


def _make_folders(disk: Disk, folder: Path) -> None:
    """Create a folder and those above it, durably."""
    if not folder.is_dir():
        _make_folders(disk, folder.parent)
        with contextlib.suppress(FileExistsError):
            disk.make_folder(folder)
        disk.sync_folder(folder.parent)
