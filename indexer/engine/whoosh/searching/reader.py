"""Which articles of a segment count, and in which field does a position lie? A segment as its generation sees it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.layout.segment import Segment

__all__ = ["SegmentReader"]

_BODY = 3  # the part of an article with which the body field begins, see schema.PARTS
_WORD_FIELDS = len(WORD_FIELDS)


class SegmentReader:
    """Join a segment with the articles that its generation has deleted.

    `live` is bool [articles], or None where nothing is deleted; `count` tells how many articles live; `number` is
    the segment's place in its generation; `fields` are those of schema.WORD_FIELDS in which any word stands. What is
    derived is derived once, on first use.
    """

    def __init__(self, segment: Segment, deleted: Array | None = None, number: int = 0) -> None:
        self.segment = segment
        self.number = number
        self.size = segment.articles
        self.fields = tuple(filter(segment.has_postings, WORD_FIELDS))
        self.live: Array | None = None
        if deleted is not None and bool(deleted.any()):
            self.live = ~deleted
        self.count = self.size if self.live is None else int(np.count_nonzero(self.live))

    def everything(self) -> Array:
        """Return a new mask (bool [articles]) of all articles that live."""
        return np.ones(self.size, np.bool_) if self.live is None else self.live.copy()

    def length(self, field: str) -> int:
        """Return the words of a field in all articles that live."""
        if self.live is None:
            return self.segment.total_length(field)
        return int(self.segment.lengths(field)[self.live].sum(dtype=np.int64))

    def places(self, positions: Array) -> Array:
        """Return for each of some ascending positions 3 × article + the number of its field in schema.WORD_FIELDS."""
        # Whichever there are fewer of is looked up among the others: measured, both ways break even there.
        if len(positions) >= _WORD_FIELDS * self.size:
            counts = np.diff(positions.searchsorted(self._borders), append=len(positions))
            return np.arange(len(counts)).repeat(counts)
        places = self.segment.articles_at(positions)
        places *= _WORD_FIELDS
        if self._only_bodies:
            places += _WORD_FIELDS - 1
            return places
        inside: Array = places + (self._borders.take(places + 1) <= positions)
        inside += self._borders.take(places + 2) <= positions
        return inside

    @cached_property
    def _borders(self) -> Array:
        """Hold where the fields of schema.WORD_FIELDS begin in every article: u32 [3 × articles]."""
        segment = self.segment
        firsts = segment.first_parts()[:-1]
        borders = np.empty((self.size, _WORD_FIELDS), np.uint32)
        parts = segment.part_starts()
        for field, part in enumerate((0, 1, _BODY)):
            borders[:, field] = parts[firsts + part]
        return borders.reshape(-1)

    @cached_property
    def _only_bodies(self) -> bool:
        """Tell whether no article has a title, kicker or subtitle: what has no units has a separator nevertheless."""
        borders = self._borders.reshape(-1, _WORD_FIELDS)
        return bool((borders[:, -1] - borders[:, 0] == _BODY).all())
