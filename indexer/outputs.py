"""Where does an export go? To standard output, into a file, or as sidecars into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from indexer.errors import SourceError

__all__ = ["write_lines", "write_sidecars"]


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines to a file, to standard output for None; raise SourceError where the file cannot be written."""
    if output is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(lines)
    except OSError as error:
        raise SourceError(str(output), f"cannot be written: {error.strerror}") from error


def write_sidecars(sidecars: Iterable[tuple[str, str]], output: Path | None) -> None:
    """Write each sidecar (name, text) below a folder, or one after the other to standard output for None.

    Raises SourceError where one cannot be written or would lie outside of the folder.
    """
    for name, text in sidecars:
        if output is None:
            click.echo(f"# ---- {name}\n{text}")
            continue
        target = output / name
        if not target.resolve().is_relative_to(output.resolve()):
            # No source has such a name, but the index may be somebody else's.
            raise SourceError(name, f"lies outside of {output}; nothing is written there")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SourceError(str(target), f"cannot be written: {error.strerror}") from error
