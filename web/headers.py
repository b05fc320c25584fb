"""Which headers go with every answer? Those by which a browser protects its user, and those for caches."""

from __future__ import annotations

import time
from hashlib import blake2b

from flask import Flask, Response, g, request

import indexer
from indexer import WensouError
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
# What these show depends on more than _etag knows: on a file that is read again, on a build that goes on.
UNTAGGED = (None, "static", "pages.healthz", "pages.source")


def register(app: Flask) -> None:
    """Send the headers with every answer of an application, and 304 where the client has it already."""
    app.before_request(_not_modified)
    app.after_request(_add_headers)


def _not_modified() -> Response | None:
    """Answer 304 before any work is done."""
    g.started = time.perf_counter()
    if request.endpoint in UNTAGGED:
        return None
    try:
        g.etag = _etag()
    except WensouError:
        return None
    # `*` would match an article that is not there, too.
    if not request.if_none_match.star_tag and request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    return None


def _etag() -> str:
    """Return what stands for all that an answer depends on: program, settings, generation, address and language."""
    generation = state.opened().statistics()
    limits = [indexer.limit(name) for name in indexer.SETTINGS]
    seen = (indexer.__version__, limits, generation.generation, generation.published, request.full_path, g.get("lang"))
    return blake2b(repr(seen).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if "etag" in g and response.status_code in (200, 304) and _is_final(response):
        response.set_etag(g.etag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Language")
    return response


def _is_final(response: Response) -> bool:
    """Tell whether the same request would be answered the same way again: nothing was left out for lack of time."""
    limit = indexer.limit("query_time")
    in_time = not limit or (time.perf_counter() - g.started) * 1000 < limit
    # What comes later in a stream is not known yet.
    return in_time and not state.is_incomplete() and not response.is_streamed
