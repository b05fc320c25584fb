"""In which form does the helper process answer? One JSON object for each document.

It holds `items`, the document's lines in order, each {text, level, role, reason} (role: text, caption or left; level: 1
for headlines, 2 to 6 for section heads, 0 for the rest), and `given`, {field: [value, words]}; or `error`.
"""

from __future__ import annotations

from typing import Any

__all__ = ["Refusal", "item", "needed"]


class Refusal(Exception):
    """Say why a document is not read."""


def item(text: str, role: str = "text", level: int = 0, reason: str = "") -> dict[str, Any]:
    """Return one line of a document; line ends within become spaces."""
    return {"text": " ".join(text.split()), "role": role, "level": level, "reason": reason}


def needed(library: str) -> str:
    """Return the reason for a library that is not installed, with the command that installs it."""
    package = {"docx": "python-docx"}.get(library, library)
    return f'needs {package}, which is not installed: pip install ".[formats]" in Wensou\'s folder'
