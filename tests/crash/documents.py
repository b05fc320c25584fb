"""Documents of every format that are well formed but say odd things."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from tests.conftest import SEEDS

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 1e400, 10**30, "", [], {}, [1], ["a", None], {"a": {"b": [1]}}, "2020-13-45", "0000", "9999-12-31",
    "二〇二〇年", "２０２０年", "²⁰²⁰", "٢٠٢٠", "2023-08-17T99:99", "义乌市", "浙江/金华/义乌", "../..", "=1+1", "\u202e", "\x00", "\ud800", "x" * 3_000,
)  # fmt: skip
FIELDS = (
    "id",
    "title",
    "date",
    "city",
    "source",
    "authors",
    "url",
    "year",
    "kicker",
    "captions",
    "lines",
    "ordinal",
    "place",
    "",
    "evidence",
)
TOML = ("1", "1.5", "nan", "inf", "true", '"x"', '"2020-01-02"', "2020-01-02", "2020-01-02T03:04:05Z", "07:00:00", "[]", "[1]", '["a", "b"]', "{a=1}", '""', '"\\u0000"', "[[1]]", "-99999999999999999999")  # fmt: skip

Make = Callable[[random.Random], bytes]
_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def text(chance: random.Random) -> bytes:
    return chance.choice(_TEXTS).encode()


def record(chance: random.Random) -> dict[str, Any]:
    body = chance.choice((chance.choice(_TEXTS)[: chance.randrange(400)], chance.choice(ODD)))
    return {"text": body, **{name: chance.choice(ODD) for name in chance.sample(FIELDS, chance.randrange(5))}}


def jsonl(chance: random.Random) -> bytes:
    lines = [json.dumps(record(chance), ensure_ascii=chance.random() < 0.5) for _ in range(5)]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def table(chance: random.Random) -> bytes:
    columns, file = ["text", *chance.sample(FIELDS, 3)], io.StringIO()
    rows = csv.DictWriter(file, columns, extrasaction="ignore")
    rows.writeheader()
    rows.writerows(record(chance) for _ in range(5))
    return file.getvalue().encode("utf-8", "surrogatepass")


def html(chance: random.Random) -> bytes:
    lines = chance.choice(_TEXTS)[:2_000].split("\n")
    charset, odd = chance.choice(("utf-8", "gbk", "none-such", "utf-16")), chance.choice(ODD)
    head = f"<title>{lines[0]}</title><meta charset={charset}><meta property='article:published_time' content='{odd}'>"
    stated = f"<script type='application/ld+json'>{json.dumps({'datePublished': odd, 'author': odd})}</script>"
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head>{head}{stated}</head><article><h1>{lines[0]}</h1>{body}<table><td>{odd}".encode(
        "utf-8", "surrogatepass"
    )


def sidecar(chance: random.Random) -> bytes:
    def fields() -> str:
        names = chance.sample((*FIELDS[:7], "x", "a.b", "article", "text"), chance.randrange(4))
        return "".join(f"{name} = {chance.choice(TOML)}\n" for name in names)

    tables = (
        f"[[article]]\nordinal = {chance.choice(('1', '2', '99', *TOML))}\n{fields()}"
        for _ in range(chance.randrange(3))
    )
    return (fields() + "".join(tables)).encode()


def markdown(chance: random.Random) -> bytes:
    stated = sidecar(chance)
    front = chance.choice((b"---\n" + stated.replace(b" = ", b": ") + b"---\n", b"+++\n" + stated + b"+++\n"))
    return front + text(chance)


def docx(chance: random.Random) -> bytes:
    import docx as word

    document, file = word.Document(), io.BytesIO()
    for line in chance.choice(_TEXTS).split("\n")[:20]:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def archive(chance: random.Random) -> bytes:
    members: dict[str, Make] = {
        "a.txt": text,
        "a.txt.meta.toml": sidecar,
        "b/c.jsonl": jsonl,
        "../d.csv": table,
        "e.html": html,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as packed:
        for name, make in members.items():
            packed.writestr(name, make(chance))
        packed.writestr("nested.zip", b"PK\x03\x04")
    return file.getvalue()


FORMATS: Mapping[str, Make] = {
    ".txt": text, ".md": markdown, ".jsonl": jsonl, ".csv": table, ".html": html, ".zip": archive, ".docx": docx,
}  # fmt: skip
