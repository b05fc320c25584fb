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
from indexer.reading.repair import goes_on, is_caption, is_item, is_prose, is_row, may_be_caption

__all__ = ["Head", "Kind", "heads", "kinds_of", "parts_of"]

# How much each piece of evidence counts; fitted by logistic regression on pages made as in tests/benchmark.
_WEIGHTS = {
    "bias": -4.7, "dateline": 4.5, "byline": 3.8, "label": 4.2, "after mark": 2.2, "after signature": 2.3,
    "breaks a sentence": -2.5, "announced": -2.0, "no dateline": -1.2, "no credit": -2.2, "no mark": -3.5, "lead": 0.9,
    "set apart": 2.8, "alone": 0.5, "not set apart": -2.0, "wide gap": 1.4, "margin": 0.4, "item": -4.0, "labelled": 2.2,
    "dashed": 1.6, "several": 0.8, "parted": 1.0, "short": -1.0, "long": 3.4, "caption": -1.0, "told": 3.0, "known": -2.5,
    "same words": -6.5,
}  # fmt: skip
_LEAD = re.compile(
    r"(?:日前|近日|近期|昨日|昨天|今日|今天|前不久|前日|连日来|最近|近年来|记者|据|本报|\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}日|上午|下午|在)"
    r"|.{0,30}(?:记者.{0,8}(?:从|获悉|了解到)|获悉|举行|召开|发布|印发|公布|启动|开幕)"
)
_COMMA = re.compile("[，,]")
_DAY_INSIDE = re.compile(r"^(?:日前|近日|连日来|据|记者(?:近日|从))|[今昨]天[（(]|[（(]\d{1,2}月\d{1,2}日|\d日(?:在|从|向|上午|下午|晚|说|宣布|表示|[，,])")
# Two characters that are mostly one word, the commonest in newspapers.
_COMMON = frozenset(
    "国家 中国 我国 全国 各国 美国 经济 发展 工作 建设 企业 政府 社会 人民 群众 干部 党员 中央 习近 近平 平总 总书 书记 主席 总理 部长 会议 举行 召开 "
    "会见 出席 讲话 强调 指出 表示 认为 要求 推动 推进 促进 加快 加强 提高 提升 实现 完成 开展 进行 实施 落实 坚持 深化 改革 开放 创新 科技 技术 产业 "
    "行业 工业 农业 农村 乡村 振兴 生态 环境 保护 绿色 能源 投资 消费 市场 贸易 金融 银行 资金 项目 工程 服务 管理 制度 政策 措施 问题 情况 方面 重要 "
    "重大 主要 基本 全面 积极 进一 一步 不断 持续 有效 有力 稳定 安全 健康 教育 文化 体育 旅游 医疗 卫生 就业 民生 生活 生产 增长 同比 超过 达到 目前 "
    "今年 去年 近年 以来 期间 时间 时代 世界 国际 合作 关系 战略 思想 精神 理论 学习 活动 组织 单位 部门 机关 地区 城市 北京 上海 省份 基地 中心 公司 集团 "
    "研究 大学 学校 学生 青年 记者 报道 新闻 媒体 数据 信息 网络 数字 智能 系统 设备 产品 质量 水平 能力 体系 机制 模式 平台 基础 设施 交通 铁路 公路 运输 "
    "力量 作用 影响 成为 通过 根据 围绕 结合 由于 因为 所以 但是 而且 以及 其中 包括 他们 我们 自己 这些 一个 一些 一批 可以 能够 已经 正在 将会 开始 继续 历史 "
    "目标 任务 责任 领导 领域 核心 关键 重点 特色 优势 资源 保障 支持 支撑 提供 形成 打造 构建 建立 完善 优化 调整 参与 参加 参观 调研 考察 检查 监督 现代 代化 "
    "高质 质量 共同 富裕 团结 奋斗 奋进 新型 新时 特别 特色 同时 此外 当前 当地 现场 代表 委员 政协 人大 常委 主任 省委 市委 县委 政治 治局 军队 部队 官兵 航天 "
    "防汛 救灾 灾害 降雨 台风 高温 粮食 小麦 水稻 丰收 春耕 居民 百姓 家庭 老人 儿童 孩子 妇女 职工 工人 农民 人员 人才 专家 院士 医生 教师".split()
)
_LABEL = re.compile(r"[【\[].{2,20}[】\]]\S")
_DASHED = re.compile(r"\s*[—–―－-]{1,2}\s*\S")
_LATIN = re.compile(r"[A-Z0-9][A-Za-z0-9 &.,'’:/()-]{5,}")
_BOXED = re.compile(r"[【\[].{1,20}[】\]]")
_SPEAKER = re.compile(r"(?:记者|问|答|主持人|Q|A)\s*[:：]")


