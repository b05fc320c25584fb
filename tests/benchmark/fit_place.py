"""Fit the weights of indexer/metadata/data/place_model.json to labelled reports and write them.

    python -m tests.benchmark.fit_place LABELLED.jsonl [OUT]

Each line holds `text`, perhaps `title`, and `places`: a list of acceptable answers, each a path of a province and a
city, or of a province alone; [] as an answer means that the report is about no place. `weight` (default 1) says how much
a line counts. The model is a multinomial
logit over the candidates of a report and "no place", whose score is 0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.fold import fold_text
from indexer.metadata.signals import candidates, read

__all__ = ["main"]

Floats = npt.NDArray[np.float64]

_MODEL = Path("indexer/metadata/data/place_model.json")
_PENALTY = 3.0
_ROUNDS = 1_200
_STEP = 0.05
# What labelled reports may hold too few of: headlines, enumerations, the state's affairs, local papers.
_EXPECTED = {
    "city: title": 2.5,
    "city: title alone": 1.5,
    "city: title of another": -1.0,
    "province: title": 1.5,
    "city: paper's city": 1.0,
    "city: strait": -0.5,
    "province: strait": -0.7,
    "city: listed": -0.5,
    "province: listed": -0.5,
    "city: capital, state": -0.7,
    "city: capital, national": -0.3,
}


class _Case(NamedTuple):
    """Hold a row of signals for "no place" and for each candidate, which of them are acceptable, and a weight."""

    table: Floats
    accepted: npt.NDArray[np.bool_]
    worth: float


def main(labelled: Path, out: Path = _MODEL) -> None:
    """Fit and write; the limits and the account of where the weights come from stay as they are."""
    rows = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [candidates(read(fold_text(row.get("title") or ""), fold_text(row["text"]))) for row in rows]
    names = sorted({name for each in found for signals in each.values() for name in signals})
    cases = [_case(each, row, names) for each, row in zip(found, rows, strict=True)]
    weights = _fit([case for case in cases if case.accepted.any()], names)
    model = json.loads(_MODEL.read_text(encoding="utf-8"))
    model["weights"] = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    out.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    right = sum(bool(case.accepted[int((case.table @ weights).argmax())]) for case in cases)
    print(f"{right} of {len(cases)} right, {len(names)} weights written to {out}")


def _case(found: Mapping[tuple[str, ...], Mapping[str, float]], row: Mapping[str, Any], names: Sequence[str]) -> _Case:
    table = np.zeros((len(found) + 1, len(names)))
    column = {name: number for number, name in enumerate(names)}
    for number, signals in enumerate(found.values(), 1):
        for name, value in signals.items():
            table[number, column[name]] = value
    answers = {tuple(answer) for answer in row["places"]}
    return _Case(table, np.array([path in answers for path in [(), *found]]), float(row.get("weight", 1)))


def _fit(cases: Sequence[_Case], names: Sequence[str]) -> Floats:
    """Maximize the penalized likelihood of some acceptable answer by Adam."""
    expected = np.array([_EXPECTED.get(name, 0.0) for name in names])
    weights, mean, square = expected.copy(), np.zeros(len(names)), np.zeros(len(names))
    for turn in range(1, _ROUNDS + 1):
        slope = _PENALTY * (weights - expected)
        for table, accepted, worth in cases:
            scores = table @ weights
            odds = np.exp(scores - scores.max())
            wanted = np.where(accepted, odds, 0.0)
            slope += worth * table.T @ (odds / odds.sum() - wanted / wanted.sum())
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights = weights - _STEP * (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-8)
    return weights


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
