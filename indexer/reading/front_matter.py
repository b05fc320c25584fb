"""What does a Markdown file state of itself before its text? `---` with simple YAML, `+++` with TOML.

Of YAML only what front matter is made of is read: scalars, quoted or not, and lists of them. A general parser would
be one more dependency, and one that turns `no` into False and 12:30 into 750.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.models import Given
from indexer.reading.given import FieldError, state

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["FrontMatter", "read"]

_MOST_LINES = 200
_PAIR = re.compile(r"(?P<name>[^\s:#\-\[\]{}'\"][^:：]*?)\s*(?::(?:\s+|$)|：\s*)(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?P<value>.*)")
_COMMENT = re.compile(r"\s+#.*$")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)")
_SYNONYMS = {"author": "authors"}  # as Jekyll and Hugo name it


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Hold what is stated, how many lines it takes, and (line, reason) for what could not be used."""

    given: Mapping[str, Given] = field(default_factory=dict)
    lines: int = 0
    problems: tuple[tuple[int, str], ...] = ()


def read(text: str) -> FrontMatter:
    """Return the front matter with which a text opens, an empty one where it opens with something else."""
    lines = text.split("\n", _MOST_LINES + 1)[: _MOST_LINES + 1]
    fence = lines[0].rstrip()
    closing = {"---": ("---", "..."), "+++": ("+++",)}.get(fence)
    end = next((at for at, line in enumerate(lines[1:], 1) if closing and line.rstrip() in closing), None)
    if end is None:
        return FrontMatter()
    inside = lines[1:end]
    fields = _toml(inside) if fence == "+++" else _yaml(inside)
    return _stated(fields, end + 1) if fields is not None else FrontMatter()


def _stated(fields: Mapping[str, tuple[int, Any]], lines: int) -> FrontMatter:
    given: dict[str, Given] = {}
    problems = []
    for name, (line, value) in fields.items():
        try:
            stated = state(_SYNONYMS.get(name, name), value, "front matter")
        except FieldError as error:
            problems.append((line, f"front matter: {error}; it is left to inference"))
            continue
        if stated is not None:
            given[_SYNONYMS.get(name, name)] = stated
    return FrontMatter(given, lines, tuple(problems))


def _toml(lines: list[str]) -> dict[str, tuple[int, Any]] | None:
    try:
        table = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {name: (2 + _place(name, lines), value) for name, value in table.items()}


def _place(name: str, lines: list[str]) -> int:
    return next((at for at, line in enumerate(lines) if line.lstrip().startswith(name)), 0)


def _yaml(lines: list[str]) -> dict[str, tuple[int, Any]] | None:
    """Return {name: (line, value)}; None where the lines are no front matter, such as text between two rules."""
    fields: dict[str, tuple[int, Any]] = {}
    name = ""
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _ITEM.fullmatch(line)
        pair = _PAIR.fullmatch(line) if not item and not line[0].isspace() else None
        if pair:
            name = pair["name"].strip().lower() if pair["name"].isascii() else pair["name"].strip()
            fields[name] = (number, _value(pair["value"] or ""))
        elif name and (item or line[0].isspace()):
            fields[name] = (fields[name][0], _longer(fields[name][1], item["value"] if item else None, line))
        else:
            return None
    return fields or None


def _longer(value: Any, item: str | None, line: str) -> Any:
    """Put an item of a list, or the next line of a long value, behind what a field has so far."""
    if item is not None:
        return [*(value if isinstance(value, list) else []), _scalar(item)]
    return f"{value} {line.strip()}".strip(" |>") if isinstance(value, str) else value


def _value(written: str) -> Any:
    written = written.strip()
    if written[:1] == "[" and _COMMENT.sub("", written)[-1:] == "]":
        return [_scalar(part) for part in re.split(r"[,，]", _COMMENT.sub("", written)[1:-1]) if part.strip()]
    return _scalar(written)


def _scalar(written: str) -> Any:
    written = written.strip()
    quoted = re.match(r"""("([^"]*)"|'([^']*)')\s*(?:#.*)?$""", written)
    if quoted:
        return quoted[2] if quoted[2] is not None else quoted[3]
    bare = _COMMENT.sub("", written)
    if bare in ("", "~", "null"):
        return None
    return int(bare) if _NUMBER.fullmatch(bare) else bare
