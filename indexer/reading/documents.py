"""How does one document become a page? By its ending, whether it lies in a folder or in an archive.

What plain text has no need of is loaded when a document of another format comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.errors import SourceError
from indexer.models import Given, LeftOut, Page
from indexer.reading import sidecar
from indexer.reading.decode import decode
from indexer.reading.given import FieldError, state
from indexer.reading.split import split

__all__ = ["page"]

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its charset


def page(file: str, ending: str, data: bytes, beside: sidecar.Sidecar = sidecar.NO_SIDECAR) -> Page:
    """Return the page that a document's bytes make, with what its sidecar states.

    `ending` is .txt, .md, .html, .htm, .pdf or .docx. Lines are the file's for .txt and .md; the other formats have
    none of their own, there they are the lines of the page's text. Raises SourceError where no text is to be had.
    """
    if not data:
        raise SourceError(file, "is empty")
    read = sidecar.apply(_READERS[ending](file, data), beside)
    if beside is sidecar.NO_SIDECAR:
        return read
    last = max((draft.ordinal for draft in read.drafts), default=0)
    return replace(read, failures=read.failures + sidecar.unmatched(beside, file, last))


def _plain(file: str, data: bytes) -> Page:
    text, encoding = decode(data, file=file)
    drafts, left_out = split(text)
    return Page(file, text, encoding, tuple(drafts), tuple(left_out))


def _markdown(file: str, data: bytes) -> Page:
    from indexer.reading import markdown

    text, encoding = decode(data, file=file)
    return markdown.page(file, text, encoding)


def _html(file: str, data: bytes) -> Page:
    declared = _CHARSET.search(data, 0, _HEAD)
    text, encoding = decode(data, file=file, declared=declared[1].decode() if declared else None)
    return _outlined(file, _extract("html", text.encode("utf-8", "replace"), file), encoding, "html meta")


def _word(file: str, data: bytes) -> Page:
    found = _extract("docx", data, file)
    if any(each["level"] == 1 for each in found["items"]):
        return _outlined(file, found, "docx", "document properties")
    # Without headings it is a page like any other, and several articles may stand on it.
    return _cut(file, found, "docx", "document properties")


def _pdf(file: str, data: bytes) -> Page:
    return _cut(file, _extract("pdf", data, file), "pdf", "document properties")


def _extract(kind: str, data: bytes, file: str) -> Mapping[str, Any]:
    from indexer.reading.extract import extract

    return extract(kind, data, file)


def _outlined(file: str, found: Mapping[str, Any], encoding: str, origin: str) -> Page:
    """Make the page of a document whose headings are known."""
    from indexer.reading.outline import Block, articles

    items = [each for each in found["items"] if each["text"]]
    blocks = [
        Block(each["text"], (number, number), each["level"], each["role"] == "caption")
        for number, each in enumerate(items, 1)
        if each["role"] != "left"
    ]
    drafts, furniture = articles(blocks)
    left_out = sorted([*furniture, *_left_out(items)], key=lambda part: part.lines)
    text = "\n".join(each["text"] for each in items)
    return Page(file, text, encoding, tuple(drafts), tuple(left_out), _given(found["given"], origin))


def _cut(file: str, found: Mapping[str, Any], encoding: str, origin: str) -> Page:
    """Make the page of a document that is cut like plain text; what is left out already is a blank line to that."""
    items = found["items"]
    drafts, furniture = split("\n".join("" if each["role"] == "left" else each["text"] for each in items))
    left_out = sorted([*furniture, *_left_out(items)], key=lambda part: part.lines)
    text = "\n".join(each["text"] for each in items)
    return Page(file, text, encoding, tuple(drafts), tuple(left_out), _given(found["given"], origin))


def _left_out(items: Sequence[Mapping[str, Any]]) -> list[LeftOut]:
    left = [(number, each) for number, each in enumerate(items, 1) if each["role"] == "left"]
    return [LeftOut((number, number), each["text"], each["reason"]) for number, each in left]


def _given(stated: Mapping[str, tuple[Any, str]], origin: str) -> dict[str, Given]:
    """Return what a document's head states. What a machine wrote there and nobody can use is no one's mistake."""
    from indexer.marks import calendar  # as late as what reads the formats

    given: dict[str, Given] = {}
    for name, (value, words) in stated.items():
        try:
            checked = state(name, value, origin)
        except FieldError:
            continue
        if checked is not None and (name != "date" or calendar.parse(value) is not None):
            given[name] = replace(checked, words=words)
    return given


_READERS: Mapping[str, Callable[[str, bytes], Page]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _word,
}
