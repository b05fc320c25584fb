"""Do lint and types hold?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--no-cache", "indexer", "web", "tests")


def test_mypy_strict_finds_nothing(tmp_path: Path) -> None:
    run("mypy", "--cache-dir", str(tmp_path), "-p", "indexer", "-p", "web")
