"""Can a person search, narrow, go back, read and walk from mark to mark, in a real browser?"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

THE_ONE = "高质量发展：经济行稳致远"


def search(page: Any, words: str) -> None:
    page.goto("/")
    page.fill("#q", words)
    page.press("#q", "Enter")
    expect(page.locator("h1.count")).to_contain_text(words)


def choose(page: Any, name: str) -> None:
    """Select a facet value by its label, opening the branch it lies in."""
    link = page.locator(".facets li a", has=page.locator(f"span:text-is('{name}')")).first
    for branch in page.locator(".facets details:not([open])").all():
        branch.evaluate("node => { node.open = true }")
    link.click()


def query_of(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_search_narrow_remove_and_back(page: Any) -> None:
    search(page, "光伏")
    everything = page.locator(".hits > li").count()
    assert everything > 3 and page.locator(".hits mark").count() > 0
    choose(page, "义乌")
    expect(page.locator(".chips .chip")).to_have_count(1)
    page.locator(".years a[aria-label^='2020']").click()
    expect(page.locator(".hits > li")).to_have_count(1)
    expect(page.locator(".hits h2")).to_have_text(THE_ONE)
    assert query_of(page)["year"] == ["2020"] and query_of(page)["q"] == ["光伏"]
    page.locator(".chips .chip", has_text="2020").click()
    expect(page.locator(".chips .chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".hits > li")).to_have_count(1)
    page.go_back()
    page.go_back()
    expect(page.locator(".hits > li")).to_have_count(everything)
    page.reload()
    expect(page.locator(".hits > li")).to_have_count(everything)


def test_a_bookmarked_address_shows_the_same(page: Any) -> None:
    page.goto("/?q=光伏&city=浙江/金华/义乌&year=2020")
    expect(page.locator(".hits h2")).to_have_text(THE_ONE)
    expect(page).to_have_title("“光伏”：1 篇 · 文搜")
    assert page.input_value("#q") == "光伏"


def test_a_new_search_keeps_the_filters_that_the_page_shows(page: Any) -> None:
    page.goto("/?q=光伏")
    choose(page, "义乌")
    expect(page.locator(".chips .chip")).to_have_count(1)
    page.fill("#q", "小镇")
    page.press("#q", "Enter")
    expect(page.locator("h1.count")).to_contain_text("小镇")
    assert "city" in query_of(page)


def test_read_an_article_and_walk_its_marks(page: Any) -> None:
    search(page, "光伏")
    page.locator(".hits h2 a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    assert page.locator("mark[id]").count() == int(page.locator(".marks").get_attribute("data-count") or 0)
    page.click(".marks .next")
    assert page.evaluate("document.activeElement.id") == "m1"
    page.click(".marks .next")
    assert page.evaluate("document.activeElement.id") == "m2"
    page.click(".marks .previous")
    assert page.evaluate("document.activeElement.id") == "m1"
    page.locator(".crumbs a").click()
    expect(page.locator("h1.count")).to_contain_text("光伏")


def test_the_source_text_marks_the_lines_of_the_article(page: Any) -> None:
    page.goto("/?q=相关负责人 嘉兴 阿特斯")
    page.locator(".hits h2 a").first.click()
    page.locator(".evidence a", has_text="原文件").click()
    assert page.locator(".source .own").count() > 5
    expect(page.locator(".source .out", has_text="热门资讯")).to_be_visible()


def test_pages_can_be_turned(page: Any) -> None:
    page.goto("/?size=5")
    first = page.locator(".hits h2").all_inner_texts()
    page.locator(".pages a[rel=next]").click()
    expect(page.locator(".pages [aria-current=page]")).to_have_text("2")
    assert not set(first) & set(page.locator(".hits h2").all_inner_texts())


def test_a_suggestion_is_chosen_by_keyboard(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("yiwu", delay=20)
    expect(page.locator("#options li", has_text="义乌").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "option-0"
    chosen = page.input_value("#q")
    page.keyboard.press("Enter")
    expect(page.locator("h1.count")).to_contain_text(chosen)
    expect(page.locator("#options")).to_be_hidden()


def test_escape_closes_the_suggestions_then_clears(page: Any) -> None:
    page.goto("/")
    page.focus("#q")
    page.keyboard.type("光", delay=20)
    expect(page.locator("#options")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#options")).to_be_hidden()
    assert page.input_value("#q") == "光"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""


@pytest.mark.parametrize("ending", ["{isComposing: true}", "{keyCode: 229}"])
def test_the_enter_that_ends_a_composition_does_not_search(page: Any, ending: str) -> None:
    page.goto("/?q=光伏")
    page.evaluate("document.forms[0].addEventListener('submit', () => { window.sent = true })")
    page.evaluate(
        f"""() => {{
        const box = document.getElementById('q');
        box.focus();
        const event = new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, cancelable: true, ...{ending}}});
        if (box.dispatchEvent(event)) box.form.requestSubmit();
    }}"""
    )
    assert page.evaluate("window.sent") is None
    page.press("#q", "Enter")
    assert page.evaluate("window.sent") is True


def test_the_same_journey_without_javascript(plain_page: Any) -> None:
    page = plain_page
    page.goto("/")
    page.fill("#q", "光伏")
    page.press("#q", "Enter")
    page.locator(".years a[aria-label^='2020']").click()
    expect(page.locator(".hits h2")).to_have_text(THE_ONE)
    page.locator(".hits h2 a").click()
    expect(page.locator("article h1")).to_have_text(THE_ONE)
    page.locator(".marks .first").click()
    assert page.url.endswith("#m1")
    page.locator(".crumbs a").click()
    expect(page.locator(".hits > li").first).to_be_visible()


def test_nothing_found_offers_ways_out(page: Any) -> None:
    page.goto("/?q=量子&city=浙江/金华/义乌")
    expect(page.locator("h1.count")).to_contain_text("没有找到")
    page.locator(".rescue a", has_text="去掉").first.click()
    expect(page.locator(".hits > li").first).to_be_visible()


def test_the_page_speaks_english_when_asked(page: Any) -> None:
    page.goto("/?q=光伏&lang=en")
    assert page.get_attribute("html", "lang") == "en"
    expect(page.locator("h1.count")).to_contain_text("articles")


def test_the_other_language_shows_the_same_results(page: Any) -> None:
    search(page, "光伏")
    choose(page, "义乌")
    expect(page.locator(".chips .chip")).to_have_count(1)
    asked = query_of(page)
    page.locator("footer a[hreflang=en]").click()
    expect(page.locator("h1.count")).to_contain_text("articles")
    assert query_of(page) == {**asked, "lang": ["en"]}
    page.locator(".hits h2 a").first.click()
    page.locator(".evidence a", has_text="source text").click()
    page.locator("footer a[hreflang=zh]").click()
    page.locator(".crumbs a").click()
    expect(page.locator(".marks")).to_contain_text("命中")


@pytest.mark.parametrize("width", [320, 768, 3840])
def test_nothing_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/?q=光伏", '/?q="没有"', "/?page=abc"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    page.goto("/?q=光伏")
    page.locator(".hits h2 a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.problems.clear()  # the console reports the 400 that was asked for


def test_the_evidence_of_an_inferred_value_opens_on_demand(plain_page: Any) -> None:
    plain_page.goto("/?q=光伏&city=浙江/金华/义乌&year=2020")
    note = plain_page.locator(".hits details.inferred").first
    expect(note.locator("span")).to_be_hidden()
    note.locator("summary").press("Enter")
    expect(note.locator("span")).to_contain_text("义乌")
