"""Where on a page do articles begin, and which lines there are headline, kicker and subtitle?

Between two runs of prose stands a region of short lines. Each region is weighed as evidence: what stands before it
(a credit, a signature, a rule), what follows (a byline, a dateline, the first words of a report), how it is set, and
whether its words belong to the prose behind it. What most articles of the page have, the others must have too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer import marks
from indexer.reading.lines import Ending, Piece
from indexer.reading.repair import is_item, is_prose

__all__ = ["Head", "Kind", "heads", "kind_of", "parts_of"]

_THRESHOLD = 3.0
_LEAD = re.compile(
    r"(?:日前|近日|近期|昨日|昨天|今日|今天|前不久|前日|连日来|最近|近年来|记者|据|本报|\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}日|上午|下午|在)"
    r"|.{0,30}(?:记者.{0,8}(?:从|获悉|了解到)|获悉|举行|召开|发布|印发|公布|启动|开幕)"
)
_LABEL = re.compile(r"[【\[].{2,20}[】\]]\S")
_DASHED = re.compile(r"\s*[—–―－-]{1,2}\s*\S")
_LATIN = re.compile(r"[A-Z0-9][A-Za-z0-9 &.,'’:/()-]{5,}")
_SPEAKER = re.compile(r"(?:记者|问|答|主持人|Q|A)\s*[:：]")


class Kind:
    """Name what a piece is for the search of heads."""

    PROSE, SHORT, CREDIT, BYLINE, MARK = "prose", "short", "credit", "byline", "mark"


@dataclass(frozen=True, slots=True)
class Head:
    """Say that an article begins at piece `start`; pieces from `body` on are its body."""

    start: int
    body: int


@dataclass(frozen=True, slots=True)
class _Region:
    """Hold the pieces `start` to `end` (exclusive) between two pieces of prose."""

    start: int
    end: int


def kind_of(piece: Piece, end_mark: bool = False) -> str:
    """Tell what a piece is: prose, a credit (source, date, editor), a byline, a mark that ends articles, or short."""
    text = piece.text
    if end_mark:
        return Kind.MARK
    if len(text) <= 160 and (marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)):
        return Kind.CREDIT
    if marks.byline(text) is not None:
        return Kind.BYLINE
    return Kind.PROSE if is_prose(piece) or marks.dateline(text) else Kind.SHORT


def heads(found: Sequence[Piece], kinds: Sequence[str]) -> list[Head]:
    """Find where articles begin. The first begins at the first piece, whatever stands there."""
    page = _PageHabits(found, kinds)
    starts: list[Head] = []
    for region in _regions(kinds):
        starts += page.openings(region)
    if not starts or starts[0].start > 0:
        starts.insert(0, Head(0, page.body_after(0, starts[0].start if starts else len(found))))
    return starts


def _regions(kinds: Sequence[str]) -> list[_Region]:
    prose = [-1, *(at for at, kind in enumerate(kinds) if kind == Kind.PROSE), len(kinds)]
    return [_Region(left + 1, right) for left, right in pairwise(prose)]


class _PageHabits:
    """Know what the articles of one page have in common, and weigh each region by it."""

    def __init__(self, found: Sequence[Piece], kinds: Sequence[str]) -> None:
        self.found = found
        self.kinds = kinds
        prose = [at for at, kind in enumerate(kinds) if kind == Kind.PROSE]
        self.datelines = {at for at in prose if marks.dateline(found[at].text)}
        gaps = sorted(found[right].gap for left, right in pairwise(prose) if right == left + 1)
        self.gap = gaps[len(gaps) // 2] if gaps else 1
        self.sources = {at for at, kind in enumerate(kinds) if kind == Kind.CREDIT and marks.credit(found[at].text)}
        self.credited = sum(at - 1 in prose for at in self.sources) >= 2
        self.marked = sum(kind == Kind.MARK for kind in kinds) >= 2
        indented = sum(found[at].indent >= 2 for at in prose)
        self.indented = len(prose) >= 3 and indented >= 0.7 * len(prose)

    def openings(self, region: _Region) -> list[Head]:
        """Find the articles that begin in a region: one before prose, and bare headlines between end marks."""
        segments = self._segments(region)
        opened = []
        for at, (start, end) in enumerate(segments):
            last = at == len(segments) - 1
            if at == 0 and region.start > 0:
                start = self._after_tail(start, end)
            if last and end < len(self.found):
                if self._opens(region, start, at > 0):
                    opened.append(Head(start, end))
            elif (at > 0 or region.start == 0) and not last and self.marked and self._has_short(start, end):
                opened.append(Head(start, end))
        return opened

    def _segments(self, region: _Region) -> list[tuple[int, int]]:
        """Cut a region at the marks that end articles and at sources printed behind them."""
        cuts = [at for at in range(region.start, region.end) if self.kinds[at] == Kind.MARK]
        first = region.start
        if region.start > 0 and first < region.end and self.kinds[first] in (Kind.CREDIT, Kind.BYLINE):
            tail = first
            while tail < region.end and self.kinds[tail] in (Kind.CREDIT, Kind.BYLINE):
                tail += 1
            if any(self._bottom_credit(at) for at in range(first, tail)) and tail - 1 not in cuts:
                cuts.append(tail - 1)
        bounds = [region.start - 1, *sorted(cuts), region.end]
        return [(left + 1, right) for left, right in pairwise(bounds)]

    def _bottom_credit(self, at: int) -> bool:
        return self.kinds[at] == Kind.CREDIT

    def _has_short(self, start: int, end: int) -> bool:
        return any(self.kinds[at] == Kind.SHORT for at in range(start, end))

    def _after_tail(self, start: int, end: int) -> int:
        """Step over what still belongs to the article before: its signature and captions set off by white space."""
        while start < end and self.kinds[start] in (Kind.BYLINE, Kind.CREDIT):
            start += 1
        while start < end - 1 and marks.photo_credit(self.found[start].text):
            start += 1
        return start

    def body_after(self, start: int, end: int) -> int:
        """Find the first prose between two pieces."""
        return next((at for at in range(start, end) if self.kinds[at] == Kind.PROSE), end)

    def _opens(self, region: _Region, start: int, after_mark: bool) -> bool:
        """Weigh whether the prose behind a region begins an article whose head begins at `start`."""
        if region.start == 0:
            return True
        shorts = [self.found[at] for at in range(start, region.end) if self.kinds[at] == Kind.SHORT]
        before, after = self.found[region.start - 1], self.found[region.end]
        if not shorts:
            return self._opens_untitled(region, after_mark)
        weight = self._outer(region, start, after_mark) + self._setting(start, region.end)
        weight += _style(shorts) + _cohesion(shorts, self.found, region)
        weight += 1.0 if _LEAD.match(after.text) else 0.0
        weight += -3.0 if before.end in (Ending.OPEN, Ending.COMMA, Ending.SEMICOLON, Ending.COLON) else 0.0
        return weight >= _THRESHOLD

    def _opens_untitled(self, region: _Region, after_mark: bool) -> bool:
        if after_mark:
            return self.credited or self.marked
        stopped = self.found[region.start - 1].end in (Ending.STOP, Ending.DOTS)
        return stopped and region.end in self.datelines and len(self.datelines) >= 2

    def _outer(self, region: _Region, start: int, after_mark: bool) -> float:
        """Weigh what surrounds the head: datelines and bylines behind it, credits and marks before it."""
        weight = 0.0
        signed = any(self.kinds[at] == Kind.BYLINE for at in range(start, region.end))
        labelled = any(self.kinds[at] == Kind.CREDIT for at in range(start, region.end))
        if region.end in self.datelines:
            weight += 4.0
        elif signed or labelled:
            weight += 3.5
        elif len(self.datelines) >= 2:
            weight -= 2.0
        if after_mark:
            weight += 4.0
        elif self.credited:
            weight -= 3.0
        elif self.marked:
            weight -= 1.5
        before = self.found[region.start - 1]
        if marks.signature(before.text) or start > region.start:
            weight += 3.0
        return weight

    def _setting(self, start: int, end: int) -> float:
        """Weigh white space: a head alone between blank lines where paragraphs have none, or at the margin."""
        head, after = self.found[start], self.found[end]
        weight = 0.0
        if self.gap == 0:
            weight += (2.0 if head.gap else -1.5) + (1.0 if head.gap and after.gap else 0.0)
        elif head.gap > self.gap:
            weight += 0.5
        if self.indented:
            weight += 1.0 if head.indent < 2 or head.indent > 6 else -1.5
        return weight


def _style(shorts: Sequence[Piece]) -> float:
    """Weigh how the lines themselves look: as a headline or as a section head, a caption, an item."""
    title = max((piece.text for piece in shorts), key=len)
    if any(is_item(piece.text) or _SPEAKER.match(piece.text) for piece in shorts[-1:]):
        return -5.0
    weight = 0.0
    if _LABEL.match(title) or any(_DASHED.match(piece.text) for piece in shorts[1:]):
        weight += 1.5
    if len(shorts) > 1:
        weight += 0.5
    if re.search(r"\S[ 　]+\S", title) and len(title) > 8:
        weight += 1.0
    if len(title) < 8:
        weight -= 1.0
    elif 12 <= len(title) <= 40:
        weight += 0.5
    return weight


def _cohesion(shorts: Sequence[Piece], found: Sequence[Piece], region: _Region) -> float:
    """Weigh whether the head's words come from the prose behind it and are new after the prose before it."""
    words = set().union(*(_pairs(piece.text) for piece in shorts))
    if not words:
        return 0.0
    behind = "\n".join(piece.text for piece in found[region.end : region.end + 3])[:900]
    ahead = "\n".join(piece.text for piece in found[max(0, region.start - 4) : region.start])[-900:]
    told, known = len(words & _pairs(behind)) / len(words), len(words & _pairs(ahead)) / len(words)
    return min(2.0, 3.0 * told) - min(2.0, 3.0 * known)


def _pairs(text: str) -> set[str]:
    return {left + right for left, right in pairwise(text) if left.isalnum() and right.isalnum()}


def parts_of(shorts: Sequence[Piece], body: str) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Sort the short lines of a head into kicker, title and subtitle; a dash opens a subtitle."""
    dashed = next((at for at, piece in enumerate(shorts) if at and _DASHED.match(piece.text)), len(shorts))
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
    at = _title_at(["".join(piece.text for piece in group) for group in groups], body)
    if below:
        at = len(groups) - 1
    kicker = [piece for group in groups[:at] for piece in group]
    rest = [piece for group in groups[at + 1 :] for piece in group]
    return kicker, groups[at], rest + below


def _title_at(lines: Sequence[str], body: str) -> int:
    """Choose the headline among lines: a kicker is short and general; a subtitle is long and tells details."""
    if len(lines) >= 3:
        return 1
    first, second = lines[0], lines[1]
    if len(second) >= 1.9 * len(first) or len(second) > 26:
        return 0
    if len(first) > 1.5 * len(second):
        return 0 if _share(first, body) >= _share(second, body) else 1
    return 1


def _share(line: str, body: str) -> float:
    words = _pairs(line)
    return len(words & _pairs(body[:600])) / len(words) if words else 0.0
