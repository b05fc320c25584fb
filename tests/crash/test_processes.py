"""What do real processes do to an index: killed, two at once, out of room, or handed a crafted folder?"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.engine.whoosh.building.writer import SegmentWriter
from indexer.engine.whoosh.check import check_index
from indexer.errors import IndexBusy, WensouError
from tests.conftest import until
from tests.crash.small import FIRST, SECOND, assert_sound, assert_tidy, content_of, first_build, second_build, seen

ROOT = Path(__file__).parents[2]
BEFORE = content_of(FIRST)

# A build that takes a while and writes with several processes; it says when it begins to write.
BUILDER = """
import sys
from pathlib import Path
from indexer.engine.base import SourceState
from indexer.engine.whoosh.building.writer import SegmentWriter
from tests.crash import processes
writer = SegmentWriter(Path(sys.argv[1]))
print("writing", flush=True)
list(writer.write(range(int(sys.argv[2])), processes.read, size=1 << 30))
writer.remove(["a", "b", "c"])
writer.commit(SourceState(("src",)))
print("published", flush=True)
"""


def start_build(index: Path, jobs: int = 15, **environment: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own and wait until it holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(index), str(jobs)],
        cwd=ROOT,
        env=os.environ | {"WENSOU_BUILD_PROCESSES": "2"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n", process.communicate()
    return process


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def kill_at_random(index: Path, chance: random.Random, longest: float) -> bool:
    """Kill a build at a random moment; return whether it had published."""
    process = start_build(index)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.random() * longest)
    workers = children_of(process.pid)
    process.send_signal(signal.SIGKILL)
    output, _ = process.communicate()
    until(lambda: not any(map(is_running, workers)), 5.0)  # no worker outlives its build
    return "published" in output


def run_kills(folder: Path, rounds: int) -> None:
    chance = random.Random(7)
    started = time.monotonic()
    process = start_build(folder / "whole")
    process.communicate()
    longest = time.monotonic() - started
    after = seen(folder / "whole")
    for number in range(rounds):
        index = folder / f"index{number}"
        first_build(index)
        published = kill_at_random(index, chance, longest)
        assert assert_sound_or(index, after) or not published
        shutil.rmtree(index)


def assert_sound_or(index: Path, after: object) -> bool:
    """The index is as before or as after; return whether as after."""
    found = seen(index)
    assert found in (BEFORE, after)
    assert check_index(index) == []
    first_build(index)
    assert_tidy(index)
    return found == after


def test_killed_builds_leave_before_or_after(tmp_path: Path) -> None:
    run_kills(tmp_path, 4)


@pytest.mark.long
def test_a_hundred_killed_builds_leave_before_or_after(tmp_path: Path) -> None:
    run_kills(tmp_path, 100)


def test_a_second_writer_is_told_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    process = start_build(index, jobs=100_000)
    try:
        monkeypatch.setenv("WENSOU_LOCK_WAIT", "0")
        with pytest.raises(IndexBusy, match=rf"process {process.pid} since 2\d{{3}}-"):
            SegmentWriter(index)
    finally:
        process.kill()
        process.communicate()
    # The lock has died with its process.
    assert_sound(index, None)


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    index = tmp_path / "index"
    process = start_build(index, jobs=4)
    second = SegmentWriter(index)
    second.cancel()
    output, errors = process.communicate()
    assert "published" in output, errors


def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first_build(index)
    process = start_build(index, jobs=100_000)
    try:
        until(lambda: bool(children_of(process.pid)))
        workers = children_of(process.pid)
        os.kill(workers[0], signal.SIGKILL)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    # Which of the two depends on how far it had come.
    assert "a process of the build has died" in errors or "processes of the build cannot be started" in errors
    assert not any(map(is_running, workers))
    assert_sound(index, BEFORE)


def test_a_limit_on_file_sizes_is_told(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first_build(index)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores SIGXFSZ, so that a write beyond the limit fails with EFBIG.
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(WensouError, match="writing the index failed: File too large"):
            second_build(index)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert_tidy(index)
    assert_sound(index, BEFORE)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 700 KB."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told(tiny_disk: Path) -> None:
    index = tiny_disk / "index"
    first_build(index)
    filler = tiny_disk / "filler"
    with open(filler, "wb") as file:
        file.write(bytes(300_000))
    with pytest.raises(WensouError, match="writing the index failed: No space left on device"):
        second_build(index)
    assert seen(index) == BEFORE
    assert_tidy(index)
    filler.unlink()
    assert_sound(index, BEFORE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first_build(index)
    index.chmod(0o500)
    try:
        with pytest.raises(WensouError, match="Permission denied"):
            second_build(index)
    finally:
        index.chmod(0o700)
    assert_sound(index, BEFORE)


def test_an_undisturbed_build_is_sound(tmp_path: Path) -> None:
    first_build(tmp_path)
    second_build(tmp_path)
    assert_sound(tmp_path, content_of(SECOND))
