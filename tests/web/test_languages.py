"""Does the page speak the language asked for, in everything it says?"""

from __future__ import annotations

import json
from pathlib import Path

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


@pytest.mark.parametrize("query", ['光伏 "小镇', "光伏 (小镇", "， 。", "a:光伏 OR", '""'])
def test_notices_speak_chinese_on_a_chinese_page(client: FlaskClient, query: str) -> None:
    for lang, other in (("zh", "was taken"), ("en", "处理")):
        page = client.get("/", query_string={"q": query, "lang": lang}).text
        notices = [part.split("</p>")[0] for part in page.split('<p class="notice">')[1:]]
        assert not [notice for notice in notices if other in notice]
