"""How is an article stored? As JSON, compressed alone but with a dictionary that its segment shares."""

from __future__ import annotations

import json
import zlib
from types import MappingProxyType
from typing import Any

import numpy as np

from indexer.engine.whoosh.container import Array, Container
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence

__all__ = ["Compressor", "Store", "dump", "load"]

_LEVEL = 3
_DICTIONARY = 1 << 14
_MAX_RECORD = 1 << 28  # no record grows beyond this when decompressed, whatever a crafted file says
_NAMES = tuple(Article.__dataclass_fields__)


def dump(article: Article) -> bytes:
    """Return an article as UTF-8 JSON; fields that hold nothing are left out."""
    record: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(article, name)
        if value is not None and value != () and name not in ("extra", "evidence"):
            record[name] = value
    if article.extra:
        record["extra"] = dict(article.extra)
    if article.evidence:
        record["evidence"] = {key: [e.words, e.origin, e.inferred] for key, e in article.evidence.items()}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Article:
    """Return the article that `dump` made `data` of; raise ValueError, TypeError or KeyError on anything else."""
    record = json.loads(data.decode("utf-8", "surrogatepass"))
    for name in ("lines", "captions", "authors", "place"):
        if name in record:
            record[name] = tuple(record[name])
    if "extra" in record:
        record["extra"] = MappingProxyType(record["extra"])
    if "evidence" in record:
        record["evidence"] = MappingProxyType({key: Evidence(*e) for key, e in record["evidence"].items()})
    return Article(**record)


class Compressor:
    """Compress records one by one, primed with the first of them."""

    def __init__(self, dictionary: bytes = b"") -> None:
        """Start with a dictionary, or let the first records make one."""
        self.dictionary = dictionary[-_DICTIONARY:]
        self._primed = self._prime()

    def _prime(self) -> Any:
        return zlib.compressobj(_LEVEL, zdict=self.dictionary) if self.dictionary else zlib.compressobj(_LEVEL)

    def compress(self, data: bytes) -> bytes:
        """Return the compressed record."""
        # Copying a primed state is several times faster than hashing the dictionary for every record.
        state = self._primed.copy()
        return bytes(state.compress(data) + state.flush())


class Store:
    """Read the stored articles of a segment by number."""

    __slots__ = ("_container", "_dictionary")

    def __init__(self, container: Container) -> None:
        self._container = container
        self._dictionary: bytes | None = None

    def raw(self, number: int) -> bytes:
        """Return the JSON of an article; raise IndexCorrupt where it is damaged."""
        start, stop = self._container.view("stored.starts", number, number + 2).tolist()
        packed = self._container.view("stored.blob", start, stop).tobytes()
        if self._dictionary is None:
            self._dictionary = self._container.view("stored.dictionary").tobytes()
        inflate = zlib.decompressobj(zdict=self._dictionary) if self._dictionary else zlib.decompressobj()
        try:
            data = inflate.decompress(packed, _MAX_RECORD)
        except zlib.error as error:
            raise IndexCorrupt(f"stored article {number} is damaged ({error})") from error
        if not inflate.eof:
            raise IndexCorrupt(f"stored article {number} is cut short or too long")
        return data

    def read(self, number: int) -> Article:
        """Return an article; raise IndexCorrupt where it is damaged."""
        try:
            return load(self.raw(number))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise IndexCorrupt(f"stored article {number} is invalid ({error})") from error


def join(records: list[bytes]) -> tuple[Array, Array]:
    """Return (starts u32, blob u8) of compressed records."""
    starts = np.zeros(len(records) + 1, "<u4")
    np.cumsum([len(record) for record in records], out=starts[1:])
    return starts, np.frombuffer(b"".join(records), "u1")
