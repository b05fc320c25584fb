"""The embedded engine: how to open it, write it and look after it. Each function loads what it needs when called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.engine.base import Damage, Engine, SourceState, Writer

__all__ = [
    "check_index",
    "drop_damaged",
    "open_engine",
    "open_writer",
    "remembered_state",
    "use_remembered_words",
    "verify_index",
]


def open_engine(index: Path) -> Engine:
    """Return an engine that answers from the newest whole generation.

    Raise IndexMissing where there is no index or another version made it, IndexCorrupt where no generation is whole.
    """
    from indexer.engine.whoosh.engine import WhooshEngine

    return WhooshEngine(index)


def open_writer(index: Path, *, rebuild: bool = False) -> Writer:
    """Return a writer that adds to the index, or with `rebuild`, or where another version made it, begins anew.

    Holds the writer's lock until commit or cancel. Raise IndexBusy, IndexCorrupt where no generation is whole (and
    not `rebuild`), WensouError where the folder cannot be written.
    """
    from indexer.engine.whoosh.building.writer import SegmentWriter

    return SegmentWriter(index, rebuild=rebuild)


def remembered_state(index: Path) -> SourceState | None:
    """Return what an index of whatever version remembers of its sources, None where there is no whole one."""
    from indexer.engine.whoosh.layout.catalog import remembered

    return remembered(index)


def use_remembered_words(index: Path) -> None:
    """Let the user words of an index of whatever version count in this thread; none where there is no index."""
    from indexer.engine.whoosh.layout.catalog import use_remembered_words as use

    use(index)


def check_index(index: Path) -> Sequence[Damage]:
    """Verify every byte and the structure of the newest generation; raise IndexMissing where there is none."""
    from indexer.engine.whoosh.check import check_index as check

    return check(index)


def drop_damaged(index: Path) -> bool:
    """Make the newest whole generation the current one; return False where it already is or where none is whole.

    Raise IndexBusy while a writer is at work.
    """
    from indexer.engine.whoosh.check import drop_damaged as drop

    return drop(index)


def verify_index(index: Path) -> Damage | None:
    """Verify every byte of the newest generation without looking at its structure; return the first damage, or None."""
    from indexer.engine.whoosh.check import verify

    return verify(index)
