"""Which pieces of a body are one sentence that the page tore apart, and which lines between them are captions?

A break is mended only on the evidence of the page: how a piece ends, how the next begins, brackets and quotes left
open. Section heads, list items and lines that lead over (`…指路——`, `…成绩单：`) keep their break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import marks
from indexer.reading.lines import Ending, Piece

__all__ = [
    "goes_on",
    "is_item",
    "is_open",
    "is_prose",
    "is_row",
    "may_be_caption",
    "needs_more",
    "repair",
]

_ITEM = re.compile(
    r"(?:[-·•●◆■▲★☆◇○□▶►*]\s*\S|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]\d{1,2}[)）]|\d{1,2}\s*[、.．)）]\s*(?!\d)\S|"
    r"[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条款部分篇回]|(?:其|之)?[一二三四五六七八九十]是)"
)
_COMMA = re.compile("[，,]")
_PARTED = re.compile(r"[\u4e00-\u9fff”》】！？] +[\u4e00-\u9fff“《【]|——")
_SPEAKER = re.compile(r"(?:记者|问|答|主持人|[\u4e00-\u9fff]{2,8})\s*[:：]\s*\S")
_NO_START = re.compile(r"[，。、；：！？,;:!?）)】》〉”’」』％%℃]")
_LONGEST = 6000  # characters; no paragraph is longer, and joining without end would take its time
_PAIRS = (("“", "”"), ("（(", "）)"), ("《", "》"), ("【", "】"), ("‘", "’"))
_OPENING = re.compile("[“（(《【‘]")
# Words that cannot end a sentence or a head: what they govern must follow.
_NEEDS_MORE = tuple(
    "的 和 与 及 或 在 对 把 将 被 向 从 为 由 以 于 使 让 并 而 但 又 且 其 该 各 每 这 那 是 有 到 按 据 凭 "
    "促进 推动 推进 实现 加快 加强 成为 形成 打造 建设 提供 包括 "
    "通过 根据 围绕 按照 关于 以及 为了 因为 不断 进一步 进行 预计 计划 力争 至 自".split()
)
_CAPTION_END = re.compile(
    r"(?:全景图?|外景|内景|一角|一隅|鸟瞰图?|俯瞰|俯视图?|效果图|示意图|航拍图?|远眺|夜景|合影|现场|场景|车间|厂区|园区|产品)$"
)


def is_item(text: str) -> bool:
    """Tell whether a line is an item of a list or an enumerated head: `- …`, `一、…`, `（二）…`, `3. …`, `①…`."""
    return _ITEM.match(text) is not None


def is_row(text: str) -> bool:
    """Tell whether a line is a row of a table of figures: short cells, most of the later ones numbers."""
    cells = re.split(r"\s*[|｜\t]\s*|\s+", text.strip(" |｜"))
    if len(cells) < 2 or max(map(len, cells)) > 10:
        return False
    return sum(any(map(str.isdigit, cell)) for cell in cells) >= 0.5 * len(cells)


def may_be_caption(text: str) -> bool:
    """Tell whether a line's last word is one that captions end with, and section heads hardly: `…全景图`, `…车间`."""
    return len(text) <= 40 and _CAPTION_END.search(text) is not None


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece is running text: sentences, or what a break left of one."""
    text = piece.text
    if (
        "。" in text
        or piece.end in (Ending.COMMA, Ending.SEMICOLON, Ending.COLON, Ending.TORN)
        or _NO_START.match(text)
    ):
        return True
    commas = len(_COMMA.findall(text))
    if piece.end in (Ending.STOP, Ending.DOTS):
        return commas >= 1 and len(text) >= 30
    # Long headlines exist, with their parts set apart by spaces or a dash; sentences have commas.
    if _PARTED.search(text):
        return commas >= 3 and len(text) >= 60
    return (commas >= 1 and len(text) >= 45) or (commas >= 3 and len(text) >= 30) or len(text) >= 120


def needs_more(text: str) -> bool:
    """Tell whether a text ends with a word that cannot end a sentence or a head: what it governs must follow."""
    return text.endswith(_NEEDS_MORE)


def goes_on(piece: Piece, before: Piece) -> bool:
    """Tell whether a piece can only be the rest of the one before: it begins with a comma, or closes a bracket."""
    if _NO_START.match(piece.text):
        return True
    return any(
        before.text.count(left) > before.text.count(right)
        and 0 <= piece.text.find(right) < (piece.text + left).find(left)
        for left, right in ("“”", "（）", "()", "《》", "‘’")
    )


def repair(body: Sequence[Piece]) -> tuple[list[str], list[Piece]]:
    """Mend a body: its paragraphs, whole again, and the captions that stood between or behind them."""
    usual = _usual_gap(body)
    indented = sum(piece.indent >= 2 for piece in body) >= 0.6 * len(body)
    paragraphs: list[Piece] = []
    captions: list[Piece] = []
    at = 0
    while at < len(body):
        piece = body[at]
        if (
            paragraphs
            and len(paragraphs[-1].text) < _LONGEST
            and (_is_open(paragraphs[-1]) or goes_on(piece, paragraphs[-1]))
        ):
            skipped = _continuation(body, at, paragraphs[-1], indented)
            if skipped is not None:
                captions += body[at : at + skipped]
                paragraphs[-1] = paragraphs[-1].joined(body[at + skipped])
                at += skipped + 1
                continue
        if _is_caption(body, at, usual):
            captions.append(piece)
        else:
            paragraphs.append(piece)
        at += 1
    return [paragraph.text for paragraph in paragraphs], captions


def _usual_gap(body: Sequence[Piece]) -> int:
    gaps = sorted(piece.gap for piece in body[1:])
    return gaps[(len(gaps) - 1) // 2] if gaps else 0


def _is_open(piece: Piece) -> bool:
    """Tell whether a paragraph stops in mid-sentence, so that something of it must follow."""
    text = piece.text
    if piece.end in (Ending.STOP, Ending.DOTS, Ending.DASH, Ending.COLON):
        return False
    if piece.end in (Ending.COMMA, Ending.TORN) or needs_more(text) or is_open(text):
        return True
    if is_item(text):
        return False
    if piece.end == Ending.SEMICOLON:
        return True
    # A section head may hold a comma, but hardly one after thirty characters.
    long = len(text) >= 28 and _COMMA.search(text)
    return marks.dateline(text) is not None or (bool(long or is_prose(piece)) and not is_row(text))


def is_open(text: str) -> bool:
    """Tell whether a text ends inside of a bracket or of quotes."""
    return _OPENING.search(text) is not None and any(
        sum(map(text.count, opening)) > sum(map(text.count, closing)) for opening, closing in _PAIRS
    )


def _continuation(body: Sequence[Piece], at: int, before: Piece, indented: bool) -> int | None:
    """Count the captions between an open paragraph and the piece at or after `at` that goes on with it."""
    for skipped in range(min(4, len(body) - at)):
        piece = body[at + skipped]
        if marks.caption(piece.text):
            continue
        # A headline of a notice or an annex, broken into two lines: both are short.
        if skipped == 0 and not is_prose(before) and not is_prose(piece) and before.end == Ending.OPEN:
            return None if is_item(piece.text) or piece.gap != before.gap else 0
        if _continues(piece, before) and not (indented and piece.indent >= 2 and not goes_on(piece, before)):
            return skipped
        if is_prose(piece) or is_item(piece.text):
            return None
    return None


def _continues(piece: Piece, before: Piece) -> bool:
    if goes_on(piece, before):
        return True
    if is_item(piece.text):
        return False
    opening = marks.dateline(piece.text)
    if opening is not None:
        # 本报江城8月10日电 on a line of its own, and （记者 …） on the next
        first = marks.dateline(before.text)
        return first is not None and first.end >= len(before.text) and opening.agency is None
    if is_prose(piece) or piece.end == Ending.STOP:
        return True
    # A short rest without a stop: the end of the body, or half of a sentence that was broken twice.
    return piece.gap == 0 and before.gap == 0 and before.end == Ending.COMMA and len(piece.text) > 12


def _is_caption(body: Sequence[Piece], at: int, usual: int) -> bool:
    """Tell whether a line is a picture's: set off by white space where the picture stood, or saying so itself."""
    piece = body[at]
    if marks.caption(piece.text):
        return True
    if at == 0 or len(piece.text) > 60 or is_prose(piece) or is_item(piece.text) or is_row(piece.text):
        return False
    if piece.end in (Ending.STOP, Ending.DASH) or _SPEAKER.match(piece.text):
        return False
    return piece.gap > max(usual, 1) or (piece.gap > usual and may_be_caption(piece.text))
