"""How is a .jsonl file of any size read? In ranges of lines that several processes take, one line at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from indexer import settings
from indexer.models import FileFailure, Job, Page, SourceFile
from indexer.reading.records import (
    RANGE,
    SAMPLE,
    WIDE,
    RecordError,
    failure_page,
    narrowed,
    parse_json,
    record_page,
    sample_encoding,
)

__all__ = ["plan_ranges", "records"]

_BLANKS = b" \t\r\n"
# Blank lines are no records; the line end before one is looked at but left to the next match.
_BLANK_LINE = re.compile(rb"\n[ \t\r]*(?=\n)")


def plan_ranges(source: SourceFile) -> Iterator[Job]:
    """Cut a file into jobs of about RANGE bytes that end at line ends."""
    limit = settings.get("record_size")
    start, line, ordinal = 0, 1, 1
    with source.path.open("rb") as stream:
        if source.size <= RANGE or sample_encoding(stream.read(SAMPLE), source.file) in WIDE:
            yield Job(source)
            return
        stream.seek(0)
        while block := stream.read(RANGE):
            block += stream.readline(limit)
            end = start + len(block)
            lines, blank = block.count(b"\n"), len(_BLANK_LINE.findall(b"\n" + block))
            if block[-1:] != b"\n":
                end, lines = end + _skip_line(stream), lines + 1
            yield Job(source, start, end, line, ordinal)
            start, line, ordinal = end, line + lines, ordinal + lines - blank


def records(
    stream: BinaryIO, file: str, encoding: str, size: int | None = None, line: int = 1, ordinal: int = 1
) -> Iterator[Page]:
    """Yield a page per line of the next `size` bytes (None: all); a line that is no record is a failure.

    `line` and `ordinal` are those of the first; blank lines are no records.
    """
    if encoding in WIDE:
        stream = narrowed(stream, file)
    limit = settings.get("record_size")
    position = 0
    while size is None or position < size:
        data = stream.readline(limit + 1)
        if not data:
            break
        position += len(data)
        if len(data) > limit and data[-1:] != b"\n":
            position += _skip_line(stream)
            reason = f"the record is larger than {limit:,} bytes"
            yield failure_page(file, encoding, FileFailure(file, reason, line))
            ordinal += 1
        elif data.strip(_BLANKS):
            yield _page(data, file, encoding, line, ordinal)
            ordinal += 1
        line += 1


def _page(line: bytes, file: str, encoding: str, number: int, ordinal: int) -> Page:
    try:
        data = _utf8(line, encoding, number)
        written = data.decode("utf-8", "replace").rstrip("\r\n")
        return record_page(file, encoding, parse_json(data), written, (number, number), ordinal)
    except RecordError as error:
        return failure_page(file, encoding, FileFailure(file, str(error), number))


def _utf8(line: bytes, encoding: str, number: int) -> bytes:
    """Return the line in UTF-8, without the mark that may stand before the first."""
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    if encoding in ("gb18030", "big5"):
        try:
            return line.decode("utf-8" if line.isascii() else encoding).encode("utf-8")
        except UnicodeDecodeError as error:
            raise RecordError(f"is not {encoding.upper()} (byte {error.start:,} of the line)") from None
    return line


def _skip_line(stream: BinaryIO) -> int:
    """Read on to the end of a line, keeping nothing; return how many bytes it had left."""
    skipped = 0
    while rest := stream.readline(RANGE):
        skipped += len(rest)
        if rest[-1:] == b"\n":
            break
    return skipped
