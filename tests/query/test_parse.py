"""Does a query mean what its author means, and can nothing break it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import LimitExceeded, QueryError
from indexer.query.parse import parse
from indexer.query.syntax import And, Node, Not, Or, Phrase, Prefix, Term, Values, children, positive_leaves

PIECES = [
    *(
        "光伏",
        "产业",
        "新能源汽车",
        "B超",
        "2022年",
        "的",
        "R&D",
        "C++",
        "a-b",
        "http://a.b/c",
        "注意：安全",
        "？",
        "，",
    ),
    *(
        "OR",
        "AND",
        "NOT",
        "或",
        "-",
        "－",
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "「",
        "」",
        "*",
        "＊",
        ":",
        "：",
        " ",
        "　",
    ),
    *(
        "title:",
        "author:",
        "city：",
        "year:",
        "source:",
        "foo:",
        "2019..2023",
        "..",
        "unknown",
        "\0",
        "\ud800",
        "\u200b",
    ),
]
queries = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=25).map("".join) | st.text(max_size=60)


def node(query: str) -> Node | None:
    return parse(query).node


def words(*texts: str, field: str | None = None) -> Node:
    return And(tuple(Term(text, field) for text in texts))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("光伏", Term("光伏")),
        ("光伏 产业", words("光伏", "产业")),
        ("光伏 AND 产业", words("光伏", "产业")),
        ("光伏光伏", Term("光伏")),
        ("新能源汽車", words("新能源", "汽车")),
        ("《战国无双3》，谁？", words("战国", "无双", "3", "谁")),
        ("2022年B超", words("2022年", "b超")),
        ('"光伏，产业"', Phrase("光伏,产业")),
        ("“後\n光”", Phrase("后光")),
        ('"，"', Phrase(",")),
        ("光*", Prefix("光")),
        ("KW＊", Prefix("kw")),
        ("光伏产*", Phrase("光伏产")),
        ("title:光* ", Prefix("光", "title")),
        ("title:光伏产业", words("光伏", "产业", field="title")),
        ('title:"光伏"', Phrase("光伏", "title")),
        ("author:王芬芬", Term("王芬芬", "author")),
        ("-光伏 产业", And((Not(Term("光伏")), Term("产业")))),
        ("NOT NOT 光伏", Term("光伏")),
        ("NOT -光伏", Term("光伏")),
        ("-新能源汽车", And((Not(words("新能源", "汽车")),))),
        ("a OR b c", Or((Term("a"), words("b", "c")))),
        ("a OR b OR c", Or((Term("a"), Term("b"), Term("c")))),
        ("(a OR b) c", And((Or((Term("a"), Term("b"))), Term("c")))),
        ("(a b) c", words("a", "b", "c")),
        ("a OR -b c", Or((Term("a"), And((Not(Term("b")), Term("c")))))),
        ("-(a OR b)", And((Not(Or((Term("a"), Term("b")))),))),
    ],
)
def test_meaning(query: str, expected: Node) -> None:
    parsed = parse(query)
    assert parsed.node == expected
    assert parsed.notices == ()


@pytest.mark.parametrize(
    ("query", "field", "values"),
    [
        ("city:义乌", "city", ("义乌",)),
        ('city:"浙江/金华/义乌"', "city", ("浙江/金华/义乌",)),
        ("source：「義烏商報」", "source", ("義烏商報",)),
        ("city:未知", "city", ("unknown",)),
        ("city:不详", "city", ("unknown",)),
        ("year:２０２０", "year", ("2020",)),
        ("year:2020年", "year", ("2020",)),
        ("year:2019..2021", "year", ("2019", "2020", "2021")),
        ("year:2020..2020", "year", ("2020",)),
        ("year:2019..", "year", ("2019..",)),
        ("year:..2023", "year", ("..2023",)),
        ("year:Unknown", "year", ("unknown",)),
        ("year:未知", "year", ("unknown",)),
    ],
)
def test_facet_fields(query: str, field: str, values: tuple[str, ...]) -> None:
    assert node(query) == Values(field, values)


@pytest.mark.parametrize("query", ["", " \n　", "\0", "\u200b"])
def test_an_empty_query_asks_for_everything(query: str) -> None:
    assert parse(query).node is None


@pytest.mark.parametrize("query", ["？", "()", '""', "-？", "《》 OR ……", "*", "-", "((", "title:，", "😀"])
def test_a_query_without_anything_searchable_matches_nothing(query: str) -> None:
    parsed = parse(query)
    assert parsed.node == Or(())
    assert parsed.notices
    assert parse(parsed.understood).node == Or(())


@pytest.mark.parametrize("query", ["光伏 -？", "光伏 title:《》", "光伏 author:，"])
def test_operators_on_punctuation_are_left_out_with_a_notice(query: str) -> None:
    parsed = parse(query)
    assert parsed.node == Term("光伏")
    assert any("left out" in notice for notice in parsed.notices)


@pytest.mark.parametrize("query", ["*a*", "a**", "光*伏", "C++*"])
def test_a_star_counts_only_at_the_end_of_a_word(query: str) -> None:
    assert not any(isinstance(leaf, Prefix) and "*" in leaf.text for leaf in positive_leaves(node(query)))


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("year:abc", 5),
        ("光伏 -year:2023..2019", 9),
        ("year:..", 5),
        ("year:20", 5),
        ('year:"１９"', 6),
        ("year:2020-2021", 5),
    ],
)
def test_an_impossible_year_is_an_error_with_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError) as error:
        parse(query)
    assert error.value.position == position


@pytest.mark.parametrize(
    ("query", "setting"),
    [
        ("光" * 257, "query_length"),
        (" ".join("a" * 33), "query_clauses"),
        ("a OR " * 16 + "b OR c", "query_clauses"),
        ("(a " * 9 + ")" * 9, "query_depth"),
    ],
)
def test_limits_name_their_setting(query: str, setting: str) -> None:
    with pytest.raises(LimitExceeded, match=setting) as error:
        parse(query)
    assert error.value.setting == setting


@pytest.mark.parametrize(
    "query",
    ["光" * 256, " ".join("a" * 32), "(a " * 8 + ")" * 8, "(" * 256, '"' * 256, "合作开发的公司" * 36, "NOT " * 31],
)
def test_limits_count_what_is_typed_not_what_it_is_cut_into(query: str) -> None:
    assert parse(query).node is not None


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_QUERY_CLAUSES", "2")
    with pytest.raises(LimitExceeded, match="3 parts and operators, at most 2"):
        parse("a b c")


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("光伏 产业", "光伏产业"),
        ("光伏 LED 产业", "光伏 led 产业"),
        ("《光伏》产业？", "光伏》产业"),
        ("光伏 -风电 city:义乌 产业 year:2020", "光伏产业"),
        ("title:光伏 author:王", ""),
        ("光伏 OR 产业", ""),
        ("光伏 -(a b)", ""),
        ('"光伏" 产业', "光伏产业"),
        ("？", ""),
    ],
)
def test_the_whole_is_the_plain_words_as_typed(query: str, whole: str) -> None:
    assert parse(query).whole == whole


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("  光伏　 産業 ", "光伏 産業"),
        ("“後　光” OR(a b)", "“後　光” OR (a b)"),
        ("（ 光伏 ）義烏", "（光伏） 義烏"),
        ("光伏) (风电", "光伏 风电"),
        ("－光伏 city：义乌", "-光伏 city：义乌"),
    ],
)
def test_what_is_understood_is_shown_as_typed(query: str, understood: str) -> None:
    assert parse(query).understood == understood


@pytest.mark.parametrize("query", ["光伏 OR -() OR", "光伏 AND -() OR 风", "光伏 OR -()"])
def test_a_minus_sign_without_operand_is_a_word_in_what_is_understood_too(query: str) -> None:
    parsed = parse(query)
    assert parse(parsed.understood).node == parsed.node


@given(queries)
def test_nothing_but_its_own_errors_is_raised(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError as error:
        assert error.position is not None and 0 <= error.position <= len(query)
    except LimitExceeded:
        pass
    else:
        assert parse(parsed.understood).node == parsed.node
        assert parsed.node is None or parsed.node == Or(()) or is_tidy(parsed.node)


def is_tidy(tree: Node) -> bool:
    """Tell whether no text is empty, nothing but Or(()) is empty and no And stands directly in an And."""
    if isinstance(tree, (Term, Phrase, Prefix)):
        return tree.text.strip() == tree.text != ""
    if isinstance(tree, Values):
        return bool(tree.values)
    nested = any(type(part) is type(tree) for part in children(tree))
    return bool(children(tree)) and not nested and all(map(is_tidy, children(tree)))


@given(
    st.sampled_from(["光伏", '"光伏，"', "新能源汽车", "title:光", "R&D", "光*"]),
    st.sampled_from(["义乌", "（a OR b）"]),
)
def test_an_exclusion_stays_outside_of_alternatives(excluded: str, wanted: str) -> None:
    for query in (
        f"{wanted} -{excluded}",
        f"{wanted} NOT {excluded}",
        f"-{excluded} {wanted}",
        f"{wanted} AND NOT({excluded})",
    ):
        tree = node(query)
        assert isinstance(tree, And)
        assert Not(node(excluded)) in tree.parts  # type: ignore[arg-type]
