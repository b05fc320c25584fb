"""What does a web page state of itself? Meta tags, JSON-LD and <time>, as sites for people and for machines write them.

Names beyond Open Graph and Dublin Core: the Chinese government's site standard (PubDate, ContentSource, ArticleTitle,
SiteName; 国办发〔2019〕17号) and what large newspapers' systems write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["stated", "title"]

_DATES = (
    "pubdate", "publishdate", "publish_date", "article:published_time", "datepublished", "og:published_time",
    "og:release_date", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued", "apub:time",
    "weibo:article:create_at", "dc.date", "dcterms.date", "article.published", "parsely-pub-date", "date",
)  # fmt: skip
_SOURCES = ("contentsource", "source", "og:article:source", "og:site_name", "sitename", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "og:article:author", "parsely-author")
_TITLES = ("articletitle", "og:title", "twitter:title", "dc.title")
_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage")
_ACCOUNT = re.compile(r".*(?:admin|editor|webmaster|user|root|编辑|管理员|小编|https?:|www\.|@|\d).*", re.I)
_LABEL = re.compile(r"^(?:文章)?(?:来源|作者|记者|信息来源|稿源)\s*[:：]\s*")
_SEPARATOR = re.compile(r"\s+[-–—|·]\s+|\s*[|_｜]\s*|(?<=[\u4e00-\u9fff])[-–](?=[\u4e00-\u9fff])")
_SITE = re.compile(r".{0,20}(?:网|网站|报|日报|频道|客户端|新闻|门户|政府|在线|com|cn|News|News Network)", re.I)
_LONGEST = 200_000  # characters of JSON-LD that are looked at


def title(tree: Any) -> str | None:
    """Return the headline: the page's h1 where there is one that speaks of the article, else what its head says."""
    metas = _metas(tree)
    named = [words for name in _TITLES for words, _ in metas.get(name, [])]
    head = _text(next(tree.iter("title"), None))
    known = "".join("".join([*named, head]).split())
    headings = [text for element in tree.iter("h1") if (text := _text(element))]
    about = [text for text in headings if "".join(text.split()) in known]
    # An h1 that the head does not know is the site's name as often as not, when there are several.
    chosen = about[:1] or (headings if len(headings) == 1 and not _is_site(headings[0], head) else []) or named[:1]
    return chosen[0] if chosen else _without_site(head) or None


def stated(tree: Any) -> dict[str, list[Any]]:
    """Return {field: [value, the tag's words]} for date, source, authors and url."""
    metas, linked = _metas(tree), list(_linked_data(tree))
    candidates = {
        "date": [*_named(metas, _DATES), *_from_linked(linked, "datePublished"), *_times(tree)],
        "source": [*_named(metas, _SOURCES), *_from_linked(linked, "publisher")],
        "authors": [*_named(metas, _AUTHORS), *_from_linked(linked, "author")],
        "url": [*_canonical(tree), *_named(metas, ("og:url",))],
    }
    found: dict[str, list[Any]] = {}
    for name, values in candidates.items():
        for value, words in values:
            value = _LABEL.sub("", " ".join(value.split()))
            if _is_usable(name, value):
                found[name] = [value, words]
                break
    return found


def _is_usable(name: str, value: str) -> bool:
    if name == "authors":
        return 2 <= len(value) <= 60 and not _ACCOUNT.fullmatch(value)
    if name == "url":
        return value.startswith(("http://", "https://"))
    if name == "date":
        return re.search(r"(?:19|20)\d\d", value) is not None
    return 2 <= len(value) <= 40 and "://" not in value


def _metas(tree: Any) -> dict[str, list[tuple[str, str]]]:
    """Return {lower-case name: [(content, the tag as written)]} of all meta tags."""
    found: dict[str, list[tuple[str, str]]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("name", "property", "itemprop"):
            name = element.get(attribute)
            if name and content:
                words = f'<meta {attribute}="{name}" content="{content[:120]}">'
                found.setdefault("".join(name.lower().split()), []).append((content, words))
    return found


def _named(metas: dict[str, list[tuple[str, str]]], names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield from metas.get(name, [])


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that describe an article, those in a graph included."""
    for element in tree.iter("script"):
        text = element.text or ""
        if element.get("type") != "application/ld+json" or len(text) > _LONGEST:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for each in value if isinstance(value, list) else [value]:
            graph = each.get("@graph") if isinstance(each, dict) else None
            for node in graph if isinstance(graph, list) else [each]:
                kinds = node.get("@type") if isinstance(node, dict) else None
                if any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield node


def _from_linked(nodes: list[dict[str, Any]], name: str) -> Iterator[tuple[str, str]]:
    for node in nodes:
        value = node.get(name)
        names = [each.get("name") if isinstance(each, dict) else each for each in _listed(value)]
        words = "; ".join(each for each in names if isinstance(each, str))
        if words:
            yield words, f'JSON-LD "{name}": {words[:120]}'


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _times(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the dates of <time> tags: marked as the publication's, else where all of the page agree."""
    times = [(element, element.get("datetime") or _text(element)) for element in tree.iter("time")]
    marked = [
        each for each in times if each[0].get("pubdate") is not None or each[0].get("itemprop") == "datePublished"
    ]
    if not marked and len({value[:10] for _, value in times}) == 1:
        marked = times
    for element, value in marked:
        yield value, f'<time datetime="{element.get("datetime", "")}">{_text(element)}</time>'


def _canonical(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            yield element.get("href"), f'<link rel="canonical" href="{element.get("href")}">'


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _is_site(heading: str, head: str) -> bool:
    return bool(head) and len(heading) <= 12 and _SITE.fullmatch(heading) is not None


def _without_site(head: str) -> str:
    """Return a <title> without the names of site and section around it."""
    parts = [part for part in _SEPARATOR.split(head) if part and part.strip()]
    while len(parts) > 1 and (_SITE.fullmatch(parts[-1].strip()) or len(parts[-1]) < 0.5 * len(parts[0])):
        parts.pop()
    while len(parts) > 1 and _SITE.fullmatch(parts[0].strip()):
        del parts[0]  # electronic papers print their name first: 江城日报数字报-护城河治理见成效
    if not parts:
        return head.strip()
    return head[head.find(parts[0]) : head.find(parts[-1]) + len(parts[-1])].strip()
