"""Is only what changed read again, and is nothing lost that a failing file had?"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

import indexer

NEWS = "{0}举行春季运动会\n\n本报讯(记者 王小明)日前,{0}石门镇举行了春季运动会,共有三百名选手参加,比赛持续了三天,气氛十分热烈。\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, town in (("a", "江山市"), ("b", "龙泉市")):
        (folder / f"{name}.txt").write_text(NEWS.format(town), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, papers: Path) -> Path:
    indexer.build_index([papers], index=tmp_path / "index")
    return tmp_path / "index"


def total(index: Path, query: str) -> int:
    return indexer.search(query, index=index).total


def counts(report: indexer.BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def test_only_changed_files_are_read(papers: Path, index: Path) -> None:
    (papers / "a.txt").write_text(NEWS.format("东阳市"), encoding="utf-8")
    (papers / "c.txt").write_text(NEWS.format("建德市"), encoding="utf-8")
    (papers / "b.txt").unlink()
    assert counts(indexer.build_index(index=index)) == (1, 1, 0, 1)
    assert [total(index, town) for town in ("东阳市", "建德市", "龙泉市", "江山市")] == [1, 1, 0, 0]


def test_a_touched_file_is_not_read_again_and_nothing_is_published(papers: Path, index: Path) -> None:
    (papers / "a.txt").touch()
    with indexer.open_index(index) as opened:
        before = opened.statistics().generation
        assert counts(indexer.build_index(index=index)) == (0, 0, 2, 0)
        assert opened.statistics().generation == before


def test_ids_survive_a_rebuild(index: Path) -> None:
    def ids() -> dict[str | None, str]:
        with indexer.open_index(index) as opened:
            return {article.title: article.id for article in opened.articles()}

    before = ids()
    indexer.build_index(index=index, rebuild=True)
    assert ids() == before


def test_records_keep_their_id_when_others_come_before_them(tmp_path: Path) -> None:
    def write(*keys: str) -> dict[str | None, str]:
        rows = [json.dumps({"id": key, "text": f"{key}号记录"}, ensure_ascii=False) for key in keys]
        (tmp_path / "r.jsonl").write_text("\n".join(rows), encoding="utf-8")
        indexer.build_index([tmp_path / "r.jsonl"], index=tmp_path / "index")
        with indexer.open_index(tmp_path / "index") as opened:
            return {article.key: article.id for article in opened.articles()}

    assert write("甲", "乙")["乙"] == write("丙", "甲", "乙")["乙"]


def test_two_records_of_one_id_are_both_kept_and_can_be_opened(tmp_path: Path) -> None:
    rows = [{"id": 7, "text": "第一条记录"}, {"id": 7, "text": "第二条记录"}]
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    report = indexer.build_index([tmp_path / "r.jsonl"], index=tmp_path / "index")
    assert (report.failed, report.articles) == ((), 2)
    with indexer.open_index(tmp_path / "index") as opened:
        assert {article.text for article in opened.articles()} == {"第一条记录", "第二条记录"}
        assert all(opened.article(article.id) == article for article in opened.articles())


def test_twins_in_distant_parts_of_a_large_file_are_named(tmp_path: Path) -> None:
    rows = [{"id": number, "text": f"第{number}条" + "很长的记录" * 400} for number in range(800)]
    rows[799]["id"] = 3
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    report = indexer.build_index([tmp_path / "r.jsonl"], index=tmp_path / "index")
    assert [(failure.line, "line 4" in failure.reason) for failure in report.failed] == [(800, True)]
    assert report.articles == 799


def test_a_sidecar_that_changes_makes_its_file_new(papers: Path, index: Path) -> None:
    (papers / "a.txt.meta.toml").write_text('date = "2018-05-06"\ncity = "义乌"\n', encoding="utf-8")
    assert counts(indexer.build_index(index=index)) == (0, 1, 1, 0)
    found = indexer.search("江山市", index=index).hits[0].article
    assert (found.date, found.city, found.evidence["place"].inferred) == ("2018-05-06", "义乌", False)


def test_what_is_opened_while_building_does_not_change_how_texts_are_cut(
    papers: Path, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "words.txt").write_text("春季运动会\n", encoding="utf-8")

    def look(done: int, total: int) -> None:
        assert indexer.search("江山市", index=index).total == 1

    other = tmp_path / "other"
    indexer.build_index([papers], index=other, dictionary=tmp_path / "words.txt", progress=look)
    assert counts(indexer.build_index(index=other)) == (0, 0, 2, 0)
    with indexer.open_index(other) as opened:
        assert "春季运动会" in [each.value for each in opened.suggest("春季运")]


def test_progress_ends_at_all_bytes(papers: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    indexer.build_index([papers], index=tmp_path / "other", progress=lambda done, total: seen.append((done, total)))
    assert seen and seen[-1][0] == seen[-1][1] == sum(p.stat().st_size for p in papers.iterdir())


def test_the_page_of_an_article_can_be_read_again_until_it_is_gone(papers: Path, index: Path) -> None:
    with indexer.open_index(index) as opened:
        article = opened.search("江山市").hits[0].article
        page = indexer.source_page(opened, article)
        assert page is not None and page.text == NEWS.format("江山市")
        (papers / "a.txt").unlink()
        assert indexer.source_page(opened, article) is None


def test_a_source_that_never_was_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(indexer.SourceError, match="nowhere"):
        indexer.build_index([tmp_path / "nowhere"], index=tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_an_article_beyond_the_limit_is_named_and_the_rest_is_indexed(
    papers: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENSOU_ARTICLE_SIZE", "1000")
    (papers / "long.txt").write_text("江山市的长文章，" * 500 + "完。", encoding="utf-8")
    (papers / "c.txt").write_text(NEWS.format("建德市"), encoding="utf-8")
    report = indexer.build_index(index=index)
    assert [failure.file for failure in report.failed] == ["papers/long.txt"] and "1,000" in report.failed[0].reason
    assert total(index, "建德市") == 1


@pytest.mark.parametrize(
    "long",
    [
        "# 江山市运动会\n\n比赛昨日在江山市举行。\n\n" + "![江山市运动会的开幕式现场](a.jpg)\n\n" * 90,
        "江山市运动会\n\n比赛昨日举行，" + "ﷺ" * 90 + "。\n",
    ],
    ids=["captions", "long forms"],
)
def test_all_parts_count_for_the_limit_and_so_does_their_match_form(
    papers: Path, index: Path, monkeypatch: pytest.MonkeyPatch, long: str
) -> None:
    monkeypatch.setenv("WENSOU_ARTICLE_SIZE", "1000")
    (papers / "long.md").write_text(long, encoding="utf-8")
    assert [failure.file for failure in indexer.build_index(index=index).failed] == ["papers/long.md"]


@pytest.mark.parametrize("form", [str, Path])
def test_one_source_needs_no_list(tmp_path: Path, papers: Path, form: type) -> None:
    report = indexer.build_index(form(papers), index=tmp_path / "other")
    assert (report.added, report.failed) == (2, ())


def test_a_rebuild_keeps_the_generation_before_for_emergencies(index: Path) -> None:
    indexer.build_index(index=index, rebuild=True)
    assert len(list(index.glob("gen-*"))) == 2


def test_an_index_of_another_version_is_told_and_built_again_by_itself(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engine.whoosh.layout.catalog.SCHEMA_VERSION", 999)
    with pytest.raises(indexer.IndexMissing, match="indexer index"):
        indexer.open_index(index)
    report = indexer.build_index(index=index)
    assert (report.added, report.articles) == (2, 2)
    assert total(index, "江山市") == 1


def flip(index: Path) -> None:
    """Change one bit in the middle of the largest file of the newest generation."""
    path = max(index.glob("gen-*/*.seg"), key=lambda each: each.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_damage_is_not_carried_over_but_mended_from_the_sources(
    index: Path, papers: Path, caplog: pytest.LogCaptureFixture
) -> None:
    flip(index)
    (papers / "c.txt").write_text(NEWS.format("建德市"), encoding="utf-8")
    report = indexer.build_index(index=index)
    assert (report.added, report.articles, report.failed) == (3, 3, ())
    assert "building the index again" in caplog.text
    with indexer.open_index(index) as opened:
        assert opened.check() == []
    assert [total(index, town) for town in ("江山市", "龙泉市", "建德市")] == [1, 1, 1]


def test_damage_is_an_error_where_the_sources_are_gone(index: Path, papers: Path) -> None:
    flip(index)
    papers.rename(papers.with_name("elsewhere"))
    with pytest.raises(indexer.IndexCorrupt, match="papers"):
        indexer.build_index(index=index)
    report = indexer.build_index([papers.with_name("elsewhere")], index=index, rebuild=True)
    assert report.articles == 2


def test_a_folder_that_was_emptied_loses_its_articles(papers: Path, index: Path) -> None:
    for path in papers.iterdir():
        path.unlink()
    report = indexer.build_index(index=index)
    assert (report.removed, report.failed, report.articles) == (2, (), 0)
    assert total(index, "东阳市") == 0


def test_a_source_that_is_missing_keeps_its_articles(papers: Path, index: Path) -> None:
    papers.rename(papers.with_name("elsewhere"))
    report = indexer.build_index(index=index)
    assert (report.removed, report.articles) == (0, 2)
    (failure,) = report.failed
    assert failure.file == str(papers) and "its articles stay" in failure.reason and "--rebuild" in failure.reason


def test_an_index_that_must_be_built_anew_waits_for_a_source_that_is_away(
    papers: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = papers.with_name("elsewhere")
    papers.rename(elsewhere)
    with pytest.raises(indexer.SourceError, match=r"papers.*--rebuild PATH"):
        indexer.build_index(index=index, rebuild=True)
    assert total(index, "江山市") == 1
    with pytest.raises(indexer.SourceError, match="slip"):
        indexer.build_index([elsewhere, papers.with_name("slip")], index=index, rebuild=True)
    assert total(index, "江山市") == 1
    with monkeypatch.context() as other:
        other.setattr("indexer.engine.whoosh.layout.catalog.SCHEMA_VERSION", 999)
        with pytest.raises(indexer.SourceError, match="papers"):
            indexer.build_index(index=index)
    assert total(index, "江山市") == 1
    assert indexer.build_index([elsewhere], index=index, rebuild=True).articles == 2


def test_paths_may_be_told_by_an_iterator(papers: Path, tmp_path: Path) -> None:
    indexer.build_index(papers.glob("a.*"), index=tmp_path / "other")
    with indexer.open_index(tmp_path / "other") as opened:
        assert opened.sources() == (str(papers / "a.txt"),)


def test_what_was_away_when_the_dictionary_changed_is_cut_anew_when_it_is_back(
    papers: Path, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "words.txt").write_text("春季运动会\n", encoding="utf-8")
    papers.rename(papers.with_name("elsewhere"))
    indexer.build_index(index=index, dictionary=tmp_path / "words.txt")
    papers.with_name("elsewhere").rename(papers)
    assert counts(indexer.build_index(index=index)) == (0, 2, 0, 0)
    with indexer.open_index(index) as opened:
        assert "春季运动会" in [each.value for each in opened.suggest("春季运")]


@pytest.mark.parametrize("version", [None, 999])
def test_a_rebuild_keeps_the_words_of_a_dictionary_that_is_gone(
    papers: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int | None
) -> None:
    (tmp_path / "words.txt").write_text("春季运动会\n", encoding="utf-8")
    indexer.build_index(index=index, dictionary=tmp_path / "words.txt")
    (tmp_path / "words.txt").unlink()
    indexer.build_index([papers], index=tmp_path / "without")  # whose words are those of this thread now
    if version:
        monkeypatch.setattr("indexer.engine.whoosh.layout.catalog.SCHEMA_VERSION", version)
    report = indexer.build_index(index=index, rebuild=version is None)
    assert [failure.file for failure in report.failed] == [str(tmp_path / "words.txt")]
    with indexer.open_index(index) as opened:
        assert "春季运动会" in [each.value for each in opened.suggest("春季运")]


def test_a_source_that_cannot_be_read_is_no_reason_to_lose_it(
    papers: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path) == str(papers):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("os.scandir", scandir)
    with pytest.raises(indexer.SourceError, match="lose its articles"):
        indexer.build_index(index=index, rebuild=True)
    assert indexer.build_index(index=index).articles == 2
