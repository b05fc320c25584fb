"""Did a break tear a sentence here, or does a headline stand above its report?

A short line without a stop in front of prose is one or the other. Each piece of evidence counts for or against: the
characters on both sides of the break, the words of either line, and how both are set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import marks
from indexer.reading.lines import Piece
from indexer.reading.overlap import breaks_a_word, share
from indexer.reading.repair import goes_on, is_open, needs_more

__all__ = ["LABEL", "torn"]

# How much each piece of evidence counts; fitted by logistic regression on pages of which the breaks are known.
_WEIGHTS = {
    "bias": 0.3, "seam": 2.8, "word": 2.8, "figure": 1.4, "closed behind": 0.6, "governs": 1.6, "unclosed": 2.0,
    "comma": 2.4, "commas": 0.7, "motto": -0.5, "even": -2.3, "list": 1.9, "day inside": 1.4, "begins": 0.9,
    "tells": 0.4, "next goes on": 1.5, "next begins": -2.2, "told": -1.2, "style": -2.4, "label": -1.9, "long": 1.3,
    "short": -1.3, "next clause": -1.3, "next long": -1.3, "first": -1.6, "after a line": -0.3, "gap before": -1.1,
    "gap behind": 1.0, "line between": -0.4, "line below": -2.6, "indented": 1.9, "both indented": -3.2,
    "next indented": -3.2,
}  # fmt: skip
LABEL = re.compile(r"[【\[].{2,20}[】\]]\S")
_DAY_INSIDE = re.compile(
    r"^(?:日前|近日|连日来|据|记者(?:近日|从))|[今昨]天[（(]|[（(]\d{1,2}月\d{1,2}日|\d日(?:在|从|向|上午|下午|晚|说|宣布|表示|[，,])"
)
# With these words sentences begin, and the rest of a broken one hardly does.
_BEGINS = re.compile(
    r"(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|近[日年期]|日前|[今去]年|[今昨前][天日]|目前|如今|眼下|截至|当前|连日来|过去|走进|记者|据|"
    r"为了?|随着|在|“|当地时间|北京时间|作为|根据|按照|经过|通过|面对|针对|此[前次外]|同时|其中|另外|不过|但|如果|虽然|对于|关于|以|由|从|自|一[年边直]"
)
_FIGURE = re.compile(
    r"\d\x00[年月日个万亿多元人％%名余家项岁时点号]|[第约近超达为年月]\x00\d|[A-Za-z0-9]\x00[A-Za-z0-9]"
)
_STYLE = re.compile(r"[：:！？!?]|[\u4e00-\u9fff”》】！？][ 　]+[\u4e00-\u9fff“《【]|——")
_CLAUSE = re.compile(r"[\w“”‘’、·]{2,10}")
_COMMA = re.compile("[，,]")
# With these a sentence cannot begin; these are said in sentences, and hardly ever in heads.
_GOES_ON = re.compile(r"[了的着們们吗呢吧得]|等(?![待到])|及(?!时)|和(?![平谐])|与(?!此)|或(?!许)")
_TELLS = re.compile(r"[了着們们這这其他她]|不[仅但]|已经|正在|由于|因为?|以及|并且?|曾|均")
_CLAUSE_END = re.compile("[。！？；，,]")
_NEAR = 15  # pieces before and behind the break


def torn(found: Sequence[Piece], at: int, after: int, *, prose_before: bool, indented: bool) -> float:
    """Weigh whether the piece at `after`, a caption between left aside, goes on with the sentence of the one at `at`.

    Above zero it does; the higher, the surer. `prose_before` says whether prose stands before them, `indented`
    whether the page indents its paragraphs.
    """
    setting = _setting(found, at, after, prose_before, indented)
    evidence = _seam(found, at, after) | _words(found[at].text, found, after) | setting
    return _WEIGHTS["bias"] + sum(_WEIGHTS[name] * value for name, value in evidence.items())


def _seam(found: Sequence[Piece], at: int, after: int) -> dict[str, float]:
    """Look at the two sides of the break: do they stand side by side elsewhere, inside of a word, of a bracket?"""
    left, right = found[at].text, found[after].text
    plain = left[-1:].isalnum() and right[:1].isalnum()
    near = "\n".join(piece.text for piece in found[max(0, at - _NEAR) : after + _NEAR]) if plain else ""
    return {
        "seam": float(plain and left[-1] + right[0] in near),
        "word": float(plain and breaks_a_word(left, right)),
        "figure": float(_FIGURE.fullmatch(f"{left[-1:]}\x00{right[:1]}") is not None),
        "closed behind": float(goes_on(found[after], found[at])),
        "governs": float(needs_more(left)),
        "unclosed": float(is_open(left)),
    }


def _words(text: str, found: Sequence[Piece], after: int) -> dict[str, float]:
    """Look at the words: a sentence has commas and days; a headline says what the report behind it says again."""
    following = found[after].text
    clauses = _COMMA.split(text)
    clause = _CLAUSE_END.search(following)
    return {
        "comma": float(len(clauses) > 1),
        "commas": float(len(clauses) > 2),
        "motto": float(len(clauses) > 1 and all(map(_CLAUSE.fullmatch, clauses))),
        "even": float(len(clauses) > 1 and len({len(each) for each in clauses}) == 1),
        "list": float("、" in text),
        "day inside": float(_DAY_INSIDE.search(text) is not None),
        "begins": float(_BEGINS.match(text) is not None),
        "tells": float(_TELLS.search(text) is not None),
        "next goes on": float(_GOES_ON.match(following) is not None),
        "next begins": float(_BEGINS.match(following) is not None),
        "told": share(text, "".join(piece.text for piece in found[after : after + 2])),
        "style": float(_STYLE.search(text) is not None),
        "label": float(LABEL.match(text) is not None),
        "long": len(text) / 40,
        "short": float(len(text) < 10),
        "next clause": min(30, clause.start() if clause else 30) / 30,
        "next long": min(1.0, len(following) / 150),
    }


def _setting(found: Sequence[Piece], at: int, after: int, prose_before: bool, indented: bool) -> dict[str, float]:
    """Look at what stands before the piece, at white space around it and at indents."""
    piece, following = found[at], found[after]
    inside, beyond = piece.indent >= 2, following.indent >= 2
    return {
        "first": float(at == 0),
        "after a line": float(at > 0 and not prose_before),
        "gap before": min(3, piece.gap) - 1,
        "gap behind": min(3, found[at + 1].gap) - 1,
        "line between": float(after > at + 1),
        "line below": float(after > at + 1 and not found[at + 1].gap and not marks.caption(found[at + 1].text)),
        "indented": float(indented and inside and not beyond),
        "both indented": float(indented and inside and beyond),
        "next indented": float(indented and not inside and beyond),
    }
