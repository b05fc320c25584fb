"""Which signs of a query are operators, and which are just text? The query as tokens that are valid syntax.

An operator counts only as a token of its own: what stands inside a word is text. Full-width signs and the quotes of
Chinese papers mean what their ASCII forms mean. What opens without closing, or closes what was not open, is text too:
after this step parentheses pair up and every operator has its operands. Time is linear in the length of the query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["FIELDS", "Kind", "Token", "lex"]

FIELDS = ("title", "author", "city", "year", "source")
_OPEN, _CLOSE, _MINUS = "(（", ")）", "-－−"
# Which signs close a quotation that a sign opens; input methods mix the curly and the straight ones.
_DOUBLE = '"＂“”„‟〝〞〟'
_CLOSERS = {**dict.fromkeys(_DOUBLE, _DOUBLE), "「": "」", "『": "』", "｢": "｣", "«": "»", "﹁": "﹂", "﹃": "﹄"}
_FIELD = re.compile("([A-Za-zＡ-Ｚａ-ｚ]+)[:：]")

# Most queries are words and spaces: without any sign there is nothing to find out but which words are operators.
_PLAIN = re.compile(r"[\w ]*")
_WORD = re.compile(r"\w+")


class Kind:
    """Name the kinds of tokens."""

    WORD, PHRASE = "word", "phrase"
    OPEN, CLOSE = "(", ")"
    NOT, AND, OR = "NOT", "AND", "OR"


_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT, "或": Kind.OR}

_OPERANDS = (Kind.WORD, Kind.PHRASE)
_ENDS = (*_OPERANDS, Kind.CLOSE)


class Token(NamedTuple):
    """Hold one token: `text` is what is searched, `shown` how it was typed, `start` where `text` begins."""

    kind: str
    text: str
    shown: str
    start: int
    field: str | None = None


def lex(query: str) -> tuple[list[Token], list[str]]:
    """Return the tokens of a query and notices on what was taken as words."""
    if _PLAIN.fullmatch(query):
        words = [Token(Kind.WORD, match[0], match[0], match.start()) for match in _WORD.finditer(query)]
        if not any(_operator(word.text) != Kind.WORD for word in words):
            return words, []
    notices: list[str] = []
    tokens = _with_valid_operators(_with_pairs(_Lexer(query, notices).tokens(), notices), notices)
    return tokens, list(dict.fromkeys(notices))


class _Lexer:
    """Walk through a query once."""

    def __init__(self, query: str, notices: list[str]) -> None:
        self.query = query
        self.notices = notices
        self._pairs = _pairs_in_words(query)
        # Where the next closer of each kind stands; looking anew from every opener would take quadratic time.
        self._next: dict[str, int] = {}

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens as typed."""
        place = 0
        while place < len(self.query):
            char = self.query[place]
            if char.isspace():
                place += 1
            elif char in _OPEN or char in _CLOSE:
                yield Token(Kind.OPEN if char in _OPEN else Kind.CLOSE, char, char, place)
                place += 1
            elif char in _MINUS and self._negates(place):
                yield Token(Kind.NOT, char, "-", place)
                place += 1
            else:
                token = self._operand(place)
                yield token
                place += len(token.shown)

    def _negates(self, place: int) -> bool:
        following = self.query[place + 1 : place + 2]
        return bool(following) and not following.isspace() and following not in _MINUS + _CLOSE

    def _operand(self, place: int) -> Token:
        """Read a phrase, a word or an operator that is spelt as a word, with its field."""
        name, start = self._field(place)
        end = self._quotation(start)
        if end:
            return Token(Kind.PHRASE, self.query[start + 1 : end - 1], self.query[place:end], start + 1, name)
        end = self._word(start)
        text = self.query[start:end]
        return Token(Kind.WORD if name else _operator(text), text, self.query[place:end], start, name)

    def _field(self, place: int) -> tuple[str | None, int]:
        """Read `title:` and its like where a value follows; return the field and where its value begins."""
        match = _FIELD.match(self.query, place)
        if not match:
            return None, place
        name = unicodedata.normalize("NFKC", match[1]).lower()
        following = self.query[match.end() : match.end() + 1]
        if name in FIELDS and following and not following.isspace() and following not in _OPEN + _CLOSE:
            return name, match.end()
        if name in FIELDS:
            self.notices.append(f"{name}: needs a word or a quoted phrase right after it; it was taken as a word")
        elif following and not following.isspace() and following != "/":  # http://… is an address
            self.notices.append(f"{match[1]} is no field, so it was taken as a word; fields are {', '.join(FIELDS)}")
        return None, place

    def _quotation(self, place: int) -> int:
        """Return where a quotation that stands by itself and opens here ends, or 0."""
        closers = _CLOSERS.get(self.query[place])
        if closers is None:
            return 0
        end = self._next.get(closers, 0)
        if end <= place:
            found = re.compile(f"[{closers}]").search(self.query, place + 1)
            end = self._next[closers] = found.start() if found else len(self.query)
        if _is_wordlike(self.query[place - 1 : place]) or _is_wordlike(self.query[end + 1 : end + 2]):
            self.notices.append("quotation marks that touch a word are punctuation; put spaces around a quoted phrase")
            return 0
        if end == len(self.query):
            self.notices.append(f"the quotation mark {self.query[place]} is not closed: it was taken as punctuation")
            return 0
        return end + 1

    def _word(self, start: int) -> int:
        """Return where a word ends: at white space, a quotation, or a parenthesis without partner in the word."""
        place = start + 1
        while place < len(self.query) and not self.query[place].isspace() and self.query[place] not in _CLOSE:
            if self.query[place] in _OPEN:
                if place not in self._pairs or _operator(self.query[start:place]) != Kind.WORD:
                    break
                place = self._pairs[place]
            elif self.query[place] in _CLOSERS and self._quotation(place):
                break
            place += 1
        return place


