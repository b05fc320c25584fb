"""Is a file inspected as a build understands it, and the page of an article found without reading all of its file?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from indexer import inspection
from indexer.models import Job, SourceFile
from indexer.reading.formats import plan

ROWS = 1_000
RECORDS = [{"id": "a", "text": "甲文。"}, {"id": "a", "text": "乙文。"}, {"text": "丙文。"}]


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    """The index of a file of records that is read in several jobs."""
    folder = tmp_path_factory.mktemp("records")
    source = folder / f"a.{request.param}"
    row, head = {"csv": ("{},{}", "id,text"), "jsonl": ('{{"id": {}, "text": "{}"}}', "")}[request.param]
    lines = [head, *(row.format(number, f"第{number}条" + "很长的记录" * 200) for number in range(ROWS))]
    source.write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
    indexer.build_index([source], index=folder / "index")
    with indexer.open_index(folder / "index") as opened:
        yield opened


@pytest.mark.parametrize("number", [0, ROWS // 2, ROWS - 1])
def test_the_page_of_any_record_is_found(index: indexer.Index, number: int) -> None:
    article = next(article for article in index.articles() if article.key == str(number))
    page = indexer.source_page(index, article)
    assert page is not None and f"第{number}条" in page.text and page.line == article.lines[0]


def test_planning_stops_at_the_part_that_holds_the_article(
    index: indexer.Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[Job] = []

    def counted(source: SourceFile) -> Iterator[Job]:
        for job in plan(source):
            planned.append(job)
            yield job

    article = next(index.articles())
    monkeypatch.setattr(inspection, "plan", counted)
    assert indexer.source_page(index, article) is not None
    assert len(planned) == 2 < len(list(plan(planned[0].source)))


def ids(path: Path, index: Path | None = None) -> list[str]:
    return [article.id for _, articles in inspection.inspect_file(path, index) for article in articles]


def test_the_ids_are_those_of_the_index(tmp_path: Path) -> None:
    papers, other = tmp_path / "papers", tmp_path / "other"
    path = papers / "2023" / "a.jsonl"
    path.parent.mkdir(parents=True)
    other.mkdir()
    (other / "b.txt").write_text("丁文。", encoding="utf-8")
    path.write_text("\n".join(json.dumps(record) for record in RECORDS), encoding="utf-8")
    index = tmp_path / "index"
    indexer.build_index([other, papers], index=index)
    with indexer.open_index(index) as opened:
        indexed = [article.id for article in opened.articles() if article.file.endswith(".jsonl")]
    assert len(set(indexed)) == 3
    assert ids(path, index) == indexed
    assert ids(path, tmp_path / "none") == ids(path) != indexed
