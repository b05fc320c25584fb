"""Which characters do PDF files hold in the place of others? Radicals, where a program looked up a glyph by its shape.

What prints to PDF through Skia (Chrome, Android) stores ⽅ and ⻔ for 方 and 门, which no query finds and no pattern.
"""

from __future__ import annotations

import unicodedata

__all__ = ["unified"]

# Of Unicode's EquivalentUnifiedIdeograph.txt, the radicals of the supplement that are words by themselves.
_SUPPLEMENT = (
    "⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺜日⺝月⺟母⺠民⺧牛⺩王⺬示⺮竹⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻏邑⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = range(0x2F00, 0x2FD6)
_TABLE = (
    {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    | dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))
    | {0x2E3A: "——", 0x2E3B: "———"}
)


def unified(text: str) -> str:
    """Return a text with ideographs in the place of radicals, and dashes of two and three ems as papers set them."""
    return text.translate(_TABLE)
