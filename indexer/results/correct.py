"""Which query was perhaps meant? Words of the index that sound the same or differ by one edit, put in its place.

Candidates only: whoever asks has to try whether one finds more than the query as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from indexer.analysis.fold import HAN, fold, match_text
from indexer.query.syntax import Node, positive_leaves
from indexer.results.lexicon import Lexicon
from indexer.results.sounds import others, spelling

__all__ = ["corrections"]

_WORDS = 6  # a query of more words is a sentence, and no misspelt one
_LONGEST = 6  # characters of a word that is replaced
_EACH = 4  # replacements of one piece
_PIECES = 64  # pieces of a query that are looked up
_HAN_RUN = re.compile(f"[{HAN}]+")

_Correction = tuple[int, int, int, str, str]
"""Kind of the correction, minus its length, rank of the new word, then what is replaced and by what."""


def corrections(
    query: str, node: Node, lexicon: Lexicon, most: int, printed: Callable[[str], str] = str
) -> Iterator[str]:
    """Yield up to `most` queries with one word corrected, likeliest first.

    `printed` tells how a word in match form is printed in the articles.
    """
    form = fold(query)  # keeps the spaces between words
    seen = {match_text(query)}
    found = sorted(_candidates(form.text, node, lexicon))
    for *_, wrong, right in islice(found, most):
        start = form.text.find(wrong)
        first, last = form.span(start, start + len(wrong))
        candidate = query[:first] + printed(right) + query[last:]
        if match_text(candidate) not in seen:
            seen.add(match_text(candidate))
            yield candidate


def _candidates(query: str, node: Node, lexicon: Lexicon) -> Iterator[_Correction]:
    words = [leaf.text for leaf in positive_leaves(node) if leaf.text in query]
    if len(words) > _WORDS:
        return
    runs = [run for run in _HAN_RUN.findall(query) if _is_in(run, words)]
    pieces = dict.fromkeys((*words, *(piece for run in runs for piece in _pieces(run))))
    for piece in islice(pieces, _PIECES):
        for kind, number in _same_sound(piece, lexicon):
            yield kind, -len(piece), number, piece, lexicon.entries[number].form
    for word in dict.fromkeys((*words, *runs)):
        # Every word of two characters is one edit from many others; it is replaced only where nothing else is said.
        if word not in lexicon.numbers and (len(word) > 2 or word == query.strip(' "')):
            for number in _one_edit(word, lexicon):
                yield 2, -len(word), number, word, lexicon.entries[number].form


def _pieces(run: str) -> Iterator[str]:
    """Yield the parts of a run of Han characters, long ones first."""
    for length in range(min(len(run), _LONGEST), 1, -1):
        yield from (run[start : start + length] for start in range(len(run) - length + 1))


def _is_in(piece: str, words: list[str]) -> bool:
    """Tell whether all characters of a piece are in words that the query searches for."""
    return all(any(char in word for word in words) for char in piece)


def _same_sound(piece: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the entries that sound like a piece or are spelt by it: 0 for the common readings, 1 for others."""
    if len(piece) < 2:
        return
    sound = spelling(piece)
    common = set(lexicon.sounds.exact(sound))
    rare = {number for key in (sound, *others(piece)) for number in lexicon.other_sounds.exact(key)}
    rare |= {number for key in others(piece) for number in lexicon.sounds.exact(key)}
    for kind, numbers in enumerate((common, rare - common)):
        for number in lexicon.best(numbers, _EACH):
            if lexicon.entries[number].form != piece:
                yield kind, number


def _one_edit(word: str, lexicon: Lexicon) -> list[int]:
    """Return the entries one insertion, deletion, change or swap away, most frequent first."""
    if not 2 <= len(word) <= 2 * _LONGEST:
        return []
    # Whatever is changed, either what stands before the middle or what stands after it is untouched.
    middle = (len(word) - 1) // 2
    before, after = word[: max(middle, 1)], word[min(middle + 1, len(word) - 1) :]
    numbers = lexicon.forms.beginning(before) + lexicon.endings.beginning(after[::-1]) + lexicon.forms.exact(word[::-1])
    near = (number for number in numbers if _is_one_edit(word, lexicon.entries[number].form))
    return lexicon.best(near, _EACH)


def _is_one_edit(left: str, right: str) -> bool:
    if left == right or abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 2:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
