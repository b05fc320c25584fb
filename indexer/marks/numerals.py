"""Which day do Chinese numerals name: 二〇二三年八月十七日, 民国一百零九年十月十日?"""

from __future__ import annotations

import re

__all__ = ["MONTH_DAY", "days_in_digits", "numeral"]

# 8月17日, 18日 and 十四日: old papers leave the month to the page, and write numerals.
MONTH_DAY = (
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?:(?P<month>1[0-2]|0?[1-9]|十?[一二三四五六七八九]|十)\s*月\s*)?"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|(?:二?十|廿)[一二三四五六七八九]?|卅一?|[一二三四五六七八九])\s*日"
)
_DIGITS = {char: value for value, chars in enumerate(("〇零○", "一元", *"二三四五六七八九")) for char in chars}
_NUMERAL = r"[〇零○元一二三四五六七八九十百廿卅\d]"
_DAY = re.compile(
    rf"(?:公元|(?P<republic>(?:中华)?民国))?\s*(?P<y>{_NUMERAL}{{1,5}})年\s*(?P<m>{_NUMERAL}{{1,3}})月\s*(?P<d>{_NUMERAL}{{1,3}})日"
)
_REPUBLIC = 1911  # its first year is 1912


def days_in_digits(text: str) -> str:
    """Return a text in simplified characters with its days in digits of the common era; its length may change."""
    return _DAY.sub(_in_digits, text) if "年" in text else text


def _in_digits(match: re.Match[str]) -> str:
    year, month, day = (numeral(match[part]) for part in "ymd")
    if match["republic"]:
        year += _REPUBLIC
    return f"{year}年{month}月{day}日" if 1900 <= year < 2100 else match[0]


def numeral(text: str) -> int:
    """Read a number in digits or numerals: 一百零九, 二十, 廿三, 十七, 二〇二三, 109."""
    if text.isdigit() and text.isascii():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGITS.get(char, char)) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = _DIGITS.get(char, int(char) if char.isdigit() else 0)
    return total + digit