def _is_wordlike(char: str) -> bool:
    return char.isalnum()


def _operator(text: str) -> str:
    return _OPERATORS.get(unicodedata.normalize("NFKC", text), Kind.WORD) if len(text) <= 3 else Kind.WORD


def _pairs_in_words(query: str) -> dict[int, int]:
    """Map each parenthesis that opens to the one that closes it, for pairs without white space between."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, char in enumerate(query):
        if char.isspace():
            opened.clear()
        elif char in _OPEN:
            opened.append(place)
        elif char in _CLOSE and opened:
            pairs[opened.pop()] = place
    return pairs


def _with_pairs(tokens: Iterable[Token], notices: list[str]) -> list[Token]:
    """Leave out empty quotations, empty groups and parentheses without a partner."""
    kept: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.kind == Kind.PHRASE and not token.text.strip():
            notices.append("nothing stands between the quotation marks: they were left out")
        elif token.kind == Kind.OPEN:
            opened.append(len(kept))
            kept.append(token)
        elif token.kind != Kind.CLOSE:
            kept.append(token)
        elif not opened:
            notices.append("a closing parenthesis has no partner: it was taken as punctuation")
        elif opened.pop() == len(kept) - 1:
            kept.pop()
            notices.append("nothing stands between the parentheses: they were left out")
        else:
            kept.append(token)
    if opened:
        notices.append("an opening parenthesis has no partner: it was taken as punctuation")
    strays = set(opened)
    return [token for number, token in enumerate(kept) if number not in strays]


def _with_valid_operators(tokens: list[Token], notices: list[str]) -> list[Token]:
    """Make words of the operators that lack an operand."""
    starts = [False] * (len(tokens) + 1)  # whether an operand starts at this token
    for number in reversed(range(len(tokens))):
        kind = tokens[number].kind
        # A minus sign that lacks an operand is a word wherever it is read, and so an operand for what is before it.
        negation = kind == Kind.NOT and (starts[number + 1] or tokens[number].shown == "-")
        starts[number] = kind in _OPERANDS or kind == Kind.OPEN or negation
    valid: list[Token] = []
    for number, token in enumerate(tokens):
        lacks = not starts[number + 1] or not (token.kind == Kind.NOT or (valid and valid[-1].kind in _ENDS))
        if token.kind in _OPERATORS.values() and lacks:
            notices.append(f"{token.shown} has nothing to work on: it was taken as a word")
            token = token._replace(kind=Kind.WORD)
        valid.append(token)
    return valid
