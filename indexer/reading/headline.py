"""Where on a page do articles begin, and which lines there are headline, kicker and subtitle?

Between two runs of prose stands a region of short lines. Each region is weighed as evidence: what stands before it
(a credit, a signature, a rule), what follows (a byline, a dateline, the first words of a report), how it is set, and
whether its words belong to the prose behind it. What most articles of the page have, the others must have too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer import marks
from indexer.reading.lines import Ending, Piece
from indexer.reading.repair import goes_on, is_caption, is_item, is_prose, is_row

__all__ = ["Head", "Kind", "heads", "kinds_of", "parts_of"]

# How much each piece of evidence counts; fitted by logistic regression on pages made as in tests/benchmark.
_WEIGHTS = {
    "bias": -4.4, "dateline": 4.0, "byline": 3.0, "label": 3.5, "after mark": 1.5, "after signature": 2.5,
    "breaks a sentence": -2.5, "announced": -2.0, "no dateline": -1.0, "no credit": -2.2, "no mark": -3.5, "lead": 0.8,
    "set apart": 1.0, "alone": 1.5, "not set apart": 0.5, "wide gap": 1.4, "margin": 0.4, "item": -4.0, "labelled": 1.8,
    "dashed": 1.2, "several": 1.0, "parted": 0.8, "short": -1.0, "long": 2.8, "caption": -1.8, "told": 3.2, "known": -2.0,
    "same words": -6.5,
}  # fmt: skip
_LEAD = re.compile(
    r"(?:日前|近日|近期|昨日|昨天|今日|今天|前不久|前日|连日来|最近|近年来|记者|据|本报|\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}日|上午|下午|在)"
    r"|.{0,30}(?:记者.{0,8}(?:从|获悉|了解到)|获悉|举行|召开|发布|印发|公布|启动|开幕)"
)
_COMMA = re.compile("[，,]")
_LEAD_WORD = re.compile(r"日前|近日|近期|昨[日天]|今[日天]|连日来|\d{1,2}月\d{1,2}日|\d{1,2}日|记者|据")
_LABEL = re.compile(r"[【\[].{2,20}[】\]]\S")
_DASHED = re.compile(r"\s*[—–―－-]{1,2}\s*\S")
_LATIN = re.compile(r"[A-Z0-9][A-Za-z0-9 &.,'’:/()-]{5,}")
_BOXED = re.compile(r"[【\[].{1,20}[】\]]")
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


def _kind_of(piece: Piece, end_mark: bool = False) -> str:
    """Tell what a piece is: prose, a credit (source, date, editor), a byline, a mark that ends articles, or short."""
    text = piece.text
    if end_mark:
        return Kind.MARK
    if len(text) <= 160 and (marks.credit(text) or marks.labels(text) or marks.stamp(text) or marks.editor(text)):
        return Kind.CREDIT
    if marks.byline(text) is not None:
        return Kind.BYLINE
    return Kind.PROSE if is_prose(piece) or marks.dateline(text) else Kind.SHORT


def kinds_of(found: Sequence[Piece], end_marks: Sequence[bool]) -> tuple[list[Piece], list[str]]:
    """Tell the kind of every piece; a short one is prose, and ends torn, where what follows was broken off it."""
    kinds = [_kind_of(piece, mark) for piece, mark in zip(found, end_marks, strict=True)]
    prose = [piece for piece, kind in zip(found, kinds, strict=True) if kind == Kind.PROSE]
    indented = len(prose) >= 2 and sum(piece.indent >= 2 for piece in prose) >= 0.3 * len(prose)
    marked = list(found)
    for at in range(len(found) - 2, -1, -1):
        if kinds[at] == Kind.SHORT and found[at].end == Ending.OPEN and _torn(marked, kinds, at, indented):
            kinds[at] = Kind.PROSE
            marked[at] = replace(found[at], end=Ending.TORN)
    return marked, kinds


def _torn(found: Sequence[Piece], kinds: Sequence[str], at: int, indented: bool) -> bool:
    """Tell whether prose after a short piece (or after a caption behind it) goes on with the piece's sentence."""
    piece, after = found[at], at + 1
    if is_item(piece.text) or _LABEL.match(piece.text):
        return False
    if after + 1 < len(found) and kinds[after] == Kind.SHORT:
        after += 1
    if kinds[after] != Kind.PROSE or marks.dateline(found[after].text):
        return False
    if goes_on(found[after], piece):
        return True
    if indented:
        return piece.indent >= 2 and found[after].indent < 2
    if _COMMA.search(piece.text) and (len(piece.text) >= 20 or _LEAD_WORD.match(piece.text)):
        return True
    inside = at > 0 and kinds[at - 1] != Kind.PROSE
    return _seam(found, at, after, 1 if inside else 2)


