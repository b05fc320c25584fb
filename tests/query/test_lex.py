"""Are operators told from text, and is everything that is left valid syntax?"""

from __future__ import annotations

import re

import pytest

from indexer.query.lex import Kind, lex


def shape(query: str) -> str:
    """Write the tokens of a query: words as they are, phrases in brackets, operators by name."""
    written = []
    for token in lex(query)[0]:
        text = f"[{token.text}]" if token.kind == Kind.PHRASE else token.text
        operand = text if token.field is None else f"{token.field}={text}"
        written.append(operand if token.kind in (Kind.WORD, Kind.PHRASE) else token.kind)
    return " ".join(written)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words
        ("光伏　产业\n义乌", "光伏 产业 义乌"),
        ("R&D C++ a-b 2023-01-06 AT&T", "R&D C++ a-b 2023-01-06 AT&T"),
        ("ORACLE 或者 notable and or not", "ORACLE 或者 notable and or not"),
        ("http://a.com/x 注意：安全 10:30", "http://a.com/x 注意：安全 10:30"),
        # phrases
        ('"光伏 产业"', "[光伏 产业]"),
        ("“光伏” 「产业」 『义乌』 «a» ＂b＂", "[光伏] [产业] [义乌] [a] [b]"),
        ('“光伏" "产业”', "[光伏] [产业]"),
        ("「他说“好”」", "[他说“好”]"),
        ("“光伏”，“产业”？", "[光伏] ， [产业] ？"),
        ('"光伏""产业"', "[光伏] [产业]"),
        # operators
        ("光伏 OR 风电", "光伏 OR 风电"),
        ("光伏 或 风电 ＯＲ x", "光伏 OR 风电 OR x"),
        ("光伏 AND NOT 风电", "光伏 AND NOT 风电"),
        ("-风电 －光伏 −x", "NOT 风电 NOT 光伏 NOT x"),
        ('-"光伏" -(a b) -title:x', "NOT [光伏] NOT ( a b ) NOT title=x"),
        # groups
        ("（光伏 OR 风电）义乌", "( 光伏 OR 风电 ) 义乌"),
        ("((a) b)", "( ( a ) b )"),
        ("NOT(a b) OR(c d)", "NOT ( a b ) OR ( c d )"),
        ("吉瓦（GW） f(x)y", "吉瓦（GW） f(x)y"),
        ("(f(x) OR y)", "( f(x) OR y )"),
        # fields
        ("title:光伏 ｃｉｔｙ：义乌 Year:2020", "title=光伏 city=义乌 year=2020"),
        ('author:"王 芬" source:「义乌商报」', "author=[王 芬] source=[义乌商报]"),
        ("title:OR", "title=OR"),
    ],
)
def test_valid_syntax(query: str, expected: str) -> None:
    assert shape(query) == expected
    assert lex(query)[1] == []


@pytest.mark.parametrize(
    ("query", "expected", "notice"),
    [
        ('"光伏 产业', '"光伏 产业', "not closed"),
        ("关于“碳中和”的问题", "关于“碳中和”的问题", "touch a word"),
        ('“中国好声音"是哪年', '“中国好声音"是哪年', "touch a word"),
        ('"" 光伏 “ ”', "光伏", "between the quotation marks"),
        ("() 光伏 (())", "光伏", "between the parentheses"),
        ("(光伏", "光伏", "opening parenthesis"),
        ("光伏) a)b", "光伏 a b", "closing parenthesis"),
        ("f(a b", "f a b", "opening parenthesis"),
        ("OR 光伏", "OR 光伏", "OR has nothing"),
        ("光伏 OR", "光伏 OR", "OR has nothing"),
        ("光伏 或", "光伏 或", "或 has nothing"),
        ("NOT", "NOT", "NOT has nothing"),
        ("光伏 NOT OR", "光伏 NOT OR", "NOT has nothing"),
        ("(光伏 AND) 风电", "( 光伏 AND ) 风电", "AND has nothing"),
        ("foo:bar", "foo:bar", "foo is no field"),
        ("titel:光伏", "titel:光伏", "titel is no field"),
        ("Titel：“光伏”", "Titel： [光伏]", "Titel is no field"),
        ("title: 光伏", "title: 光伏", "title: needs"),
        ("title:(a b)", "title: ( a b )", "title: needs"),
    ],
)
def test_what_is_no_valid_syntax_is_text(query: str, expected: str, notice: str) -> None:
    assert shape(query) == expected
    assert any(notice in each for each in lex(query)[1])


@pytest.mark.parametrize("query", ["https://example.org/a:b", "10:30", "编者按：光伏", "PERC：", "比例3:2"])
def test_addresses_times_and_punctuation_are_no_fields(query: str) -> None:
    assert lex(query)[1] == []


@pytest.mark.parametrize("query", ["光伏 产业", "a  b ", "光伏 OR", "或", "ＯＲ 光伏 ＡＮＤ b", " ", "x_1 NOT y"])
def test_queries_without_signs_are_read_as_others_are(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = lex(query)
    monkeypatch.setattr("indexer.query.lex._PLAIN", re.compile("(?!)"))
    assert lex(query) == plain


def test_tokens_know_where_their_text_begins() -> None:
    tokens, _ = lex(' 光伏 title:"x" year:2020')
    assert [token.start for token in tokens] == [1, 11, 19]


@pytest.mark.parametrize(
    "unit", ["(", ")", '"', "「", "「a」b", "a(", "a)", "-", "-(", "NOT ", "OR ", "title:", "*", "“.”a"]
)
def test_time_is_linear(unit: str) -> None:
    """A hundred thousand signs and more would take minutes if anything were quadratic or recursive."""
    lex(unit * 40_000)
