"""In which other forms do results leave? CSV, RIS, an Atom feed, and the browser's own search box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flask import Blueprint, Response, json, render_template, request, stream_with_context

import indexer
from indexer import Article
from web import state
from web.params import SearchParams, one, read

__all__ = ["blueprint"]

blueprint = Blueprint("feeds", __name__)
Export = Callable[[Iterable[Article]], Iterable[str]]


@blueprint.get("/search.csv", provide_automatic_options=False)
def csv() -> Response:
    """Send the hits as a table; all that `result_window` allows unless page or size is given."""
    # Excel takes a file for UTF-8 only where it begins with a byte order mark.
    return _download(indexer.to_csv, "text/csv", "wensou.csv", "\ufeff")


@blueprint.get("/search.ris", provide_automatic_options=False)
def ris() -> Response:
    """Send the hits for a reference manager; all that `result_window` allows unless page or size is given."""
    return _download(indexer.to_ris, "application/x-research-info-systems", "wensou.ris", "")


@blueprint.get("/feed.atom", provide_automatic_options=False)
def atom() -> Response:
    """Send the newest hits as a feed (RFC 4287)."""
    params = read(request.args, sort="newest", size=indexer.usual_size(30))
    results = state.search(params)
    updated = state.opened().statistics().published
    feed = render_template("feed.xml", params=params, results=results, updated=updated)
    return Response(feed, mimetype="application/atom+xml")


@blueprint.get("/opensearch.xml", provide_automatic_options=False)
def opensearch() -> Response:
    """Describe the site as a search engine to a browser (OpenSearch 1.1)."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@blueprint.get("/suggest.json", provide_automatic_options=False)
def suggest() -> Response:
    """Send completions in the form that browsers' search boxes read (OpenSearch Suggestions 1.0)."""
    typed = one(request.args, "q")
    values = [each.value for each in state.opened().suggest(typed, limit=8)]
    return Response(json.dumps([typed, values]), mimetype="application/x-suggestions+json")


def _download(export: Export, mimetype: str, name: str, opening: str) -> Response:
    params = read(request.args)
    paged = bool(one(request.args, "page") or one(request.args, "size"))
    # The first page is asked for before the answer begins, so that an error still gets its status.
    articles = _articles(params, everything=not paged)

    def body() -> Iterator[str]:
        yield opening
        yield from export(articles)

    response = Response(stream_with_context(body()), mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _articles(params: SearchParams, everything: bool) -> Iterable[Article]:
    """Return the articles of one page, or lazily of all pages that the result window allows."""
    if everything:
        params = params.change(size=indexer.usual_size(indexer.limit("page_size")))
    first = state.search(params)

    def pages() -> Iterator[Article]:
        yield from (hit.article for hit in first.hits)
        last = min(first.total, indexer.limit("result_window")) // params.size if everything else 0
        for number in range(2, last + 2):
            if number * params.size > indexer.limit("result_window"):
                return
            yield from (hit.article for hit in state.search(params.change(page=number)).hits)

    return pages()
