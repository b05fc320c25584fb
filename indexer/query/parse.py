"""What does a query ask for? The user's words as a tree of leaves, with notices on what was taken differently.

    光伏 产业            both words, anywhere          光伏 OR 风电, 光伏 或 风电     at least one
    "光伏产业"           exactly these characters      -风电, NOT 风电               not this
    光*                  words that begin so           (光伏 OR 风电) 义乌            a group
    title:光伏 author:王 city:义乌 year:2019..2023 source:"义乌商报"

NOT binds closest, then AND (words side by side), then OR: `a b OR -c d` is (a AND b) OR ((NOT c) AND d). A query of
exclusions alone matches everything else. Unquoted words are cut as texts are, and their punctuation says nothing; a
word under NOT excludes what the same word finds. See lex for what counts as an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis.analyzer import form_terms, trimmed
from indexer.analysis.fold import match_text
from indexer.errors import LimitExceeded, QueryError, said
from indexer.models import FACETS, UNKNOWN
from indexer.query.lex import Kind, Token, lex
from indexer.query.syntax import UNKNOWN_NAMES, And, Node, Not, Or, Phrase, Prefix, Term, Values
from indexer.settings import get

__all__ = ["Parsed", "parse", "relax"]

_YEARS = re.compile(r"(?P<first>\d{4})?年?(?P<range>\.\.)?(?P<last>(?<=\.\.)\d{4}|)年?")
_UNKNOWN = dict.fromkeys(UNKNOWN_NAMES, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Hold a query as understood.

    `node` is None for an empty query and Or(()), which matches nothing, where nothing searchable is left. `whole` is
    the match form of its plain words, "" where operators give them no order. `understood` parses to the same node.
    """

    node: Node | None
    whole: str
    notices: tuple[str, ...]
    understood: str


def parse(text: str) -> Parsed:
    """Parse a query.

    Raise LimitExceeded where it is longer, has more parts or is nested deeper than the settings allow, and QueryError
    for a year that cannot be or what is no text. Any other text is taken as words.
    """
    if not isinstance(text, str):
        raise QueryError(f"a query is a text, not {said(text)}")
    _limit(len(text), "query_length", "the query has {} characters, at most {} are allowed")
    tokens, notices = lex(text)
    kinds = [token.kind for token in tokens]
    parts = len(kinds) - kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE)
    _limit(parts, "query_clauses", "the query has {} parts and operators, at most {} are allowed")
    _limit(_depth(kinds), "query_depth", "the query nests parentheses {} levels deep, at most {} are allowed")
    node = _Parser(tokens, kinds, notices).node()
    if node is None:
        if not match_text(text):
            return Parsed(None, "", (), "")
        notices.append("nothing in the query can be searched for")
    elif isinstance(node, Not):
        node = And((node,))
    return Parsed(node or Or(()), _whole(tokens), tuple(notices), _shown(tokens) if node else text.strip())


