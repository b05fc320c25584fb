"""Which headings of a Markdown page are headlines, and which name the paper, a section or a part of a report?

Converters give a scanned page's masthead the first level and its headlines the second or third; in reports and web
pages these are parts of one article, and stay so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer import marks
from indexer.reading.mastheads import is_paper
from indexer.reading.outline import Block
from indexer.reading.words import FOLIO, MASTHEAD

__all__ = ["headlines"]

_FEWEST = 2  # headings with a byline or dateline below that make their level the headlines'


def headlines(blocks: Sequence[Block]) -> tuple[list[Block], dict[int, str]]:
    """Give headlines the level 1 and parts of reports 2; map what heads the page instead to why it is left out."""
    tops = [at for at, block in enumerate(blocks) if block.level == 1]
    printed = any(is_paper(blocks[at].text) for at in tops) or any(marks.folio(block.text) for block in blocks)
    one = any(_own(blocks, at) for at in tops) or (tops and not printed)
    level = 1 if one else _level_of_reports(blocks)
    reasons = {at: why for at, block in enumerate(blocks) if block.level and (why := _above(blocks, at, level))}
    ranked = [replace(block, level=_rank(block.level, level)) for block in blocks]
    return ranked, reasons


def _rank(level: int, headline: int) -> int:
    return level if headline == 1 or not level else 1 if level == headline else 2


def _own(blocks: Sequence[Block], at: int) -> list[str]:
    """Return the text of a heading's own: up to the next heading, without folio lines and pictures."""
    end = next((after for after in range(at + 1, len(blocks)) if blocks[after].level), len(blocks))
    texts = (block.text for block in blocks[at + 1 : end] if not block.is_caption)
    return [text for text in texts if not (marks.folio(text) or marks.stamp(text) or marks.editor(text))]


def _level_of_reports(blocks: Sequence[Block]) -> int:
    """Return the level of most headings with a byline or dateline below; 1 where hardly any have one."""
    reports = Counter(block.level for at, block in enumerate(blocks) if block.level and _is_report(_own(blocks, at)))
    level, count = max(reports.items(), key=lambda each: each[1], default=(1, 0))
    return level if count >= _FEWEST else 1


def _is_report(texts: Sequence[str]) -> bool:
    return any(marks.dateline(text) or marks.byline(text) is not None for text in texts[:2])


def _above(blocks: Sequence[Block], at: int, level: int) -> str | None:
    """Tell why a heading without a text of its own is no headline: it names the paper, or a page or section of it."""
    text = blocks[at].text
    if _own(blocks, at) or at + 1 == len(blocks):
        return None
    if is_paper(text) and (level > blocks[at].level or marks.folio(blocks[at + 1].text)):
        return MASTHEAD
    names_page = marks.folio(text) or marks.folio(blocks[at + 1].text)
    return FOLIO if level > blocks[at].level or names_page else None
