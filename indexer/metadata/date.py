"""On which day, or at least in which year, was each article of a page published?

What is stated wins, in this order: a sidecar, front matter or record; a date line (2023-01-06 15:20:12), where it is
more than the day with which a writer signs; the page's folio line or the article's dateline, whose missing year comes
from the page or path; HTML's own metadata; the address or path. Only then is the year inferred from the words (see
inference), jointly, for a page is published on one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from indexer import marks
from indexer.marks import calendar
from indexer.marks.folios import FOLIO
from indexer.metadata import inference
from indexer.metadata.credits import is_reprint
from indexer.metadata.opening import opening
from indexer.models import Draft, Evidence, Given, LeftOut, Page

__all__ = ["Dated", "dates", "is_meta"]

# Where people state a value on purpose.
_STATED = ("sidecar", "front matter", "record")
# Today's date, which a site's script writes into every page.
_TODAY = re.compile(r"今天是|现在是|今日是|当前时间|当前日期|北京时间|欢迎")
_SITE = re.compile(
    r"首页|登录|注册|导航|相关内容|相关阅读|热门|版权所有|ICP|©|Copyright|设为首页|收藏|返回顶部|网站地图",
    re.IGNORECASE,
)
_EDITION = re.compile(r"版|责任编辑|责编|刊号|CN\d|邮发|编委|[日晚晨早商时]报")
_PRINTED_IN = re.compile(
    r"《[^》]{2,16}》\s*[（(]\s*(?P<date>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)[^（）()]{0,14}[）)]"
)
# 2015年12月28日, with neither label nor time: on a page of a paper the day of writing, or of what is reported.
_DAY_ALONE = re.compile(r"[\s（(]*[\d０-９〇零○一二三四五六七八九十廿卅元年月日号./／．-]+[\s）)]*")
_DIGIT = re.compile(r"(?:19|20|１９|２０)[\d０-９]{2}|[民二一][国國〇零○九]")
_HEAD, _TAIL, _LONGEST = 4, 3, 120
# A credit's day is that of the paper which printed the article first: it says nothing about the rest of the page.
_CREDIT = "credit line"


class Dated(NamedTuple):
    """Hold an article's date (ISO, as precise as known) and what it rests on."""

    date: str
    evidence: Evidence


def dates(page: Page) -> tuple[Dated | None, ...]:
    """Return the date of each draft of a page, in their order; None where it cannot be known.

    The records of a .jsonl or .csv file share no day: each is judged by itself.
    """
    if _holds_records(page):
        return tuple(_together(page, (draft,))[0] for draft in page.drafts)
    return _together(page, page.drafts)


def is_meta(given: Given) -> bool:
    """Tell whether a value was left by the software that made the file (html meta, document properties).

    Such a value is weaker than what the article prints; a sidecar, front matter and a record are stronger.
    """
    return given.origin not in _STATED


def _holds_records(page: Page) -> bool:
    return page.file.lower().endswith((".jsonl", ".csv")) or any(
        given.origin == "record" for draft in page.drafts for given in draft.given.values()
    )


def _together(page: Page, drafts: tuple[Draft, ...]) -> tuple[Dated | None, ...]:
    withheld = [_is_withheld({**page.given, **draft.given}) for draft in drafts]
    found = _found(page, drafts) if not all(withheld) else (None,) * len(drafts)
    return tuple(None if unknown else one for one, unknown in zip(found, withheld, strict=True))


def _is_withheld(given: Mapping[str, Given]) -> bool:
    """Tell whether somebody states that the date is unknown: then it is not inferred either."""
    stated = [given[name] for name in ("date", "year") if name in given and not is_meta(given[name])]
    return any(marks.is_blank(one.value) for one in stated) and not any(calendar.parse(one.value) for one in stated)


def _found(page: Page, drafts: tuple[Draft, ...]) -> tuple[Dated | None, ...]:
    day = _folio(page)
    found = [_stated(page, draft, day) for draft in drafts]
    if all(found):
        return tuple(found)
    implied = _of_siblings(found) or _inferred(drafts)
    return tuple(
        stated or (_completed(draft, implied) if implied else None) for stated, draft in zip(found, drafts, strict=True)
    )


def _stated(page: Page, draft: Draft, day: Dated | None) -> Dated | None:
    given = {**page.given, **draft.given}
    lines = (line for line in _lines(draft) if day is None or not _DAY_ALONE.fullmatch(line.evidence.words))
    printed = _given(given, meta=False) or next(lines, None)
    if printed:
        return printed
    meta = _given(given, meta=True)
    address = _address(given, page.file)
    named = meta or (_of_path(address) if address and address.firm else None)
    if is_reprint(draft):
        # Its page is newer than it is: the day is unknown, and the year most likely the page's.
        bound = day or named
        return Dated(bound.date[:4], replace(bound.evidence, inferred=True)) if bound else None
    return day or _dateline(draft, meta or (_of_path(address) if address else None)) or named


