"""Which segments make up a generation, what of them is deleted, and what does it remember of its sources?"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.analysis.analyzer import analysis_digest
from indexer.analysis.segment import UserWords, use_words, words_in_use
from indexer.engine.base import FileState, SourceState
from indexer.engine.generations import Generation, open_newest
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import SCHEMA_VERSION
from indexer.engine.whoosh.layout.segment import Segment
from indexer.engine.whoosh.layout.store import store_digest
from indexer.errors import IndexCorrupt, IndexMissing

__all__ = [
    "Entry",
    "OpenSegment",
    "STATE",
    "describe",
    "entries",
    "open_segments",
    "pack_deleted",
    "pack_state",
    "read_state",
    "remembered",
    "versions",
]

STATE = "state.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe a segment of a generation: name, its tail's digest, articles (deleted ones too), units, deleted."""

    name: str
    tail: str
    articles: int
    units: int
    deleted: int = 0

    @property
    def file(self) -> str:
        """Return the name of the segment's file."""
        return f"{self.name}.seg"

    @property
    def deletions(self) -> str:
        """Return the name of the file that tells which articles are deleted; it is there where any is."""
        return f"{self.name}.deleted"


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """Join a segment with its entry and the mask of its deleted articles (bool [articles], None where none is)."""

    entry: Entry
    segment: Segment
    deleted: Array | None


def versions() -> dict[str, str]:
    """Return what an index must agree with to be read and added to: file layout, stored texts, analysis."""
    return {"schema": str(SCHEMA_VERSION), "store": store_digest(), "analysis": analysis_digest()}


def describe(segments: Sequence[Entry]) -> dict[str, Any]:
    """Return the body of a manifest."""
    rows = [(each.name, each.tail, each.articles, each.units, each.deleted) for each in segments]
    return {"engine": "whoosh", "versions": versions(), "words": words_in_use().entries, "segments": rows}


def entries(generation: Generation) -> list[Entry]:
    """Return the segments of a generation, and take the user words into use with which their texts were cut.

    Raise IndexMissing where another version or analysis has made it, IndexCorrupt where its body is invalid.
    """
    try:
        made = dict(generation.body["versions"])
        # What another version wrote may have another form: nothing but its versions is looked at.
        _compare(generation, made, ("schema", "store"))
        # Queries must be cut as the texts were, whatever has become of the dictionary's file since.
        _use_words(generation)
        _compare(generation, made, ("analysis",))
        found = [Entry(str(name), str(tail), *map(int, sizes)) for name, tail, *sizes in generation.body["segments"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexCorrupt(f"{generation.folder}: the manifest is invalid ({error!r})") from error
    if missing := [entry.file for entry in found if entry.file not in generation.files]:
        raise IndexCorrupt(f"{generation.folder}: the manifest lacks {missing[0]}")
    return found


def _use_words(generation: Generation) -> None:
    words = ((str(word), None if count is None else int(count)) for word, count in generation.body["words"])
    use_words(UserWords(tuple(words)))


def use_remembered_words(index: Path) -> None:
    """Let the user words of an index count in this thread, whatever version made it; none where there is no index."""
    try:
        open_newest(index, _use_words, _log.debug)
    except (IndexMissing, IndexCorrupt, KeyError, TypeError, ValueError):
        use_words(UserWords(()))


def _compare(generation: Generation, made: Mapping[str, str], names: Sequence[str]) -> None:
    here = versions()
    differing = ", ".join(name for name in names if made.get(name) != here[name])
    if differing:
        advice = "run: python -m indexer index --rebuild"
        raise IndexMissing(f"{generation.folder} was made with another {differing}; {advice}")


def open_segments(generation: Generation) -> list[OpenSegment]:
    """Open the segments of a generation, oldest first; raise IndexMissing or IndexCorrupt as `entries` does."""
    return [
        OpenSegment(entry, _open(generation, entry), _read_deleted(generation, entry)) for entry in entries(generation)
    ]


def _open(generation: Generation, entry: Entry) -> Segment:
    segment = Segment(generation.folder / entry.file, generation.files[entry.file].size, entry.tail)
    if (segment.articles, segment.units) != (entry.articles, entry.units):
        raise IndexCorrupt(f"{generation.folder / entry.file} does not hold what the manifest says")
    return segment


def pack_deleted(deleted: Array) -> bytes:
    """Return a mask of deleted articles as bits."""
    return np.packbits(deleted).tobytes()


def _read_deleted(generation: Generation, entry: Entry) -> Array | None:
    if not entry.deleted:
        return None
    bits = np.frombuffer(generation.read(entry.deletions), np.uint8)
    if len(bits) != -(-entry.articles // 8):
        raise IndexCorrupt(f"{generation.folder / entry.deletions} has a wrong size")
    mask = np.unpackbits(bits, count=entry.articles).view(np.bool_)
    if int(mask.sum()) != entry.deleted:
        raise IndexCorrupt(f"{generation.folder / entry.deletions} has a wrong count")
    return mask


def pack_state(state: SourceState) -> bytes:
    """Return what an index remembers of its sources as JSON."""
    files = {file: (each.digest, each.articles) for file, each in state.files.items()}
    content = {"sources": state.sources, "dictionary": state.dictionary, "files": files}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read_state(generation: Generation) -> SourceState:
    """Return what a generation remembers, whatever version made it; raise IndexCorrupt."""
    try:
        content = json.loads(generation.read(STATE).decode("utf-8", "surrogatepass"))
        return SourceState(tuple(map(str, content["sources"])), _text(content["dictionary"]), _files(content["files"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexCorrupt(f"{generation.folder / STATE} is invalid ({error!r})") from error


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _files(content: Mapping[str, Any]) -> dict[str, FileState]:
    return {file: FileState(str(digest), int(articles)) for file, (digest, articles) in content.items()}


def remembered(index: Path) -> SourceState | None:
    """Return what the newest whole generation remembers, whatever version made it; None where there is none."""
    try:
        return open_newest(index, read_state, _log.warning)
    except (IndexMissing, IndexCorrupt):
        return None
