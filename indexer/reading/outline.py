"""How do paragraphs become articles where the format itself says which of them are headings?

Markdown, HTML and Word know what newspapers' plain text must be asked for: here nothing is guessed but which lines
are credits and which are furniture that the format did not mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer import marks
from indexer.models import Draft, LeftOut
from indexer.reading.furniture import furniture
from indexer.reading.lines import Piece, ending

__all__ = ["Block", "articles"]

_DASHED = re.compile(r"\s*(?:——|—|--)\s*\S")
_LONGEST_CREDIT = 160
_LONGEST_KICKER = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one paragraph, heading or caption; `level` is 1 for headlines, 2 to 6 for section heads, 0 for text."""

    text: str
    lines: tuple[int, int]
    level: int = 0
    is_caption: bool = False


def articles(blocks: Sequence[Block]) -> tuple[list[Draft], list[LeftOut]]:
    """Return an article for each headline among the blocks (one, without title, where there is none)."""
    found = [Piece(b.text, *b.lines, 1, 0, (b.text,), ending(b.text)) for b in blocks]
    reasons = {at: why for at, why in furniture(found).items() if not blocks[at].level}
    left = [LeftOut(blocks[at].lines, blocks[at].text, why) for at, why in reasons.items()]
    drafts: list[Draft] = []
    for group in _groups(len(blocks), [block.level for block in blocks]):
        kept = [at for at in group if at not in reasons]
        draft = _draft([blocks[at] for at in kept], len(drafts) + 1)
        if draft is not None:
            drafts.append(draft)
    return drafts, sorted(left, key=lambda part: part.lines)


def _groups(count: int, levels: Sequence[int]) -> Iterator[range]:
    """Yield the blocks of each article: a new one begins at every headline but the first on the page."""
    starts = [at for at in range(count) if levels[at] == 1]
    bounds = [0, *starts[1:], count]
    yield from (range(start, end) for start, end in pairwise(bounds))


def _draft(blocks: Sequence[Block], ordinal: int) -> Draft | None:
    if not any(block.text.strip() for block in blocks):
        return None
    body: list[str] = []
    credits: list[str] = []
    captions: list[str] = []
    title = subtitle = kicker = None
    last_text = max((at for at, block in enumerate(blocks) if not block.is_caption), default=-1)
    for at, block in enumerate(blocks):
        if block.level == 1 and title is None:
            title = block.text
            if len(body) == 1 and len(body[0]) <= _LONGEST_KICKER:
                kicker = body.pop()
        elif block.is_caption or (not block.level and marks.caption(block.text)):
            captions.append(block.text)
        elif title and not body and subtitle is None and _DASHED.match(block.text):
            subtitle = block.text
        elif not block.level and _is_credit(block.text, not body or at == last_text):
            credits.append(block.text)
        else:
            body.append(block.text)
    lines = (min(block.lines[0] for block in blocks), max(block.lines[1] for block in blocks))
    return Draft(
        title=title,
        text="\n".join(body),
        lines=lines,
        ordinal=ordinal,
        kicker=kicker,
        subtitle=subtitle,
        captions=tuple(captions),
        credits=tuple(credits),
    )


def _is_credit(text: str, at_edge: bool) -> bool:
    """Tell whether a line names source, date or authors; bare names count only above and below the body."""
    if len(text) > _LONGEST_CREDIT:
        return False
    stated = marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)
    return bool(stated) or (at_edge and marks.byline(text) is not None)
