"""Does the script still make the table that is shipped?"""

from __future__ import annotations

import json
import unicodedata

import pytest

from indexer.analysis import make_table

opencc = pytest.importorskip("opencc", reason="the folding table is made with opencc")


@pytest.fixture(scope="module")
def shipped() -> dict[str, object]:
    content: dict[str, object] = json.loads(make_table.TABLE.read_text(encoding="utf-8"))
    return content


def test_the_table_is_what_the_script_makes(shipped: dict[str, object]) -> None:
    versions = (unicodedata.unidata_version, opencc.__version__)
    if versions != (shipped["unicode"], shipped["opencc"]):
        pytest.skip(
            f"the table was made with Unicode {shipped['unicode']} and OpenCC {shipped['opencc']}, not {versions}"
        )
    assert make_table.serialize(make_table.build()) == make_table.TABLE.read_text(encoding="utf-8")


def test_common_characters_fold_as_opencc_converts_them(shipped: dict[str, object]) -> None:
    table = dict(zip(str(shipped["from"]), str(shipped["to"]), strict=True))
    convert = opencc.OpenCC("t2s").convert
    changed = [char for char in map(chr, range(0x4E00, 0xA000)) if convert(char) != char]
    agreeing = sum(table.get(char) == convert(char) for char in changed)
    assert agreeing / len(changed) > 0.99, "other versions of OpenCC may differ in rare characters only"
