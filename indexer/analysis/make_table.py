"""How is the folding table made? From OpenCC's t2s characters, Unicode's NFKC and case folding, and a few signs.

Run `python -m indexer.analysis.make_table` (needs the package opencc) to write data/fold.json anew.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

__all__ = ["build", "main", "serialize"]

TABLE = Path(__file__).parent / "data" / "fold.json"

# Signs that papers and keyboards use one for the other; Unicode keeps them apart.
_SIGNS = {
    '"': "“”„‟〝〞〟＂″‶「」『』﹁﹂﹃﹄｢｣",
    "'": "‘’‚‛′‵＇ʼ´",
    "-": "‐‑‒–—―−⸺⸻─━﹘﹣－⁃",
    "·": "•‧・･∙⋅",
    "~": "〜∼～",
    "/": "⁄∕",
    "\n": "\x85\u2028\u2029",
}
# OpenCC is asked about these blocks only: it changes nothing else.
_IDEOGRAPHS = ((0x2E80, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))


def _ignorable(char: str) -> bool:
    """Tell whether a character prints nothing: zero-width, direction and variation marks."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _compatible(char: str) -> str:
    """Apply NFKC, but not where it turns a spacing mark (¨, ゛) into a space and a combining mark."""
    plain = unicodedata.normalize("NFKC", char)
    return char if len(plain) > 1 and plain.startswith(" ") else plain


def _lower(char: str) -> str:
    """Lower a character; case folding also unites ς and σ, but ß is no ss."""
    folded = char.casefold()
    return folded if len(folded) == 1 else char.lower()


def build() -> dict[str, str]:
    """Return what each character folds to, for all that do not stay as they are."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    signs = {variant: sign for sign, variants in _SIGNS.items() for variant in variants}

    def step(char: str) -> str:
        if char in signs:
            return signs[char]
        if char == "\0" or (char.isspace() and char not in "\t\n\v\f\r"):
            return " "
        if _ignorable(char):
            return ""
        if any(low <= ord(char) < high for low, high in _IDEOGRAPHS):
            char = convert(char)
        return "".join(map(_lower, _compatible(char)))

    def fixed(char: str) -> str:
        """Repeat the step until nothing changes, so that folding twice is folding once."""
        seen = [char]
        while (after := "".join(map(step, seen[-1]))) not in seen:
            seen.append(after)
        return seen[-1]

    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    return {char: folded for char in characters if (folded := fixed(char)) != char}


def serialize(table: dict[str, str]) -> str:
    """Write a table as JSON: two strings of equal length for the one-to-one part, a mapping for the rest."""
    import opencc

    single = {char: folded for char, folded in table.items() if len(folded) == 1}
    content = {
        "unicode": unicodedata.unidata_version,
        "opencc": opencc.__version__,
        "from": "".join(single),
        "to": "".join(single.values()),
        "expansions": {char: folded for char, folded in table.items() if len(folded) != 1},
    }
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def main() -> None:
    """Write the table."""
    TABLE.write_text(serialize(build()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
