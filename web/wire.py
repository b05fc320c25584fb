"""What may stand on the wire? Addresses typed as they are read, and errors of the server itself in our own shape.

Waitress takes nothing but ASCII in an address and answers in plain text. People type 光伏 into curl without escaping
it, and programs expect every error to be a problem (RFC 9457).
"""

from __future__ import annotations

import json
import re
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, RequestHeaderFieldsTooLarge

__all__ = ["install"]

_RAW = re.compile(rb"[\x80-\xff]")


def install(server: Any) -> None:
    """Let a waitress server, with one socket or several, read and answer so."""
    for each in (server, *getattr(server, "map", {}).values()):
        if hasattr(each, "channel_class"):
            each.channel_class = _Channel


class _AddressTooLong(BadRequest):  # type: ignore[misc]
    code = 414
    reason = "Request URI Too Long"


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Percent-encode what is not ASCII in the first line, and tell a long address from long headers."""

    error: Any

    def received(self, data: bytes) -> int:
        head = self.header_plus + data if self.body_rcv is None else b""
        consumed = int(super().received(data))
        refused: object = self.error
        if isinstance(refused, RequestHeaderFieldsTooLarge) and head.partition(b"\r\n")[0][len(head) // 2 :]:
            self.error = _AddressTooLong("the address is too long")
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(_RAW.sub(lambda match: b"%%%02X" % match[0][0], line) + end + rest)


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """Answer with a problem where waitress itself refuses a request."""

    def execute(self) -> None:
        error = self.request.error
        problem = {"type": "about:blank", "title": error.reason, "status": error.code, "detail": str(error.body)}
        body = json.dumps(problem, ensure_ascii=False).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "application/problem+json"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    error_task_class = _ErrorTask
