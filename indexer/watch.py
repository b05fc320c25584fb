"""When does a source change? Wait for it and index again."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from indexer.engine.whoosh import remembered_state
from indexer.errors import IndexBusy, SourceError
from indexer.ingest import build_index
from indexer.models import BuildReport

__all__ = ["check_available", "watch_sources"]

_ROUND_MS = 5_000  # so often is a build tried again that another one kept from the index


def check_available() -> None:
    """Raise SourceError where the optional package watchfiles is missing."""
    if find_spec("watchfiles") is None:
        raise SourceError("--watch", 'needs watchfiles: pip install ".[watch]" in Wensou\'s folder')


def watch_sources(index: Path, *, settle_ms: int = 400) -> Iterator[BuildReport]:
    """Yield a report of each build that a change of the remembered sources causes, until interrupted.

    Changes that follow each other within `settle_ms` are indexed together; while another build runs, they wait.
    Raises SourceError where the optional package watchfiles is missing or the index remembers no sources.
    """
    check_available()
    import watchfiles

    state = remembered_state(index)
    sources = [Path(source) for source in state.sources] if state else []
    folders = sorted({source if source.is_dir() else source.parent for source in sources if source.exists()})
    if not folders:
        raise SourceError("--watch", "the index remembers no source that exists; name one: indexer index PATH --watch")
    own = index.resolve()
    is_behind = False
    rounds = watchfiles.watch(
        *folders, step=100, debounce=settle_ms, rust_timeout=_ROUND_MS, yield_on_timeout=True, raise_interrupt=False
    )
    for changes in rounds:
        # The index may lie inside of a source: its own writing is no change.
        is_behind = is_behind or any(own not in Path(path).resolve().parents for _, path in changes)
        if is_behind:
            try:
                report = build_index(None, index)
            except IndexBusy:
                continue  # tried again in the next round
            is_behind = False
            yield report
