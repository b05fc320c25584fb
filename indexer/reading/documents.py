"""How does one document become a page? By its ending, whether it lies in a folder or in an archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from indexer.models import Page
from indexer.reading import markdown, sidecar
from indexer.reading.decode import decode
from indexer.reading.split import split

__all__ = ["ENDINGS", "page"]


def page(file: str, ending: str, data: bytes, beside: sidecar.Sidecar = sidecar.NO_SIDECAR) -> Page:
    """Return the page that a document's bytes make, with what its sidecar states.

    `ending` is one of ENDINGS. Raises SourceError where there is no text to be had.
    """
    read = sidecar.apply(_READERS[ending](file, data), beside)
    last = max((draft.ordinal for draft in read.drafts), default=0)
    return replace(read, failures=read.failures + sidecar.unmatched(beside, file, last))


def _plain(file: str, data: bytes) -> Page:
    text, encoding = decode(data, file=file)
    drafts, left_out = split(text)
    return Page(file, text, encoding, tuple(drafts), tuple(left_out))


def _markdown(file: str, data: bytes) -> Page:
    text, encoding = decode(data, file=file)
    return markdown.page(file, text, encoding)


_READERS: Mapping[str, Callable[[str, bytes], Page]] = {
    ".txt": _plain,
    ".md": _markdown,
}
ENDINGS = frozenset(_READERS)
