"""Do the pages show results and articles as they are, and nothing that an article could smuggle in?"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import EVIL


def first_article(client: FlaskClient, query: str) -> str:
    found = client.get("/api/v1/search", query_string={"q": query}).get_json()["hits"]
    return str(found[0]["article"]["id"])


def test_the_search_page_marks_and_counts(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "光伏"}).text
    assert "<mark>光伏</mark>" in page
    assert re.search(r"<title>“光伏”：\d+ 篇", page)
    assert "浙江/金华/义乌" in page or quote("浙江/金华/义乌", safe="") in page


def test_the_empty_page_welcomes_with_examples_that_find_something(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "16" in page
    examples = re.findall(r'<a class="chip" href="(/\?q=[^"]+)"', page)
    assert len(examples) == 3
    for example in examples:
        assert "没有找到" not in client.get(example.replace("&amp;", "&")).text


def test_the_article_page_carries_marks_evidence_and_citation(client: FlaskClient) -> None:
    page = client.get(f"/articles/{first_article(client, '量子 合肥')}?q=量子").text
    assert '<mark id="m1" tabindex="-1">量子</mark>' in page
    assert "合肥日报" in page and "GB/T 7714" in page and 'name="citation_title"' in page
    assert "同版文章" in page


@pytest.mark.parametrize("lang", ["", "&lang=zh", "&lang=en"])
def test_the_way_to_the_source_and_back_keeps_query_and_language(client: FlaskClient, lang: str) -> None:
    article = f"/articles/{first_article(client, '量子 合肥')}"
    query = f"?q={quote('量子')}{lang}"
    there = re.findall(r'<a href="([^"]*/source[^"]*)"', client.get(article + query).text)
    assert [unescape(address) for address in there] == [f"{article}/source{query}"]
    back = re.findall(r'<p class="crumbs"><a href="([^"]*)"', client.get(unescape(there[0])).text)
    assert [unescape(address) for address in back] == [article + query]


@pytest.mark.parametrize(
    "path",
    [
        "/?q=量子",
        '/?q="没有这样的话"&city=合肥',
        "/articles/none?q=量子",
        "/?q=量子&page=x",
        "{}?q=量子",
        "{}/source?q=量子",
    ],
)
def test_a_page_in_english_leads_to_pages_in_english(client: FlaskClient, path: str) -> None:
    article = f"/articles/{first_article(client, '量子 合肥')}"
    page = client.get(path.format(article) + "&lang=en").text
    links = re.findall(r'<a[^>]* href="(/(?:articles/[^"]*|\?[^"]*)?)"', page)
    permanent = [article] if "Permanent address" in page else []
    assert len(links) > 1 and [link for link in links if "lang=en" not in link] == permanent
    assert '<input type="hidden" name="lang" value="en">' in page


@pytest.mark.parametrize("path", ["/?q=江山市", '/?q="江山市没有标题"', "/?q=江山市&sort=newest&size=1"])
def test_hostile_articles_are_shown_as_text(hostile: FlaskClient, path: str) -> None:
    page = hostile.get(path).text
    assert "<script>alert" not in page and "<img" not in page and "javascript:" not in page


def test_a_hostile_article_page_and_query_stay_text(hostile: FlaskClient) -> None:
    for hit in hostile.get("/api/v1/search?q=江山市").get_json()["hits"]:
        for tail in ("", "/source"):
            page = hostile.get(f"/articles/{hit['article']['id']}{tail}", query_string={"q": EVIL}).text
            assert "<script>alert" not in page and "<img" not in page and 'href="javascript:' not in page
    assert "<script>alert" not in hostile.get("/", query_string={"q": EVIL, "city": EVIL, "source": EVIL}).text


def test_the_first_page_is_small(client: FlaskClient) -> None:
    sizes = [
        len(client.get(path).data) for path in ("/", "/static/wensou.css", "/static/wensou.js", "/static/icon.svg")
    ]
    assert sum(sizes) <= 60_000


def test_an_article_that_is_not_there_is_404(client: FlaskClient) -> None:
    answer = client.get("/articles/none")
    assert answer.status_code == 404 and answer.mimetype == "text/html"


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/search.csv", "/search.ris", "/api/v1/search"])
@pytest.mark.parametrize(("setting", "value"), [("PAGE_SIZE", "5"), ("RESULT_WINDOW", "7"), ("PAGE_SIZE", "20000")])
def test_everything_answers_whatever_the_limits(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, setting: str, value: str
) -> None:
    monkeypatch.setenv(f"WENSOU_{setting}", value)
    assert client.get(path).status_code == 200


def test_a_limit_in_force_is_named(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_PAGE_SIZE", "5")
    answer = client.get("/api/v1/search?size=6")
    assert answer.status_code == 400 and "page_size" in answer.get_json(force=True)["detail"]


def test_the_box_takes_as_much_as_a_query_may_have(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_QUERY_LENGTH", "300")
    assert client.get("/", query_string={"q": "光" * 300}).status_code == 200
    assert 'maxlength="300"' in client.get("/").text


def test_a_setting_that_is_none_is_said_on_a_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSOU_QUERY_LENGTH", "many")
    answer = client.get("/")
    assert answer.status_code == 503 and "WENSOU_QUERY_LENGTH" in answer.text
