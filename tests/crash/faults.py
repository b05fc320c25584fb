"""Disks that fail, stop or lose power at the k-th operation, and what is on them afterwards."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from indexer.engine.files import Disk

Names = Literal["synced", "latest", "all"]


class Stopped(BaseException):
    """The process is gone: nothing after this reaches the disk, no clean-up either."""


class FailingDisk(Disk):
    """Fail with ENOSPC at the k-th operation, or from it on; k counts from 1."""

    def __init__(self, k: int, *, lasting: bool = False, code: int = errno.ENOSPC) -> None:
        self.operations = 0
        self._k, self._lasting, self._code = k, lasting, code

    @property
    def reached(self) -> bool:
        return self.operations >= self._k

    def _count(self, path: Path | None = None) -> None:
        self.operations += 1
        if self.operations == self._k or (self._lasting and self.operations > self._k):
            self._fail(path)

    def _fail(self, path: Path | None) -> None:
        raise OSError(self._code, "injected fault", str(path) if path else None)

    @contextmanager
    def create(self, path: Path) -> Iterator[BinaryIO]:
        self._count(path)
        with super().create(path) as file:
            yield file

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        self.operations += 1
        if self.operations == self._k or (self._lasting and self.operations > self._k):
            # A full disk takes some of it.
            super().write(file, memoryview(data)[: len(data) // 2])
            self._fail(None)
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._count()
        super().sync(file)

    def sync_folder(self, path: Path) -> None:
        self._count(path)
        super().sync_folder(path)

    def make_folder(self, path: Path) -> None:
        self._count(path)
        super().make_folder(path)

    def replace(self, source: Path, target: Path) -> None:
        self._count(target)
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self._count(target)
        super().link(source, target)

    def unlink(self, path: Path) -> None:
        self._count(path)
        super().unlink(path)

    def remove_folder(self, path: Path) -> None:
        self._count(path)
        super().remove_folder(path)


class StoppingDisk(FailingDisk):
    """Stop the process at the k-th operation: that one and all later ones do not happen."""

    def __init__(self, k: int) -> None:
        super().__init__(k, lasting=True)

    def _fail(self, path: Path | None) -> None:
        raise Stopped


@dataclass
class _File:
    """Remember what of a file would survive."""

    synced: bytes = b""


@dataclass
class _Folder:
    """Remember the names in a folder, and those that would survive."""

    names: dict[str, _File | _Folder] = field(default_factory=dict)
    synced: dict[str, _File | _Folder] = field(default_factory=dict)
    latest: str | None = None

    def put(self, name: str, node: _File | _Folder) -> None:
        self.names[name] = node
        self.latest = name

    def surviving(self, names: Names) -> dict[str, _File | _Folder]:
        if names == "all":
            return self.names
        # A file system may write a later change of names before an earlier one.
        late = {self.latest: self.names[self.latest]} if names == "latest" and self.latest in self.names else {}
        return self.synced | late


class PowerDisk(StoppingDisk):
    """Stop at the k-th operation and know what survives a loss of power there."""

    def __init__(self, k: int, root: Path) -> None:
        """Take what is below `root` now as durable."""
        super().__init__(k)
        self._root_path = root
        self._root = _read(root)

    def survivors(self, target: Path, names: Names) -> None:
        """Write what survives: file contents that were synced, under names that were, the latest besides, or all."""
        _write(self._root, target, names)

    def _folder(self, path: Path) -> _Folder:
        node: _File | _Folder = self._root
        for name in path.relative_to(self._root_path).parts:
            assert isinstance(node, _Folder)
            node = node.names[name]
        assert isinstance(node, _Folder)
        return node

    @contextmanager
    def create(self, path: Path) -> Iterator[BinaryIO]:
        with super().create(path) as file:
            self._folder(path.parent).put(path.name, _File())
            yield file

    def sync(self, file: BinaryIO) -> None:
        super().sync(file)
        path = Path(str(file.name))
        node = self._folder(path.parent).names[path.name]
        assert isinstance(node, _File)
        node.synced = path.read_bytes()

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        folder = self._folder(path)
        folder.synced = dict(folder.names)
        folder.latest = None

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self._folder(path.parent).put(path.name, _Folder())

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._folder(target.parent).put(target.name, self._folder(source.parent).names.pop(source.name))

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._folder(target.parent).put(target.name, self._folder(source.parent).names[source.name])

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._folder(path.parent).names.pop(path.name)

    def remove_folder(self, path: Path) -> None:
        super().remove_folder(path)
        self._folder(path.parent).names.pop(path.name)


def _read(path: Path) -> _Folder:
    names: dict[str, _File | _Folder] = {
        child.name: _read(child) if child.is_dir() else _File(child.read_bytes()) for child in path.iterdir()
    }
    return _Folder(names, dict(names))


def _write(folder: _Folder, target: Path, names: Names) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name, node in folder.surviving(names).items():
        if isinstance(node, _Folder):
            _write(node, target / name, names)
        else:
            (target / name).write_bytes(node.synced)
