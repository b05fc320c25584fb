"""Is a word known for broken where a line ends inside of it, and are a line's words found again?"""

from __future__ import annotations

import pytest

from indexer.reading import make_pairs
from indexer.reading.overlap import PAIRS_FILE, breaks_a_word, share


@pytest.mark.parametrize(("left", "right"), [("推动经", "济发展"), ("高质量发", "展"), ("推動經", "濟發展")])
def test_a_break_between_two_characters_of_a_word(left: str, right: str) -> None:
    assert breaks_a_word(left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("护城河治理", "沿岸居民"), ("推窗见绿", "近日"), ("", "近日"), ("2023", "年")]
)
def test_other_breaks(left: str, right: str) -> None:
    assert not breaks_a_word(left, right)


def test_share_counts_pairs_without_punctuation() -> None:
    assert share("护城河", "沿着护城河打捞") == 1.0
    assert share("护城河，治理", "护城") == pytest.approx(1 / 3)
    assert share("", "护城河") == 0.0


def test_the_table_is_what_the_script_makes() -> None:
    assert make_pairs.build() == PAIRS_FILE.read_text(encoding="utf-8")
