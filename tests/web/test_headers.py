"""Do the protective headers go with every answer, and do caches learn what they need?"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
from web import create_app
from web.headers import SECURITY


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, no answer counts as cut short unless a test wants it."""
    monkeypatch.setenv("WENSOU_QUERY_TIME", "60000")


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


@pytest.mark.parametrize(("setting", "value"), [("PREFIX_TERMS", "1"), ("QUERY_TIME", "1")])
@pytest.mark.parametrize("path", ["/?q=光*", "/api/v1/search?q=光*", "/feed.atom?q=光*"])
def test_what_may_have_been_cut_short_is_asked_for_anew(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, setting: str, value: str
) -> None:
    assert "ETag" in client.get(path).headers
    monkeypatch.setenv(f"WENSOU_{setting}", value)
    assert "ETag" not in client.get(path).headers


def test_another_limit_is_another_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = client.get("/").headers["ETag"]
    monkeypatch.setenv("WENSOU_PAGE_SIZE", "5")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["/search.csv", "/search.ris"])
def test_a_download_whose_end_is_not_known_has_no_tag(client: FlaskClient, path: str) -> None:
    assert "ETag" not in client.get(path).headers


def test_a_source_that_is_gone_is_said_even_to_who_has_seen_it(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("江山市举行了运动会。", encoding="utf-8")
    indexer.build_index([source], index=tmp_path / "index")
    client = create_app(tmp_path / "index").test_client()
    hit = client.get("/api/v1/search").get_json()["hits"][0]
    path = f"/articles/{hit['article']['id']}/source"
    before = client.get(path)
    source.unlink()
    after = client.get(path, headers={"If-None-Match": before.headers.get("ETag", "")})
    assert "运动会" in before.text
    assert after.status_code == 200 and "原文件已不在原处" in after.text


def test_forwarded_headers_count_only_behind_a_trusted_proxy(seed_index: Path) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    direct = create_app(seed_index).test_client().get("/feed.atom", headers=forwarded)
    behind = create_app(seed_index, WENSOU_PROXIES=1).test_client().get("/feed.atom", headers=forwarded)
    assert "evil.example" not in direct.text and "https://evil.example" in behind.text


def test_a_page_in_one_language_does_not_stand_for_the_other(client: FlaskClient) -> None:
    tag = client.get("/?q=光伏", headers={"Accept-Language": "zh"}).headers["ETag"]
    assert client.get("/?q=光伏", headers={"Accept-Language": "zh", "If-None-Match": tag}).status_code == 304
    assert client.get("/?q=光伏", headers={"Accept-Language": "en", "If-None-Match": tag}).status_code == 200