class Kind:
    """Name what a piece is for the search of heads."""

    PROSE, SHORT, CREDIT, BYLINE = "prose", "short", "credit", "byline"
    CAPTION, MARK = "caption", "mark"


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
    if is_caption(text):
        return Kind.CAPTION
    if piece.end == Ending.STOP and len(text) > 60:
        return Kind.PROSE
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
    if after + 1 < len(found) and kinds[after] in (Kind.SHORT, Kind.CAPTION):
        after += 1
    if kinds[after] != Kind.PROSE or marks.dateline(found[after].text):
        return False
    if goes_on(found[after], piece):
        return True
    if indented:
        return piece.indent >= 2 and found[after].indent < 2
    if _DAY_INSIDE.search(piece.text):
        return True
    behind = "".join(other.text for other in found[after : after + 2])
    if _share(piece.text, behind) >= 0.5:
        return False  # a headline's words come again in the report, a torn sentence's hardly do
    if _COMMA.search(piece.text):
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
    if reach == 1 and end[-1] + start[0] in _COMMON:
        return True
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
        # Paragraphs on lines that follow each other, short lines set apart by blank ones.
        apart = [kinds[at] == Kind.SHORT for at, piece in enumerate(found) if at and piece.gap]
        self.mixed = self.gap == 0 and sum(apart) >= 2 and sum(apart) >= 0.6 * len(apart)
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
        while start < end and self.kinds[start] in (Kind.BYLINE, Kind.CREDIT, Kind.CAPTION):
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
            "after signature": any(self.kinds[at] != Kind.CAPTION for at in range(region.start, start)) or marks.signature(before.text) is not None,
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
        "caption": float(any(may_be_caption(piece.text) for piece in shorts)),
    }


def _cohesion(shorts: Sequence[Piece], found: Sequence[Piece], region: _Region) -> dict[str, float]:
    """Measure how many of the head's words the prose behind it repeats, and how many the prose before it has."""
    words = set().union(*(_pairs(piece.text) for piece in shorts)) or {""}
    behind = "\n".join(piece.text for piece in found[region.end : region.end + 3])[:900]
    ahead = "\n".join(piece.text for piece in found[max(0, region.start - 4) : region.start])[-900:]
    left, right = set(zip(ahead, ahead[1:], strict=False)), set(zip(behind, behind[1:], strict=False))
    return {
        "told": sum(word in behind for word in words) / len(words),
        "known": sum(word in ahead for word in words) / len(words),
        "same words": len(left & right) / (min(len(left), len(right)) or 1),
    }


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
    lines = ["".join(piece.text for piece in group) for group in groups]
    at = len(groups) - 1 if below else _title_at(lines, body)
    kicker = [piece for group in groups[:at] for piece in group]
    rest = [piece for group in groups[at + 1 :] for piece in group]
    return kicker, groups[at], rest + below


def _title_at(lines: Sequence[str], body: str) -> int:
    """Choose the headline among lines: its words come again in the report's opening, but not as one phrase.

    Kickers and subtitles quote the report or say something general; a kicker is short, a subtitle is longer than
    its headline.
    """
    marks_of = [_share(line, body[:150]) + _share(line, body[:900]) for line in lines]
    for at, line in enumerate(lines):
        marks_of[at] += 1.0 if _LABEL.match(line) else 0.0
        marks_of[at] -= 0.8 if all(part in body for part in line.split()) else 0.0
    if len(lines) == 2 and _share(lines[0], body) >= 0.35:
        marks_of[1] += -0.5 if len(lines[1]) >= 1.9 * len(lines[0]) or len(lines[1]) > 26 else 0.25
    return max(range(len(lines)), key=marks_of.__getitem__)


def _share(line: str, body: str) -> float:
    words = _pairs(line)
    return sum(word in body for word in words) / (len(words) or 1)
