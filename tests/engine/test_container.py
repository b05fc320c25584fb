"""Is every byte of a file of several stretches verified, whichever way it is read?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.files import Disk
from indexer.engine.whoosh.layout.container import Container, Written, write_container
from indexer.errors import IndexCorrupt

TYPES = {"numbers": np.dtype("<u4"), "bytes": np.dtype("u1")}
NUMBERS = np.arange(18_000_000, dtype="<u4")  # 72 MB: three stretches, the last one not full
AT = (100, 50_000_000, 71_999_000)  # one place in each stretch


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    path = tmp_path_factory.mktemp("whole") / "arrays"
    return path, write_container(Disk(), path, {"numbers": NUMBERS, "bytes": np.zeros(3, "u1")}, {})


@pytest.fixture
def path(written: tuple[Path, Written], tmp_path: Path) -> Path:
    """A file that may be damaged."""
    return Path(shutil.copy(written[0], tmp_path))


@pytest.fixture
def container(written: tuple[Path, Written], path: Path) -> Container:
    return Container(path, written[1].size, written[1].tail, TYPES)


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
    with pytest.raises(IndexCorrupt):
        container.view("numbers")
    flip(path, at)
    os.utime(path, ns=(0, 2))
    container.renew()
    assert (container.view("numbers") == NUMBERS).all()


def test_a_file_that_was_cut_is_not_touched(container: Container, path: Path) -> None:
    os.truncate(path, 60_000_000)
    with pytest.raises(IndexCorrupt, match="has been cut"):
        container.renew()
    with pytest.raises(IndexCorrupt, match="has been cut"):
        container.verify_ahead(lambda: False)


def test_a_file_that_is_gone_stays_readable_to_who_has_it_open(container: Container, path: Path) -> None:
    path.unlink()
    container.renew()
    container.verify_ahead(lambda: False)
    assert (container.view("numbers") == NUMBERS).all()


def test_verifying_ahead_stops_when_told(container: Container, path: Path) -> None:
    flip(path, AT[1])
    asked: list[int] = []
    container.verify_ahead(lambda: asked.append(1) or len(asked) > 1)
    assert len(asked) == 2
