"""When does a source change? Wait for it and index again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.engine.whoosh import remembered_state
from indexer.errors import IndexBusy, SourceError
from indexer.ingest import build_index
from indexer.models import BuildReport

__all__ = ["watch_sources"]


def watch_sources(index: Path, *, settle_ms: int = 400) -> Iterator[BuildReport]:
    """Yield a report of each build that a change of the remembered sources causes, until interrupted.

    Changes that follow each other within `settle_ms` are indexed together. Raises SourceError where the optional
    package watchfiles is missing or the index remembers no sources.
    """
    try:
        import watchfiles
    except ImportError:
        raise SourceError("--watch", 'needs watchfiles: pip install "wensou[watch]"') from None
    state = remembered_state(index)
    sources = [Path(source) for source in state.sources] if state else []
    folders = sorted({source if source.is_dir() else source.parent for source in sources if source.exists()})
    if not folders:
        raise SourceError("--watch", "the index remembers no source that exists; name one: indexer index PATH --watch")
    own = index.resolve()
    for changes in watchfiles.watch(*folders, step=100, debounce=settle_ms, raise_interrupt=False):
        # The index may lie inside of a source: its own writing is no change.
        if any(own not in Path(path).resolve().parents for _, path in changes):
            try:
                yield build_index(None, index)
            except IndexBusy:
                continue
