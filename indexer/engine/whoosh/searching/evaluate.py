"""Which articles match a query tree? Their numbers, ascending; of a conjunction the rarest part comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.engine.whoosh.layout.container import Array
from indexer.engine.whoosh.searching.corpus import Corpus
from indexer.engine.whoosh.searching.counting import value_mask
from indexer.engine.whoosh.searching.found import Found
from indexer.engine.whoosh.searching.numbers import members, union
from indexer.query.syntax import And, Leaf, Node, Not, Or, Phrase, Prefix, Term, Values

__all__ = ["evaluate"]


def evaluate(node: Node | None, corpus: Corpus, found: Mapping[Leaf, Found]) -> Array:
    """Return the live articles that match (int64, not to be changed); `found` holds every leaf of the tree."""
    if node is None:
        return corpus.everything()
    if isinstance(node, And):
        return _all(node.parts, corpus, found)
    if isinstance(node, Not):
        return _all((node,), corpus, found)
    if isinstance(node, Values):
        numbers: Array = value_mask(corpus, node.field, node.values).nonzero()[0]
        return numbers
    return union(list(_lists(node, corpus, found)), corpus.size)


def _all(parts: Sequence[Node], corpus: Corpus, found: Mapping[Leaf, Found]) -> Array:
    """Return the articles that match every part."""
    wanted = sorted((evaluate(part, corpus, found) for part in parts if not isinstance(part, Not)), key=len)
    numbers = wanted[0] if wanted else corpus.everything()
    for other in wanted[1:]:
        numbers = numbers[members(numbers, (other,), corpus.size)]
    for part in parts:
        if isinstance(part, Not):
            excluded = evaluate(part.part, corpus, found)
            numbers = numbers[~members(numbers, (excluded,), corpus.size)]
    return numbers


def _lists(node: Node, corpus: Corpus, found: Mapping[Leaf, Found]) -> Iterator[Array]:
    """Yield lists that together hold what matches; leaves under Or need not be joined one by one."""
    if isinstance(node, Or):
        for part in node.parts:
            yield from _lists(part, corpus, found)
    elif isinstance(node, (Term, Phrase, Prefix)):
        yield from (postings.articles for postings in found[node].matching)
    else:
        yield evaluate(node, corpus, found)
