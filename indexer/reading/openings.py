"""Where on a page do articles begin?

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
from indexer.marks.plain import simplified
from indexer.reading.furniture import BOX_HEADING
from indexer.reading.headline import DASHED
from indexer.reading.kinds import PICTURE_NEWS, Kind
from indexer.reading.lines import Ending, Piece
from indexer.reading.overlap import word_pairs
from indexer.reading.repair import is_item, is_row, may_be_caption
from indexer.reading.torn import LABEL

__all__ = ["Opening", "openings"]

# How much each piece of evidence counts; fitted by logistic regression on pages made as in tests/benchmark.
_WEIGHTS = {
    "bias": -4.7, "dateline": 4.5, "byline": 3.8, "label": 4.2, "after mark": 2.2, "after signature": 2.8,
    "breaks a sentence": -2.5, "announced": -2.0, "no dateline": -1.2, "no credit": -2.2, "no mark": -3.5,
    "lead": 0.9, "set apart": 2.8, "alone": 0.5, "not set apart": -2.0, "wide gap": 1.4, "margin": 0.4, "item": -4.0,
    "labelled": 2.2, "dashed": 1.6, "several": 0.8, "parted": 1.0, "short": -1.0, "long": 3.4, "caption": -1.0,
    "told": 3.0, "known": -2.5, "same words": -6.5,
}  # fmt: skip
_MOST_HEAD_LINES = 7
_LEAD = re.compile(
    r"(?:日前|近日|近期|昨日|昨天|今日|今天|前不久|前日|连日来|最近|近年来|记者|据|本报|\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}日|上午|下午|在)"
    r"|.{0,30}(?:记者.{0,8}(?:从|获悉|了解到)|获悉|举行|召开|发布|印发|公布|启动|开幕)"
)
_NOTE = re.compile(r"[【\[（(]?\s*(?:编者按|編者按|编前语|编者的话|核心提示|内容提要|开栏的话|開欄的話)")
_BOXED = re.compile(r"[【\[].{1,20}[】\]]")
_BRIEFS = re.compile(
    r"[【\[■●◆▲]?\s*(?:本报|图文|一周|综合)?(?:简讯|快讯|短讯|短波|简明新闻|新闻速览|要闻速览|一句话新闻)\s*[】\]]?"
)
# What a paper prints beside its reports, each under the name of its kind.
_GENRE = re.compile(
    r"[【\[■●◆▲]?\s*(?:短评|社论|社评|时评|讣告|更正(?:启事|声明)?|"
    r"(?:遗失|挂失|注销|减资|清算|拍卖|招租|招标|停[水电气]|征稿|招聘|招生|寻[人物]|认领|迁址|更名)(?:声明|公告|启事|通告))\s*[】\]]?"
)
_SPEAKER = re.compile(r"(?:记者|问|答|主持人|Q|A)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Opening:
    """Say that an article begins at piece `start`; pieces from `body` on are its body."""

    start: int
    body: int


@dataclass(frozen=True, slots=True)
class _Region:
    """Hold the pieces `start` to `end` (exclusive) between two pieces of prose."""

    start: int
    end: int


def openings(found: Sequence[Piece], kinds: Sequence[str]) -> list[Opening]:
    """Find where articles begin. The first begins at the first piece, whatever stands there."""
    page = _PageHabits(found, kinds)
    starts: list[Opening] = []
    for region in _regions(kinds):
        starts += page.openings(region)
    if not starts or starts[0].start > 0:
        starts.insert(0, Opening(0, page.body_after(0, starts[0].start if starts else len(found))))
    ends = [opening.start for opening in starts[1:]] + [len(found)]
    return [_bounded(opening, end, kinds) for opening, end in zip(starts, ends, strict=True)]


def _bounded(opening: Opening, end: int, kinds: Sequence[str]) -> Opening:
    """Keep a list, a table or a poem from being taken for a head: of many short lines only some are one."""
    shorts = [at for at in range(opening.start, min(opening.body, end)) if kinds[at] == Kind.SHORT]
    if opening.body >= end and len(shorts) > 2:
        return Opening(opening.start, shorts[0] + 1)
    if len(shorts) > _MOST_HEAD_LINES:
        return Opening(opening.start, shorts[0] + 1) if opening.start == 0 else Opening(shorts[-4], opening.body)
    return opening


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
        self.told = [_told(piece, kind) for piece, kind in zip(found, kinds, strict=True)]
        gaps = sorted(found[right].gap for left, right in pairwise(prose) if right == left + 1)
        self.gap = gaps[len(gaps) // 2] if gaps else 1
        # Paragraphs on lines that follow each other, short lines set apart by blank ones.
        apart = [kinds[at] == Kind.SHORT for at, piece in enumerate(found) if at and piece.gap]
        self.mixed = self.gap == 0 and sum(apart) >= 2 and sum(apart) >= 0.6 * len(apart)
        self.sources = {at for at, kind in enumerate(kinds) if kind == Kind.CREDIT and marks.credit(found[at].text)}
        self.credited = sum(at - 1 in prose for at in self.sources) >= 2
        self.signed = sum(map(self._is_signature, range(len(found)))) >= 2
        ends = [at for at, kind in enumerate(kinds) if kind == Kind.MARK]
        self.continued = {at for at in ends if marks.continued(found[at].text)}
        self.marked = sum(not marks.pointer(found[at].text) for at in ends) >= 2
        indented = sum(found[at].indent >= 2 for at in prose)
        self.indented = len(prose) >= 3 and indented >= 0.7 * len(prose)

    def openings(self, region: _Region) -> list[Opening]:
        """Find the articles that begin in a region: one before prose, and bare headlines between end marks."""
        opened, segments = [], self._segments(region)
        for at, (start, end) in enumerate(segments):
            last = at == len(segments) - 1
            if at == 0 and region.start > 0:
                start = self._after_tail(start, end)
            if last and end < len(self.found):
                if self._opens(region, start, at > 0):
                    opened.append(Opening(start, end))
            elif (at > 0 or region.start == 0) and not last and self.marked and self._has_short(start, end):
                opened.append(Opening(start, end))
        return opened

    def _segments(self, region: _Region) -> list[tuple[int, int]]:
        """Cut a region at the marks that end articles and at sources printed behind them."""
        cuts = [at for at in range(region.start, region.end) if self.kinds[at] == Kind.MARK]
        # 上接 stands below the headline where what began elsewhere has one.
        cuts = [at for at in cuts if at not in self.continued or not self._has_short(region.start, at)]
        first = region.start
        if region.start > 0 and first < region.end and self.kinds[first] in (Kind.CREDIT, Kind.BYLINE):
            tail = first
            while tail < region.end and self.kinds[tail] in (Kind.CREDIT, Kind.BYLINE):
                tail += 1
            if Kind.CREDIT in self.kinds[first:tail] and tail - 1 not in cuts:
                cuts.append(tail - 1)
        if region.start == 0:
            # A rule between a page's first headline and its report ends nothing.
            shorts = [at for at in range(region.end) if self.kinds[at] == Kind.SHORT]
            cuts = [at for at in cuts if (shorts and at < shorts[-1]) or region.end == len(self.found)]
        bounds = [region.start - 1, *sorted(cuts), region.end]
        return [(left + 1, right) for left, right in pairwise(bounds)]

    def _is_signature(self, at: int) -> bool:
        """Tell whether a name in brackets stands below a report, as under briefs: （霍新力）."""
        below = self.kinds[at] == Kind.BYLINE and at > 0 and self.kinds[at - 1] == Kind.PROSE
        return below and self.found[at].text[0] in "(（"

    def _has_short(self, start: int, end: int) -> bool:
        return any(self.kinds[at] == Kind.SHORT for at in range(start, end))

    def _after_tail(self, start: int, end: int) -> int:
        """Step over what still belongs to the article before: its signature and captions set off by white space."""
        while start < end and self.kinds[start] in (Kind.BYLINE, Kind.CREDIT, Kind.CAPTION):
            start += 1
        if self._signed_by_office(start, end):
            start += 2
        short = [at for at in range(start, end) if self.kinds[at] == Kind.SHORT]
        items = [at for at in short if is_item(self.found[at].text) or is_row(self.found[at].text)]
        return items[-1] + 1 if items and self._has_short(items[-1] + 1, end) else start

    def _signed_by_office(self, start: int, end: int) -> bool:
        """Tell whether an announcement ends here, with who issued it and the day: 江城市财政局, 2023年8月17日."""
        return (
            start + 2 < end
            and self.kinds[start] == Kind.SHORT
            and marks.stamp(self.found[start + 1].text) is not None
            and self._has_short(start + 2, end)
        )

    def body_after(self, start: int, end: int) -> int:
        """Find the first prose between two pieces."""
        return next((at for at in range(start, end) if self.kinds[at] == Kind.PROSE), end)

    def _opens(self, region: _Region, start: int, after_mark: bool) -> bool:
        """Weigh whether the prose behind a region begins an article whose head begins at `start`."""
        if region.start == 0 or not self.continued.isdisjoint(range(region.start, region.end)):
            return True
        if not self._has_short(start, region.end):
            return self._opens_untitled(region, after_mark)
        if after_mark and (self.credited or self.marked):
            return True
        signed = self.signed and self._is_signature(region.start)
        if signed or self._names_its_kind(region, start) or self._heads_a_report(region):
            return True
        evidence = self._evidence(region, start, after_mark)
        return sum(_WEIGHTS[name] * value for name, value in evidence.items()) + _WEIGHTS["bias"] > 0

    def _names_its_kind(self, region: _Region, start: int) -> bool:
        """Tell whether 简讯, 图片新闻, 短评 or 停电公告 stands here; but for the first, a whole sentence above it."""
        lines = [simplified(self.found[at].text) for at in range(start, region.end)]
        if any(map(_BRIEFS.fullmatch, lines)):
            return True
        kind = any(_GENRE.fullmatch(line) or PICTURE_NEWS.fullmatch(line) for line in lines)
        return kind and self._after_a_sentence(region)

    def _heads_a_report(self, region: _Region) -> bool:
        """Tell whether a headline stands right above a dateline, and a whole sentence above both."""
        last = region.end - 1
        headline = self.kinds[last] == Kind.SHORT and not _is_aside(self.found[last].text)
        return headline and region.end in self.datelines and self._after_a_sentence(region)

    def _after_a_sentence(self, region: _Region) -> bool:
        return self.found[region.start - 1].end in (Ending.STOP, Ending.DOTS)

    def _opens_untitled(self, region: _Region, after_mark: bool) -> bool:
        if after_mark:
            return self.credited or self.marked
        if _NOTE.match(self.found[region.start - 1].text):
            return False
        return self._after_a_sentence(region) and region.end in self.datelines and len(self.datelines) >= 2

    def _evidence(self, region: _Region, start: int, after_mark: bool) -> dict[str, float]:
        """Collect what speaks for and against a beginning, each between -1 and 1."""
        shorts = [self.found[at] for at in range(start, region.end) if self.kinds[at] == Kind.SHORT]
        before, after = self.found[region.start - 1], self.found[region.end]
        inside = [self.kinds[at] for at in range(start, region.end)]
        dated = region.end in self.datelines
        facts = {
            "dateline": dated,
            "byline": Kind.BYLINE in inside,
            "label": Kind.CREDIT in inside or _NOTE.match(after.text) is not None,
            "after mark": after_mark,
            "after signature": any(self.kinds[at] != Kind.CAPTION for at in range(region.start, start))
            or marks.signature(before.text) is not None,
            "breaks a sentence": before.end in (Ending.OPEN, Ending.COMMA, Ending.SEMICOLON, Ending.TORN),
            "announced": before.end == Ending.COLON,
            "no dateline": not dated and len(self.datelines) >= 2,
            "no credit": not after_mark and self.credited,
            "no mark": not after_mark and self.marked,
            "lead": _LEAD.match(after.text) is not None,
        }
        evidence = {name: float(value) for name, value in facts.items()}
        return evidence | self._setting(start, region.end) | _style(shorts) | _cohesion(shorts, self.told, region)

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
    return {
        "item": float(_is_aside(shorts[-1].text)),
        "labelled": float(LABEL.match(title) is not None),
        "dashed": float(any(DASHED.match(piece.text) for piece in shorts[1:])),
        "several": float(len(shorts) > 1),
        "parted": float(len(title) > 8 and re.search(r"\S[ 　]+\S", title) is not None),
        "short": float(len(title) < 9),
        "long": min(1.0, len(title) / 30),
        "caption": float(any(may_be_caption(piece.text) for piece in shorts)),
    }


def _is_aside(text: str) -> bool:
    """Tell whether a line heads a part of an article: an item of a list, a speaker, a box."""
    boxed = any(pattern.fullmatch(text) for pattern in (_BOXED, BOX_HEADING))
    return boxed or is_item(text) or _SPEAKER.match(text) is not None


def _told(piece: Piece, kind: str) -> str:
    """Return what a piece tells, without the datelines and names that the reports of a page share."""
    if kind in (Kind.BYLINE, Kind.CREDIT):
        return ""
    dateline = marks.dateline(piece.text) if kind == Kind.PROSE else None
    return piece.text[dateline.end :] if dateline else piece.text


def _cohesion(shorts: Sequence[Piece], told: Sequence[str], region: _Region) -> dict[str, float]:
    """Measure how many of the head's words the prose behind it repeats, and how many the prose before it has."""
    words = set().union(*(word_pairs(piece.text) for piece in shorts)) or {""}
    behind = "\n".join(filter(None, told[region.end : region.end + 3]))[:900]
    ahead = "\n".join(filter(None, told[max(0, region.start - 4) : region.start]))[-900:]
    left, right = set(pairwise(ahead)), set(pairwise(behind))
    return {
        "told": sum(word in behind for word in words) / len(words),
        "known": sum(word in ahead for word in words) / len(words),
        "same words": len(left & right) / (min(len(left), len(right)) or 1),
    }
