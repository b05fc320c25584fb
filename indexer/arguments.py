"""How are a command's arguments taken, where click alone would take them otherwise?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

__all__ = ["ANY_PATH", "Commands", "OptionalFile", "ReaderGone", "SearchCommand"]

_EXCLUDED = "\0"  # no argument of a command can hold this character


class _SomePath(click.Path):
    """Take any path but an empty one, which an unset variable of the shell leaves and which means this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an empty name is wrong usage."""
        if value == "":
            self.fail("an empty name is no path; for this folder write .", param, ctx)
        return super().convert(value, param, ctx)


# Whether a path can be read is found out, and told, where it is read: click would call it wrong usage.
ANY_PATH = _SomePath(path_type=Path, readable=False)


class OptionalFile(click.Path):
    """Take a file that is there, or an empty name for none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or an empty text for an empty name."""
        return "" if value == "" else super().convert(value, param, ctx)


class ReaderGone(Exception):
    """Say that nobody reads what a command writes."""


class Commands(click.Group):
    """Run commands; that the reader (head, less) has gone is told, for click would end with its own exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named; raise ReaderGone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGone from None


class SearchCommand(click.Command):
    """Take what begins with one - and is no option for an excluded word, as the query language does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read options and words; return what is left over."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        names = {name for each in options for name in each.opts}
        takers = {name for each in options if not each.is_flag for name in each.opts}
        marked: list[str] = []
        for place, each in enumerate(args):
            if each == "--":
                marked += args[place:]
                break
            is_word = re.match("-[^-]", each) and each not in names and not takers.intersection(args[:place][-1:])
            marked.append(_EXCLUDED + each if is_word else each)
        rest = super().parse_args(ctx, marked)
        ctx.params["words"] = tuple(word.removeprefix(_EXCLUDED) for word in ctx.params["words"])
        return rest
