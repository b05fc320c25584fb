"""Are the words that are cut without a dictionary just those that it leaves whole?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.analysis import make_words, segment


@pytest.fixture(params=["rjieba", "jieba"])
def backend(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "rjieba":
        pytest.importorskip("rjieba")
    segment.use_backend(request.param)
    yield request.param
    segment.use_backend(None)


def test_the_table_is_what_the_script_makes(backend: str) -> None:
    segment._segmenter()  # the table must not vouch for itself
    assert make_words.build() == segment.WORDS.read_text(encoding="utf-8")


def test_known_words_are_cut_as_the_dictionary_cuts_them(backend: str) -> None:
    texts = ["发展", "发展 中国", "5G发展", "人工智能，经济", "", "的", "光伏产业", "中国\n发展", "发展" * 20]
    early = []
    for text in texts:
        segment.use_backend(backend)
        early.append(segment.cut(text))
    segment._segmenter()
    assert early == [segment.cut(text) for text in texts]


def test_user_words_are_heard_first() -> None:
    segment.use_words(segment.UserWords((("展中", 1_000_000), ("发", 100_000_000), ("展", 100_000_000))))
    try:
        early = segment.cut("发展")
        segment._segmenter()
        assert early == segment.cut("发展")
    finally:
        segment.use_words(segment.UserWords(()))


def test_known_words_load_no_dictionary() -> None:
    program = (
        "import sys; from indexer.query.parse import parse; parse('发展 中国'); parse('\"任何字都行\"');"
        "assert not {'jieba', 'rjieba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
