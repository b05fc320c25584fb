"""How do plain values become safe markup in a template?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

__all__ = ["marked", "printable", "register", "web_address"]


def register(app: Flask) -> None:
    """Offer the filters to the templates of an application."""
    app.add_template_filter(marked)
    app.add_template_filter(printable)
    app.add_template_filter(web_address)


def marked(text: str | None, spans: Sequence[tuple[int, int]] = (), first: int | None = None) -> Markup:
    """Return escaped text with its spans in <mark>; with `first`, marks get the ids m<first>, m<first+1> …"""
    text = text or ""
    pieces: list[Markup] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        name = Markup(' id="m{}" tabindex="-1"').format(first + number) if first is not None else Markup("")
        pieces += [escape(text[at:start]), Markup("<mark{}>{}</mark>").format(name, text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def web_address(url: str | None) -> str | None:
    """Return a URL that may stand in a link: http or https; None for any other, `javascript:` among them."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def printable(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return _UNPRINTABLE.sub("", text)
