"""How fast is Wensou beside other engines? All of them in one run, interleaved, on the same records.

    python -m tests.benchmark.speed [--docs N] [--corpus FILE] [--peers wensou,tantivy,fts5,xapian,whoosh]

Each index is built in a process of its own, whose memory (with its children's, shared pages divided) is sampled.
Searches go round the engines query by query, so that whatever else the machine does meets them all. The cold start
is a new process from its start to its first answer. Needs `pip install ".[bench]"`; engines not installed are left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmark.speed_corpus import make_queries, make_records, write_records
from tests.benchmark.speed_peers import PEERS, available

KINDS = ("all", "any", "phrase")
_WARM_UP = 20
_COLD_STARTS = 3


@dataclass(frozen=True)
class Used:
    """Hold what a command used: seconds, seconds of all its processors, MB of all its processes at most (Linux)."""

    seconds: float
    processor: float
    memory: float


@dataclass
class Measured:
    """Hold what was measured of one engine: docs/s, MB, bytes per byte of text, s, ms per kind of query."""

    rate: float = 0.0
    memory: float = 0.0
    size: float = 0.0
    cold: float = 0.0
    times: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def row(self) -> list[float]:
        """The figures in the order of the table's columns."""
        spread = [percentile(self.times[kind], share) for kind in KINDS for share in (50, 95)]
        return [self.rate, self.memory, self.size, self.cold, *spread]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.speed")
    parser.add_argument("--docs", type=int, default=3_000)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--one", nargs=4, metavar=("STEP", "PEER", "RECORDS", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        run_step(*given.one)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(given, Path(folder))


def compare(given: argparse.Namespace, folder: Path) -> None:
    """Build, search and print for all engines that are there."""
    records = folder / "records.jsonl"
    text = write_records(make_records(given.docs, given.corpus), records)
    queries = make_queries(records, given.queries)
    print(f"{given.docs:,} records, {text / 1e6:.1f} MB of text, {len(queries.words)} queries of each kind")
    measured = {name: Measured() for name in available(given.peers.split(","))}
    for name, figures in measured.items():
        seconds, figures.memory = run_measured("build", name, records, folder / name)
        figures.rate = given.docs / seconds
        figures.size = size_of(folder / name) / text
        figures.cold = min(run_measured("cold", name, records, folder / name)[0] for _ in range(_COLD_STARTS))
    search(measured, folder, {"all": queries.words, "any": queries.words, "phrase": [(p,) for p in queries.phrases]})
    report(measured)


def search(measured: dict[str, Measured], folder: Path, asked: dict[str, Sequence[tuple[str, ...]]]) -> None:
    """Ask all engines every query in turn."""
    engines = {name: PEERS[name]() for name in measured}
    for name, engine in engines.items():
        engine.open(folder / name)
    for kind, queries in asked.items():
        for number, words in enumerate([*queries[:_WARM_UP], *queries]):
            for name, engine in engines.items():
                started = time.perf_counter()
                engine.search(kind, words)
                if number >= _WARM_UP:
                    measured[name].times[kind].append((time.perf_counter() - started) * 1000)


def run_step(step: str, name: str, records: str, folder: str) -> None:
    """Build an index, or open one and ask once: what a process of its own does."""
    engine = PEERS[name]()
    if step == "build":
        engine.build(Path(records), Path(folder))
    else:
        engine.open(Path(folder))
        engine.search("all", ("发展", "中国"))


def run_measured(step: str, name: str, records: Path, folder: Path) -> tuple[float, float]:
    """Run a step in a process of its own; return its seconds and the most memory in MB (0 where it cannot be told)."""
    if step == "build":
        shutil.rmtree(folder, ignore_errors=True)
    used = measure([sys.executable, "-m", "tests.benchmark.speed", "--one", step, name, str(records), str(folder)])
    return used.seconds, used.memory


def measure(command: Sequence[str]) -> Used:
    """Run a command in a process of its own."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    most, done = [0.0], threading.Event()

    def sample() -> None:
        while not done.wait(0.1):
            most[0] = max(most[0], memory_of(process.pid))

    sampler = threading.Thread(target=sample)
    sampler.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    done.set()
    sampler.join()
    if code:
        raise SystemExit(f"failed with exit code {code}: {' '.join(command)}")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Used(seconds, processor, most[0])


def memory_of(session: int) -> float:
    """Return the MB that the processes of a session hold, shared pages divided among them; Linux only."""
    total = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == session:
                rollup = (path / "smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue  # it has ended meanwhile, or is not ours
    return total / 1000


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder, hard links counted once."""
    files = {(stat.st_dev, stat.st_ino): stat.st_size for path in folder.rglob("*") if (stat := path.stat())}
    return sum(files.values())


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` % of the values lie."""
    return sorted(values)[min(len(values) * share // 100, len(values) - 1)] if values else 0.0


def report(measured: dict[str, Measured]) -> None:
    """Print the figures, then how many times Wensou's each peer's are."""
    columns = ["docs/s", "MB", "disk/text", "cold s", *(f"{kind} {part}" for kind in KINDS for part in ("p50", "p95"))]
    table("", columns, ((name, figures.row()) for name, figures in measured.items()))
    if "wensou" in measured:
        own = measured["wensou"].row()
        rows = (
            (name, [a / b if b else 0.0 for a, b in zip(figures.row(), own, strict=True)])
            for name, figures in measured.items()
            if name != "wensou"
        )
        table("times Wensou's", columns, rows)


def table(title: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[float]]]) -> None:
    """Print a table in Markdown; searches are in ms."""
    print(f"\n| {title} | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    for name, figures in rows:
        print(f"| {name} | {' | '.join(f'{figure:.3g}' for figure in figures)} |")


if __name__ == "__main__":
    main()
