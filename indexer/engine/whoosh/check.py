"""Is every byte of the index as it was written, and do the parts of each segment agree with each other?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from indexer.analysis.fold import match_units
from indexer.engine.base import Damage
from indexer.engine.files import Disk
from indexer.engine.generations import CURRENT, MANIFEST, Generation, published, read_current, read_generation
from indexer.engine.publication import point_to
from indexer.engine.whoosh.layout.catalog import OpenSegment, open_segments, read_state
from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import ARRAYS, BODY, FIELDS, VALUES
from indexer.engine.whoosh.layout.segment import Segment, hash_id, hash_term
from indexer.errors import IndexCorrupt, IndexMissing
from indexer.settings import get

__all__ = ["check_generation", "check_index", "drop_damaged", "verify"]

_PIECE = 1 << 22
_SAMPLE = 100


def check_index(index: Path) -> list[Damage]:
    """Verify the generation that CURRENT names; raise IndexMissing where there is no index."""
    number = read_current(index)
    if number is None:
        if not published(index):
            raise IndexMissing(f"there is no index in {index}; run: python -m indexer index")
        return [Damage(str(index / CURRENT), "is missing or damaged")]
    return check_generation(index, number)


def verify(index: Path) -> Damage | None:
    """Verify every byte of the generation that CURRENT names, about 1 GB a second; return the first damage, or None.

    Ask this while holding the writer's lock: no other writer may remove the generation meanwhile.
    """
    number = read_current(index)
    if number is None:
        return Damage(str(index / CURRENT), "is missing or damaged") if published(index) else None
    folder = index / f"gen-{number}"
    try:
        generation = read_generation(index, number)
        read_state(generation)
        for opened in open_segments(generation):
            folder = generation.folder / opened.entry.file
            opened.segment.verify()
    except IndexCorrupt as error:
        return Damage(str(folder), str(error))
    except IndexMissing:  # another version made it: it is built again anyway
        return None
    return None


def drop_damaged(index: Path) -> bool:
    """Make the newest whole generation the current one; return False where it already is or where none is whole."""
    current = read_current(index)
    if current is not None and not check_generation(index, current):
        return False
    for number in published(index):
        # A generation newer than CURRENT was never published.
        if (current is None or number < current) and not check_generation(index, number):
            point_to(index, number, Disk(), get("lock_wait"))
            return True
    return False


def check_generation(index: Path, number: int) -> list[Damage]:
    """Verify all files of a generation, then what its segments hold; raise IndexMissing for one of another version."""
    try:
        generation = read_generation(index, number)
    except IndexCorrupt as error:
        return [Damage(str(index / f"gen-{number}" / MANIFEST), str(error))]
    damages = [*_check_files(generation)]
    if damages:
        return damages
    try:
        read_state(generation)
        for opened in open_segments(generation):
            damages += _check_segment(generation, opened)
    except IndexCorrupt as error:
        damages.append(Damage(str(generation.folder), str(error)))
    return damages


def _check_files(generation: Generation) -> Iterator[Damage]:
    """Compare every file with its digest in the manifest."""
    for name, entry in generation.files.items():
        path, digest = generation.folder / name, blake2b()
        try:
            with open(path, "rb") as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
        except OSError as error:
            yield Damage(str(path), f"cannot be read ({error.strerror})")
            continue
        if digest.hexdigest() != entry.digest:
            yield Damage(str(path), "does not have the digest that the manifest says")


def _check_segment(generation: Generation, opened: OpenSegment) -> Iterator[Damage]:
    path = str(generation.folder / opened.entry.file)
    for what, holds in _CHECKS.items():
        try:
            if not holds(opened.segment):
                yield Damage(path, what)
        except (IndexCorrupt, ValueError, IndexError, UnicodeDecodeError) as error:
            yield Damage(path, f"{what} ({error})")


def _blocks_hold(segment: Segment) -> bool:
    segment.verify()
    return True


def _sizes_agree(segment: Segment) -> bool:
    """Compare the lengths of arrays that have an item per article, term, part or value."""
    length = segment.container.length
    articles, words, authors = segment.articles, len(segment.words), len(segment.authors)
    per_article = ["dates", "ids.hashes", "ids.order", *(f"{field}.lengths" for field in FIELDS)]
    per_article += [f"{name}.cells" for name in VALUES]
    ends = ["stored.starts", "texts.articles", "texts.first_parts", "ids.offsets", "titles.offsets"]
    return (
        all(length(name) == articles for name in per_article)
        and all(length(name) == articles + 1 for name in ends)
        and all(length(f"{field}.starts") == (authors if field == "author" else words) + 1 for field in FIELDS)
        and all(length(f"{field}.articles") == length(f"{field}.frequencies") for field in FIELDS)
        and length("words.chain") == words
        and length("texts.kinds") == length("texts.parts") - 1
        and length("pairs.starts") == length("pairs.second") + 1
        and length("pairs.low") == length("pairs.high")
    )


_RUNS = {
    "texts.first_parts": "texts.kinds",
    "pairs.first": "pairs.second",
    "pairs.starts": "pairs.low",
    "words.buckets": "words.chain",
    "stored.starts": "stored.blob",
    **{f"{field}.starts": f"{field}.articles" for field in FIELDS},
    **{name: f"{name.removesuffix('offsets')}blob" for name in ARRAYS if name.endswith(".offsets")},
}
"""Arrays that tell where runs in another array begin, and that other array."""


def _runs_cover(segment: Segment) -> bool:
    for starts, target in _RUNS.items():
        array = segment.container.view(starts)
        if not len(array) or array[0] != 0 or array[-1] != segment.container.length(target) or _falls(array):
            return False
    parts, articles = segment.part_starts(), segment.article_starts()
    return bool(parts[-1] == segment.units and (parts[segment.first_parts()] == articles).all()) and not _falls(parts)


def _falls(array: Array) -> bool:
    return bool((array[1:] < array[:-1]).any())


def _postings_ascend(segment: Segment) -> bool:
    for field in FIELDS:
        starts, (articles, _) = segment.starts(field), segment.all_postings(field)
        if len(articles) and (int(articles.max()) >= segment.articles or not _ascend(articles, starts)):
            return False
    return True


def _positions_ascend(segment: Segment) -> bool:
    starts = segment.container.view("pairs.starts")
    positions = segment.positions_at(0, int(starts[-1]))
    return not len(positions) or (int(positions.max()) < segment.units and _ascend(positions, starts))


def _ascend(values: Array, starts: Array) -> bool:
    """Tell whether values rise strictly within every run."""
    rising = np.ones(len(values) + 1, np.bool_)
    rising[1:-1] = values[1:] > values[:-1]
    rising[starts] = True
    return bool(rising.all())


def _words_are_found(segment: Segment) -> bool:
    words = [*segment.words]
    sorts = all(first < second for table in (words, [*segment.authors]) for first, second in itertools.pairwise(table))
    return sorts and all(segment.term(word, hash_term(word)) == number for number, word in enumerate(words))


def _cells_point_at_values(segment: Segment) -> bool:
    columns = ((segment.column(name), segment.values(name)) for name in VALUES)
    return all(not len(cells) or int(cells.max()) < len(values) for cells, values in columns)


def _articles_are_themselves(segment: Segment) -> bool:
    """Compare every stored article with its columns, and find it by its id."""
    files, cells, ordinals = segment.values("file"), segment.column("file"), segment.column("ordinal")
    return all(
        segment.ids[number] == article.id
        and segment.find(article.id, hash_id(article.id)) >= 0
        and segment.titles[number] == (article.title or "")
        and files[int(cells[number])] == article.file
        and int(ordinals[number]) == article.ordinal
        for number, article in enumerate(segment)
    )


def _articles_find_themselves(segment: Segment) -> bool:
    """Look for the first characters of some articles where the exact index says that they stand."""
    step = max(segment.articles // _SAMPLE, 1)
    starts, first_parts = segment.part_starts(), segment.first_parts()
    for number in range(0, segment.articles, step):
        body = int(starts[int(first_parts[number]) + BODY])
        units = match_units(segment.article(number).text)[:9].astype(int).tolist()
        pairs = list(itertools.pairwise(units))
        if not all(body + at in segment.positions(*pair) for at, pair in enumerate(pairs) if pair[0]):
            return False
    return True


_CHECKS: dict[str, Callable[[Segment], bool]] = {
    "a block does not have its checksum": _blocks_hold,
    "arrays do not have the sizes that they should": _sizes_agree,
    "runs do not cover what they point at": _runs_cover,
    "postings do not ascend": _postings_ascend,
    "positions do not ascend": _positions_ascend,
    "words cannot be found": _words_are_found,
    "columns point at no value": _cells_point_at_values,
    "stored articles do not agree with their columns": _articles_are_themselves,
    "stored articles do not find themselves": _articles_find_themselves,
}
