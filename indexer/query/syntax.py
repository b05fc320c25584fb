"""What can a query say? The tree that parsing makes, retrieval resolves and every engine evaluates.

All texts in the tree are in match form (analysis.fold.match_form): what matching compares, never what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from indexer.models import UNKNOWN

__all__ = [
    "And",
    "Leaf",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Term",
    "UNKNOWN_NAMES",
    "Values",
    "children",
    "positive_leaves",
]

UNKNOWN_NAMES = (UNKNOWN, "不详", "未知")
"""How people ask for articles of which a facet is not known."""


@dataclass(frozen=True, slots=True)
class Term:
    """Match articles that contain a word; `field` is None (title, kicker, subtitle, body, captions), title or author.

    A term with Han characters matches wherever its characters stand contiguously, however the text was cut there;
    one without matches whole words, or, where the index knows no such word, wherever its characters stand.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Match articles in which exactly these characters stand contiguously within one part (title, body …)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Match articles with a word that begins with this text."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """Match articles whose facet `field` (city, year, source) has one of these raw values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Match articles that match every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Match articles that match at least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Match articles that do not match the part."""

    part: Node


Leaf: TypeAlias = "Term | Phrase | Prefix"
Node: TypeAlias = "Term | Phrase | Prefix | Values | And | Or | Not"


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct parts of a node."""
    if isinstance(node, (And, Or)):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def positive_leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield the leaves whose text is to be highlighted: those outside of every Not, in the order of the query."""
    if isinstance(node, (Term, Phrase, Prefix)):
        yield node
    elif isinstance(node, (And, Or)):
        for part in node.parts:
            yield from positive_leaves(part)
