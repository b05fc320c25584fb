"""What can be read from a segment? Postings, exact positions, columns and stored articles, as views of a mapped file.

Opening maps the file and verifies its tail, nothing more. All arrays are little-endian numpy views, read-only; keep
none beyond the life of the engine, for each keeps the whole file mapped. Articles are numbered 0 … articles − 1
within their segment; which of them are deleted is said by the generation (see catalog), not here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from indexer.engine.whoosh.layout.container import Array, Container
from indexer.engine.whoosh.layout.schema import ARRAYS, FIELDS, VALUES
from indexer.engine.whoosh.layout.store import Store
from indexer.engine.whoosh.layout.strings import Strings
from indexer.models import Article

__all__ = ["Segment", "combined", "hash_id", "hash_term"]


_POSTINGS = {field: (f"{field}.starts", f"{field}.articles", f"{field}.frequencies") for field in FIELDS}
_REMEMBERED = 4_096  # pairs of characters of which it is remembered where they are: a query asks for each twice


def hash_term(term: str) -> int:
    """Return the hash by which `Segment.term` finds a term: the same for all segments, so compute it once."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def hash_id(article_id: str) -> int:
    """Return the 64-bit hash of an article id."""
    return int.from_bytes(blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def combined(high: Array, low: Array) -> Array:
    """Return positions by their high bits, an array that is changed for it, and their low 16 bits."""
    high <<= high.dtype.type(16)
    high |= low
    return high


class Segment:
    """Read one segment; safe to use from several threads.

    Attributes: name, articles (count), units (count), words (Strings: the terms of title, subtitle and body, sorted),
    authors (Strings: the terms of author, sorted), ids and titles (Strings by article number; "" for no title).
    Every method raises IndexCorrupt where it meets a damaged block.
    """

    def __init__(self, path: Path, size: int, tail: str) -> None:
        """Open a segment file of `size` bytes whose tail has the digest `tail`; raise IndexCorrupt."""
        self.name = path.stem
        self._container = container = Container(path, size, tail, ARRAYS)
        self._view, self._two = container.view, container.two
        self.articles = container.length("ordinals")
        self.units = container.facts.get("units", 0)
        self.words = Strings(container, "words")
        self.authors = Strings(container, "authors")
        self.ids = Strings(container, "ids")
        self.titles = Strings(container, "titles")
        self._values = {name: Strings(container, f"{name}.values") for name in VALUES}
        self._store = Store(container)
        self._pairs: dict[tuple[int, int | None], tuple[int, int]] = {}
        self._buckets = container.length("words.buckets") - 1

    # Words.

    def term(self, term: str, hashed: int | None = None) -> int:
        """Return the number of a term of title, subtitle and body, or −1; `hashed` is its hash_term if known."""
        bucket = (hash_term(term) if hashed is None else hashed) % self._buckets
        start, stop = self._two("words.buckets", bucket)
        if start == stop:
            return -1
        wanted = term.encode("utf-8", "surrogatepass")
        for number in self._view("words.chain", start, stop).tolist():
            if self.words.raw(number) == wanted:
                return int(number)
        return -1

    def number(self, field: str, term: str) -> int:
        """Return the number of a term of any field, or −1."""
        return self.authors.find(term) if field == "author" else self.term(term)

    def terms(self, field: str) -> Strings:
        """Return the term table of a field: title, subtitle and body share one (a term may have no posting in one)."""
        return self.authors if field == "author" else self.words

    def prefix(self, field: str, prefix: str) -> tuple[int, int]:
        """Return the range (first, past the last) of term numbers whose texts begin with `prefix`."""
        return self.terms(field).with_prefix(prefix)

    def postings_at(self, field: str, number: int) -> tuple[Array, Array]:
        """Return (articles u16 ascending, frequencies u8) of a term by its number; both may be empty.

        A frequency is capped at 255. It is 0 where a word for which schema.is_complete holds stands in the article
        although the text was never cut so: with these its postings are exactly the articles whose field contains it.
        """
        starts, articles, frequencies = _POSTINGS[field]
        start, stop = self._two(starts, number)
        return self._view(articles, start, stop), self._view(frequencies, start, stop)

    def postings(self, field: str, term: str) -> tuple[Array, Array] | None:
        """Return postings_at of a term by its text, or None where the field has no such term."""
        number = self.number(field, term)
        if number < 0:
            return None
        found = self.postings_at(field, number)
        return found if len(found[0]) else None

    def has_postings(self, field: str) -> bool:
        """Tell whether any term has postings in a field; none has in the title where no article has one."""
        return self._container.length(f"{field}.articles") > 0

    def starts(self, field: str) -> Array:
        """Return u32 [terms + 1]: where each term's postings begin; differences are document frequencies."""
        return self._view(f"{field}.starts")

    def all_postings(self, field: str) -> tuple[Array, Array]:
        """Return (articles u16, frequencies u8) of all terms, concatenated as `starts` tells."""
        return self._view(f"{field}.articles"), self._view(f"{field}.frequencies")

    def lengths(self, field: str) -> Array:
        """Return u32 [articles]: words in the field, repeats included (for author: names)."""
        return self._view(f"{field}.lengths")

    def total_length(self, field: str) -> int:
        """Return the sum of `lengths` without reading them."""
        return self._container.facts.get(f"{field}.length", 0)

    # The exact index. The exact text of an article is its parts (title, kicker, subtitle, body, captions) in match
    # form as UTF-16 code units, each followed by SEPARATOR; empty parts are there too, captions as many as there are.
    # Every unit but a separator begins exactly one pair, so no phrase crosses a part's border.

    def pair(self, first: int, second: int | None = None) -> tuple[int, int]:
        """Return the range (start, stop) in which `positions_at` finds a pair; stop − start is how often it occurs.

        With `second` None the range of all pairs that begin with `first`: every occurrence of one unit.
        """
        key = (first, second)
        found = self._pairs.get(key)
        if found is None:
            if len(self._pairs) >= _REMEMBERED:
                self._pairs.clear()
            found = self._pairs[key] = self._find_pair(first, second)
        return found

    def _find_pair(self, first: int, second: int | None) -> tuple[int, int]:
        low, high = self._two("pairs.first", first)
        if low == high:
            return 0, 0
        if second is None:
            starts = self._view("pairs.starts", low, high + 1)
            return int(starts[0]), int(starts[-1])
        seconds = self._view("pairs.second", low, high)
        at = int(seconds.searchsorted(np.uint16(second)))
        if at == high - low or seconds.item(at) != second:
            return 0, 0
        return self._two("pairs.starts", low + at)

    def positions_at(self, start: int, stop: int) -> Array:
        """Return the positions (u32, a new array) in a range that `pair` gave; ascending within one pair."""
        high, low = self.pair_bytes(start, stop)
        return combined(high.astype(np.uint32), low)

    def pair_bytes(self, start: int, stop: int) -> tuple[Array, Array]:
        """Return the positions in a range that `pair` gave as they are kept: (high u8, low u16), see combined."""
        return self._view("pairs.high", start, stop), self._view("pairs.low", start, stop)

    def positions(self, first: int, second: int | None = None) -> Array:
        """Return the positions at which a pair begins, ascending; with `second` None those of a unit, unordered."""
        return self.positions_at(*self.pair(first, second))

    def articles_at(self, positions: Array) -> Array:
        """Return the article number (int64) of each position, in their order."""
        return self._view("texts.articles").searchsorted(positions, "right") - 1

    def article_starts(self) -> Array:
        """Return u32 [articles + 1]: the position at which each article's exact text begins."""
        return self._view("texts.articles")

    def part_starts(self) -> Array:
        """Return u32 [parts + 1]: the position at which each part begins; parts of an article stand together."""
        return self._view("texts.parts")

    def first_parts(self) -> Array:
        """Return u32 [articles + 1]: each article's first part, which is its title."""
        return self._view("texts.first_parts")

    # Columns and stored articles.

    def column(self, name: str) -> Array:
        """Return u32 [articles]: for city, year, source and file the cell's number in `values(name)`; for date the
        number yyyymmdd (month or day 00 where unknown; a year without a date is yyyy0000; 0 where nothing is known);
        for ordinal the ordinal."""
        return self._view({"date": "dates", "ordinal": "ordinals"}.get(name, f"{name}.cells"))

    def values(self, name: str) -> Strings:
        """Return the sorted distinct texts of city, year, source or file; those of facets are raw facet values."""
        return self._values[name]

    def find(self, article_id: str, hashed: int | None = None, live: Array | None = None) -> int:
        """Return the number of an article by its id, or −1; `hashed` is its hash_id if known.

        Several may have one id, of which at most one is not deleted: `live` (bool [articles]) tells which counts.
        """
        wanted = hash_id(article_id) if hashed is None else hashed
        hashes = self._view("ids.hashes")
        at = int(hashes.searchsorted(np.uint64(wanted)))
        while at < self.articles and int(hashes[at]) == wanted:
            number = int(self._view("ids.order", at, at + 1)[0])
            if (live is None or live[number]) and self.ids[number] == article_id:
                return number
            at += 1
        return -1

    def id_hashes(self) -> tuple[Array, Array]:
        """Return (u64 ascending hashes of all ids, u16 the article of each)."""
        return self._view("ids.hashes"), self._view("ids.order")

    def article(self, number: int) -> Article:
        """Return a stored article, decompressing no other."""
        return self._store.read(number)

    def __iter__(self) -> Iterator[Article]:
        """Yield the stored articles by number, deleted ones included."""
        return map(self._store.read, range(self.articles))

    def verify(self) -> None:
        """Verify every byte of the file."""
        self._container.verify()

    @property
    def container(self) -> Container:
        """Give merging and checking access to the arrays as they are (names in schema.ARRAYS)."""
        return self._container
