"""Which requests are let in? Those that read, and where only this machine is served, those that name it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed

__all__ = ["is_loopback", "register"]

METHODS = ("GET", "HEAD")


def register(app: Flask) -> None:
    """Turn away what an application does not answer, before anything else looks at it."""
    # A doubled slash is no reason to send a client elsewhere: that address would name the host it gave.
    app.url_map.merge_slashes = False
    app.before_request(_check)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine only."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".").endswith("localhost")


def _check() -> None:
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS, "only GET and HEAD are answered")
    # A site elsewhere can give its own name the address 127.0.0.1 and then read with its visitors' browsers what is
    # served there ("DNS rebinding"); but it cannot make them send another name than its own.
    if current_app.config["WENSOU_LOCAL"] and not _names_this_machine(request.headers.get("Host")):
        raise BadRequest("this server answers under localhost only; behind a proxy start it with --proxies 1")


def _names_this_machine(host: str | None) -> bool:
    """Tell whether a Host header names this machine; programs may leave it out, browsers always send it."""
    try:
        return host is None or is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
