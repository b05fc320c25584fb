"""On which records and queries is speed measured? Real news or generated ones, and words that stand in them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba

__all__ = ["Queries", "make_queries", "make_records", "read_records", "write_records"]

CITIES = "北京 上海 天津 重庆 杭州 义乌 宁波 温州 广州 深圳 成都 武汉 南京 西安 沈阳 大连 青岛 济南 长沙 昆明".split()
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True)
class Queries:
    """Hold queries of two or three words that stand in one record, and phrases of two to eight characters."""

    words: Sequence[tuple[str, ...]]
    phrases: Sequence[str]


def make_records(count: int, corpus: Path | None, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield records with id, text, date and city.

    Where the corpus has fewer texts than asked for, further ones are mixed from the sentences of two. Without a
    corpus texts are made of jieba's own words, drawn by their frequency.
    """
    chance = random.Random(seed)
    texts = _read(corpus) if corpus else _generate(chance)
    kept: list[dict[str, str]] = []
    for number in range(count):
        record = next(texts, None)
        if record is not None:
            kept.append(record)
        else:
            first, second = chance.choice(kept), chance.choice(kept)
            sentences = [*_SENTENCE.findall(first["text"])[::2], *_SENTENCE.findall(second["text"])[1::2]]
            record = {"text": "".join(sentences) or first["text"], "date": first["date"]}
        yield {"id": str(number), "city": chance.choice(CITIES), **record}


def write_records(records: Iterator[dict[str, str]], path: Path) -> int:
    """Write records as JSONL; return the size of their texts in bytes of UTF-8."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            size += len(record["text"].encode())
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return size


def read_records(path: Path) -> Iterator[dict[str, str]]:
    """Yield what write_records wrote."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def make_queries(path: Path, count: int, seed: int = 2) -> Queries:
    """Draw queries from records."""
    chance = random.Random(seed)
    texts = [record["text"] for record in read_records(path)]
    words: list[tuple[str, ...]] = []
    phrases: list[str] = []
    while len(words) < count:
        text = chance.choice(texts)
        runs = _RUN.findall(text)
        known = [word for run in chance.sample(runs, min(len(runs), 12)) for word in jieba.lcut(run) if len(word) > 1]
        if len(set(known)) < 3:
            continue
        words.append(tuple(dict.fromkeys(chance.sample(known, chance.choice((2, 2, 3))))))
        run = chance.choice([run for run in runs if len(run) > 1])
        length = chance.randint(2, 8)
        start = chance.randrange(max(1, len(run) - length + 1))
        phrases.append(run[start : start + length])
    return Queries(words, phrases)


def _read(corpus: Path) -> Iterator[dict[str, str]]:
    with gzip.open(corpus) if corpus.suffix == ".gz" else corpus.open("rb") as file:
        for line in file:
            record = json.loads(line)
            yield {"text": record["text"], "date": record.get("date") or "2020-01-01"}


def _generate(chance: random.Random) -> Iterator[dict[str, str]]:
    """Yield texts of some 700 characters without end."""
    jieba.initialize()
    frequencies = {word: count for word, count in jieba.dt.FREQ.items() if count > 3 and _RUN.fullmatch(word)}
    words, weights = list(frequencies), list(frequencies.values())
    while True:
        drawn = iter(chance.choices([*words, "的", "在", "，", "。", "2023"], [*weights, *[10**6] * 5], k=450))
        date = f"20{chance.randint(10, 23)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield {"text": "".join(drawn), "date": date}
