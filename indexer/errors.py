"""What can go wrong, as one tree.

WensouError
├── SourceError      a file or folder that cannot be read
├── QueryError       a query with an impossible value
├── LimitExceeded    a query or page beyond a limit
├── IndexMissing     no index, or one of another version, where one is needed
├── IndexCorrupt     an index that is damaged in every generation
├── IndexBusy        another process writes the index
└── SettingError     an environment variable that holds no value for its setting
"""

from __future__ import annotations

__all__ = [
    "IndexBusy",
    "IndexCorrupt",
    "IndexMissing",
    "LimitExceeded",
    "QueryError",
    "SettingError",
    "SourceError",
    "WensouError",
    "said",
]

_LONGEST = 60


class WensouError(Exception):
    """Stand for every error that Wensou raises on purpose; str() says what, where and what to do."""


class SourceError(WensouError):
    """Say that a source cannot be read; `file` names it as shown to users, `reason` says why."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class QueryError(WensouError):
    """Say that a query holds an impossible value; `position` is its 0-based offset in the query, or None."""

    def __init__(self, message: str, position: int | None = None, parameter: str = "q") -> None:
        super().__init__(message)
        self.position = position
        self.parameter = parameter


class LimitExceeded(WensouError):
    """Say that a request goes beyond the limit named `setting` (see indexer.settings)."""

    def __init__(self, message: str, setting: str, parameter: str = "q") -> None:
        super().__init__(message)
        self.setting = setting
        self.parameter = parameter


class IndexMissing(WensouError):
    """Say that there is no usable index in the folder, with the command that makes one."""


class IndexCorrupt(WensouError):
    """Say that no generation of the index is whole, with the command that rebuilds it."""


class IndexBusy(WensouError):
    """Say that another process holds the writer's lock, which one and since when."""


class SettingError(WensouError):
    """Say which environment variable holds no value for its setting, and what it must hold."""


def said(value: object, form: str = "") -> str:
    """Return a value as a message shows it, however long it is; numbers are formatted by `form`."""
    try:
        text = format(value, form) if form and isinstance(value, int) else repr(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
