"""Which index does the application answer from, and how far is its first build?"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

from flask import Flask, current_app, g

import indexer
from indexer import Index, Results, WensouError
from web.params import SearchParams

__all__ = ["Building", "attach", "building", "is_incomplete", "log_trouble", "opened", "search"]

_KEY = "wensou"


class Building:
    """Tell how far a build in the background is: bytes done and in all, and the error that ended it, if one did."""

    def __init__(self) -> None:
        self.active = False
        self.done = 0
        self.total = 0
        self.error: str | None = None

    @property
    def percent(self) -> int:
        """Return the progress from 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    def progress(self, done: int, total: int) -> None:
        """Take note of progress; the callback that build_index wants."""
        self.done, self.total = done, total


class _State:
    def __init__(self, index: Path) -> None:
        self.index = index
        self.building = Building()
        self.lock = threading.Lock()
        self.opened: Index | None = None
        self.trouble = ""


def attach(app: Flask, index: Path) -> None:
    """Give an application its index folder; nothing is opened yet."""
    app.extensions[_KEY] = _State(index)
    app.teardown_appcontext(_let_go)


def building(app: Flask | None = None) -> Building:
    """Return the record of the build in the background."""
    found: _State = (app or current_app).extensions[_KEY]
    return found.building


def log_trouble(error: WensouError) -> None:
    """Log why there is no answer: each reason once, and not with every request."""
    state: _State = current_app.extensions[_KEY]
    if str(error) != state.trouble:
        state.trouble = str(error)
        current_app.logger.warning("no answer: %s", error)


def opened() -> Index:
    """Return the index, for the length of a request in one and the same generation.

    It is opened at its first use; raises IndexMissing or IndexCorrupt where it cannot be.
    """
    if "index" not in g:
        pins = ExitStack()
        g.index = pins.enter_context(_newest().pinned())
        g.pins = pins
    pinned: Index = g.index
    return pinned


def search(params: SearchParams) -> Results:
    """Search the index that a request is answered from."""
    results = opened().search(params.q, **params.options())
    g.incomplete = is_incomplete() or results.incomplete
    return results


def is_incomplete() -> bool:
    """Tell whether any search of this request was cut short."""
    return bool(g.get("incomplete"))


def _newest() -> Index:
    state: _State = current_app.extensions[_KEY]
    with state.lock:
        if state.opened is None:
            state.opened = indexer.open_index(state.index)
            if state.trouble:
                state.trouble = ""
                current_app.logger.warning("there is an index in %s: answering", state.index)
        return state.opened


def _let_go(_: BaseException | None) -> None:
    """Give back the generation of a request that has been answered, its last byte included."""
    if "pins" in g:
        g.pins.close()
