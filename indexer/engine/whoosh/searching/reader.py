"""Which articles of a segment count? A segment as its generation sees it."""

from __future__ import annotations

import numpy as np

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.layout.schema import WORD_FIELDS
from indexer.engine.whoosh.layout.segment import Segment

__all__ = ["SegmentReader"]


class SegmentReader:
    """Join a segment with the articles that its generation has deleted.

    `live` is bool [articles], or None where nothing is deleted; `count` tells how many articles live; `number` is
    the segment's place in its generation; `fields` are those of schema.WORD_FIELDS in which any word stands.
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
