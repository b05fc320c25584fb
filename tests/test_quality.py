"""Is nothing missed and nothing loose on the seeds, and does a question find its article? The benchmark, in small."""

from __future__ import annotations

import json
from pathlib import Path

import indexer
from indexer.retrieve import Index
from tests.benchmark.quality import Corpus, read, reciprocal_ranks, substrings


def test_every_substring_of_the_seeds_is_found_exactly(seeds: Index) -> None:
    found = substrings(seeds, 150, seed=3)
    assert found.exact == found.tried
    assert found.complete == found.contiguous_first == found.unquoted > 0


def test_questions_find_the_article_that_answers_them(tmp_path: Path) -> None:
    texts = {
        "1": "义乌光源科技小镇位于浙江省，二〇二〇年建成，占地三平方公里。",
        "2": "嘉兴市的光伏产业园去年产值超过一百亿元。",
        "3": "重庆是一座山城，火锅是它的名片，火鍋店有三萬家。",
    }
    questions = {
        "a": "义乌光源科技小镇是在哪一年建成的？",
        "b": "嘉興光伏產業園去年的產值是多少？",
        "c": "哪座城市以火锅出名？",
    }
    for name, records in (("corpus", texts), ("queries", questions)):
        lines = (json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n" for id, text in records.items())
        (tmp_path / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("a\t1\t1\nb\t2\t1\nc\t3\t1\nc\t1\t0\n", encoding="utf-8")
    corpus = read(tmp_path)
    assert corpus.answers["c"] == {"3"}
    indexer.build_index([corpus.source], tmp_path / "index")
    with indexer.open_index(tmp_path / "index") as opened:
        assert reciprocal_ranks(opened, corpus, 0, seed=1)[0] == [1.0, 1.0, 1.0]


def test_a_folder_without_records_is_a_corpus_without_questions(tmp_path: Path) -> None:
    assert read(tmp_path) == Corpus(tmp_path, {}, {})
