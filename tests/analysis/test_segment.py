"""Do both segmenters cut alike, and do user words count?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.analysis import segment
from indexer.analysis.fold import HAN, match_text
from indexer.errors import SourceError

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())
RARE = "㐀〇二〇二三年鿿龥龦\U00020000中国々光伏\uf900"


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    yield
    segment.use_backend(None)
    segment.load_dictionary(None)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [match_text(path.read_text(encoding="utf-8", errors="replace")) for path in SEEDS] + [RARE]


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("绿电直连\n統籌推進 20 n\n义乌光\n5G基站\n\n量子点 nz\n", encoding="utf-8")
    return path


def cut_by(name: str, texts: list[str]) -> list[list[str]]:
    """Return how a segmenter cuts texts, precisely and for search."""
    pytest.importorskip("rjieba", reason="there is no rjieba for this platform")
    segment.use_backend(name)
    return [segment.cut(text) + segment.cut_for_search(text) for text in texts]


def test_both_segmenters_cut_alike(texts: list[str]) -> None:
    assert cut_by("rjieba", texts) == cut_by("jieba", texts)


def test_both_segmenters_cut_alike_with_user_words(texts: list[str], dictionary: Path) -> None:
    segment.load_dictionary(dictionary)
    texts = [*texts, "绿电直连与统筹推进的义乌光伏"]
    assert cut_by("rjieba", texts) == cut_by("jieba", texts)


def test_cutting_a_text_is_cutting_its_han_runs(texts: list[str]) -> None:
    for text in texts:
        runs = re.findall(f"[{HAN}]+", text)
        assert segment.cut_for_search(text) == [word for run in runs for word in segment.cut_for_search(run)]
        assert "".join(segment.cut(text)) == "".join(runs)


def test_lengths_and_inner_words_tell_what_search_mode_gives(texts: list[str]) -> None:
    def told(text: str) -> Iterator[str]:
        end = 0
        for length in segment.cut_lengths(text).tolist():
            word = text[end : end + length]
            end += length
            if word in (" ", "\0"):
                continue
            for size in (2, 3):
                yield from (word[at : at + size] for at in segment.inner_words(["光", word], size)[1].tolist())
            yield word
        assert end == len(text)

    for name in ("rjieba", "jieba"):
        pytest.importorskip("rjieba", reason="there is no rjieba for this platform")
        segment.use_backend(name)
        for text in texts:
            han = re.sub(f"[^{HAN}]+", "\0 ", text)
            assert list(told(han)) == segment.cut_for_search(han)


def test_search_mode_gives_the_words_inside_a_word_first() -> None:
    assert segment.cut_for_search("新能源 汽车") == ["能源", "新能源", "汽车"]


def test_jieba_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_SEGMENTER", "jieba")
    segment.use_backend(None)
    assert segment.cut("新能源汽车") == ["新能源", "汽车"]


def test_user_words_are_kept_together(dictionary: Path) -> None:
    assert "绿电直连" not in segment.cut("推进绿电直连")
    digest = segment.load_dictionary(dictionary)
    assert "绿电直连" in segment.cut("推进绿电直连")
    assert "统筹推进" in segment.cut("统筹推进绿电"), "the dictionary is folded as texts are"
    assert segment.mixed_words() == ("5g基站",)
    assert digest == segment.dictionary_digest() != ""
    assert segment.load_dictionary(None) == ""
    assert "绿电直连" not in segment.cut("推进绿电直连")


def test_user_words_do_not_change_the_library_for_others(dictionary: Path) -> None:
    rjieba = pytest.importorskip("rjieba", reason="there is no rjieba for this platform")
    segment.use_backend("rjieba")
    segment.load_dictionary(dictionary)
    assert "绿电直连" in segment.cut("推进绿电直连")
    assert not rjieba.has_word("绿电直连")


def test_words_that_others_add_to_the_library_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rjieba = pytest.importorskip("rjieba", reason="there is no rjieba for this platform")
    monkeypatch.setattr(segment._state, "owned", False)
    segment.use_backend("rjieba")
    before = segment.cut("义乌块状经济带研究")
    rjieba.add_word("义乌块状经济带研究", 100_000, "n")
    try:
        segment.use_backend("rjieba")
        assert segment.cut("义乌块状经济带研究") == before != rjieba.cut("义乌块状经济带研究")
    finally:
        rjieba.clear()


def test_the_digest_depends_on_words_and_frequencies_only(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    digests = []
    for content in ("光伏板 3\n", "\ufeff光伏板  3 n\n\n", "光伏板 4\n"):
        path.write_text(content, encoding="utf-8")
        digests.append(segment.load_dictionary(path))
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("line", ["光伏 三", "光伏 3 n x", "光伏 -3", "光伏 99999999999999999999"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"义乌\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 2"):
        segment.load_dictionary(path)


def test_an_unreadable_dictionary_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=re.escape("missing.txt")):
        segment.load_dictionary(tmp_path / "missing.txt")
    (tmp_path / "gbk.txt").write_bytes("光伏".encode("gbk"))
    with pytest.raises(SourceError, match="UTF-8"):
        segment.load_dictionary(tmp_path / "gbk.txt")


def test_a_thread_has_user_words_of_its_own(dictionary: Path) -> None:
    segment.load_dictionary(dictionary)
    words = segment.words_in_use()
    with ThreadPoolExecutor(1) as pool:
        assert "绿电直连" not in pool.submit(segment.cut, "推进绿电直连").result()
        pool.submit(segment.use_words, words).result()
        assert "绿电直连" in pool.submit(segment.cut, "推进绿电直连").result()


def test_the_segmenters_of_the_last_user_words_are_kept() -> None:
    every = [segment.UserWords(((f"绿电{char}", None),)) for char in "甲乙丙丁戊己"]
    for words in (*every, every[-1], every[-2]):
        segment.use_words(words)
        assert words.entries[0][0] in segment.cut(f"推进{words.entries[0][0]}")
    assert set(segment._state.segmenters) <= set(every[-4:])


def test_threads_share_one_segmenter() -> None:
    segment.use_backend(None)
    with ThreadPoolExecutor(8) as pool:
        cuts = list(pool.map(segment.cut, ["光伏产业是新能源"] * 64))
    assert all(cut == cuts[0] for cut in cuts)
