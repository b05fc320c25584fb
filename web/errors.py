"""How is it told that something went wrong? One shape for programs (RFC 9457), one page for people."""

from __future__ import annotations

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from indexer import IndexCorrupt, LimitExceeded, QueryError, WensouError
from web import state

__all__ = ["register"]


def register(app: Flask) -> None:
    """Answer every error of an application in one of the two shapes."""
    app.register_error_handler(WensouError, _on_wensou_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_bug)


def _on_wensou_error(error: WensouError) -> Response:
    status = _status(error)
    if status == 503:
        state.log_trouble(error)
        if not isinstance(error, IndexCorrupt) and state.building().active:
            return _building()
    return _answer(status, str(error), getattr(error, "parameter", None))


def _status(error: WensouError) -> int:
    if isinstance(error, LimitExceeded) and error.setting == "query_length":
        return 414
    return 400 if isinstance(error, (LimitExceeded, QueryError)) else 503


def _on_http_error(error: HTTPException) -> Response:
    # Flask's own words for an address that leads nowhere suspect the spelling, and are English only.
    nowhere = error.description == NotFound.description
    detail = "there is nothing at this address" if nowhere else error.description or error.name
    response = _answer(error.code or 500, detail, None)
    for name, value in error.get_headers():
        # Allow of a 405 and Retry-After carry over; the body's type is ours.
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _on_bug(error: Exception) -> Response:
    current_app.logger.exception("bug while answering %s", ascii(request.path))
    return _answer(500, "something went wrong on the server; its log says what", None)


def _answer(status: int, detail: str, parameter: str | None) -> Response:
    if _wants_page():
        page = render_template("error.html", status=status, detail=detail, parameter=parameter)
        return Response(page, status, mimetype="text/html")
    problem = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail}
    body = json.dumps({**problem, "parameter": parameter}, ensure_ascii=False)
    return Response(body, status, mimetype="application/problem+json")


def _building() -> Response:
    """Say that the first index is being built: a page that reloads itself, or a problem to try again."""
    if _wants_page():
        page = render_template("building.html", building=state.building())
        response = Response(page, 503, mimetype="text/html")
        response.headers["Refresh"] = "2"
    else:
        response = _answer(503, "the index is being built; try again in a moment", None)
    response.headers["Retry-After"] = "2"
    return response


def _wants_page() -> bool:
    path = request.path
    return not (path.startswith("/api/") or path.endswith((".csv", ".ris", ".atom", ".xml", ".json")))


def _title(status: int) -> str:
    from werkzeug.http import HTTP_STATUS_CODES

    return HTTP_STATUS_CODES.get(status, "Error")
