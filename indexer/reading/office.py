"""What lines do a PDF or a Word file hold? Runs in the helper process (see extract)."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.reading.answers import Refusal, item
from indexer.reading.radicals import unified

__all__ = ["read_docx", "read_pdf"]

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = ("title", "标题")
_TITLE_LEVEL = 100  # until it is known whether there is one
_CAPTION = ("caption", "题注")
_OLE = b"\xd0\xcf\x11\xe0"
_SMALL = 256 * 1024
# Whom Word takes for the author where nobody told it a name.
_NO_NAME = re.compile(
    r"[\w.-]*(?:user|admin|python-docx|office|microsoft|windows|lenovo|hp|dell|pc)\w*|.*(?:用户|管理员|作者|匿名).*",
    re.I,
)


def read_pdf(data: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the lines of a PDF, page by page; what every page repeats at its edge is left out."""
    from pypdf import PdfReader

    if b"%PDF-" not in data[:1024]:
        raise Refusal("is no PDF file")
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refusal("is encrypted; save a copy without a password first")
    if len(reader.pages) > limits["pdf_pages"]:
        raise Refusal(f"has {len(reader.pages):,} pages, the limit is {limits['pdf_pages']:,}")
    pages = [unified(page.extract_text()).splitlines() for page in reader.pages]
    if not any(line.strip() for page in pages for line in page):
        raise Refusal("holds no text, only pictures of it (a scan?): run a text recognition over it first")
    running = _running_lines(pages)
    items = []
    for page in pages:
        edges = _edges(page)
        for at, line in enumerate(page):
            is_running = at in edges and _shape(line) in running
            items.append(
                {"text": line.rstrip(), "level": 0, "role": "left", "reason": "running line of every page"}
                if is_running
                else {"text": line.rstrip(), "level": 0, "role": "text", "reason": ""}
            )
        items.append(item(""))
    return {"items": items, "given": {}}


def _edges(page: Sequence[str]) -> tuple[int, ...]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    return (filled[0], filled[-1]) if filled else ()


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", "".join(line.split()))


def _running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the first and last lines that most pages have in common but for numbers."""
    shapes = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edges(page)})
    return {shape for shape, count in shapes.items() if count >= 3 and count > len(pages) / 2}


def read_docx(data: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the paragraphs, headings and table rows of a Word document; page headers and footers are left out."""
    from docx import Document

    if data.startswith(_OLE):
        raise Refusal("is encrypted, or an old .doc: save it as .docx without a password")
    _check_package(data, limits)
    document = Document(io.BytesIO(data))
    body = list(_body(document))
    if any(each["level"] == _TITLE_LEVEL for each in body):
        # Under a title, headings of the first level are its sections; without one they are headlines.
        body = [
            {**each, "level": 1 if each["level"] == _TITLE_LEVEL else each["level"] and each["level"] + 1}
            for each in body
        ]
    items = [*_margins(document, "header"), *body, *_margins(document, "footer")]
    if not any(each["text"] for each in items if each["role"] != "left"):
        raise Refusal("holds no text")
    return {"items": items, "given": _properties(document)}


def _check_package(data: bytes, limits: Mapping[str, int]) -> None:
    """Refuse a package that would grow beyond all measure; it is a zip."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise Refusal("is no Word document, or a damaged or truncated one") from None
    if sum(member.file_size for member in members) > limits["file_size"]:
        raise Refusal(f"would grow beyond {limits['file_size']:,} bytes when unpacked; it is refused")
    for member in members:
        if member.file_size > _SMALL and member.file_size > limits["zip_ratio"] * max(member.compress_size, 1):
            raise Refusal(f"a part of it would grow more than {limits['zip_ratio']} times; it is refused")


def _body(document: Any) -> Iterator[dict[str, Any]]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A merged cell is given once per column that it spans.
                cells = list(dict.fromkeys(row.cells))
                yield item("  ".join(" ".join(cell.text.split()) for cell in cells))
            continue
        style = (block.style.name or "").strip().lower() if block.style is not None else ""
        role = "caption" if style in _CAPTION else "text"
        for part in block.text.split("\n"):
            yield item(part, role, _level(style))


def _level(style: str) -> int:
    match = _HEADING.match(style)
    return int(match[1]) if match else _TITLE_LEVEL if style in _TITLE else 0


def _margins(document: Any, which: str) -> Iterator[dict[str, Any]]:
    """Yield the text of page headers or footers, each once; a folio line there may tell the date."""
    texts = [p.text for section in document.sections for p in getattr(section, which).paragraphs if p.text.strip()]
    yield from (item(text, "left", 0, f"page {which}") for text in dict.fromkeys(texts))


def _properties(document: Any) -> dict[str, list[Any]]:
    """Return what the properties state outright. When a file was saved is no date of an article."""
    author = (document.core_properties.author or "").strip()
    if not author or _NO_NAME.fullmatch(author):
        return {}
    return {"authors": [author, f"document property author: {author}"]}
