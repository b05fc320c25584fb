"""How do several segments become one? By merging sorted arrays, without cutting a text again and without the deleted.

Articles keep their order: those of the first segment, then those of the second, and so on. What a Han word of one
segment must match in the others is completed from their pairs, as when a segment is built.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.engine.files import Disk
from indexer.engine.generations import FileEntry
from indexer.engine.whoosh.building.assemble import BLOBS, id_table, text_table, word_table
from indexer.engine.whoosh.building.completion import Completion, han_words, stands_in_pairs
from indexer.engine.whoosh.building.flush import NewSegment, write_segment
from indexer.engine.whoosh.building.live import LiveSegment
from indexer.engine.whoosh.building.postings import collect, merge_postings
from indexer.engine.whoosh.building.texts import PairTable
from indexer.engine.whoosh.layout.arrays import begins_of, join, pieces, starts_of
from indexer.engine.whoosh.layout.catalog import Entry
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import ARRAYS, FIELDS, VALUES, WORD_FIELDS
from indexer.engine.whoosh.layout.strings import pack
from indexer.models import Article

__all__ = ["MergeTask", "merge", "run_merge"]


@dataclass(frozen=True, slots=True)
class MergeTask:
    """Describe a merge so that another process can do it: the name of the result, its folder, and its members.

    A member is its folder, its entry and file entry, and the mask of its deleted articles.
    """

    name: str
    folder: Path
    members: tuple[tuple[Path, Entry, FileEntry, Array | None], ...]


def run_merge(task: MergeTask) -> tuple[Sequence[Article], tuple[str, NewSegment]]:
    """Merge and write a segment; give the task's name and the segment as the outcome of a job without articles."""
    lives = []
    for folder, entry, file, deleted in task.members:
        lives.append(LiveSegment.open(folder, entry, file))
        lives[-1].deleted = deleted
    return (), (task.name, write_segment(Disk(), task.folder, task.name, *merge(lives)))


class _Part:
    """Hold what becomes of one segment: which of its articles stay, under which numbers and at which positions."""

    def __init__(self, live: LiveSegment, first_article: int, first_unit: int) -> None:
        self.segment = segment = live.segment
        self.view = segment.container.view
        self.kept = np.ones(segment.articles, np.bool_) if live.deleted is None else ~live.deleted
        self.whole = live.deleted is None
        self.first_unit = first_unit
        starts = segment.article_starts().astype(np.int64)
        sizes = np.where(self.kept, np.diff(starts), 0)
        self.articles = int(self.kept.sum())
        self.units = int(sizes.sum())
        self.numbers = first_article + np.cumsum(self.kept) - 1
        # How far the positions of each article move.
        self.shifts = first_unit + np.cumsum(sizes) - sizes - starts[:-1]

    def of_articles(self, name: str) -> Array:
        """Return an array with an item per article, without the deleted."""
        return self.view(name)[self.kept]

    def blobs(self, starts: str, blob: str) -> tuple[Array, Array]:
        """Return (sizes, bytes) of what each article has in a blob, without the deleted."""
        begins = self.view(starts).astype(np.int64)
        data = self.view(blob)
        if self.whole:
            return np.diff(begins), data
        # Runs of neighbours are copied at one go.
        edges = np.flatnonzero(np.diff(np.concatenate(([False], self.kept, [False]))))
        parts = [data[begins[first] : begins[last]] for first, last in zip(edges[::2], edges[1::2], strict=True)]
        return np.diff(begins)[self.kept], join(parts, "u1")


def merge(lives: Sequence[LiveSegment]) -> tuple[dict[str, Array], dict[str, int]]:
    """Return the arrays and facts of one segment that holds the articles of all; together they must fit into one."""
    parts: list[_Part] = []
    articles = units = 0
    for live in lives:
        parts.append(_Part(live, articles, units))
        articles, units = articles + parts[-1].articles, units + parts[-1].units
    arrays = _merge_texts(parts) | _merge_pairs(parts)
    for part in parts:
        part.segment.container.release()
    arrays |= _merge_words(parts, WORD_FIELDS) | _merge_words(parts, ("author",)) | _merge_columns(parts)
    facts = {f"{field}.length": int(arrays[f"{field}.lengths"].sum(dtype=np.int64)) for field in FIELDS}
    return arrays, facts | {"units": units}


