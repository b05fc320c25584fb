"""Is a web page's article found, what it states of itself read, and what was left out told?"""

from __future__ import annotations

import pytest

pytest.importorskip("trafilatura", reason='needs pip install ".[formats]"')

from indexer.errors import SourceError
from indexer.models import Page
from indexer.reading.documents import page

BODY = """<p>本报讯（记者 王五）义乌光伏产业快速发展，去年产值达到了八百亿元。</p>
<p>今年上半年，全市规上光伏企业实现产值同比增长<b>百分之三十</b>。<br>专家认为，前景广阔。</p>"""


def html(head: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def read(text: str | bytes) -> Page:
    return page("a.html", ".html", text if isinstance(text, bytes) else text.encode("utf-8"))


def left(found: Page) -> dict[str, str]:
    return {out.text: out.reason for out in found.left_out}


def test_a_news_page_is_one_article_without_its_surroundings() -> None:
    found = read(
        html(
            "<title>义乌光伏产业快速发展 - 义乌新闻网</title><style>p{}</style><script>var a='脚本';</script>",
            "<div class='top-nav'><a href=/>首页</a> <a href=/b>新闻</a></div><h1>义乌光伏产业快速发展</h1>"
            f"<p>2023-08-17 10:00 来源：义乌商报 作者：王五</p><div class=content>{BODY}"
            "<figure><img src=a.png><figcaption>光伏车间一角</figcaption></figure>"
            "<table><tr><td>2022</td><td>800亿元</td></tr></table></div>"
            "<div id=related><h3>相关新闻</h3><ul><li><a href=/x>丽水经开区新春第一会</a></li></ul></div>"
            "<ul><li><a href=1>通威股份扩产</a></li><li><a href=2>隆基绿能</a></li><li><a href=3>晶科能源</a></li></ul>"
            "<p style='display: none'>看不见的话</p><footer>版权所有 © 1999-2022</footer>",
        )
    )
    (draft,) = found.drafts
    assert draft.title == "义乌光伏产业快速发展"
    assert draft.text.split("\n") == [
        "本报讯（记者 王五）义乌光伏产业快速发展，去年产值达到了八百亿元。",
        "今年上半年，全市规上光伏企业实现产值同比增长百分之三十。",
        "专家认为，前景广阔。",
        "2022 800亿元",
    ]
    assert draft.captions == ("光伏车间一角",)
    assert draft.credits == ("2023-08-17 10:00 来源：义乌商报 作者：王五",)
    out = left(found)
    assert (out["首页 新闻"], out["版权所有 © 1999-2022"], out["相关新闻"]) == ("navigation", "page footer", "teasers")
    assert out["通威股份扩产"] == out["晶科能源"] == "list of links"
    assert "看不见" not in found.text and "脚本" not in found.text
    lines = found.text.split("\n")
    assert lines[draft.lines[0] - 1] == draft.title
    assert all(lines[part.lines[0] - 1] == part.text for part in found.left_out)


@pytest.mark.parametrize(
    ("head", "field", "value", "words"),
    [
        ('<meta name="PubDate" content="2023-08-17 09:00">', "date", "2023-08-17", 'name="PubDate"'),
        (
            '<meta property="article:published_time" content="2023-08-17T01:00:00Z">',
            "date",
            "2023-08-17",
            "published_time",
        ),
        ('<meta name="ContentSource" content="来源：新华社">', "source", "新华社", "ContentSource"),
        ('<meta property="og:site_name" content="义乌新闻网">', "source", "义乌新闻网", "og:site_name"),
        ('<meta name="author" content="王五;赵六">', "authors", ("王五", "赵六"), "author"),
        ('<link rel="canonical" href="https://a.cn/2023/1.html">', "url", "https://a.cn/2023/1.html", "canonical"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2023-08-17", '
            '"author": [{"name": "王五"}], "publisher": {"name": "商报"}}]}</script>',
            "date",
            "2023-08-17",
            'JSON-LD "datePublished"',
        ),
    ],
)
def test_what_a_page_states_is_given_with_its_tag(head: str, field: str, value: object, words: str) -> None:
    given = read(html(head)).given[field]
    assert (given.value, given.origin) == (value, "html meta")
    assert words in given.words


def test_times_count_where_the_page_agrees_with_itself() -> None:
    one = read(html(body='<time datetime="2023-08-17T09:00">8月17日</time>' + BODY))
    assert one.given["date"].value == "2023-08-17"
    two = read(html(body='<time datetime="2023-08-17">a</time><time datetime="2022-01-01">b</time>' + BODY))
    assert "date" not in two.given


@pytest.mark.parametrize("name", ["admin", "责任编辑", "https://a.cn", "editor01"])
def test_accounts_are_no_authors(name: str) -> None:
    assert "authors" not in read(html(f'<meta name="author" content="{name}">')).given


def test_rubbish_in_the_head_is_no_ones_mistake() -> None:
    head = '<meta name="date" content="tomorrow 2023"><script type="application/ld+json">{"@type": [</script>'
    found = read(html(head))
    assert found.given == {}
    assert found.failures == ()


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>甲事今天发生了_义乌新闻网</title>", "", "甲事今天发生了"),
        ("<title>甲事今天发生了 - 要闻 - 义乌新闻网</title>", "", "甲事今天发生了"),
        ("<title>甲事今天发生了</title>", "<h1>义乌新闻网</h1>", "甲事今天发生了"),
        ("<title>甲事今天发生了-网</title>", "<h1>义乌新闻网</h1><h1>甲事今天发生了</h1>", "甲事今天发生了"),
        ('<meta property="og:title" content="甲事今天发生了">', "", "甲事今天发生了"),
        ("", "<h1>甲事<br>今天发生了</h1>", "甲事 今天发生了"),
        ("", "", None),
    ],
)
def test_the_headline_is_that_of_the_article(head: str, heading: str, title: str | None) -> None:
    (draft,) = read(html(head, heading + BODY)).drafts
    assert draft.title == title
    assert draft.text.startswith("本报讯")


