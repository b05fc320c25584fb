"""Does the cache keep what is asked for, within its limit?"""

from __future__ import annotations

from indexer.engine.whoosh.searching.cache import Cache


def test_a_value_is_made_once() -> None:
    made: list[int] = []
    cache: Cache[bytes] = Cache(100_000, len)
    for _ in range(3):
        assert cache.get("key", lambda: made.append(1) or b"value") == b"value"
    assert made == [1]


def test_the_least_recently_used_value_goes_first() -> None:
    cache: Cache[bytes] = Cache(5_000, len)
    for key in "abc":
        cache.get(key, lambda: bytes(1_000))
    cache.get("a", lambda: b"anew")
    cache.get("d", lambda: bytes(1_000))
    assert cache.get("a", lambda: b"anew") == bytes(1_000)
    assert cache.get("b", lambda: b"anew") == b"anew"
    assert cache.bytes <= 5_000


def test_what_is_too_large_is_not_kept() -> None:
    cache: Cache[bytes] = Cache(5_000, len)
    assert len(cache.get("large", lambda: bytes(4_000))) == 4_000
    assert cache.bytes == 0
