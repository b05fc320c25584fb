"""Does a terminal show all that a page holds, harmlessly?"""

from __future__ import annotations

from pathlib import Path

from indexer import terminal
from indexer.inspection import inspect_file

PAGE = """护城河治理见成效

2023-08-10 07:12 来源：江城网

连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。

护城河治理三年来，沿岸新增绿地二十公顷，水质稳定达到三类，居民推窗见绿。

编辑：林晨

本文转自：江城日报
"""


def test_joined_emoji_stay_whole_and_commands_do_not() -> None:
    assert terminal.clean("👩\u200d👩\u200d👧 a\tb") == "👩\u200d👩\u200d👧 a\tb"
    assert terminal.clean("\x1b[2J\u202eab\x07") == "�[2J�ab�"


def test_a_page_shows_every_line_of_credits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAGE, encoding="utf-8")
    ((read, articles),) = inspect_file(path)
    shown = terminal.page(read, articles)
    for line in ("2023-08-10 07:12 来源：江城网", "编辑：林晨", "本文转自：江城日报"):
        assert f"credit: {line}" in shown
