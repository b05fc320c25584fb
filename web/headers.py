"""Which headers go with every answer? Those by which a browser protects its user, and those for caches."""

from __future__ import annotations

from hashlib import blake2b

from flask import Flask, Response, g, request

from indexer import IndexMissing, WensouError
from web import state

__all__ = ["register"]

# One stylesheet and one script of our own, nothing inline, nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(app: Flask) -> None:
    """Send the headers with every answer of an application, and 304 where the client has it already."""
    app.before_request(_not_modified)
    app.after_request(_add_headers)


def _not_modified() -> Response | None:
    """Answer 304 before any work is done: what a URL shows depends on the generation and the language alone."""
    if request.endpoint in (None, "static", "pages.healthz"):
        return None
    try:
        generation = state.opened().statistics()
    except (IndexMissing, WensouError):
        return None
    seen = f"{generation.generation} {generation.published} {request.full_path} {g.get('lang')}"
    g.etag = blake2b(seen.encode("utf-8", "replace"), digest_size=12).hexdigest()
    # `*` would match an article that is not there, too.
    if not request.if_none_match.star_tag and request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    return None


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if "etag" in g and response.status_code in (200, 304):
        response.set_etag(g.etag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Language")
    return response
