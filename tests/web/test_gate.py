"""Are requests turned away that only an attacker sends, and do the others not suffer from them?"""

from __future__ import annotations

import logging
import socket
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.conftest import SEEDS, served, status_of
from web import create_app, gate, logs

METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO")


@pytest.mark.parametrize(
    "path", ["/", "/articles/x", "/api/v1/search", "/search.csv", "/static/wensou.css", "/nowhere", "/healthz"]
)
def test_only_reading_is_answered(client: FlaskClient, path: str) -> None:
    for method in METHODS:
        answer = client.open(path, method=method)
        assert answer.status_code == 405 and set(answer.allow) == {"GET", "HEAD"}
    assert client.head(path).status_code == client.get(path).status_code


@pytest.mark.parametrize(
    "path",
    [
        "/articles/..%2f..%2fetc%2fpasswd", "/articles/%2e%2e/%2e%2e/state", "/static/..%2fstate.py", "/static/%2e%2e/state.py",
        "/static//etc/passwd", "/articles/%00", "/articles/a%0d%0aX-Evil:1", "/articles/%ff%fe",
        "/articles/" + "a" * 9_000, "/articles//x", "/static/.%5c..%5cstate.py", "/api/v1/articles/..%2f",
    ],
)  # fmt: skip
def test_no_path_leads_out_or_elsewhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Location" not in answer.headers and "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe%00",
        "q=%",
        "q=%zz",
        "q=%ED%A0%80",
        "city=%00",
        "source=%ED%A0%80",
        "lang=en%0d%0aSet-Cookie:a",
        "q=a&q=b&page=1&page=x",
        "&&&=&==",
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/api/v1/search", "/feed.atom", "/search.ris", "/search.csv", "/api/v1/suggest", "/suggest.json"]
)
def test_broken_escapes_are_text(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    answer.data.decode("utf-8")


def test_an_answer_is_never_much_larger_than_the_question(client: FlaskClient) -> None:
    assert client.get("/?city=" + "a" * 2_001).status_code == 400
    assert client.get("/?q=" + "a" * 20_000).status_code == 414
    many = "&".join(f"city={number}" for number in range(101))
    assert client.get("/?" + many).status_code == 400
    long = "&".join(f"source={quote('义' * 19)}{number}" for number in range(100))
    assert len(client.get("/?" + long).data) < 2_000_000


def test_a_tag_of_anything_does_not_make_an_article(client: FlaskClient) -> None:
    assert client.get("/articles/none", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:80", 200),
        ("me.localhost:1", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[", 400),
        ("", 400),
    ],
)
def test_a_local_server_is_not_read_under_a_foreign_name(seed_index: Path, host: str, status: int) -> None:
    local = create_app(seed_index, WENSOU_LOCAL=True).test_client()
    assert local.get("/healthz", headers={"Host": host}).status_code == status
    assert create_app(seed_index).test_client().get("/healthz", headers={"Host": "example.org"}).status_code == 200


def test_which_addresses_are_local() -> None:
    assert all(map(gate.is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST.")))
    assert not any(map(gate.is_loopback, ("0.0.0.0", "::", "10.0.0.1", "example.org", "")))


def test_a_log_line_is_one_line_without_control_characters() -> None:
    try:
        raise ValueError("a\x1b[31m\nERROR web: forged")
    except ValueError:
        record = logging.LogRecord(
            "web", logging.ERROR, "", 1, "asked for %s", ("/x\r\nERROR web: forged\x1b]0;义乌\u202e",), sys.exc_info()
        )
    first, *traceback = logs.Formatter("%(levelname)s %(name)s: %(message)s").format(record).split("\n")
    assert first == r"ERROR web: asked for /x\r\nERROR web: forged\x1b]0;义乌\u202e"
    assert traceback and all(line.startswith("    ") and line.isprintable() for line in traceback)


@contextmanager
def connected(address: str, amount: int, opening: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that begin a request and do not end it."""
    parts = urlsplit(address)
    sockets = [socket.create_connection((parts.hostname, parts.port), 20) for _ in range(amount)]
    try:
        for each in sockets:
            each.sendall(opening)
        yield sockets
    finally:
        for each in sockets:
            each.close()


def sent(address: str, request: bytes) -> bytes:
    """Send bytes and return the first line of the answer."""
    with connected(address, 1, request) as (client,):
        return client.recv(4_096).split(b"\r\n")[0]


def test_a_real_server_withstands_what_no_browser_sends(tmp_path: Path) -> None:
    with (
        (tmp_path / "log").open("w+") as log,
        served("--index", str(tmp_path / "ix"), "--source", str(SEEDS), log=log) as (address, _),
    ):
        end = b"Host: localhost\r\nConnection: close\r\n\r\n"
        for request, status in {
            b"GET /?q=" + b"a" * 40_000 + b" HTTP/1.1\r\n" + end: b"414",
            b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n" + end: b"431",
            b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n" + end: b"413",
            b"GET /%0d%0aX: y HTTP/1.1\r\n" + end: b"400",
            b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n": b"400",
            b'GET / HTTP/1.1\r\nHost: "><script>\r\n\r\n': b"400",
            b"get / HTTP/1.1\r\n" + end: b"400",
            b"GET /\xff\xfe HTTP/1.1\r\n" + end: b"404",
        }.items():
            assert status in sent(address, request), request[:60]
        # The others are answered before those who say nothing are thrown out, which takes longer.
        with (
            connected(address, 150, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "),
            urllib.request.urlopen(address + "/healthz", timeout=8) as answer,
        ):
            assert answer.status == 200
        assert status_of(address + "/?q=%E5%85%89%E4%BC%8F") == 200
        log.seek(0)
        said = log.read()
        assert "Traceback" not in said and "evil" not in said
