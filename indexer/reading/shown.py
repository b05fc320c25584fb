"""Under which names are files shown? Relative to their source, distinct, valid text, harmless on a terminal."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

__all__ = ["Names", "is_within", "showable"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Names:
    """Give every path a name relative to the parent folder of its source, the same whatever the sources' order.

    Sources that are missing take part, so that the others keep their names while a disk is not mounted.
    """

    def __init__(self, roots: Sequence[str]) -> None:
        """Choose a label for each source that no other contains: its last parts, as many as tell it apart."""
        outer = [root for root in roots if not any(o != root and is_within(root, o) for o in roots)]
        depth = dict.fromkeys(outer, 1)
        while clashing := _clashing({root: _label(root, depth[root]) for root in outer}):
            deeper = [root for root in clashing if len(_parts(root)) > depth[root]]
            if not deeper:
                break
            for root in deeper:
                depth[root] += 1
        self._labels = {root: _label(root, depth[root]) for root in outer}

    def of(self, path: str) -> str:
        """Return the name of a path below one of the sources, else the path itself."""
        for root, label in self._labels.items():
            if is_within(path, root):
                rest = path[len(root.rstrip(os.sep)) :]
                return showable(label + rest).lstrip("/")
        return showable(path)

    def distinct(self, paths: Iterable[str]) -> dict[str, str]:
        """Return a name for each path; those that are alike once made showable are numbered in the paths' order."""
        alike: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths, key=os.fsencode):
            alike[self.of(path)].append(path)
        return {path: name for name, group in alike.items() for path, name in _numbered(name, group)}


def showable(path: str) -> str:
    """Return a path as valid, harmless text: names in GB18030 are decoded, control characters escaped."""
    text = path.replace(os.sep, "/")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(text)
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


def _numbered(name: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, path in enumerate(paths, 1):
        stem, ending = os.path.splitext(name)
        yield path, name if number == 1 else f"{stem}~{number}{ending}"


def _parts(root: str) -> tuple[str, ...]:
    return tuple(part for part in root.split(os.sep) if part)


def _label(root: str, depth: int) -> str:
    return os.sep.join(_parts(root)[-depth:])


def _clashing(labels: dict[str, str]) -> list[str]:
    """Return the sources whose label is another's, or lies within another's."""
    ordered = sorted(labels.items(), key=lambda each: each[1] + os.sep)
    clashing: dict[str, None] = {}
    for (left, first), (right, second) in pairwise(ordered):
        if is_within(second, first):
            clashing.update({left: None, right: None})
    return list(clashing)


def is_within(path: str, folder: str) -> bool:
    """Tell whether a path is the folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
