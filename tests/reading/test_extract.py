"""Does a document that hangs, or eats all memory, cost no more than its limit, and the next one nothing?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("trafilatura", reason='needs pip install ".[formats]"')

from indexer.errors import SourceError
from indexer.reading import extract as module
from indexer.reading.answers import needed
from indexer.reading.extract import extract

PAGE = "<h1>题</h1><p>正文今天发布。</p>".encode()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start helpers whose PDF reader never returns and whose Word reader eats memory; end them afterwards."""
    hostile = (
        "import sys; sys.path[:] = {path!r}; from indexer.reading import office, worker\n"
        "def hang(data, limits):\n while True: pass\n"
        "def eat(data, limits):\n held = []\n while True: held.append(bytes(50_000_000))\n"
        "def crash(data, limits):\n import os; os._exit(9)\n"
        "office.read_pdf = crash if {crash} else hang; office.read_docx = eat; worker.serve()"
    )
    monkeypatch.setattr(module, "_START", hostile.replace("{crash}", os.environ.get("CRASH", "False")))
    _renew()
    yield
    _renew()


def _renew() -> None:
    if module._helper is not None:
        module._helper.close()


def test_a_reader_that_hangs_is_stopped_at_the_limit(slow: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_READ_TIME", "1")
    with pytest.raises(SourceError, match=r"a\.pdf: took longer than 1 s"):
        extract("pdf", b"x", "a.pdf")
    monkeypatch.setenv("WENSOU_READ_TIME", "30")
    assert extract("html", PAGE, "a.html")["items"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory reliably")
def test_a_reader_that_eats_memory_is_stopped(slow: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_READ_MEMORY", "1000")
    with pytest.raises(SourceError, match="needs more than 1,000 MB"):
        extract("docx", b"x", "a.docx")
    assert extract("html", PAGE, "a.html")["items"]


def test_a_reader_that_dies_is_told_and_replaced(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("CRASH", "True")
    request.getfixturevalue("slow")
    with pytest.raises(SourceError, match="ended its reader"):
        extract("pdf", b"x", "a.pdf")
    assert extract("html", PAGE, "a.html")["items"]


def test_a_library_that_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(SourceError, match=r'needs pypdf, which is not installed: pip install "\.\[formats\]"'):
        extract("pdf", b"%PDF-", "a.pdf")


def test_several_threads_share_one_helper() -> None:
    with ThreadPoolExecutor(4) as pool:
        pages = [f"<h1>题{n}</h1><p>正文{n}今天发布。</p>".encode() for n in range(20)]
        found = list(pool.map(lambda data: extract("html", data, "a.html")["items"][0]["text"], pages))
    assert found == [f"题{n}" for n in range(20)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_has_a_helper_of_its_own() -> None:
    extract("html", PAGE, "a.html")
    assert module._helper is not None
    own = module._helper
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = int(not (extract("html", PAGE, "a.html")["items"] and module._helper is not own))
            module._helper.close()
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert extract("html", PAGE, "a.html")["items"]


def test_a_library_is_named_as_its_package_is_called() -> None:
    assert needed("docx").startswith("needs python-docx, ")
