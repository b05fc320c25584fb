"""How was a file understood, and where in it does an article stand?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import tee, zip_longest
from pathlib import Path

from indexer.engine.whoosh import remembered_state
from indexer.errors import SourceError
from indexer.ingest import Identifier
from indexer.metadata import describe
from indexer.models import Article, Job, Page, SourceFile
from indexer.reading.discover import find
from indexer.reading.formats import plan, read
from indexer.reading.shown import Names, is_within

__all__ = ["inspect_file", "source_page"]


def inspect_file(path: str | Path, index: Path | None = None) -> Iterator[tuple[Page, tuple[Article, ...]]]:
    """Yield the pages of one file with the articles they give, as a build of the index would understand them.

    What lies in none of the sources that it remembers is understood as a source of its own. Raises SourceError where
    the file cannot be read.
    """
    state = remembered_state(index) if index else None
    found, failures = find([Path(path)])
    if not found:
        reason = failures[0].reason if failures else "no file of a known format is there"
        raise SourceError(str(path), reason)
    for source in found:
        for job in plan(_named_as_in(state.sources if state else (), source)):
            identify = Identifier()
            for page in read(job):
                yield page, describe(page, identify)


def _named_as_in(sources: Sequence[str], file: SourceFile) -> SourceFile:
    """Return a file under the name that it is shown by where it lies in one of the sources: ids rest on it."""
    roots, path = [os.path.realpath(source) for source in sources], str(file.path)
    lies_within = any(is_within(path, root) for root in roots)
    return replace(file, file=Names(roots).of(path)) if lies_within else file


def source_page(sources: Sequence[str], article: Article) -> Page | None:
    """Read the page again that an article was cut from; None where its file is gone or no longer readable."""
    source = _file_of(article, [Path(source) for source in sources])
    if source is None:
        return None
    try:
        for job in _jobs_around(source, article.lines[0]):
            for page in read(job):
                if page.file == article.file and any(draft.lines == article.lines for draft in page.drafts):
                    return page
    except SourceError:
        return None
    return None


def _file_of(article: Article, sources: Sequence[Path]) -> SourceFile | None:
    """Return the file of an article: found by its name where that tells the path, else by looking through all."""
    for source in sources:
        path = source.parent / article.file
        # A member of an archive is shown as archive.zip/member.txt: the file is one of the folders above it.
        for candidate in (path, *path.parents):
            if candidate.is_file() and candidate.resolve().is_relative_to(source.resolve()):
                shown = candidate.relative_to(source.parent).as_posix()
                return next((replace(found, file=shown) for found in find([candidate])[0]), None)
    found, _ = find(sources)
    return next((f for f in found if article.file == f.file or article.file.startswith(f.file + "/")), None)


def _jobs_around(source: SourceFile, line: int) -> Iterator[Job]:
    """Yield the jobs of a file that may hold a line: a large record file has many, and one is enough."""
    jobs, ahead = tee(plan(source))
    next(ahead, None)
    for job, following in zip_longest(jobs, ahead):
        if following is None or following.line == job.line or following.line > line:
            yield job
            if following is not None and following.line > line:
                return
