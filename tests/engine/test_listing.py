"""Is only as much read of a file's articles as is asked for?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.whoosh.layout.strings import Strings
from indexer.engine.whoosh.searching import listing
from tests.engine.building import make_readers
from tests.engine.contract import article


def test_the_neighbours_of_an_article_are_listed_without_reading_every_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = make_readers(tmp_path, [article(number, file="a.jsonl") for number in range(1000)])
    read: list[int] = []
    one = Strings.__getitem__
    monkeypatch.setattr(Strings, "read", lambda self: pytest.fail("all texts were read"))
    monkeypatch.setattr(Strings, "__getitem__", lambda self, number: read.append(number) or one(self, number))
    near = listing.siblings(readers, "a.jsonl", range(501, 504))
    assert near == [("id-500", None, 501), ("id-501", None, 502), ("id-502", None, 503)]
    assert set(read) == {500, 501, 502}
