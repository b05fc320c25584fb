"""Is every byte of a file of several stretches verified, whichever way it is read?"""

from __future__ import annotations

import io
import os
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.files import Disk
from indexer.engine.whoosh.layout import container as module
from indexer.engine.whoosh.layout import writing
from indexer.engine.whoosh.layout.container import Container
from indexer.errors import IndexCorrupt

TYPES = {"numbers": np.dtype("<u4"), "bytes": np.dtype("u1")}
NUMBERS = np.arange(40_000, dtype="<u4")  # 160 KB: three stretches, the last one not full
AT = (100, 100_000, 159_000)  # one place in each stretch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "arrays"


@pytest.fixture
def container(path: Path, monkeypatch: pytest.MonkeyPatch) -> Container:
    for each in (module, writing):
        monkeypatch.setattr(each, "STRETCH", 1 << 16)
    written = writing.write_container(Disk(), path, {"numbers": NUMBERS, "bytes": np.zeros(3, "u1")}, {})
    return Container(path, written.size, written.tail, TYPES)


def flip(path: Path, at: int) -> None:
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def test_what_was_written_is_read(container: Container) -> None:
    container.verify()
    container.verify_ahead(lambda: False)
    assert (container.view("numbers") == NUMBERS).all()
    assert container.two("numbers", 77) == (77, 78)


@pytest.mark.parametrize("at", AT)
def test_a_wrong_bit_is_found_by_its_block(container: Container, path: Path, at: int) -> None:
    flip(path, at)
    place = f"between bytes {at // 1024 * 1024} and {at // 1024 * 1024 + 1024};"
    with pytest.raises(IndexCorrupt, match=place):
        container.verify()
    with pytest.raises(IndexCorrupt, match=place):
        container.verify_ahead(lambda: False)
    with pytest.raises(IndexCorrupt, match=place):
        container.view("numbers")


@pytest.mark.parametrize("at", AT)
def test_what_is_damaged_later_is_verified_again(container: Container, path: Path, at: int) -> None:
    container.verify_ahead(lambda: False)
    container.renew()
    flip(path, at)
    os.utime(path, ns=(0, 1))  # the clock of a file system may be too coarse to tell the writes apart
    container.renew()
    for read in (container.view, lambda name: container.two(name, at // 4)):
        with pytest.raises(IndexCorrupt):
            read("numbers")
    flip(path, at)
    os.utime(path, ns=(0, 2))
    container.renew()
    assert (container.view("numbers") == NUMBERS).all()


def test_a_file_that_was_cut_is_not_touched(container: Container, path: Path) -> None:
    os.truncate(path, 100_000)
    with pytest.raises(IndexCorrupt, match="has been cut"):
        container.renew()
    with pytest.raises(IndexCorrupt, match="has been cut"):
        container.verify_ahead(lambda: False)


def test_a_file_that_is_gone_stays_readable_to_who_has_it_open(container: Container, path: Path) -> None:
    path.unlink()
    container.renew()
    container.verify_ahead(lambda: False)
    assert (container.view("numbers") == NUMBERS).all()


def test_another_file_in_its_place_changes_nothing(container: Container, path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"short")
    os.replace(other, path)
    container.renew()
    container.verify_ahead(lambda: False)
    assert (container.view("numbers") == NUMBERS).all()


@pytest.mark.parametrize("at", AT)
def test_damage_while_a_stretch_is_verified_is_not_forgotten(
    container: Container, path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    crc32, damaged = zlib.crc32, []

    def damage_meanwhile(data: memoryview, value: int = 0) -> int:
        found = crc32(data, value)
        if not damaged:
            damaged.append(at)
            flip(path, at)
            os.utime(path, ns=(0, 1))
            container.renew()
        return found

    monkeypatch.setattr(zlib, "crc32", damage_meanwhile)
    with pytest.raises(IndexCorrupt):
        container.verify_ahead(lambda: False)
        container.view("numbers")


def test_damage_when_all_is_just_verified_is_not_forgotten(container: Container, path: Path) -> None:
    renewing = threading.Thread(target=container.renew)

    class Slow(bytearray):
        def find(self, *wanted: int) -> int:  # type: ignore[override]
            found = super().find(*wanted)
            if found < 0:
                flip(path, AT[0])
                os.utime(path, ns=(0, 1))
                renewing.start()
            return found

    container._unverified = Slow(container._unverified)
    container.verify_ahead(lambda: False)
    renewing.join(10)
    for read in (container.view, lambda name: container.two(name, AT[0] // 4)):
        with pytest.raises(IndexCorrupt):
            read("numbers")


def test_damage_that_checking_finds_is_met_by_readers_too(container: Container, path: Path) -> None:
    container.verify_ahead(lambda: False)
    before = path.stat().st_mtime_ns
    flip(path, AT[1])
    os.utime(path, ns=(before, before))
    container.renew()
    assert len(container.view("numbers")) == len(NUMBERS)  # nothing tells that somebody has written to it
    with pytest.raises(IndexCorrupt):
        container.verify()
    with pytest.raises(IndexCorrupt):
        container.view("numbers")


def test_what_the_disk_cannot_read_is_damage(container: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    class Failing(io.FileIO):
        read = fail

    monkeypatch.setattr(os, "sendfile", fail, raising=False)
    monkeypatch.setattr(module, "open", lambda path, *_, **__: Failing(path), raising=False)
    with pytest.raises(IndexCorrupt, match="Input/output error"):
        container.verify_ahead(lambda: False)


def test_a_system_that_cannot_send_files_reads_them(container: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sendfile", raising=False)
    container.verify_ahead(lambda: False)
    monkeypatch.setattr(zlib, "crc32", lambda *_: pytest.fail("a block is verified once more"))
    assert (container.view("numbers") == NUMBERS).all()


def test_without_a_free_descriptor_nothing_is_verified_ahead(
    container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> io.FileIO:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(module, "open", refuse, raising=False)
    container.verify_ahead(lambda: False)
    assert (container.view("numbers") == NUMBERS).all()


def test_verifying_ahead_stops_when_told(container: Container, path: Path) -> None:
    flip(path, AT[1])
    asked: list[int] = []
    container.verify_ahead(lambda: asked.append(1) or len(asked) > 1)
    assert len(asked) == 2