def _merge_texts(parts: Sequence[_Part]) -> dict[str, Array]:
    counts, sizes, kinds = [], [], []
    for part in parts:
        per_article = np.diff(part.view("texts.first_parts"))
        kept = np.repeat(part.kept, per_article)
        counts.append(per_article[part.kept])
        sizes.append(np.diff(part.view("texts.parts"))[kept])
        kinds.append(part.view("texts.kinds")[kept])
    return text_table(np.concatenate(sizes), np.concatenate(counts), np.concatenate(kinds))


def _merge_pairs(parts: Sequence[_Part]) -> dict[str, Array]:
    table = PairTable()
    counts = np.sum(
        [np.diff(part.view("pairs.starts")[part.view("pairs.first")].astype(np.int64)) for part in parts], 0
    )
    for first, last in pieces(counts):
        if counts[first:last].any():
            packed = np.concatenate([_moved_pairs(part, first, last) for part in parts])
            packed.sort(kind="stable")  # timsort merges ascending runs in linear time
            pairs = (packed >> np.uint64(24)).astype(np.uint32)
            begins = begins_of(pairs)
            table.add(pairs[begins], np.diff(begins, append=len(pairs)), packed & np.uint64(0xFFFFFF))
    return table.take()


def _moved_pairs(part: _Part, first: int, last: int) -> Array:
    """Return pair × 2^24 + new position (u64 ascending) of the pairs whose first unit is in first ≤ unit < last."""
    begins = part.view("pairs.first", first, last + 1).astype(np.int64)
    starts = part.view("pairs.starts", int(begins[0]), int(begins[-1]) + 1)
    firsts = np.repeat(np.arange(first, last, dtype=np.uint64), np.diff(begins))
    pairs = (firsts << np.uint64(16)) | part.view("pairs.second", int(begins[0]), int(begins[-1]))
    positions = part.segment.positions_at(int(starts[0]), int(starts[-1]))
    packed: Array = np.repeat(pairs << np.uint64(24), np.diff(starts))
    if part.whole:
        packed |= positions + np.uint32(part.first_unit)
        return packed
    articles = part.segment.articles_at(positions)
    packed |= (positions + part.shifts[articles]).astype(np.uint64)
    kept: Array = packed[part.kept[articles]]
    return kept


class _Words:
    """Hold the words of one segment and their numbers among the words of all."""

    def __init__(self, part: _Part, fields: Sequence[str]) -> None:
        self._part, self._fields = part, fields
        self._table = part.segment.terms(fields[0]).read()
        self._numbers: Array
        self._gone: Array
        self._completion: Completion | None = None

    def used(self) -> list[str]:
        """Return the words that were cut from articles which stay."""
        if self._part.whole:
            return self._table
        counts = np.zeros(len(self._table), np.int64)
        for field in self._fields:
            counted = self._part.kept[self._part.view(f"{field}.articles")]
            counted &= self._part.view(f"{field}.frequencies") > 0
            totals = np.concatenate(([0], np.cumsum(counted, dtype=np.uint32)))
            counts += totals[self._part.view(f"{field}.starts")[1:]]
            counts -= totals[self._part.view(f"{field}.starts")[:-1]]
        return [self._table[number] for number in np.flatnonzero(counts).tolist()]

    def map(self, words: list[str], numbers: Mapping[str, int], han: Sequence[int]) -> None:
        """Number the words; `han` are the numbers of the Han words of all segments (see han_words)."""
        table = self._table
        if self._part.whole:
            known = np.fromiter(map(numbers.__getitem__, table), np.int64, len(table))
        else:
            known = np.fromiter((numbers.get(word, -1) for word in table), np.int64, len(table))
        self._gone = known < 0
        for number in np.flatnonzero(self._gone).tolist():
            # So that numbers ascend; its postings are left out.
            known[number] = bisect_left(words, table[number])
        self._numbers = known
        if "author" not in self._fields:
            own = set(table)
            missing = [number for number in han if words[number] not in own]
            arrays = {name: self._part.view(name) for name in ARRAYS if name.startswith(("pairs.", "texts."))}
            self._completion = Completion(words, missing, arrays, stands_in_pairs(arrays))

    def counts(self, words: int) -> Array:
        """Return how many postings each of all words has here, roughly."""
        total = np.zeros(words + 1)
        for field in self._fields:
            sizes = np.diff(self._part.view(f"{field}.starts"))
            total += np.bincount(self._numbers, sizes, minlength=words + 1)
        return total[:words].astype(np.int64)

    def runs(self, first: int, last: int) -> dict[str, list[tuple[Array, Array]]]:
        """Return per field the ascending (keys, frequencies) of the words first ≤ number < last; see collect."""
        runs = {field: [self._postings(field, first, last)] for field in self._fields}
        if self._completion:
            for field, (keys, frequencies) in self._completion.postings(first, last).items():
                runs[field].append(self._moved(keys >> np.uint32(16), keys & np.uint32(0xFFFF), frequencies))
        return runs

    def _postings(self, field: str, first: int, last: int) -> tuple[Array, Array]:
        begin, end = self._numbers.searchsorted((first, last))
        starts = self._part.view(f"{field}.starts", begin, end + 1).astype(np.int64)
        if begin == end:
            return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        sizes = np.diff(starts)
        terms = np.repeat((self._numbers[begin:end] - first).astype(np.uint32), sizes)
        articles = self._part.view(f"{field}.articles", int(starts[0]), int(starts[-1]))
        frequencies = self._part.view(f"{field}.frequencies", int(starts[0]), int(starts[-1]))
        if self._gone[begin:end].any():
            kept = np.repeat(~self._gone[begin:end], sizes)
            terms, articles, frequencies = terms[kept], articles[kept], frequencies[kept]
        return self._moved(terms, articles, frequencies)

    def _moved(self, terms: Array, articles: Array, frequencies: Array) -> tuple[Array, Array]:
        keys = (terms << np.uint32(16)) | self._part.numbers[articles].astype(np.uint32)
        if self._part.whole:
            return keys, frequencies
        kept = self._part.kept[articles]
        return keys[kept], frequencies[kept]


