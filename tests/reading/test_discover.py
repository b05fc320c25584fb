"""Are the right files found, under stable names, and is everything else named with its reason?"""

from __future__ import annotations

import itertools
import logging
import os
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.models import FileFailure
from indexer.reading.discover import digest, find


def write(path: Path, text: str = "文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*sources: Path) -> list[str]:
    return [source.file for source in find(sources)[0]]


def failures(*sources: Path) -> dict[str, str]:
    return {failure.file: failure.reason for failure in find(sources)[1]}


def test_known_formats_are_found_below_a_folder_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.HTML", "sub/d.jsonl", "e.png", "README", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / "seeds" / name)
    assert names(tmp_path / "seeds") == ["seeds/a.md", "seeds/b.txt", "seeds/sub/c.HTML", "seeds/sub/d.jsonl"]
    assert failures(tmp_path / "seeds") == {}


def test_a_found_file_carries_its_size_and_time(tmp_path: Path) -> None:
    path = write(tmp_path / "seeds/a.txt", "四字节")
    (source,) = find([tmp_path / "seeds"])[0]
    assert (source.path, source.size, source.mtime_ns) == (path, 9, path.stat().st_mtime_ns)


def test_overlapping_sources_give_each_file_once_under_its_outer_name(tmp_path: Path) -> None:
    write(tmp_path / "seeds/sub/a.txt")
    outer, inner = tmp_path / "seeds", tmp_path / "seeds/sub"
    assert names(inner, outer) == names(outer, inner, inner / "a.txt") == ["seeds/sub/a.txt"]
    assert names(inner) == ["sub/a.txt"]


def test_sources_of_one_name_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    write(tmp_path / "old/seeds/a.txt")
    write(tmp_path / "new/seeds/a.txt")
    expected = ["new/seeds/a.txt", "old/seeds/a.txt"]
    assert names(tmp_path / "old/seeds", tmp_path / "new/seeds") == expected
    assert names(tmp_path / "new/seeds", tmp_path / "old/seeds") == expected


def test_a_source_that_is_away_for_a_while_changes_no_names(tmp_path: Path) -> None:
    write(tmp_path / "new/seeds/a.txt")
    assert names(tmp_path / "old/seeds", tmp_path / "new/seeds") == ["new/seeds/a.txt"]


def test_a_file_named_outright_is_taken_though_hidden_or_ignored(tmp_path: Path) -> None:
    hidden = write(tmp_path / "seeds/.drafts/a.txt")
    write(tmp_path / "seeds/b.txt")
    assert names(hidden) == ["a.txt"]
    assert names(tmp_path / "seeds", hidden) == ["seeds/.drafts/a.txt", "seeds/b.txt"]


def test_what_cannot_be_a_source_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = failures(
        write(tmp_path / "a.xlsx"), write(tmp_path / "a.txt.meta.toml"), tmp_path / "empty", tmp_path / "gone"
    )
    assert "no known format" in found["a.xlsx"]
    assert "sidecar" in found["a.txt.meta.toml"]
    assert "holds no file" in found["empty"]
    assert "no such file" in found[(tmp_path / "gone").as_posix()]


def test_ignore_files_of_every_level_are_obeyed(tmp_path: Path) -> None:
    write(tmp_path / "seeds/.wensouignore", "*.md\n!keep.md\n/drafts/\n")
    write(tmp_path / "seeds/sub/.wensouignore", "!again.md\nlocal.txt\n")
    for name in ("a.md", "keep.md", "drafts/x.txt", "sub/again.md", "sub/b.md", "sub/local.txt", "local.txt"):
        write(tmp_path / "seeds" / name)
    assert names(tmp_path / "seeds") == ["seeds/keep.md", "seeds/local.txt", "seeds/sub/again.md"]


def test_an_ignore_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "seeds/a.txt")
    (tmp_path / "seeds/.wensouignore").write_bytes(b"\xff\xfe\x00")
    assert "cannot be used" in failures(tmp_path / "seeds")["seeds/.wensouignore"]


def test_links_are_followed_within_a_source_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = write(tmp_path / "outside/secret.txt")
    inside = write(tmp_path / "seeds/a.txt")
    write(tmp_path / "seeds/.store/b.txt")
    (tmp_path / "seeds/secret.txt").symlink_to(secret)
    (tmp_path / "seeds/folder").symlink_to(secret.parent)
    (tmp_path / "seeds/twin.txt").symlink_to(inside)
    (tmp_path / "seeds/loop").symlink_to(tmp_path / "seeds")
    (tmp_path / "seeds/b.txt").symlink_to(tmp_path / "seeds/.store/b.txt")
    with caplog.at_level(logging.WARNING):
        assert names(tmp_path / "seeds") == ["seeds/.store/b.txt", "seeds/a.txt"]
    assert caplog.text.count("not followed") == 2
    assert failures(tmp_path / "seeds") == {}


def test_a_source_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real/a.txt")
    (tmp_path / "seeds").symlink_to(tmp_path / "real")
    assert names(tmp_path / "seeds") == ["real/a.txt"]


