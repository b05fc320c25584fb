"""Does the cache keep what was put into it, within its limit?"""

from __future__ import annotations

from indexer.engine.whoosh.searching.cache import Cache


def test_what_was_put_last_is_returned() -> None:
    cache: Cache[bytes] = Cache(100_000, len)
    assert cache.get("key") is None
    cache.put("key", b"value")
    once = cache.bytes
    cache.put("key", b"other")
    assert cache.get("key") == b"other"
    assert cache.bytes == once


def test_the_least_recently_used_value_goes_first() -> None:
    cache: Cache[bytes] = Cache(5_000, len)
    for key in "abc":
        cache.put(key, bytes(1_000))
    cache.get("a")
    cache.put("d", bytes(1_000))
    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]
    assert cache.bytes <= 5_000


def test_what_is_too_large_is_not_kept() -> None:
    cache: Cache[bytes] = Cache(5_000, len)
    cache.put("large", bytes(4_000))
    assert cache.get("large") is None
    assert cache.bytes == 0
