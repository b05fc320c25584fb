"""Do stored articles come back, and does nothing else come out of crafted records?"""

from __future__ import annotations

import datetime

import msgspec
import pytest
import zstandard

from indexer.engine.whoosh.layout import store
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence, Frozen

RECORD: dict[str, object] = {"id": "x", "title": None, "text": "", "file": "f", "ordinal": 1, "lines": [1, 1]}


def packed(record: object) -> bytes:
    """Compress as the store does; bytes as they are, all else as MessagePack."""
    usual = zstandard.ZstdCompressionDict(store._dictionary(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    data = record if isinstance(record, bytes) else msgspec.msgpack.encode(record)
    return zstandard.ZstdCompressor(dict_data=usual).compress(data)


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb"])
def test_half_a_surrogate_pair_comes_back(value: str) -> None:
    article = Article("x", value, value, "f", 1, (1, 1), captions=(value,), evidence={"city": Evidence("a", "b", True)})
    assert store.load(store.dump(article)) == article


def test_extra_values_come_back_as_json_has_them() -> None:
    extra = {"n": 10**30, "when": datetime.datetime(2020, 1, 2, 3, 4), "in": {"list": [1, None, True]}}
    found = store.load(store.dump(Article("x", None, "b", "f", 1, (1, 1), extra=extra)))
    assert found.extra == {**extra, "when": "2020-01-02 03:04:00"}


def test_mappings_of_a_stored_article_cannot_be_changed() -> None:
    found = store.load(store.dump(Article("x", None, "b", "f", 1, (1, 1), extra={"n": 1})))
    assert isinstance(found.extra, Frozen)
    assert isinstance(found.evidence, Frozen)


def test_every_character_comes_back() -> None:
    text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000), *range(0x1F300, 0x1F700), 0x10FFFF]))
    article = Article("x", None, text, "f", 1, (1, 1), extra={"n": 1.5, "列": ["表", None]})
    assert store.load(store.dump(article)) == article


def test_a_record_is_an_article_and_its_text_in_utf_16() -> None:
    assert store.load(packed([RECORD, "文".encode("utf-16-le")])) == Article("x", None, "文", "f", 1, (1, 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        *map(
            packed, [[], {}, ["x"], [{}, b""], [{"id": "x"}, b""], [RECORD], [RECORD, b"b"], [RECORD, b"", 1], RECORD]
        ),
        *map(packed, [[{**RECORD, "lines": [1]}, b""], [{**RECORD, "evidence": {"city": "x"}}, b""]]),
        *map(packed, [b"", b"{", b"{}", b"\x91" * 50_000, b'{"a":' * 50_000, b"\xc1"]),
    ],
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
        store.load(packed({"id": "x" * 10_000}))
