"""Does an index survive a fault at any one of the operations that change files?"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import WensouError
from tests.crash.faults import FailingDisk, Names, PowerDisk, Stopped, StoppingDisk
from tests.crash.small import (
    FIRST,
    SECOND,
    assert_sound,
    assert_tidy,
    build,
    content_of,
    first_build,
    second_build,
    seen,
)

BEFORE, AFTER = content_of(FIRST), content_of(SECOND)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two generations, so that all kinds of operations occur."""
    index = tmp_path_factory.mktemp("built") / "index"
    first_build(index)
    first_build(index)
    return index


def copies(built: Path, folder: Path) -> Callable[[], Path]:
    """Return what gives a fresh copy of the index."""

    def copy() -> Path:
        shutil.rmtree(folder / "index", ignore_errors=True)
        shutil.copytree(built, folder / "index")
        return folder / "index"

    return copy


@pytest.mark.parametrize("lasting", [False, True])
def test_a_failing_operation_is_told_and_changes_nothing(built: Path, tmp_path: Path, lasting: bool) -> None:
    fresh = copies(built, tmp_path)
    told, k = 0, 0
    while True:
        k += 1
        index, disk = fresh(), FailingDisk(k, lasting=lasting)
        try:
            second_build(index, disk)
            failed = False
        except WensouError as error:
            assert "injected fault" in str(error)
            failed, told = True, told + 1
        if not disk.reached:
            break
        if failed and not lasting:
            assert_tidy(index)
        # After the commit point failures do not matter: they come when old generations are swept.
        assert_sound(index, BEFORE if failed else AFTER)
    assert told > 20


def test_the_reason_is_told(built: Path, tmp_path: Path) -> None:
    index = copies(built, tmp_path)()
    with pytest.raises(WensouError, match=r"writing the index failed: .*; the index is as it was before"):
        second_build(index, FailingDisk(9, code=errno.EACCES))


def test_a_stop_at_any_operation_leaves_before_or_after(built: Path, tmp_path: Path) -> None:
    fresh = copies(built, tmp_path)
    outcomes = set()
    k = 0
    while True:
        k += 1
        index, disk = fresh(), StoppingDisk(k)
        try:
            second_build(index, disk)
            break
        except Stopped:
            outcomes.add(assert_sound(index, BEFORE, AFTER) == AFTER)
    assert outcomes == {False, True}


@pytest.mark.parametrize("names", ["synced", "latest", "all"])
def test_a_power_loss_at_any_operation_leaves_before_or_after(built: Path, tmp_path: Path, names: Names) -> None:
    fresh = copies(built, tmp_path)
    outcomes = set()
    k = 0
    while True:
        k += 1
        index = fresh()
        disk = PowerDisk(k, tmp_path)
        try:
            second_build(index, disk)
            break
        except Stopped:
            disk.survivors(tmp_path / "survivors", names)
            outcomes.add(assert_sound(tmp_path / "survivors" / "index", BEFORE, AFTER) == AFTER)
            shutil.rmtree(tmp_path / "survivors")
    assert outcomes == {False, True}
    # What has been published survives as it is.
    disk = PowerDisk(1 << 30, tmp_path)
    build(index, SECOND, (), disk)
    disk.survivors(tmp_path / "survivors", names)
    assert seen(tmp_path / "survivors" / "index") == AFTER


def test_a_first_build_that_stops_leaves_nothing_or_all(tmp_path: Path) -> None:
    k = 0
    while True:
        k += 1
        base = tmp_path / f"run{k}"
        base.mkdir()
        disk = PowerDisk(k, base)
        try:
            build(base / "new" / "index", SECOND, (), disk)
            break
        except Stopped:
            disk.survivors(base / "survivors", "synced")
            assert_sound(base / "new" / "index", None, AFTER)
            assert_sound(base / "survivors" / "new" / "index", None, AFTER)
