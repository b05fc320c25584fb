"""Do imports point down only, and are jieba, whoosh and flask used where they are fenced in?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = {"indexer.models", "indexer.errors", "indexer.settings"}

# What each part may import from the house besides itself and the ground. A part is a module or a package.
ALLOWED = {
    "indexer.errors": set(),
    "indexer.settings": {"indexer.errors"},
    "indexer.models": set(),
    "indexer.analysis": set(),
    "indexer.query": {"indexer.analysis"},
    "indexer.results": {"indexer.query", "indexer.analysis"},
    "indexer.marks": {"indexer.analysis"},
    "indexer.reading": {"indexer.marks", "indexer.analysis"},
    "indexer.metadata": {"indexer.marks", "indexer.analysis"},
    "indexer.engine.base": {"indexer.query"},
    # Publication knows files and generations, and nothing of articles.
    "indexer.engine": set(),
    "indexer.engine.files": set(),
    "indexer.engine.lock": set(),
    "indexer.engine.lease": {"indexer.engine.base"},
    "indexer.engine.generations": set(),
    "indexer.engine.publication": {"indexer.engine.files", "indexer.engine.generations", "indexer.engine.lock"},
    "indexer.engine.whoosh.layout": {
        "indexer.engine.base",
        "indexer.engine.files",
        "indexer.engine.generations",
        "indexer.analysis",
    },
    "indexer.engine.whoosh.building": {
        "indexer.engine.whoosh.layout",
        "indexer.engine.base",
        "indexer.engine.files",
        "indexer.engine.generations",
        "indexer.engine.publication",
        "indexer.analysis",
    },
    "indexer.engine.whoosh.searching": {
        "indexer.engine.whoosh.layout",
        "indexer.engine.base",
        "indexer.query",
        "indexer.analysis",
    },
    "indexer.engine.whoosh": {
        "indexer.engine.whoosh.layout",
        "indexer.engine.whoosh.building",
        "indexer.engine.whoosh.searching",
        "indexer.engine.base",
        "indexer.engine.files",
        "indexer.engine.generations",
        "indexer.engine.publication",
        "indexer.query",
        "indexer.analysis",
    },
    "indexer.changes": {"indexer.reading", "indexer.engine", "indexer.analysis"},
    "indexer.ingest": {"indexer.changes", "indexer.reading", "indexer.metadata", "indexer.engine", "indexer.analysis"},
    "indexer.inspection": {"indexer.ingest", "indexer.reading", "indexer.metadata", "indexer.engine"},
    "indexer.request": {"indexer.results", "indexer.query", "indexer.engine"},
    "indexer.derived": {"indexer.results", "indexer.query", "indexer.engine", "indexer.analysis"},
    "indexer.retrieve": {
        "indexer.derived",
        "indexer.request",
        "indexer.results",
        "indexer.query",
        "indexer.engine",
        "indexer.analysis",
    },
    "indexer.export": set(),
    "indexer.watch": {"indexer.ingest", "indexer.engine"},
    "indexer.maintain": {"indexer.ingest", "indexer.engine"},
    "indexer.terminal": {"indexer.engine"},
    "indexer.arguments": set(),
    "indexer.outputs": set(),
    "indexer.cli": {
        "indexer.outputs",
        "indexer.arguments",
        "indexer.request",
        "indexer.ingest",
        "indexer.inspection",
        "indexer.retrieve",
        "indexer.export",
        "indexer.watch",
        "indexer.maintain",
        "indexer.terminal",
        "indexer.analysis",
    },
    "indexer.__main__": {"indexer.cli"},
    "indexer": {"indexer.ingest", "indexer.inspection", "indexer.request", "indexer.retrieve", "indexer.export"},
    "web": {"indexer"},
}
# Faces stand for themselves only: every module below them must be named above.
EXACT = {"indexer", "indexer.engine"}
FENCES = {
    "jieba": "indexer/analysis/segment.py",
    "rjieba": "indexer/analysis/segment.py",
    "whoosh": "indexer/engine/whoosh/",
    "flask": "web/",
    "waitress": "web/",
    "werkzeug": "web/",
    "click": ("indexer/arguments.py", "indexer/cli.py", "indexer/outputs.py", "indexer/terminal.py", "web/"),
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("indexer", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def part_of(name: str) -> str:
    """The most specific part that a module belongs to; the faces `indexer` and `web` are parts of their own."""
    parts = [part for part in ALLOWED if name == part or (name.startswith(part + ".") and part not in EXACT)]
    assert parts, f"{name} belongs to no layer: name its layer in ALLOWED"
    return max(parts, key=len)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide the layer"
            assert node.module is not None
            for alias in node.names:
                deeper = ROOT.joinpath(*node.module.split("."), alias.name)
                is_module = deeper.with_suffix(".py").exists() or deeper.is_dir()
                yield node.lineno, f"{node.module}.{alias.name}" if is_module else node.module


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: str(value))
def test_imports_point_down(name: str, path: Path) -> None:
    own = part_of(name)
    for line, target in imports(path):
        if target.split(".")[0] not in ("indexer", "web") or target in GROUND:
            continue
        part = part_of(target)
        lower = ALLOWED[own] - {"indexer"}
        below = any(part == allowed or part.startswith(allowed + ".") for allowed in lower)
        face = part == "indexer" and "indexer" in ALLOWED[own]
        assert part == own or below or face, f"{path}:{line}: {own} must not import {target}"


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: str(value))
def test_libraries_stay_behind_their_fences(name: str, path: Path) -> None:
    shown = path.relative_to(ROOT).as_posix()
    for line, target in imports(path):
        fence = FENCES.get(target.split(".")[0])
        assert fence is None or shown.startswith(fence), f"{shown}:{line}: {target} belongs behind {fence}"


def test_the_guard_itself_sees_an_upward_import(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from indexer.cli import run\nimport whoosh.index\n", encoding="utf-8")
    assert [target for _, target in imports(bad)] == ["indexer.cli", "whoosh.index"]
    assert part_of("indexer.cli") not in ALLOWED["indexer.reading"]


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {target for _, target in imports(path)} - {name} for name, path in modules()}
    list(TopologicalSorter(graph).static_order())
