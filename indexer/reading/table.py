"""How is a .csv file of any size read? In ranges of rows, where a bad row costs only itself."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from indexer import settings
from indexer.errors import SourceError
from indexer.models import FileFailure, Job, Page, SourceFile
from indexer.reading.fields import meant
from indexer.reading.records import (
    RANGE,
    SAMPLE,
    WIDE,
    RecordError,
    failure_page,
    narrowed,
    record_page,
    sample_encoding,
)

__all__ = ["plan_ranges", "rows"]

_DELIMITERS = (",", ";", "\t", "，")
_OPEN = "unexpected end of data"  # what csv says of a quote that is not closed yet


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold one row: its cells or why it has none, its lines as written, the number of the first, all their bytes."""

    cells: Sequence[str]
    text: str
    line: int
    size: int
    reason: str = ""

    @property
    def is_record(self) -> bool:
        """Tell whether the row is more than a blank line."""
        return bool(self.reason) or any(self.cells)


@dataclass(frozen=True, slots=True)
class _Header:
    """Hold the columns' names, the delimiter between them and the bytes of the header's line."""

    names: Sequence[str]
    delimiter: str
    size: int


def plan_ranges(source: SourceFile) -> Iterator[Job]:
    """Cut a file into jobs of about RANGE bytes that end between rows."""
    if source.size <= RANGE:
        yield Job(source)
        return
    with source.path.open("rb") as stream:
        encoding = sample_encoding(stream.read(SAMPLE), source.file)
        if encoding in WIDE:
            yield Job(source)
            return
        stream.seek(0)
        header = _header(stream, source.file, encoding)
        start, line, ordinal = header.size, 2, 1
        end, following = start, 1
        for row in _Rows(stream, encoding, header.delimiter, 2):
            end += row.size
            following += row.is_record
            if end - start >= RANGE:
                yield Job(source, start, end, line, ordinal)
                start, line, ordinal = end, row.line + row.text.count("\n"), following
        if end > start:
            yield Job(source, start, end, line, ordinal)


def rows(
    stream: BinaryIO, file: str, encoding: str, start: int = 0, size: int | None = None, line: int = 2, ordinal: int = 1
) -> Iterator[Page]:
    """Yield a page per row of `size` bytes from `start` on (0, None: all below the header); bad rows are failures.

    The stream stands at its beginning; `line` and `ordinal` are those of the first row. Raises SourceError where the
    header names no column `text`, by none of its usual names, or one twice.
    """
    if encoding in WIDE:
        stream = narrowed(stream, file)
    header = _header(stream, file, encoding)
    if start:
        stream.seek(start)
    done = 0
    for row in _Rows(stream, encoding, header.delimiter, line):
        if row.is_record:
            yield _page(row, header, file, encoding, ordinal)
            ordinal += 1
        done += row.size
        if size is not None and done >= size:
            break


def _page(row: _Row, header: _Header, file: str, encoding: str, ordinal: int) -> Page:
    text = row.text.rstrip("\r\n")
    lines = (row.line, row.line + text.count("\n"))
    try:
        return record_page(file, encoding, _fields(row, header.names, encoding), text, lines, ordinal)
    except RecordError as error:
        return failure_page(file, encoding, FileFailure(file, str(error), row.line))


def _fields(row: _Row, names: Sequence[str], encoding: str) -> dict[str, str]:
    """Return the cells under their columns' names; empty ones state nothing."""
    if row.reason:
        raise RecordError(row.reason)
    if any(row.cells[len(names) :]):
        raise RecordError(f"the row has {len(row.cells)} cells, the header {len(names)}: is a comma not quoted?")
    try:
        row.text.encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError(f"the row is not {encoding.upper()}") from None
    return {name: cell for name, cell in zip(names, row.cells, strict=False) if name and (cell or name == "text")}


def _header(stream: BinaryIO, file: str, encoding: str) -> _Header:
    """Read the columns' names and the delimiter that makes one of them `text` or another usual name of it."""
    data = stream.readline(settings.get("record_size"))
    line = _decoded(data, encoding).lstrip("\ufeff").strip("\r\n")
    for delimiter in _DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            continue
        fields = meant(names)
        if "text" in (*names, *fields.values()):
            twice = sorted({name for name in names if name and names.count(name) > 1})
            if twice:
                raise SourceError(file, f"the header names a column twice: {', '.join(twice)}")
            return _Header([fields.get(name, name) for name in names], delimiter, len(data))
    shown = line if len(line) < 80 else line[:80] + "…"
    raise SourceError(
        file, f"the first line must name the columns, one of them text (or 正文, content …); it is {shown!r}"
    )


def _decoded(data: bytes, encoding: str) -> str:
    """Decode a line; bytes that are no text in this encoding become surrogates, so that only their row is lost."""
    return data.decode("utf-8" if encoding in (*WIDE, "utf-8-sig") else encoding, "surrogateescape")


class _Rows:
    """Cut lines into rows: those whose quotes are closed, or one line where a quote never is."""

    def __init__(self, stream: BinaryIO, encoding: str, delimiter: str, line: int) -> None:
        """Take the lines from where the stream stands; `line` is the number of the first."""
        self._stream = stream
        self._encoding = encoding
        self._delimiter = delimiter
        self._line = line
        self._limit = settings.get("record_size")
        self._waiting: deque[bytes] = deque()
        csv.field_size_limit(self._limit)

    def __iter__(self) -> Iterator[_Row]:
        """Yield every row, blank ones too."""
        while line := self._next():
            yield self._row(line)

    def _row(self, line: bytes) -> _Row:
        """Return the row that begins with `line`, its later lines taken from those that follow."""
        held, size = [line], len(line)
        cells, reason = self._parse(held)
        while reason == _OPEN:
            line = self._next()
            held.append(line)
            size += len(line)
            if not line or size > self._limit:
                break
            if line.count(b'"') % 2:
                # Only such a line can close the quote; parsing after each would take quadratic time.
                cells, reason = self._parse(held)
        if reason and len(held) > 1:
            reason = "a quote is opened in this row and never closed"
            self._waiting.extendleft(reversed([each for each in held[1:] if each]))
            del held[1:]
        first, self._line = self._line, self._line + len(held)
        data = b"".join(held)
        return _Row(cells, _decoded(data, self._encoding), first, len(data), reason)

    def _parse(self, held: Sequence[bytes]) -> tuple[Sequence[str], str]:
        """Return the cells, or none and the reason."""
        lines = [_decoded(line, self._encoding) for line in held]
        try:
            return next(csv.reader(lines, delimiter=self._delimiter, strict=True), ()), ""
        except csv.Error as error:
            return (), _OPEN if str(error) == _OPEN else f"the row is no CSV: {error}"

    def _next(self) -> bytes:
        """Return the next line, b"" after the last; one over the limit comes in pieces."""
        return self._waiting.popleft() if self._waiting else self._stream.readline(self._limit)
