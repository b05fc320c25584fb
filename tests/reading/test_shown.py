"""Are the names under which files are shown distinct, and the same whatever the order of the sources?"""

from __future__ import annotations

import os
from itertools import permutations

from indexer.reading.shown import Names, is_within, showable


def test_a_label_is_as_long_as_it_must_be_to_be_told_apart() -> None:
    roots = ["/a/seeds", "/b/seeds", "/c/other", "/c/seeds/x/seeds"]
    for order in permutations(roots):
        names = Names(order)
        shown = [names.of(f"{root}/1.txt") for root in roots]
        assert shown == ["a/seeds/1.txt", "b/seeds/1.txt", "other/1.txt", "x/seeds/1.txt"]


def test_a_source_within_another_takes_its_label() -> None:
    assert Names(["/a/seeds/sub", "/a/seeds"]).of("/a/seeds/sub/1.txt") == "seeds/sub/1.txt"


def test_a_label_that_lies_within_another_grows() -> None:
    names = Names(["/p/seeds", "/q/seeds/x", "/r/x"])
    shown = {names.of("/p/seeds/x/1.txt"), names.of("/q/seeds/x/1.txt"), names.of("/r/x/1.txt")}
    assert len(shown) == 3


def test_names_that_show_alike_are_numbered() -> None:
    shown = Names(["/s"]).distinct(["/s/a\n.txt", "/s/a\\x0a.txt"])
    assert sorted(shown.values()) == ["s/a\\x0a.txt", "s/a\\x0a~2.txt"]


def test_names_are_text_that_harms_no_terminal() -> None:
    assert showable(os.fsdecode("义乌.txt".encode("gb18030"))) == "义乌.txt"
    assert showable("a\x1b[2J\u2028") == "a\\x1b[2J\\x2028"
    showable(os.fsdecode(b"\xff\xff.txt")).encode("utf-8")


def test_within_means_below() -> None:
    assert is_within("/a/b", "/a") and is_within("/a", "/a") and is_within("/a", "/")
    assert not is_within("/ab", "/a")
