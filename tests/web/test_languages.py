"""Does the page speak the language asked for, in everything it says?"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

import web

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


@pytest.mark.parametrize("path", ["/?q=光伏&city=义乌&city=合肥&page=2&size=1", "/?q=光伏&year=abc", "/articles/none?q=光伏", "/nowhere?q=光伏"])
def test_the_other_language_is_a_link_to_the_same_page(client: FlaskClient, path: str) -> None:
    for lang, other in (("", "en"), ("&lang=zh", "en"), ("&lang=en", "zh")):
        page = client.get(path + lang).text
        (address,) = re.findall(rf'<a href="([^"]*)" lang="{other}" hreflang="{other}"', page)
        assert address.startswith("?") and parse_qs(unescape(address)[1:]) == {**parse_qs(path.partition("?")[2]), "lang": [other]}


@pytest.mark.parametrize("query", ['光伏 "小镇', "光伏 (小镇", "， 。", "a:光伏 OR", '""'])
def test_notices_speak_chinese_on_a_chinese_page(client: FlaskClient, query: str) -> None:
    for lang, other in (("zh", "was taken"), ("en", "处理")):
        page = client.get("/", query_string={"q": query, "lang": lang}).text
        notices = [part.split("</p>")[0] for part in page.split('<p class="notice">')[1:]]
        assert not [notice for notice in notices if other in notice]
