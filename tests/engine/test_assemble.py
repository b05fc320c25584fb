"""Do several runs make the segment that one builder makes, and do the files of runs keep what was in memory?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.engine.files import Disk
from indexer.engine.whoosh.building import texts
from indexer.engine.whoosh.building.assemble import assemble
from indexer.engine.whoosh.building.build import Builder
from indexer.engine.whoosh.building.run import RunFile, grouped, read_run, write_run
from indexer.models import Article
from tests.engine.articles import random_article


def builder_of(articles: list[Article]) -> Builder:
    builder = Builder(1 << 26)
    for article in articles:
        builder.add(article)
    return builder


@pytest.mark.parametrize("threads", [1, 3])
def test_runs_make_the_segment_of_their_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    monkeypatch.setattr(texts, "_BLOCK", 100)  # so that runs have several
    articles = [random_article(number, 3) for number in range(90)]
    articles += [Article(f"empty-{number}", None, "", "\0", number + 1, (1, 1), source="\0") for number in range(3)]
    expected, facts = builder_of(articles).finish()
    files = [
        write_run(Disk(), tmp_path, f"{first}.run", builder_of(articles[first : first + 31]).take())
        for first in range(0, 93, 31)
    ]
    assert [file.articles for file in files] == [31, 31, 31]
    assert sum(file.units for file in files) == facts["units"]
    found, other_facts = assemble([read_run(tmp_path, file) for file in files], threads)
    assert other_facts == facts
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array, name)
        assert found[name].dtype == array.dtype


def test_runs_are_grouped_in_order_up_to_what_a_segment_holds() -> None:
    sizes = [(1, 6), (1, 4), (1, 1), (40_000, 1), (40_000, 1), (1, 99), (1, 1)]
    runs = [RunFile(str(number), articles, units, ()) for number, (articles, units) in enumerate(sizes)]
    assert ["".join(run.name for run in group) for group in grouped(runs, 10)] == ["01", "23", "4", "5", "6"]
    assert list(grouped([], 10)) == []
