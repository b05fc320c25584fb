"""What do many tests share? The seeds, an index of them, and a running server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

import indexer

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something outside of this process has happened; fail the test where it does not."""
    tick = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        tick.wait(0.02)
    pytest.fail(f"did not happen within {seconds} s")


def status_of(url: str) -> int:
    """The status of a GET request."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@contextmanager
def serving(*arguments: str, cwd: Path = ROOT) -> Iterator[str]:
    """Run `python -m web` and give its address once it answers searches."""
    with served(*arguments, cwd=cwd) as (address, _):
        yield address


@contextmanager
def served(
    *arguments: str, cwd: Path = ROOT, log: IO[str] | int = subprocess.DEVNULL
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `python -m web` and give its address and process once it answers searches; `log` takes its stderr."""
    with started(*arguments, cwd=cwd, log=log) as (address, process):
        until(lambda: status_of(address + "/healthz") == 200)
        yield address, process


@contextmanager
def started(
    *arguments: str, cwd: Path = ROOT, log: IO[str] | int = subprocess.DEVNULL
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `python -m web` and give its address and process as soon as it says where it is."""
    command = [sys.executable, "-m", "web", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address
        yield address.rstrip("/"), process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five seed documents."""
    index = tmp_path_factory.mktemp("seeds") / "index"
    report = indexer.build_index([SEEDS], index=index)
    assert report.failed == ()
    return index


@pytest.fixture(scope="session")
def seeds(seed_index: Path) -> Iterator[indexer.Index]:
    """The opened index of the seeds."""
    with indexer.open_index(seed_index) as opened:
        yield opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the seeds."""
    index = tmp_path_factory.mktemp("server") / "index"
    with serving("--index", str(index), "--source", str(SEEDS)) as address:
        yield address
