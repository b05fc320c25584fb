"""Is text folded so that what is written differently is found the same, and does every character know its place?"""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import (
    BORDER,
    HAN,
    find_han,
    fold,
    fold_text,
    is_han,
    longest_form,
    match_codes,
    match_form,
    match_joined,
    match_text,
    match_units,
    text_of,
    units_of,
)
from indexer.analysis.scripts import split_joined, split_scripts

# Han and Latin, white space, what expands (…, ㎏, ﬁ), what vanishes (U+200B), supplementary and lone surrogates.
ALPHABET = "1,光伏後后里裡A b１２“」—·…㎏ﬁ⅓ﷺ\u3000 \n\t\r\0\u200b\ufeff\u2028〇々。，\U00020000𝐀é\ud800\udc00İß"
texts = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("後里裡裏乾幹臺灣", "后里里里干干台湾"),
        ("ＫＷＨ８万", "kwh8万"),
        ("“光”「伏」『产』〝业〞＂", '"光""伏""产""业""'),
        ("don’t", "don't"),
        ("2025—2027–2028－2029−", "2025-2027-2028-2029-"),
        ("a\u3000b\u00a0c", "a b c"),
        ("唐纳德•特朗普・‧", "唐纳德·特朗普··"),
        ("…㎏ﬁ⅓㎡", "...kgfi1/3m2"),
        ("二〇二三 中國々", "二〇二三 中国々"),
        ("光\u200b伏\ufeff", "光伏"),
        ("a\0b", "a b"),
        ("豈⼀", "岂一"),
    ],
)
def test_variants_fold_together(written: str, folded: str) -> None:
    assert fold_text(written) == folded


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("光\n伏 产　业", "光伏产业"),
        ("  光伏\t PERC \n电池 ", "光伏 perc 电池"),
        ("产业，\n光伏", "产业, 光伏"),
        ("光\u200b \u200b伏", "光伏"),
        (" \n", ""),
        ("", ""),
    ],
)
def test_white_space_counts_only_beside_other_scripts(written: str, form: str) -> None:
    assert match_text(written) == form


def test_a_span_covers_the_characters_that_were_folded() -> None:
    folded = fold("重㎏…後")
    assert folded.text == "重kg...后"
    assert folded.span(1, 2) == (1, 2), "half an expansion is the whole character"
    assert folded.span(2, 5) == (1, 3)
    assert folded.span(6, 7) == (3, 4)
    assert folded.span(7, 7) == (4, 4)


def test_a_span_bridges_the_white_space_that_was_dropped() -> None:
    text = "　金\n华 的光伏"
    form = match_form(text)
    start, end = form.span(0, 2)
    assert text[start:end] == "金\n华"


def test_text_that_keeps_its_places_needs_no_map() -> None:
    assert fold("光伏KWH").starts is None
    assert match_form("光伏KWH").span(2, 5) == (2, 5)


def test_lone_surrogates_are_replaced() -> None:
    assert match_text("a\ud800b\udc00") == "a\ufffdb\ufffd"


def test_no_character_has_a_longer_form() -> None:
    units = units_of(match_joined(list(map(chr, range(1, 0x110000)))))
    lengths = np.diff((units == ord(BORDER)).nonzero()[0]) - 1
    assert lengths.max() == longest_form() > 2


def test_han_is_ideographs_of_all_planes() -> None:
    assert all(map(is_han, "光龥〇々㐀\uf900\U00020000\U00030000後"))
    assert not any(map(is_han, "aあカ한1。·"))
    assert not is_han("") and not is_han("光伏")


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
    assert match_text(match_text(text)) == match_text(text)


@given(texts, texts)
def test_folding_looks_at_no_neighbours(left: str, right: str) -> None:
    assert fold_text(left + right) == fold_text(left) + fold_text(right)


@given(texts)
def test_all_forms_agree(text: str) -> None:
    assert fold(text).text == fold_text(text)
    assert match_form(text).text == match_text(text)
    assert match_units(text).dtype == np.uint16
    assert match_units(text).tobytes() == match_text(text).encode("utf-16-le")


@given(texts)
def test_match_form_obeys_its_rules(text: str) -> None:
    form = match_text(text)
    assert form == form.strip()
    assert not re.search(rf"\s\s|[^\S ]|[{HAN}]\s[{HAN}]", form.replace("\x1c", ""))
    assert "".join(form.split()) == "".join(fold_text(text).split()), "nothing but white space is dropped"


@given(texts, st.data())
def test_every_span_maps_back_to_what_folds_to_it(text: str, data: st.DataObject) -> None:
    form = match_form(text)
    start = data.draw(st.integers(0, len(form.text)))
    end = data.draw(st.integers(start, len(form.text)))
    first, last = form.span(start, end)
    assert 0 <= first <= last <= len(text) == form.length
    assert match_text(form.text[start:end]) in match_text(text[first:last])


def slowly(text: str, wanted: str) -> list[tuple[int, int]]:
    form = match_form(text)
    starts = [at for at in range(len(form.text)) if form.text.startswith(wanted, at)]
    return [form.span(at, at + len(wanted)) for at in starts]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("光伏、光\n 伏，光\u200b伏", [(0, 2), (3, 7), (8, 11)]),
        ("光。伏", []),
        ("裡光\u3000伏裏…光伏", [(1, 4), (6, 8)]),
        ("光", []),
        ("。", []),
    ],
)
def test_han_words_are_found_in_the_text_itself(text: str, places: list[tuple[int, int]]) -> None:
    assert find_han(text, ["光伏"]) == [(*place, 0) for place in places]


@pytest.mark.parametrize("text", ["㈠", "光伏😀", "\U00020000", "\ud800光", "\uffff", ""])
def test_a_text_may_need_its_match_form(text: str) -> None:
    assert find_han(text, ["光伏"]) is None


@given(texts, st.lists(st.text(st.sampled_from("光伏后里一"), min_size=1, max_size=3), max_size=3))
def test_han_words_are_found_where_match_form_has_them(text: str, wanted: list[str]) -> None:
    found = find_han(text, wanted)
    expected = sorted((*place, number) for number, each in enumerate(wanted) for place in slowly(text, each))
    assert found is None or found == expected


@given(texts)
def test_han_text_and_the_rest_make_up_the_whole(text: str) -> None:
    han, rest = split_scripts(match_codes(text))
    form = match_text(text)
    assert han.split() == re.findall(f"[{HAN}]+", form)
    assert rest.split() == re.sub(f"[{HAN}]", " ", form).split()


@given(st.lists(texts))
def test_texts_folded_at_one_go_are_what_each_is_alone(many: list[str]) -> None:
    joined = match_joined(many)
    assert text_of(joined) == "".join(f"{match_text(text)}\0" for text in many)
    alone = [split_scripts(match_codes(text)) for text in many]
    han, rest, places = split_joined(joined)
    assert [part.split() for part in han.split("\0")] == [*(part.split() for part, _ in alone), []]
    # Of signs only those are kept that may be part of a word.
    kept = re.compile(r"[\w.:/+#%-]+|(?<=\d),(?=\d)")
    assert [kept.findall(part) for part in rest.split("\0")] == [*(kept.findall(part) for _, part in alone), []]
    assert [(a, b) for a, b in zip(han, text_of(joined[places]), strict=True) if a not in (" ", b)] == []
