"""Which calendar date do these words, this value or this path name?

A date is an ISO string as precise as what names it: YYYY, YYYY-MM or YYYY-MM-DD. What is no date of the
Gregorian calendar (2023-02-30, 20231345) is None, never the nearest one.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["PathDate", "in_path", "iso", "nearest_year", "parse", "plain_digits"]

_EARLIEST = 1000  # a stated year of three digits is a slip
_FULL_WIDTH = {ord("０") + digit: ord("0") + digit for digit in range(10)}
_WIDE_DIGIT = re.compile("[０-９]")
_HAN_DIGITS = {ord(han): digit for han, digit in zip("〇零○Ｏ一二三四五六七八九", "0000123456789", strict=True)}
_HAN_YEAR = re.compile(r"[一二][〇零○Ｏ九一二三四五六七八]{3}(?=年)")

# What may stand behind a day: 星期四, (周四), 10:00, a letter T or white space and then anything.
_REST = r"[\s,]*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?(?:[T\s].*|(?<!\d)\d{1,2}[:时]\d.*)?"
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?)?\s*月?|\s*年)?"
    + _REST,
    re.DOTALL,
)
_COMPACT = re.compile(rf"(?P<year>(?:1[89]|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{{6}}|{_REST})", re.DOTALL)
_MONTH_NAME = re.compile("[A-Za-z]{3}")

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATH_DAYS = (
    # 2023/08/17, 2023-08/17, 2023/0817, 2023/08-17, 2023_8_17, 2023年8月17日
    re.compile(rf"(?<!\d){_YEAR}[-/_. 年]?(?P<month>\d\d)[-/_. 月]?(?P<day>\d\d)日?(?=$|[^0-9A-Za-z])"),
    re.compile(rf"(?<!\d){_YEAR}[-/_. 年](?P<month>\d{{1,2}})[-/_. 月](?P<day>\d{{1,2}})日?(?=$|[^0-9A-Za-z])"),
    # With what papers' systems append: a page number (rmrb2023081703) or a time (20230817152012).
    re.compile(
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:\d\d|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)(?=$|[^0-9A-Za-z])"
    ),
)
_YEAR2 = _YEAR.replace("year", "year2")
_PATH_MONTH = re.compile(
    rf"(?:^|/)(?:[^/\d]*[-_. ])?{_YEAR}[-_./年]?(?P<month>\d\d?)月?/|{_YEAR2}年(?P<month2>\d\d?)月"
)
_PATH_YEAR = re.compile(rf"(?:^|/)(?:[^/\d]*[-_. ]|[^/\da-zA-Z]*){_YEAR}年?(?=/)|(?<!\d){_YEAR2}年")
_LOOSE_YEAR = re.compile(rf"(?<![0-9A-Za-z]){_YEAR}(?![0-9A-Za-z])")
# A date that begins inside of a word of letters and digits is one of a hash or an id, unless only letters precede it.
_ID_BEFORE = re.compile(r"(?:\d[A-Za-z]+|[A-Za-z]{9,})$")


class PathDate(NamedTuple):
    """Hold the date that a path names and its words; `firm` is False for a mere number that may be a year."""

    date: str
    words: str
    firm: bool


def plain_digits(text: str) -> str:
    """Return `text` with full-width digits and years such as 二〇二三年 as ASCII digits; its length is kept."""
    # str.translate is slow beside a search that mostly finds nothing.
    if _WIDE_DIGIT.search(text):
        text = text.translate(_FULL_WIDTH)
    return _HAN_YEAR.sub(lambda match: match.group().translate(_HAN_DIGITS), text)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the ISO date, as precise as what is given, or None where the calendar has no such day."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def parse(value: object) -> str | None:
    """Return the ISO date of a value that anybody states, or None where it names none.

    Takes dates and datetimes, whole numbers (2023, 20230817) and strings (2023-08, 2023年8月17日（星期四）, 2023/8/17
    15:20, ISO 8601, RFC 2822); a time of day is left away. A number of seconds is no date, for nothing tells it from
    an id.
    """
    if isinstance(value, datetime.date):
        return iso(value.year, value.month, value.day)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _parse(value) if isinstance(value, str) else None


@lru_cache(maxsize=1024)  # neighbours in an export share their days, and a stated date is asked for several times
def _parse(value: str) -> str | None:
    text = unicodedata.normalize("NFKC", plain_digits(value)).strip()
    match = _COMPACT.fullmatch(text) or _VALUE.fullmatch(text)
    if match is None:
        return _mail_date(text) if _MONTH_NAME.search(text) else None
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    return iso(year, month, day) if year and year >= _EARLIEST else None


def _mail_date(text: str) -> str | None:
    """Return the date of RFC 2822, which feeds use: Thu, 17 Aug 2023 08:00:00 +0800."""
    import email.utils  # needs half of the network's modules, and few files date like this

    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_path(path: str) -> PathDate | None:
    """Return the date that a path or address names: the most precise one, of several the last."""
    path = plain_digits(path.replace("\\", "/"))
    for pattern in _PATH_DAYS:
        found = [hit for match in pattern.finditer(path) if (hit := _checked(path, match))]
        if found:
            return found[-1]
    return _month_or_year(path)


def nearest_year(month: int, day: int, date: str) -> int | None:
    """Return the year in which `month` and `day` lie nearest to `date` (ISO), or None where there is no such day."""
    year = int(date[:4])
    if len(date) < 10:
        return year if iso(year, month, day) else None
    there = datetime.date.fromisoformat(date)
    days = [datetime.date.fromisoformat(text) for near in (year - 1, year, year + 1) if (text := iso(near, month, day))]
    return min(days, key=lambda found: abs(found - there)).year if days else None


def _checked(path: str, match: re.Match[str]) -> PathDate | None:
    if _ID_BEFORE.search(path, max(0, match.start() - 12), match.start()):
        return None
    date = iso(int(match["year"]), int(match["month"]), int(match["day"]))
    return PathDate(date, match.group(), True) if date else None


def _month_or_year(path: str) -> PathDate | None:
    for match in _last(_PATH_MONTH, path):
        date = iso(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]))
        if date:
            return PathDate(date, match.group().strip("/"), True)
    for match in _last(_PATH_YEAR, path):
        return PathDate(match["year"] or match["year2"], match.group().strip("/"), True)
    for match in _last(_LOOSE_YEAR, path):
        return PathDate(match["year"], match.group(), False)
    return None


def _last(pattern: re.Pattern[str], path: str) -> list[re.Match[str]]:
    return list(pattern.finditer(path))[::-1]
