"""Sources that change as a whole, so that one can see whether an answer mixes two states of the index.

Every article of round 7 says 第7轮, and there are as many articles as `size_of(7)`: an answer is from one generation if it
names one round only and counts as many.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import indexer
from tests.conftest import ROOT

WORD = "潮汐"
_CITIES = ("义乌", "合肥", "杭州", "芜湖", "嘉兴")
_ROUND = re.compile("第([0-9]+)轮")


def size_of(number: int) -> int:
    """The articles of a round."""
    return 20 + number % 5


def write(folder: Path, number: int) -> None:
    """Change every source to a round; later rounds have other files, too."""
    folder.mkdir(exist_ok=True)
    wanted = {f"{place:02}.txt" for place in range(size_of(number))}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for place, name in enumerate(sorted(wanted)):
        city = _CITIES[(place + number) % len(_CITIES)]
        told = f"第{number}轮{WORD}记录在{city}市完成，光伏产业同步发展。\n"
        head = f"{WORD}观测站第{number}轮\n\n本报{city}{2015 + place % 9}年3月4日电 "
        fresh = folder.parent / "fresh"
        fresh.write_text(head + told * 3, encoding="utf-8")
        fresh.replace(folder / name)


def build(folder: Path, number: int) -> None:
    """Index a round."""
    write(folder, number)
    report = indexer.build_index([folder], index=folder.parent / "index")
    assert report.failed == () and report.articles == size_of(number), report


def assert_one_round(results: Mapping[str, Any]) -> None:
    """Check an answer to WORD with all hits on one page, as indexer.plain gives it."""
    texts = [hit["article"]["text"] for hit in results["hits"]]
    rounds = {match for text in texts for match in _ROUND.findall(text)}
    assert len(rounds) == 1, f"rounds {sorted(rounds)} in one answer"
    assert results["total"] == len(texts) == size_of(int(*rounds))
    for name in ("city", "year", "source"):
        top = [value["count"] for value in results["facets"][name] if value["parent"] is None]
        assert sum(top) == results["total"], f"{name}: {top} of {results['total']}"


@contextmanager
def rising(folder: Path, pause: float) -> Iterator[list[int]]:
    """Build one round after the other in another process; the list holds those that are published."""
    command = [sys.executable, "-m", "tests.crash.tides", str(folder), str(pause)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    rounds: list[int] = []
    lines = process.stdout
    reader = threading.Thread(target=lambda: rounds.extend(map(int, lines)))
    reader.start()
    try:
        yield rounds
    finally:
        process.stdin.close()
        code = process.wait(60)
        reader.join()
        lines.close()
        assert code == 0, "the builder failed"


def _rise(folder: Path, pause: float) -> None:
    """Build until standard input ends."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    number = 2
    while not ended.is_set():
        build(folder, number)
        print(number, flush=True)
        number += 1
        ended.wait(pause)


if __name__ == "__main__":
    _rise(Path(sys.argv[1]), float(sys.argv[2]))
