"""Is the index whole, and if not, what brings it back?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.engine.base import Damage
from indexer.engine.whoosh import check_index, drop_damaged
from indexer.errors import IndexCorrupt, WensouError
from indexer.ingest import build_index

__all__ = ["check", "repair"]


def check(index: Path) -> Sequence[Damage]:
    """Return what is damaged in the newest generation; raises IndexMissing where there is no index."""
    return check_index(index)


def repair(index: Path) -> str:
    """Bring the index back, from the previous generation where it is whole, else from its sources; say which.

    Raises IndexCorrupt where neither is possible.
    """
    if drop_damaged(index):
        report = build_index(None, index)
        return f"went back to the previous generation and refreshed it: {report.articles} articles"
    try:
        report = build_index(None, index, rebuild=True)
    except WensouError as error:
        raise IndexCorrupt(f"{index}: no generation is whole and the sources cannot be read: {error}") from error
    return f"built again from the sources: {report.articles} articles"
