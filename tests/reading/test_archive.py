"""Are the members of an archive read like files, and does a bomb cost no more than its limit?"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.models import Page
from indexer.reading import formats
from indexer.reading.discover import find

ARTICLE = "义乌光伏产业快速发展\n\n本报讯(记者 张三)义乌光伏产业快速发展，去年产值达到八百亿元。\n"


def packed(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def pages(path: Path) -> list[Page]:
    (source,) = find([path])[0]
    return [page for job in formats.plan(source) for page in formats.read(job)]


def read(path: Path) -> list[str]:
    return [page.file for page in pages(path) if page.drafts]


def failed(path: Path) -> dict[str, str]:
    return {failure.file: failure.reason for page in pages(path) for failure in page.failures}


def test_members_are_read_by_their_format(tmp_path: Path) -> None:
    members = {
        "a.txt": ARTICLE.encode("gbk"),
        "sub/b.jsonl": '{"text": "一"}\n{"text": "二"}\n',
        "sub/c.csv": "text\n三\n",
        "d.md": "# 题\n\n文\n",
        "e.png": b"x",
        "__MACOSX/._a.txt": b"x",
        "sub/.hidden.txt": b"x",
    }
    found = pages(packed(tmp_path / "seeds.zip", members))
    assert [page.file for page in found] == [
        "seeds.zip/a.txt",
        "seeds.zip/sub/b.jsonl",
        "seeds.zip/sub/b.jsonl",
        "seeds.zip/sub/c.csv",
        "seeds.zip/d.md",
    ]
    assert found[0].encoding == "gb18030"
    assert not any(page.failures for page in found)


def test_a_sidecar_within_the_archive_is_read_with_its_member(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": ARTICLE, "a.txt.meta.toml": 'city = "义乌"'})
    (page,) = pages(path)
    assert page.given["city"].value == "义乌"


def test_sidecars_within_the_archive_are_matched_as_in_a_folder(tmp_path: Path) -> None:
    members = {
        "sub/a.txt": ARTICLE,
        "sub/a.meta.toml": 'city = "义乌"',
        "b.txt": ARTICLE,
        "b.md": "# 题\n\n文\n",
        "b.meta.toml": 'city = "永康"',
    }
    path = packed(tmp_path / "z.zip", members)
    given = {page.file: page.given["city"].value for page in pages(path) if "city" in page.given}
    assert given == {"z.zip/sub/a.txt": "义乌"}
    assert failed(path) == {"z.zip/b.meta.toml": "describes several files; name it after one of them: b.md.meta.toml"}


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", ARTICLE), ("a.jsonl", '{"text": "一"}\n'), ("a.csv", "text\n一\n")]
)
def test_a_sidecar_within_the_archive_that_names_no_article_is_a_failure(
    tmp_path: Path, name: str, content: str
) -> None:
    sidecar = 'city = "义乌"\n[[article]]\nordinal = 99\ndate = 2020-05-06\n'
    path = packed(tmp_path / "z.zip", {name: content, f"{name}.meta.toml": sidecar})
    assert failed(path) == {f"z.zip/{name}": f"{name}.meta.toml describes article 99, but there are only 1"}


@pytest.mark.parametrize("name", ["z.zip.meta.toml", "z.meta.toml"])
def test_a_sidecar_of_the_archive_itself_is_a_failure(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "z.zip", {f"{n:04}.txt": ARTICLE for n in range(600)})
    (tmp_path / name).write_text('city = "义乌"', encoding="utf-8")
    assert len(read(path)) == 600
    (reason,) = [failure.reason for page in pages(path) for failure in page.failures]
    assert reason == f"its sidecar {name} is not used: put one into the archive beside each file it describes"


def test_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    inner = io.BytesIO()
    packed_inner = zipfile.ZipFile(inner, "w")
    packed_inner.writestr("a.txt", ARTICLE)
    packed_inner.close()
    members = {"a.zip": inner.getvalue(), "empty.txt": b"", "bad.csv": "a,b\n1,2\n", "good.txt": ARTICLE}
    path = packed(tmp_path / "z.zip", members)
    assert read(path) == ["z.zip/good.txt"]
    found = failed(path)
    assert "archive within an archive" in found["z.zip/a.zip"]
    assert "is empty" in found["z.zip/empty.txt"]
    assert "one of them text" in found["z.zip/bad.csv"]


def test_members_that_grow_too_much_are_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "z.zip", {"bomb.txt": b"a" * 30_000_000, "small.txt": "光" * 20_000, "good.txt": ARTICLE})
    assert read(path) == ["z.zip/small.txt", "z.zip/good.txt"]
    assert "more than 100 times" in failed(path)["z.zip/bomb.txt"]
    monkeypatch.setenv("WENSOU_FILE_SIZE", "1000000")
    with pytest.raises(SourceError, match="over 100 times its size"):
        pages(path)


def test_an_oversized_member_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "z.zip", {"big.txt": ARTICLE * 20, "good.txt": ARTICLE})
    monkeypatch.setenv("WENSOU_FILE_SIZE", "1000")
    assert "too large" in failed(path)["z.zip/big.txt"]
    assert read(path) == ["z.zip/good.txt"]


def test_a_bomb_of_overlapping_members_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {f"{n}.txt": "光伏产业" * 40 + str(n) for n in range(3)})
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    entry = data[directory : data.index(b"PK\x01\x02", directory + 4)]
    end = data[data.rindex(b"PK\x05\x06") :]
    many = 200
    tail = end[:8] + struct.pack("<HHII", many, many, len(entry) * many, directory) + b"\0\0"
    with_size = b"".join(e[:20] + struct.pack("<I", 10_000) + e[24:] for e in [entry] * many)
    path.write_bytes(data[:directory] + with_size + tail)
    with pytest.raises(SourceError, match="share their bytes"):
        pages(path)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_ZIP_MEMBERS", "2")
    with pytest.raises(SourceError, match="has 3 members, the limit is 2"):
        pages(packed(tmp_path / "z.zip", {f"{n}.txt": ARTICLE for n in range(3)}))


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {"a.txt": ARTICLE})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert "is encrypted" in failed(path)["z.zip/a.txt"]


def test_damage_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {"a.txt": ARTICLE, "b.txt": ARTICLE * 2})
    whole = path.read_bytes()
    data = bytearray(whole)
    data[45] ^= 0xFF  # within the first member's bytes
    path.write_bytes(data)
    assert "is damaged" in failed(path)["z.zip/a.txt"]
    assert read(path) == ["z.zip/b.txt"]
    path.write_bytes(whole[:-30])
    with pytest.raises(SourceError, match="truncated"):
        pages(path)


def test_names_lead_nowhere_and_are_read_in_their_encoding(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {"../../etc/a.txt": ARTICLE, "C:\\b.txt": ARTICLE, "光.txt": ARTICLE})
    assert read(path) == ["z.zip/etc/a.txt", "z.zip/C_/b.txt", "z.zip/光.txt"]
    placeholder = "####.txt"
    path = packed(tmp_path / "gbk.zip", {placeholder: ARTICLE})
    path.write_bytes(path.read_bytes().replace(placeholder.encode(), "义乌.txt".encode("gbk")))
    assert read(path) == ["gbk.zip/义乌.txt"]


def test_members_of_one_name_are_read_once_and_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {"a.txt": ARTICLE, "../a.txt": ARTICLE + "另一篇。"})
    assert read(path) == ["z.zip/a.txt"]
    assert "same name" in failed(path)["z.zip/a.txt"]


def test_an_archive_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no file that can be read"):
        pages(packed(tmp_path / "z.zip", {"a.png": b"x"}))


def test_a_large_archive_is_shared_out_in_jobs(tmp_path: Path) -> None:
    path = packed(tmp_path / "z.zip", {f"{n:04}.txt": ARTICLE for n in range(1200)})
    (source,) = find([path])[0]
    jobs = list(formats.plan(source))
    assert [(job.start, job.end) for job in jobs] == [(0, 500), (500, 1000), (1000, 1200)]
    assert [page.file for page in formats.read(jobs[2])] == [f"z.zip/{n:04}.txt" for n in range(1000, 1200)]
