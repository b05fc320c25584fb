"""Are a search's words told from its options, and is an empty name no path?"""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from indexer.arguments import ANY_PATH, SearchCommand

COMMAND = SearchCommand(
    "search",
    params=[click.Argument(["words"], nargs=-1), click.Option(["--city"]), click.Option(["--json"], is_flag=True)],
)


@pytest.mark.parametrize(
    ("arguments", "words", "city"),
    [
        (["光伏", "-金华", "--city", "义乌"], ("光伏", "-金华"), "义乌"),
        (["-5G", "--json", "-x"], ("-5G", "-x"), None),
        (["--city", "-金华"], (), "-金华"),
        (["-"], ("-",), None),
        (["--", "--json", "-金华"], ("--json", "-金华"), None),
    ],
)
def test_words_and_options(arguments: list[str], words: tuple[str, ...], city: str | None) -> None:
    context = COMMAND.make_context("search", arguments)
    assert (context.params["words"], context.params["city"]) == (words, city)


def test_an_option_that_is_none_is_an_error() -> None:
    with pytest.raises(click.NoSuchOption):
        COMMAND.make_context("search", ["--citty", "义乌"])


def test_an_empty_name_is_no_path() -> None:
    assert ANY_PATH.convert(".", None, None) == Path(".")
    with pytest.raises(click.BadParameter, match="empty"):
        ANY_PATH.convert("", None, None)
