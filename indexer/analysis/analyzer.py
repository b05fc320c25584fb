"""Which terms does a text have, and which does a query ask for? One answer for both, so that they meet.

Han runs give jieba's words, at index time in search mode. Of the rest what people type as one word stays one: r&d,
c++, 40.13%, 2023-01-06; at index time its parts are terms besides. What a query term with Han characters means does
not depend on how a text was cut: it matches wherever its characters stand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.analysis.fold import (
    BORDER,
    HAN,
    Codes,
    Offsets,
    han_mask,
    match_codes,
    match_form,
    match_text,
    text_of,
    wide_mask,
)
from indexer.analysis.scripts import split_joined, split_scripts
from indexer.analysis.segment import cut, cut_for_search, cut_lengths, dictionary_digest, mixed_words

__all__ = [
    "ANALYSIS_VERSION",
    "Cuts",
    "Token",
    "analysis_digest",
    "cuts_of",
    "explain",
    "form_terms",
    "index_terms",
    "query_terms",
    "spellings",
    "trimmed",
]

ANALYSIS_VERSION = 1
"""Changes whenever the same text gives other terms."""

_LONGEST = 64  # longer words are no terms; like every unknown word they are found by their characters
_HAN_CHAR = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_JUNCTION = re.compile(f"(?<=[{HAN}])(?=[^{HAN} ])|(?<=[^{HAN} ])(?=[{HAN}])")
# Applied to text without Han characters: these are all \w to a regular expression.
_MIXED = re.compile(
    r"""
    https?://[\w.~:/?\#@!$&*+;=%-]*[\w/]
    | (?:(?<![\w.])\.(?=[a-z]))?                            # .net, but not the end of …and
      [^\W_]+
      (?: (?: [.&@'/_-]
            | (?<=\d),(?=\d{3}(?![^\W_]))                   # 1,200, but not 2019,2020
            | (?<=\d):(?=\d)
          ) [^\W_]+ )*
      (?: \+\+ | \#(?![^\W_]) | % | ‰ | °[cf]? )?           # c++ c# 40.13% 25°c
    """,
    re.VERBOSE,
)
_BORDERED = re.compile(f"{BORDER}|{_MIXED.pattern}", re.VERBOSE)
_PART = re.compile(r"(?<![.\d])\d+\.\d+(?!\.?\d)|\d+|[^\W\d_]+")
_LARGE = re.compile(rf"(?<![\d.])[1-9]\d{{3,{_LONGEST}}}(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Function words join nothing: 2022年 and b超 are words, 5和 and b的 are none.
_PARTICLES = frozenset("的地得了是和与及或在有为对从到把被让给跟同也都就又还很不没吗呢吧啊这那")


class Cuts(NamedTuple):
    """Hold the index terms of texts joined by match_joined; offsets into their codes.

    Nine of ten terms are Han words of one or two characters, each of one UTF-16 unit: of these `singles` and `doubles`
    tell where they begin. `words` are the other Han words, which begin at `starts`; words inside of them (see
    inner_words) are terms too. In each of `streams` the other terms stand in order, and BORDER after those of a text.
    """

    singles: Offsets
    doubles: Offsets
    words: list[str]
    starts: Offsets
    streams: list[list[str]]


class Token(NamedTuple):
    """Place a term in a text: `kind` is word (Han), part (inside a word) or mixed; offsets into the text."""

    term: str
    kind: str
    start: int
    end: int


def index_terms(text: str) -> list[str]:
    """Return the terms of a text, as often as they occur: Han words in their order, then the others in theirs."""
    codes = match_codes(text)
    han, rest = split_scripts(codes)
    terms = [*cut_for_search(han), *_terms_of_words(_MIXED.findall(rest))]
    user = _user_words(mixed_words())
    return terms + user.findall(text_of(codes)) if user else terms


def cuts_of(codes: Codes) -> Cuts:
    """Return the index terms of many texts that match_joined has folded."""
    han, rest, places = split_joined(codes)
    lengths = cut_lengths(han)
    ends = lengths.cumsum()
    starts = places.take(ends - lengths)
    long = lengths > 2
    if (wide := wide_mask(codes) & han_mask(codes)).any():
        long |= np.logical_or.reduceat(wide, np.stack((starts, starts + lengths), 1).ravel()[:-1])[::2]
    ones = starts[(lengths == 1) & ~long]
    stops = ends[long].tolist()
    return Cuts(
        singles=ones[han_mask(codes.take(ones))],  # not the gaps and borders
        doubles=starts[(lengths == 2) & ~long],
        words=[han[stop - length : stop] for stop, length in zip(stops, lengths[long].tolist(), strict=True)],
        starts=starts[long],
        streams=list(_other_streams(codes, rest)),
    )


def _other_streams(codes: Codes, rest: str) -> Iterator[list[str]]:
    yield list(_terms_of_words(_BORDERED.findall(rest)))
    user = _user_words(mixed_words())
    if user:
        yield [term for text in text_of(codes).split(BORDER)[:-1] for term in (*user.findall(text), BORDER)]


def query_terms(text: str) -> list[str]:
    """Return the terms of an unquoted piece of a query, in order; [] where it holds punctuation only."""
    return form_terms(match_text(text))


def form_terms(form: str) -> list[str]:
    """Return query_terms of a text in match form."""
    if _HAN_RUN.fullmatch(form):  # nearly all are nothing else, and then there is nothing to join
        return cut(form)
    return [token.term for token in _joined(_tokens(form))]


def trimmed(text: str) -> str:
    """Return the match form of a text without the punctuation around its terms; "" where it has none."""
    form = match_text(text)
    if _HAN_RUN.fullmatch(form):
        return form
    user = _user_words(mixed_words())
    found = _matches(user, form) if user else []
    rest = _without(user, form) if user else form
    # Every Han character is in some word, so that nothing has to be cut.
    spans = [match.span() for match in _HAN_RUN.finditer(rest)] + [token[2:] for token in found + _mixed(rest)]
    return form[min(spans)[0] : max(end for _, end in spans)] if spans else ""


def spellings(term: str) -> tuple[str, ...]:
    """Return a term as it may be printed: 2022年 also as 2022 年, with a space where scripts meet; 1200 as 1,200."""
    grouped = _LARGE.sub(lambda match: f"{int(match[0]):,}", term)
    spaced = [_JUNCTION.sub(" ", each) for each in (term, grouped)]
    return tuple(dict.fromkeys((term, grouped, *spaced)))


def explain(text: str) -> list[tuple[str, str, int, int]]:
    """Show the index terms of a text: (term, kind, start, end), offsets into the text as given; kinds as in Token."""
    form = match_form(text)
    user = _user_words(mixed_words())
    tokens = _words(form.text) + _mixed(form.text) + (_matches(user, form.text) if user else [])
    parts = iter(cut_for_search(form.text))
    shown: list[Token] = []
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if token.kind == "word":
            inside = [token.term, *takewhile(token.term.__ne__, parts)]  # search mode gives the parts, then the word
        elif _HAN_CHAR.search(token.term):
            inside = [token.term]
        else:
            inside = list(_terms_of_words((token.term,)))
        shown += (token if term == token.term else _part(token, term) for term in inside)
    return [(token.term, token.kind, *form.span(token.start, token.end)) for token in shown]


def analysis_digest() -> str:
    """Return a digest of all that decides on terms: version, folding table and user dictionary."""
    digest = hashlib.blake2b(f"{ANALYSIS_VERSION} {dictionary_digest()} ".encode(), digest_size=16)
    digest.update((Path(__file__).parent / "data" / "fold.json").read_bytes())
    return digest.hexdigest()


def _tokens(text: str) -> list[Token]:
    """Cut a text in match form precisely, in order of place; user words of mixed scripts win over all others."""
    user = _user_words(mixed_words())
    tokens = _matches(user, text) if user else []
    rest = _without(user, text) if user else text
    return sorted(tokens + _words(rest) + _mixed(rest), key=lambda token: token.start)


def _words(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for word in cut(text):
        start = text.index(word, end)
        end = start + len(word)
        tokens.append(Token(word, "word", start, end))
    return tokens


def _mixed(text: str) -> list[Token]:
    return _matches(_MIXED, _HAN_CHAR.sub(" ", text))


def _matches(pattern: re.Pattern[str], text: str) -> list[Token]:
    return [Token(match[0], "mixed", *match.span()) for match in pattern.finditer(text)]


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with spaces in place of all that a pattern matches."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


@lru_cache(4)
def _user_words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds user words such as 5g基站, the longest first and none within a Latin word or number."""
    if not words:
        return None
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![0-9a-z](?=[0-9a-z]))(?:{alternatives})(?!(?<=[0-9a-z])[0-9a-z])")


def _joined(tokens: list[Token]) -> list[Token]:
    """Join a number with its measure word (2022年) and a letter with its single character (b超, 阿q)."""
    joined: list[Token] = []
    for token in tokens:
        if joined and joined[-1].end == token.start and _belong(joined[-1], token):
            last = joined.pop()
            token = Token(last.term + token.term, "mixed", last.start, token.end)
        joined.append(token)
    return joined


def _belong(left: Token, right: Token) -> bool:
    """Tell whether one of two neighbours is a single Han character that counts or qualifies the other."""
    if len(left.term) == 1 and left.kind == "word":
        single, other, number = left.term, right.term, left.term == "第"
    else:
        single, other, number = right.term, left.term.removeprefix("第"), True
    if len(single) != 1 or single in _PARTICLES or not _HAN_CHAR.match(single):
        return False
    return (len(other) == 1 and other.isalpha() and other.isascii()) or (number and bool(_NUMBER.fullmatch(other)))


def _part(token: Token, part: str) -> Token:
    """Place a part in its word; 1200 of 1,200 has the place of the whole."""
    start = token.start + token.term.find(part)
    return (
        Token(part, "part", start, start + len(part)) if part in token.term else token._replace(term=part, kind="part")
    )


def _terms_of_words(words: Sequence[str]) -> Iterator[str]:
    """Return the index terms of mixed words; of endless ones, such as encoded data, their shorter parts."""
    if max(map(len, words), default=0) <= _LONGEST:
        return chain.from_iterable(map(_with_parts, words))
    return chain.from_iterable(_with_parts(word) if len(word) <= _LONGEST else _short_parts(word) for word in words)


def _short_parts(word: str) -> list[str]:
    return [part for part in _PART.findall(word) if 1 < len(part) <= _LONGEST]


@lru_cache(1 << 16)
def _with_parts(word: str) -> tuple[str, ...]:
    """Return a mixed word and its parts that are typed alone: 40.13 of 40.13%, covid of covid-19, 1200 of 1,200."""
    if word.isalpha() or word.isdecimal() or word == BORDER:
        return (word,)
    whole = word.strip(".+#%‰°")
    parts = [part for part in (*_PART.findall(word), whole.replace(",", ""), whole) if len(part) > 1]
    return tuple(dict.fromkeys((word, *parts)))
