"""Do texts and queries become terms that meet?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import analyzer, segment
from indexer.analysis.analyzer import (
    cuts_of,
    explain,
    index_terms,
    query_terms,
    spellings,
    trimmed,
)
from indexer.analysis.fold import BORDER, is_han, match_joined, match_text, text_of

# What people type as one word: typed alone it is one term, and a text with it has that term.
ONE_WORD = [
    *("5G", "R&D", "LED", "PERC", "KWH", "670W", "109GW", "24.38", "40.13%", "2022", "210HiKu7", "WiFi", "C++", "C#"),
    *(".NET", "2023-01-06", "AT&T", "3.5mm", "COVID-19", "1,200", "user@example.com", "10:30", "25℃", "TOPCon/HJT"),
    *("https://www.example.com/a?b=1", "Привет", "ソニー", "한국", "don’t", "2025—2027", "１００％", "A.I", "v1.2.3"),
]
SURROUNDINGS = ["{}", "采用{}技术", "，{}。", "（{}）", "《{}》和", "a {} b", "“{}”"]
PARTS = [
    ("40.13%", "40.13"),
    ("1,200", "1200"),
    ("COVID-19", "covid"),
    ("2023-01-06", "2023"),
    ("109GW", "109"),
    ("109GW", "gw"),
    ("210HiKu7", "hiku"),
    ("3.5mm", "3.5"),
    ("user@example.com", "example"),
    ("asp.net", "net"),
    (".NET", "net"),
    ("https://www.example.com/index", "example"),
]

han = st.text("𠮷光伏产业新能源汽车义乌市的发展中华人民共和国是在研究生命起源後裡", min_size=1, max_size=30)
mixed = st.text("光伏产业的年第超5AbC1２.,%+#&-@/:：，。 ()“”…\n", max_size=30)


@pytest.fixture
def user_words(tmp_path: Path) -> Iterator[None]:
    path = tmp_path / "words.txt"
    path.write_text("5G基站\n绿电直连\nC919客机 10 nz\n", encoding="utf-8")
    segment.load_dictionary(path)
    yield
    segment.load_dictionary(None)


@pytest.mark.parametrize("word", ONE_WORD)
def test_what_is_typed_as_one_word_is_one_term(word: str) -> None:
    assert query_terms(word) == [match_text(word)]
    for surrounding in SURROUNDINGS:
        assert match_text(word) in index_terms(surrounding.format(word)), surrounding


@pytest.mark.parametrize(("word", "part"), PARTS)
def test_parts_of_a_word_are_found_alone(word: str, part: str) -> None:
    assert part in index_terms(f"据{word}报道")
    assert part not in query_terms(word), "who types the whole does not ask for its parts"


@pytest.mark.parametrize("text", ["24.38", "2019，2020", "…and", "《a》，b", "注意：abc", "——a"])
def test_signs_between_words_join_nothing(text: str) -> None:
    assert not {"24", "38", "2019,2020", ".and", "a,b", ":abc", "-a"} & set(index_terms(text))


def test_han_words_come_in_search_mode() -> None:
    assert index_terms("新能源汽車") == ["能源", "新能源", "汽车"]
    assert query_terms("新能源汽車") == ["新能源", "汽车"]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("2022年", ["2022年"]),
        ("B超", ["b超"]),
        ("阿Q正传", ["阿q", "正传"]),
        ("第2次", ["第2次"]),
        ("8万KWH", ["8万", "kwh"]),
        ("5和6", ["5", "和", "6"]),
        ("iphone4是", ["iphone4", "是"]),
        ("2022 年", ["2022", "年"]),
    ],
)
def test_a_number_keeps_its_measure_word_and_a_letter_its_character(typed: str, terms: list[str]) -> None:
    assert query_terms(typed) == terms


def test_a_joined_word_may_be_printed_with_spaces() -> None:
    assert spellings("第2次") == ("第2次", "第 2 次")
    assert spellings("光伏") == ("光伏",)
    assert spellings("r&d") == ("r&d",)


def test_a_number_may_be_printed_in_groups_of_three() -> None:
    assert spellings("12000.5") == ("12000.5", "12,000.5")
    assert spellings("1200元") == ("1200元", "1,200元", "1200 元", "1,200 元")
    for alone in ("120", "0012", "0.12345", "v1.20000"):
        assert spellings(alone) == (alone,)


@pytest.mark.parametrize("text", ["", " \n", "？！……", "《》", "+-*/", "😀"])
def test_punctuation_has_no_terms(text: str) -> None:
    assert query_terms(text) == index_terms(text) == []
    assert trimmed(text) == ""


def test_trimming_takes_punctuation_off_the_ends_only() -> None:
    assert trimmed("《战国无双3》是由谁开发的？") == "战国无双3》是由谁开发的"
    assert trimmed("C++") == "c++"


def test_endless_words_are_no_terms_but_their_parts_may_be() -> None:
    assert index_terms("x" * 200_000) == []
    assert index_terms("-".join(["abc"] * 100)) == ["abc"] * 100
    assert [term for term, *_ in explain("-".join(["abc"] * 100))] == ["abc"] * 100
    assert query_terms("x" * 200) == ["x" * 200], "it is found by its characters"


def test_explanations_point_into_the_text_as_given() -> None:
    text = "新能源汽車：\n㎏40.13%"
    shown = [(term, kind, text[start:end]) for term, kind, start, end in explain(text)]
    assert shown == [
        ("新能源", "word", "新能源"),
        ("能源", "part", "能源"),
        ("汽车", "word", "汽車"),
        ("kg40.13%", "mixed", "㎏40.13%"),
        ("kg", "part", "㎏"),
        ("40.13", "part", "40.13"),
        ("kg40.13", "part", "㎏40.13"),
    ]


@pytest.mark.usefixtures("user_words")
def test_user_words_of_mixed_scripts_are_terms() -> None:
    assert query_terms("建设5G基站和C919客机") == ["建设", "5g基站", "和", "c919客机"]
    assert {"5g基站", "5g", "基站"} <= set(index_terms("建设5G基站"))
    assert "5g基站" not in index_terms("15G基站")
    assert [(term, kind) for term, kind, *_ in explain("5G基站")] == [
        ("5g基站", "mixed"),
        ("5g", "mixed"),
        ("基站", "word"),
    ]


@pytest.mark.usefixtures("user_words")
def test_the_digest_tells_dictionaries_apart() -> None:
    with_words = analyzer.analysis_digest()
    segment.load_dictionary(None)
    assert analyzer.analysis_digest() != with_words


@given(han, st.data())
def test_every_term_of_a_part_of_a_text_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    terms = query_terms(text[start:end])
    assert "".join(terms) == match_text(text[start:end]), "nothing of the query is lost"
    assert all(term in match_text(text) for term in terms)


@given(mixed, mixed, mixed)
def test_a_query_meets_every_text_that_contains_it(before: str, query: str, after: str) -> None:
    text = f"{before} {query} {after}"
    found = set(index_terms(text))
    for term in query_terms(query):
        assert term in found or (any(map(is_han, term)) and term in match_text(text))


@given(mixed | han)
def test_explanations_are_the_index_terms(text: str) -> None:
    explained = explain(text)
    assert sorted(term for term, *_ in explained) == sorted(index_terms(text))
    cut = [(start, end) for _, kind, start, end in explained if kind != "part"]
    assert cut == sorted(cut)
    assert all(0 <= start < end <= len(text) for _, _, start, end in explained)


def _cut(texts: list[str]) -> list[list[str]]:
    """Return the terms of each text, sorted, as cuts_of tells them for all."""
    codes = match_joined(texts)
    forms = text_of(codes)
    cuts = cuts_of(codes)
    found = [(at, forms[at]) for at in cuts.singles.tolist()]
    found += [(at, forms[at : at + 2]) for at in cuts.doubles.tolist()]
    for at, word in zip(cuts.starts.tolist(), cuts.words, strict=True):
        assert forms[at : at + len(word)] == word
        found.append((at, word))
        found += [(at, word[n : n + size]) for size in (2, 3) for n in segment.inner_words([word], size)[1].tolist()]
    terms: list[list[str]] = [[] for _ in texts]
    for at, term in found:
        terms[forms.count(BORDER, 0, at)].append(term)
    for stream in cuts.streams:
        number = 0
        for term in stream:
            if term == BORDER:
                number += 1
            else:
                terms[number].append(term)
        assert number == len(texts)
    return [sorted(each) for each in terms]


@given(st.lists(mixed | han))
def test_many_texts_at_one_go_have_the_terms_of_each(texts: list[str]) -> None:
    assert _cut(texts) == [sorted(index_terms(text)) for text in texts]


@pytest.mark.usefixtures("user_words")
def test_odd_texts_at_one_go_have_the_terms_of_each() -> None:
    texts = ["建设5G基站", "", "𠮷野家的😀𠮷", "x" * 300 + "-abc", "\0光伏\0", "5G", "基站\udfff", "  "]
    assert _cut(texts) == [sorted(index_terms(text)) for text in texts]
