"""What must every engine do? One suite: a subclass says with `open` how its engine comes to its articles.

Expectations are computed here by reading every article, or taken from the engine in memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer.analysis.fold import match_text
from indexer.engine.base import Engine, Matches, Request
from indexer.errors import WensouError
from indexer.models import FACETS, Article
from indexer.query.syntax import And, Node, Not, Or, Phrase, Prefix, Term, Values
from tests.engine.memory import MemoryEngine

WORDS = (
    "义乌 义乌市 光伏 光伏产业 产业 新能源 新能源汽车 汽车 能源 中学 高中学生 发展 发展中国家 中国 国家 的 了 一 龍 里 "
    "裡面 5G R&D LED 40.13% 2022年 2022 年 B超 𠮷野家 ， 。 ？ 、 “ ”"
).split(" ")
PLACES = ((), ("浙江",), ("浙江", "金华", "义乌"), ("浙江", "杭州"), ("北京", "北京"))

Open = Callable[[Sequence[Sequence[Article]]], Engine]


def article(number: int, **fields: object) -> Article:
    """An article of no more than it is told."""
    given = {"id": f"id-{number:03}", "title": None, "text": "", "file": "a.txt", "ordinal": number + 1}
    return Article(**({"lines": (1, 1)} | given | fields))  # type: ignore[arg-type]


def random_articles(count: int, seed: int = 1) -> list[Article]:
    """Articles of few words, so that everything occurs everywhere, in all fields."""
    chance = random.Random(seed)

    def text(most: int) -> str:
        return "".join(chance.choices(WORDS, k=chance.randrange(most)))

    return [
        article(
            number,
            title=text(5) or None,
            kicker=text(3) or None,
            subtitle=text(3) or None,
            text="\n".join(text(20) for _ in range(chance.randrange(4))),
            captions=tuple(text(4) for _ in range(chance.randrange(3))),
            authors=tuple(chance.sample(("谢小珍", "王小珍", "John Smith"), chance.randrange(3))),
            file=f"{chance.randrange(5)}.txt",
            place=chance.choice(PLACES),
            source=chance.choice((None, "义乌商报", "人民日报")),
            **chance.choice(({}, {"year": 2020, "date": "2020-05-17"}, {"year": 2023, "date": "2023-01-06"})),
        )
        for number in range(count)
    ]


def parts(one: Article, field: str | None = None) -> list[str]:
    """The parts of an article in match form."""
    every = [one.title] if field == "title" else [one.title, one.kicker, one.subtitle, one.text, *one.captions]
    return [match_text(part) for part in every if part]


def holding(articles: Iterable[Article], text: str, field: str | None = None) -> set[str]:
    return {one.id for one in articles if any(text in part for part in parts(one, field))}


def found(matches: Matches) -> set[str]:
    return {one.id for one, _ in matches.hits}


def ids(matches: Matches) -> list[str]:
    return [one.id for one, _ in matches.hits]


def random_text(chance: random.Random, articles: Sequence[Article]) -> str:
    """A piece of up to eight characters of some article."""
    while True:
        part = chance.choice(parts(chance.choice(articles)) or [""])
        start = chance.randrange(len(part) + 1)
        if piece := part[start : start + chance.randint(1, 8)]:
            return piece


def random_leaf(chance: random.Random) -> Node:
    field = chance.choice((None, None, None, "title", "author"))
    if field == "author":
        return chance.choice((Term("小珍", field), Phrase("smith", field), Prefix("谢", field), Term("谢小珍", field)))
    kind = chance.choice((Term, Term, Phrase, Prefix))
    text = match_text(chance.choice(WORDS))
    return kind(text, field) if kind is Phrase or text.isalnum() else Phrase(text, field)


def random_tree(chance: random.Random, depth: int = 3) -> Node:
    kind = chance.choice(("leaf", "leaf", "and", "or", "not", "values")) if depth else "leaf"
    if kind == "values":
        return Values("city", tuple(chance.sample(["/".join(place) or "unknown" for place in PLACES], 2)))
    if kind == "not":
        return And((random_tree(chance, depth - 1), Not(random_tree(chance, depth - 1))))
    if kind == "leaf":
        return random_leaf(chance)
    both = tuple(random_tree(chance, depth - 1) for _ in range(chance.randint(0, 3)))
    return And(both) if kind == "and" else Or(both)


class EngineContract:
    """Run against an engine; `open` opens one over batches of articles that were written one after the other."""

    @pytest.fixture
    def open(self) -> Open:
        raise NotImplementedError

    @pytest.fixture
    def articles(self) -> list[Article]:
        return random_articles(60)

    @pytest.fixture
    def engine(self, open: Open, articles: list[Article]) -> Engine:
        return open([articles[:25], articles[25:40], articles[40:]])

    # What matches.

    def test_phrases_find_what_grep_finds(self, engine: Engine, articles: list[Article]) -> None:
        chance = random.Random(2)
        for text in {random_text(chance, articles) for _ in range(150)} | {"的", "𠮷", "没有的字"}:
            for field in (None, "title"):
                matches = engine.search(Request(Phrase(text, field), limit=100))
                assert found(matches) == holding(articles, text, field), (text, field)
                assert matches.total == len(matches.hits)

    def test_no_phrase_crosses_the_border_of_a_part(self, open: Open) -> None:
        one = article(0, title="义乌", kicker="光伏", subtitle="产业", text="汽车", captions=("中国", "国家"))
        engine = open([[one, article(1, title="能源", text="发展")]])
        for left, right in (("乌", "光"), ("伏", "产"), ("业", "汽"), ("车", "中"), ("国", "国"), ("家", "能")):
            assert engine.search(Request(Phrase(left + right))).total == 0, left + right

    def test_han_terms_match_however_the_text_was_cut(self, engine: Engine, articles: list[Article]) -> None:
        for text in ("学生", "中学", "能源汽", "源", "伏产", "展中国家", "光伏产业", "野家"):
            assert found(engine.search(Request(Term(text), limit=100))) == holding(articles, text), text

    def test_latin_terms_are_whole_words_where_there_are_such_words(self, open: Open) -> None:
        engine = open([[article(0, text="5g 网络"), article(1, text="15gb 内存")], [article(2, text="wifi与router")]])
        assert found(engine.search(Request(Term("5g")))) == {"id-000"}
        assert found(engine.search(Request(Term("oute")))) == {"id-002"}

    def test_numbers_match_with_and_without_the_space_before_their_word(self, open: Open) -> None:
        engine = open([[article(0, text="2022年"), article(1, text="2022 年"), article(2, text="2023年")]])
        assert found(engine.search(Request(Term("2022年")))) == {"id-000", "id-001"}

    def test_random_trees_match_what_the_engine_in_memory_matches(
        self, engine: Engine, articles: list[Article]
    ) -> None:
        reference, chance = MemoryEngine(articles), random.Random(3)
        for _ in range(150):
            filters = {"year": frozenset(("2020", "unknown"))} if chance.random() < 0.3 else {}
            request = Request(random_tree(chance), filters, limit=100)
            ours, theirs = engine.search(request), reference.search(request)
            assert found(ours) == found(theirs), request
            assert ours.total == theirs.total and not ours.incomplete
            for facet in FACETS:
                assert dict(ours.counts[facet]) == dict(theirs.counts[facet]), (request, facet)

    def test_nothing_matches_no_alternative_and_everything_matches_no_condition(
        self, engine: Engine, articles: list[Article]
    ) -> None:
        assert engine.search(Request(Or(()))).total == 0
        assert engine.search(Request(None)).total == len(articles)
        assert engine.search(Request(And((Not(Term("的")),)), limit=100)).total == len(articles) - len(
            holding(articles, "的")
        )

    # What is counted.

    def test_the_counts_of_a_facet_ignore_its_own_filter(self, engine: Engine, articles: list[Article]) -> None:
        filters = {"city": frozenset(("浙江/杭州",)), "year": frozenset(("2020",))}
        counts = engine.search(Request(None, filters)).counts
        in_2020 = [one for one in articles if one.year == 2020]
        in_hangzhou = [one for one in articles if one.place == ("浙江", "杭州")]
        assert counts["city"].get("北京/北京", 0) == sum(one.place == ("北京", "北京") for one in in_2020)
        assert counts["year"].get("unknown", 0) == sum(one.year is None for one in in_hangzhou)
        assert sum(counts["source"].values()) == len([one for one in in_2020 if one in in_hangzhou])

    def test_a_filter_on_a_value_that_no_article_has_finds_nothing(self, engine: Engine) -> None:
        assert engine.search(Request(None, {"source": frozenset(("没有",))})).total == 0

    # What comes first.

    def test_the_whole_query_in_a_title_comes_first_then_anywhere_in_one_piece(self, open: Open) -> None:
        apart = article(0, title="产业与光伏", text="光伏" * 9 + "。" + "产业" * 9)
        together = article(1, text="光伏产业" + "很长的正文。" * 50)
        in_title = article(2, title="义乌的光伏产业", text="别的正文。" * 50)
        engine = open([[apart, together], [in_title]])
        words = And((Term("光伏"), Term("产业")))
        assert ids(engine.search(Request(words, whole="光伏产业"))) == ["id-002", "id-001", "id-000"]

    def test_newer_ones_come_first_among_equals_only(self, open: Open) -> None:
        old = article(0, text="光伏发展。", date="2019-01-01", year=2019)
        new = article(1, text="光伏发展。", date="2023-05-01", year=2023)
        better = article(2, text="光伏光伏。", date="2001-01-01", year=2001)
        engine = open([[old, better], [new]])
        assert ids(engine.search(Request(Term("光伏")))) == ["id-002", "id-001", "id-000"]

    def test_dates_sort_both_ways_with_undated_articles_last(self, open: Open) -> None:
        dates = ["2023-01-06", None, "2020-05-17", "2021", "2020-05-18"]
        dated = [article(number, date=date, year=int(date[:4]) if date else None) for number, date in enumerate(dates)]
        engine = open([dated[:2], dated[2:]])
        newest = ["id-000", "id-003", "id-004", "id-002", "id-001"]
        assert ids(engine.search(Request(None, sort="newest"))) == newest
        assert ids(engine.search(Request(None, sort="oldest"))) == [*newest[-2::-1], newest[-1]]
        assert ids(engine.search(Request(None))) == newest

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_order_and_scores_do_not_depend_on_how_articles_were_written(
        self, open: Open, articles: list[Article], sort: str
    ) -> None:
        once, bit_by_bit = open([articles]), open([articles[at : at + 7] for at in range(0, len(articles), 7)])
        for text in ("光伏", "的", "能源汽车", "2022年"):
            request = Request(Or((Term(text), Term("中国"))), sort=sort, limit=100, whole=f"{text}中国")  # type: ignore[arg-type]
            first, second = once.search(request), bit_by_bit.search(request)
            assert ids(first) == ids(second)
            assert [score for _, score in first.hits] == pytest.approx([score for _, score in second.hits])

    def test_pages_join_without_gaps(self, engine: Engine) -> None:
        query = Or((Term("光伏"), Term("的"), Term("中国")))
        whole = ids(engine.search(Request(query, limit=100, whole="光伏的中国")))
        pages = [ids(engine.search(Request(query, offset=at, limit=7, whole="光伏的中国"))) for at in range(0, 70, 7)]
        assert [one for page in pages for one in page] == whole
        assert engine.search(Request(query, limit=0)).total == len(whole)

    # What else is asked.

    def test_articles_come_back_as_they_were_given(self, engine: Engine, articles: list[Article]) -> None:
        assert list(engine.iterate()) == sorted(articles, key=lambda one: (one.file, one.ordinal))
        assert engine.fetch("id-007") == articles[7]
        assert engine.fetch("nothing") is None
        assert set(engine.titles()) == {(one.id, one.title) for one in articles if one.title}

    def test_siblings_are_the_articles_of_a_file_in_order(self, engine: Engine, articles: list[Article]) -> None:
        expected = [(one.id, one.title, one.ordinal) for one in articles if one.file == "2.txt"]
        assert list(engine.siblings("2.txt")) == expected
        assert list(engine.siblings("nothing.txt")) == []
        near = range(expected[1][2], expected[2][2] + 1)
        assert list(engine.siblings("2.txt", near)) == [one for one in expected if one[2] in near] != expected

    def test_values_are_counted_over_all_articles(self, engine: Engine, articles: list[Article]) -> None:
        reference = MemoryEngine(articles)
        for facet in FACETS:
            assert dict(engine.values(facet)) == dict(reference.values(facet))

    def test_words_are_counted_with_their_articles(self, engine: Engine, articles: list[Article]) -> None:
        asked = ["光伏", "中国", "led", "没有"]
        counts = engine.frequencies(asked)
        as_words = MemoryEngine(articles).frequencies(asked)
        for term in asked:
            assert as_words[term] <= counts[term] <= len(holding(articles, term))
        vocabulary = engine.vocabulary(10)
        assert len(vocabulary) == 10
        assert vocabulary == sorted(vocabulary, key=lambda each: (-each[1], each[0]))
        assert all(len(term) >= 2 and engine.frequencies([term])[term] == count for term, count in vocabulary)

    def test_many_threads_get_the_same_answers(self, engine: Engine) -> None:
        requests = [Request(Or((Term(text), Phrase("的"))), limit=20) for text in ("光伏", "中国", "义乌", "能源")] * 8
        expected = [ids(engine.search(request)) for request in requests]
        with ThreadPoolExecutor(16) as threads:
            assert [ids(each) for each in threads.map(engine.search, requests)] == expected

    def test_an_engine_knows_its_size_and_refuses_after_closing(self, engine: Engine, articles: list[Article]) -> None:
        assert engine.statistics().articles == len(articles)
        assert engine.current()
        engine.close()
        with pytest.raises(WensouError):
            engine.search(Request(None))

    def test_an_engine_may_be_empty(self, open: Open) -> None:
        engine = open([])
        assert engine.search(Request(Term("光伏"), whole="光伏")).total == 0
        assert engine.search(Request(None)).hits == ()
        assert list(engine.iterate()) == []
        assert not engine.vocabulary(5)
        assert engine.frequencies(["光伏"]) == {"光伏": 0}
