"""How does a new state of an index become the one that readers see? Whole, at one moment, and durably.

An index folder holds `gen-N/` folders, each an immutable generation, and `CURRENT`, which names one of them. A writer
fills `building-…/`, syncs it, renames it to `gen-N/`, and then replaces CURRENT: that rename is the one commit point.
Before it the old generation is the index, after it the new one. The newest two are kept; a damaged newest one gives way
to the other. What a generation means is the engine's business: here it is named files and a JSON body.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import IndexCorrupt, IndexMissing

__all__ = [
    "CURRENT",
    "FORMAT",
    "FileEntry",
    "Generation",
    "MANIFEST",
    "numbers",
    "open_newest",
    "published",
    "read_current",
    "read_generation",
    "seal",
    "stamp",
    "unseal",
]

T = TypeVar("T")

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
FORMAT = 1
"""The form of a manifest."""
_FOLDER = re.compile(r"gen-([1-9][0-9]{0,17})")
# No separators, no leading dot: a manifest cannot name anything outside of its folder.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)?")
_PREFIX, _MIDDLE, _SUFFIX = b'{"blake2b":"', b'","content":', b"}\n"
_DIGITS = 128


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Describe a file of a generation: its bytes and the blake2b of its content (hexadecimal)."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Generation:
    """Hold what a manifest says: the generation's number, folder, time of publication (ISO 8601, UTC), files, body."""

    number: int
    folder: Path
    published: str
    files: Mapping[str, FileEntry]
    body: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(entry.size for entry in self.files.values())

    def read(self, name: str) -> bytes:
        """Return the content of a small file, verified; raise IndexCorrupt."""
        entry = self.files.get(name)
        if entry is None:
            raise _corrupt(self.folder / name, "is not in the manifest")
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise _corrupt(self.folder / name, f"cannot be read ({error.strerror})") from error
        if blake2b(data).hexdigest() != entry.digest:
            raise _corrupt(self.folder / name, "is damaged")
        return data


def seal(content: Any) -> bytes:
    """Return JSON that carries a checksum of itself."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _PREFIX + blake2b(data).hexdigest().encode() + _MIDDLE + data + _SUFFIX


def unseal(data: bytes) -> Any:
    """Return what `seal` was given; raise ValueError where a single bit differs."""
    begin = len(_PREFIX) + _DIGITS
    content = data[begin + len(_MIDDLE) : -len(_SUFFIX)]
    if data != _PREFIX + blake2b(content).hexdigest().encode() + _MIDDLE + content + _SUFFIX:
        raise ValueError("the checksum does not match")
    try:
        return json.loads(content.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def numbers(index: Path) -> list[int]:
    """Return the numbers of the generations that are there, whole or not, newest first; raise OSError."""
    matches = (_FOLDER.fullmatch(name) for name in os.listdir(index))
    return sorted((int(match[1]) for match in matches if match), reverse=True)


def published(index: Path) -> list[int]:
    """Return the numbers of the generations that may be the index, newest first; raise IndexMissing if unreadable.

    A first generation without any CURRENT is none: its build was stopped just before it was published.
    """
    try:
        found = numbers(index)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise IndexMissing(f"{index} cannot be read: {error.strerror}") from error
    return [] if found == [1] and not (index / CURRENT).exists() else found


def stamp(index: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of CURRENT from another, or None where there is none; costs one system call."""
    try:
        found = os.stat(os.path.join(index, CURRENT))  # asked with every request; Path takes longer than the call
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def open_newest(
    index: Path, load: Callable[[Generation], T], warn: Callable[[str], None], *, below: int | None = None
) -> T:
    """Return load(generation) of the newest generation for which it does not raise IndexCorrupt.

    That is the one CURRENT names; `warn` is told when it is damaged and the previous one is used. With `below` only
    generations with smaller numbers are tried: those left when damage shows later. Raises IndexMissing where there is
    no generation, IndexCorrupt where none is whole, and whatever else `load` raises.
    """
    while True:
        before = stamp(index)
        try:
            return _open(index, load, warn, below)
        except (IndexCorrupt, IndexMissing):
            # A writer may have published and swept while we looked; then what failed here is no longer the index.
            if stamp(index) == before:
                raise


def _open(index: Path, load: Callable[[Generation], T], warn: Callable[[str], None], below: int | None) -> T:
    before = stamp(index)
    failure: IndexCorrupt | None = None
    for number in _candidates(index, below, warn):
        try:
            result = load(read_generation(index, number))
        except IndexCorrupt as error:
            failure = failure or error
            if stamp(index) != before:
                break
            continue
        if failure is not None:
            warn(f"{failure}. Answering from the previous generation, {number}.")
        return result
    if failure is None:
        raise IndexMissing(f"there is no index in {index}; run: python -m indexer index")
    raise IndexCorrupt(f"{index} holds no whole generation ({failure}); run: python -m indexer index --rebuild")


def _candidates(index: Path, below: int | None, warn: Callable[[str], None]) -> Iterator[int]:
    """Yield the generations to try: the current one, then older ones; where CURRENT is damaged, all there are."""
    present = published(index)
    current = read_current(index)
    if current is None and present:
        warn(f"{index / CURRENT} is missing or damaged; looking for the newest whole generation.")
    if current is not None and below is None:
        yield current
        below = current
    yield from (number for number in present if below is None or number < below)


def read_current(index: Path) -> int | None:
    """Return the number that CURRENT names, or None where it is missing or damaged."""
    try:
        number = unseal((index / CURRENT).read_bytes())
    except (OSError, ValueError):
        return None
    return number if isinstance(number, int) and number > 0 else None


def read_generation(index: Path, number: int) -> Generation:
    """Return a generation after verifying its manifest and the sizes of its files; raise IndexCorrupt."""
    folder = index / f"gen-{number}"
    try:
        content = unseal((folder / MANIFEST).read_bytes())
        if content["format"] != FORMAT or content["number"] != number:
            raise ValueError("it belongs to another index")
        files = {name: _entry(folder, name, entry) for name, entry in content["files"].items()}
        return Generation(number, folder, str(content["published"]), files, dict(content["body"]))
    except OSError as error:
        raise _corrupt(folder / MANIFEST, f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _corrupt(folder / MANIFEST, f"is damaged ({error})") from error


def _entry(folder: Path, name: str, entry: Any) -> FileEntry:
    size, digest = entry
    if not _NAME.fullmatch(name) or not isinstance(size, int) or not isinstance(digest, str):
        raise ValueError(f"invalid entry {name!r}")
    if os.stat(folder / name).st_size != size:
        raise ValueError(f"{name} has not the size {size}")
    return FileEntry(size, digest)


def _corrupt(path: Path, what: str) -> IndexCorrupt:
    return IndexCorrupt(f"{path} {what}")
