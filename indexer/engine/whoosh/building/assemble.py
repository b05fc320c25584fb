"""How do runs become a segment? Their texts are sorted together, and the words of all are numbered in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import chain

import numpy as np

from indexer.engine.whoosh.building.completion import Completion, han_words, stands_in_units
from indexer.engine.whoosh.building.postings import (
    Postings,
    collect,
    interleave,
    invert,
    keys_of,
    merge_postings,
)
from indexer.engine.whoosh.building.run import Run
from indexer.engine.whoosh.building.texts import Shorts, sort_texts
from indexer.engine.whoosh.layout.arrays import pieces, starts_of, tally
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import FIELDS, VALUES, WORD_FIELDS
from indexer.engine.whoosh.layout.segment import hash_term
from indexer.engine.whoosh.layout.strings import pack, unpack

__all__ = ["BLOBS", "assemble", "id_table", "text_table", "word_table"]

BLOBS = (("ids.offsets", "ids.blob"), ("titles.offsets", "titles.blob"), ("stored.starts", "stored.blob"))
"""Arrays of what each article has in a row of bytes: where its part begins, and the bytes of all."""


def word_table(words: list[str]) -> dict[str, Array]:
    """Return the arrays `words.…` of sorted words: their texts, and the hash table by which a segment finds one."""
    offsets, blob = pack(words)
    buckets = 1 << max(len(words) - 1, 1).bit_length()
    places = np.fromiter(map(hash_term, words), np.uint32, len(words)) % np.uint32(buckets)
    return {
        "words.offsets": offsets,
        "words.blob": blob,
        "words.buckets": starts_of(tally(places, buckets)),
        "words.chain": places.argsort(kind="stable").astype("<u4"),
    }


def id_table(hashes: Array) -> dict[str, Array]:
    """Return the arrays `ids.hashes` and `ids.order` of the articles' hashes (u64) by article number."""
    order = hashes.argsort(kind="stable")
    return {"ids.hashes": hashes[order].astype("<u8"), "ids.order": order.astype("<u2")}


def text_table(sizes: Array, counts: Array, kinds: Array) -> dict[str, Array]:
    """Return the arrays `texts.…` of parts: the units and the kind of each, and how many of them each article has."""
    parts, first_parts = starts_of(sizes), starts_of(counts)
    return {
        "texts.articles": parts[first_parts],
        "texts.parts": parts,
        "texts.kinds": kinds,
        "texts.first_parts": first_parts,
    }


def assemble(runs: Sequence[Run], threads: int = 1) -> tuple[dict[str, Array], dict[str, int]]:
    """Return the arrays and facts of the segment that holds the articles of all runs; they must fit into one."""
    arrays = text_table(*(_joined(runs, name) for name in ("part_sizes", "part_counts", "kinds")))
    facts = {"units": int(arrays["texts.parts"][-1])}
    with ThreadPoolExecutor(threads) as pool:
        table, shorts = sort_texts([(run["units"], run["marks"]) for run in runs], arrays, pool)
        # To copy arrays takes as long as to number words, and lets that go on meanwhile.
        pairs, columns = pool.submit(table.take), pool.submit(_columns, runs)
        others, maps = _merged(runs, "words")
        authors = _authors(runs)
        arrays |= pairs.result()
        tokens = {field: _inverted(runs, field, maps, len(others)) for field in WORD_FIELDS}
        postings = _completed(others, tokens, arrays, _joined(runs, "units"), pool)
        arrays |= _words(others, postings, shorts) | authors | columns.result()
    return arrays, facts | {f"{field}.length": int(arrays[f"{field}.lengths"].sum(dtype=np.int64)) for field in FIELDS}


def _joined(runs: Sequence[Run], name: str) -> Array:
    """Return an array of all runs."""
    return runs[0][name] if len(runs) == 1 else np.concatenate([run[name] for run in runs])


def _completed(
    words: Sequence[str], tokens: Mapping[str, Postings], arrays: Mapping[str, Array], units: Array, pool: Executor
) -> dict[str, Postings]:
    """Return postings that name, of Han words, also the articles that have one where it was not cut."""
    completion = Completion(words, han_words(words), arrays, stands_in_units(units))
    starts = {field: starts_of(postings.sizes) for field, postings in tokens.items()}

    def complete(ends: tuple[int, int]) -> dict[str, tuple[Array, Array]]:
        standing = completion.postings(*ends)
        return {
            name: merge_postings([keys_of(own, starts[name], *ends), standing[name]]) for name, own in tokens.items()
        }

    ranges = list(pieces(np.sum([postings.sizes for postings in tokens.values()], 0)))
    return collect(WORD_FIELDS, ranges, pool.map(complete, ranges))


