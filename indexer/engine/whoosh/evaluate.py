"""Which articles match a query tree? A mask: one boolean per article."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.engine.whoosh.container import Array
from indexer.engine.whoosh.corpus import Corpus
from indexer.engine.whoosh.counting import value_mask
from indexer.engine.whoosh.leaves import Found
from indexer.query.syntax import And, Leaf, Node, Not, Or, Phrase, Prefix, Term, Values

__all__ = ["evaluate"]


def evaluate(node: Node | None, corpus: Corpus, found: Mapping[Leaf, Found]) -> Array:
    """Return a new bool [articles] of the live articles that match; `found` holds every leaf of the tree."""
    if node is None:
        return corpus.everything()
    if isinstance(node, And):
        masks = (evaluate(part, corpus, found) for part in node.parts)
        mask = next(masks, None)
        if mask is None:
            return corpus.everything()
        for other in masks:
            mask &= other
        return mask
    mask = np.zeros(corpus.size, np.bool_)
    if isinstance(node, Or):
        _mark(mask, node, corpus, found)
    elif isinstance(node, Not):
        mask = corpus.everything()
        mask &= ~evaluate(node.part, corpus, found)
    elif isinstance(node, Values):
        mask = value_mask(corpus, node.field, node.values)
    else:
        _mark(mask, node, corpus, found)
    return mask


def _mark(mask: Array, node: Node, corpus: Corpus, found: Mapping[Leaf, Found]) -> None:
    """Add the articles that match to a mask; leaves under Or need no masks of their own."""
    if isinstance(node, Or):
        for part in node.parts:
            _mark(mask, part, corpus, found)
    elif isinstance(node, (Term, Phrase, Prefix)):
        for postings in found[node].matching:
            mask[postings.articles] = True
    else:
        mask |= evaluate(node, corpus, found)
