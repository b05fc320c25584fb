"""Is what templates show escaped, marked where it should be, and linked only where a link is harmless?"""

from __future__ import annotations

from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.filters import marked, printable, web_address


@pytest.mark.parametrize(
    ("text", "spans", "first", "shown"),
    [
        ("光伏产业", [(0, 2)], None, "<mark>光伏</mark>产业"),
        (
            "光伏产业",
            [(0, 2), (2, 4)],
            7,
            '<mark id="m7" tabindex="-1">光伏</mark><mark id="m8" tabindex="-1">产业</mark>',
        ),
        ("a<b>&\"'", [(1, 4)], None, "a<mark>&lt;b&gt;</mark>&amp;&#34;&#39;"),
        ("", [], 1, ""),
        (None, [], None, ""),
    ],
)
def test_spans_are_marked_and_all_text_is_escaped(
    text: str | None, spans: list[tuple[int, int]], first: int | None, shown: str
) -> None:
    assert marked(text, spans, first) == shown


@given(text=st.text(max_size=30), cuts=st.lists(st.integers(0, 30), max_size=6, unique=True).map(sorted))
def test_without_its_marks_a_text_is_what_it_was(text: str, cuts: list[int]) -> None:
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if end <= len(text)]
    shown = marked(text, spans)
    assert shown.count("<mark>") == shown.count("</mark>") == len(spans)
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain and ">" not in plain
    assert unescape(plain) == unescape(str(marked(text)))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("  http://example.org ", "http://example.org"),
        ("HTTPS://example.org", "HTTPS://example.org"),
        *((url, None) for url in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "/a", "https:", "http://[", "", None)),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@given(st.text())
def test_what_is_printable_can_stand_in_xml(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = printable(text)
    read = ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or ""
    assert read == printable(text).replace("\r\n", "\n").replace("\r", "\n")


def test_printable_keeps_what_xml_can_hold() -> None:
    assert printable("义乌\t\n\U0002a6d6\x00\x1b\ufffe\ud800") == "义乌\t\n\U0002a6d6"
