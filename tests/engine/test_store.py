"""Do stored articles come back, and does nothing else come out of crafted records?"""

from __future__ import annotations

import json
from pathlib import Path

import jieba
import pytest
import zstandard

from indexer.engine.whoosh.layout import store
from indexer.errors import IndexCorrupt
from indexer.models import Article

DATA = Path(store.__file__).parent / "data" / "frequent.txt"


def packed(text: str) -> bytes:
    """Compress as the store does."""
    words = zstandard.ZstdCompressionDict(store._dictionary(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=words).compress(text.encode("gb18030"))


def test_every_character_comes_back() -> None:
    text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000), *range(0x1F300, 0x1F700), 0x10FFFF]))
    article = Article("x", None, text, "f", 1, (1, 1), extra={"n": 1.5, "列": ["表", None]})
    assert store.load(store.dump(article)) == article


@pytest.mark.parametrize(
    "data",
    [b"", b"nonsense", packed("[]"), packed("{}"), packed('["x"]'), packed(f"[{'1,' * 30}1]"), packed("[" * 50_000)],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(IndexCorrupt):
        store.load(data)


def test_what_follows_a_record_is_refused() -> None:
    record = store.dump(Article("x", "t", "b", "f", 1, (1, 1)))
    with pytest.raises(IndexCorrupt):
        store.load(record + b"more")
    with pytest.raises(IndexCorrupt):
        store.load(record[:-5])


def test_a_record_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MAX_RECORD", 1000)
    with pytest.raises(IndexCorrupt, match="too long"):
        store.load(packed(json.dumps({"id": "x" * 10_000})))


def test_the_frequent_words_are_those_of_jieba() -> None:
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    counted = [(-int(count), word) for word, count, _ in map(str.split, lines) if len(word) >= 2]
    assert DATA.read_text(encoding="utf-8").split() == [word for _, word in sorted(counted)[:4000]]
