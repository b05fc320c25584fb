"""How do records become articles? Each line of a .jsonl and each row of a .csv is one, its text as given."""

from __future__ import annotations

import codecs
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from indexer import settings
from indexer.errors import SourceError
from indexer.models import Draft, FileFailure, Given, Page
from indexer.reading import sidecar
from indexer.reading.decode import decode
from indexer.reading.fields import documented
from indexer.reading.given import KNOWN_FIELDS, FieldError, state

__all__ = [
    "RANGE",
    "RecordError",
    "SAMPLE",
    "WIDE",
    "described",
    "failure_page",
    "narrowed",
    "parse_json",
    "record_page",
    "sample_encoding",
]

RANGE = 500_000  # bytes of a file of records that one job reads: few enough that processes end together
SAMPLE = 256 * 1024  # bytes of a file's beginning that tell its encoding
# In these a line end is no single byte: such a file is read in one go.
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Half of a surrogate pair is no character and cannot be stored; json lets it pass.
_LONE = re.compile("[\ud800-\udfff]")
_MAY_HOLD_LONE = re.compile(rb"\\u[dD][89a-fA-F]")
_REPLACEMENT = "\ufffd"
_DEPTH = 64
# Seconds or milliseconds from 2001 to 2029: nothing else in a field for dates has ten or thirteen digits like these.
_SINCE_1970 = re.compile(r"(?P<seconds>1[0-8]\d{8})(?:\d{3}|\.\d+)?")
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


class RecordError(Exception):
    """Say why a record is no article."""


def parse_json(line: bytes) -> Mapping[str, Any]:
    """Return the fields of one line of JSON; raises RecordError."""
    try:
        value: Any = json.loads(line, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise RecordError(f"is not UTF-8 (byte {error.start:,} of the line)") from None
    except json.JSONDecodeError as error:
        raise RecordError(f"is not JSON: {error.msg} at column {error.colno:,}") from None
    except RecursionError:
        raise RecordError("is nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python converts, or NaN
        raise RecordError(f"is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise RecordError('is no JSON object: a record looks like {"text": "…"}')
    if _depth(value) > _DEPTH:
        raise RecordError(f"is nested more than {_DEPTH} levels deep")
    fields: Mapping[str, Any] = _scrubbed(value) if _MAY_HOLD_LONE.search(line) else value
    return fields


def record_page(
    file: str, encoding: str, fields: Mapping[str, Any], written: str, lines: tuple[int, int], ordinal: int
) -> Page:
    """Return a page that holds one record as its only draft; raises RecordError where it has no usable text.

    A field that is missing by its documented name may have another usual one: 标题, pubdate.
    `written` is the record as it stands in the file, on `lines`.

    Every record is a page of its own: neighbours in an export have neither place nor date in common. A stated field
    of the wrong kind is a failure that names the line; the article stays and the field is left to inference.
    """
    fields = documented(fields)
    text, title = fields.get("text"), fields.get("title")
    if not isinstance(text, str):
        raise RecordError("has no text" if text is None else f"text must be a string, not {type(text).__name__}")
    title = title if isinstance(title, str) and title.strip() else None
    if not text.strip() and not title:
        raise RecordError("holds neither text nor title")
    parts = _parts(fields)
    given, reasons = _stated({name: value for name, value in fields.items() if name not in parts} if parts else fields)
    draft = Draft(title=title, text=text, lines=lines, ordinal=ordinal, given=given, **parts)
    failures = tuple(FileFailure(file, reason, lines[0]) for reason in reasons)
    return Page(file, written, encoding, (draft,), failures=failures, line=lines[0])


def sample_encoding(head: bytes, file: str) -> str:
    """Tell the encoding of a file of records from its beginning; raises SourceError where that is no text."""
    if head.startswith(_WIDE_MARKS):
        return "utf-16"
    if len(head) == SAMPLE and b"\0" not in head:
        head = head[: head.rfind(b"\n") + 1] or head
        try:
            # A sample may end within a character.
            codecs.getincrementaldecoder("utf-8")().decode(head)
            return "utf-8"
        except UnicodeDecodeError:
            pass
    return decode(head, file=file)[1]


def narrowed(stream: BinaryIO, file: str) -> BinaryIO:
    """Return a stream in one of WIDE as one in UTF-8; raises SourceError where it is larger than `file_size`."""
    limit = settings.get("file_size")
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceError(file, f"is UTF-16 or UTF-32 and larger than {limit:,} bytes; save it as UTF-8")
    return io.BytesIO(decode(data, file=file)[0].encode("utf-8", "replace"))


def described(pages: Iterable[Page], beside: sidecar.Sidecar, file: str, *, ends_file: bool = True) -> Iterator[Page]:
    """Yield pages of records with what their file's sidecar states, at the file's end what it states of none."""
    last = 0
    for page in pages:
        last = max([last, *(draft.ordinal for draft in page.drafts)])
        yield sidecar.apply(page, beside)
    missing = sidecar.unmatched(beside, file, last) if ends_file else ()
    if missing:
        yield failure_page(file, "", *missing)


def failure_page(file: str, encoding: str, *failures: FileFailure) -> Page:
    """Return a page that holds failures only."""
    return Page(file, "", encoding, (), failures=failures)


def _parts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an article besides title and text; what is of another kind stays a field as any other."""
    parts: dict[str, Any] = {}
    for name in ("kicker", "subtitle"):
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            parts[name] = value
    captions = fields.get("captions")
    if isinstance(captions, str):
        captions = captions.split("\n")
    if isinstance(captions, list) and captions and all(isinstance(each, str) for each in captions):
        parts["captions"] = tuple(each for each in captions if each.strip())
    return parts


def _stated(fields: Mapping[str, Any]) -> tuple[dict[str, Given], list[str]]:
    """Return what a record states besides its text, and the reasons why some of it cannot be used."""
    given: dict[str, Given] = {}
    reasons: list[str] = []
    for name, value in fields.items():
        if name == "text":
            continue
        try:
            stated = (_counted(value) if name == "date" else None) or state(name, value, "record")
        except FieldError as error:
            reasons.append(f"{error}; it is left to inference" if name in KNOWN_FIELDS else str(error))
            continue
        if stated is not None:
            given[name] = stated
    return given, reasons


def _counted(value: Any) -> Given | None:
    """Return a date that is counted otherwise than by the common era: in seconds since 1970, or from 民國."""
    number = _SINCE_1970.fullmatch(str(value))
    if number:
        day = datetime.datetime.fromtimestamp(int(number["seconds"]), _BEIJING).date()
        return Given(day.isoformat(), "record", str(value))
    if not isinstance(value, str) or "年" not in value or value[:1].isdigit():
        return None
    # A process that only plans reads no marks, and they take a while to load.
    from indexer.marks import stamp

    stamped = stamp(value)
    return Given(stamped, "record", value) if stamped else None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _scrubbed(value: Any) -> Any:
    """Return a value without lone surrogates."""
    if isinstance(value, str):
        return _LONE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [_scrubbed(each) for each in value]
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(each) for key, each in value.items()}
    return value


def _depth(value: Any) -> int:
    """Return how many levels of lists and objects a value has, without recursion."""
    depth, level = 0, [value]
    while level and depth <= _DEPTH:
        level = [child for each in level for child in _children(each)]
        depth += 1
    return depth


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [each for each in value.values() if isinstance(each, (dict, list))]
    return [each for each in value if isinstance(each, (dict, list))] if isinstance(value, list) else []
