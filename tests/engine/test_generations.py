"""Is a generation published as a whole, found again, and given up for the previous one where it is damaged?"""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from indexer.engine.files import Disk
from indexer.engine.generations import FileEntry, Generation, numbers, open_newest, read_generation, seal, stamp, unseal
from indexer.engine.publication import Publication
from indexer.errors import IndexBusy, IndexCorrupt, IndexMissing, WensouError


def publish(index: Path, text: str, carry: Generation | None = None) -> int:
    """Publish a generation with one file, and those of another."""
    publication = Publication(index, Disk(), 0)
    publication.write("text.txt", text.encode())
    keep = None
    if carry is not None:
        keep = carry.number
        for name in carry.files:
            if name not in ("manifest.json", "text.txt"):
                publication.carry(carry, name)
    publication.write(f"extra{publication.number}.txt", b"extra")
    return publication.publish({"text": text}, keep=keep)


def load(generation: Generation) -> str:
    text = generation.read("text.txt").decode()
    assert text == generation.body["text"]
    return text


def newest(index: Path) -> tuple[str, list[str]]:
    warnings: list[str] = []
    return open_newest(index, load, warnings.append), warnings


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index with the generations `old` (1) and `new` (2)."""
    folder = tmp_path / "deep" / "index"
    publish(folder, "old")
    publish(folder, "new", read_generation(folder, 1))
    return folder


def test_the_newest_generation_answers(index: Path) -> None:
    assert newest(index) == ("new", [])
    assert numbers(index) == [2, 1]
    assert sorted(path.name for path in index.iterdir()) == ["CURRENT", "LOCK", "gen-1", "gen-2"]


def test_two_generations_are_kept_and_files_are_shared(index: Path) -> None:
    third = publish(index, "third", read_generation(index, 2))
    assert numbers(index) == [third, 2]
    files = read_generation(index, third).files
    assert set(files) == {"extra1.txt", "extra2.txt", "extra3.txt", "text.txt", "manifest.json"} - {"manifest.json"}
    assert os.stat(index / "gen-3" / "extra1.txt").st_nlink == 2


def test_files_are_copied_where_links_are_impossible(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Disk, source: Path, target: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Disk, "link", refuse)
    publish(index, "third", read_generation(index, 2))
    assert (index / "gen-3" / "extra1.txt").read_bytes() == b"extra"


def test_nothing_is_missing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere", Path(__file__)):
        with pytest.raises(IndexMissing, match="python -m indexer index"):
            newest(folder)


@pytest.mark.parametrize("name", ["gen-2/text.txt", "gen-2/manifest.json", "CURRENT"])
def test_every_single_bit_counts(index: Path, name: str) -> None:
    path = index / name
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        text, warnings = newest(index)
        assert warnings
        # Where CURRENT alone is damaged the newest generation is still whole.
        assert text == ("new" if name == "CURRENT" else "old")
    path.write_bytes(data)
    assert newest(index) == ("new", [])


@pytest.mark.parametrize("name", ["gen-2/text.txt", "gen-2/manifest.json", "gen-2/extra2.txt", "CURRENT"])
@pytest.mark.parametrize("content", [None, b"", b"\0" * 40, b"[" * 100_000])
def test_a_missing_empty_or_nonsensical_file_is_noticed(index: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (index / name).unlink()
    else:
        (index / name).write_bytes(content)
    text, warnings = newest(index)
    assert text == ("new" if name == "CURRENT" else "old")
    assert warnings


def test_without_any_whole_generation_that_is_told(index: Path) -> None:
    for number in (1, 2):
        (index / f"gen-{number}" / "text.txt").write_bytes(b"?")
    with pytest.raises(IndexCorrupt, match=r"no whole generation.*--rebuild"):
        newest(index)


def test_damage_that_shows_later_leads_to_the_generation_below(index: Path) -> None:
    warnings: list[str] = []
    assert open_newest(index, load, warnings.append, below=2) == "old"
    with pytest.raises(IndexMissing):
        open_newest(index, load, warnings.append, below=1)


def test_a_reader_moves_on_when_the_generation_is_swept_meanwhile(index: Path) -> None:
    def slow(generation: Generation) -> str:
        if generation.number == 2:
            publish(index, "third", read_generation(index, 2))
            publish(index, "fourth", read_generation(index, 3))
        return load(generation)

    assert open_newest(index, slow, pytest.fail) == "fourth"


@pytest.mark.parametrize(
    "files",
    [
        {"../outside.txt": (3, "0" * 128)},
        {"/etc/passwd": (3, "0" * 128)},
        {"..": (3, "0" * 128)},
        {".hidden": (3, "0" * 128)},
        {"a/b": (3, "0" * 128)},
        {"text.txt": "no pair"},
        {"text.txt": ("3", "0" * 128)},
        {"text.txt": (3,)},
        [],
    ],
)
def test_a_crafted_manifest_names_nothing_outside(index: Path, files: Any) -> None:
    (index / "outside.txt").write_bytes(b"abc")
    content = {"format": 1, "number": 2, "published": "", "files": files, "body": {}}
    (index / "gen-2" / "manifest.json").write_bytes(seal(content))
    if files:
        with pytest.raises(IndexCorrupt):
            read_generation(index, 2)
    assert newest(index)[0] == "old"


def test_a_manifest_of_another_generation_is_refused(index: Path) -> None:
    (index / "gen-2" / "manifest.json").write_bytes((index / "gen-1" / "manifest.json").read_bytes())
    assert newest(index)[0] == "old"


def test_sealed_content_comes_back(tmp_path: Path) -> None:
    content = {"a": [1, None, "文\ud800"], "b": {"c": True}}
    assert unseal(seal(content)) == content
    assert json.loads(seal(1).decode())["content"] == 1
    for data in (b"", b"{}", seal(1)[:-1], seal(1) + b" ", b"x" + seal(1)):
        with pytest.raises(ValueError, match="checksum"):
            unseal(data)


def test_the_stamp_changes_with_every_publication(index: Path) -> None:
    stamps = {stamp(index)}
    for text in "abc":
        publish(index, text)
        stamps.add(stamp(index))
    assert len(stamps) == 4
    assert stamp(index / "nowhere") is None


def test_one_writer_at_a_time(index: Path) -> None:
    first = Publication(index, Disk(), 0)
    with pytest.raises(IndexBusy, match=f"process {os.getpid()} since "):
        Publication(index, Disk(), 0.1)
    first.cancel()
    first.cancel()
    Publication(index, Disk(), 0).cancel()
    assert newest(index) == ("new", [])


def test_what_a_killed_writer_has_in_hand_does_not_get_into_the_next_generation(index: Path) -> None:
    killed = Publication(index, Disk(), 0)
    killed._lock.release()
    publication = Publication(index, Disk(), 0)
    with pytest.raises(OSError):
        killed.write("late.run", b"late")
    publication.cancel()


def test_what_others_left_goes_and_what_users_put_there_stays(index: Path) -> None:
    for name in ("building", "building-0123abcd", "building-plans"):
        (index / name).mkdir()
        (index / name / "half.seg").write_bytes(b"half")
    (index / "gen-7").mkdir()
    (index / "CURRENT.new").write_bytes(b"half")
    (index / "notes.txt").write_text("mine")
    publication = Publication(index, Disk(), 0)
    assert publication.number == 8
    publication.cancel()
    assert sorted(path.name for path in index.iterdir()) == [
        "CURRENT",
        "LOCK",
        "building-plans",
        "gen-1",
        "gen-2",
        "notes.txt",
    ]


def test_a_reader_keeps_its_generation_while_others_are_published(index: Path) -> None:
    with open(index / "gen-2" / "text.txt", "rb") as file:
        for text in "abc":
            publish(index, text)
        assert file.read() == b"new"


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WensouError, match="the index is as it was before"):
        Publication(tmp_path / "file" / "index", Disk(), 0)


def test_entries_describe_content(index: Path) -> None:
    entry = read_generation(index, 2).files["text.txt"]
    assert entry == FileEntry(3, blake2b(b"new").hexdigest())
