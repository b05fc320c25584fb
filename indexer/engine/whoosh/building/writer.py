"""How does the next state of an index come about? Segments are added and articles deleted beside, then published."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from indexer.engine.base import SourceState
from indexer.engine.files import Disk
from indexer.engine.generations import FileEntry, Generation, open_newest, read_current
from indexer.engine.publication import Publication, told
from indexer.engine.whoosh.building.flush import Flusher, NewSegment, write_segment
from indexer.engine.whoosh.building.live import LiveSegment, delete_files, delete_older_twins
from indexer.engine.whoosh.building.pool import Pool
from indexer.engine.whoosh.building.run import RunFile, grouped, read_run, units_in
from indexer.engine.whoosh.building.tiers import Size, plan_merges
from indexer.engine.whoosh.layout.catalog import STATE, Entry, describe, open_segments, pack_deleted, pack_state
from indexer.engine.whoosh.layout.container import Array
from indexer.errors import IndexMissing
from indexer.models import Article
from indexer.settings import get

__all__ = ["SegmentWriter"]

J = TypeVar("J")
O = TypeVar("O")  # noqa: E741 - the outcome of a job, as in base.Writer

_log = logging.getLogger(__name__)

_SMALL = 4_000_000
"""Units of segments that one process has merged before others would have started."""

_ALONE = 800_000
"""Bytes of sources that one process has indexed before others would have loaded what they need."""

_PROCESS, _PARENT = 80_000_000, 60_000_000
"""Memory of a process that has built nothing yet (Python, numpy, the dictionary), and of one that only directs."""

_LEAST = 30_000_000
"""Memory for a segment in the making, however little the setting leaves: smaller ones only cost merging."""

_RUNS = 4
"""Runs that fill a segment: if a run could be as large as that, hardly two would ever fit into one."""

_ACTION = "writing the index"


class SegmentWriter:
    """Write an index, as base.Writer describes; use from one thread.

    Of two articles with the same id the one written later stays.
    """

    def __init__(self, index: Path, *, rebuild: bool = False, disk: Disk | None = None) -> None:
        """Take the writer's lock; with `rebuild`, or where another version made the index, begin with nothing.

        Raise IndexBusy, IndexCorrupt where no generation is whole (and not `rebuild`), or WensouError.
        """
        self._disk = disk or Disk()
        self._publication = Publication(index, self._disk, get("lock_wait"))
        self._base: Generation | None = None
        self._old: list[LiveSegment] = []
        self._rounds = 0
        self._new: list[NewSegment] = []
        self._removed: set[str] = set()
        self._discarded: set[str] = set()
        if not rebuild:
            try:
                self._open_base(index)
            except BaseException:
                self._publication.cancel()
                raise

    def _open_base(self, index: Path) -> None:
        try:
            self._base, opened = open_newest(index, lambda found: (found, open_segments(found)), _log.warning)
        except IndexMissing:
            return
        self._old = [LiveSegment(each.entry, each.segment, each.deleted) for each in opened]

    def remove(self, files: Iterable[str]) -> None:
        """Remove the articles that these files had before this writer began; archives with all their members."""
        self._removed.update(files)

    def discard(self, files: Iterable[str]) -> None:
        """Take back what this writer wrote for these files; archives with all their members."""
        self._discarded.update(files)

    def write(self, jobs: Iterable[J], read: Callable[[J], tuple[Sequence[Article], O]], *, size: int) -> Iterator[O]:
        """Index the articles that `read` makes of every job and yield its outcomes as they come."""
        memory = get("build_memory") * 1_000_000
        # One process more than memory is for would cost all of them the memory they sort in.
        processes = min(_processes(), (memory - _PARENT) // (_PROCESS + _LEAST))
        self._rounds += 1
        name = f"s{self._publication.number}_{self._rounds}_"
        if processes > 1 and size > _ALONE:
            share = max((memory - _PARENT) // processes - _PROCESS, _LEAST)
            units = units_in(max(memory - _PARENT, _LEAST))
            limits = {"memory": share, "units": units // _RUNS}
            with Pool(processes, self._publication.folder, name, read, **limits) as pool, told(_ACTION):
                yield from pool.run(jobs)
                runs = pool.runs()
            with told(_ACTION):
                for number, group in enumerate(grouped(runs, units)):
                    self._new.append(self._assemble(f"{name}{number}", group, processes))
            return
        from indexer.engine.whoosh.building.build import Builder

        memory = max(memory - _PROCESS, _LEAST)
        flusher = Flusher(name, lambda: Builder(memory), lambda builder, name: self._write(name, *builder.finish()))
        for job in jobs:
            articles, outcome = read(job)
            with told(_ACTION):
                flusher.add(articles)
            yield outcome
        with told(_ACTION):
            self._new += flusher.finish()

    def _assemble(self, name: str, runs: list[RunFile], threads: int) -> NewSegment:
        """Write a segment of runs and remove these."""
        # Not loaded before: the processes that make the runs shall start as soon as can be.
        from indexer.engine.whoosh.building.assemble import assemble

        folder = self._publication.folder
        written = self._write(name, *assemble([read_run(folder, run) for run in runs], threads))
        for run in runs:
            self._disk.unlink(folder / run.name)
        return written

    def _write(self, name: str, arrays: dict[str, Array], facts: dict[str, int]) -> NewSegment:
        return write_segment(self._disk, self._publication.folder, name, arrays, facts)

    def commit(self, state: SourceState) -> None:
        """Publish everything at once; raise WensouError and leave the old state where that fails."""
        with told(_ACTION):
            self._publish(state)

    def cancel(self) -> None:
        """Forget everything written and release the lock; do nothing after a commit."""
        self._old = []
        self._publication.cancel()

    def _publish(self, state: SourceState) -> None:
        entries = self._settle()
        # Windows renames no folder of which a file is mapped.
        self._old = []
        self._publication.write(STATE, pack_state(state))
        # Beginning anew is no reason to give up what answered until now: it may be needed if the new one is damaged.
        before = self._base.number if self._base else read_current(self._publication.index)
        self._publication.publish(describe(entries), keep=before)

    def _settle(self) -> list[Entry]:
        """Decide what is deleted and merged, and return the segments of the new generation."""
        new = [LiveSegment.open(self._publication.folder, entry, file) for entry, file in self._new]
        for live in new:
            # What was written is read back before anybody relies on it.
            live.segment.verify()
            delete_files(live, self._discarded)
        for live in self._old:
            delete_files(live, self._removed)
        delete_older_twins(self._old, new)
        return [self._keep(live) for live in self._merged([*self._old, *new])]

    def _merged(self, lives: list[LiveSegment]) -> list[LiveSegment]:
        """Return the segments of the new generation: those that stay as they are, and merged ones."""
        for live in lives:
            if not live.count:
                self._drop(live)
        lives = [live for live in lives if live.count]
        groups = plan_merges([Size(live.count, live.units, live.segment.units) for live in lives])
        merged = self._merge([[lives[place] for place in group] for group in groups])
        gone = {place for group in groups for place in group}
        for place in gone:
            self._drop(lives[place])
        return [live for place, live in enumerate(lives) if place not in gone] + merged

    def _merge(self, groups: list[list[LiveSegment]]) -> list[LiveSegment]:
        """Merge each group into a segment of its own, large ones side by side."""
        from indexer.engine.whoosh.building.merge import MergeTask, merge, run_merge

        folder = self._publication.folder
        names = [f"s{self._publication.number}_m{number}" for number in range(len(groups))]
        processes = _processes()
        units = sum(live.segment.units for group in groups for live in group)
        if len(groups) > 1 and processes > 1 and units > _SMALL:
            tasks = [MergeTask(name, folder, self._members(group)) for name, group in zip(names, groups, strict=True)]
            with Pool(min(processes, len(groups)), folder, names[0], run_merge) as pool:
                written = dict(pool.run(tasks))
        else:
            written = {name: self._write(name, *merge(group)) for name, group in zip(names, groups, strict=True)}
        merged = [LiveSegment.open(folder, *written[name]) for name in names]
        for live in merged:
            live.segment.verify()
        return merged

    def _members(self, group: list[LiveSegment]) -> tuple[tuple[Path, Entry, FileEntry, Array | None], ...]:
        """Describe segments for another process."""
        members = []
        for live in group:
            if live.written is not None:
                members.append((self._publication.folder, live.entry, live.written, live.deleted))
            else:
                assert self._base is not None
                members.append((self._base.folder, live.entry, self._base.files[live.entry.file], live.deleted))
        return tuple(members)

    def _drop(self, live: LiveSegment) -> None:
        """Remove the file of a new segment that nobody needs."""
        if live.written is not None:
            self._publication.drop(live.entry.file)

    def _keep(self, live: LiveSegment) -> Entry:
        """Make a segment part of the generation, with its deletions."""
        entry = live.entry
        if live.written is not None:
            self._publication.add(entry.file, live.written)
        else:
            assert self._base is not None
            self._publication.carry(self._base, entry.file)
        if live.deleted is not None:
            self._publication.write(entry.deletions, pack_deleted(live.deleted))
        return Entry(entry.name, entry.tail, entry.articles, entry.units, entry.articles - live.count)


def _processes() -> int:
    """Return how many processes a build may use."""
    return get("build_processes") or os.cpu_count() or 1
