"""Are PDF and Word files read, and those that cannot be named with the reason?"""

from __future__ import annotations

import io
import zipfile

import pytest

docx = pytest.importorskip("docx", reason='needs pip install ".[formats]"')
pypdf = pytest.importorskip("pypdf", reason='needs pip install ".[formats]"')

from indexer.errors import SourceError  # noqa: E402 - only where the libraries are
from indexer.models import Page  # noqa: E402
from indexer.reading.documents import page  # noqa: E402


def pdf(*pages: list[str], password: str | None = None) -> bytes:
    """A PDF whose text stands in it as UTF-16 codes of a font that maps them to themselves."""
    writer = pypdf.PdfWriter()
    for lines in pages:
        writer.add_page(_pdf_page(lines))
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _pdf_page(lines: list[str]) -> object:
    """One page, from objects written by hand; its font has a ToUnicode map, as Chinese PDFs do."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
    content = f"BT /F1 12 Tf 50 700 Td\n{shown}ET".encode() if lines else b""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 1 dict begin begincmap /CMapName /U def /CMapType 2 def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange "
        b"endcmap end end"
    )
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> "
        b"/DW 1000 >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    data, offsets = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 8\n0000000000 65535 f \n" + table
    data += b"trailer << /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return pypdf.PdfReader(io.BytesIO(data)).pages[0]


def word(*paragraphs: tuple[str, str], author: str = "", header: str = "") -> bytes:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2022年产值", "800亿元"
    document.core_properties.author = author
    document.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(name: str, data: bytes) -> Page:
    return page(name, name[-(4 if name.endswith("pdf") else 5) :], data)


def reason(name: str, data: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read(name, data)
    return raised.value.reason


def test_a_pdf_is_cut_like_a_page_and_its_torn_sentences_are_whole() -> None:
    first = [
        "义乌光伏产业快速发展",
        "本报讯(记者 张三)义乌光伏产业快速发展，去年产值达到八百亿元。",
        "记者从市经信局获悉，今年上半年全市规上",
    ]
    found = read("a.pdf", pdf(first, ["光伏企业实现产值同比增长百分之三十。"]))
    (draft,) = found.drafts
    assert draft.title == "义乌光伏产业快速发展"
    assert "全市规上光伏企业实现产值" in draft.text
    assert found.encoding == "pdf"


def test_the_running_line_of_every_page_is_left_out() -> None:
    pages = [["义乌年鉴 2023", f"第{n}段正文说的是光伏产业的发展情况。", str(n)] for n in "一二三四"]
    found = read("a.pdf", pdf(*pages))
    assert [out.text for out in found.left_out if out.reason == "running line of every page"][:1] == ["义乌年鉴 2023"]
    assert all("年鉴" not in draft.text for draft in found.drafts)


def test_pdfs_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "holds no text, only pictures" in reason("a.pdf", pdf([]))
    assert "is encrypted" in reason("a.pdf", pdf(["文"], password="secret"))
    assert read("a.pdf", pdf(["正文今天发布了。"], password="")).drafts
    assert "no PDF" in reason("a.pdf", b"hello")
    assert "damaged" in reason("a.pdf", b"%PDF-1.7\n" + b"rubbish" * 100)
    monkeypatch.setenv("WENSOU_PDF_PAGES", "1")
    assert "has 2 pages, the limit is 1" in reason("a.pdf", pdf(["一"], ["二"]))


def test_a_word_file_with_a_title_is_one_article() -> None:
    paragraphs = [
        ("Title", "义乌光伏产业快速发展"),
        ("Normal", "记者 张三"),
        ("Heading 1", "一、现状"),
        ("Normal", "正文一。"),
    ]
    found = read(
        "a.docx",
        word(
            *paragraphs, ("Heading 1", "二、前景"), ("Caption", "车间一角"), author="李四", header="2023年8月17日 第3版"
        ),
    )
    (draft,) = found.drafts
    assert (draft.title, draft.credits, draft.captions) == ("义乌光伏产业快速发展", ("记者 张三",), ("车间一角",))
    assert draft.text.split("\n") == ["一、现状", "正文一。", "二、前景", "2022年产值 800亿元"]
    assert found.given["authors"].value == ("李四",)
    assert [(out.text, out.reason) for out in found.left_out] == [("2023年8月17日 第3版", "page header")]


def test_first_headings_without_a_title_are_headlines() -> None:
    found = read("a.docx", word(("Heading 1", "甲"), ("Normal", "甲文。"), ("Heading 1", "乙"), ("Normal", "乙文。")))
    assert [draft.title for draft in found.drafts] == ["甲", "乙"]


def test_a_word_file_without_styles_is_cut_like_a_page() -> None:
    found = read(
        "a.docx", word(("Normal", "义乌光伏产业快速发展"), ("Normal", "本报讯(记者 张三)去年产值达到八百亿元。"))
    )
    assert found.drafts[0].title == "义乌光伏产业快速发展"


@pytest.mark.parametrize("author", ["python-docx", "Administrator", "微软用户", ""])
def test_whom_word_takes_for_the_author_is_none(author: str) -> None:
    assert "authors" not in read("a.docx", word(("Normal", "正文今天发布了。"), author=author)).given


def test_word_files_that_cannot_be_read_are_named() -> None:
    whole = word(("Normal", "正文"))
    assert "damaged or truncated" in reason("a.docx", whole[:-100])
    assert "old .doc" in reason("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    assert "grow more than 100 times" in reason("a.docx", stream.getvalue())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "文")
    assert "damaged or no DOCX" in reason("a.docx", stream.getvalue())
