"""Do articles leave whole, readable by what they are meant for, and harmless?"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import indexer
from indexer.errors import SourceError
from indexer.export import cite, plain, to_csv, to_jsonl, to_ris, to_sidecars
from indexer.models import Article, Evidence
from indexer.outputs import write_sidecars

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ARTICLE = Article(
    id="0af3",
    title="小城“新”闻\\",
    text="第一段。\n第二段。",
    file="papers/a.txt",
    ordinal=2,
    lines=(3, 9),
    authors=("王小明", "李四"),
    source="金华日报",
    place=("浙江", "金华", "义乌"),
    city="义乌",
    year=2020,
    date="2020-03-04",
    extra={"栏目": "要闻"},
    evidence={"place": Evidence("义乌市\n举行", "headline", True)},
)


def test_json_lines_read_back() -> None:
    record = json.loads("".join(to_jsonl([ARTICLE])))
    assert (record["text"], record["city"], record["authors"]) == (ARTICLE.text, "浙江/金华/义乌", ["王小明", "李四"])
    assert record["栏目"] == "要闻"


def test_what_a_record_said_in_vain_stays_its_own() -> None:
    odd = replace(ARTICLE, date=None, extra={"date": "2020年春", "file": "orig.txt"})
    record = json.loads("".join(to_jsonl([odd])))
    assert (record["date"], record["file"]) == ("2020年春", "orig.txt")


@pytest.mark.parametrize("own", ["yes", ["foo", 5], 5])
def test_a_record_s_own_field_does_not_pass_for_what_was_inferred(own: object) -> None:
    odd = replace(ARTICLE, extra={"inferred": own})
    record = json.loads("".join(to_jsonl([odd])))
    assert (record["inferred"], record["inferred_given"]) == (["city"], own)
    assert next(csv.DictReader(io.StringIO("".join(to_csv([odd])))))["inferred"] == "city"


def test_csv_holds_no_nul() -> None:
    assert "\0" not in "".join(to_csv([replace(ARTICLE, text="前\0后")]))


@pytest.mark.parametrize("form", [to_jsonl, to_csv])
def test_articles_come_back_as_they_were_understood(
    form: Callable[[Iterable[Article]], Iterator[str]], seed_index: Path, tmp_path: Path
) -> None:
    with indexer.open_index(seed_index) as opened:
        articles = [*opened.articles(), replace(ARTICLE, text="", key="k", kicker="眉", captions=("图一", "图二"))]
    path = tmp_path / f"export.{form.__name__.removeprefix('to_')}"
    path.write_text("".join(form(articles)), encoding="utf-8", newline="")
    assert indexer.build_index([path], index=tmp_path / "index").failed == ()
    with indexer.open_index(tmp_path / "index") as opened:
        again = list(opened.articles())
    assert [told(each) for each in again] == [told(each) for each in articles]
    assert any(evidence.inferred for each in again for evidence in each.evidence.values())


def told(article: Article) -> tuple[object, ...]:
    """What an article says, and which of it was inferred."""
    parts = (article.title, article.kicker, article.subtitle, article.text, article.captions)
    known = (article.authors, article.source, article.place, article.year, article.date, article.url)
    return *parts, *known, {name for name, found in article.evidence.items() if found.inferred}


@pytest.mark.parametrize("title", ["=1+1", "+49", "-x", "@SUM", "\t=1", "\n=1", "＝1＋1"])
def test_csv_holds_no_formulas(title: str) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(to_csv([replace(ARTICLE, title=title)])))))
    assert rows[0]["title"] == "'" + title
    assert rows[0]["text"] == ARTICLE.text and rows[0]["authors"] == "王小明;李四"


def test_ris_has_one_field_a_line() -> None:
    text = "".join(to_ris([replace(ARTICLE, title="两行\nER  - 标题")]))
    assert text.count("ER  -") == 1 and text.startswith("TY  - NEWS\r\n") and "\r\nER  - \r\n" in text
    assert "DA  - 2020/03/04" in text and "AU  - 王小明" in text


def test_what_was_inferred_stays_a_guess_in_a_sidecar_until_somebody_uncomments_it() -> None:
    [(name, text)] = to_sidecars([ARTICLE])
    assert name == "papers/a.txt.meta.toml"
    [table] = tomllib.loads(text)["article"]
    assert (table["ordinal"], table["title"], table["source"]) == (2, ARTICLE.title, "金华日报")
    assert "city" not in table and '\n# city = "浙江/金华/义乌"  # inferred from headline: ' in text
    [table] = tomllib.loads(text.replace("\n# ", "\n"))["article"]
    assert table["city"] == "浙江/金华/义乌"


def test_citations_follow_their_styles() -> None:
    assert cite(ARTICLE) == "王小明, 李四. 小城“新”闻\\[N]. 金华日报, 2020-03-04."
    assert cite(replace(ARTICLE, title=None, date=None, year=None, source=None), "gbt7714").endswith(
        "[来源不详], [日期不详]."
    )
    assert "author = {王小明 and 李四}" in cite(ARTICLE, "bibtex")


def test_plain_is_what_json_knows() -> None:
    assert json.loads(json.dumps(plain(ARTICLE)))["evidence"]["place"]["inferred"] is True


@pytest.mark.parametrize("odd", ["\x7f", "\x00", "\x1b[31m", "\u2028", '"""', "\\", "😀", "\n[[article]]"])
def test_a_sidecar_of_whatever_characters_reads_back(odd: str) -> None:
    evidence = {"source": Evidence(f"报{odd}", f"line{odd}", True)}
    article = Article(
        "x", f"题{odd}", "文", "a.txt", 1, (1, 1), source=f"报{odd}", authors=(f"王{odd}",), evidence=evidence
    )
    [(_, text)] = to_sidecars([article])
    (table,) = tomllib.loads(text)["article"]
    assert "source" not in table
    (table,) = tomllib.loads(text.replace("\n# ", "\n"))["article"]
    assert (table["title"], table["source"], table["authors"]) == (f"题{odd}", f"报{odd}", [f"王{odd}"])


@pytest.mark.parametrize("name", ["../evil.meta.toml", "a/../../evil.meta.toml", "/evil.meta.toml"])
def test_no_sidecar_is_written_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="outside"):
        write_sidecars(iter([(name, "")]), tmp_path / "out")
    assert not list(tmp_path.rglob("evil*"))
