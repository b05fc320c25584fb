"""In which encoding do these bytes hold text? Byte order mark, strict UTF-8, then evidence for GB18030, Big5, UTF-16.

GB18030 and Big5 share nearly all of their byte pairs, so that valid bytes prove little: what tells is which reading
gives common characters. What is common needs no table: both standards put the frequent characters first.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from itertools import product

from indexer.errors import SourceError

__all__ = ["decode", "normalise_newlines"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (save it as .docx)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "a rich text file (save it as .docx)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
# Names under which pages declare what is read best as its superset.
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5-hkscs": "big5", "cp950": "big5"}
# Codecs per candidate, the strictest first: Microsoft's and Hong Kong's Big5 only add characters.
_CANDIDATES = {"gb18030": ("gb18030",), "big5": ("big5", "cp950", "big5hkscs")}
_UTF16 = ("utf-16-le", "utf-16-be")

# Five Han characters in UTF-8 in a row: no chance hit in GB18030 or Big5, so another encoding begins there.
_UTF8_RUN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){5}")

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 50_000  # characters; enough to judge by, so that large files cost no more than small ones
_ENOUGH = 0.6  # mean evidence from which a reading is believed; wrong readings stay below 0.45
_PRIOR = 0.1  # GB18030 wins a draw: a few characters may be common in both readings
_STATED = 0.3  # what a declared charset adds
_UTF8_TRUST = 8  # sound UTF-8 sequences after which a broken one means damage, not another encoding


def decode(data: bytes, *, file: str = "", declared: str | None = None) -> tuple[str, str]:
    """Return the text of `data`, newlines as \\n, and the name of its encoding.

    `declared` is the charset that the document itself names, evidence but no proof; `file` is named in errors.
    Raises SourceError for what is empty, binary, cut off in mid-character or in no encoding that is known.
    """
    try:
        text, encoding = _decode(data, declared)
    except _UnreadableError as error:
        raise SourceError(file, str(error)) from None
    if not text.strip():
        raise SourceError(file, "is empty" if not text else "holds nothing but white space")
    return normalise_newlines(text), encoding


def normalise_newlines(text: str) -> str:
    """Return the text with every kind of line end as one \\n, so that all stages count the same lines."""
    return _NEWLINES.sub("\n", text)


class _UnreadableError(Exception):
    """Carry the reason why bytes are no text."""


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    if not data:
        raise _UnreadableError("is empty")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise _UnreadableError(f"is {what}, not text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if b"\0" in data:
        return _with_nuls(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, declared)
    return _printable(text), "utf-8"


def _strict(data: bytes, encoding: str) -> str:
    """Decode what announces its encoding; an error is either its end cut off or damage."""
    try:
        return _printable(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _UnreadableError(_damage(data, error)) from None


def _with_nuls(data: bytes) -> tuple[str, str]:
    """Decode data with NUL bytes: UTF-16 without its mark, or no text at all."""
    best = _best_utf16(data)
    if best is not None:
        return best
    raise _UnreadableError(f"is binary, not text (NUL at byte {data.index(0):,})")


def _not_utf8(data: bytes, error: UnicodeDecodeError, declared: str | None) -> tuple[str, str]:
    """Choose between the encodings that are no UTF-8, or say what is wrong with the UTF-8."""
    sound = len(_ABOVE_ASCII.findall(data[: error.start].decode("utf-8")[-_SAMPLE:]))
    if sound >= _UTF8_TRUST or (sound and _is_cut(data, error)):
        raise _UnreadableError(_damage(data, error))
    stated = _DECLARED.get((declared or "").lower(), (declared or "").lower())
    readings = [reading for name in _CANDIDATES if (reading := _reading(data, name, stated)) is not None]
    if readings:
        score, text, name = max(readings)
        if score >= _ENOUGH:
            return _unmixed(_printable(text), data, name), name
    best = _best_utf16(data) or _declared(data, stated)
    if best is not None:
        return best
    raise _UnreadableError(_why_none(data, error))


def _reading(data: bytes, name: str, stated: str) -> tuple[float, str, str] | None:
    """Return (evidence, text, name) where the data is valid in an encoding."""
    for codec in _CANDIDATES[name]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return _evidence(text) + _PRIOR * (name == "gb18030") + _STATED * (name == stated), text, name
    return None


def _unmixed(text: str, data: bytes, name: str) -> str:
    """Return the text unless its bytes hold a run of UTF-8."""
    other = _UTF8_RUN.search(data)
    if other is None:
        return text
    line = data.count(b"\n", 0, other.start()) + 1
    raise _UnreadableError(
        f"is {name.upper()} with UTF-8 mixed in, the first at byte {other.start():,} (line {line:,})"
    )


def _declared(data: bytes, stated: str) -> tuple[str, str] | None:
    """Trust a declared charset of another language, where nothing speaks for Chinese."""
    try:
        text = data.decode(stated) if stated and stated not in _CANDIDATES else ""
    except (LookupError, UnicodeDecodeError):
        return None
    return (_printable(text), stated) if text else None


def _best_utf16(data: bytes) -> tuple[str, str] | None:
    """Return the text as UTF-16 without a mark where nearly all of it is common in that reading."""
    if len(data) % 2:
        return None
    for encoding in _UTF16:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        above = _ABOVE_ASCII.findall(sample)
        ascii_share = 1 - len(above) / len(sample)
        if not _CONTROLS.search(sample) and (ascii_share > 0.9 or (above and _evidence(sample) > 0.8)):
            return text, encoding
    return None


def _evidence(text: str) -> float:
    """Return how much the characters above ASCII look like Chinese: 1 all common, below 0 surely misread."""
    common = _common()
    above = _ABOVE_ASCII.findall(text[:_SAMPLE])
    total = sum(1.0 if char in common else _weight(char) for char in above)
    return total / len(above) if above else 0.0


def _weight(char: str) -> float:
    """Return the evidence of a character that is not common: private use and kana are what misread pairs give."""
    if "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000" or "\x80" <= char <= "\x9f":
        return -3.0
    if "\u3040" <= char <= "\u30ff" or "\u0370" <= char <= "\u04ff":
        return -0.5
    return 0.7 if "\u2000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" else 0.0


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Return the frequent characters: the first levels of GB 2312 (rows 16–55) and Big5 (A4–C6), with punctuation."""
    simplified = product(range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = product(range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    chars = {bytes(pair).decode("gb2312", "ignore") for pair in simplified}
    chars |= {bytes(pair).decode("big5", "ignore") for pair in traditional}
    chars |= set("，。、；：？！“”‘’（）《》【】「」『』—…·　％＋－／０１２３４５６７８９")
    return frozenset(chars - {""})


def _printable(text: str) -> str:
    """Return the text unless it is full of control characters."""
    controls = _CONTROLS.findall(text)
    if len(controls) > 2 and len(controls) > len(text) / 100:
        raise _UnreadableError(f"is binary, not text ({len(controls):,} control characters)")
    return text


def _is_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether the data ends before the last character does."""
    return "end of data" in error.reason or "truncated" in error.reason or "incomplete" in error.reason


def _damage(data: bytes, error: UnicodeDecodeError) -> str:
    name = error.encoding.upper()
    if _is_cut(data, error):
        return f"is truncated: it ends in the middle of a character (byte {error.start:,})"
    line = data.count(b"\n", 0, error.start) + 1
    return f"is {name} with other bytes mixed in, the first at byte {error.start:,} (line {line:,})"


def _why_none(data: bytes, utf8: UnicodeDecodeError) -> str:
    """Say where each reading failed; a GB18030 or Big5 text that only its last byte spoils was cut off."""
    for codec in ("gb18030", "big5"):
        try:
            data.decode(codec)
        except UnicodeDecodeError as error:
            sound = data[: error.start].decode(codec)
            if _is_cut(data, error) and (not sound.strip("\0") or sound.isascii() or _evidence(sound) >= _ENOUGH):
                return _damage(data, error)
            if _evidence(sound) >= _ENOUGH and len(_ABOVE_ASCII.findall(sound)) >= _UTF8_TRUST:
                return _damage(data, error)
    if _is_cut(data, utf8):
        return _damage(data, utf8)
    return f"is in no known encoding: not UTF-8 from byte {utf8.start:,} on, nor GB18030, Big5 or UTF-16"
