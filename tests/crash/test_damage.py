"""Does damage ever change a result without a word? Any one bit of any file, found by searching alone."""

from __future__ import annotations

import contextlib
import random
import shutil
from pathlib import Path

import pytest

from indexer.engine.base import Request
from indexer.engine.whoosh import check_index, open_engine
from indexer.errors import IndexCorrupt
from indexer.query.syntax import Phrase
from tests.crash.small import FIRST, SECOND, Content, content_of, first_build, second_build, seen

QUERIES = (None, *(text[:2] for texts in (*FIRST.values(), *SECOND.values()) for text in texts))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("built") / "index"
    first_build(index)
    second_build(index)
    return index


def expected(content: Content, query: str | None) -> dict[str, str]:
    return {key: text for key, text in content.items() if query is None or query in text}


def ask(index: Path, query: str | None) -> dict[str, str]:
    """Open, search and close."""
    engine = open_engine(index)
    matches = engine.search(Request(None if query is None else Phrase(query), limit=100))
    engine.close()
    assert matches.total == len(matches.hits)
    return {article.id: article.text for article, _ in matches.hits}


def test_one_bit_never_changes_a_result_silently(built: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    files = [path for path in built.rglob("*") if path.is_file() and path.name != "LOCK"]
    files = [path for path in files if path.parent.name != "gen-1"]
    assert seen(built) == content_of(SECOND)
    for _ in range(100):
        index = tmp_path / "index"
        shutil.copytree(built, index)
        path = index / chance.choice(files).relative_to(built)
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        for query in QUERIES:
            # What a query does not look at may be damaged; else the previous generation answers, or an error is told.
            with contextlib.suppress(IndexCorrupt):
                assert ask(index, query) in [expected(content_of(files), query) for files in (SECOND, FIRST)]
        assert check_index(index), f"checking overlooks damage in {path}"
        shutil.rmtree(index)