def _merge_words(parts: Sequence[_Part], fields: Sequence[str]) -> dict[str, Array]:
    """Merge a term table and the postings of the fields that share it; terms that only deleted articles had go."""
    sources = [_Words(part, fields) for part in parts]
    # Each segment's words are sorted, and timsort makes use of that; a set would lose their order.
    words = sorted(dict.fromkeys(chain.from_iterable(source.used() for source in sources)))
    numbers = dict(zip(words, range(len(words)), strict=True))
    han = han_words(words)
    for source in sources:
        source.map(words, numbers, han)

    def merged(ends: tuple[int, int]) -> dict[str, tuple[Array, Array]]:
        runs = [source.runs(*ends) for source in sources]
        return {field: merge_postings([run for each in runs for run in each[field]]) for field in fields}

    ranges = list(pieces(np.sum([source.counts(len(words)) for source in sources], 0)))
    arrays = {
        f"{field}.lengths": join([part.of_articles(f"{field}.lengths") for part in parts], "<u4") for field in fields
    }
    for field, postings in collect(fields, ranges, map(merged, ranges)).items():
        arrays |= postings.arrays(field)
    if "author" not in fields:
        return arrays | word_table(words)
    arrays["authors.offsets"], arrays["authors.blob"] = pack(words)
    return arrays


def _merge_columns(parts: Sequence[_Part]) -> dict[str, Array]:
    """Merge what has one item per article, or one per value."""
    arrays = {name: np.concatenate([part.of_articles(name) for part in parts]) for name in ("ordinals", "dates")}
    hashes = np.zeros(sum(part.articles for part in parts), np.uint64)
    for part in parts:
        known, order = part.segment.id_hashes()
        kept = part.kept[order]
        hashes[part.numbers[order[kept]]] = known[kept]
    arrays |= id_table(hashes)
    for starts, blob in BLOBS:
        sizes, data = zip(*(part.blobs(starts, blob) for part in parts), strict=True)
        arrays |= {starts: starts_of(np.concatenate(sizes)), blob: np.concatenate(data)}
    for name in VALUES:
        tables = [part.segment.values(name).read() for part in parts]
        cells = [part.of_articles(f"{name}.cells") for part in parts]
        used = [
            [table[number] for number in np.unique(cell).tolist()] for table, cell in zip(tables, cells, strict=True)
        ]
        values = sorted(set().union(*used))
        numbers = {value: number for number, value in enumerate(values)}
        maps = [np.fromiter((numbers.get(value, 0) for value in table), "<u4", len(table)) for table in tables]
        arrays[f"{name}.cells"] = np.concatenate([mapped[cell] for mapped, cell in zip(maps, cells, strict=True)])
        arrays[f"{name}.values.offsets"], arrays[f"{name}.values.blob"] = pack(values)
    return arrays
