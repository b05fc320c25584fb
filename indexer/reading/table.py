"""How is a .csv file of any size read? Row by row, where a bad row costs only itself."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from indexer import settings
from indexer.errors import SourceError
from indexer.models import FileFailure, Page
from indexer.reading.records import RecordError, failure_page, record_page

__all__ = ["rows"]

_DELIMITERS = (",", ";", "\t", "，")
_OPEN = "unexpected end of data"  # what csv says of a quote that is not closed yet


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold one row: its cells, or why it has none, and its first and last line."""

    cells: Sequence[str]
    lines: tuple[int, int]
    reason: str = ""


def rows(stream: BinaryIO, file: str, encoding: str) -> Iterator[Page]:
    """Yield a page per row below the header; a bad row is a failure that names its line.

    Raises SourceError where the header names no column `text`, or one twice.
    """
    # Bytes that are no text in this encoding become surrogates, so that only their row is lost.
    lines = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        header, delimiter = _header(lines.readline(settings.get("record_size")), file)
        ordinal = 0
        for row in _Rows(lines, delimiter):
            if not any(row.cells) and not row.reason:
                continue
            ordinal += 1
            yield _page(row, header, file, encoding, ordinal)
    finally:
        lines.detach()  # the stream is its opener's to close


def _page(row: _Row, header: Sequence[str], file: str, encoding: str, ordinal: int) -> Page:
    try:
        return record_page(file, encoding, _fields(row, header, encoding), row.lines, ordinal)
    except RecordError as error:
        return failure_page(file, encoding, FileFailure(file, str(error), row.lines[0]))


def _fields(row: _Row, header: Sequence[str], encoding: str) -> dict[str, str]:
    """Return the cells under their columns' names; empty ones state nothing."""
    if row.reason:
        raise RecordError(row.reason)
    if len(row.cells) > len(header) and any(row.cells[len(header) :]):
        raise RecordError(f"the row has {len(row.cells)} cells, the header {len(header)}: is a comma not quoted?")
    fields = {name: cell for name, cell in zip(header, row.cells, strict=False) if cell or name == "text"}
    try:
        "".join(fields.values()).encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError(f"the row is not {encoding.upper()}") from None
    return fields


def _header(line: str, file: str) -> tuple[list[str], str]:
    """Return the columns' names and the delimiter that makes one of them `text`."""
    for delimiter in _DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])]
        except csv.Error:
            continue
        if "text" in names:
            twice = {name for name in names if name and names.count(name) > 1}
            if twice:
                raise SourceError(file, f"the header names a column twice: {', '.join(sorted(twice))}")
            return names, delimiter
    shown = line.strip() if len(line) < 80 else line[:80] + "…"
    raise SourceError(file, f"the first line must name the columns, one of them text; it is {shown!r}")


class _Rows:
    """Cut lines into rows: those whose quotes are closed, or one line where a quote never is."""

    def __init__(self, lines: io.TextIOWrapper, delimiter: str) -> None:
        """Take the lines below the header."""
        self._lines = lines
        self._delimiter = delimiter
        self._limit = settings.get("record_size")
        self._waiting: deque[str] = deque()
        self._number = 2
        csv.field_size_limit(self._limit)

    def __iter__(self) -> Iterator[_Row]:
        """Yield every row, blank ones too."""
        while line := self._next():
            yield self._row(line)

    def _row(self, line: str) -> _Row:
        """Return the row that begins with `line`, its later lines taken from those that follow."""
        held, size = [line], len(line)
        cells, reason = self._parse(held)
        while reason == _OPEN:
            line = self._next()
            held.append(line)
            size += len(line)
            if not line or size > self._limit:
                reason = "a quote is opened in this row and never closed"
            elif line.count('"') % 2:
                # Only such a line can close the quote; parsing after each would take quadratic time.
                cells, reason = self._parse(held)
        if reason and len(held) > 1:
            self._waiting.extendleft(reversed([each for each in held[1:] if each]))
            held = held[:1]
        first, self._number = self._number, self._number + len(held)
        return _Row(cells, (first, self._number - 1), reason)

    def _parse(self, held: Sequence[str]) -> tuple[Sequence[str], str]:
        """Return the cells, or none and the reason."""
        try:
            return next(csv.reader(held, delimiter=self._delimiter, strict=True), ()), ""
        except csv.Error as error:
            return (), _OPEN if str(error) == _OPEN else f"the row is no CSV: {error}"

    def _next(self) -> str:
        """Return the next line, "" after the last; one over the limit comes in pieces."""
        return self._waiting.popleft() if self._waiting else self._lines.readline(self._limit)
