"""How does each engine index the records, and answer as a user gets it? One small adapter for each.

An answer is the exact total, the counts of cities and years, and marked snippets of the best ten. All engines but
stock Whoosh get the same words, cut by the same segmenter; for phrases those that cannot find them by characters
look for the words one after the other.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.benchmark.speed_corpus import read_records

__all__ = ["PEERS", "Answer", "Peer", "available"]

_XAPIAN_TERM = 200  # bytes; longer terms are refused

Answer = tuple[int, int, int]
"""Total, distinct facet values counted, snippets made."""


class Peer(Protocol):
    """Measure one engine; `needs` names the modules without which it is left out."""

    needs: tuple[str, ...]

    def build(self, records: Path, folder: Path) -> None:
        """Index records."""

    def open(self, folder: Path) -> None:
        """Open the index for the searches that follow."""

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        """Answer: kind is all, any or phrase (then words hold the phrase alone)."""


def cut(text: str) -> list[str]:
    """Cut a text for an index, by rjieba where there is one."""
    from indexer.analysis.analyzer import index_terms

    return index_terms(text)


def asked(kind: str, words: Sequence[str]) -> list[str]:
    """The words to look for."""
    from indexer.analysis.analyzer import query_terms

    return [word for part in words for word in query_terms(part)] if kind == "phrase" else list(words)


class Wensou:
    needs: tuple[str, ...] = ()

    def build(self, records: Path, folder: Path) -> None:
        import indexer

        indexer.build_index([records], index=folder)

    def open(self, folder: Path) -> None:
        import indexer

        self.index = indexer.open_index(folder)

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        query = f'"{words[0]}"' if kind == "phrase" else " ".join(words)
        results = self.index.search(query, match="any" if kind == "any" else "all")
        snippets = sum(len(hit.snippets) > 0 for hit in results.hits)
        return results.total, len(results.facets["city"]) + len(results.facets["year"]), snippets


class StockWhoosh:
    needs = ("whoosh", "jieba")

    def build(self, records: Path, folder: Path) -> None:
        from jieba.analyse import ChineseAnalyzer
        from whoosh import fields, index

        value = fields.ID(stored=True, sortable=True)
        schema = fields.Schema(
            text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer()), city=value, year=fields.ID(sortable=True)
        )
        folder.mkdir()
        writer = index.create_in(folder, schema).writer(limitmb=256)
        for record in read_records(records):
            writer.add_document(text=record["text"], city=record["city"], year=record["date"][:4])
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index

        self.searcher = index.open_dir(folder).searcher()

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        from whoosh import query

        terms = [query.Term("text", word) for word in asked(kind, words)]
        node = query.Or(terms) if kind == "any" else query.And(terms)
        if kind == "phrase":
            node = query.Phrase("text", [term.text for term in terms])
        results = self.searcher.search(node, limit=10, groupedby=["city", "year"])
        snippets = sum(bool(hit.highlights("text")) for hit in results)
        return len(results), len(results.groups("city")) + len(results.groups("year")), snippets


class Tantivy:
    needs = ("tantivy",)
    threads = 2

    def _schema(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", stored=True, tokenizer_name="whitespace")
        for name in ("city", "year"):
            builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        return builder.build()

    def build(self, records: Path, folder: Path) -> None:
        import tantivy

        folder.mkdir()
        writer = tantivy.Index(self._schema(), path=str(folder)).writer(256_000_000, self.threads)
        for record in read_records(records):
            words = " ".join(cut(record["text"]))
            writer.add_document(tantivy.Document(words=words, city=record["city"], year=record["date"][:4]))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self.schema = self._schema()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        import tantivy

        terms = asked(kind, words)
        occur = tantivy.Occur.Should if kind == "any" else tantivy.Occur.Must
        parts = [(occur, tantivy.Query.term_query(self.schema, "words", term)) for term in terms]
        query = tantivy.Query.boolean_query(parts)
        if kind == "phrase" and len(terms) > 1:
            query = tantivy.Query.phrase_query(self.schema, "words", list(terms))
        found = self.searcher.search(query, 10)
        wanted = {name: {"terms": {"field": name, "size": 1000}} for name in ("city", "year")}
        counted = self.searcher.aggregate(query, wanted)
        marker = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "words")
        documents = (self.searcher.doc(address) for _, address in found.hits)
        snippets = sum(bool(marker.snippet_from_doc(document).to_html()) for document in documents)
        return found.count, sum(len(counted[name]["buckets"]) for name in wanted), snippets


class Fts5:
    needs = ("sqlite3",)

    def build(self, records: Path, folder: Path) -> None:
        folder.mkdir()
        with sqlite3.connect(folder / "index.db") as database:
            database.execute('CREATE VIRTUAL TABLE found USING fts5(words, tokenize = "unicode61")')
            database.execute("CREATE TABLE facets (id INTEGER PRIMARY KEY, city TEXT, year TEXT)")
            for number, record in enumerate(read_records(records)):
                words = " ".join(cut(record["text"]))
                database.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (number, words))
                database.execute("INSERT INTO facets VALUES (?, ?, ?)", (number, record["city"], record["date"][:4]))
            database.commit()
            database.execute("INSERT INTO found (found) VALUES ('optimize')")

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "index.db")

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        terms = asked(kind, words)
        match = {"all": " ", "any": " OR ", "phrase": " + "}[kind].join(f'"{term}"' for term in terms)
        best = "SELECT snippet(found, 0, '<b>', '</b>', '…', 40) FROM found WHERE words MATCH ? ORDER BY rank LIMIT 10"
        snippets = len(self.database.execute(best, (match,)).fetchall())
        facets = "SELECT city, year FROM facets WHERE id IN (SELECT rowid FROM found WHERE words MATCH ?)"
        rows = self.database.execute(facets, (match,)).fetchall()
        return len(rows), len(Counter(city for city, _ in rows)) + len(Counter(year for _, year in rows)), snippets


class Xapian:
    needs = ("xapian",)

    def build(self, records: Path, folder: Path) -> None:
        import xapian

        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
        for record in read_records(records):
            document = xapian.Document()
            words = cut(record["text"])
            for position, word in enumerate(words, 1):
                if len(word.encode()) < _XAPIAN_TERM:
                    document.add_posting(word, position)
            document.set_data(" ".join(words))
            document.add_value(0, record["city"])
            document.add_value(1, record["date"][:4])
            database.add_document(document)
        database.close()

    def open(self, folder: Path) -> None:
        import xapian

        self.database = xapian.Database(str(folder))

    def search(self, kind: str, words: Sequence[str]) -> Answer:
        import xapian

        operator = {"all": xapian.Query.OP_AND, "any": xapian.Query.OP_OR, "phrase": xapian.Query.OP_PHRASE}[kind]
        enquire = xapian.Enquire(self.database)
        enquire.set_query(xapian.Query(operator, asked(kind, words)))
        spies = [xapian.ValueCountMatchSpy(slot) for slot in (0, 1)]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self.database.get_doccount())
        texts = (hit.document.get_data().decode() for hit in found)
        snippets = sum(bool(found.snippet(text, 240, xapian.Stem("none"))) for text in texts)
        return found.get_matches_estimated(), sum(len(list(spy.values())) for spy in spies), snippets


def available(names: Iterable[str]) -> Iterator[str]:
    """The peers among some names whose modules are installed."""
    return (name for name in names if all(map(importlib.util.find_spec, PEERS[name]().needs)))


PEERS: dict[str, type[Peer]] = {
    "wensou": Wensou,
    "tantivy": Tantivy,
    "fts5": Fts5,
    "xapian": Xapian,
    "whoosh": StockWhoosh,
}
