"""Which fields may be stated outright, and of which kind are their values? One answer for all who state them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from indexer.models import Given

__all__ = ["FieldError", "KNOWN_FIELDS", "iso_date", "split_names", "state", "state_all"]

KNOWN_FIELDS = ("authors", "city", "date", "id", "source", "title", "url")

_DATE = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?)?\s*月?|年)?(?:[T\s].*)?"
)
_COMPACT = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{6}|[T\s].*)?")
_NAME_BREAKS = re.compile(r"[;；]")


class FieldError(Exception):
    """Say that a field is of the wrong kind; `table` is the place of its [[article]] table, 0 outside of any."""

    def __init__(self, field: str, reason: str, table: int = 0) -> None:
        super().__init__(reason)
        self.field = field
        self.table = table


def state_all(fields: Mapping[str, Any], origin: str, table: int = 0) -> dict[str, Given]:
    """Check every field and return those that state something; raises FieldError for the first wrong one."""
    stated: dict[str, Given] = {}
    for name, value in fields.items():
        try:
            given = state(name, value, origin)
        except FieldError as error:
            raise FieldError(name, str(error), table) from None
        if given is not None:
            stated[name] = given
    return stated


def state(name: str, value: Any, origin: str) -> Given | None:
    """Return the value of one field as stages expect it, None where it states nothing.

    Dates become ISO strings (YYYY, YYYY-MM, YYYY-MM-DD), ids strings, authors a tuple; unknown fields stay as they
    are, as do dates that are none, but in a sidecar. Raises FieldError for a value of the wrong kind.
    """
    if name not in KNOWN_FIELDS:
        return Given(value, origin, _words(value))
    if value is None or value == "" or value == []:
        return None
    if name == "authors":
        return _authors(value, origin)
    if name == "date":
        return _date(value, origin)
    if name == "id" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return Given(str(value), origin, str(value))
    if not isinstance(value, str):
        raise FieldError(name, f"{name} must be a string, not {_kind(value)}")
    stripped = value if name == "title" else value.strip()
    return Given(stripped, origin, value) if stripped.strip() else None


@lru_cache(maxsize=1024)  # neighbours in an export share their days
def iso_date(value: str) -> str | None:
    """Return a written date as YYYY, YYYY-MM or YYYY-MM-DD, None where it is none; a time of day is left away."""
    words = unicodedata.normalize("NFKC", value).strip()
    match = _COMPACT.fullmatch(words) or _DATE.fullmatch(words)
    if match is None:
        return _mail_date(words)
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    try:
        datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join(f"{part:0{width}d}" for part, width in ((year, 4), (month, 2), (day, 2)) if part is not None)


def split_names(names: str) -> tuple[str, ...]:
    """Return the names that a record's field holds as text: separated by ; or ；, which no name contains."""
    return tuple(name.strip() for name in _NAME_BREAKS.split(names) if name.strip())


def _mail_date(words: str) -> str | None:
    """Return the date of RFC 2822, which feeds use: Thu, 17 Aug 2023 08:00:00 +0800."""
    import email.utils  # needs half of the network's modules, and few files date like this

    try:
        return email.utils.parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _date(value: Any, origin: str) -> Given:
    if isinstance(value, datetime.date):  # TOML writes dates without quotes; datetime is a date, too
        return Given(value.strftime("%Y-%m-%d"), origin, str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise FieldError("date", f"date must be a string such as 2023-08-17, not {_kind(value)}")
    date = iso_date(value)
    if date is not None:
        return Given(date, origin, value)
    from indexer.marks import is_blank  # a process that only plans reads no marks, and they take a while to load

    if origin != "sidecar" or is_blank(value):
        # Exports hold 不详 and worse. It is kept as it is, to be shown; a sidecar is written to be understood.
        return Given(value.strip(), origin, value)
    raise FieldError("date", f"date {_short(value)!r} is no date; write 2023, 2023-08 or 2023-08-17")


def _authors(value: Any, origin: str) -> Given | None:
    if isinstance(value, str):
        names = split_names(value) if origin == "record" else _listed(value)
    elif isinstance(value, Sequence) and all(isinstance(each, str) for each in value):
        names = tuple(each.strip() for each in value if each.strip())
    else:
        raise FieldError("authors", f"authors must be a list of strings, not {_kind(value)}")
    return Given(names, origin, "、".join(names)) if names else None


def _listed(value: str) -> tuple[str, ...]:
    from indexer.marks import listed  # see _date

    return listed(value)


def _words(value: Any) -> str:
    return _short(value if isinstance(value, str) else str(value))


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80] + "…"


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", dict: "a table", list: "a list", int: "a number", float: "a number"}
    return kinds.get(type(value), type(value).__name__)
