"""Do file descriptors, maps and memory return to where they were, after whatever happens to an index?"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import indexer
from tests.crash import tides
from tests.crash.leaks import maps_of, open_files, resident_kilobytes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc shows")

REBUILDS = [25, pytest.param(200, marks=pytest.mark.long)]
GROWTH = 12_000  # kB that allocators may keep of what was freed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with sources and their index."""
    tides.build(tmp_path / "src", 1)
    return tmp_path


def assert_nothing_stays(folder: Path, work: Callable[[int], None], times: int, warm: int = 5) -> None:
    """Do something a few times, then many times more: nothing may have grown."""
    for number in range(warm):
        work(number)
    gc.collect()
    files, maps, memory = open_files(), maps_of(folder), resident_kilobytes()
    for number in range(warm, warm + times):
        work(number)
    gc.collect()
    assert open_files() <= files
    assert maps_of(folder) <= maps
    grown = resident_kilobytes() - memory
    print(f"\n{times} times: {files} files and {maps} maps stay, memory {grown:+,} kB")
    assert grown < GROWTH


@pytest.mark.parametrize("times", REBUILDS)
def test_an_open_reader_lets_go_of_old_generations(folder: Path, times: int) -> None:
    with indexer.open_index(folder / "index") as opened:

        def rebuild(number: int) -> None:
            tides.build(folder / "src", number)
            tides.assert_one_round(indexer.plain(opened.search(tides.WORD, size=100)))
            opened.suggest("cx")
            opened.similar(next(opened.articles()).id)

        assert_nothing_stays(folder, rebuild, times)
        assert not any("(deleted)" in line for line in maps_lines(folder))
    assert maps_of(folder) == 0


def maps_lines(folder: Path) -> list[str]:
    return [line for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines() if str(folder) in line]


@pytest.mark.parametrize("times", [100, pytest.param(1_000, marks=pytest.mark.long)])
def test_an_index_that_is_closed_holds_nothing(folder: Path, times: int) -> None:
    def visit(_: int) -> None:
        with indexer.open_index(folder / "index") as opened:
            assert opened.search(f'"{tides.WORD}"').total
        assert maps_of(folder) == 0

    assert_nothing_stays(folder, visit, times)


@pytest.mark.parametrize("times", [100, pytest.param(1_000, marks=pytest.mark.long)])
def test_errors_hold_nothing(folder: Path, times: int) -> None:
    damaged = folder / "damaged"
    damaged.mkdir()
    (damaged / "CURRENT").write_bytes(b"1")
    (damaged / "gen-1").mkdir()
    (damaged / "gen-1" / "manifest.json").write_bytes(b"{}")
    with indexer.open_index(folder / "index") as opened:

        def err(_: int) -> None:
            for attempt in (
                lambda: indexer.open_index(folder / "nowhere"),
                lambda: indexer.open_index(damaged),
                lambda: opened.search("year:abc"),
                lambda: opened.search("光" * 300),
                lambda: opened.search(page=0),
                lambda: indexer.build_index([folder / "nowhere"], index=folder / "other"),
                lambda: indexer.build_index([folder / "src"], index=damaged),
                lambda: indexer.build_index([folder / "src"], index=folder / "src" / "00.txt"),
            ):
                with pytest.raises(indexer.WensouError):
                    attempt()

        assert_nothing_stays(folder, err, times)


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.long)])
def test_builds_with_processes_leave_none_behind(folder: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.engine.whoosh.building.writer._ALONE", 0)
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")

    def rebuild(number: int) -> None:
        tides.build(folder / "src", number)

    assert_nothing_stays(folder, rebuild, times, warm=1)
    assert children() == set()


def children() -> set[str]:
    """The processes that this one has started and that are not the helper that reads documents."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found |= set((task / "children").read_text().split())
    return {pid for pid in found if "serve()" not in Path(f"/proc/{pid}/cmdline").read_text()}
