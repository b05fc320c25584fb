"""How is an article stored? Its text as UTF-16 and all else as MessagePack, compressed alone.

MessagePack is read straight into the article, several times faster than JSON. UTF-16 has two bytes for a Chinese
character where UTF-8 has three: smaller and read in half the time.
"""

from __future__ import annotations

import json
from codecs import utf_16_le_decode
from dataclasses import asdict, replace
from functools import cache
from hashlib import blake2b
from threading import local

import msgspec
import numpy as np
import zstandard

from indexer.engine.whoosh.layout.container import Array, Container
from indexer.errors import IndexCorrupt
from indexer.models import Article, Evidence, Frozen

__all__ = ["Store", "dump", "join", "load", "store_digest"]

# With a target length the fast strategy leaves what is no repetition as it is: to decode that would take half of the
# time, and in UTF-16 it would save little. What repeats has three characters: those of two, which are most, would make
# records a seventh smaller, and to put them together would take twice as long as all else.
_PARAMETERS = zstandard.ZstdCompressionParameters(
    strategy=zstandard.STRATEGY_FAST, target_length=1, min_match=5, hash_log=16, chain_log=16, search_log=1,
    window_log=17, write_checksum=1,
)  # fmt: skip
_MAX_RECORD = 1 << 28  # no record grows beyond this when decompressed, whatever a crafted file says
_JSON = b"{"  # begins a record in JSON and none in MessagePack
_LONE = "surrogatepass"  # half a surrogate pair is no reason to refuse a text
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Article, bytes]).decode  # the article without its text, and that
_ERRORS = (zstandard.ZstdError, msgspec.MsgspecError, ValueError, RecursionError)
_EMPTY = Frozen()
# What most records hold beside their text, so that it takes a few bits in each of them.
_GIVEN = Evidence("", "record", False)
_USUAL = Article(
    "", None, "", "", 1, (1, 1), None, None, None, (), (), None, (), None, None, None, None,
    evidence=Frozen(place=Evidence("", "dateline", True), date=_GIVEN, year=_GIVEN),
)  # fmt: skip


class _Zstandard(local):
    """Hold what compresses and decompresses: neither may serve two threads at once, and both take long to make."""

    def __init__(self) -> None:
        usual = zstandard.ZstdCompressionDict(_dictionary(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        usual.precompute_compress(compression_params=_PARAMETERS)
        self.pack = zstandard.ZstdCompressor(dict_data=usual, compression_params=_PARAMETERS).compress
        self.unpack = zstandard.ZstdDecompressor(usual).decompress


def dump(article: Article) -> bytes:
    """Return an article as a compressed record."""
    if article.extra:
        article = replace(article, extra=json.loads(json.dumps(dict(article.extra), default=str)))
    try:
        record = _encode((replace(article, text=""), article.text.encode("utf-16-le", _LONE)))
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair or a large number, which JSON alone can carry
        record = json.dumps(asdict(article), separators=(",", ":")).encode("ascii")
    return _zstandard().pack(record)


def load(packed: bytes) -> Article:
    """Return the article that `dump` made `packed` of; raise IndexCorrupt on anything else."""
    try:
        if zstandard.frame_content_size(packed) > _MAX_RECORD:
            raise IndexCorrupt("a stored article is too long")
        record = _zstandard().unpack(packed, allow_extra_data=False)
        if record[:1] == _JSON:
            article = msgspec.convert(json.loads(record), Article)
        else:
            article, text = _decode(record)
            # text.decode would look the codec up and call it by way of Python.
            object.__setattr__(article, "text", utf_16_le_decode(text, _LONE, True)[0])
    except _ERRORS as error:
        raise IndexCorrupt(f"a stored article is invalid ({error})") from error
    # Their types are those of an interface, for which the decoder makes dicts.
    object.__setattr__(article, "extra", Frozen(article.extra) if article.extra else _EMPTY)
    object.__setattr__(article, "evidence", Frozen(article.evidence))
    return article


def join(records: list[bytes]) -> tuple[Array, Array]:
    """Return (starts u32 of one item more than records, blob u8) of compressed records."""
    starts = np.zeros(len(records) + 1, "<u4")
    np.cumsum([len(record) for record in records], out=starts[1:])
    return starts, np.frombuffer(b"".join(records), "u1")


def store_digest() -> str:
    """Return a digest of all on which reading a record depends besides its bytes; where it changed, rebuild."""
    return blake2b(_dictionary(), digest_size=8).hexdigest()


class Store:
    """Read the stored articles of a segment by number."""

    __slots__ = ("_container",)

    def __init__(self, container: Container) -> None:
        self._container = container

    def read(self, number: int) -> Article:
        """Return an article; raise IndexCorrupt where it is damaged."""
        start, stop = self._container.two("stored.starts", number)
        # A frame's own checksum does not tell whose record it is; that of its place in the file does.
        return load(self._container.view("stored.blob", start, stop).tobytes())


def _dictionary() -> bytes:
    """Return what the compressor is primed with."""
    return _encode((_USUAL, b""))


@cache
def _zstandard() -> _Zstandard:
    return _Zstandard()
