"""What do other programs get? JSON of the same results, and a description of it (OpenAPI 3.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, json, request, url_for

import indexer
from indexer import LimitExceeded, QueryError
from web import state
from web.params import SearchParams, number, one, read

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
MOST_SUGGESTIONS = 20


@blueprint.get("/search", provide_automatic_options=False)
def search() -> Response:
    """Answer a search with its results, and links to the pages around."""
    params = read(request.args)
    results = state.search(params)
    body = indexer.plain(results)
    for hit in body["hits"]:
        hit["url"] = url_for("pages.article", article_id=hit["article"]["id"], q=params.q or None)
    body["links"] = _links(params, results.total)
    return _json(body)


@blueprint.get("/articles/<article_id>", provide_automatic_options=False)
def article(article_id: str) -> Response:
    """Answer with one article."""
    found = state.opened().article(article_id)
    if found is None:
        abort(404, "there is no such article; it may have left the index")
    return _json(indexer.plain(found))


@blueprint.get("/suggest", provide_automatic_options=False)
def suggest() -> Response:
    """Answer with completions of what was typed so far."""
    limit = number(request.args, "limit") if one(request.args, "limit") else 8
    if not isinstance(limit, int) or not 1 <= limit <= MOST_SUGGESTIONS:
        raise QueryError(f"limit must be 1 to {MOST_SUGGESTIONS}", parameter="limit")
    typed = one(request.args, "q")
    if len(typed) > (longest := indexer.limit("query_length")):
        raise LimitExceeded(f"q has {len(typed):,} characters, at most {longest:,} are allowed", "query_length")
    found = state.opened().suggest(typed, limit=limit)
    return _json({"suggestions": indexer.plain(found)})


@blueprint.get("/openapi.json", provide_automatic_options=False)
def openapi() -> Response:
    """Answer with the description of this interface."""
    return Response(Path(__file__).with_name("openapi.json").read_bytes(), mimetype="application/json")


def _links(params: SearchParams, total: int) -> dict[str, str | None]:
    def page(number: int) -> str | None:
        window = number * params.size <= indexer.limit("result_window")
        if number < 1 or not window or (number - 1) * params.size >= max(total, 1):
            return None
        return url_for("api.search") + params.change(page=number).query_string()

    own = url_for("api.search") + params.query_string()
    return {"self": own, "next": page(params.page + 1), "prev": page(params.page - 1)}


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), mimetype="application/json")
