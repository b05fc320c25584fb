"""Which files are there to read, under which names are they shown, and has their content changed?"""

from __future__ import annotations

import logging
import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import settings
from indexer.errors import SourceError
from indexer.models import FileFailure, SourceFile
from indexer.reading import sidecar
from indexer.reading.shown import Names, is_within, showable

if TYPE_CHECKING:
    import pathspec

    _Rules = tuple[tuple[str, pathspec.GitIgnoreSpec], ...]

__all__ = [
    "EMPTY",
    "ENDINGS",
    "IGNORE_FILE",
    "MISSING",
    "READING_VERSION",
    "STREAMED",
    "check_size",
    "digest",
    "find",
    "why_unreadable",
]

ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".jsonl", ".csv", ".zip"})
STREAMED = frozenset({".jsonl", ".csv", ".zip"})  # read piece by piece, so that their size has no limit
# Documents that people expect to find and that no format here reads: named once, so that nobody misses them unawares.
_UNREAD = frozenset(".doc .wps .xls .xlsx .et .ppt .pptx .rtf .odt .epub .mht .ofd .caj .rar .7z".split())
EMPTY = "holds no file that can be read"
MISSING = "there is no such file or folder"
IGNORE_FILE = ".wensouignore"
READING_VERSION = 3  # part of every digest: raise it when the same bytes are read as something else

_LOG = logging.getLogger(__name__)
_BLOCK = 1 << 20


@dataclass(slots=True)
class _Walk:
    """Collect what a walk through one source meets; `root` is its real path."""

    root: str
    files: dict[str, os.stat_result] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


def find(sources: Sequence[Path]) -> tuple[list[SourceFile], list[FileFailure]]:
    """Find the files of known formats in files and folders, sorted by the name shown, none twice.

    Hidden files, what `.wensouignore` names and sidecars are left out; a symbolic link is followed only within its
    source. What is named outright is taken whatever its name, and is a failure where its format is unknown.
    Missing sources, unreadable or empty folders and what is no regular file are failures.
    """
    failures: list[tuple[str, str]] = []
    roots, missing = _reachable(sources, failures)
    names = Names([real for real, _ in roots] + missing)
    files: dict[str, os.stat_result] = {}
    for real, shown in roots:
        walk = _Walk(real)
        if os.path.isdir(real):
            _walk_folders(walk, real)
            _follow_links(walk)
            if not walk.files and not walk.failures:
                walk.failures.append((real, f"{EMPTY} ({', '.join(sorted(ENDINGS))})"))
        else:
            _take_named(walk, shown)
        _name_unread(walk.unread)
        files.update(walk.files)
        failures += [(names.of(path), reason) for path, reason in walk.failures]
    named, beside = names.distinct(files), _sidecars(files)
    found = [
        SourceFile(Path(path), named[path], status.st_size, status.st_mtime_ns, beside.get(path))
        for path, status in files.items()
    ]
    return sorted(found, key=lambda source: source.file), [FileFailure(*each) for each in dict.fromkeys(failures)]


def digest(source: SourceFile) -> str:
    """Return a digest of all that decides how a file is read: its bytes, its sidecar's, the reading version.

    Raises SourceError where the file cannot be read or is over the limit, which is found out before reading.
    """
    check_size(source)
    content = blake2b(f"reading {READING_VERSION}\0".encode(), digest_size=20)
    try:
        for path in filter(None, (source.path, source.sidecar)):
            with path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    content.update(block)
            content.update(b"\0sidecar\0")
    except OSError as error:
        raise SourceError(source.file, why_unreadable(error)) from None
    return content.hexdigest()


def check_size(source: SourceFile) -> None:
    """Raise SourceError where a file that must be read whole is over the limit `file_size`."""
    limit = settings.get("file_size")
    if source.size > limit and source.path.suffix.lower() not in STREAMED:
        raise SourceError(source.file, f"is too large: {source.size:,} bytes, the limit is {limit:,}")


def why_unreadable(error: OSError) -> str:
    """Return the reason that an operating system's error gives, in a user's words."""
    if isinstance(error, FileNotFoundError):
        return "vanished before it was read"
    return f"cannot be read: {error.strerror or error}"


