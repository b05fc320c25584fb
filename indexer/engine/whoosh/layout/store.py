"""How is an article stored? As JSON in GB 18030, compressed alone but primed with the frequent words of Chinese.

A record is the list of an article's fields in their order, which is read faster than names and values. GB 18030 holds
all of Unicode, takes two bytes for a Han character and compresses better and faster than UTF-8. The words in
data/frequent.txt are the 4,000 most frequent ones of jieba's dictionary (MIT) with two characters or more.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
import zstandard

from indexer.engine.whoosh.layout.container import Array, Container
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence, Frozen

__all__ = ["Store", "dump", "join", "load", "store_digest"]

_LEVEL = 1
_ENCODING = "gb18030"
_MAX_RECORD = 1 << 28  # no record grows beyond this when decompressed, whatever a crafted file says
_BEGINNING = '["","","",1,[1,1],null,null,null,[],[],null,[],null,null,null,null,{},{'
# Characters that GB 18030 mapped differently in its editions of 2000, 2005 and 2022.
_CHANGED = "ḿ\ue7c7\ue78d\ue796\ue816\ue81e\ue826\ue82b\ue832\ue843\ue854\ue864︐︑︒︓︔︕︖︗︘︙龴龵龶龷龸龹龺龻"
_FIELDS = tuple(Article.__dataclass_fields__)
_LISTS = tuple(map(_FIELDS.index, ("lines", "captions", "authors", "place")))
_EXTRA, _EVIDENCE = map(_FIELDS.index, ("extra", "evidence"))
_values = attrgetter(*_FIELDS)
# json.dumps would make a new encoder for every record.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
_read = json.JSONDecoder().decode


class _Zstandard(local):
    """Hold what compresses and decompresses: neither may serve two threads at once, and both take long to make."""

    def __init__(self) -> None:
        words = zstandard.ZstdCompressionDict(_dictionary(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        words.precompute_compress(_LEVEL)
        self.pack = zstandard.ZstdCompressor(_LEVEL, words, write_checksum=True).compress
        self.unpack = zstandard.ZstdDecompressor(words).decompress


def dump(article: Article) -> bytes:
    """Return an article as a compressed record."""
    record = [*_values(article)]
    record[_EXTRA] = dict(article.extra)
    record[_EVIDENCE] = {key: (each.words, each.origin, each.inferred) for key, each in article.evidence.items()}
    return _zstandard().pack(_encode(record))


def load(packed: bytes) -> Article:
    """Return the article that `dump` made `packed` of; raise IndexCorrupt on anything else."""
    try:
        if zstandard.frame_content_size(packed) > _MAX_RECORD:
            raise IndexCorrupt("a stored article is too long")
        return _article(_read(_zstandard().unpack(packed, allow_extra_data=False).decode(_ENCODING)))
    except (zstandard.ZstdError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise IndexCorrupt(f"a stored article is invalid ({error})") from error


def join(records: list[bytes]) -> tuple[Array, Array]:
    """Return (starts u32 of one item more than records, blob u8) of compressed records."""
    starts = np.zeros(len(records) + 1, "<u4")
    np.cumsum([len(record) for record in records], out=starts[1:])
    return starts, np.frombuffer(b"".join(records), "u1")


def store_digest() -> str:
    """Return a digest of all on which reading a record depends besides its bytes; where it changed, rebuild."""
    return blake2b(_dictionary() + f"{_CHANGED}{_FIELDS}".encode(_ENCODING), digest_size=8).hexdigest()


class Store:
    """Read the stored articles of a segment by number."""

    __slots__ = ("_container",)

    def __init__(self, container: Container) -> None:
        self._container = container

    def read(self, number: int) -> Article:
        """Return an article; raise IndexCorrupt where it is damaged."""
        start, stop = self._container.two("stored.starts", number)
        return load(self._container.view("stored.blob", start, stop).tobytes())


def _encode(record: list[Any]) -> bytes:
    try:
        return _JSON.encode(record).encode(_ENCODING)
    except UnicodeEncodeError:  # a lone surrogate, which only JSON's own escapes can carry
        return json.dumps(record, separators=(",", ":"), default=str).encode("ascii")


def _article(record: list[Any]) -> Article:
    for place in _LISTS:
        record[place] = tuple(record[place])
    record[_EXTRA] = Frozen(record[_EXTRA])
    record[_EVIDENCE] = Frozen({key: Evidence(*each) for key, each in record[_EVIDENCE].items()})
    return Article(*record)


@cache
def _dictionary() -> bytes:
    """Return what the compressor is primed with: the likeliest comes last, where it is told in the fewest bits."""
    words = (Path(__file__).parent / "data" / "frequent.txt").read_text(encoding="utf-8").split()
    return ("".join(reversed(words)) + _BEGINNING).encode(_ENCODING)


@cache
def _zstandard() -> _Zstandard:
    return _Zstandard()
