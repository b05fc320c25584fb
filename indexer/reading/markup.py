"""What lines does a web page hold, which are its article, and what does it state of itself? Runs in the helper process.

trafilatura finds the main text. It keeps menus on short pages and does not say what it dropped, so the page is
walked here once: what its own tags call furniture is taken away before, and every line not kept is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from indexer import marks
from indexer.reading import html_meta
from indexer.reading.answers import Refusal, item

__all__ = ["read_html"]

_OF_HEAD = frozenset({"title", "meta", "link", "style", "script", "base", "noscript", "template"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "canvas"})
# What does not end a line; cells do not, so that a row stays one.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr img nobr td th".split()
)
_FURNITURE_TAGS = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "sidebar",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "menu": "navigation",
}
# Words of class and id by which sites name the parts around an article.
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?P<navigation>nav\w*|menu\w*|breadcrumbs?|crumbs?|position|topbar|toolbar|logo|pager|pagination|tabs?)"
    r"|(?P<footer>footer|foot|copyright|beian)"
    r"|(?P<teasers>related|relate|recommend\w*|hot|hotnews|hotlist|rank\w*|sidebar|aside|xgxw|tuijian|more-news)"
    r"|(?P<social>share|sharing|social|comments?|disqus|pinglun|login|qrcode|ewm|ads?|advert\w*|banner|search\w*))"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_REASONS = {"navigation": "navigation", "footer": "page footer", "teasers": "teasers", "social": "sharing and comments"}
_TEXTS = etree.XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[^\S\x1f]+")  # all white space but the mark between cells
_CELL = "\x1f"  # between the cells of a row
_LONG = 6  # characters from which a line is found within a longer one
_CREDITS = 4  # lines below the headline in which a page's credits stand
_LEAST = 0.25  # share of a page's prose below which the main text is not believed


@dataclass(slots=True)
class _Line:
    """Hold one line as the page shows it; `links` counts its characters within links."""

    text: str
    level: int
    is_caption: bool
    reason: str
    links: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """Hold the main text: its lines without white space, and all of it in one."""

    lines: frozenset[str]
    joined: str

    def holds(self, text: str) -> bool:
        """Tell whether a line of the page is in it; short words only as a line of their own."""
        if _CELL in text:
            # trafilatura drops tables of figures as often as not.
            return True
        bare = _bare(text)
        return bare in self.lines or (len(bare) >= _LONG and bare in self.joined)


def read_html(data: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the lines of a web page, its headline as level 1, and what its meta tags state. `data` is UTF-8."""
    tree = _parsed(data)
    title, given = html_meta.title(tree), html_meta.stated(tree)
    walk = _Walk(tree)
    lines = list(walk.lines())
    _mark_link_lists(lines)
    kept = _main_text(tree, walk.furniture, lines)
    items = []
    credits = _credits_below_headline(lines, title)
    for at, line in enumerate(lines):
        outside = kept is not None and not kept.holds(line.text)
        if outside and not (line.reason or line.is_caption or at in credits):
            line.reason = "outside of the main text"
        role = "left" if line.reason else "caption" if line.is_caption else "text"
        items.append(item(line.text.replace(_CELL, " "), role, line.level, line.reason))
    _set_headline(items, title)
    if not any(each["role"] == "text" and each["level"] != 1 for each in items):
        raise Refusal("holds no article: no text but headings, links and furniture")
    return {"items": items, "given": given}


def _parsed(data: bytes) -> Any:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        raise Refusal("holds no text") from None
    _end_head(tree)
    return tree


def _end_head(tree: Any) -> None:
    """Put what is no part of a head into the body: the parser knows no <article>, which HTML 5 lets end a head."""
    head = tree.find("head")
    strays = [] if head is None else list(dropwhile(lambda element: element.tag in _OF_HEAD, head))
    if strays:
        body = tree.find("body")
        body = etree.SubElement(tree, "body") if body is None else body
        for at, element in enumerate(strays):
            body.insert(at, element)


