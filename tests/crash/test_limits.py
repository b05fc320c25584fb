"""Does every query end in time, or with an error that names the limit?

Times are asserted here as an exception: that a query takes one second at most is a promise, not a matter of speed. Budgets are cut short
by a setting where one wants to see what happens then.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from indexer.settings import SETTINGS
from tests.conftest import SEEDS
from web import create_app

SECOND = 1.0
# What a limit does not bound: opening results, and a machine that does other things, too.
SLACK = 2.0
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就"
NASTY = (
    "*a*", "[a TO z]", "abcdefgh~9", "w*", "a* b* c* d*", "光* OR 业* OR 的* OR 一* OR 在* OR 中* OR 国* OR 发* OR 展*", "的", '"的"', "的 一 是 了 在",
    " OR ".join(f'"{char}"' for char in COMMON[:16]), " OR ".join(f"{char}*" for char in COMMON[:16]), " ".join(COMMON), "NOT 的", " ".join(f"-{char}" for char in COMMON[:16]),
    "的" * 256, "的一" * 128, "的" * 255 + "*", '"' + "的" * 254 + '"', "a" * 256, "ab" * 128, "1" * 256, "(((((((的)))))))", "title:的 OR title:一", "author:a*", "author:的",
    "city:义乌 的", "year:1950..2020 的", "year:0000..9999", "source:x OR source:y", "-光 " * 31, "。" * 256, "(" * 256, ") (" * 80, '"' * 256, "NOT " * 31 + "光", "a-" * 128, "٣" * 256,
    "光付 产业 义务", "\U0002a6d6" * 128, "e\u0301" * 128, "１" * 256, "C++ R&D 5G", "*" * 256, ":" * 256, "title:" * 42, "a:b " * 60,
)  # fmt: skip


def records(amount: int, corpus: Path | None) -> Iterator[dict[str, Any]]:
    """Yield records that are all different: from a corpus, or cut from the seeds, with 5,000 words that begin with w."""
    chance = random.Random(3)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    bodies = [json.loads(line)["text"] for line in _lines(corpus)] if corpus else []
    for number in range(amount):
        start = chance.randrange(len(text) - 100)
        body = bodies[number % len(bodies)] if bodies else text[start : start + 60]
        words = f" w{number % 5_000}x{chance.choice('abcdefgh')} {''.join(chance.choices('abcdefghijkl', k=8))}"
        city, year = chance.choice(("义乌", "合肥", "杭州", None)), str(1950 + number % 70)
        yield {"text": body + words, "title": text[start : start + 12].strip() or "题", "city": city, "date": year}


def _lines(corpus: Path) -> Iterable[str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        yield from file


@pytest.fixture(scope="module", params=[20_000, pytest.param(100_000, marks=pytest.mark.long)])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    """A large index; the long form wants a .jsonl.gz of real texts in WENSOU_CORPUS."""
    corpus = os.environ.get("WENSOU_CORPUS") if request.param > 20_000 else None
    if request.param > 20_000 and not corpus:
        pytest.skip("WENSOU_CORPUS names no .jsonl.gz of texts")
    folder = tmp_path_factory.mktemp("large")
    with (folder / "a.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in records(request.param, Path(corpus) if corpus else None))
    report = indexer.build_index([folder / "a.jsonl"], index=folder / "index")
    assert report.articles == request.param
    with indexer.open_index(folder / "index") as opened:
        opened.search("热")
        yield opened


def timed(index: indexer.Index, query: str, **options: Any) -> float:
    """Ask; only the errors for bad queries are allowed, and totals must agree with hits."""
    started = time.perf_counter()
    try:
        results = index.search(query, **options)
    except (indexer.QueryError, indexer.LimitExceeded):
        pass
    else:
        assert len(results.hits) == min(results.total, options.get("size", 10))
    return time.perf_counter() - started


def test_no_query_takes_longer_than_a_second(large: indexer.Index) -> None:
    taken = {(query, match): timed(large, query, match=match) for query in NASTY for match in ("auto", "any")}
    slowest = max(taken, key=lambda each: taken[each])
    print(f"\n{len(taken)} queries, slowest {taken[slowest] * 1_000:.0f} ms: {slowest[0][:40]}")
    assert taken[slowest] < SECOND * SLACK
    # Whatever a first question of a kind has to read is read now.
    again = {query: timed(large, query) for query in NASTY}
    assert max(again.values()) < SECOND, max(again, key=lambda each: again[each])


PIECES = st.one_of(
    st.sampled_from(
        [
            "AND",
            "OR",
            "NOT",
            "或",
            "-",
            "(",
            ")",
            "（",
            "）",
            '"',
            "“",
            "”",
            "「",
            "title:",
            "author:",
            "city:",
            "year:",
            "source:",
            "year:2019..",
            "..",
            "*",
            "~9",
            "[a TO z]",
            "光",
            "光伏*",
            "的",
            "的*",
            "w*",
            "a*",
            "义乌",
            " ",
            "　",
            "C++",
            "\x00",
            "ＡＮＤ",
        ]
    ),
    st.text(max_size=4),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(PIECES, max_size=60), glue=st.sampled_from(["", " "]), match=st.sampled_from(["auto", "all", "any"])
)
def test_no_soup_of_operators_takes_longer(large: indexer.Index, pieces: list[str], glue: str, match: str) -> None:
    assert (
        timed(large, glue.join(pieces)[:256], match=match, sort="newest" if len(pieces) % 2 else "relevance")
        < SECOND * SLACK
    )


@pytest.mark.parametrize(
    ("query", "setting"),
    [
        ("光" * 257, "query_length"), ("x" * 200_000, "query_length"), ("(" * 3_000, "query_length"), ("NOT " * 2_000, "query_length"),
        (" ".join(map(str, range(33))), "query_clauses"), (" OR ".join("abcdefghijklmnopq"), "query_clauses"), ("(a " * 9 + ")" * 9, "query_depth"),
    ],
)  # fmt: skip
def test_a_query_over_a_limit_is_refused_at_once(seeds: indexer.Index, query: str, setting: str) -> None:
    started = time.perf_counter()
    with pytest.raises(indexer.LimitExceeded) as refused:
        seeds.search(query)
    assert time.perf_counter() - started < 0.1
    assert refused.value.setting == setting and refused.value.parameter == "q"
    limit = SETTINGS[setting]
    assert setting in str(refused.value) and f"{limit.default:,}" in str(refused.value)


def test_hits_beyond_the_window_are_refused(seeds: indexer.Index) -> None:
    for options, setting in (({"size": 101}, "page_size"), ({"page": 101, "size": 100}, "result_window")):
        with pytest.raises(indexer.LimitExceeded) as refused:
            seeds.search("光伏", **options)
        assert refused.value.setting == setting and setting in str(refused.value)


def test_limits_are_settings(seeds: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_QUERY_LENGTH", "3")
    monkeypatch.setenv("WENSOU_PREFIX_TERMS", "1")
    assert seeds.search("光*").incomplete
    with pytest.raises(indexer.LimitExceeded, match="at most 3"):
        seeds.search("光伏产业")
    monkeypatch.delenv("WENSOU_PREFIX_TERMS")
    assert not seeds.search("光*").incomplete


def test_a_query_out_of_time_is_marked_incomplete(large: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    # Characters that no test before has asked for: what is remembered takes no time.
    query = " OR ".join(f'"{char}"' for char in "桥路山水河湖海江村镇")
    with monkeypatch.context() as hurried:
        hurried.setattr("indexer.engine.whoosh.searching.searcher._now", _Clock())
        cut = large.search(query)
    whole = large.search(query)
    assert cut.incomplete and not whole.incomplete and cut.total <= whole.total
    for name in ("city", "year", "source"):
        assert sum(value.count for value in cut.facets[name] if value.parent is None) == cut.total


def test_a_query_out_of_time_looks_for_no_better_one(seeds: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seeds.search("光付产业").did_you_mean == "光伏产业"
    monkeypatch.setattr("indexer.retrieve._Search.left", lambda _: 0.0)
    assert seeds.search("光付产业").did_you_mean is None


class _Clock:
    """A clock on which an hour passes between any two looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 3_600
        return self._now


def test_articles_as_long_as_books_are_found_in_time(tmp_path: Path) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    book = text * (300_000 // len(text) + 1)
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": book[number:], "title": "长" * 3_000}) + "\n" for number in range(12))
    assert indexer.build_index([tmp_path / "a.jsonl"], index=tmp_path / "index").failed == ()
    with indexer.open_index(tmp_path / "index") as opened:
        for query in ("光*", "的* OR 一* OR 是*", '"的"', "的 一 是 在", "光伏 没有这个词", "长"):
            taken = timed(opened, query)
            assert taken < SECOND * SLACK, query
        hits = opened.search("光*").hits
        assert all(
            snippet.text[a:b].startswith("光") for hit in hits for snippet in hit.snippets for a, b in snippet.spans
        )
        started = time.perf_counter()
        page = create_app(tmp_path / "index").test_client().get(f"/articles/{hits[0].article.id}?q=的")
        assert page.status_code == 200 and time.perf_counter() - started < SECOND * SLACK * 2