def _given(given: Mapping[str, Given], *, meta: bool) -> Dated | None:
    for name in ("date", "year"):
        stated = given.get(name)
        if stated and is_meta(stated) is meta:
            date = calendar.parse(stated.value)
            if date:
                return Dated(date, Evidence(stated.words or str(stated.value), stated.origin, False))
    return None


def _lines(draft: Draft) -> Iterator[Dated]:
    """Yield the dates of lines that do nothing but date (and credit) the article."""
    lines = draft.text.split("\n")
    for line in (*draft.credits, *lines[:_HEAD], *(lines[-_TAIL:] if len(lines) > _HEAD else ())):
        if not 6 <= len(line) <= _LONGEST or _TODAY.search(line) or not _DIGIT.search(line):
            continue
        labelled = marks.labels(line)
        credited = marks.credit_day(line) if "《" in line or labelled is None else None
        if credited and calendar.parse(credited):
            yield Dated(credited, Evidence(line.strip(), _CREDIT, False))
            continue
        date = marks.stamp(line) or (labelled.dates[0] if labelled and labelled.dates else None)
        if date and calendar.parse(date):
            yield Dated(date, Evidence(line.strip(), "date line", False))
    printed = _PRINTED_IN.search(draft.text, max(0, len(draft.text) - 300))
    date = calendar.parse(re.sub(r"\s", "", printed["date"])) if printed else None
    if printed and date:
        yield Dated(date, Evidence(printed.group(), "date line", False))


def _folio(page: Page) -> Dated | None:
    """Return the day of the page's folio line; a day and weekday with no edition beside may be a site's clock."""
    lines = [(number, line, left.reason) for left in page.left_out for number, line in _numbered(left)]
    site = any(_SITE.search(line) for _, line, _ in lines)
    days = [(number, line, _folio_day(line, why)) for number, line, why in lines if not _TODAY.search(line)]
    editions = {number for number, line, _ in days if _EDITION.search(line) and marks.folio(line)}
    for number, line, day in days:
        beside = editions & {number - 1, number, number + 1}
        if day and calendar.parse(day) and (beside or not site):
            return Dated(day, Evidence(line.strip(), FOLIO, False))
    return None


def _numbered(left: LeftOut) -> Iterator[tuple[int, str]]:
    """Yield the lines that were left out, each with its number, but for long ones."""
    for number, line in enumerate(left.text.split("\n"), left.lines[0]):
        if len(line) <= _LONGEST:
            yield number, line


def _folio_day(line: str, reason: str) -> str | None:
    """Read the day of a line that was left out; a day alone is the page's where it stands beside the masthead."""
    found = marks.folio(line)
    if found or reason != FOLIO:
        return found.date if found else None
    labelled = marks.labels(line)
    return labelled.dates[0] if labelled and labelled.dates else marks.stamp(line)


def _dateline(draft: Draft, elsewhere: Dated | None) -> Dated | None:
    dateline = opening(draft.text)
    if dateline is None or dateline.month is None or dateline.day is None:
        return None
    if dateline.year:
        date = calendar.iso(dateline.year, dateline.month, dateline.day)
        return Dated(date, Evidence(dateline.words, "dateline", False)) if date else None
    return _joined(dateline, elsewhere) if elsewhere else None


def _joined(dateline: marks.Dateline, year: Dated) -> Dated | None:
    """Complete a dateline's month and day with the year that is known from elsewhere."""
    if dateline.month is None or dateline.day is None:
        return None
    nearest = calendar.nearest_year(dateline.month, dateline.day, year.date)
    date = calendar.iso(nearest, dateline.month, dateline.day) if nearest else None
    if date is None:
        return None
    evidence = year.evidence
    origin = f"dateline, year from {evidence.origin}"
    return Dated(date, Evidence(f"{dateline.words} … {evidence.words}", origin, evidence.inferred))


def _completed(draft: Draft, implied: Dated) -> Dated:
    dateline = None if is_reprint(draft) else opening(draft.text)
    return (_joined(dateline, implied) if dateline else None) or implied


def _address(given: Mapping[str, Given], file: str) -> calendar.PathDate | None:
    url = given.get("url")
    of_url = calendar.in_path(re.sub(r"^\w+://[^/]*|[?#].*", "", str(url.value))) if url else None
    of_file = calendar.in_path(file)
    return of_url if of_url and (of_url.firm or not of_file) else of_file


def _of_path(address: calendar.PathDate) -> Dated:
    return Dated(address.date, Evidence(address.words, "path", False))


def _of_siblings(found: list[Dated | None]) -> Dated | None:
    """Return the year that the other articles of the page state, where they agree."""
    stated = [one for one in found if one and one.evidence.origin != _CREDIT]
    if len({one.date[:4] for one in stated}) != 1:
        return None
    evidence = stated[0].evidence
    return Dated(stated[0].date[:4], Evidence(evidence.words, f"{evidence.origin} of the same page", True))


def _inferred(drafts: tuple[Draft, ...]) -> Dated | None:
    implied = inference.year(drafts)
    return Dated(str(implied.year), Evidence(implied.words, "text", True)) if implied else None
