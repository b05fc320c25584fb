"""How is a document read that may hang, or eat all memory? In a helper process that is stopped at the limit.

HTML, PDF and Word files come from strangers, and neither lxml nor pypdf can be interrupted from within: a signal waits
until their C code returns, a thread cannot be killed. One helper per reading process serves all files, so that an
ordinary page costs 0.1 ms more than it would in this process; only a hostile one costs a new helper.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from indexer import settings
from indexer.errors import SourceError
from indexer.reading.answers import needed

__all__ = ["extract"]

# What reads each kind, as imported.
_LIBRARIES = {"html": ("trafilatura", "lxml"), "pdf": ("pypdf",), "docx": ("docx",)}
_LIMITS = ("pdf_pages", "file_size", "zip_ratio", "read_memory")
_SERVED_AT_MOST = 1_000  # files per helper: the libraries' caches only grow
# Given to the helper by -c: the same modules are found whatever folder it is started in.
_START = "import sys; sys.path[:] = {path!r}; from indexer.reading.worker import serve; serve()"


def extract(kind: str, data: bytes, file: str) -> Mapping[str, Any]:
    """Return what the worker finds in a document of kind html, pdf or docx; see indexer.reading.answers.

    Raises SourceError where the library is not installed, the document is no such document, or a limit is reached.
    """
    for library in _LIBRARIES[kind]:
        if importlib.util.find_spec(library) is None:
            raise SourceError(file, needed(library))
    answer = _current().ask(kind, data, file)
    if "error" in answer:
        raise SourceError(file, str(answer["error"]))
    return answer


class _Helper:
    """Run one helper process and talk to it over its pipes."""

    def __init__(self) -> None:
        """Start the process."""
        self.owner = os.getpid()
        self._served = 0
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def is_usable(self) -> bool:
        """Tell whether another file may be given to it; a forked process must not use its parent's pipes."""
        fresh = self.owner == os.getpid() and self._served < _SERVED_AT_MOST
        return fresh and self._process.poll() is None

    def ask(self, kind: str, data: bytes, file: str) -> Mapping[str, Any]:
        """Return the answer for one document; raises SourceError where the helper is stopped or ends."""
        seconds = settings.get("read_time")
        timer = threading.Timer(seconds, self._process.kill)
        with self._lock:
            self._served += 1
            timer.start()
            try:
                answer = self._exchange(kind, data)
            except (OSError, ValueError, EOFError):
                alive = timer.is_alive()
                self.close()
                if alive:
                    raise SourceError(file, "ended its reader, most likely by using too much memory") from None
                raise SourceError(file, f"took longer than {seconds} s to read") from None
            finally:
                timer.cancel()
        return answer

    def _exchange(self, kind: str, data: bytes) -> Mapping[str, Any]:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None and pipe_out is not None
        limits = {name: settings.get(name) for name in _LIMITS}
        pipe_in.write(json.dumps({"kind": kind, "size": len(data), "limits": limits}).encode() + b"\n")
        pipe_in.write(data)
        pipe_in.flush()
        size = pipe_out.readline()
        if not size:
            raise EOFError
        answer: Mapping[str, Any] = json.loads(pipe_out.read(int(size)))
        return answer

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._process.communicate()


_helper: _Helper | None = None
_starting = threading.Lock()


def _current() -> _Helper:
    """Return this process's helper, a new one where there is none that can be used."""
    global _helper
    with _starting:
        if _helper is None or not _helper.is_usable:
            if _helper is not None and _helper.owner == os.getpid():
                _helper.close()
            _helper = _Helper()
        return _helper


@atexit.register
def _end() -> None:
    if _helper is not None and _helper.owner == os.getpid():
        _helper.close()