class _Walk:
    """Walk through a page once, without recursion, and gather the lines that a reader sees."""

    def __init__(self, tree: Any) -> None:
        """Begin before the first element."""
        self._tree = tree
        self._buffer: list[str] = []
        self._links = 0
        self._in_link = 0
        self._level = 0
        self._captions = 0
        self._around: Any = None  # the piece of furniture within which the walk is
        self._reason = ""
        body = tree.find("body")
        self._all_text = _length(tree if body is None else body)
        self.furniture: list[Any] = []

    def lines(self) -> Iterator[_Line]:
        """Yield every line in the page's order."""
        walker = etree.iterwalk(self._tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _SKIPPED or _is_hidden(element):
                    walker.skip_subtree()
                    continue
                if tag == "br" and self._level:
                    self._buffer.append(" ")  # a headline of two lines is one
                elif tag not in _INLINE:
                    yield from self._flush()
                self._enter(element, tag)
            else:
                if tag not in _INLINE and tag not in _SKIPPED and not (tag == "br" and self._level):
                    yield from self._flush()
                self._leave(element, tag)
        yield from self._flush()

    def _enter(self, element: Any, tag: str) -> None:
        if self._around is None and tag not in ("html", "body", "article", "main"):
            self._reason = _furniture_reason(element, tag, self._all_text)
            if self._reason:
                self._around = element
                self.furniture.append(element)
            elif tag == "form":
                element.tag = "div"  # ASP.NET puts whole pages into one, and trafilatura takes each form away
        self._in_link += tag == "a"
        self._captions += tag == "figcaption"
        self._level = _HEADINGS.get(tag, self._level)
        self._say(element.text)

    def _leave(self, element: Any, tag: str) -> None:
        if self._around is element:
            self._around, self._reason = None, ""
        # A skipped or hidden element was not entered, but its end comes all the same.
        if tag not in _SKIPPED and not _is_hidden(element):
            self._in_link -= tag == "a"
            self._captions -= tag == "figcaption"
            if tag in _HEADINGS:
                self._level = 0
        if tag in ("td", "th"):
            self._buffer.append(_CELL)
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._buffer.append(text)
            self._links += len(text.strip()) if self._in_link else 0

    def _flush(self) -> Iterator[_Line]:
        text = _SPACE.sub(" ", "".join(self._buffer)).strip(" " + _CELL)
        if text:
            yield _Line(text, self._level, self._captions > 0, self._reason, self._links)
        self._buffer.clear()
        self._links = 0


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and "display:none" in style.replace(" ", "").lower())


def _furniture_reason(element: Any, tag: str, all_text: int) -> str:
    """Return what an element is taken for by its tag, class or id, "" for what may be the article.

    `all_text` is the length of the page's text: wrappers, which hold most of it, are forms or have names such as
    has-sidebar, too.
    """
    if tag in _FURNITURE_TAGS and tag != "form":
        return _FURNITURE_TAGS[tag]
    if tag == "header":
        own = next(element.iter("h1", "h2"), None) is not None
        return "" if own or next(element.iterancestors("article"), None) is not None else "page header"
    match = _FURNITURE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}")
    reason = _REASONS[match.lastgroup or "navigation"] if match else _FURNITURE_TAGS.get(tag, "")
    return "" if reason and 2 * _length(element) > all_text else reason


def _length(element: Any) -> int:
    """Return the length of the text in an element that may be shown: scripts hold more than articles, often."""
    return sum(len(text.strip()) for text in _TEXTS(element))


def _mark_link_lists(lines: list[_Line]) -> None:
    """Mark runs of three or more lines that are nothing but links: teasers of other articles."""
    run: list[_Line] = []
    for line in [*lines, _Line("", 0, False, "", 0)]:
        if line.text and not line.level and line.links >= 0.8 * len(line.text):
            run.append(line)
            continue
        if len(run) >= 3:
            for each in run:
                each.reason = each.reason or "list of links"
        run = []


def _main_text(tree: Any, furniture: list[Any], lines: list[_Line]) -> _Kept | None:
    """Return what trafilatura takes for the main text; None where it finds next to nothing of the page's prose."""
    import trafilatura

    for element in furniture:
        if element.getparent() is not None:
            element.drop_tree()
    text = trafilatura.extract(tree, include_comments=False, include_tables=True, output_format="txt") or ""
    kept = _Kept(frozenset(_bare(line) for line in text.split("\n")), _bare(text))
    prose = sum(len(_bare(line.text)) - line.links for line in lines if not line.reason)
    return kept if len(kept.joined) >= _LEAST * prose else None


def _credits_below_headline(lines: list[_Line], title: str | None) -> set[int]:
    """Return the lines right below the headline that say when, where from and by whom the article is."""
    headline = _bare(title or "")
    below = next((at + 1 for at, line in enumerate(lines) if headline and _bare(line.text) == headline), len(lines))
    found: set[int] = set()
    for at in range(below, min(below + _CREDITS, len(lines))):
        line = lines[at].text.replace(_CELL, " ")
        stated = marks.labels(line)
        if marks.stamp(line) or marks.credit(line) or (stated and (stated.sources or stated.authors or stated.dates)):
            found.add(at)
    return found


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _set_headline(items: list[dict[str, Any]], title: str | None) -> None:
    """Make the line that prints the title the only headline; put it before the text where no line does."""
    if title:
        _leave_site_names(items, title)
    for each in items:
        each["level"] = min(each["level"], 1) + 1 if each["level"] else 0
    if not title:
        return
    printed = [each for each in items if _bare(each["text"]) == _bare(title) and each["role"] != "caption"]
    printed.sort(key=lambda each: (each["role"] == "left", not each["level"]))
    for repeated in printed[1:]:
        repeated.update(role="left", reason=repeated["reason"] or "repeats the headline")
    if printed:
        printed[0].update(role="text", reason="", level=1)
        return
    first = next((at for at, each in enumerate(items) if each["role"] == "text"), 0)
    items.insert(first, item(title, level=1))


def _leave_site_names(items: list[dict[str, Any]], title: str) -> None:
    """Leave out other headings of the first level above the text: there sites put their own name."""
    for each in items:
        if each["role"] == "text" and not each["level"]:
            return
        if each["level"] == 1 and _bare(each["text"]) != _bare(title) and not each["reason"]:
            each.update(role="left", reason="heading above the headline")