def _words(others: list[str], postings: Mapping[str, Postings], shorts: Sequence[Shorts]) -> dict[str, Array]:
    """Return the words and their postings: short ones from the texts, the others with their postings."""
    keys = np.concatenate([np.zeros(0, np.uint32), *(each[0] for each in shorts)])
    order = keys.argsort()
    words = _spelled(keys[order]) + others
    # Both are sorted, and timsort makes use of that.
    sequence = np.array(sorted(range(len(words)), key=words.__getitem__), np.int64)
    words = [words[number] for number in sequence.tolist()]
    ranks = np.empty(len(words), np.int64)
    ranks[sequence] = np.arange(len(words))
    numbers = np.empty(len(keys), np.int64)
    numbers[order] = ranks[: len(keys)]
    own = np.split(numbers, np.cumsum([len(each[0]) for each in shorts])[:-1]) if shorts else []
    arrays: dict[str, Array] = {}
    for field in WORD_FIELDS:
        found = [(each, tables[field]) for each, (_, tables) in zip(own, shorts, strict=True)]
        found.append((ranks[len(keys) :], postings[field]))
        arrays |= interleave(found, len(words)).arrays(field)
    return arrays | word_table(words)


def _spelled(keys: Array) -> list[str]:
    """Return short words by their keys; numpy drops the 0 after a word of one unit."""
    words: list[str] = np.stack((keys >> np.uint32(16), keys & np.uint32(0xFFFF)), 1).view("U2").ravel().tolist()
    return words


def _authors(runs: Sequence[Run]) -> dict[str, Array]:
    names, maps = _merged(runs, "authors")
    arrays = _inverted(runs, "author", maps, len(names)).arrays("author")
    arrays["authors.offsets"], arrays["authors.blob"] = pack(names)
    return arrays


def _merged(runs: Sequence[Run], name: str) -> tuple[list[str], list[Array]]:
    """Return (the texts of all runs, sorted; for each run the places in them of its texts, by number)."""
    tables = [unpack(run[f"{name}.offsets"], run[f"{name}.blob"]) for run in runs]
    # Most are sorted, and timsort makes use of that; a set would lose their order.
    texts = sorted(dict.fromkeys(chain.from_iterable(tables)))
    places = dict(zip(texts, range(len(texts)), strict=True))
    return texts, [np.fromiter(map(places.__getitem__, table), np.uint32, len(table)) for table in tables]


def _inverted(runs: Sequence[Run], field: str, maps: Sequence[Array], count: int) -> Postings:
    """Return the postings of a field from its tokens; `maps` give for each run the places of its terms among all."""
    terms = np.concatenate([places[run[f"{field}.numbers"]] for run, places in zip(runs, maps, strict=True)])
    firsts = np.cumsum([0, *(len(run["ordinals"]) for run in runs)]).astype(np.uint16)
    articles = np.concatenate([run[f"{field}.articles"] + first for run, first in zip(runs, firsts[:-1], strict=True)])
    return invert(terms, articles, count)


def _columns(runs: Sequence[Run]) -> dict[str, Array]:
    """Return the arrays that have one item per article, or one per value."""
    names = ("ordinals", "dates", *(f"{field}.lengths" for field in FIELDS))
    arrays = id_table(_joined(runs, "hashes")) | {name: _joined(runs, name) for name in names}
    for starts, blob in BLOBS:
        arrays[starts] = starts_of(np.concatenate([np.diff(run[starts]) for run in runs]))
        arrays[blob] = _joined(runs, blob)
    for name in VALUES:
        values, maps = _merged(runs, f"{name}.values")
        cells = [places[run[f"{name}.cells"]] for run, places in zip(runs, maps, strict=True)]
        arrays[f"{name}.cells"] = np.concatenate(cells)
        arrays[f"{name}.values.offsets"], arrays[f"{name}.values.blob"] = pack(values)
    return arrays
