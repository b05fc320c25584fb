"""In which language does the page speak? Chinese, or English where asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, json, request

__all__ = ["register", "say", "translated"]

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def register(app: Flask) -> None:
    """Choose the language of each request and offer its words to the templates."""
    app.before_request(_choose)
    app.add_template_filter(translated)
    app.context_processor(lambda: {"say": say, "lang": g.get("lang", "zh"), "lang_tag": LANGUAGES[g.get("lang", "zh")]})


def say(key: str, **values: Any) -> str:
    """Return one of the page's texts in the language of the request; `values` fill its {names}."""
    return _texts()[key][g.get("lang", "zh")].format(**values)


def translated(message: str) -> str:
    """Return a message of the indexer in the language of the request; one that has no translation stays as it is."""
    if g.get("lang", "zh") == "en":
        return message
    for pattern, chinese in _messages():
        if match := pattern.fullmatch(message):
            return chinese.format(**match.groupdict())
    return message


def _choose() -> None:
    asked = request.args.get("lang", "")
    g.lang = asked if asked in LANGUAGES else _accepted()


def _accepted() -> str:
    return request.accept_languages.best_match(list(LANGUAGES), "zh") or "zh"


@cache
def _messages() -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of known messages with their Chinese wording; {a} and {b} stand for what varies."""
    known = json.loads(Path(__file__).with_name("messages.json").read_text(encoding="utf-8"))
    varying = re.compile(r"\\{([ab])\\}")
    return [(re.compile(varying.sub(r"(?P<\1>.+?)", re.escape(english)), re.S), zh) for english, zh in known.items()]


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    return found
