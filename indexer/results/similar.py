"""What is an article about, in terms by which others like it are found? Those frequent in it and rare elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from indexer.analysis.analyzer import index_terms
from indexer.models import Article
from indexer.query.syntax import Node, Or, Term

__all__ = ["characteristic"]

_TERMS = 25
_CANDIDATES = 200  # most frequent terms of the article that are weighed
_TITLE = 3  # times that a term of the title counts
_LONGEST = 20_000  # characters of the text that are cut: an article's subject is told by then


def characteristic(
    article: Article, frequencies: Callable[[Iterable[str]], Mapping[str, int]], total: int
) -> tuple[Node, Mapping[str, float]]:
    """Return a query for an article's strongest terms (tf-idf) and the weight of each, 1.0 on average.

    `frequencies` tells in how many of the `total` articles each term is.
    """
    counts = Counter(index_terms(article.text[:_LONGEST]))
    for term in index_terms("\n".join(filter(None, (article.title, article.subtitle)))):
        counts[term] += _TITLE
    frequent = [term for term, _ in counts.most_common() if len(term) > 1][:_CANDIDATES]
    known = frequencies(frequent)
    weights = {
        term: (1 + math.log(counts[term])) * math.log(1 + total / known[term])
        for term in frequent
        if known.get(term, 0) > 1  # a term of this article alone finds nothing else
    }
    strongest = sorted(weights, key=lambda term: (-weights[term], term))[:_TERMS]
    mean = sum(weights[term] for term in strongest) / max(len(strongest), 1)
    return Or(tuple(map(Term, strongest))), {term: weights[term] / mean for term in strongest}
