"""Which lines of an article's head are kicker, headline and subtitle, and which are none of it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.reading.lines import Piece, width_of
from indexer.reading.overlap import breaks_a_word, share
from indexer.reading.repair import goes_on, is_open
from indexer.reading.torn import LABEL

__all__ = ["DASHED", "masthead", "parts_of", "window_title"]

DASHED = re.compile(r"\s*[—–―－-]{1,2}\s*\S")
# A name of two or three characters over a headline says where the report is from: 衢州, 萧山区.
_REGION = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[市县区州盟])?")
_SITE = re.compile(r"\s*[_|｜-]+\s*[^_|｜]{2,20}(?:[_|｜-]+\s*[^_|｜]{2,20}){0,3}")
_REMNANT = 3  # characters; no headline and no subtitle is so short
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z0-9 &.,'’:/()-]{5,}")


def parts_of(shorts: Sequence[Piece], body: str) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Sort the short lines of a head into kicker, title and subtitle; a dash opens a subtitle."""
    shorts = _whole_lines(shorts, body)
    dashed = next((at for at, piece in enumerate(shorts) if at and DASHED.match(piece.text)), len(shorts))
    above, below = list(shorts[:dashed]), list(shorts[dashed:])
    groups: list[list[Piece]] = []
    for piece in above:
        # Lines without a blank between them, in a head that has blanks, are one line that was too long.
        if groups and piece.gap == 0 and any(other.gap for other in above[1:]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) <= 1:
        return [], above, below
    lines = ["".join(piece.text for piece in group) for group in groups]
    at = len(groups) - 1 if below else _title_at(lines, body)
    kicker = [piece for group in groups[:at] for piece in group]
    rest = [piece for group in groups[at + 1 :] for piece in group]
    return kicker, groups[at], rest + below


def _whole_lines(shorts: Sequence[Piece], body: str) -> list[Piece]:
    """Put lines together that the width of the column broke inside of a word, a bracket or a phrase."""
    if _fill_a_column(shorts):
        return [shorts[0].joined(*shorts[1:])]
    whole: list[Piece] = []
    for piece in shorts:
        if whole and piece.gap == 0 and _broken_off(whole[-1], piece, body):
            whole[-1] = whole[-1].joined(piece)
        else:
            whole.append(piece)
    return whole


def _fill_a_column(shorts: Sequence[Piece]) -> bool:
    """Tell whether three lines or more are one headline that was broken to its width: all but the last are full."""
    widths = [width_of(piece.text) for piece in shorts]
    run_on = all(piece.gap == 0 and not DASHED.match(piece.text) for piece in shorts[1:])
    return len(shorts) >= 3 and run_on and max(widths) - min(widths[:-1]) <= 2 and widths[-1] <= max(widths)


def _broken_off(left: Piece, right: Piece, body: str) -> bool:
    """Tell whether a line ends within a word: the characters on both sides stand side by side in the report, too.

    Of kickers, headlines and subtitles below each other 1 in 100 meet so by chance; those that quote the report
    need two characters on each side.
    """
    if goes_on(right, left) or is_open(left.text) or len(right.text) <= _REMNANT < len(left.text):
        return True
    seam = left.text[-1] + right.text[0]
    if not seam.isalnum():
        return False
    if left.text[-2:] + right.text[:2] in body or (len(left.text) >= 6 and breaks_a_word(left.text, right.text)):
        return True
    return seam in body and not any(len(piece.text) >= 6 and piece.text in body for piece in (left, right))


def _title_at(lines: Sequence[str], body: str) -> int:
    """Choose the headline among lines: its words come again in the report's opening, but not as one phrase.

    Kickers and subtitles quote the report or say something general; a kicker is short, a subtitle is longer than
    its headline.
    """
    if len(lines) == 2 and _REGION.fullmatch(lines[0]) and len(lines[1]) >= 2 * len(lines[0]):
        return 1
    marks_of = [share(line, body[:150]) + share(line, body[:900]) for line in lines]
    for at, line in enumerate(lines):
        marks_of[at] += 1.0 if LABEL.match(line) else 0.0
        marks_of[at] -= 0.8 if all(part in body for part in line.split()) else 0.0
        # 民生观察 is a column; few headlines are so short, and have a longer line beside them.
        marks_of[at] -= 0.5 if len(line) <= 6 and max(map(len, lines)) > 2 * len(line) else 0.0
    if len(lines) == 2 and share(lines[0], body) >= 0.35:
        marks_of[1] += -0.5 if len(lines[1]) >= 1.9 * len(lines[0]) or len(lines[1]) > 26 else 0.25
    return max(range(len(lines)), key=marks_of.__getitem__)


def window_title(piece: Piece, others: Sequence[Piece]) -> bool:
    """Tell whether a line is a browser window's title: the headline of another line and the site's name."""
    return any(piece.text.startswith(other.text) and _SITE.fullmatch(piece.text[len(other.text) :]) for other in others)


def masthead(piece: Piece, shorts: Sequence[Piece]) -> str | None:
    """Tell why a line of a head is no part of it: a name in Latin letters, or what the headline says already."""
    if not shorts:
        return None
    if _LATIN_NAME.fullmatch(piece.text) and not _LATIN_NAME.fullmatch(shorts[-1].text):
        return "name in Latin letters"
    bare = re.sub(r"\W", "", piece.text)
    if len(bare) >= 4 and any(bare in re.sub(r"\W", "", other.text) for other in shorts):
        return "repeats the headline"
    return None
