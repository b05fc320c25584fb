"""What does a segment hold? The names, kinds and limits that its writer and its reader share."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from indexer.analysis.fold import HAN

__all__ = [
    "ARRAYS",
    "BODY",
    "FIELDS",
    "MAX_ARTICLES",
    "MAX_UNITS",
    "PARTS",
    "PART_FIELDS",
    "SCHEMA_VERSION",
    "SEPARATOR",
    "VALUES",
    "WORD_FIELDS",
    "is_complete",
]

SCHEMA_VERSION = 5
"""Changes whenever older code could misread what newer code writes, or the reverse."""

PARTS = ("title", "kicker", "subtitle", "body", "caption")
"""The parts of an article in the order of its exact text; a part's kind is its place here."""

WORD_FIELDS = ("title", "subtitle", "body")
"""Fields whose terms are the words of analysis: subtitle is kicker + subtitle, body is body + captions."""

FIELDS = (*WORD_FIELDS, "author")
"""Fields that have postings; a term of `author` is the whole match form of one author's name."""

BODY = PARTS.index("body")
"""The part with which the body field begins; captions follow."""

PART_FIELDS = (0, 1, 1, 2, 2)
"""For each kind of part the number of its field in FIELDS."""

VALUES = ("city", "year", "source", "file")
"""Columns whose cells are numbers into a sorted list of texts."""

_COMPLETE = re.compile(f"[{HAN}]{{2,8}}")

SEPARATOR = 0
"""The unit that stands between parts and after each article; a text's own U+0000 is replaced before."""

MAX_UNITS = 1 << 24
"""Positions are kept in three bytes."""

MAX_ARTICLES = 1 << 16
"""Article numbers are kept in two bytes."""

_U8, _U16, _U32, _U64 = (np.dtype(code) for code in ("u1", "<u2", "<u4", "<u8"))


def is_complete(word: str) -> bool:
    """Tell whether the postings of a word name every article that contains it, however that was cut.

    They do of two to eight Han characters of one unit each. To complete a word takes time for each of its characters
    at each place where it may stand, and the segmenter makes one word of a run of repeated or unknown characters, which
    may be thousands long: these go by characters.
    """
    return _COMPLETE.fullmatch(word) is not None and max(word) <= "\uffff"


def _arrays() -> dict[str, np.dtype[Any]]:
    """Return the item type of every array of a segment by its name."""
    arrays = {
        "texts.articles": _U32,  # [articles + 1] position at which each article begins
        "texts.parts": _U32,  # [parts + 1] position at which each part begins
        "texts.kinds": _U8,  # [parts] index into PARTS
        "texts.first_parts": _U32,  # [articles + 1] each article's first part
        "pairs.first": _U32,  # [65,537] where in the pair table each first unit begins
        "pairs.second": _U16,  # [pairs] second units, ascending within a first unit
        "pairs.starts": _U32,  # [pairs + 1] where in the positions each pair's begin
        "pairs.low": _U16,  # [positions] low 16 bits, ascending within a pair
        "pairs.high": _U8,  # [positions] high 8 bits
        "words.buckets": _U32,  # [2^k + 1] where in the chain each hash bucket begins
        "words.chain": _U32,  # [terms] term numbers, bucket by bucket
        "ids.hashes": _U64,  # [articles] ascending hashes of article ids
        "ids.order": _U16,  # [articles] the article of each hash
        "ordinals": _U32,  # [articles]
        "dates": _U32,  # [articles] yyyymmdd, 00 where month or day is unknown, 0 where all is
        "stored.starts": _U32,  # [articles + 1]
        "stored.blob": _U8,  # compressed records
    }
    for field in FIELDS:
        arrays[f"{field}.starts"] = _U32  # [terms + 1] where each term's postings begin
        arrays[f"{field}.articles"] = _U16  # [postings] ascending within a term
        arrays[f"{field}.frequencies"] = _U8  # [postings] capped at 255
        arrays[f"{field}.lengths"] = _U32  # [articles] words in the field, repeats included
    for name in VALUES:
        arrays[f"{name}.cells"] = _U32  # [articles] numbers into the list of values
    for strings in ("words", "authors", "ids", "titles", *(f"{name}.values" for name in VALUES)):
        arrays[f"{strings}.offsets"] = _U32  # [texts + 1] where in the blob each text begins
        arrays[f"{strings}.blob"] = _U8  # the texts in UTF-8, one after the other
    return arrays


ARRAYS = _arrays()
