"""Does `python -m web` start, say where it is, refuse what it must, move to a new generation, and stop?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

import indexer
from tests.conftest import ROOT, serving, status_of, until

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def total(address: str, query: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/search?q={quote(query)}") as answer:
        return int(json.load(answer)["total"])


def test_it_answers_from_another_folder_and_moves_to_a_new_generation(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("江山市举行了运动会。", encoding="utf-8")
    with serving("--index", "ix", "--source", str(source), cwd=tmp_path) as address:
        assert total(address, "江山市") == 1
        source.write_text("龙泉市举行了运动会。", encoding="utf-8")
        indexer.build_index(index=tmp_path / "ix")
        assert total(address, "龙泉市") == 1
        assert total(address, "江山市") == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [([], "--source"), (["--source", "nowhere"], "nowhere"), (["--index", "long" * 100], "--source")],
)
def test_without_a_source_it_stops_with_exit_code_4(tmp_path: Path, arguments: list[str], named: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "web", "--port", "0", *arguments],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4 and named in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(("index", "setting", "code"), [("file", "5", 4), ("file/below", "5", 4), ("ix", "abc", 2)])
def test_what_makes_every_request_fail_is_said_at_the_start(
    tmp_path: Path, index: str, setting: str, code: int
) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "web", "--port", "0", "--index", index, "--source", str(ROOT / "seeds")]
    environment = {**ENVIRONMENT, "WENSOU_PAGE_SIZE": setting}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    named = "WENSOU_PAGE_SIZE" if code == 2 else index
    assert done.returncode == code and named in done.stderr and done.stderr.count("\n") == 1


def test_a_port_in_use_is_said(server: str, tmp_path: Path) -> None:
    port = server.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "web", "--port", port, "--index", str(tmp_path / "ix")]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 1 and port in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    command = [
        sys.executable,
        "-m",
        "web",
        "--port",
        "0",
        "--index",
        str(tmp_path / "ix"),
        "--source",
        str(ROOT / "seeds"),
    ]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    until(lambda: status_of(address + "healthz") == 200)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0 and "Traceback" not in errors
