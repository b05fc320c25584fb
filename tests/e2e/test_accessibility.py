"""Does axe-core find nothing to complain of, in light and in dark?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

ADDRESSES = {
    "search": "/?q=光伏",
    "filtered": "/?q=光伏&city=浙江/金华/义乌&sort=newest",
    "empty": "/",
    "no hits": '/?q="没有这样的话"',
    "error": "/?page=abc",
    "missing": "/articles/none",
    "english": "/?q=光伏&lang=en",
}


@pytest.fixture(params=["light", "dark"])
def schemed(browser: Any, server: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(base_url=server, color_scheme=request.param, locale="zh-CN")
    yield context.new_page()
    context.close()


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']]}" for v in found]


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_page_is_accessible(schemed: Any, address: str) -> None:
    schemed.goto(address)
    assert violations(schemed) == []


def test_the_article_and_its_source_are_accessible(schemed: Any) -> None:
    schemed.goto("/?q=光伏")
    schemed.locator(".hits h2 a").first.click()
    schemed.wait_for_selector("article h1")
    assert violations(schemed) == []
    schemed.locator(".evidence a", has_text="原文件").click()
    schemed.wait_for_selector("table.source")
    assert violations(schemed) == []
