"""Are radicals that PDF files hold read as the characters that they stand for?"""

from __future__ import annotations

import unicodedata

from indexer.reading.radicals import unified


def test_radicals_become_ideographs() -> None:
    assert unified("8⽉17⽇，⻔票⻩⽜⸺⻰⼈⻢⻋") == "8月17日，门票黄牛——龙人马车"
    assert unified("8月17日，门票") == "8月17日，门票"


def test_no_radical_of_the_old_dictionary_is_left() -> None:
    for char in unified("".join(map(chr, range(0x2F00, 0x2FD6)))):
        assert unicodedata.name(char).startswith("CJK UNIFIED IDEOGRAPH")
