"""A small index, a change to it, and what a reader sees of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from indexer.engine.base import FileState, Request, SourceState
from indexer.engine.files import Disk
from indexer.engine.whoosh import open_engine
from indexer.engine.whoosh.building.writer import SegmentWriter
from indexer.engine.whoosh.check import check_index
from indexer.errors import IndexMissing
from indexer.models import Article
from indexer.query.syntax import Phrase

Content = Mapping[str, str]
"""For each id its text."""

FIRST = {"a": ("义乌光伏产业发展", "并网发电项目"), "b": ("嘉兴组件",), "c": ("芜湖的风", "合肥的水", "江西的山")}
CHANGE = {"b": ("嘉兴组件涨价", "第二篇"), "d": ("新的一篇",)}
SECOND = {"a": FIRST["a"], **CHANGE}


def content_of(files: Mapping[str, Sequence[str]]) -> Content:
    return {f"{file}{n}": text for file, texts in files.items() for n, text in enumerate(texts)}


def read(job: tuple[str, Sequence[str]]) -> tuple[list[Article], str]:
    file, texts = job
    articles = [
        Article(id=f"{file}{n}", title=None, text=text, file=file, ordinal=n + 1, lines=(1, 1))
        for n, text in enumerate(texts)
    ]
    return articles, file


def build(index: Path, files: Mapping[str, Sequence[str]], removed: Sequence[str], disk: Disk | None = None) -> None:
    """Write files, remove others and publish, as ingest does."""
    writer = SegmentWriter(index, disk=disk)
    try:
        list(writer.write(files.items(), read, size=0))
        writer.remove([*removed, *files])
        writer.commit(SourceState(("src",), None, {file: FileState(file, len(texts)) for file, texts in files.items()}))
    except BaseException:
        writer.cancel()
        raise


def first_build(index: Path) -> None:
    build(index, FIRST, ())


def second_build(index: Path, disk: Disk | None = None) -> None:
    build(index, CHANGE, ("c",), disk)


def seen(index: Path) -> Content | None:
    """What a reader finds, every text also by its first characters; None where there is no index."""
    try:
        engine = open_engine(index)
    except IndexMissing:
        return None
    found = {article.id: article.text for article in engine.iterate()}
    for article_id, text in islice(found.items(), 20):
        matches = engine.search(Request(Phrase(text[:2]), limit=len(found)))
        assert article_id in {article.id for article, _ in matches.hits}
        assert matches.total == sum(text[:2] in other for other in found.values())
    assert engine.state().sources == ("src",)
    engine.close()
    return found


def assert_sound(index: Path, *allowed: Content | None) -> Content | None:
    """The index is one of `allowed`, whole, and can be built again; nothing is left over then."""
    found = seen(index)
    assert found in allowed
    if found is not None:
        assert check_index(index) == []
    build(index, SECOND, ("c",))
    assert seen(index) == content_of(SECOND)
    assert check_index(index) == []
    assert_tidy(index)
    return found


def assert_tidy(index: Path) -> None:
    """Nothing but CURRENT, LOCK and at most two generations is there."""
    names = {path.name for path in index.iterdir()}
    generations = {name for name in names if name.startswith("gen-")}
    assert names - generations <= {"CURRENT", "LOCK"}
    assert len(generations) <= 2
