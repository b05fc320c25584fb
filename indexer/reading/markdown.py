"""How does a Markdown file become a page? Its marks are taken away lightly; `#` headings are headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.models import Draft, FileFailure, LeftOut, Page
from indexer.reading import front_matter
from indexer.reading.headings import headlines
from indexer.reading.lines import glue
from indexer.reading.outline import Block, articles
from indexer.reading.split import split

__all__ = ["page"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)、])\s+\S")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]]\s+)?")
_QUOTE = re.compile(r"^(?: {0,3}>[ \t]?)+")
_TABLE_RULE = re.compile(r"(?=[^-]*-)[ \t:|-]+")
_IMAGE = re.compile(r"!\[([^\]]{0,500})\](?:\([^()]{0,2000}\)|\[[^\]]{0,200}\])")
_LINK = re.compile(r"\[([^\]]{1,500})\](?:\([^()]{0,2000}\)|\[[^\]]{0,200}\])")
_AUTO_LINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s+\S.*")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|(?<!`)`{1,3}(?!`))(?=\S)(.{1,500}?)(?<=\S)\1")
_LIGHT = re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*]{1,500}?)(?<=[^\s*])\*(?![A-Za-z0-9*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_HIDDEN = 0x10FF00
_UNHIDE = re.compile("[\U0010ff20-\U0010ff7e]")
_ROW_END = re.compile(r"</tr>|</p>|</div>|<br ?/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def page(file: str, text: str, encoding: str) -> Page:
    """Return the page of a Markdown text: an article per `#` heading; without any, it is cut like plain text."""
    head = front_matter.read(text)
    blocks = list(_blocks(_without_comments(text).split("\n")[head.lines :], head.lines + 1))
    given = dict(head.given)
    drafts: list[Draft]
    left: list[LeftOut]
    ranked, above = (blocks, {}) if "title" in given else headlines(blocks)
    if any(block.level == 1 and at not in above for at, block in enumerate(ranked)) or "title" in given:
        drafts, left = articles(ranked, above)
    else:
        drafts, left = split(_as_lines(blocks, text.count("\n") + 1))
    if len(drafts) > 1:
        given.pop("title", None)  # it is the page's, not each article's
    failures = tuple(FileFailure(file, reason, line) for line, reason in head.problems)
    return Page(file, text, encoding, tuple(drafts), tuple(left), given, failures)


def _without_comments(text: str) -> str:
    """Return the text without <!-- comments -->, its lines as many as before."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join(parts) + text[at:]


def _as_lines(blocks: list[Block], count: int) -> str:
    """Return the blocks as plain text, each on the line where it stands in the file."""
    lines = [""] * count
    for block in blocks:
        lines[block.lines[0] - 1] = block.text
    return "\n".join(lines)


def _blocks(lines: list[str], first: int) -> Iterator[Block]:
    """Yield headings, paragraphs (soft line ends joined), list items, table rows and picture captions."""
    held: list[str] = []
    start = first
    fenced = ""
    for number, line in enumerate([*lines, ""], first):
        line = _QUOTE.sub("", line)
        fence = _FENCE.match(line)
        heading = _HEADING.fullmatch(line)
        if fence or fenced:
            yield from _paragraph(held, start)
            held = []
            if fence and (not fenced or line.strip().startswith(fenced)):
                fenced = "" if fenced else fence[1]
            elif line.strip():
                yield Block(line.strip(), (number, number))
        elif held and _UNDERLINE.fullmatch(line) and not line.lstrip().startswith("|"):
            yield Block(_plain(" ".join(held)), (start, number), 1 if "=" in line else 2)
            held = []
        elif not line.strip() or heading or _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
            yield from _paragraph(held, start)
            held = []
            if heading and heading[2]:
                yield Block(_plain(heading[2]), (number, number), len(heading[1]))
        else:
            if _ITEM.match(line) or line.lstrip().startswith("|"):
                yield from _paragraph(held, start)
                held = []
            start = start if held else number
            held.append(line)


def _paragraph(held: list[str], start: int) -> Iterator[Block]:
    """Yield the paragraph of some lines, and the captions of its pictures."""
    if not held:
        return
    lines = (start, start + len(held) - 1)
    whole = _joined(held)
    for alt in _IMAGE.findall(whole):
        if alt.strip():
            yield Block(alt.strip(), lines, is_caption=True)
    # A writer who asks for line breaks (\n), and a table, mean their lines as they stand.
    may_be_torn = not _ITEM.match(held[0]) and "\n" not in whole and "<t" not in whole
    for part in _CELL_END.sub("  ", _ROW_END.sub("\n", _IMAGE.sub("", whole))).split("\n"):
        if part.lstrip().startswith("|"):
            row = "  ".join(_plain(cell) for cell in part.strip().strip("|").split("|"))
            if row.strip() and not _TABLE_RULE.fullmatch(part):
                yield Block(row, lines)
        elif text := _plain(part):
            yield Block(text, lines, may_be_torn=may_be_torn)


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one text; two spaces or a backslash at a line's end are a line break that the writer wants."""
    verses: list[list[str]] = [[]]
    for line in lines:
        text = line.strip()
        hard = text.endswith("\\") or line.endswith("  ")
        verses[-1].append(text.rstrip("\\") if hard else text)
        if hard:
            verses.append([])
    return "\n".join(glue(verse) for verse in verses if verse)


def _plain(text: str) -> str:
    """Return a text without its marks; what links and emphasis enclose stays."""
    # An escaped character hides in a private one, so that no mark is seen in it.
    text = _ESCAPE.sub(lambda match: chr(_HIDDEN + ord(match[1])), _BULLET.sub("", text))
    text = _TAG.sub("", _LINK.sub(r"\1", _AUTO_LINK.sub(r"\1", text)))
    text = _LIGHT.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    return _UNHIDE.sub(lambda match: chr(ord(match[0]) - _HIDDEN), text).strip()
