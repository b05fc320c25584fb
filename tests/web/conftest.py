"""What do the web tests share? A client over the seeds, and one over an index with hostile articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
from web import create_app

EVIL = "<script>alert('x')</script>\"'&</title><img src=x onerror=alert(1)>"
HOSTILE = [
    {
        "id": EVIL,
        "title": EVIL,
        "text": f"{EVIL}江山市的新闻。" * 3,
        "city": EVIL,
        "source": EVIL,
        "authors": [EVIL],
        "url": "javascript:alert(1)",
        EVIL: EVIL,
    },
    {
        "id": "formula",
        "title": '=HYPERLINK("http://evil")',
        "text": "江山市公式。\x00\x1b[31m",
        "url": "https://example.org/a?b=1&c=2",
        "date": "2020-02-03",
    },
    {"id": "plain", "title": None, "text": "江山市没有标题的报道。", "authors": ["@SUM(1)"], "source": "\u202eslaer"},
]


@pytest.fixture(scope="session")
def client(seed_index: Path) -> FlaskClient:
    return create_app(seed_index).test_client()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("hostile")
    records = folder / "records.jsonl"
    records.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in HOSTILE), encoding="utf-8")
    indexer.build_index([records], index=folder / "index")
    return create_app(folder / "index").test_client()
