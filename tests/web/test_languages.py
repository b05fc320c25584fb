"""Does the page speak the language asked for, in everything it says?"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

import indexer
import web
from tests.conftest import SEEDS
from web import create_app

TEXTS = json.loads(Path(web.__file__).with_name("texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_has_both_languages_and_the_same_places_to_fill(key: str) -> None:
    assert set(TEXTS[key]) == {"zh", "en"}
    places = [{part.split("}")[0] for part in text.split("{")[1:]} for text in TEXTS[key].values()]
    assert places[0] == places[1]


@pytest.mark.parametrize(
    ("header", "lang"), [("en-GB,en;q=0.9", "en"), ("zh-TW,zh;q=0.9", "zh-Hans"), ("fr", "zh-Hans"), ("", "zh-Hans")]
)
def test_the_browser_chooses(client: FlaskClient, header: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in client.get("/", headers={"Accept-Language": header}).text


def test_the_address_wins_over_the_browser(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en", headers={"Accept-Language": "zh"}).text


@pytest.mark.parametrize(
    "path",
    ["/?q=光伏&city=义乌&city=合肥&page=2&size=1", "/?q=光伏&year=abc", "/articles/none?q=光伏", "/nowhere?q=光伏"],
)
def test_the_other_language_is_a_link_to_the_same_page(client: FlaskClient, path: str) -> None:
    for lang, other in (("", "en"), ("&lang=zh", "en"), ("&lang=en", "zh")):
        page = client.get(path + lang).text
        (address,) = re.findall(rf'<a href="([^"]*)" lang="{other}" hreflang="{other}"', page)
        assert address.startswith("?") and parse_qs(unescape(address)[1:]) == {
            **parse_qs(path.partition("?")[2]),
            "lang": [other],
        }


ENGLISH = re.compile(
    r"(?<![\w/.-])(?:the|is|are|has|have|must|not|at|most|there|only|was|no|or|of)(?![\w/.-])"
)  # none in a path


def assert_speaks(lang: str, texts: list[str]) -> None:
    assert texts
    for text in texts:
        han = re.search("[\u4e00-\u9fff]", text)
        assert not han if lang == "en" else han and not ENGLISH.search(text), text


def notices(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="notice">(.*?)</p>', page, re.S)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        '光伏 "小镇',
        "光伏 (小镇",
        "光伏) 小镇",
        "光伏 ()",
        "， 。",
        "a:光伏 OR",
        '""',
        'x"光伏"',
        "title: 光伏",
        "title:， 光伏",
        "a*b*",
        "光付产业",
    ],
)
def test_notices_speak_the_language_of_the_page(client: FlaskClient, query: str, lang: str) -> None:
    page = client.get("/", query_string={"q": query, "lang": lang}).text
    assert_speaks(lang, [text.partition("<a")[0] for text in notices(page)])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_why_a_line_was_left_out_is_said_in_the_language_of_the_page(client: FlaskClient, lang: str) -> None:
    hits = client.get("/api/v1/search?size=100").get_json()["hits"]
    pages = [client.get(f"/articles/{hit['article']['id']}/source?lang={lang}").text for hit in hits]
    reasons = {reason for page in pages for reason in re.findall(r'<tr[^>]* title="([^"]*)"', page)}
    assert len(reasons) > 2
    assert_speaks(lang, sorted(reasons))


MANY = "&".join(f"city={number}" for number in range(101))
ERRORS = {
    400: [
        "/?q=" + "a+" * 33, "/?q=" + "(" * 9 + "a" + ")" * 9, "/?q=year:abc", "/?q=year:2023..2019", "/?year=abc", "/?year=2023..2019",
        "/?year_from=x", "/?year_from=20200", "/?year_from=2023&year_to=2019", "/?page=0", "/?page=x", "/?page=101&size=100", "/?size=0",
        "/?size=x", "/?size=101", "/?sort=best", "/?match=some", "/?" + MANY, "/?source=" + "a" * 2_001, "{}?q=year:abc",
    ],
    404: ["/nowhere", "/articles/none", "/articles/none/source", "/articles/a/b", "/static/none"],
    414: ["/?q=" + "a" * 257, "{}?q=" + "a" * 257],
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("status", "path"),
    [(status, path) for status, paths in ERRORS.items() for path in paths],
    ids=lambda value: str(value)[:40],
)
def test_errors_speak_the_language_of_the_page(client: FlaskClient, status: int, path: str, lang: str) -> None:
    hit = client.get("/api/v1/search").get_json()["hits"][0]
    path = path.format(f"/articles/{hit['article']['id']}")
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert answer.status_code == status
    assert_speaks(lang, notices(answer.text) + re.findall("<h1>(.*?)</h1>", answer.text))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_with_the_server_is_said_in_the_language_of_the_page(
    seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    assert_speaks(lang, notices(create_app(tmp_path).test_client().get(f"/?lang={lang}").text))
    client = create_app(seed_index, WENSOU_LOCAL=True).test_client()
    assert_speaks(lang, notices(client.post(f"/?lang={lang}").text))
    assert_speaks(lang, notices(client.get(f"/?lang={lang}", headers={"Host": "evil.example"}).text))
    monkeypatch.setenv("WENSOU_PAGE_SIZE", "many")
    assert_speaks(lang, notices(client.get(f"/?lang={lang}").text))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_damage_is_said_in_the_language_of_the_page(tmp_path: Path, lang: str) -> None:
    indexer.build_index([SEEDS], index=tmp_path / "index")
    for file in (tmp_path / "index").glob("gen-*/*"):
        file.write_bytes(b"x")
    assert_speaks(lang, notices(create_app(tmp_path / "index").test_client().get(f"/?lang={lang}").text))