def _reachable(sources: Iterable[Path], failures: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (real path, path as given) of the sources that exist, without repetition, and the missing ones."""
    roots: dict[str, str] = {}
    missing: list[str] = []
    for source in sources:
        given = os.path.abspath(source)
        if os.path.exists(given):
            roots.setdefault(os.path.realpath(given), given)
        else:
            gone = "is a broken symbolic link" if os.path.islink(given) else MISSING
            failures.append((showable(str(source)), gone))
            missing.append(given)
    return list(roots.items()), missing


def _walk_folders(walk: _Walk, top: str) -> None:
    """Collect the files below a folder, however deep they lie."""
    waiting: list[tuple[str, _Rules]] = [(top, ())]
    while waiting:
        folder, rules = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            walk.failures.append((folder, f"the folder cannot be read: {error.strerror}"))
            continue
        walk.seen.add(folder)
        rules += _ignore_file(walk, folder, entries)
        waiting += [(below, rules) for below in reversed(_take_all(walk, entries, rules))]
        _check_sidecars(walk, folder, [entry.name for entry in entries])


def _take_all(walk: _Walk, entries: Iterable[os.DirEntry[str]], rules: _Rules) -> list[str]:
    """Collect what a folder holds, and return the folders in it; `rules` are the ignore files from the top down."""
    folders: list[str] = []
    for entry in entries:
        if entry.name.startswith(".") or _is_ignored(rules, entry.path, _is_folder(entry)):
            continue
        if entry.is_symlink():
            walk.links.append(entry.path)
        elif entry.is_dir():
            folders.append(entry.path)
        else:
            _take(walk, entry.path, entry.path)
    return folders


def _take(walk: _Walk, path: str, shown: str) -> None:
    """Collect one file of a known format."""
    ending = os.path.splitext(shown)[1].lower()
    if ending not in ENDINGS:
        if ending in _UNREAD:
            walk.unread.append(shown)
        return
    try:
        status = os.stat(path)
    except OSError as error:
        walk.failures.append((shown, why_unreadable(error)))
        return
    if stat.S_ISREG(status.st_mode):
        walk.files.setdefault(path, status)
    else:
        # Opening a pipe would wait for ever.
        walk.failures.append((shown, "is no regular file"))


def _name_unread(paths: Sequence[str]) -> None:
    """Say once how many documents of formats that are not read a source holds."""
    if paths:
        kinds = Counter(os.path.splitext(path)[1].lower() for path in paths)
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        _LOG.warning(
            "not read, for the format is not known: %s (such as %s); save them as .docx, .pdf or .txt",
            counts,
            showable(min(paths)),
        )


def _take_named(walk: _Walk, given: str) -> None:
    """Collect a file that is a source itself."""
    if sidecar.is_sidecar(given):
        walk.failures.append((walk.root, "is a sidecar, no source: name the file that it describes"))
    elif os.path.splitext(walk.root)[1].lower() not in ENDINGS:
        walk.failures.append((walk.root, f"is of no known format ({', '.join(sorted(ENDINGS))})"))
    else:
        _take(walk, walk.root, walk.root)


def _follow_links(walk: _Walk) -> None:
    """Follow the links met, once the real files are known: what a link shows under a second name is not read twice."""
    while walk.links:
        link = walk.links.pop()
        target = os.path.realpath(link)
        if not os.path.exists(target):
            if os.path.splitext(link)[1].lower() in ENDINGS:
                walk.failures.append((link, "is a broken symbolic link"))
        elif not is_within(target, walk.root):
            _LOG.warning("%s: link out of the source folder, not followed", showable(link))
        elif os.path.isdir(target):
            if target not in walk.seen:
                _walk_folders(walk, target)
        elif target not in walk.files and os.path.splitext(link)[1].lower() in ENDINGS:
            _take(walk, target, target)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False


def _ignore_file(walk: _Walk, folder: str, entries: Iterable[os.DirEntry[str]]) -> _Rules:
    """Read a folder's .wensouignore; one that cannot be read is a failure and ignores nothing."""
    if not any(entry.name == IGNORE_FILE for entry in entries):
        return ()
    import pathspec  # takes 10 ms, and few folders have such a file

    path = os.path.join(folder, IGNORE_FILE)
    try:
        with open(path, encoding="utf-8-sig") as stream:
            return ((folder, pathspec.GitIgnoreSpec.from_lines(stream)),)
    except (OSError, ValueError) as error:
        walk.failures.append((path, f"cannot be used: {error}"))
        return ()


def _is_ignored(rules: _Rules, path: str, is_folder: bool) -> bool:
    """Tell what the rules say of a path; the deepest ignore file that names it decides, as in git."""
    for folder, spec in reversed(rules):
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        include = spec.check_file(relative + "/" * is_folder).include
        if include is not None:
            return include
    return False


def _check_sidecars(walk: _Walk, folder: str, names: list[str]) -> None:
    """Name sidecars that describe no file or several, so that nobody wonders why they do not work."""
    for name, twins in sidecar.match(names, ENDINGS)[1].items():
        path = os.path.join(folder, name)
        if twins:
            walk.failures.append((path, sidecar.ambiguous(twins)))
        else:
            _LOG.warning("%s: sidecar of a file that is not there", showable(path))


def _sidecars(files: Iterable[str]) -> dict[str, Path]:
    """Return the sidecars of files; a folder is looked through once, however many of its files are sources."""
    found: dict[str, Path] = {}
    for folder in {os.path.dirname(file) for file in files}:
        try:
            names = os.listdir(folder)
        except OSError:  # who may not look into a folder can have files in it all the same
            continue
        for described, name in sidecar.match(names, ENDINGS)[0].items():
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                found[os.path.join(folder, described)] = Path(path)
    return found
