"""How does a file of any format become pages? Planned as jobs that processes share, read one job at a time.

What reads a format is loaded when a file of that format is read: a process that only plans needs none of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from indexer.errors import SourceError
from indexer.models import Job, Page, SourceFile
from indexer.reading import sidecar
from indexer.reading.discover import check_size, why_unreadable

__all__ = ["plan", "read"]


def plan(source: SourceFile) -> Iterator[Job]:
    """Yield the jobs that read a file: several for a large .jsonl or .zip, else one.

    Raises SourceError where the file is too large or cannot be looked into.
    """
    check_size(source)
    ending = source.path.suffix.lower()
    try:
        if ending == ".jsonl":
            from indexer.reading import jsonl

            yield from jsonl.plan_ranges(source)
        elif ending == ".csv":
            from indexer.reading import table

            yield from table.plan_ranges(source)
        elif ending == ".zip":
            from indexer.reading import archive

            yield from archive.plan_members(source)
        else:
            yield Job(source)
    except OSError as error:
        raise SourceError(source.file, why_unreadable(error)) from None


def read(job: Job) -> Iterator[Page]:
    """Yield the pages of a job: one of a document, one per record, one or more per member of an archive.

    What is wrong with a record or a member is among the failures of a page. Raises SourceError where the file as a
    whole cannot be read or did not stay what it was when it was found; pages yielded before must then be given up.
    """
    source = job.source
    check_size(source)
    try:
        _check_unchanged(source)
        yield from _pages(job)
        _check_unchanged(source)
    except OSError as error:
        raise SourceError(source.file, why_unreadable(error)) from None


def _pages(job: Job) -> Iterator[Page]:
    source = job.source
    ending = source.path.suffix.lower()
    if ending == ".zip":
        from indexer.reading import archive

        yield from archive.read_members(job)
        return
    beside = sidecar.read(source.sidecar, source.file)
    if ending in (".jsonl", ".csv"):
        yield from _records(job, ending, beside)
        return
    with source.path.open("rb") as stream:
        data = stream.read(source.size + 1)
    if len(data) != source.size:
        raise SourceError(source.file, "changed while it was read; index again to read it")
    from indexer.reading import documents

    yield documents.page(source.file, ending, data, beside)


def _records(job: Job, ending: str, beside: sidecar.Sidecar) -> Iterator[Page]:
    """Yield the records of a job with what the sidecar states of them."""
    from indexer.reading.records import described

    ends_file = job.end is None or job.end >= job.source.size
    with job.source.path.open("rb") as stream:
        yield from described(_stream_records(stream, job, ending), beside, job.source.file, ends_file=ends_file)


def _stream_records(stream: BinaryIO, job: Job, ending: str) -> Iterator[Page]:
    from indexer.reading import jsonl, table
    from indexer.reading.records import SAMPLE, sample_encoding

    file = job.source.file
    encoding = sample_encoding(stream.read(SAMPLE), file)
    size = None if job.end is None else job.end - job.start
    if ending == ".csv":
        stream.seek(0)
        yield from table.rows(stream, file, encoding, job.start, size, max(job.line, 2), job.ordinal)
    else:
        stream.seek(job.start)
        yield from jsonl.records(stream, file, encoding, size, job.line, job.ordinal)


def _check_unchanged(source: SourceFile) -> None:
    """Raise SourceError where the file is not the one that was found."""
    status = os.stat(source.path)
    if (status.st_size, status.st_mtime_ns) != (source.size, source.mtime_ns):
        raise SourceError(source.file, "changed while it was read; index again to read it")
