"""What do people see? The search page, the article page and its source; views receive ready-made URLs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

import indexer
from indexer import UNKNOWN, Article, Results
from web import choices, histogram, state
from web.languages import asked
from web.params import SearchParams, one, read

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)
CITATIONS = ("gbt7714", "ris", "bibtex")
# Around an article's own lines, so many lines of its page are shown.
CONTEXT_LINES = 200
NEIGHBOURS = 10  # articles of the same file that are listed before and after one


@blueprint.get("/", provide_automatic_options=False)
def search() -> str:
    """Show the results of a search; without a query everything, newest first, with a welcome."""
    params = read(request.args)
    results = state.search(params)
    toggle = choices.toggler(params)
    welcome = _welcome(results) if not params.q.strip() and not params.filtered() and params.page == 1 else None
    return render_template(
        "search.html",
        params=params,
        results=results,
        welcome=welcome,
        chips=choices.chips(params, results),
        cities=choices.city_tree(toggle, results.facets["city"]),
        sources=choices.links(toggle, "source", results.facets["source"]),
        years=histogram.bars(toggle, results.facets["year"]),
        unknown_year=choices.unknown_year(toggle, results.facets["year"]),
        pages=_pages(params, results.total),
        rescue=choices.rescue(params, results),
        suffix=params.change().query_string(),
        facets=indexer.FACETS,
        sorts=indexer.SORTS,
    )


@blueprint.get("/articles/<article_id>", provide_automatic_options=False)
def article(article_id: str) -> str:
    """Show one article for reading, with the marks of the query in `q`."""
    params = _reading()
    index = state.opened()
    found = _found(article_id)
    marks = index.highlight(found, params.q)
    siblings = index.siblings(found.file, range(found.ordinal - NEIGHBOURS, found.ordinal + NEIGHBOURS + 1))
    return render_template(
        "article.html",
        article=found,
        query=params.q,
        marks=marks,
        parts=list(_paragraphs(found.text, marks.text)),
        count=marks.count(),
        siblings=siblings if len(siblings) > 1 else (),
        similar=index.similar(found.id, limit=5),
        citations=[(style, indexer.cite(found, style)) for style in CITATIONS],
        params=params,
    )


@blueprint.get("/articles/<article_id>/source", provide_automatic_options=False)
def source(article_id: str) -> str:
    """Show the page that an article was cut from as it stands in its file, with the article's lines marked."""
    found = _found(article_id)
    page = indexer.source_page(state.opened(), found)
    lines = page.text.split("\n") if page else []
    offset = page.line - 1 if page else 0
    first, last = found.lines
    shown = range(max(0, first - 1 - CONTEXT_LINES - offset), min(len(lines), last + CONTEXT_LINES - offset))
    reasons = {n: out.reason for out in (page.left_out if page else ()) for n in range(out.lines[0], out.lines[1] + 1)}
    rows = [(n + 1 + offset, lines[n], first <= n + 1 + offset <= last, reasons.get(n + 1 + offset)) for n in shown]
    return render_template("source.html", article=found, page=page, rows=rows, params=_reading())


@blueprint.get("/healthz", provide_automatic_options=False)
def healthz() -> Response:
    """Answer 200 as soon as searches are answered, else 503 with what is being waited for."""
    build = state.building()
    try:
        count = state.opened().statistics().articles
    except indexer.WensouError as error:
        waiting = f"building the first index: {build.percent} %" if build.active else str(error)
        return Response(f"{waiting}\n", 503, mimetype="text/plain")
    failed = f"\nlast build failed: {build.error}" if build.error else ""
    return Response(f"ok: {count} articles{failed}\n", 200, mimetype="text/plain")


def _reading() -> SearchParams:
    """Return what the address of an article carries along: the query that found it, and the language."""
    return SearchParams(q=one(request.args, "q"), lang=asked(request.args))


def _found(article_id: str) -> Article:
    found = state.opened().article(article_id)
    if found is None:
        abort(404, "there is no such article; it may have left the index")
    return found


def _welcome(results: Results) -> dict[str, Any]:
    """Return what greets a newcomer: how much there is, and three queries drawn from the index itself."""
    cities = [value for value in results.facets["city"] if value.value != UNKNOWN]
    years = [value.value for value in results.facets["year"] if value.value != UNKNOWN]
    return {
        "articles": results.total,
        "cities": sum(value.parent is not None for value in cities),
        "years": (years[0], years[-1]) if years else None,
        "examples": state.opened().examples(3),
    }


def _pages(params: SearchParams, total: int) -> list[tuple[int, str | None]]:
    """Return the page numbers to offer: the first, the last reachable and those around; None is no link (here)."""
    reachable = min(total, indexer.limit("result_window"))
    last = max(1, min(-(-reachable // params.size), indexer.limit("result_window") // params.size))
    near = {1, last, *range(max(1, params.page - 2), min(last, params.page + 2) + 1)}
    return [
        (number, None if number == params.page else url_for("pages.search") + params.change(page=number).query_string())
        for number in sorted(near)
    ]


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield (paragraph, its spans) of a body; a span over a paragraph's end marks both parts."""
    at = first = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        while first < len(spans) and spans[first][1] <= at:
            first += 1
        last = first
        while last < len(spans) and spans[last][0] < end:
            last += 1
        yield paragraph, [(max(s, at) - at, min(e, end) - at) for s, e in spans[first:last]]
        at = end + 1
