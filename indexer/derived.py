"""What is derived once from a generation, and then kept for all its requests? Its words, and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from indexer.analysis.fold import HAN
from indexer.engine.base import Engine, Request
from indexer.engine.lease import Lease
from indexer.query.syntax import Term
from indexer.results.examples import examples
from indexer.results.highlight import spans
from indexer.results.lexicon import Lexicon

__all__ = ["example_queries", "lexicon_of", "prepared_lexicon", "printed_form"]

_VOCABULARY = 50_000  # terms that are suggested and corrected to
_EXAMPLES = 5_000  # terms from which example queries are drawn
_PRINTED = 4_096  # words whose printed form is remembered
_APART = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")


def example_queries(lease: Lease) -> tuple[str, ...]:
    """Return words of the index that make good first queries, the best first."""

    def make(engine: Engine) -> tuple[str, ...]:
        words = examples(engine.vocabulary(_EXAMPLES), engine.titles(), engine.statistics().articles, 8)
        return tuple(map(printed_form(lease), words))

    return lease.once("examples", make)


def lexicon_of(lease: Lease) -> Lexicon:
    """Return the words, headlines and places that are suggested and corrected to."""

    def make(engine: Engine) -> Lexicon:
        return Lexicon(engine.vocabulary(_VOCABULARY), engine.titles(), engine.values("city"))

    return lease.once("lexicon", make)


def prepared_lexicon(lease: Lease) -> Callable[[Engine], Lexicon]:
    """Return a function that gives the lexicon with all that corrections need of it (see Lease.within)."""

    def make(_: Engine) -> Lexicon:
        lexicon = lexicon_of(lease)
        lexicon.prepare()
        return lexicon

    return make


def printed_form(lease: Lease) -> Callable[[str], str]:
    """Return a function that tells how a word in match form is printed: as it stands in the best article with it."""

    def make(engine: Engine) -> Callable[[str], str]:
        @lru_cache(_PRINTED)
        def printed(word: str) -> str:
            for article, _ in engine.search(Request(Term(word), limit=1)).hits:
                for text in (article.title or "", article.text, article.subtitle or "", *article.captions):
                    for start, end in spans(text, (Term(word),)):
                        # As a query, 公　告 would ask for two words.
                        return _APART.sub("", text[start:end])
            return word

        return printed

    return lease.once("printed", make)
