"""Does any file whatever stop a build, go unnamed, or cost the other files?"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from indexer.errors import SourceError
from indexer.reading.decode import decode
from tests.crash.documents import FORMATS, sidecar
from tests.crash.mutants import MUTATIONS, mutants, write_all

SENTINELS = {"哨兵甲.txt": "龙泉青瓷的窑火从未熄灭。", "zz.jsonl": json.dumps({"text": "湖州毛笔走向世界。"})}
QUICKLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def build_and_account(folder: Path, files: list[Path]) -> indexer.BuildReport:
    """Build an index of a folder; every file must be in it or named, every sentinel found."""
    for name, words in SENTINELS.items():
        (folder / name).write_text(words, encoding="utf-8")
    report = indexer.build_index([folder], index=folder.parent / "index")
    assert not [failure for failure in report.failed if "fault in Wensou" in failure.reason]
    assert not [failure for failure in report.failed if not failure.reason or "Traceback" in failure.reason]
    with indexer.open_index(folder.parent / "index") as opened:
        named = {failure.file.split("/")[1] for failure in report.failed}
        indexed = {file.split("/")[1] for file in opened.state().files}
        assert {path.name for path in files} <= named | indexed
        for word in ("龙泉青瓷", "湖州毛笔"):
            assert word in opened.search(f'"{word}"', size=100).hits[0].article.text
        assert sum(1 for _ in opened.articles()) == report.articles == opened.search().total
        assert opened.check() == []
    return report


@pytest.mark.parametrize("amount", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_changed_pages_are_indexed_or_named(tmp_path: Path, amount: int) -> None:
    files = write_all(tmp_path / "src", mutants(amount), (".txt", ".md", ".html"))
    report = build_and_account(tmp_path / "src", files)
    assert report.failed and report.articles > amount / 3


@pytest.mark.parametrize("amount", [140, pytest.param(5_000, marks=pytest.mark.long)])
def test_odd_documents_of_every_format_are_indexed_or_named(tmp_path: Path, amount: int) -> None:
    chance = random.Random(amount)

    def documents() -> list[bytes]:
        makes = list(FORMATS.values())
        whole = [makes[number % len(makes)](chance) for number in range(amount)]
        return [data if number % 2 else chance.choice(MUTATIONS)(chance, data) for number, data in enumerate(whole)]

    files = write_all(tmp_path / "src", iter(documents()), tuple(FORMATS))
    for path in files[::3]:
        path.with_name(path.name + ".meta.toml").write_bytes(sidecar(chance))
    report = build_and_account(tmp_path / "src", files)
    assert report.failed and report.articles > amount / 2


def test_a_file_that_shows_a_fault_of_ours_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer import metadata

    def describe(page: indexer.Page, identify: object) -> tuple[indexer.Article, ...]:
        if "b.txt" in page.file:
            raise ZeroDivisionError("divided")
        return real(page, identify)

    real = metadata.describe
    (tmp_path / "src").mkdir()
    for name, words in {"a.txt": "江山市举行了运动会。", "b.txt": "龙泉市举行了运动会。"}.items():
        (tmp_path / "src" / name).write_text(words, encoding="utf-8")
    monkeypatch.setattr(metadata, "describe", describe)
    report = indexer.build_index([tmp_path / "src"], index=tmp_path / "index")
    (failure,) = report.failed
    assert failure.file == "src/b.txt" and "ZeroDivisionError" in failure.reason
    assert indexer.search("江山市", index=tmp_path / "index").total == 1
    monkeypatch.undo()
    assert indexer.build_index(index=tmp_path / "index").failed == ()
    assert indexer.search("龙泉市", index=tmp_path / "index").total == 1


@QUICKLY
@given(
    st.binary(max_size=400),
    st.sampled_from(["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-32"]),
    st.text(max_size=60),
)
def test_any_bytes_are_text_or_an_error_that_says_why(noise: bytes, encoding: str, words: str) -> None:
    around = words.encode(encoding, "replace")
    for data in (noise, around, around + noise, noise + around):
        try:
            text, name = decode(data, file="a.txt")
        except SourceError as error:
            assert error.file == "a.txt" and error.reason
        else:
            assert text.strip() and name
            assert "\r" not in text


CHINESE = st.text(
    st.one_of(
        st.sampled_from(
            "光伏产业发展义乌市委书记在今天说浙江新能源汽车动力电池臺灣發電乾坤，。、：“”（）《》 \n\t　０５ＡＢab15.%-·…\u00ad\ufeff\u2028👍𪛖"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=200,
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=CHINESE, title=st.one_of(st.none(), CHINESE), data=st.data())
def test_whatever_a_record_says_is_found_by_any_piece_of_it(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str | None, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("found")
    record = json.dumps({"text": text, "title": title, "id": "wanted"})
    (folder / "a.jsonl").write_text(record + "\n" + json.dumps({"text": "别的"}), encoding="utf-8")
    report = indexer.build_index([folder / "a.jsonl"], index=folder / "index")
    with indexer.open_index(folder / "index") as opened:
        kept = [article for article in opened.articles() if article.key == "wanted"]
        if not kept:
            assert not text.strip() and not (title or "").strip() and report.failed
            return
        (article,) = kept
        assert article.text == text
        begin = data.draw(st.integers(0, len(text) - 1))
        piece = text[begin : begin + data.draw(st.integers(1, 30))]
        if any(mark in piece for mark in '"＂“”„‟〝〞〟\0') or not any(map(str.isalnum, piece)):
            return
        found = opened.search(f'"{piece}"', match="all")
        assert article.id in [hit.article.id for hit in found.hits], piece


@pytest.mark.parametrize("seed", range(3))
def test_a_mutant_builds_the_same_index_twice(tmp_path: Path, seed: int) -> None:
    write_all(tmp_path / "src", mutants(20, seed), (".txt", ".md"))
    indexes = []
    for name in ("one", "two"):
        indexer.build_index([tmp_path / "src"], index=tmp_path / name)
        with indexer.open_index(tmp_path / name) as opened:
            indexes.append([indexer.plain(article) for article in opened.articles()])
    assert indexes[0] == indexes[1]
