"""What do users state beside a file? `NAME.meta.toml`, whose fields win over all inference."""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer import settings
from indexer.errors import SourceError
from indexer.models import Draft, FileFailure, Given, Page
from indexer.reading.given import FieldError, state_all

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = [
    "NO_SIDECAR",
    "SUFFIX",
    "Sidecar",
    "ambiguous",
    "apply",
    "is_sidecar",
    "match",
    "parse",
    "read",
    "unmatched",
]

SUFFIX = ".meta.toml"
_EMPTY: Mapping[str, Given] = {}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Hold what a sidecar states: `given` for the whole file, `articles` by ordinal, `name` as shown in errors."""

    name: str = ""
    given: Mapping[str, Given] = field(default_factory=lambda: _EMPTY)
    articles: Mapping[int, Mapping[str, Given]] = field(default_factory=dict)


NO_SIDECAR = Sidecar()


def is_sidecar(name: str) -> bool:
    """Tell whether a file name is that of a sidecar."""
    return name.lower().endswith(SUFFIX)


def match(names: Collection[str], endings: frozenset[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return {file: its sidecar} among the names of a folder, and {other sidecar: the files it may describe, sorted}.

    A sidecar of a.txt is a.txt.meta.toml, else a.meta.toml where a.txt is the only file of known ending named a.
    """
    found: dict[str, str] = {}
    loose: dict[str, list[str]] = {}
    sidecars = [name for name in names if is_sidecar(name)]
    if not sidecars:
        return found, loose
    present, stems = set(names), _stems(names, endings)
    for name in sidecars:
        described = name[: -len(SUFFIX)]
        twins = stems.get(described, [])
        if described in present and os.path.splitext(described)[1].lower() in endings:
            found[described] = name
        elif len(twins) == 1:
            if found.setdefault(twins[0], name) != name:
                loose[name] = []
        elif twins or described not in present:
            loose[name] = sorted(twins)
    return found, loose


def ambiguous(twins: Sequence[str]) -> str:
    """Return the reason why a sidecar is not used that may describe any of several files."""
    return f"describes several files; name it after one of them: {twins[0]}{SUFFIX}"


def read(path: Path | None, file: str) -> Sidecar:
    """Read the sidecar at `path` (None: there is none) of the source shown as `file`; see parse."""
    if path is None:
        return NO_SIDECAR
    try:
        with path.open("rb") as stream:
            data = stream.read(settings.get("record_size") + 1)
    except OSError as error:
        raise SourceError(file, f"its sidecar {path.name} cannot be read: {error.strerror}") from None
    return parse(data, path.name, file)


def parse(data: bytes, name: str, file: str) -> Sidecar:
    """Understand a sidecar's bytes; raises SourceError that names the sidecar and its line, or that it is too large."""
    limit = settings.get("record_size")
    if len(data) > limit:
        raise SourceError(file, f"its sidecar {name} is larger than {limit:,} bytes")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
        tables = table.pop("article", [])
        return Sidecar(name, state_all(table, "sidecar"), _articles(tables))
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start:,})"
    except tomllib.TOMLDecodeError as error:
        reason = f"is not TOML: {error}"
    except RecursionError:
        reason = "is nested too deeply"
    except FieldError as error:
        reason = f"line {_line_of(text, error.field, error.table)}: {error}"
    raise SourceError(file, f"its sidecar {name}: {reason}") from None


def apply(page: Page, sidecar: Sidecar) -> Page:
    """Return the page with what its sidecar states; what is stated for one article goes to its draft."""
    if sidecar is NO_SIDECAR:
        return page
    given, failures = dict(sidecar.given), list(page.failures)
    if "title" in given and len(page.drafts) > 1:
        del given["title"]
        reason = f"{sidecar.name}: a title holds for one article, and there are {len(page.drafts)}: use [[article]]"
        failures.append(FileFailure(page.file, reason))
    drafts = tuple(_stated(draft, sidecar) for draft in page.drafts)
    return replace(page, drafts=drafts, given={**page.given, **given}, failures=tuple(failures))


def unmatched(sidecar: Sidecar, file: str, last: int) -> tuple[FileFailure, ...]:
    """Name the articles that a sidecar describes and the file does not hold; `last` is its highest ordinal."""
    beyond = sorted(ordinal for ordinal in sidecar.articles if ordinal > last)
    reason = f"{sidecar.name} describes article {{}}, but there are only {last}"
    return tuple(FileFailure(file, reason.format(ordinal)) for ordinal in beyond)


def _stems(names: Iterable[str], endings: frozenset[str]) -> Mapping[str, list[str]]:
    """Return {name without its ending: names} of the files of known endings."""
    stems: dict[str, list[str]] = defaultdict(list)
    for name in names:
        stem, ending = os.path.splitext(name)
        if ending.lower() in endings:
            stems[stem].append(name)
    return stems


def _stated(draft: Draft, sidecar: Sidecar) -> Draft:
    own = sidecar.articles.get(draft.ordinal)
    return draft if own is None else replace(draft, given={**draft.given, **own})


def _articles(tables: Any) -> dict[int, Mapping[str, Given]]:
    """Check the [[article]] tables; their places count from 1 for errors."""
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise FieldError("article", "article must be written as [[article]]")
    articles: dict[int, Mapping[str, Given]] = {}
    for place, table in enumerate(tables, 1):
        ordinal = table.pop("ordinal", None)
        if not isinstance(ordinal, int) or isinstance(ordinal, bool) or ordinal < 1:
            raise FieldError("ordinal", "ordinal must be a whole number from 1 on", place)
        if ordinal in articles:
            raise FieldError("ordinal", f"article {ordinal} is described twice", place)
        articles[ordinal] = state_all(table, "sidecar", place)
    return articles


def _line_of(text: str, name: str, table: int) -> int:
    """Return the line of a field in the table-th [[article]] (0: before the first), for the reader to go to."""
    headers = [match.end() for match in re.finditer(r"^\s*\[\[\s*article\s*]]", text, re.M)]
    start = headers[table - 1] if 0 < table <= len(headers) else 0
    found = re.compile(rf"""^\s*["']?{re.escape(name)}["']?\s*=""", re.M).search(text, start)
    return text.count("\n", 0, found.end() if found else start) + 1
