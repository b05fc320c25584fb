"""The browser's and other programs' way in: a small Flask application over the indexer's face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

import indexer

__all__ = ["create_app"]


def create_app(index: str | Path = ".index", **config: Any) -> Flask:
    """Return the WSGI application over one index folder; the index may come into being later.

    `config` sets Flask configuration keys. WENSOU_PROXIES (default 0) says how many proxies in front of the
    application are trusted to tell the client's address in X-Forwarded-* headers, WENSOU_LOCAL (default False) lets
    in only requests to localhost.
    """
    from web import api, errors, feeds, filters, gate, headers, languages, pages, state

    app = Flask(__name__)
    app.config.from_mapping(WENSOU_PROXIES=0, WENSOU_LOCAL=False)
    app.config.from_mapping(config)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.add_template_global(indexer.limit)
    state.attach(app, Path(index))
    for part in (languages, gate, filters, headers, errors):
        part.register(app)
    for module in (pages, api, feeds):
        app.register_blueprint(module.blueprint)
    if app.config["WENSOU_PROXIES"]:
        from werkzeug.middleware.proxy_fix import ProxyFix

        trusted = int(app.config["WENSOU_PROXIES"])
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    return app
