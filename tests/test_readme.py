"""Do the README's commands work as they stand there, in a fresh copy and a fresh environment?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from indexer import SETTINGS
from tests.conftest import ROOT, status_of, until

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip() for line in README.splitlines() if re.match(r"    pip install .*&& python -m", line)
]
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", "__pycache__", ".*_cache", ".hypothesis", ".index", "*.egg-info", "build", ".venv"
)


@pytest.fixture
def installed(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the tree, and the environment of a shell in which the README's first `pip install` was done."""
    copy = tmp_path / "wensou"
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "WENSOU_INDEX")}
    environment["PATH"] = f"{scripts}{os.pathsep}{environment['PATH']}"
    install = COMMANDS[0].split(" && ")[0].split()
    done = subprocess.run(install, cwd=copy, env=environment, capture_output=True, text=True)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached from here")
    assert done.returncode == 0, done.stderr
    return copy, environment


def test_the_two_commands_stand_in_the_readme_and_ci_runs_the_second() -> None:
    assert COMMANDS == [
        "pip install . && python -m web",
        'pip install ".[test]" && python -m pytest',
        "pip install . && python -m web",
    ]
    assert COMMANDS[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_first_command_serves_the_seeds_and_a_second_start_indexes_nothing(
    installed: tuple[Path, dict[str, str]],
) -> None:
    copy, environment = installed
    serve = [*COMMANDS[0].split(" && ")[1].split(), "--port", "0"]
    published = []
    for _ in range(2):
        process = subprocess.Popen(
            serve, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None and process.stderr is not None
        address = process.stdout.readline().strip()
        try:
            until(lambda at=address: status_of(at + "healthz") == 200)  # type: ignore[misc]
            assert status_of(address + "?q=%E5%85%89%E4%BC%8F") == 200
            assert any("16 articles in the index" in line for line in process.stderr)
        finally:
            process.terminate()
            process.wait(20)
        published.append((copy / ".index" / "CURRENT").read_bytes())
    assert published[0] == published[1]


def test_the_python_of_the_readme_runs(seed_index: Path, tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code is not None
    script = tmp_path / "example.py"
    script.write_text(code[1], encoding="utf-8")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "高质量发展" in done.stdout


def test_every_file_that_the_readme_names_is_there() -> None:
    for name in re.findall(r"`((?:indexer|web|tests)/[\w/.]+)`|\]\((tests/[\w/.]+)\)", README):
        path = next(filter(None, name))
        assert (ROOT / path).exists(), path


def test_every_setting_is_in_the_readme() -> None:
    for setting in SETTINGS.values():
        assert f"| `{setting.name}` | {setting.default:,} {setting.unit} | {setting.help} |" in README
