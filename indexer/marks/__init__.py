"""By which marks do papers and sites show who wrote, where, when and from whom a text is?

Lines and openings only, no judgement about the page. Half- and full-width forms count the same: every function
matches on a copy of equal length, so that offsets hold for the line as given and values are cut from it.
"""

from indexer.marks.blanks import is_blank
from indexer.marks.credits import (
    Labels,
    about_author,
    credit,
    credit_day,
    editor,
    labels,
    link,
    stamp,
)
from indexer.marks.datelines import Dateline, dateline, signature
from indexer.marks.folios import Folio, folio
from indexer.marks.papers import paper
from indexer.marks.persons import byline, is_name, listed, names
from indexer.marks.pictures import caption, photo_credit, photographer
from indexer.marks.pointers import continued, continues_elsewhere, pointer, pointers_apart

__all__ = [
    "Dateline",
    "Folio",
    "Labels",
    "about_author",
    "byline",
    "caption",
    "continued",
    "continues_elsewhere",
    "credit",
    "credit_day",
    "dateline",
    "editor",
    "folio",
    "is_blank",
    "is_name",
    "labels",
    "link",
    "listed",
    "names",
    "paper",
    "photo_credit",
    "photographer",
    "pointer",
    "pointers_apart",
    "signature",
    "stamp",
]
