"""Does what is called durable reach the disk?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from indexer.engine.files import Disk


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes of what the system was asked to make durable, in order."""
    found: list[int] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        fsync(descriptor)
        found.append(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", note)
    return found


def test_syncing_asks_the_system_to(tmp_path: Path, synced: list[int]) -> None:
    disk = Disk()
    with disk.create(tmp_path / "a") as file:
        disk.write(file, b"content")
        assert synced == []
        disk.sync(file)
    assert (tmp_path / "a").read_bytes() == b"content"
    assert synced == [(tmp_path / "a").stat().st_ino]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes names durable by itself")
def test_syncing_a_folder_asks_the_system_to(tmp_path: Path, synced: list[int]) -> None:
    Disk().sync_folder(tmp_path)
    assert synced == [tmp_path.stat().st_ino]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError), Disk().create(tmp_path / "a"):
        pass
    assert (tmp_path / "a").read_bytes() == b"old"
