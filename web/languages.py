"""In which language does the page speak? Chinese, or English where asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, json, request

__all__ = ["register", "say"]

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def register(app: Flask) -> None:
    """Choose the language of each request and offer its words to the templates."""
    app.before_request(_choose)
    app.context_processor(lambda: {"say": say, "lang": g.get("lang", "zh"), "lang_tag": LANGUAGES[g.get("lang", "zh")]})


def say(key: str, **values: Any) -> str:
    """Return one of the page's texts in the language of the request; `values` fill its {names}."""
    return _texts()[key][g.get("lang", "zh")].format(**values)


def _choose() -> None:
    asked = request.args.get("lang", "")
    g.lang = asked if asked in LANGUAGES else _accepted()


def _accepted() -> str:
    return request.accept_languages.best_match(list(LANGUAGES), "zh") or "zh"


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    return found
