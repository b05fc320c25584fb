"""Which articles are there? Each by its id, all in the order of their files, the titles without the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.segment import hash_id
from indexer.engine.whoosh.searching.reader import SegmentReader
from indexer.models import Article

__all__ = ["fetch", "iterate", "siblings", "titles"]

Readers = Sequence[SegmentReader]
_MANY = 256  # from so many on, texts are read all at once


def fetch(readers: Readers, article_id: str) -> Article | None:
    """Return a live article by its id, or None."""
    hashed = hash_id(article_id)
    for reader in readers:
        number = reader.segment.find(article_id, hashed, reader.live)
        if number >= 0:
            return reader.segment.article(number)
    return None


def iterate(readers: Readers) -> Iterator[Article]:
    """Yield every live article, ordered by file and ordinal."""
    if not readers:
        return
    files = sorted({file for reader in readers for file in reader.segment.values("file")})
    ranks = {file: rank for rank, file in enumerate(files)}
    columns: list[tuple[Array, Array, Array, Array]] = []
    for reader in readers:
        numbers = np.flatnonzero(reader.everything())
        local = np.array([ranks[file] for file in reader.segment.values("file")], np.int64)
        cells = reader.segment.column("file")[numbers]
        owner = np.full(len(numbers), reader.number)
        columns.append((numbers, owner, reader.segment.column("ordinal")[numbers], local[cells]))
    numbers, owners, ordinals, places = (np.concatenate(each) for each in zip(*columns, strict=True))
    for at in np.lexsort((owners, ordinals, places)).tolist():
        yield readers[owners[at]].segment.article(int(numbers[at]))


def siblings(readers: Readers, file: str, ordinals: range | None = None) -> list[tuple[str, str | None, int]]:
    """Return (id, title, ordinal) of the live articles of a file with these ordinals (None: all), in their order."""
    found: list[tuple[int, str, str | None]] = []
    for reader in readers:
        segment = reader.segment
        value = segment.values("file").find(file)
        if value >= 0:
            numbers = np.flatnonzero((segment.column("file") == value) & reader.everything())
            places = segment.column("ordinal")[numbers]
            if ordinals is not None:
                # A file of records may hold a million, and an id takes far longer to read than its place.
                wanted = (places >= ordinals.start) & (places < ordinals.stop)
                numbers, places = numbers[wanted], places[wanted]
            found += zip(places.tolist(), *_ids_and_titles(reader, numbers), strict=True)
    return [(article_id, title, ordinal) for ordinal, article_id, title in sorted(found, key=lambda each: each[:2])]


def titles(readers: Readers) -> Iterator[tuple[str, str]]:
    """Yield (id, title) of every live article that has a title."""
    for reader in readers:
        numbers = np.flatnonzero(reader.everything())
        for article_id, title in zip(*_ids_and_titles(reader, numbers), strict=True):
            if title is not None:
                yield article_id, title


def _ids_and_titles(reader: SegmentReader, numbers: Array) -> tuple[list[str], list[str | None]]:
    """Return ids and titles (None for none) of some articles."""
    ids, names = reader.segment.ids, reader.segment.titles
    chosen = numbers.tolist()
    if len(chosen) < _MANY:
        return [ids[number] for number in chosen], [names[number] or None for number in chosen]
    all_ids, all_names = ids.read(), names.read()
    return [all_ids[number] for number in chosen], [all_names[number] or None for number in chosen]