def test_broken_links_and_pipes_are_failures_and_block_nothing(tmp_path: Path) -> None:
    write(tmp_path / "seeds/a.txt")
    (tmp_path / "seeds/broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "seeds/self.txt").symlink_to(tmp_path / "seeds/self.txt")
    (tmp_path / "seeds/folder.txt").mkdir()
    os.mkfifo(tmp_path / "seeds/pipe.txt")
    assert names(tmp_path / "seeds") == ["seeds/a.txt"]
    found = failures(tmp_path / "seeds")
    assert {file: "broken" in why or "regular" in why for file, why in found.items()} == {
        "seeds/broken.txt": True,
        "seeds/pipe.txt": True,
        "seeds/self.txt": True,
    }


def test_sidecars_are_no_sources_and_ambiguous_ones_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a.txt", "a.txt.meta.toml", "b.txt", "b.md", "b.meta.toml", "gone.txt.meta.toml"):
        write(tmp_path / "seeds" / name, "")
    assert names(tmp_path / "seeds") == ["seeds/a.txt", "seeds/b.md", "seeds/b.txt"]
    assert list(failures(tmp_path / "seeds")) == ["seeds/b.meta.toml"]
    assert "gone.txt.meta.toml: sidecar of a file that is not there" in caplog.text


def test_a_folder_is_looked_through_no_more_often_the_more_sidecars_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    for name in ("listdir", "scandir"):
        asked = getattr(os, name)
        monkeypatch.setattr(os, name, lambda path, asked=asked: looked.append(str(path)) or asked(path))

    def looks(count: int) -> int:
        folder = tmp_path / str(count)
        for number in range(count):
            write(folder / f"{number}.txt")
            write(folder / f"{number}.meta.toml", "")
        looked.clear()
        found, failed = find([folder])
        assert [source.sidecar for source in found] == [source.path.with_suffix(".meta.toml") for source in found]
        assert len({digest(source) for source in found}) == 1 and not failed
        return len(looked)

    assert looks(3) == looks(30)


def test_names_are_shown_as_valid_and_harmless_text(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (Path(os.fsdecode(os.fsencode(folder) + b"/" + "义乌.txt".encode("gb18030")))).write_text("文")
    (folder / "evil\x1b[2J\n.txt").write_text("文")
    assert names(folder) == ["seeds/evil\\x1b[2J\\x0a.txt", "seeds/义乌.txt"]


def test_the_digest_follows_content_and_sidecar_only(tmp_path: Path) -> None:
    path = write(tmp_path / "seeds/a.txt", "一")

    def now() -> str:
        return digest(find([tmp_path / "seeds"])[0][0])

    first = now()
    os.utime(path, ns=(1, 1))
    assert now() == first
    sidecar = write(tmp_path / "seeds/a.txt.meta.toml", "date = 2020-01-01")
    with_sidecar = now()
    assert with_sidecar != first
    write(sidecar, "date = 2021-01-01")
    assert now() not in (first, with_sidecar)
    sidecar.unlink()
    assert now() == first
    write(path, "二")
    assert now() != first


def test_the_digest_of_a_vanished_or_oversized_file_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "seeds/a.txt", "一二三")
    (source,) = find([tmp_path / "seeds"])[0]
    monkeypatch.setenv("WENSOU_FILE_SIZE", "8")
    with pytest.raises(SourceError, match="too large: 9 bytes, the limit is 8"):
        digest(source)
    monkeypatch.delenv("WENSOU_FILE_SIZE")
    path.unlink()
    with pytest.raises(SourceError, match="vanished"):
        digest(source)


def test_an_unreadable_folder_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "seeds/sub/a.txt")
    write(tmp_path / "seeds/b.txt")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)  # root may read every folder
    found, failed = find([tmp_path / "seeds"])
    assert [source.file for source in found] == ["seeds/b.txt"]
    assert failed == [FileFailure("seeds/sub", "the folder cannot be read: Permission denied")]


def test_files_are_found_however_deep_they_lie(tmp_path: Path) -> None:
    folders = list(itertools.accumulate(["d"] * 1100, Path.joinpath, initial=tmp_path / "seeds"))
    for folder in folders:
        folder.mkdir()
    path = write(folders[-1] / "a.txt")
    try:
        assert names(tmp_path / "seeds") == ["seeds/" + "d/" * 1100 + "a.txt"]
    finally:
        path.unlink()
        for folder in reversed(folders):  # what clears temporary folders recurses
            folder.rmdir()


def test_a_path_that_is_longer_than_the_system_allows_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "seeds/z.txt")
    monkeypatch.chdir(tmp_path / "seeds")
    for _ in range(20):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
    Path("a.txt").touch()
    found, failed = find([tmp_path / "seeds"])
    assert [source.file for source in found] == ["seeds/z.txt"]
    assert ["name too long" in failure.reason for failure in failed] == [True]


def test_documents_of_formats_that_are_not_read_are_named_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a.txt", "b.doc", "sub/c.DOC", "d.wps", "e.png", "f.xls", ".hidden.doc"):
        write(tmp_path / "papers" / name)
    with caplog.at_level(logging.WARNING):
        assert names(tmp_path / "papers") == ["papers/a.txt"]
    (record,) = caplog.records
    assert "2 .doc, 1 .wps, 1 .xls" in record.getMessage()
    assert failures(tmp_path / "papers") == {}
