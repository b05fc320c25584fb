"""What does the helper process do? It reads documents from its standard input and answers each (see answers.py)."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

from indexer.reading.answers import Refusal, needed

__all__ = ["answer", "serve"]


def answer(kind: str, data: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """Read one document; whatever a library raises becomes the reason why it cannot be read."""
    try:
        return _reader(kind)(data, limits)
    except Refusal as refusal:
        return {"error": str(refusal)}
    except ImportError as error:
        return {"error": needed(str(error.name or error))}
    except MemoryError:
        return {"error": f"needs more than {limits['read_memory']:,} MB of memory to read"}
    except RecursionError:
        return {"error": "is nested too deeply to be read"}
    except Exception as error:  # pypdf and lxml raise anything on hostile input; it is told, not swallowed
        return {"error": f"is damaged or no {kind.upper()} file: {_brief(error)}"}


def serve() -> None:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    while header := requests.readline():
        request = json.loads(header)
        _limit_memory(request["limits"]["read_memory"])
        data = requests.read(request["size"])
        reply = json.dumps(answer(request["kind"], data, request["limits"])).encode()
        answers.write(b"%d\n" % len(reply) + reply)
        answers.flush()


def _reader(kind: str) -> Callable[[bytes, Mapping[str, int]], dict[str, Any]]:
    # Imported on first use: each library takes longer to load than most files to read.
    if kind == "html":
        from indexer.reading import markup

        return markup.read_html
    from indexer.reading import office

    return office.read_pdf if kind == "pdf" else office.read_docx


def _limit_memory(megabytes: int) -> None:
    """Let allocations beyond the limit fail, where the system can (not on Windows; macOS ignores it)."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        return


def _brief(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 160 else words[:160] + "…"
