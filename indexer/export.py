"""In which forms do articles leave the house? JSON Lines, CSV, RIS, BibTeX, GB/T 7714 and sidecar files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import groupby
from typing import Any

from indexer.models import Article

__all__ = ["cite", "plain", "to_csv", "to_jsonl", "to_ris", "to_sidecars"]

CSV_COLUMNS = (
    "id", "title", "kicker", "subtitle", "text", "captions", "date", "year", "city", "source", "authors", "url",
    "inferred", "file", "ordinal",
)  # fmt: skip
_NOTHING: tuple[Any, ...] = (None, "", [])
_EVIDENCE = {"city": "place"}  # fields whose evidence has another name
_FIELDS = {evidence: field for field, evidence in _EVIDENCE.items()}


def plain(value: Any) -> Any:
    """Return dataclasses, mappings and tuples as the dicts and lists that JSON knows; field names are kept."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def to_jsonl(articles: Iterable[Article]) -> Iterator[str]:
    """Yield one line of JSON per article, in the record format that a .jsonl source is read in."""
    for article in articles:
        # The text is what makes a record an article, even where all that was printed is a title.
        record = {name: value for name, value in _record(article).items() if name == "text" or value not in _NOTHING}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def to_csv(articles: Iterable[Article]) -> Iterator[str]:
    """Yield a header and one row per article; cells that a spreadsheet would take for formulas begin with '.

    Source: OWASP, "CSV Injection"; spreadsheets set to East Asian languages take full-width signs for the same.
    """
    yield _csv_row(CSV_COLUMNS)
    for article in articles:
        record = _record(article)
        lists = {"authors": ";".join(article.authors), "captions": "\n".join(article.captions)}
        record |= lists | {"inferred": ";".join(record["inferred"])}
        yield _csv_row([_harmless("" if record.get(name) is None else str(record[name])) for name in CSV_COLUMNS])


def to_ris(articles: Iterable[Article]) -> Iterator[str]:
    """Yield one RIS record per article (type NEWS)."""
    for article in articles:
        lines: list[tuple[str, object]] = [("TY", "NEWS"), ("TI", article.title or _opening(article))]
        lines += [("AU", author) for author in article.authors]
        lines += [("T2", article.source), ("PY", article.year and str(article.year))]
        lines += [("DA", article.date and article.date.replace("-", "/")), ("UR", article.url)]
        lines += [("CY", "/".join(article.place)), ("ID", article.id), ("ER", "")]
        kept = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value or tag == "ER"]
        yield "".join(kept) + "\r\n"


def to_sidecars(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Yield (name of the sidecar file, its TOML text) per source file; articles must come grouped by file.

    Inferred values are commented out: only what somebody uncomments becomes given.
    """
    for file, group in groupby(articles, key=lambda article: article.file):
        tables = [_sidecar_table(article) for article in group]
        yield f"{file}.meta.toml", "\n".join(tables)


def cite(article: Article, style: str = "gbt7714") -> str:
    """Return a citation of an article in style gbt7714, ris or bibtex; raises KeyError for another.

    Source: GB/T 7714-2015, 8.6 (articles in newspapers: [N]).
    """
    return {"gbt7714": _gbt7714, "ris": lambda a: "".join(to_ris([a])), "bibtex": _bibtex}[style](article)


def _record(article: Article) -> dict[str, Any]:
    """Return an article's fields under the names that records are read with; `inferred` names those not given.

    What a record said itself under one of the names, and could not be used, wins: it is the record's own.
    """
    known = {
        "id": article.key or article.id,
        "title": article.title,
        "text": article.text,
        "date": article.date,
        "year": article.year,
        "city": "/".join(article.place),
        "source": article.source,
        "authors": list(article.authors),
        "url": article.url,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "captions": list(article.captions),
        "inferred": [_FIELDS.get(name, name) for name, found in article.evidence.items() if found.inferred],
        "file": article.file,
        "ordinal": article.ordinal,
    }
    # A record's own field of that name is no list of ours.
    own = {("inferred_given" if name == "inferred" else name): plain(each) for name, each in article.extra.items()}
    return known | own


def _csv_row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _harmless(cell: str) -> str:
    cell = cell.replace("\0", "\ufffd")  # one would make the whole file pass for binary
    return "'" + cell if cell.startswith(tuple("=+-@＝＋－＠\t\r\n")) else cell


def _one_line(value: object) -> str:
    return " ".join(str(value).split())


def _opening(article: Article) -> str:
    """Return the first words of an article, for lists that need a name where it has no headline."""
    text = _one_line(article.text)
    return text if len(text) <= 24 else text[:24] + "…"


def _sidecar_table(article: Article) -> str:
    """Return the [[article]] table of one article; what was inferred is commented out, so that it stays a guess."""
    values: list[tuple[str, Any]] = [
        ("ordinal", article.ordinal),
        ("title", article.title),
        ("date", article.date or (article.year and str(article.year))),
        ("city", "/".join(article.place) or None),
        ("source", article.source),
        ("authors", list(article.authors) or None),
        ("url", article.url),
    ]
    lines = ["[[article]]"]
    for name, value in values:
        if value is not None:
            note = _note(article, name)
            lines.append(f"{'# ' if note else ''}{name} = {_toml(value)}{note}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    # JSON's strings are TOML's but for this one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _note(article: Article, name: str) -> str:
    found = article.evidence.get(_EVIDENCE.get(name, name))
    if found is None or not found.inferred:
        return ""
    note = f"  # inferred from {_one_line(found.origin)}: {_one_line(found.words)}"
    return "".join(char if char.isprintable() else "\ufffd" for char in note)


def _gbt7714(article: Article) -> str:
    authors = ", ".join(article.authors[:3]) + (", 等" if len(article.authors) > 3 else "")
    when = article.date or (f"[{article.year}]" if article.year else "[日期不详]")
    kind = "N/OL" if article.url else "N"
    head = f"{authors}. " if authors else ""
    tail = f". {article.url}" if article.url else ""
    title = _one_line(article.title or _opening(article))
    return f"{head}{title}[{kind}]. {article.source or '[来源不详]'}, {when}{tail}."


def _bibtex(article: Article) -> str:
    values = {
        "title": article.title or _opening(article),
        "author": " and ".join(article.authors),
        "journal": article.source,
        "year": article.year,
        "date": article.date,
        "url": article.url,
    }
    lines = [f"  {name} = {{{_braced(value)}}}," for name, value in values.items() if value]
    return "\n".join([f"@article{{wensou{article.id},", *lines, "}"]) + "\n"


def _braced(value: object) -> str:
    """Return a value that cannot close its own braces."""
    return _one_line(value).replace("\\", "").replace("{", "(").replace("}", ")")
