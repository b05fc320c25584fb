"""Do writers add, replace, remove and take back articles as they promise, alone and with other processes?"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from indexer.engine.base import FileState, SourceState, Writer
from indexer.engine.generations import Generation, open_newest, seal
from indexer.engine.whoosh import check_index, drop_damaged, open_writer, remembered_state
from indexer.engine.whoosh.building.writer import SegmentWriter
from indexer.engine.whoosh.layout.catalog import open_segments
from indexer.errors import IndexCorrupt, IndexMissing, WensouError
from indexer.models import Article

Job = tuple[str, Sequence[str]]

LARGE = 1 << 30
STATE = SourceState(("/seeds", "/more"), "words.txt", {"a.txt": FileState("d1", 2), "b \ud800": FileState("d2", 0)})


def read(job: Job, mark: str = "") -> tuple[list[Article], str]:
    """Return an article for each text of a job; its id is file and place."""
    file, texts = job
    articles = [Article(f"{file}#{n}", None, text + mark, file, n + 1, (1, 1)) for n, text in enumerate(texts)]
    return articles, file


def read_badly(job: Job) -> tuple[list[Article], str]:
    """Break the promise to raise nothing."""
    raise RuntimeError("broken reader")


def print_and_read(job: Job) -> tuple[list[Article], str]:
    """Print, as libraries do, where a process talks to its parent."""
    print("noise", flush=True)
    return read(job)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def write(index: Path, *jobs: Job, remove: Sequence[str] = (), size: int = 0) -> None:
    """Write jobs, remove files and publish."""
    writer = SegmentWriter(index)
    assert sorted(writer.write(jobs, read, size=size)) == sorted(file for file, _ in jobs)
    writer.remove(remove)
    writer.commit(STATE)


def texts(index: Path) -> dict[str, str]:
    """Every article that lives: id → text."""
    found: dict[str, str] = {}
    for opened in open_newest(index, open_segments, pytest.fail):
        for number, article in enumerate(opened.segment):
            if opened.deleted is None or not opened.deleted[number]:
                assert article.id not in found
                found[article.id] = article.text
    return found


def segments(index: Path) -> list[tuple[int, int]]:
    """Articles and deleted articles of each segment."""
    return [(each.entry.articles, each.entry.deleted) for each in open_newest(index, open_segments, pytest.fail)]


def test_nothing_is_seen_before_commit(index: Path) -> None:
    writer = open_writer(index)
    list(writer.write([("a.txt", ["一"])], read, size=0))
    with pytest.raises(IndexMissing):
        texts(index)
    writer.commit(STATE)
    assert texts(index) == {"a.txt#0": "一"}
    assert remembered_state(index) == STATE


def test_an_empty_index_is_an_index(index: Path) -> None:
    write(index)
    assert texts(index) == {}
    assert check_index(index) == []


def test_replacing_a_file_is_removing_and_adding(index: Path) -> None:
    write(index, ("a.txt", ["一", "二"]), ("b.txt", ["三"]))
    write(index, ("a.txt", ["新"]), remove=["a.txt"])
    assert texts(index) == {"a.txt#0": "新", "b.txt#0": "三"}
    assert check_index(index) == []


def test_removing_an_archive_removes_its_members(index: Path) -> None:
    write(index, ("a.zip/1.txt", ["一"]), ("a.zip/2.txt", ["二"]), ("a.zip2", ["三"]), ("a", ["四"]))
    write(index, remove=["a.zip", "no such file"])
    assert set(texts(index)) == {"a.zip2#0", "a#0"}


def test_removing_everything_leaves_an_empty_index(index: Path) -> None:
    write(index, ("a.txt", ["一"]))
    write(index, remove=["a.txt"])
    assert texts(index) == {}
    assert segments(index) == []


def test_discarding_takes_back_what_was_written(index: Path) -> None:
    write(index, ("a.txt", ["一"]))
    writer = SegmentWriter(index)
    list(writer.write([("a.txt", ["坏", "坏"]), ("b.txt", ["好"])], read, size=0))
    writer.discard(["a.txt"])
    writer.commit(STATE)
    assert texts(index) == {"a.txt#0": "一", "b.txt#0": "好"}


def test_of_two_articles_with_one_id_the_later_stays(index: Path) -> None:
    write(index, ("a.txt", ["一"]), ("a.txt", ["二"]), ("b.txt", ["三"]))
    assert texts(index)["a.txt#0"] == "二"
    write(index, ("a.txt", ["四"]))
    assert texts(index) == {"a.txt#0": "四", "b.txt#0": "三"}


def test_cancelling_changes_nothing_and_frees_the_lock(index: Path) -> None:
    write(index, ("a.txt", ["一"]))
    before = sorted(index.rglob("*"))
    writer = SegmentWriter(index)
    list(writer.write([("b.txt", ["二"])], read, size=0))
    writer.remove(["a.txt"])
    writer.cancel()
    writer.cancel()
    assert sorted(index.rglob("*")) == before
    assert texts(index) == {"a.txt#0": "一"}
    SegmentWriter(index).cancel()


def test_rebuilding_begins_with_nothing(index: Path) -> None:
    write(index, ("a.txt", ["一"]))
    writer = SegmentWriter(index, rebuild=True)
    list(writer.write([("b.txt", ["二"])], read, size=0))
    writer.commit(STATE)
    assert texts(index) == {"b.txt#0": "二"}


def test_an_index_of_another_version_is_left_behind(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(index, ("a.txt", ["一"]))
    monkeypatch.setattr("indexer.engine.whoosh.layout.catalog.SCHEMA_VERSION", 99)
    with pytest.raises(IndexMissing, match=r"another schema; run: python -m indexer index"):
        texts(index)
    assert remembered_state(index) == STATE
    write(index, ("b.txt", ["二"]))
    assert texts(index) == {"b.txt#0": "二"}


def test_small_updates_leave_few_segments(index: Path) -> None:
    for number in range(20):
        write(index, (f"{number}.txt", ["光伏产业"] * 3))
        assert len(segments(index)) <= 6
    assert len(texts(index)) == 60
    assert check_index(index) == []


def test_deletions_are_kept_until_there_are_many(index: Path) -> None:
    write(index, *((f"{number}.txt", ["光伏产业发展"]) for number in range(100)))
    write(index, remove=["1.txt", "2.txt"])
    assert segments(index) == [(100, 2)]
    assert len(texts(index)) == 98
    assert check_index(index) == []
    write(index, remove=[f"{number}.txt" for number in range(50)])
    assert segments(index) == [(50, 0)]
    assert check_index(index) == []


def test_several_processes_build_what_one_builds(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [(f"{number}.txt", ["光伏产业", "新能源汽车"] * 20) for number in range(60)]
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    write(index, *jobs, size=LARGE)
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "1")
    write(tmp_path / "other", *jobs, size=LARGE)
    assert texts(index) == texts(tmp_path / "other")
    assert check_index(index) == []


@pytest.mark.parametrize("reader", [print_and_read, functools.partial(read, mark="!")])
def test_readers_may_be_anything_that_can_be_pickled(
    index: Path, monkeypatch: pytest.MonkeyPatch, reader: functools.partial[tuple[list[Article], str]]
) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    writer = SegmentWriter(index)
    assert list(writer.write([("a.txt", ["一"])], reader, size=LARGE)) == ["a.txt"]
    writer.commit(STATE)
    assert set(texts(index)) == {"a.txt#0"}


def test_a_reader_that_breaks_ends_the_build(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    writer = SegmentWriter(index)
    with pytest.raises(WensouError, match="a process of the build has died"):
        list(writer.write([("a.txt", ["一"])], read_badly, size=LARGE))
    writer.cancel()


@pytest.mark.parametrize(("memory", "most"), [(100, 0), (200, 1), (300, 2), (512, 4), (4_000, 5)])
def test_no_more_processes_start_than_memory_is_for(
    index: Path, monkeypatch: pytest.MonkeyPatch, memory: int, most: int
) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "5")
    monkeypatch.setenv("WENSOU_BUILD_MEMORY", str(memory))
    writer = SegmentWriter(index)
    before = children()
    outcomes = writer.write((("a.txt", ["一"]) for _ in range(1_000)), read, size=LARGE)
    next(outcomes)
    assert len(children() - before) == (most if most > 1 else 0)
    outcomes.close()  # type: ignore[attr-defined]
    writer.cancel()


def test_a_reader_that_cannot_be_pickled_is_told(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    writer = SegmentWriter(index)
    with pytest.raises(WensouError, match="processes of the build cannot be started"):
        list(writer.write([("a.txt", ["一"])], lambda job: read(job), size=LARGE))
    writer.cancel()


def test_jobs_that_fail_and_readers_that_stop_leave_no_processes(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")

    def failing() -> Iterator[Job]:
        yield "a.txt", ["一"]
        raise KeyError("source gone")

    before = children()
    writer = SegmentWriter(index)
    with pytest.raises(KeyError, match="source gone"):
        list(writer.write(failing(), read, size=LARGE))
    outcomes = writer.write((("b.txt", ["二"]) for _ in range(10_000)), read, size=LARGE)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert children() <= before
    writer.cancel()


def children() -> set[str]:
    """The processes that this one has started (Linux)."""
    return {pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


def test_memory_bounds_segments_not_the_build(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_MEMORY", "1")
    written: list[int] = []
    original = SegmentWriter._settle

    def count(self: SegmentWriter) -> object:
        written.append(len(self._new))
        return original(self)

    monkeypatch.setattr("indexer.engine.whoosh.building.writer._LEAST", 1_000_000)
    monkeypatch.setattr(SegmentWriter, "_settle", count)
    write(index, *((f"{number}.txt", ["光伏产业发展" * 1000]) for number in range(40)))
    assert written[0] > 2
    assert len(texts(index)) == 40


def test_a_damaged_generation_gives_way(index: Path) -> None:
    write(index, ("a.txt", ["一"]))
    write(index, ("b.txt", ["二" * 50]), remove=["a.txt"])
    assert not drop_damaged(index)
    path = next((index / "gen-2").glob("*.seg"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert [damage.file for damage in check_index(index)] == [str(path)]
    assert drop_damaged(index)
    assert texts(index) == {"a.txt#0": "一"}
    assert check_index(index) == []
    write(index, ("b.txt", ["二"]))
    assert set(texts(index)) == {"a.txt#0", "b.txt#0"}


@pytest.mark.parametrize(
    "segments",
    [None, 5, [["s", "tail"]], [["../../x", "0", 1, 1, 0]], [["s1_1_0", "0" * 128, 1, 10, 0]], [[[], {}, 1, 2, 3]]],
)
def test_a_crafted_body_is_refused(index: Path, segments: object) -> None:
    write(index, ("a.txt", ["一"]))
    generation = open_newest(index, lambda found: found, pytest.fail)
    _reseal(generation, segments)
    with pytest.raises(IndexCorrupt):
        open_newest(index, open_segments, pytest.fail)


def _reseal(generation: Generation, segments: object) -> None:
    """Write a manifest whose checksum holds, with other segments."""
    path = generation.folder / "manifest.json"
    content = json.loads(path.read_bytes())["content"]
    content["body"]["segments"] = segments
    path.write_bytes(seal(content))


def accepts_protocol(writer: SegmentWriter) -> Writer:
    """Hold the class to the protocol (checked by types, not run)."""
    return writer


def test_workers_find_their_modules(index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # A module in the current folder must not take the place of one of the package's own.
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path not in ("", str(tmp_path))])
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    write(index, ("a.txt", ["一"]), size=LARGE)
    assert set(texts(index)) == {"a.txt#0"}


def test_processes_hand_over_runs_of_which_nothing_stays(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    monkeypatch.setattr("indexer.engine.whoosh.building.writer._RUNS", 1 << 24)
    write(index, *((f"{number}.txt", ["光伏产业", f"第{number}"]) for number in range(9)), size=LARGE)
    assert segments(index) == [(18, 0)], "each article was a run of its own"
    assert set(texts(index).values()) == {"光伏产业", *(f"第{number}" for number in range(9))}
    assert {path.suffix for path in (index / "gen-1").iterdir()} == {".json", ".seg"}
    assert check_index(index) == []


def test_large_merges_run_in_other_processes(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_BUILD_PROCESSES", "2")
    monkeypatch.setattr("indexer.engine.whoosh.building.writer._SMALL", 0)
    monkeypatch.setattr("indexer.engine.whoosh.building.writer.plan_merges", lambda sizes: [])
    for number in range(3):
        write(index, (f"{number}.txt", ["光伏产业", "新能源汽车"] * 10))
    monkeypatch.setattr("indexer.engine.whoosh.building.writer.plan_merges", lambda sizes: [[0, 3], [1, 2]])
    write(index, ("1.txt", ["新"]), size=LARGE)
    assert sorted(segments(index)) == [(21, 0), (39, 0)]
    assert len(texts(index)) == 60
    assert texts(index)["1.txt#0"] == "新"
    assert check_index(index) == []
