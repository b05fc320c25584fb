"""Do the protective headers go with every answer, and do caches learn what they need?"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
from web import create_app
from web.headers import SECURITY


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=光伏",
        "/?page=x",
        "/articles/none",
        "/api/v1/search",
        "/search.csv",
        "/healthz",
        "/static/wensou.js",
        "/nowhere",
    ],
)
def test_every_answer_is_protected(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    for name, value in SECURITY.items():
        assert headers[name] == value
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not [value for value in policy.values() if "unsafe" in value or "*" in value or "http" in value]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin" and headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in headers


def test_an_answer_that_did_not_change_is_304_until_the_index_does(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("江山市举行了运动会。", encoding="utf-8")
    indexer.build_index([source], index=tmp_path / "index")
    client = create_app(tmp_path / "index").test_client()
    etag = client.get("/?q=江山").headers["ETag"]
    assert client.get("/?q=江山", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/?q=龙泉", headers={"If-None-Match": etag}).status_code == 200
    source.write_text("龙泉市举行了运动会。", encoding="utf-8")
    indexer.build_index(index=tmp_path / "index")
    assert client.get("/?q=江山", headers={"If-None-Match": etag}).status_code == 200


def test_forwarded_headers_count_only_behind_a_trusted_proxy(seed_index: Path) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    direct = create_app(seed_index).test_client().get("/feed.atom", headers=forwarded)
    behind = create_app(seed_index, WENSOU_PROXIES=1).test_client().get("/feed.atom", headers=forwarded)
    assert "evil.example" not in direct.text and "https://evil.example" in behind.text
