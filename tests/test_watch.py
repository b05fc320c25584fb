"""Is a change of a source in the index within moments while --watch runs?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from indexer.engine.lock import Lock
from indexer.watch import watch_sources
from tests.conftest import ROOT, until

pytest.importorskip("watchfiles", reason="needs the extra `watch`")


def test_a_changed_file_is_indexed_while_watching(tmp_path: Path) -> None:
    source, index = tmp_path / "papers", tmp_path / "papers" / "index"
    source.mkdir()
    (source / "a.txt").write_text("江山市举行了运动会。", encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "index", str(source), "--watch", "--index", str(index)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and "1 added" in process.stdout.readline()
        until(lambda: _finds(source, index), 30)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_a_change_while_another_build_runs_is_indexed_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, index = tmp_path / "papers", tmp_path / "index"
    source.mkdir()
    (source / "a.txt").write_text("江山市举行了运动会。", encoding="utf-8")
    indexer.build_index([source], index=index)
    monkeypatch.setenv("WENSOU_LOCK_WAIT", "0")
    other = Lock(index, 0)

    def watch(*_: Path, yield_on_timeout: bool = False, **__: int) -> Iterator[set[tuple[int, str]]]:
        (source / "b.txt").write_text("龙泉市举行了运动会。", encoding="utf-8")
        yield {(1, str(source / "b.txt"))}
        other.release()
        for _ in range(2 * yield_on_timeout):
            yield set()

    monkeypatch.setattr("watchfiles.watch", watch)
    assert [report.added for report in watch_sources(index)] == [1]


def _finds(source: Path, index: Path) -> bool:
    """Change the source until the change is found: the watcher may have begun a moment after the first build."""
    (source / "b.txt").write_text("龙泉市举行了运动会。", encoding="utf-8")
    return indexer.search("龙泉市", index=index).total == 1
