"""Which articles does the text of one page or document hold, and what on it belongs to none?"""

from __future__ import annotations

from collections.abc import Sequence

from indexer import marks
from indexer.models import Draft, LeftOut
from indexer.reading.furniture import furniture
from indexer.reading.headline import masthead, parts_of, window_title
from indexer.reading.kinds import Kind, kinds_of
from indexer.reading.lines import Piece, pieces
from indexer.reading.openings import Opening, openings
from indexer.reading.repair import repair
from indexer.reading.words import FOLIO, LINK, POINTER, RULE

__all__ = ["split"]

_END_MARKS = (LINK, RULE)


def split(text: str) -> tuple[list[Draft], list[LeftOut]]:
    """Cut the text of one page or document into its articles.

    Returns the drafts in the order of the page, and every line that is in none of them with what it was taken for.
    Each line with text is in exactly one of both; nothing but line breaks inside of sentences is changed.
    """
    page = pieces(text)
    reasons = furniture(page)
    end_marks = _end_marks(page, reasons)
    left = [_left(page[at], why) for at, why in reasons.items() if at not in end_marks]
    kept = [at for at in range(len(page)) if at not in reasons or at in end_marks]
    found, kinds = kinds_of([page[at] for at in kept], [at in end_marks for at in kept])
    drafts: list[Draft] = []
    if any(kind != Kind.MARK for kind in kinds):
        begun = openings(found, kinds)
        ends = [opening.start for opening in begun[1:]] + [len(found)]
        for opening, end in zip(begun, ends, strict=True):
            draft, furniture_inside = _draft(found, kinds, opening, end, len(drafts) + 1)
            if draft is not None:
                drafts.append(draft)
            left += furniture_inside
    else:
        left += map(_left_mark, found)
    return drafts, sorted(left, key=lambda part: part.lines)


def _end_marks(page: Sequence[Piece], reasons: dict[int, str]) -> set[int]:
    """Find the furniture between two articles: rules, links, and pointers to where a report began elsewhere."""
    found = {at for at, why in reasons.items() if why in _END_MARKS}
    printed = FOLIO in reasons.values()
    for at in reasons:
        if marks.continued(page[at].text):
            away = _leading_away(page, reasons, at)
            if away is None:
                found.add(at)
            elif printed and FOLIO not in (reasons[other] for other in range(away, at)):
                found |= {away, at}
    return found


def _leading_away(page: Sequence[Piece], reasons: dict[int, str], at: int) -> int | None:
    """Find 下转 right above 上接: the report is whole here, unless both stand on the same page of a paper."""
    while at - 1 in reasons and not marks.continued(page[at - 1].text):
        at -= 1
        if marks.continues_elsewhere(page[at].text):
            return at
    return None


def _left_mark(piece: Piece) -> LeftOut:
    return _left(piece, POINTER if marks.pointer(piece.text) else "link or rule")


def _left(piece: Piece, reason: str) -> LeftOut:
    return LeftOut((piece.first, piece.last), "\n".join(piece.parts), reason)


def _draft(
    found: Sequence[Piece], kinds: Sequence[str], opening: Opening, end: int, ordinal: int
) -> tuple[Draft | None, list[LeftOut]]:
    """Put one article together from its pieces: head, credits, body, captions."""
    shorts: list[Piece] = []
    credits: list[Piece] = []
    pictures: list[Piece] = []
    left: list[LeftOut] = []
    lead = "".join(piece.text for piece in found[opening.body : end])
    for at in range(opening.start, min(opening.body, end)):
        piece = found[at]
        if kinds[at] == Kind.MARK:
            left.append(_left_mark(piece))
        elif kinds[at] in (Kind.BYLINE, Kind.CREDIT):
            credits.append(piece)
        elif kinds[at] == Kind.CAPTION:
            pictures.append(piece)
        elif window_title(piece, found[at + 1 : opening.body]):
            left.append(_left(piece, "window title"))
        elif repeated := masthead(piece, shorts):
            left.append(_left(piece, repeated))
        else:
            shorts.append(piece)
    kicker, title, subtitle = parts_of(shorts, lead)
    body: list[Piece] = []
    signed = _signatures_from(kinds, opening.body, end)
    for at in range(opening.body, end):
        if kinds[at] == Kind.MARK:
            left.append(_left_mark(found[at]))
        elif kinds[at] == Kind.CREDIT or (kinds[at] == Kind.BYLINE and at >= signed):
            credits.append(found[at])
        else:
            body.append(found[at])
    paragraphs, captions = repair(body)
    if not paragraphs:
        paragraphs, captions = [piece.text for piece in captions], []  # the news is the picture's
    captions = pictures + captions
    used = [*shorts, *credits, *pictures, *body]
    if not used:
        return None, left
    draft = Draft(
        title=_one_line(title),
        text="\n".join(paragraphs),
        lines=(min(piece.first for piece in used), max(piece.last for piece in used)),
        ordinal=ordinal,
        kicker=_one_line(kicker),
        subtitle=_one_line(subtitle),
        captions=tuple(piece.text for piece in captions),
        credits=tuple(piece.text for piece in credits),
    )
    return draft, left


def _signatures_from(kinds: Sequence[str], start: int, end: int) -> int:
    """Find where names are those who signed, and no section head: nothing but credits and captions follows."""
    while end > start and kinds[end - 1] not in (Kind.PROSE, Kind.SHORT):
        end -= 1
    return end


def _one_line(lines: Sequence[Piece]) -> str | None:
    return " ".join(piece.text for piece in lines) or None
