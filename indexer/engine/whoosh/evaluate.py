"""Which articles of a segment match a query tree? A mask: one boolean per article."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.counting import value_mask
from indexer.engine.whoosh.leaves import Found
from indexer.engine.whoosh.reader import SegmentReader
from indexer.query.syntax import And, Leaf, Node, Not, Or, Values

__all__ = ["evaluate"]


def evaluate(node: Node | None, reader: SegmentReader, found: Mapping[Leaf, Found]) -> Array:
    """Return a new bool [articles] of the live articles that match; `found` holds every leaf of the tree."""
    if node is None:
        return reader.everything()
    if isinstance(node, And):
        masks = (evaluate(part, reader, found) for part in node.parts)
        mask = next(masks, None)
        if mask is None:
            return reader.everything()
        for other in masks:
            mask &= other
        return mask
    mask = np.zeros(reader.size, np.bool_)
    if isinstance(node, Or):
        for part in node.parts:
            mask |= evaluate(part, reader, found)
    elif isinstance(node, Not):
        mask = reader.everything()
        mask &= ~evaluate(node.part, reader, found)
    elif isinstance(node, Values):
        mask = value_mask(reader, node.field, node.values)
    else:
        for postings in found[node].matching:
            mask[postings.articles] = True
    return mask
