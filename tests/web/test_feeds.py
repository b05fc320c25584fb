"""Do results leave in other forms whole and harmless?"""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_holds_all_hits(client: FlaskClient) -> None:
    total = client.get("/api/v1/search?q=光伏").get_json()["total"]
    assert len(rows_of(client.get("/search.csv?q=光伏").text)) == total
    assert len(rows_of(client.get("/search.csv?q=光伏&size=2").text)) == 2


def test_where_the_table_ends_before_the_hits_do_the_page_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "前 " not in client.get("/?q=光伏&lang=zh").text
    monkeypatch.setenv("WENSOU_RESULT_WINDOW", "2")
    assert "导出（前 2 篇）" in client.get("/?q=光伏&lang=zh&size=1").text
    assert len(rows_of(client.get("/search.csv?q=光伏").text)) == 2


def test_no_cell_is_a_formula(hostile: FlaskClient) -> None:
    rows = rows_of(hostile.get("/search.csv?q=江山市").text)
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


def test_ris_has_one_record_each(client: FlaskClient) -> None:
    total = client.get("/api/v1/search?q=光伏").get_json()["total"]
    text = client.get("/search.ris?q=光伏").text
    assert text.count("TY  - NEWS") == text.count("ER  -") == total


def test_the_feed_is_valid_and_newest_first(client: FlaskClient, hostile: FlaskClient) -> None:
    for each in (client, hostile):
        feed = ElementTree.fromstring(each.get("/feed.atom").data)
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert entries and feed.find("{http://www.w3.org/2005/Atom}updated") is not None


def test_a_browser_can_add_the_site(client: FlaskClient) -> None:
    described = ElementTree.fromstring(client.get("/opensearch.xml").data)
    templates = [url.attrib["template"] for url in described.findall("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert any("{searchTerms}" in template for template in templates)
    typed, values = client.get("/suggest.json?q=光").get_json(force=True)
    assert typed == "光" and values
