"""Is every answer, to its last byte, from one generation, and does the server live with builds elsewhere?"""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

import indexer
from indexer.engine.whoosh import open_writer
from tests.conftest import SEEDS, started, status_of, until
from web import create_app, state


def write(source: Path, word: str, amount: int) -> None:
    records = ({"id": str(number), "text": f"{word}举行了第{number}届运动会。"} for number in range(amount))
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    indexer.build_index([source], index=source.parent / "index")


def test_a_request_stays_with_its_generation(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "江山", 3)
    app = create_app(tmp_path / "index")
    with app.test_request_context("/"):
        before = state.opened().statistics().generation
        write(tmp_path / "a.jsonl", "龙泉", 2)
        assert state.opened().statistics().generation == before
        assert (state.opened().search("江山").total, state.opened().search("龙泉").total) == (3, 0)
    with app.test_request_context("/"):
        assert (state.opened().search("江山").total, state.opened().search("龙泉").total) == (0, 2)


def test_a_download_ends_in_the_generation_in_which_it_began(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "江山", 250)
    client = create_app(tmp_path / "index").test_client()
    rows = client.get("/search.csv?q=运动会", buffered=False).iter_encoded()
    first = [next(rows) for _ in range(20)]
    write(tmp_path / "a.jsonl", "龙泉", 120)
    text = b"".join([*first, *rows]).decode("utf-8-sig")
    assert (text.count("江山举行"), text.count("龙泉")) == (250, 0)
    assert client.get("/search.csv?q=运动会").text.count("龙泉举行") == 120


def test_a_server_starts_while_another_build_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_LOCK_WAIT", "0")
    index = tmp_path / "index"
    index.mkdir()
    arguments = ("--index", str(index), "--source", str(SEEDS))
    writer = open_writer(index)
    try:
        with (tmp_path / "log").open("w+") as log, started(*arguments, log=log) as (address, _):
            until(lambda: "is being written by process" in (tmp_path / "log").read_text())
            assert status_of(address + "/healthz") == status_of(address + "/") == 503
            writer.cancel()
            indexer.build_index([SEEDS], index=index)
            assert status_of(address + "/healthz") == status_of(address + "/") == 200
            writer = open_writer(index)
        with (tmp_path / "log").open("w+") as log, started(*arguments, log=log) as (address, _):
            until(lambda: "is being written by process" in (tmp_path / "log").read_text())
            with urllib.request.urlopen(address + "/healthz") as answer:
                said = answer.read().decode()
            assert "16 articles" in said and "last build failed" in said
            assert "Traceback" not in (tmp_path / "log").read_text()
    finally:
        writer.cancel()


def test_what_is_missing_is_logged_once_and_so_is_its_coming(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(tmp_path / "index").test_client()
    for _ in range(3):
        assert client.get("/").status_code == 503
    assert caplog.text.count("no answer") == 1
    write(tmp_path / "a.jsonl", "江山", 1)
    for _ in range(3):
        assert client.get("/").status_code == 200
    assert caplog.text.count("answering") == 1
