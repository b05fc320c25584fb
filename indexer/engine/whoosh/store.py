"""How is an article stored? As JSON in GB 18030, compressed alone but primed with the frequent words of Chinese.

GB 18030 holds all of Unicode, takes two bytes for a Han character and compresses better and faster than UTF-8. The
words in data/frequent.txt are the 4,000 most frequent ones of jieba's dictionary (MIT) with two characters or more.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engine.whoosh.container import Array, Container
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence, Frozen

__all__ = ["Store", "dump", "join", "load", "store_digest"]

_LEVEL = 1
_ENCODING = "gb18030"
_HEADER = b"\x78"  # deflate with a window of 32 KB
_CHECKSUM = 4  # bytes of the Adler-32 that ends a record
_MAX_RECORD = 1 << 28  # no record grows beyond this when decompressed, whatever a crafted file says
_BEGINNING = '{"id":"","title":"","text":"","file":"","ordinal":1,"lines":[1,1],"place":["'
# Characters that GB 18030 mapped differently in its editions of 2000, 2005 and 2022.
_CHANGED = "ḿ\ue7c7\ue78d\ue796\ue816\ue81e\ue826\ue82b\ue832\ue843\ue854\ue864︐︑︒︓︔︕︖︗︘︙龴龵龶龷龸龹龺龻"
_NAMES = tuple(name for name in Article.__dataclass_fields__ if name not in ("extra", "evidence"))
_values = attrgetter(*_NAMES)
# json.dumps would make a new encoder for every record.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def dump(article: Article) -> bytes:
    """Return an article as a compressed record; fields that hold nothing are left out."""
    record: dict[str, Any] = {
        name: value for name, value in zip(_NAMES, _values(article), strict=True) if value is not None and value != ()
    }
    if article.extra:
        record["extra"] = dict(article.extra)
    if article.evidence:
        record["evidence"] = {key: (e.words, e.origin, e.inferred) for key, e in article.evidence.items()}
    # Copying a primed state is several times faster than hashing the dictionary for every record.
    state = _primed().copy()
    return bytes(state.compress(_encode(record)) + state.flush())


def load(packed: bytes) -> Article:
    """Return the article that `dump` made `packed` of; raise IndexCorrupt on anything else."""
    try:
        return _article(json.loads(_inflate(packed).decode(_ENCODING)))
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexCorrupt(f"a stored article is invalid ({error})") from error


def _inflate(packed: bytes) -> bytes:
    """Return what a record holds, reading zlib's header and trailer (RFC 1950) here.

    zlib itself would compute the checksum of the dictionary for each record, which takes longer than all the rest.
    """
    if packed[:1] != _HEADER or packed[2:6] != _dictionary_id():
        raise IndexCorrupt("a stored article was not made with this dictionary")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_dictionary())
    data = inflate.decompress(packed[6:], _MAX_RECORD)
    trailer = inflate.unused_data
    if not inflate.eof or len(trailer) != _CHECKSUM or zlib.adler32(data) != int.from_bytes(trailer, "big"):
        raise IndexCorrupt("a stored article is cut short or too long")
    return data


def join(records: list[bytes]) -> tuple[Array, Array]:
    """Return (starts u32 of one item more than records, blob u8) of compressed records."""
    starts = np.zeros(len(records) + 1, "<u4")
    np.cumsum([len(record) for record in records], out=starts[1:])
    return starts, np.frombuffer(b"".join(records), "u1")


def store_digest() -> str:
    """Return a digest of all on which reading a record depends besides its bytes; where it changed, rebuild."""
    return blake2b(_dictionary() + _CHANGED.encode(_ENCODING), digest_size=8).hexdigest()


class Store:
    """Read the stored articles of a segment by number."""

    __slots__ = ("_container",)

    def __init__(self, container: Container) -> None:
        self._container = container

    def read(self, number: int) -> Article:
        """Return an article; raise IndexCorrupt where it is damaged."""
        start, stop = self._container.two("stored.starts", number)
        return load(self._container.view("stored.blob", start, stop).tobytes())


def _encode(record: dict[str, Any]) -> bytes:
    try:
        return _JSON.encode(record).encode(_ENCODING)
    except UnicodeEncodeError:  # a lone surrogate, which only JSON's own escapes can carry
        return json.dumps(record, separators=(",", ":"), default=str).encode("ascii")


def _article(record: dict[str, Any]) -> Article:
    for name in ("lines", "captions", "authors", "place"):
        if name in record:
            record[name] = tuple(record[name])
    if "extra" in record:
        record["extra"] = Frozen(record["extra"])
    if "evidence" in record:
        record["evidence"] = Frozen({key: Evidence(*e) for key, e in record["evidence"].items()})
    record.setdefault("title", None)
    return Article(**record)


@cache
def _dictionary() -> bytes:
    """Return what the compressor is primed with: what is most likely comes last, as zlib wants it."""
    words = (Path(__file__).parent / "data" / "frequent.txt").read_text(encoding="utf-8").split()
    return ("".join(reversed(words)) + _BEGINNING).encode(_ENCODING)


@cache
def _dictionary_id() -> bytes:
    return zlib.adler32(_dictionary()).to_bytes(4, "big")


@cache
def _primed() -> Any:
    return zlib.compressobj(_LEVEL, zdict=_dictionary())
