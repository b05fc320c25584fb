"""Which fields may be stated outright, and of which kind are their values? One answer for all who state them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.models import Given

__all__ = ["FieldError", "KNOWN_FIELDS", "split_names", "state", "state_all"]

KNOWN_FIELDS = ("authors", "city", "date", "id", "source", "title", "url")

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


def split_names(names: str) -> tuple[str, ...]:
    """Return the names that a record's field holds as text: separated by ; or ；, which no name contains."""
    return tuple(name.strip() for name in _NAME_BREAKS.split(names) if name.strip())


def _date(value: Any, origin: str) -> Given:
    if isinstance(value, bool) or not isinstance(value, (str, int, datetime.date)):  # TOML writes dates without quotes
        raise FieldError("date", f"date must be a string such as 2023-08-17, not {_kind(value)}")
    # A process that only plans reads no marks, and they take a while to load.
    from indexer.marks import calendar, is_blank

    date, words = calendar.parse(value), str(value)
    if date is not None:
        return Given(date, origin, words)
    if origin != "sidecar" or is_blank(words):
        # Exports hold 不详 and worse. It is kept as it is, to be shown; a sidecar is written to be understood.
        return Given(words.strip(), origin, words)
    raise FieldError("date", f"date {_short(words)!r} is no date; write 2023, 2023-08 or 2023-08-17")


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
