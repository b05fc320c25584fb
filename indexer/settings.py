"""Which limits and settings are there? Each as data: name, default, unit, help.

An environment variable `WENSOU_<NAME>` overrides a default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer.errors import SettingError, said

__all__ = ["SETTINGS", "Setting", "get"]


@dataclass(frozen=True)
class Setting:
    """Describe one setting."""

    name: str
    default: int
    unit: str
    help: str


_ALL = (
    Setting("query_length", 256, "characters", "longest query"),
    Setting("query_clauses", 32, "clauses", "most operators and space-separated parts of one query"),
    Setting("query_depth", 8, "levels", "deepest nesting of parentheses"),
    Setting("prefix_terms", 1_000, "terms", "most terms that one prefix stands for"),
    Setting("result_window", 10_000, "hits", "page × size at most"),
    Setting("page_size", 100, "hits", "most hits on one page"),
    # A URL can repeat a parameter, and a page repeats its filters in every link.
    Setting("filter_values", 100, "values", "most values of one filter in a URL"),
    Setting("filter_length", 2_000, "characters", "all values of one filter in a URL"),
    Setting("query_time", 1_000, "ms", "time for one query; what was found so far is marked incomplete"),
    Setting("file_size", 64_000_000, "bytes", "largest text, Word, PDF or HTML file"),
    Setting("article_size", 4_000_000, "characters", "longest article, all its parts together; 5,000,000 at most"),
    Setting("record_size", 4_000_000, "bytes", "largest record of a .jsonl or .csv file"),
    Setting("pdf_pages", 2_000, "pages", "most pages of one PDF"),
    Setting("zip_ratio", 100, "times", "most that a zip member may grow when unpacked"),
    Setting("zip_members", 100_000, "files", "most members of one zip"),
    Setting("read_time", 30, "s", "time to extract the text of one HTML, PDF or Word file"),
    Setting("read_memory", 2_000, "MB", "memory to extract the text of one HTML, PDF or Word file"),
    Setting("build_memory", 512, "MB", "memory for a build, all processes together; at least 110 MB"),
    Setting("build_processes", 0, "processes", "processes of a build; 0 means one per core"),
    Setting("cache_memory", 128, "MB", "memory per open index for what phrases, prefixes and characters found"),
    Setting("verify_ahead", 2_000, "MB", "largest index that is verified in the background once asked often; 0: none"),
    Setting("lock_wait", 10, "s", "how long a second build waits for the first"),
)

SETTINGS: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in _ALL})
_VARIABLES = {name: f"WENSOU_{name.upper()}" for name in SETTINGS}


def get(name: str) -> int:
    """Return the value of a setting in its unit; raise SettingError where its variable holds no whole number ≥ 0."""
    variable = _VARIABLES[name]
    given = os.environ.get(variable)
    if given is None:
        return SETTINGS[name].default
    if not given.isdecimal() or len(given) > 18:
        raise SettingError(f"{variable} must be a whole number of {SETTINGS[name].unit}, not {said(given)}")
    return int(given)
