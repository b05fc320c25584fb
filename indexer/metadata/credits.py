"""Who wrote an article, and which paper, agency or site does it come from?

The lines that the page prints beside the body come first (`孙俊`, `摘自《金华日报》`, `来源：新华网`), then the opening
(`本报讯(记者 …)`, `新华社北京8月10日电`), then the end (`(记者张三)`, `(据《…》报道)`). Editors, photographers and such
names as a site gives to nobody (admin, 佚名) are no authors; 本报 alone names no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer import marks
from indexer.marks.folios import FOLIO, MASTHEAD
from indexer.marks.plain import simplified
from indexer.metadata.gazetteer import lookup
from indexer.metadata.opening import opening
from indexer.models import Draft, Evidence, Page

__all__ = ["Credited", "authors", "is_nobody", "is_reprint", "sources"]

# What content systems and reposting sites print in the place of an author.
_NOBODY = frozenset(
    "admin administrator root webmaster editor user users guest lenovo dell hp pc windows "
    "微软用户 微软中国 unknown none anonymous 佚名 匿名 无名 未知 不详 编辑 小编 责编 网络 网友 管理员 系统管理员 "
    "本站 本网 本报 本刊 原创 转载 综合 整理 记者 作者 通讯员 "
    "本报记者 本网记者 特约记者 见习记者 暂无 网站 官方 佚 无".split()
)
# Agencies whose desks and branches sign with the agency's name before their own: 中新网湖南新闻, 新华社“新华视点”.
_AGENCIES = re.compile(
    r"新华社|新华网|新华每日电讯|中新社|中新网|中国新闻网|人民网|人民日报|"
    r"央视网|央视新闻|光明网|光明日报|中青网|中国青年报|"
    r"中国日报|经济日报|科技日报|红网|国际在线|澎湃新闻|参考消息网|财联社|法新社|路透社|美联社|中通社|彭博社"
)
_UNKNOWN_AGENCY = re.compile(r"[\w·]{2,10}?(?:[报网]|通讯社|电视台|电台|客户端|在线|之家|财经|财讯)")
_OWN = re.compile(r"(?:本[报网刊台社]|记者|通讯)")
# 《光明日报》（2023年08月13日 03版） at the end of a text that a site took over.
_PRINTED_IN = re.compile(
    r"《\s*(?P<paper>[^》\s]{2,14})\s*》\s*[（(]\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[^（）()]{0,14}[）)]"
)
_LAST_BRACKET = re.compile(r"[（(【\[]([^（）()【】\[\]。]{2,40})[）)】\]]\s*$")
_ENDING = re.compile(r"(?:[（(](?:完|记者[^（）()]{0,2}完)[）)]|\s)+$")
_CLOSING = ("）", ")")
_REPORT = re.compile(r"据\s*《?(?P<who>[^》，。]{2,14}?)》?\s*(?:消息|报道|电|综合)$")
_REPRINT = re.compile(r"摘自|摘编自|选自|节选自|转载?自|原载|据《")
_ROLE = re.compile(r"记者|通讯员|作者|评论员|撰|供稿|[□■●]|文[/／:：图·]")
_HEAD, _TAIL = 4, 4
_LONGEST = 80
_LONGEST_FOLIO = 120


class Credited(NamedTuple):
    """Hold what an article's credits name, and the words that do."""

    names: tuple[str, ...]
    evidence: Evidence


def authors(draft: Draft) -> Credited | None:
    """Return the authors of an article in the order in which they are printed, or None where none is named."""
    found: dict[str, None] = {}
    words: list[str] = []
    origins: list[str] = []
    for names, passage, origin in _authors(draft):
        kept = [name for name in _persons(names, passage) if not is_nobody(name)]
        if any(name not in found for name in kept):
            words.append(passage)
            origins.append(origin)
        found.update(dict.fromkeys(kept))
    if not found:
        return None
    return Credited(tuple(found), Evidence(" … ".join(words), ", ".join(dict.fromkeys(origins)), False))


def sources(page: Page) -> tuple[Credited | None, ...]:
    """Return the paper, agency or site of each draft of a page, in their order; None where none is named.

    A paper that the page's folio line names holds for its articles without a credit or agency of their own.
    """
    paper = _folio_paper(page)
    return tuple(next(_sources(draft), paper) for draft in page.drafts)


def is_nobody(name: str) -> bool:
    """Tell whether a name is one that sites print where nobody is named: admin, 佚名, 编辑."""
    return simplified(name.lower()) in _NOBODY