def test_the_declared_charset_is_evidence() -> None:
    text = html('<meta charset="big5">', "<p>國際</p>")
    assert read(text.encode("big5")).encoding == "big5"
    assert read(html('<meta charset="gb2312">').encode("gb18030")).encoding == "gb18030"
    assert read(html('<meta charset="gb2312">').encode("utf-8")).encoding == "utf-8"


@pytest.mark.parametrize("text", ["<html></html>", html(body="<nav>首页</nav>"), "<!-- -->", html(body="<h1>题</h1>")])
def test_a_page_without_text_is_named(text: str) -> None:
    with pytest.raises(SourceError, match="holds no"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000 + "正文",
        "<b>" * 300_000 + "正文今天发布。",
        "<p " + "a=1 " * 300_000 + ">正文今天发布。",
        "<table><tr><td>" * 20_000,
        "<!--" * 100_000,
        "<a href='" * 100_000,
        "&amp" * 300_000,
        "<ul class=nav>" * 50_000 + "<li>正文",
        BODY + "<div class=comment><p>写得好。</p></div>" * 5_000,
    ],
)
def test_hostile_markup_ends(text: str) -> None:
    try:
        read(text)
    except SourceError as error:
        assert "took longer" not in error.reason


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='page has-sidebar'>{BODY}</div><script>{'var data;' * 1000}</script>",
        f"<form id=aspnetForm>{BODY}</form>",
    ],
)
def test_what_holds_the_article_is_no_furniture_whatever_its_name(page: str) -> None:
    assert read(html(body=page)).drafts[0].text.startswith("本报讯")


@pytest.mark.parametrize("start", ["<title>义乌光伏</title>", "<head><title>义乌光伏</title><meta charset=utf-8>"])
@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_a_page_need_not_say_where_its_head_ends(start: str, tag: str) -> None:
    (draft,) = read(f"<!doctype html>{start}<{tag}>{BODY}</{tag}><footer>版权所有</footer>").drafts
    assert draft.title == "义乌光伏" and len(draft.text.split("\n")) == 3


def test_a_line_of_credits_below_the_headline_is_the_article_s() -> None:
    line = "2022-06-18 来源：江城日报 记者 沈怡 通讯员 朱伟"
    found = read(html(body=f"<h1>园区扩建</h1><div class=info>{line}</div><div class=content>{BODY * 3}</div>"))
    assert found.drafts[0].credits == (line,)
