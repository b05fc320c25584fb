"""Does the server read what people type, and answer in one shape what it refuses before the application sees it?"""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest


def ask(server: str, request: bytes) -> tuple[int, str, bytes]:
    """Send bytes and return status, headers and body of the answer."""
    parts = urlsplit(server)
    with socket.create_connection((str(parts.hostname), int(parts.port or 80)), timeout=20) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1").lower(), body


def get(path: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"GET " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, b"", b""])


def test_an_address_may_be_typed_as_it_is_read(server: str) -> None:
    status, _, body = ask(server, get("/api/v1/search?q=光伏&city=义乌".encode()))
    escaped = ask(server, get(b"/api/v1/search?q=%E5%85%89%E4%BC%8F&city=%E4%B9%89%E4%B9%8C"))
    found, same = json.loads(body), json.loads(escaped[2])
    assert status == 200 and found["total"] and found["hits"] == same["hits"]


def test_bytes_that_are_no_text_are_no_reason_to_fail(server: str) -> None:
    assert ask(server, get("/?q=光伏".encode("gbk")))[0] == 200


def filled(start: bytes, end: bytes) -> bytes:
    """A request of just as many bytes as are read before it is refused: what is left unread would cut the answer off."""
    return start + b"a" * (32_768 - len(start) - len(end)) + end


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (filled(b"GET /?q=", b" HTTP/1.1\r\nHost: localhost\r\n\r\n"), 414),
        (filled(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", b"\r\n\r\n"), 431),
        (get(b"/", b"Content-Length: 1000000"), 413),
        (get(b"/", b"Content-Length: x"), 400),
        (b"get / HTTP/1.1\r\n\r\n", 400),
        (get(b"/", b"Transfer-Encoding: gzip"), 501),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_the_server_itself_refuses_is_a_problem_too(server: str, request_: bytes, code: int) -> None:
    status, head, body = ask(server, request_)
    assert status == code and "content-type: application/problem+json" in head
    assert json.loads(body)["status"] == code and json.loads(body)["detail"]