def is_reprint(draft: Draft) -> bool:
    """Tell whether the article says that it was taken over from another paper, so that it is older than its page."""
    return any(_REPRINT.search(line) for line in draft.credits if len(line) <= _LONGEST)


def _persons(names: Sequence[str], words: str) -> Sequence[str]:
    """Leave out a place before a person (安吉 陈志明), or alone: counties have names as persons have."""
    return names[1:] if names and lookup(names[0]) and not _ROLE.search(simplified(words)) else names


def _authors(draft: Draft) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for line in draft.credits:
        yield _from_line(line), line, "byline"
    dateline = opening(draft.text)
    if dateline and dateline.names:
        yield dateline.names, dateline.words, "dateline"
    for line in _edges(draft.text):
        yield _from_line(line, bare=False), line, "byline"
    yield from _brief_signatures(draft.text)
    body = _unended(draft.text[-200:])
    signed = marks.signature(body) if body.endswith(_CLOSING) else None
    if signed:
        yield signed[0], body[signed[1] :], "signature"


def _brief_signatures(text: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield who signed the paragraphs before the last one, as the briefs under one heading are signed."""
    if ")\n" in text or "）\n" in text:
        for paragraph in text.split("\n")[:-1]:
            signed = marks.signature(paragraph) if paragraph.endswith(_CLOSING) else None
            if signed:
                yield signed[0], paragraph[signed[1] :], "signature"


def _from_line(line: str, *, bare: bool = True) -> tuple[str, ...]:
    """Read the authors of a line; within a body a bare name may be a section head, so there a role is needed."""
    if len(line) > _LONGEST or not (bare or _ROLE.search(line)):
        return ()
    if marks.editor(line) or (marks.photo_credit(line) and not re.search("文|记者", line)):
        return ()
    labelled = marks.labels(line)
    if labelled:
        return labelled.authors
    return marks.byline(line) or ()


def _sources(draft: Draft) -> Iterator[Credited]:
    for line in (*draft.credits, *_edges(draft.text)):
        name = marks.credit(line) if len(line) <= _LONGEST else None
        if name and not is_nobody(name):
            yield _source(name, line, "credit line")
    printed = _PRINTED_IN.search(draft.text, max(0, len(draft.text) - 300))
    if printed:
        yield _source(printed["paper"], printed.group(), "credit line")
    dateline = opening(draft.text)
    name = _agency(dateline.agency) if dateline and dateline.agency else None
    if dateline and name:
        yield _source(name, dateline.words, "dateline")
    yield from _closing_source(draft.text)


def _agency(printed: str) -> str | None:
    """Return the agency that a dateline names: without the desk behind it, or a headline that ran into it."""
    words = simplified(printed)
    known = list(_AGENCIES.finditer(words))
    if known:
        return printed[slice(*known[-1].span())]
    return printed if not _OWN.match(words) and _UNKNOWN_AGENCY.fullmatch(words) else None


def _closing_source(text: str) -> Iterator[Credited]:
    bracket = _LAST_BRACKET.search(_unended(text[-120:]))
    if bracket is None:
        return
    report = _REPORT.search(bracket.group(1))
    name = report["who"] if report else marks.credit(bracket.group(1))
    if name:
        yield _source(name, bracket.group().strip(), "closing words")


def _unended(text: str) -> str:
    """Return a text without the （完） and white space at its end."""
    # Most texts end with a full stop, and need no search for anything else.
    return _ENDING.sub("", text) if text[-1:] in _CLOSING or text[-1:].isspace() else text


def _source(name: str, words: str, origin: str) -> Credited:
    return Credited((name.strip(),), Evidence(words.strip(), origin, False))


def _folio_paper(page: Page) -> Credited | None:
    for left in page.left_out:
        for line in left.text.split("\n"):
            named = marks.paper(line) if len(line) <= _LONGEST_FOLIO else None
            if left.reason == MASTHEAD:
                return _source(named or line, line, MASTHEAD)
            if named and (left.reason == FOLIO or marks.folio(line)):
                return _source(named, line, FOLIO)
    return None


def _edges(text: str) -> Iterator[str]:
    """Yield the short lines with which a body begins and ends: where records keep their credits."""
    lines = text.split("\n")
    edges = lines if len(lines) <= _HEAD + _TAIL else lines[:_HEAD] + lines[-_TAIL:]
    return (line for line in edges if 2 < len(line.strip()) <= _LONGEST and line.rstrip()[-1] not in "。！？，；")
