"""Which documented field of a record does a name such as 标题, headline or pubDate mean?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

__all__ = ["documented", "meant"]

_BETWEEN_WORDS = re.compile(r"[\s_.-]+")


class _Meaning(NamedTuple):
    """Hold the place of a name in data/fields.txt and the documented field that it means."""

    rank: int
    field: str


def meant(names: Iterable[str]) -> dict[str, str]:
    """Return the names that stand for documented fields, each with its field.

    A field that is there by its documented name has no other; of several others the first of data/fields.txt is it.
    """
    present = set(names)
    found: dict[str, str] = {}
    for meaning, name in sorted((meaning, name) for name in present if (meaning := _meaning(name))):
        if meaning.field not in present and meaning.field not in found.values():
            found[name] = meaning.field
    return found


def documented(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record with its fields under their documented names; a value of another kind keeps its own name."""
    other = [name for name, value in record.items() if (meaning := _meaning(name)) and _serves(meaning.field, value)]
    if not other:
        return record
    fields = meant([*other, *(name for name in record if not _meaning(name))])
    return {fields.get(name, name): value for name, value in record.items()}


def _serves(field: str, value: Any) -> bool:
    """Tell whether a value is of a kind that a field takes."""
    if isinstance(value, list):
        return field in ("authors", "captions") and all(isinstance(each, str) for each in value)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, str) or (number and field in ("id", "date"))


@lru_cache(maxsize=1024)  # the records of a file have the same fields
def _meaning(name: str) -> _Meaning | None:
    return _meanings().get(_BETWEEN_WORDS.sub("", name).lower())


@cache
def _meanings() -> Mapping[str, _Meaning]:
    lines = files(__package__).joinpath("data", "fields.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    pairs = [(name, field) for field, *others in rows for name in others]
    return {name: _Meaning(rank, field) for rank, (name, field) in enumerate(pairs)}
