"""Do the commands do what the README says, as real processes, with the right exit codes and streams?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import indexer
from indexer import __main__, cli

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
TEXT = "小城新闻\n\n本报讯(记者 王小明)日前,江山市石门镇举行了春季运动会,共有三百名选手参加,比赛持续了三天,气氛热烈。\n"
NO_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "indexer", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "papers"
    source.mkdir()
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    return source


def test_search_prints_hits_and_facets(seed_index: Path) -> None:
    done = run("search", "光伏", "--city", "义乌", "--year", "2020", "--index", seed_index)
    assert done.returncode == 0
    assert "高质量发展：经济行稳致远" in done.stdout and "浙江/金华/义乌" in done.stdout
    assert done.stderr == ""


def test_search_in_json_holds_the_results(seed_index: Path) -> None:
    found = json.loads(run("search", "光伏", "--json", "--index", seed_index).stdout)
    assert found["total"] == len(found["hits"]) and found["facets"]["city"]


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["光伏", "产业"], "光伏 产业"),
        (["光伏", "-金华", "--size", "3"], "光伏 -金华"),
        (["-金华"], "-金华"),
        (["-5G", "光伏"], "-5G 光伏"),
        (["--", "--金华"], "--金华"),
    ],
)
def test_several_words_are_one_query_and_a_minus_excludes(seed_index: Path, arguments: list[str], query: str) -> None:
    found = json.loads(run("search", "--json", "--index", seed_index, *arguments).stdout)
    with indexer.open_index(seed_index) as opened:
        assert found["total"] == opened.search(query).total


def test_nothing_found_is_exit_code_1(seed_index: Path) -> None:
    assert run("search", '"没有这样的话"', "--index", seed_index).returncode == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["search"],
        ["serach", "光伏"],
        ["search", "光伏", "--sort", "best"],
        ["search", "year:abc"],
        ["search", "--sised", "3"],
        ["search", "x", "--size", "0"],
    ],
)
def test_wrong_usage_is_exit_code_2_without_a_traceback(seed_index: Path, wrong: list[str]) -> None:
    done = run(*wrong, WENSOU_INDEX=str(seed_index))
    assert done.returncode == 2
    assert done.stderr and "Traceback" not in done.stderr


def test_without_an_index_the_exit_code_is_4_and_the_command_is_told(tmp_path: Path) -> None:
    done = run("search", "光伏", "--index", tmp_path / "none")
    assert done.returncode == 4
    assert "indexer index" in done.stderr and "Traceback" not in done.stderr


def test_where_no_index_can_be_the_exit_code_is_4(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for index in (tmp_path / "file", tmp_path / "file" / "below"):
        done = run("index", folder, "--index", index)
        assert done.returncode == 4 and done.stderr.count("\n") == 1 and "file" in done.stderr


def test_a_setting_that_is_none_is_exit_code_2(seed_index: Path) -> None:
    done = run("search", "光伏", "--index", seed_index, WENSOU_PAGE_SIZE="abc")
    assert done.returncode == 2 and "WENSOU_PAGE_SIZE" in done.stderr


def test_a_page_beyond_the_last_is_told(seed_index: Path) -> None:
    done = run("search", "光伏", "--page", "9", "--index", seed_index)
    assert done.returncode == 0 and "page 9 is beyond the last one, 1" in done.stdout


def test_pages_are_as_long_as_the_limit_allows(seed_index: Path) -> None:
    done = run("search", "", "--page", "2", "--index", seed_index, WENSOU_PAGE_SIZE="5")
    assert done.returncode == 0 and "\n6. " in done.stdout and "\n11. " not in done.stdout


@pytest.mark.parametrize("file", ["missing.txt", pytest.param("secret.txt", marks=NO_ROOT)])
def test_a_file_that_cannot_be_read_cannot_be_inspected(tmp_path: Path, file: str) -> None:
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    done = run("inspect", tmp_path / file)
    assert done.returncode == 4 and done.stderr.count("\n") == 1 and file in done.stderr


@NO_ROOT
def test_a_path_that_cannot_be_read_is_named_and_the_others_are_indexed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT, encoding="utf-8")
    secret.chmod(0)
    done = run("index", secret, folder, "--index", tmp_path / "index")
    assert done.returncode == 3 and "secret.txt: cannot be read" in done.stderr
    assert run("search", "江山市", "--index", tmp_path / "index").returncode == 0


def test_watching_without_its_package_fails_before_anything_is_built(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("indexer.watch.find_spec", lambda name: None)
    assert cli.run(["index", str(folder), "--watch", "--index", str(tmp_path / "index")]) == 4
    assert 'pip install ".[watch]"' in capsys.readouterr().err and not (tmp_path / "index").exists()


def test_without_a_source_the_exit_code_is_4(tmp_path: Path) -> None:
    done = run("index", cwd=tmp_path)
    assert done.returncode == 4
    assert "seeds" in done.stderr and not (tmp_path / ".index" / "CURRENT").exists()


def test_bad_files_are_named_and_the_rest_is_indexed(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert run("index", folder, "--index", index).returncode == 0
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "b.txt").write_text(TEXT.replace("江山市", "龙泉市"), encoding="utf-8")
    done = run("index", "--index", index)
    assert done.returncode == 3
    assert "empty.txt" in done.stderr and "binary.txt" in done.stderr
    assert run("search", "龙泉市", "--index", index).returncode == 0


def test_a_file_that_turns_bad_keeps_its_articles(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("index", folder, "--index", index)
    (folder / "a.txt").write_bytes(b"\x00\x01\x02" * 100)
    assert run("index", "--index", index).returncode == 3
    assert run("search", "江山市", "--index", index).returncode == 0


def test_a_source_that_is_gone_keeps_its_articles(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("index", folder, "--index", index)
    folder.rename(tmp_path / "elsewhere")
    done = run("index", "--index", index)
    assert done.returncode == 3 and "papers" in done.stderr
    assert run("search", "江山市", "--index", index).returncode == 0


def test_a_removed_file_leaves_the_index(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    (folder / "b.txt").write_text(TEXT.replace("江山市", "龙泉市"), encoding="utf-8")
    run("index", folder, "--index", index)
    (folder / "b.txt").unlink()
    assert "1 removed" in run("index", "--index", index).stdout
    assert run("search", "龙泉市", "--index", index).returncode == 1


def test_a_dry_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("index", folder, "--index", index)
    before = sorted((p.relative_to(index), p.stat().st_mtime_ns) for p in index.rglob("*") if p.is_file())
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    done = run("index", "--dry-run", "--index", index)
    assert "would add 1 files, update 0, keep 1" in done.stdout and "1 article in the index" in done.stdout
    assert sorted((p.relative_to(index), p.stat().st_mtime_ns) for p in index.rglob("*") if p.is_file()) == before


def test_rebuild_with_a_path_replaces_the_sources(folder: Path, tmp_path: Path) -> None:
    index, other = tmp_path / "index", tmp_path / "other.txt"
    other.write_text(TEXT.replace("江山市", "龙泉市"), encoding="utf-8")
    run("index", folder, "--index", index)
    run("index", other, "--rebuild", "--index", index)
    status = json.loads(run("status", "--json", "--index", index).stdout)
    assert status["sources"] == [str(other)] and status["articles"] == 1


def test_show_inspect_analyze_status_and_check_answer(seed_index: Path) -> None:
    found = json.loads(run("search", "宣城", "--json", "--index", seed_index).stdout)["hits"][0]["article"]
    shown = run("show", found["id"], "--index", seed_index)
    assert shown.returncode == 0 and "宣城英特颜料" in shown.stdout
    assert run("show", "nothing", "--index", seed_index).returncode == 1
    seen = json.loads(run("inspect", SEEDS.parent / found["file"], "--json", "--index", seed_index).stdout)
    assert found["id"] in [article["id"] for article in seen["articles"]]
    inspected = run("inspect", SEEDS / "004_d85dd243eec1ace4.txt")
    assert "热门资讯" in inspected.stdout and "left out" in inspected.stdout
    assert "光伏" in run("analyze", "义乌光伏产业").stdout
    assert "16" in run("status", "--index", seed_index).stdout
    assert run("check", "--index", seed_index).returncode == 0


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_can_be_indexed_again(seed_index: Path, tmp_path: Path, form: str) -> None:
    exported, index = tmp_path / f"all.{form}", tmp_path / "index"
    assert run("export", "--format", form, "--output", exported, "--index", seed_index).returncode == 0
    assert run("index", exported, "--index", index).returncode == 0
    found = json.loads(run("search", "光伏", "--city", "义乌", "--year", "2020", "--json", "--index", index).stdout)
    assert [hit["article"]["title"] for hit in found["hits"]] == ["高质量发展：经济行稳致远"]


def test_an_exported_sidecar_can_be_corrected_and_read_again(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("index", folder, "--index", index)
    run("export", "--format", "sidecar", "--output", tmp_path, "--index", index)
    sidecar = tmp_path / "papers" / "a.txt.meta.toml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8") + 'date = "2019-04-05"\n', encoding="utf-8")
    assert run("index", "--index", index).returncode == 0
    found = json.loads(run("search", "江山", "--json", "--index", index).stdout)["hits"][0]["article"]
    assert (found["date"], found["evidence"]["date"]["origin"]) == ("2019-04-05", "sidecar")


def test_an_exported_sidecar_changes_nothing_before_it_is_edited(tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run("index", tmp_path / "seeds", "--index", index)
    before = run("export", "--index", index).stdout
    guessed = [a.evidence["place"] for a in indexer.open_index(index).articles() if "place" in a.evidence]
    run("export", "--format", "sidecar", "--output", tmp_path, "--index", index)
    assert "5 updated" in run("index", "--index", index).stdout
    assert run("export", "--index", index).stdout == before
    kept = [a.evidence["place"] for a in indexer.open_index(index).articles() if "place" in a.evidence]
    assert guessed == kept and any(evidence.inferred for evidence in kept)


def test_a_dictionary_is_remembered(folder: Path, tmp_path: Path) -> None:
    words, index = tmp_path / "words.txt", tmp_path / "index"
    words.write_text("石门镇举行 10 n\n", encoding="utf-8")
    run("index", folder, "--dict", words, "--index", index)
    assert json.loads(run("status", "--json", "--index", index).stdout)["dictionary"] == str(words)
    assert "石门镇举行" in run("analyze", "石门镇举行了", "--dict", words).stdout.split()


def test_no_colour_codes_go_into_a_pipe(seed_index: Path) -> None:
    assert "\x1b[" not in run("search", "光伏", "--index", seed_index).stdout


def test_the_installed_console_script_is_the_same(seed_index: Path) -> None:
    script = shutil.which("indexer", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the package is not installed here: pip install .")
    done = subprocess.run([script, "search", "光伏", "--index", seed_index], capture_output=True, text=True)
    assert done.returncode == 0 and "义乌" in done.stdout


def test_a_changed_dictionary_cuts_everything_again_and_a_lost_one_is_named(folder: Path, tmp_path: Path) -> None:
    words, index = tmp_path / "words.txt", tmp_path / "index"
    words.write_text("石门镇举行 10 n\n", encoding="utf-8")
    run("index", folder, "--dict", words, "--index", index)
    assert "1 unchanged" in run("index", "--index", index).stdout
    words.write_text("选手参加 10 n\n", encoding="utf-8")
    assert "1 updated" in run("index", "--index", index).stdout
    words.unlink()
    lost = run("index", "--index", index)
    assert lost.returncode == 3 and "words.txt" in lost.stderr
    assert "选手参加" in run("analyze", "选手参加", "--index", index).stdout.split()
    assert run("search", "选手参加", "--index", index).returncode == 0
    assert "--dict ''" in lost.stderr
    forgotten = run("index", "--dict", "", "--index", index)
    assert forgotten.returncode == 0 and "1 updated" in forgotten.stdout
    assert "1 unchanged" in run("index", "--index", index).stdout
    assert json.loads(run("status", "--json", "--index", index).stdout)["dictionary"] is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["export", "search 光伏", "status", "analyze 光伏产业"])
def test_output_that_cannot_be_written_is_said_in_a_line(seed_index: Path, command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WENSOU_INDEX": str(seed_index)}
    with open("/dev/full", "w") as full:
        arguments = [sys.executable, "-m", "indexer", *command.split()]
        done = subprocess.run(arguments, cwd=ROOT, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 4 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_said_in_a_line(seed_index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("export", "--format", "sidecar", "--output", tmp_path / "file" / "out", "--index", seed_index)
    assert done.returncode == 4 and done.stderr.count("\n") == 1 and "file" in done.stderr


@pytest.mark.parametrize(("given", "used"), [(None, "1"), ("2", "2")])
def test_numpy_gets_one_thread_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str | None, used: str
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", given or "")
    if given is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    seen: list[str] = []
    monkeypatch.setattr(cli, "run", lambda: seen.append(os.environ["OPENBLAS_NUM_THREADS"]))
    with pytest.raises(SystemExit):
        __main__.main()
    assert seen == [used]


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    records = json.dumps({"text": "比赛十分热烈。" * 10}) + "\n"
    (tmp_path / "a.jsonl").write_text(records * 1_000, encoding="utf-8")  # more than a pipe holds
    indexer.build_index([tmp_path / "a.jsonl"], index=tmp_path / "index")
    command = [sys.executable, "-m", "indexer", "export", "--index", str(tmp_path / "index")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
