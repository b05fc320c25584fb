"""Which queries show a newcomer what is in the index? Words of its headlines that several articles share."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from indexer.analysis.fold import is_han, match_text

__all__ = ["examples"]

_TITLES = 2_000  # headlines looked at
_SHARE = 3  # a word in more than one in so many articles tells them apart too little


def examples(terms: Iterable[tuple[str, int]], titles: Iterable[tuple[str, str]], total: int, count: int) -> list[str]:
    """Return up to `count` words in match form, the most telling first; none contains another.

    `terms` are (word, articles that have it), `titles` (id, headline), `total` the articles of the index.
    """
    headlines = "\n".join(match_text(title) for _, title in islice(titles, _TITLES))
    weights = {
        term: headlines.count(term) * len(term)
        for term, articles in terms
        if 1 < articles <= max(2, total // _SHARE) and len(term) > 1 and all(map(is_han, term))
    }
    chosen: list[str] = []
    for term in sorted(weights, key=lambda each: (-weights[each], each)):
        if len(chosen) == count or not weights[term]:
            break
        if not any(term in other or other in term for other in chosen):
            chosen.append(term)
    return chosen