def relax(node: Node) -> Node | None:
    """Return the query with at least one of its words required instead of all, or None where it has no two of them.

    Quoted phrases, fields, facet values and exclusions are demanded outright and stay required.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    fixed = tuple(part for part in parts if not _is_loose(part))
    loose = tuple(choice for part in parts if _is_loose(part) for choice in _choices(part))
    # A phrase among the choices lets articles with the phrase alone in; the words then only rank.
    choices = loose + tuple(part for part in fixed if isinstance(part, (Phrase, Term, Prefix)))
    relaxed = And((Or(choices), *fixed)) if fixed else Or(choices)
    return relaxed if loose and len(choices) > 1 and relaxed != node else None


def _is_loose(node: Node) -> bool:
    """Tell whether a part consists of plain words only."""
    if isinstance(node, (And, Or)):
        return all(map(_is_loose, node.parts))
    return isinstance(node, (Term, Prefix)) and node.field is None


def _choices(node: Node) -> Iterator[Node]:
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from _choices(part)
    else:
        yield node


class _Parser:
    """Build the tree by recursive descent; lex has made sure that every operator has its operands."""

    def __init__(self, tokens: Sequence[Token], kinds: Sequence[str], notices: list[str]) -> None:
        self.tokens = tokens
        self.kinds = [*kinds, None]
        self.notices = notices
        self.place = 0

    def node(self) -> Node | None:
        """Read alternatives up to the end of the group; None where nothing searchable is in them."""
        choices = [self._conjunction()]
        while self.kinds[self.place] == Kind.OR:
            self.place += 1
            choices.append(self._conjunction())
        return _join(Or, choices)

    def _conjunction(self) -> Node | None:
        parts = []
        while self.kinds[self.place] not in (None, Kind.OR, Kind.CLOSE):
            if self.kinds[self.place] == Kind.AND:
                self.place += 1
            parts.append(self._operand())
        return _join(And, parts)

    def _operand(self) -> Node | None:
        negated = False
        while self.kinds[self.place] == Kind.NOT:
            negated = not negated
            self.place += 1
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == Kind.OPEN:
            node = self.node()
            self.place += 1
        else:
            node = self._leaf(token)
            if node is None and (negated or token.field):
                self.notices.append(f"{token.shown} holds nothing that can be searched for: it was left out")
        return Not(node) if negated and node is not None else node

    def _leaf(self, token: Token) -> Node | None:
        """Return what a word or phrase asks for; None where it holds nothing searchable."""
        text = match_text(token.text)
        if token.field in FACETS:
            return Values(token.field, _years(token) if token.field == "year" else (_value(token.text),))
        if token.kind == Kind.PHRASE:
            return Phrase(text, token.field) if text else None
        terms = form_terms(text)
        if text.endswith("*") and terms:
            return self._prefix(text[:-1], terms, token)
        if token.field == "author" and terms:
            return Term(text, "author")
        return _join(And, [Term(term, token.field) for term in dict.fromkeys(terms)])

    def _prefix(self, text: str, terms: list[str], token: Token) -> Node | None:
        """Read 光* as a prefix; one of several words, 光伏产*, is the beginning of no word, but stands in the text."""
        if "*" in text or text != trimmed(text):
            self.notices.append(f"* counts only at the end of a word: {token.shown} was taken as words")
            return _join(And, [Term(term, token.field) for term in dict.fromkeys(terms)])
        return Prefix(text, token.field) if len(terms) == 1 or token.field == "author" else Phrase(text, token.field)


def _join(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
    """Join the searchable parts, without nesting And in And or Or in Or."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        if part is not None:
            flat += part.parts if isinstance(part, kind) else (part,)
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _value(text: str) -> str:
    return _UNKNOWN.get(match_text(text), text.strip())


def _years(token: Token) -> tuple[str, ...]:
    """Read 2020, 2019..2023, the open ranges 2019.. and ..2023 (kept as they are), or unknown."""
    text = match_text(token.text)
    if text in _UNKNOWN:
        return (UNKNOWN,)
    match = _YEARS.fullmatch(text)
    if not match or not (match["first"] or match["last"]):
        forms = "year:2020, year:2019..2023, year:2019.., year:..2023 or year:unknown"
        raise QueryError(f"{token.text!r} is no year; write {forms}", token.start)
    first, last = match["first"] or "", match["last"]
    if not match["range"]:
        return (first,)
    if not first or not last:
        return (f"{first}..{last}",)
    if first > last:
        raise QueryError(f"the years {token.text!r} end before they begin; write year:{last}..{first}", token.start)
    return tuple(f"{year:04}" for year in range(int(first), int(last) + 1))


def _depth(kinds: Sequence[str]) -> int:
    depth = deepest = 0
    for kind in kinds:
        depth += (kind == Kind.OPEN) - (kind == Kind.CLOSE)
        deepest = max(deepest, depth)
    return deepest


def _limit(amount: int, setting: str, message: str) -> None:
    if amount > get(setting):
        raise LimitExceeded(message.format(f"{amount:,}", f"{get(setting):,}") + f" ({setting})", setting)


def _whole(tokens: Sequence[Token]) -> str:
    """Return the plain positive words as one text; "" where there are alternatives or an excluded group."""
    words = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        excluded = before is not None and before.kind == Kind.NOT
        if token.kind == Kind.OR or (excluded and token.kind == Kind.OPEN):
            return ""
        if token.kind in (Kind.WORD, Kind.PHRASE) and not excluded and token.field is None:
            words.append(token.text)
    return trimmed(" ".join(words))


def _shown(tokens: Sequence[Token]) -> str:
    """Return the query as typed, without what was left out."""
    shown = ""
    for token, following in zip(tokens, (*tokens[1:], None), strict=False):
        text = token.shown
        if token.kind == Kind.NOT and following is not None and following.shown.startswith("-"):
            text = "NOT"
        if token.kind == Kind.CLOSE:
            shown = shown.rstrip()
        shown += text if token.kind == Kind.OPEN or (token.kind == Kind.NOT and text == "-") else text + " "
    return shown.rstrip()
