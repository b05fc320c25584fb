"""What has changed since the last build, and what must not be lost although it could not be looked at?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from indexer.analysis.segment import dictionary_digest, load_dictionary
from indexer.engine.base import SourceState
from indexer.engine.whoosh import open_engine, remembered_state, use_remembered_words
from indexer.errors import IndexMissing, SourceError
from indexer.models import FileFailure, SourceFile
from indexer.reading.discover import EMPTY, MISSING, digest, find

__all__ = ["Plan", "check_sources", "plan_build"]

DEFAULT_SOURCE = "seeds"


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what a build will do.

    `changed` maps shown names to a file and its new digest; `updated` are those of them that the index has, `kept` and
    `removed` are names that it has; `failed` could not be looked at.
    """

    state: SourceState
    sources: tuple[str, ...]
    dictionary: str | None
    changed: Mapping[str, tuple[SourceFile, str]]
    updated: frozenset[str]
    kept: frozenset[str]
    removed: frozenset[str]
    failed: tuple[FileFailure, ...]


def check_sources(paths: Sequence[str | Path] | None, index: Path, rebuild: bool) -> None:
    """Raise SourceError where a build would have nothing to look at."""
    _sources(paths, remembered_state(index) or SourceState(), rebuild)


def plan_build(
    paths: Sequence[str | Path] | None,
    index: Path,
    rebuild: bool,
    dictionary: str | Path | None,
    *,
    damaged: bool = False,
) -> Plan:
    """Compare the sources with what the index remembers of them; of one that is `damaged` nothing else is used.

    Raise SourceError where a dictionary that is named cannot be used, or a source is away of an index that must be
    built anew.
    """
    remembered = remembered_state(index) or SourceState()
    sources, failed = _sources(paths, remembered, rebuild)
    usable = not rebuild and not damaged and _is_usable(index)
    use_remembered_words(index)
    words, recut, unread = _take_words(dictionary, remembered.dictionary)
    if recut:  # what cannot be read now stays as it was cut, and is read again once it can
        stale = {file: replace(each, digest="") for file, each in remembered.files.items()}
        remembered = replace(remembered, files=stale)
    found, unfound = find([Path(source) for source in sources])
    # A folder that is there and empty has told all: its files are gone. It is a failure only where it is named anew
    # or where nothing is known.
    emptied = [failure for failure in unfound if failure.reason.startswith(EMPTY)]
    away = [failure for failure in unfound if failure not in emptied]
    if not usable and remembered.files:
        # A folder that cannot be read is told by its shown name.
        roots = {*sources, *(Path(source).name for source in sources)}
        _demand_all([*(failure for failure in away if failure.file in roots), *(failed if rebuild else ())])
    contents, undigested = _digests(found)
    failures = [*failed, *unread, *map(_with_advice, away), *undigested]
    before = remembered.files if usable else {}
    changed = {
        source.file: (source, content)
        for source, content in contents
        if source.file not in before or before[source.file].digest != content
    }
    known = set(before)
    kept = {source.file for source, _ in contents} - set(changed) | (known & _unreachable(known, failures))
    failures += emptied if paths or not known else []
    return Plan(
        state=remembered,
        sources=sources,
        dictionary=words,
        changed=changed,
        updated=frozenset(known & set(changed)),
        kept=frozenset(kept),
        removed=frozenset(known - set(changed) - kept),
        failed=tuple(failures),
    )


def _digests(found: Sequence[SourceFile]) -> tuple[list[tuple[SourceFile, str]], list[FileFailure]]:
    """Return each file with a digest of its content, and a failure for each that has none."""
    contents: list[tuple[SourceFile, str]] = []
    failures: list[FileFailure] = []
    for source in found:
        try:
            contents.append((source, digest(source)))
        except SourceError as error:
            failures.append(FileFailure(source.file, error.reason))
    return contents, failures


def _sources(
    paths: Sequence[str | Path] | None, remembered: SourceState, rebuild: bool
) -> tuple[tuple[str, ...], list[FileFailure]]:
    """Return the sources of this build as absolute paths; those given that do not exist are failures."""
    given = [Path(path) for path in paths or ()]
    missing = [FileFailure(str(path), MISSING) for path in given if not os.path.exists(path)]
    present = [str(path.resolve()) for path in given if os.path.exists(path)]
    before = [] if rebuild and given else list(remembered.sources)
    if not given and not before and Path(DEFAULT_SOURCE).is_dir():
        before = [str(Path(DEFAULT_SOURCE).resolve())]
    sources = tuple(dict.fromkeys([*before, *present]))
    if not sources:
        named = ", ".join(failure.file for failure in missing)
        raise SourceError(named or DEFAULT_SOURCE, "there is no such source; name a file or folder of articles")
    return sources, missing


def _with_advice(failure: FileFailure) -> FileFailure:
    """Say of a source that is away what becomes of it, for it will be told with every build."""
    if failure.reason != MISSING:
        return failure
    advice = "its articles stay; to forget it, name the other sources: python -m indexer index --rebuild PATH"
    return replace(failure, reason=f"{MISSING}; {advice}")


def _demand_all(gone: Sequence[FileFailure]) -> None:
    """Raise SourceError where a source cannot be looked at: an index that begins anew would lose its articles."""
    if gone:
        reason = f"{gone[0].reason}, and an index that is built anew would lose its articles"
        advice = "bring it back, or name the sources that remain: python -m indexer index --rebuild PATH"
        raise SourceError(", ".join(failure.file for failure in gone), f"{reason}; {advice}")


def _take_words(
    dictionary: str | Path | None, remembered: str | None
) -> tuple[str | None, bool, tuple[FileFailure, ...]]:
    """Take the user dictionary into use; return its path, whether its words differ from the index's, and a failure.

    A remembered dictionary that can no longer be read is a failure; its words, which the index keeps, stay in use. One
    that is given now raises SourceError. An empty name forgets the one remembered.
    """
    before = dictionary_digest()
    if dictionary == "" or (dictionary is None and remembered is None):
        return None, load_dictionary(None) != before, ()
    path = Path(dictionary).resolve() if dictionary is not None else Path(str(remembered))
    try:
        return str(path), load_dictionary(path) != before, ()
    except SourceError as error:
        if dictionary is not None:
            raise
        reason = f"{error.reason}; its words stay in use until you name another with --dict, or none: --dict ''"
        return str(path), False, (FileFailure(str(path), reason),)


def _unreachable(known: Iterable[str], failures: Iterable[FileFailure]) -> set[str]:
    """Return the known files that could not be looked at, because they or a folder above them failed."""
    names = {failure.file for failure in failures}
    names |= {Path(name).name for name in names}
    return {
        file for file in known if file in names or any(str(above) in names for above in PurePosixPath(file).parents)
    }


def _is_usable(index: Path) -> bool:
    """Tell whether there is an index that this version can add to."""
    try:
        open_engine(index).close()
    except IndexMissing:
        return False
    return True
