"""How does the time of a query grow with the index? Measured beside how the number of its matches grows.

    python -m tests.benchmark.growth [--sizes N,N,…] [--corpus FILE] [--plot FILE]

The same queries, drawn from the records that all sizes share, are asked of each index in turn, so that whatever else
the machine does meets all sizes. Needs `pip install ".[bench]"` for the plot.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import indexer
from tests.benchmark.speed import KINDS, table
from tests.benchmark.speed_corpus import Queries, make_queries, make_records, write_records

_WARM_UP = 20

Growth = Mapping[int, Mapping[str, tuple[float, float]]]
"""For each number of documents and each kind of query: mean ms, and mean matches."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, measure, print and draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.growth")
    parser.add_argument("--sizes", default="20000,50000,100000,200000")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args(arguments)
    sizes = sorted(map(int, given.sizes.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        queries = build(sizes, given.corpus, given.queries, Path(folder))
        growth = measure(sizes, queries, Path(folder))
    report(growth)
    if given.plot:
        draw(growth, given.plot)


def build(sizes: Sequence[int], corpus: Path | None, count: int, folder: Path) -> Queries:
    """Index the first records of one corpus, as many as each size says; return queries that the smallest answers."""
    for size in sizes:
        records = folder / f"{size}.jsonl"
        write_records(islice(make_records(sizes[-1], corpus), size), records)
        indexer.build_index([records], index=folder / str(size))
    return make_queries(folder / f"{sizes[0]}.jsonl", count)


def measure(sizes: Sequence[int], queries: Queries, folder: Path) -> Growth:
    """Ask every query of every index in turn."""
    indexes = {size: indexer.open_index(folder / str(size)) for size in sizes}
    sums = {size: {kind: [0.0, 0.0] for kind in KINDS} for size in sizes}
    for kind in KINDS:
        asked = [f'"{each}"' for each in queries.phrases] if kind == "phrase" else [*map(" ".join, queries.words)]
        for number, query in enumerate([*asked[:_WARM_UP], *asked]):
            for size, index in indexes.items():
                started = time.perf_counter()
                results = index.search(query, match="any" if kind == "any" else "all")
                if number >= _WARM_UP:
                    sums[size][kind][0] += (time.perf_counter() - started) * 1000 / len(asked)
                    sums[size][kind][1] += results.total / len(asked)
    return {size: {kind: (ms, matches) for kind, (ms, matches) in kinds.items()} for size, kinds in sums.items()}


def report(growth: Growth) -> None:
    """Print times and matches, and what both are beside those of the smallest index."""
    first = growth[min(growth)]
    columns = [f"{kind} {what}" for kind in KINDS for what in ("ms", "matches", "× ms", "× matches")]
    table(
        "documents",
        columns,
        (
            (
                f"{size:,}",
                [figure for kind in KINDS for figure in (*kinds[kind], *_times(kinds[kind], first[kind]))],
            )
            for size, kinds in growth.items()
        ),
    )


def _times(now: tuple[float, float], first: tuple[float, float]) -> tuple[float, float]:
    return now[0] / first[0], now[1] / first[1]


def draw(growth: Growth, path: Path) -> None:
    """Draw how times (lines) and matches (dashes) grow, both axes logarithmic."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    first = growth[min(growth)]
    for kind, colour in zip(KINDS, ("#0b6e99", "#b3541e", "#3a7d44"), strict=True):
        times, matches = zip(*(_times(kinds[kind], first[kind]) for kinds in growth.values()), strict=True)
        axes.plot([*growth], times, "o-", color=colour, label=f"{kind}: time")
        axes.plot([*growth], matches, "--", color=colour, label=f"{kind}: matches")
    axes.set(xscale="log", yscale="log", xlabel="documents", ylabel=f"times that of {min(growth):,} documents")
    axes.set_xticks([*growth], [f"{size:,}" for size in growth], minor=False)
    axes.set_yticks([1, 2, 5, 10], ["1", "2", "5", "10"])
    axes.minorticks_off()
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
