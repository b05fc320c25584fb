"""How does the log stay readable, whatever clients and files put into it? One event, one line, nothing unprintable."""

from __future__ import annotations

import logging
import sys
from typing import Any

__all__ = ["Formatter", "set_up"]


class Formatter(logging.Formatter):
    """Format an event on one line, a traceback below it on lines that are indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """Return the event's line; what cannot be printed is written as an escape."""
        return _printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Return a traceback of which no line can be taken for an event."""
        return "\n".join("    " + _printable(line) for line in super().formatException(ei).split("\n"))


def set_up() -> None:
    """Log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
