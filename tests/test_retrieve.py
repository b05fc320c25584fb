"""Does a request become what a user expects to see? Over an engine in memory; every engine must give the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer
from indexer.analysis.fold import match_text
from indexer.errors import LimitExceeded, QueryError, WensouError
from indexer.models import Article, Results
from indexer.retrieve import Index
from tests.engine.memory import Shelf

YIWU = Article(
    "yiwu", "义乌光伏产业领跑", "义乌的PERC电池产量大。\n2020年，光伏产业在义乌市建成新工厂。", "a.txt", 1, (1, 3),
    place=("浙江", "金华", "义乌"), city="义乌", year=2020, date="2020-05-01", source="义乌商报",
    captions=("图为光伏电站",), authors=("王小明",),
)  # fmt: skip
JIAXING = Article(
    "jiaxing", "嘉興裡的光伏", "嘉興發展光伏後，客商前來參觀。", "a.txt", 2, (4, 6),
    place=("浙江", "嘉兴"), city="嘉兴", year=2021, date="2021", source="嘉兴日报",
)  # fmt: skip
CHONGQING = Article(
    "chongqing", None, "重庆风电，没有别的产业。", "b.txt", 1, (1, 1), place=("重庆", "重庆"), city="重庆"
)
UNKNOWN = Article("unknown", "Café & R&D", "The PERC cell. 皇后与后来", "c.txt", 1, (1, 1))
ARTICLES = (YIWU, JIAXING, CHONGQING, UNKNOWN)


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index("memory", opener=Shelf(*ARTICLES).open) as opened:
        yield opened


def ids(results: Results) -> list[str]:
    return [hit.article.id for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("光伏", {"yiwu", "jiaxing"}),
        ("光伏 产业", {"yiwu"}),
        ("電池", {"yiwu"}),
        ("伏产", {"yiwu"}),
        ("的", {"yiwu", "jiaxing", "chongqing"}),
        ("perc", {"yiwu", "unknown"}),
        ("r&d", {"unknown"}),
        ('"后"', {"jiaxing", "unknown"}),
        ('"光伏后"', {"jiaxing"}),
        ('"光伏电"', {"yiwu"}),
        ("光伏 -义乌", {"jiaxing"}),
        ("产业 NOT 光伏", {"chongqing"}),
        ("风电 或 电站", {"yiwu", "chongqing"}),
        ("光*", {"yiwu", "jiaxing"}),
        ("title:光伏", {"yiwu", "jiaxing"}),
        ("author:王小明", {"yiwu"}),
        ("city:浙江", {"yiwu", "jiaxing"}),
        ("光伏 city:嘉兴市", {"jiaxing"}),
        ("year:2021..2030", {"jiaxing"}),
        ("source:義烏商報", {"yiwu"}),
        ("year:unknown", {"chongqing", "unknown"}),
        ("city:上海", set()),
        ("光伏 -city:义乌", {"jiaxing"}),
        ("", {"yiwu", "jiaxing", "chongqing", "unknown"}),
        ("！？", set()),
    ],
)
def test_what_a_query_finds(index: Index, query: str, found: set[str]) -> None:
    results = index.search(query)
    assert set(ids(results)) == found
    assert (results.total, results.relaxed) == (len(found), False)


def test_an_empty_query_is_everything_newest_first(index: Index) -> None:
    assert ids(index.search("")) == ["jiaxing", "yiwu", "chongqing", "unknown"]
    assert ids(index.search("", sort="oldest"))[:2] == ["yiwu", "jiaxing"]


def test_marks_lie_on_the_words_as_printed(index: Index) -> None:
    (hit,) = index.search("嘉兴 光伏后").hits
    assert hit.article.title is not None
    assert [hit.article.title[a:b] for a, b in hit.title_spans] == ["嘉興", "光伏"]
    assert [[s.text[a:b] for a, b in s.spans] for s in hit.snippets] == [["嘉興", "光伏後"]]


def test_the_whole_query_is_marked_as_one(index: Index) -> None:
    (hit,) = index.search("PERC cell", match="all").hits
    assert [s.text[a:b] for s in hit.snippets for a, b in s.spans] == ["PERC cell"]


def test_where_no_article_has_all_words_the_best_partial_ones_are_shown_and_said(index: Index) -> None:
    results = index.search("义乌 风电 光伏")
    assert results.relaxed and ids(results)[0] == "yiwu" and results.total == 3
    strict = index.search("义乌 风电 光伏", match="all")
    assert (strict.relaxed, strict.total) == (False, 0)
    loose = index.search("义乌 光伏", match="any")
    assert (loose.relaxed, loose.total) == (False, 2)


@pytest.mark.parametrize("query", ["\ufffd\ufffe", "鲸鱼 长颈鹿", "甲乙丙 丁戊己"])
def test_where_nothing_is_found_nothing_was_relaxed(index: Index, query: str) -> None:
    results = index.search(query)
    assert (results.total, results.relaxed, results.hits) == (0, False, ())


def test_a_question_as_typed_finds_its_article(index: Index) -> None:
    results = index.search("义乌市的光伏产业是哪一年建成新工厂的？")
    assert results.relaxed and ids(results)[0] == "yiwu"


def test_counts_of_a_facet_ignore_its_own_selection(index: Index) -> None:
    facets = index.search("光伏", city=["义乌"], year=[2021]).facets
    assert {v.value: v.count for v in facets["city"]} == {
        "浙江": 1,
        "浙江/嘉兴": 1,
        "浙江/金华": 0,
        "浙江/金华/义乌": 0,
    }
    assert [v.value for v in facets["city"] if v.selected] == ["浙江/金华/义乌"]
    assert [(v.value, v.count, v.selected) for v in facets["year"]] == [("2020", 1, False), ("2021", 0, True)]
    assert [(v.value, v.count) for v in facets["source"]] == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"city": ["浙江"]}, {"yiwu", "jiaxing"}),
        ({"city": "义乌市"}, {"yiwu"}),
        ({"city": ["义乌", "嘉兴"], "year": 2021}, {"jiaxing"}),
        ({"city": ["unknown"]}, {"unknown"}),
        ({"city": ["上海"]}, set()),
        ({"year": ["unknown", 2020]}, {"yiwu", "chongqing", "unknown"}),
        ({"year_from": 2021}, {"jiaxing"}),
        ({"year_to": 2020}, {"yiwu"}),
        ({"source": ["嘉兴日报", "义乌商报"]}, {"yiwu", "jiaxing"}),
    ],
)
def test_filters(index: Index, options: dict[str, Any], found: set[str]) -> None:
    assert set(ids(index.search("", **options))) == found


@pytest.mark.parametrize(
    ("facet", "names"),
    [
        ("city", {"義烏": ("浙江/金华/义乌",), "浙江": ("浙江",), "不详": ("unknown",), "上海": ("上海",)}),
        ("year", {"2020..": ("2020", "2021"), "2021年": ("2021",), "1999": ("1999",), "..1999": ()}),
        ("source", {"嘉興日報": ("嘉兴日报",)}),
    ],
)
def test_a_name_tells_which_values_it_selects(index: Index, facet: str, names: dict[str, tuple[str, ...]]) -> None:
    assert index.chosen(facet, names) == names
    selected = [value.value for value in index.search("", **{facet: list(names)}).facets[facet] if value.selected]
    assert sorted(selected) == sorted({value for values in names.values() for value in values})


def test_pages_join_without_gaps(index: Index) -> None:
    pages = [ids(index.search("", page=number, size=1)) for number in (1, 2, 3, 4, 5)]
    assert pages == [["jiaxing"], ["yiwu"], ["chongqing"], ["unknown"], []]


@pytest.mark.parametrize(
    ("options", "error", "parameter"),
    [
        ({"size": 0}, QueryError, "size"),
        ({"size": 101}, LimitExceeded, "size"),
        ({"page": 1_001}, LimitExceeded, "page"),
        ({"sort": "best"}, QueryError, "sort"),
        ({"year": ["abc"]}, QueryError, "year"),
        ({"query": "year:abc"}, QueryError, "q"),
        ({"query": "光" * 300}, LimitExceeded, "q"),
    ],
)
def test_bad_requests(index: Index, options: dict[str, Any], error: type[Exception], parameter: str) -> None:
    with pytest.raises(error) as caught:
        index.search(**options)
    assert getattr(caught.value, "parameter") == parameter  # noqa: B009 - both errors have it, their base does not


@pytest.mark.parametrize(
    ("query", "better"),
    [("光扶", "光伏"), ("义务市", "义乌市"), ("jiaxing", "嘉興"), ("光伏", None), ("不存在", None), ("perk", "PERC")],
)
def test_did_you_mean(index: Index, query: str, better: str | None) -> None:
    assert index.search(query).did_you_mean == better


def test_a_correction_finds_something_within_the_filters(index: Index) -> None:
    assert index.search("光扶", city=["重庆"]).did_you_mean is None


def test_suggestions_are_shown_as_printed(index: Index) -> None:
    assert [(s.value, s.kind) for s in index.suggest("yw")] == [
        ("义乌", "place"),
        ("义乌市", "term"),
        ("义乌光伏产业领跑", "title"),
    ]
    assert [s.value for s in index.suggest("per")] == ["PERC"]


def test_a_suggested_word_is_one_word_however_widely_it_was_printed() -> None:
    notices = [Article(f"n{n}", "公　\n告", "本公司发布公告如下。", "n.txt", n, (1, 2)) for n in (1, 2)]
    with Index("memory", opener=Shelf(*notices).open) as opened:
        suggested = [each for each in opened.suggest("gonggao") if each.kind == "term"]
        assert [(each.value, each.count) for each in suggested] == [("公告", 2)]


def test_similar_articles_leave_out_the_article_itself(index: Index) -> None:
    assert [hit.article.id for hit in index.similar("jiaxing")] == ["yiwu"]
    assert index.similar("nothing") == ()


def test_an_article_is_marked_by_the_words_of_a_query(index: Index) -> None:
    found = index.highlight(YIWU, "title:光伏 电站 -义乌")
    assert [YIWU.text[a:b] for a, b in found.text] == []
    assert (found.title, found.captions) == (((2, 4),), (((4, 6),),))


def test_each_index_cuts_by_its_own_user_words_whichever_was_opened_last(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "建设5G基站"}\n{"text": "5G手机，基站另说"}\n', encoding="utf-8")
    (tmp_path / "words.txt").write_text("5G基站\n", encoding="utf-8")
    found = {"": 2, "words.txt": 1}
    for name in found:
        dictionary = tmp_path / name if name else None
        indexer.build_index([tmp_path / "a.jsonl"], index=tmp_path / f"index {name}", dictionary=dictionary)
    opened = {name: Index(tmp_path / f"index {name}") for name in found}
    for name in (*found, *reversed(found)):
        assert opened[name].search("5G基站", match="all").total == found[name]
        marks = opened[name].highlight(Article("x", None, "5G基站，基站", "a.txt", 1, (1, 1)), "5G基站").text
        assert len(marks) == found[name]
    for each in opened.values():
        each.close()


def test_articles_are_read_one_by_one(index: Index) -> None:
    assert index.article("yiwu") == YIWU
    assert index.article("nothing") is None
    assert list(index.articles()) == [YIWU, JIAXING, CHONGQING, UNKNOWN]
    assert index.siblings("a.txt") == [("yiwu", YIWU.title, 1), ("jiaxing", JIAXING.title, 2)]
    assert index.statistics().articles == 4
    assert (list(index.check()), index.sources()) == ([], ())


def test_an_open_index_moves_to_a_newer_generation_by_itself() -> None:
    shelf = Shelf(YIWU)
    with Index("memory", opener=shelf.open) as opened:
        under_way = opened.articles()
        assert next(under_way) == YIWU
        shelf.publish(JIAXING, CHONGQING)
        assert opened.search("").total == 2
        assert [s.kind for s in opened.suggest("jiaxing")] == ["place", "title"]
        assert list(under_way) == []
    assert all(engine.closed for engine in shelf.opened)
    with pytest.raises(WensouError, match="closed"):
        opened.search("")


def test_the_default_engine_is_the_embedded_one(tmp_path: Path) -> None:
    with pytest.raises(WensouError, match="index"):
        Index(tmp_path / "none")


WORDS = st.sampled_from(
    ["光伏", "伏产", "后", "義烏", '"产业"', "-光伏", "NOT 风电", "OR", "或", "(", ")", "perc", "的", "*"]
)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, max_size=5), excluded=st.sampled_from(["光伏", "后", "产业", "perc"]))
def test_exclusion_never_leaks_and_marks_lie_on_the_text(index: Index, words: list[str], excluded: str) -> None:
    query = " ".join([*words, f"-{excluded}"]) if "OR" not in words and "或" not in words else f"-{excluded}"
    for hit in index.search(query).hits:
        article = hit.article
        parts = [article.title or "", article.text, *article.captions]
        assert not any(match_text(excluded) in match_text(part) for part in parts)
        for snippet in hit.snippets:
            assert all(snippet.text[start:end].strip() for start, end in snippet.spans)


@pytest.mark.parametrize("wrong", [None, 5, b"yiwu", ["yiwu"], ""])
def test_what_is_no_id_is_no_article(index: Index, wrong: Any) -> None:
    assert (index.article(wrong), index.similar(wrong)) == (None, ())


@pytest.mark.parametrize("wrong", [None, 5, b"x", ["x"]])
def test_what_is_no_text_is_no_query(index: Index, wrong: Any) -> None:
    with pytest.raises(QueryError, match="text"):
        index.search(wrong)
    with pytest.raises(QueryError, match="text"):
        index.suggest(wrong)


def test_numbers_of_thousands_of_digits_are_told_so(index: Index) -> None:
    with pytest.raises(QueryError, match="digits"):
        index.search(year=[10**5000])
