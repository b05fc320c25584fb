"""Which query was perhaps meant? Words of the index that sound the same or differ by one edit, put in its place.

Candidates only: whoever asks has to try whether one finds more than the query as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from indexer.analysis.fold import HAN, fold, match_text
from indexer.query.syntax import Node, positive_leaves
from indexer.results.lexicon import Lexicon
from indexer.results.sounds import others, spelling

__all__ = ["corrections", "is_sentence"]

_WORDS = 6  # a query of more words is a sentence, and no misspelt one
_LONGEST = 6  # characters of a word that is replaced
_EACH = 4  # replacements of one piece
_PIECES = 64  # pieces of a query that are looked up
_HAN_RUN = re.compile(f"[{HAN}]+")

_Correction = tuple[int, int, str, str]
"""Minus the length of what is replaced, the rank of the new word, then what is replaced and by what."""


def is_sentence(node: Node) -> bool:
    """Tell whether a query has more words than a mistyped one; nothing is to be corrected in a question."""
    return len(list(positive_leaves(node))) > _WORDS


def corrections(
    query: str, node: Node, lexicon: Lexicon, most: int, printed: Callable[[str], str] = str
) -> Iterator[str]:
    """Yield up to `most` queries with one word corrected, likeliest first: same sound, rarer readings, one edit.

    `printed` tells how a word in match form is printed in the articles.
    """
    form = fold(query)  # keeps the spaces between words
    seen = {match_text(query)}
    for *_, wrong, right in islice(_candidates(form.text, node, lexicon), most):
        start = form.text.find(wrong)
        first, last = form.span(start, start + len(wrong))
        candidate = query[:first] + printed(right) + query[last:]
        if match_text(candidate) not in seen:
            seen.add(match_text(candidate))
            yield candidate


def _candidates(query: str, node: Node, lexicon: Lexicon) -> Iterator[_Correction]:
    """Yield kind after kind, so that what a later kind needs is made only where no earlier correction will do."""
    words = [leaf.text for leaf in positive_leaves(node) if leaf.text in query]
    runs = [run for run in _HAN_RUN.findall(query) if _is_in(run, words)]
    pieces = dict.fromkeys((*words, *(piece for run in runs for piece in _pieces(run))))
    spoken = [piece for piece in pieces if len(piece) > 1][:_PIECES]
    # Every word of two characters is one edit from many others; it is replaced only where nothing else is said.
    unknown = [word for word in dict.fromkeys((*words, *runs)) if word not in lexicon.numbers]
    edited = [word for word in unknown if 2 < len(word) <= 2 * _LONGEST or word == query.strip(' "')]
    for alike, wrong in ((_same_sound, spoken), (_rare_sound, spoken), (_one_edit, edited)):
        yield from sorted(
            (-len(word), number, word, lexicon.entries[number].form)
            for word in wrong
            for number in lexicon.best(alike(word, lexicon), _EACH)
            if lexicon.entries[number].form != word
        )


def _pieces(run: str) -> Iterator[str]:
    """Yield the parts of a run of Han characters, long ones first."""
    for length in range(min(len(run), _LONGEST), 1, -1):
        yield from (run[start : start + length] for start in range(len(run) - length + 1))


def _is_in(piece: str, words: list[str]) -> bool:
    """Tell whether all characters of a piece are in words that the query searches for."""
    return all(any(char in word for word in words) for char in piece)


def _same_sound(piece: str, lexicon: Lexicon) -> Iterable[int]:
    """Return the entries that are spelt like a piece, or by it."""
    return lexicon.sounds.exact(spelling(piece))


def _rare_sound(piece: str, lexicon: Lexicon) -> Iterable[int]:
    """Return the entries that sound like a piece if one character of either is read less commonly."""
    rare = [number for key in (spelling(piece), *others(piece)) for number in lexicon.other_sounds.exact(key)]
    return rare + [number for key in others(piece) for number in lexicon.sounds.exact(key)]


def _one_edit(word: str, lexicon: Lexicon) -> Iterable[int]:
    """Yield the entries one insertion, deletion, change or swap away."""
    # Whatever is changed, either what stands before the middle or what stands after it is untouched.
    middle = (len(word) - 1) // 2
    before, after = word[: max(middle, 1)], word[min(middle + 1, len(word) - 1) :]
    numbers = lexicon.forms.beginning(before) + lexicon.endings.beginning(after[::-1]) + lexicon.forms.exact(word[::-1])
    return (number for number in numbers if _is_one_edit(word, lexicon.entries[number].form))


def _is_one_edit(left: str, right: str) -> bool:
    if left == right or abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 2:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
