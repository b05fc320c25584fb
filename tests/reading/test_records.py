"""Is each line or row one article, as given, and does a bad one cost only itself?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import SourceError
from indexer.models import Draft, Page
from indexer.reading import formats, records
from indexer.reading.discover import find


def read(path: Path, data: str | bytes) -> list[Page]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    (source,) = find([path])[0]
    return [page for job in formats.plan(source) for page in formats.read(job)]


def drafts(pages: list[Page]) -> list[Draft]:
    return [draft for page in pages for draft in page.drafts]


def failed(pages: list[Page]) -> dict[int | None, str]:
    return {failure.line: failure.reason for page in pages for failure in page.failures}


def line(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_a_record_is_taken_as_given(tmp_path: Path) -> None:
    text = "  第一段，\n\n没有句号的\r\n第二段 摘自《某报》 "
    given = line(
        id=17,
        title="题",
        text=text,
        date="2023年8月17日",
        city="义乌",
        authors=["张三", "李四"],
        pages=[1, {"a": None}],
    )
    (draft,) = drafts(read(tmp_path / "a.jsonl", given))
    assert (draft.title, draft.text, draft.ordinal, draft.lines) == ("题", text, 1, (1, 1))
    values = {name: stated.value for name, stated in draft.given.items()}
    assert values == {
        "id": "17",
        "title": "题",
        "date": "2023-08-17",
        "city": "义乌",
        "authors": ("张三", "李四"),
        "pages": [1, {"a": None}],
    }
    assert draft.given["date"].words == "2023年8月17日"
    assert {stated.origin for stated in draft.given.values()} == {"record"}


def test_empty_fields_state_nothing(tmp_path: Path) -> None:
    (draft,) = drafts(read(tmp_path / "a.jsonl", line(id=None, title="", text="文", authors=[], city="", extra="")))
    assert draft.title is None
    assert {name: stated.value for name, stated in draft.given.items()} == {"extra": ""}


def test_a_date_that_is_none_is_kept_as_given(tmp_path: Path) -> None:
    pages = read(tmp_path / "a.jsonl", line(text="文", date="不详"))
    assert drafts(pages)[0].given["date"].value == "不详"
    assert failed(pages) == {}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{not json}\n", "is not JSON: "),
        ('["text"]\n', "no JSON object"),
        ('{"title": "题"}\n', "has no text"),
        ('{"text": 5}\n', "text must be a string, not int"),
        ('{"text": "", "title": " "}\n', "neither text nor title"),
        ('{"text": "文", "n": NaN}\n', "NaN is no number of JSON"),
        ('{"text": "文", "n": ' + "9" * 5000 + "}\n", "is not JSON: "),
        ('{"text": "文", "n": ' + "[" * 100_000 + "]" * 100_000 + "}\n", "nested"),
        ('{"text": "文", "n": ' + "[" * 100 + "]" * 100 + "}\n", "nested more than 64"),
        ('{"text": "文"', "is not JSON: "),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, bad: str, why: str) -> None:
    pages = read(tmp_path / "a.jsonl", line(text="一") + "\n" + bad.rstrip("\n") + "\n" + line(text="三"))
    assert [(draft.text, draft.ordinal, draft.lines) for draft in drafts(pages)] == [
        ("一", 1, (1, 1)),
        ("三", 3, (4, 4)),
    ]
    assert why in failed(pages)[3]


def test_a_field_of_the_wrong_kind_costs_only_the_field(tmp_path: Path) -> None:
    pages = read(tmp_path / "a.jsonl", line(text="一", city=5, authors={"a": 1}, url="https://a.cn"))
    assert set(drafts(pages)[0].given) == {"url"}
    reasons = [failure.reason for page in pages for failure in page.failures]
    assert reasons == [
        "city must be a string, not a number; it is left to inference",
        "authors must be a list of strings, not a table; it is left to inference",
    ]


@pytest.mark.parametrize(("title", "kind"), [(7, "a number"), (["题"], "a list"), (True, "true or false")])
def test_a_title_that_is_no_string_costs_only_the_title(tmp_path: Path, title: object, kind: str) -> None:
    pages = read(tmp_path / "a.jsonl", line(text="一", title=title))
    assert [(draft.title, draft.text) for draft in drafts(pages)] == [(None, "一")]
    assert failed(pages) == {1: f"title must be a string, not {kind}; it is left to inference"}


def test_kicker_subtitle_and_captions_come_back_to_their_places(tmp_path: Path) -> None:
    parts = {"kicker": "肩题", "subtitle": "副题", "captions": ["图一", "图二"]}
    (draft,) = drafts(read(tmp_path / "a.jsonl", line(text="文", title="题", **parts)))
    assert (draft.kicker, draft.subtitle, draft.captions) == ("肩题", "副题", ("图一", "图二"))
    assert set(draft.given) == {"title"}


def test_parts_of_another_kind_are_kept_as_fields(tmp_path: Path) -> None:
    (draft,) = drafts(read(tmp_path / "a.jsonl", line(text="文", kicker=5, captions={"a": 1})))
    assert (draft.kicker, draft.captions, set(draft.given)) == (None, (), {"kicker", "captions"})


def test_half_a_surrogate_pair_becomes_a_replacement_character(tmp_path: Path) -> None:
    (draft,) = drafts(
        read(tmp_path / "a.jsonl", '{"text": "光\\ud83d伏\\ud83d\\ude00", "x": {"\\udc00": "\\udfff"}}\n')
    )
    assert draft.text == "光\ufffd伏😀"
    assert draft.given["x"].value == {"\ufffd": "\ufffd"}


def test_records_that_share_an_id_are_both_given(tmp_path: Path) -> None:
    found = drafts(read(tmp_path / "a.jsonl", line(id="a", text="一") + line(id="a", text="二")))
    assert [(draft.given["id"].value, draft.ordinal) for draft in found] == [("a", 1), ("a", 2)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5"])
def test_records_of_any_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    text = "今天天氣很好，我們去公園。"
    assert [d.text for d in drafts(read(tmp_path / "a.jsonl", (line(text=text) * 2).encode(encoding)))] == [text, text]
    assert [d.text for d in drafts(read(tmp_path / "a.csv", f"text,id\n{text},1\n".encode(encoding)))] == [text]


def test_bytes_of_another_encoding_cost_only_their_line(tmp_path: Path) -> None:
    rows = [f"第{number}行光伏产业发展".encode() for number in range(30_000)]
    rows[20_000] = "义乌".encode("gbk")
    pages = read(tmp_path / "a.jsonl", b"".join(b'{"text": "' + row + b'"}\n' for row in rows))
    assert len(drafts(pages)) == 29_999
    assert failed(pages) == {20_001: "is not UTF-8 (byte 10 of the line)"}
    pages = read(tmp_path / "a.csv", b"text\n" + b"\n".join(rows))
    assert len(drafts(pages)) == 29_999
    assert failed(pages) == {20_002: "the row is not UTF-8"}


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_large_file_is_cut_into_jobs_that_miss_and_repeat_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from indexer.reading import jsonl, table

    monkeypatch.setattr(jsonl, "RANGE", 100)
    monkeypatch.setattr(table, "RANGE", 100)
    path = tmp_path / name
    blank = ["\n", " \t\n", "\r\n", ""]
    record = line if name.endswith("jsonl") else lambda text, n: f'"{text}\n{text}",{n}\n'
    head = "" if name.endswith("jsonl") else "text,n\n"
    path.write_text(
        head
        + "".join(record(text="文" * (i * 7 % 60), n=i) + blank[i % 4] * (name == "a.jsonl") for i in range(1, 90)),
        encoding="utf-8",
        newline="",
    )
    (source,) = find([path])[0]
    jobs = list(formats.plan(source))
    assert len(jobs) > 20
    assert [job.end for job in jobs[:-1]] == [job.start for job in jobs[1:]]
    each_job = [drafts(list(formats.read(job))) for job in jobs]
    at_once = [d for page in formats.read(formats.Job(source)) for d in page.drafts]
    assert [d for found in each_job for d in found] == at_once
    assert [d.ordinal for d in at_once] == [int(d.given["n"].value) for d in at_once]


def test_an_oversized_record_is_named_and_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_RECORD_SIZE", "1000")
    pages = read(tmp_path / "a.jsonl", line(text="一") + line(text="长" * 5000) + line(text="三"))
    assert [(d.text, d.ordinal, d.lines[0]) for d in drafts(pages)] == [("一", 1, 1), ("三", 3, 3)]
    assert failed(pages) == {2: "the record is larger than 1,000 bytes"}


def test_csv_rows_are_taken_as_given(tmp_path: Path) -> None:
    data = '\ufeffid,title,text,authors,date,栏目\r\n7,题,"第一行,\r\n""引""",张三;李四；王五,20230817,要闻\r\n\r\n8,,文,,,\r\n'
    first, second = drafts(read(tmp_path / "a.csv", data))
    assert (first.text, first.lines, first.ordinal) == ('第一行,\r\n"引"', (2, 3), 1)
    assert first.given["authors"].value == ("张三", "李四", "王五")
    assert (first.given["date"].value, first.given["栏目"].value) == ("2023-08-17", "要闻")
    assert (second.title, second.lines, second.ordinal, set(second.given)) == (None, (5, 5), 2, {"id"})


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_header_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    (draft,) = drafts(read(tmp_path / "a.csv", f"title{delimiter}text\n题{delimiter}文,文\n"))
    assert (draft.title, draft.text) == ("题", "文,文")


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = ["text,title", "一,甲", "二,乙,丙", '"三"x,丁', '"四,戊', "五,己", '5" 屏,庚', "六"]
    pages = read(tmp_path / "a.csv", "\n".join(rows))
    assert [draft.text for draft in drafts(pages)] == ["一", "五", '5" 屏', "六"]
    reasons = failed(pages)
    assert set(reasons) == {3, 4, 5}
    assert "3 cells, the header 2" in reasons[3]
    assert "never closed" in reasons[5]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("title,year\na,b\n", "one of them text"),
        ("text,a,a\n1,2,3\n", "twice: a"),
        ("标题,日期\n", "one of them text"),
    ],
)
def test_a_header_that_does_not_serve_is_named(tmp_path: Path, data: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read(tmp_path / "a.csv", data)


def test_csv_columns_may_have_chinese_names(tmp_path: Path) -> None:
    data = "编号,标题,正文,发布时间,来源,作者,栏目\n7,题,文,2019-05-05 10:20,河北日报,张三;李四,要闻\n"
    (draft,) = drafts(read(tmp_path / "a.csv", data))
    assert (draft.title, draft.text) == ("题", "文")
    assert {name: stated.value for name, stated in draft.given.items()} == {
        "id": "7",
        "title": "题",
        "date": "2019-05-05",
        "source": "河北日报",
        "authors": ("张三", "李四"),
        "栏目": "要闻",
    }


def test_fields_may_have_the_names_that_exports_give_them(tmp_path: Path) -> None:
    record = line(headline="题", content="文", publish_time="2020/8/3", author=["张三"], link="https://a.cn")
    (draft,) = drafts(read(tmp_path / "a.jsonl", record))
    assert (draft.title, draft.text) == ("题", "文")
    assert {name: stated.value for name, stated in draft.given.items()} == {
        "title": "题",
        "date": "2020-08-03",
        "authors": ("张三",),
        "url": "https://a.cn",
    }


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (1557022800, "2019-05-05"),
        (1557022800123, "2019-05-05"),
        ("1557022800", "2019-05-05"),
        (1557072000.5, "2019-05-06"),  # 16:00 in Greenwich is the next day in Beijing
        ("民國108年5月5日", "2019-05-05"),
        ("二〇一九年五月五日", "2019-05-05"),
        ("2019050510", "2019050510"),
        (20190505, "2019-05-05"),
    ],
)
def test_dates_counted_in_seconds_or_from_the_republic(tmp_path: Path, value: object, date: str) -> None:
    (draft,) = drafts(read(tmp_path / "a.jsonl", line(text="文", date=value)))
    assert (draft.given["date"].value, draft.given["date"].words) == (date, str(value))


def test_the_record_as_written_is_the_page_text(tmp_path: Path) -> None:
    pages = read(tmp_path / "a.csv", 'text\n一\n"二\n三"\n')
    assert [(page.text, page.line) for page in pages] == [("一", 2), ('"二\n三"', 3)]


def test_a_sample_that_ends_within_a_character_is_no_error() -> None:
    head = ("光" * records.SAMPLE).encode()[: records.SAMPLE]
    assert records.sample_encoding(head, "a.jsonl") == "utf-8"
