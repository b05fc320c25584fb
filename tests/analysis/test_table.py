"""Does the table tell of every character what it folds to?"""

from __future__ import annotations

import numpy as np

from indexer.analysis.table import CODE, EXPANDS, HAN_FLAG, ODD, SPACE, han_units, tables

GAPS = "\t\n \u3000\u00a0\u200b\ufeff\u00ad"


def test_entries_hold_what_a_character_folds_to_and_what_that_is() -> None:
    entries, expansions, lengths = tables()
    assert entries[ord("後")] == np.uint32(ord("后")) | HAN_FLAG
    assert entries[ord("\u3000")] == np.uint32(ord(" ")) | SPACE
    number = int(entries[ord("㎡")] & CODE)
    assert entries[ord("㎡")] & EXPANDS
    assert "".join(map(chr, expansions[number, : lengths[number]] & CODE)) == "m2"


def test_units_tell_whether_a_character_may_stand_between_han_characters() -> None:
    units = han_units()
    assert not units[[ord(char) for char in GAPS]].any()
    assert units[[ord(char) for char in "光後。a"]].tolist() == [ord(char) for char in "光后。a"]
    assert units[[ord(char) for char in "㈠㋀\ud83d"]].tolist() == [ODD] * 3
    assert units[ord("…")] not in (0, ODD)
    assert units.take(ord("😀"), mode="clip") == ODD