def _seam(found: Sequence[Piece], left: int, right: int, reach: int) -> bool:
    """Tell whether the characters at a break stand side by side elsewhere nearby: then a word was broken there.

    Of headlines and the prose behind them 2 in 100 meet so by chance with two characters, 1 with three.
    """
    end, start = found[left].text, found[right].text
    if not (end[-1:].isalnum() and start[:1].isalnum()):
        return False
    near = "\n".join(piece.text for piece in found[max(0, left - 15) : right + 15])
    return any(end[-size:] + start[: reach + 1 - size] in near for size in range(1, reach + 1))


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
        # Paragraphs on lines that follow each other, with blank lines elsewhere: these set heads apart.
        self.mixed = self.gap == 0 and sum(piece.gap > 0 for piece in found[1:]) >= 2
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
        items = [at for at in range(start, end) if is_item(self.found[at].text) or is_row(self.found[at].text)]
        return items[-1] + 1 if items and self._has_short(items[-1] + 1, end) else start

    def body_after(self, start: int, end: int) -> int:
        """Find the first prose between two pieces."""
        return next((at for at in range(start, end) if self.kinds[at] == Kind.PROSE), end)

    def _opens(self, region: _Region, start: int, after_mark: bool) -> bool:
        """Weigh whether the prose behind a region begins an article whose head begins at `start`."""
        if region.start == 0:
            return True
        if not self._has_short(start, region.end):
            return self._opens_untitled(region, after_mark)
        evidence = self._evidence(region, start, after_mark)
        return sum(_WEIGHTS[name] * value for name, value in evidence.items()) + _WEIGHTS["bias"] > 0

    def _opens_untitled(self, region: _Region, after_mark: bool) -> bool:
        if after_mark:
            return self.credited or self.marked
        stopped = self.found[region.start - 1].end in (Ending.STOP, Ending.DOTS)
        return stopped and region.end in self.datelines and len(self.datelines) >= 2

    def _evidence(self, region: _Region, start: int, after_mark: bool) -> dict[str, float]:
        """Collect what speaks for and against a beginning, each between -1 and 1."""
        shorts = [self.found[at] for at in range(start, region.end) if self.kinds[at] == Kind.SHORT]
        before, after = self.found[region.start - 1], self.found[region.end]
        inside = [self.kinds[at] for at in range(start, region.end)]
        dated = region.end in self.datelines
        facts = {
            "dateline": dated,
            "byline": Kind.BYLINE in inside,
            "label": Kind.CREDIT in inside,
            "after mark": after_mark,
            "after signature": start > region.start or marks.signature(before.text) is not None,
            "breaks a sentence": before.end in (Ending.OPEN, Ending.COMMA, Ending.SEMICOLON, Ending.TORN),
            "announced": before.end == Ending.COLON,
            "no dateline": not dated and len(self.datelines) >= 2,
            "no credit": not after_mark and self.credited,
            "no mark": not after_mark and self.marked,
            "lead": _LEAD.match(after.text) is not None,
        }
        evidence = {name: float(value) for name, value in facts.items()}
        return evidence | self._setting(start, region.end) | _style(shorts) | _cohesion(shorts, self.found, region)

    def _setting(self, start: int, end: int) -> dict[str, float]:
        """Look at white space: a head between blank lines where paragraphs have none, or at another margin."""
        head, after = self.found[start], self.found[end]
        apart = self.mixed and head.gap > 0
        margin = 0.0
        if self.indented:
            margin = 1.0 if head.indent < 2 or head.indent > 6 else -1.0
        return {
            "set apart": float(apart),
            "alone": float(apart and after.gap > 0),
            "not set apart": float(self.mixed and not head.gap),
            "wide gap": float(not self.mixed and head.gap > self.gap),
            "margin": margin,
        }


def _style(shorts: Sequence[Piece]) -> dict[str, float]:
    """Look at the lines themselves: a headline's form, or a section head's, a caption's, an item's."""
    title = max((piece.text for piece in shorts), key=len)
    last = shorts[-1].text
    return {
        "item": float(is_item(last) or _SPEAKER.match(last) is not None or _BOXED.fullmatch(last) is not None),
        "labelled": float(_LABEL.match(title) is not None),
        "dashed": float(any(_DASHED.match(piece.text) for piece in shorts[1:])),
        "several": float(len(shorts) > 1),
        "parted": float(len(title) > 8 and re.search(r"\S[ 　]+\S", title) is not None),
        "short": float(len(title) < 9),
        "long": min(1.0, len(title) / 30),
        "caption": float(any(is_caption(piece.text) for piece in shorts)),
    }


def _cohesion(shorts: Sequence[Piece], found: Sequence[Piece], region: _Region) -> dict[str, float]:
    """Measure how many of the head's words the prose behind it repeats, and how many the prose before it has."""
    words = set().union(*(_pairs(piece.text) for piece in shorts)) or {""}
    behind = _pairs("\n".join(piece.text for piece in found[region.end : region.end + 3])[:900])
    ahead = _pairs("\n".join(piece.text for piece in found[max(0, region.start - 4) : region.start])[-900:])
    common = len(behind & ahead) / (min(len(behind), len(ahead)) or 1)
    return {"told": len(words & behind) / len(words), "known": len(words & ahead) / len(words), "same words": common}


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
    """Choose the headline among lines: the one whose words the report repeats, else by length.

    A kicker is short and general, a subtitle is longer than its headline and tells details.
    """
    shares = [_share(line, body) for line in lines]
    if len(lines) >= 3:
        return 1 if shares[1] >= shares[0] - 0.3 else 0
    if min(shares) < 0.35 and abs(shares[0] - shares[1]) > 0.2:
        return 0 if shares[0] > shares[1] else 1
    first, second = lines[0], lines[1]
    if len(second) >= 1.9 * len(first) or len(second) > 26 or len(first) > 1.5 * len(second):
        return 0
    return 1


def _share(line: str, body: str) -> float:
    words = _pairs(line)
    return len(words & _pairs(body[:900])) / len(words) if words else 0.0
