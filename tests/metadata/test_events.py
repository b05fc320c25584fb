import re
from importlib.resources import files

import pytest

from indexer.metadata.events import events


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("“十四五”规划收官之年", 2025, "now"),
        ("“十三五”开局之年", 2016, "now"),
        ("新中国成立74周年", 2023, "now"),
        ("香港回归祖国二十五周年", 2022, "now"),
        ("第134届广交会", 2023, "event"),
        ("第六届中国国际进口博览会", 2023, "event"),
        ("十四届全国人大一次会议", 2023, "event"),
        ("十四届全国人大二次会议", 2024, "event"),
        ("北京冬奥会", 2022, "games"),
        ("党的二十大", 2022, "since"),
        ("第39个教师节", 2023, "now"),
        ("第六届中国农民丰收节", 2023, "now"),
        ("第33次全国助残日", 2023, "now"),
        ("首个全国生态日", 2023, "event"),
    ],
)
def test_years_of_events(text: str, year: int, kind: str) -> None:
    assert (year, kind) in [(event.year, event.kind) for event in events(f"他说，{text}是大事。")]


def test_texts_without_events_have_none() -> None:
    assert events("本届大会在杭州举行，周年纪念活动同时开始。") == []


def test_no_word_of_the_table_begins_another() -> None:
    table = files("indexer.metadata").joinpath("data", "events.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    words = {word for row in rows for word in row[3].split("|")}
    assert not [(one, other) for one in words for other in words if one != other and other.startswith(one)]
    assert all(re.fullmatch(r"[\d.]+", row[1]) and row[0] in ("now", "event", "games", "since") for row in rows)
