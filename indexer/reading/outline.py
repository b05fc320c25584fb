"""How do paragraphs become articles where the format itself says which of them are headings?

Markdown, HTML and Word know what newspapers' plain text must be asked for: here nothing is guessed but which lines
are credits and which are furniture that the format did not mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType

from indexer import marks
from indexer.models import Draft, LeftOut
from indexer.reading.furniture import furniture
from indexer.reading.headline import parts_of
from indexer.reading.kinds import kinds_of
from indexer.reading.lines import Piece, ending
from indexer.reading.repair import repair

__all__ = ["Block", "articles"]

_DASHED = re.compile(r"\s*(?:——|—|--)\s*\S")
_LONGEST_CREDIT = 160
_LONGEST_KICKER = 40
_MOST_HEADINGS = 3  # lines of one headline
_FURNITURE = -1  # the level of what belongs to no article


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one paragraph, heading or caption; `level` is 1 for headlines, 2 to 6 for section heads, 0 for text.

    `may_be_torn` says that a page's columns or pictures may have broken the paragraph's sentences.
    """

    text: str
    lines: tuple[int, int]
    level: int = 0
    is_caption: bool = False
    may_be_torn: bool = False


def articles(
    blocks: Sequence[Block], known: Mapping[int, str] = MappingProxyType({})
) -> tuple[list[Draft], list[LeftOut]]:
    """Return an article for each headline among the blocks (one, without title, where there is none).

    `known` maps the headings that are none to why they are left out.
    """
    found = [_piece(block) for block in blocks]
    reasons = {at: why for at, why in furniture(found).items() if not blocks[at].level} | dict(known)
    left = [LeftOut(blocks[at].lines, blocks[at].text, why) for at, why in reasons.items()]
    drafts: list[Draft] = []
    for group in _groups([block.level if at not in reasons else _FURNITURE for at, block in enumerate(blocks)]):
        kept = [at for at in group if at not in reasons]
        draft = _draft([blocks[at] for at in kept], len(drafts) + 1)
        if draft is not None:
            drafts.append(draft)
    return drafts, sorted(left, key=lambda part: part.lines)


def _piece(block: Block) -> Piece:
    return Piece(block.text, *block.lines, 1, 0, (block.text,), ending(block.text))


def _groups(levels: Sequence[int]) -> Iterator[range]:
    """Yield the blocks of each article: a new one begins at every headline but the first on the page."""
    starts = [start for run in _runs(levels) for start in (run[:1] if len(run) <= _MOST_HEADINGS else run)]
    bounds = [0, *starts[1:], len(levels)]
    yield from (range(start, end) for start, end in pairwise(bounds))


def _runs(levels: Sequence[int]) -> list[list[int]]:
    """Return the headlines, those together that have nothing between them: one of two or three lines."""
    runs: list[list[int]] = []
    below = False
    for at, level in enumerate(levels):
        if level == 1 and below:
            runs[-1].append(at)
        elif level == 1:
            runs.append([at])
        below = level == 1 or (below and level == _FURNITURE)
    return runs


def _draft(blocks: Sequence[Block], ordinal: int) -> Draft | None:
    if not any(block.text.strip() for block in blocks):
        return None
    heads: list[Piece] = []
    body: list[Block] = []
    credits: list[str] = []
    captions: list[str] = []
    above: list[str] = []
    last_text = max((at for at, block in enumerate(blocks) if not block.is_caption), default=-1)
    for at, block in enumerate(blocks):
        if block.level == 1 and (not heads or not body):
            if not heads and len(body) == 1 and len(body[0].text) <= _LONGEST_KICKER:
                above.append(body.pop().text)
            heads.append(_piece(block))
        elif block.is_caption or (not block.level and marks.caption(block.text)):
            captions.append(block.text)
        elif heads and not body and _DASHED.match(block.text):
            heads.append(_piece(block))
        elif not block.level and _is_credit(block.text, not body or at == last_text):
            credits.append(block.text)
        else:
            body.append(block)
    paragraphs = list(_paragraphs(body))
    kicker, title, subtitle = parts_of(heads, "".join(paragraphs))
    return Draft(
        title=_one_line(title),
        text="\n".join(paragraphs),
        lines=(min(block.lines[0] for block in blocks), max(block.lines[1] for block in blocks)),
        ordinal=ordinal,
        kicker=" ".join(above + [piece.text for piece in kicker]) or None,
        subtitle=_one_line(subtitle),
        captions=tuple(captions),
        credits=tuple(credits),
    )


def _paragraphs(body: Sequence[Block]) -> Iterator[str]:
    """Yield the paragraphs of a body, those whole again that the page tore."""
    for may_be_torn, run in groupby(body, key=lambda block: block.may_be_torn):
        if may_be_torn:
            found = [_piece(block) for block in run]
            paragraphs, captions = repair(kinds_of(found, [False] * len(found))[0])
            yield from paragraphs + [piece.text for piece in captions]
        else:
            yield from (block.text for block in run)


def _one_line(lines: Sequence[Piece]) -> str | None:
    return " ".join(piece.text for piece in lines) or None


def _is_credit(text: str, at_edge: bool) -> bool:
    """Tell whether a line names source, date or authors; bare names count only above and below the body."""
    if len(text) > _LONGEST_CREDIT:
        return False
    stated = marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)
    return bool(stated) or (at_edge and marks.byline(text) is not None)
