"""Does a file of each format become the pages it should, and does no other file suffer when one cannot be read?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.models import Page, SourceFile
from indexer.reading import formats
from indexer.reading.discover import find

ARTICLE = "义乌光伏产业快速发展\n\n本报讯(记者 张三)义乌光伏产业快速发展，去年产值达到八百亿元。\n"


def found(path: Path) -> SourceFile:
    (source,) = find([path])[0]
    return source


def pages(path: Path) -> list[Page]:
    return [page for job in formats.plan(found(path)) for page in formats.read(job)]


def reason(path: Path) -> str:
    with pytest.raises(SourceError) as raised:
        pages(path)
    assert raised.value.file == path.name
    return raised.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_file_is_a_page_that_says_how_it_was_decoded(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode(encoding))
    (page,) = pages(path)
    assert (page.file, page.encoding, page.text) == ("a.txt", encoding, ARTICLE)
    assert [draft.title for draft in page.drafts] == ["义乌光伏产业快速发展"]


@pytest.mark.parametrize("ending", ["txt", "md", "html", "pdf", "docx", "jsonl", "csv", "zip"])
def test_an_empty_file_of_any_format_is_named(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"")
    assert "empty" in reason(path) or "no zip" in reason(path)


@pytest.mark.parametrize("ending", ["txt", "md", "html", "pdf", "docx", "jsonl", "csv", "zip"])
def test_binary_rubbish_in_any_format_is_named(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(bytes(range(256)) * 40)
    assert reason(path)


def test_an_oversized_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_FILE_SIZE", "1000")
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a hole: reading it would take hours
    assert "too large" in reason(path)


def test_records_have_no_limit_but_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_FILE_SIZE", "10")
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "光伏产业"}\n' * 3, encoding="utf-8")
    assert len(pages(path)) == 3


def test_a_file_that_changed_since_it_was_found_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    source = found(path)
    (job,) = formats.plan(source)
    path.write_text(ARTICLE * 2, encoding="utf-8")
    with pytest.raises(SourceError, match="changed while it was read"):
        list(formats.read(job))


@pytest.mark.parametrize("ending", ["txt", "jsonl"])
def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text('{"text": "光伏产业"}\n' * 9, encoding="utf-8")
    (job,) = formats.plan(found(path))
    reading = formats.read(job)
    next(reading)
    os.utime(path, ns=(1, 1))
    with pytest.raises(SourceError, match="changed while it was read"):
        list(reading)


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    for ending in ("txt", "jsonl", "csv", "zip", "pdf"):
        path = tmp_path / f"a.{ending}"
        path.write_text("text\n文\n", encoding="utf-8")
        source = found(path)
        path.unlink()
        with pytest.raises(SourceError, match="vanished"):
            list(formats.read(next(iter(formats.plan(source)))))


def test_a_sidecar_is_read_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    sidecar = 'city = "义乌"\n[[article]]\nordinal = 1\ndate = 2020-05-06\n[[article]]\nordinal = 7\n'
    (tmp_path / "a.txt.meta.toml").write_text(sidecar, encoding="utf-8")
    (page,) = pages(tmp_path / "a.txt")
    assert page.given["city"].value == "义乌"
    assert page.drafts[0].given["date"].value == "2020-05-06"
    assert [failure.reason for failure in page.failures] == [
        "a.txt.meta.toml describes article 7, but there are only 1"
    ]


def test_a_sidecar_states_things_of_records_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,title\n甲文,甲\n乙文,乙\n", encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text(
        'source = "县报"\n[[article]]\nordinal = 2\ncity = "永康"\n', encoding="utf-8"
    )
    first, second = pages(tmp_path / "a.csv")
    assert first.given["source"].value == second.given["source"].value == "县报"
    assert "city" not in first.drafts[0].given
    assert second.drafts[0].given["city"].value == "永康"


def test_a_broken_sidecar_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "a.txt.meta.toml").write_text('city = "义乌"\ndate = "昨天"\n', encoding="utf-8")
    assert "a.txt.meta.toml: line 2: date '昨天' is no date" in reason(tmp_path / "a.txt")
