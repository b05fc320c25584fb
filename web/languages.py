"""In which language does the page speak? Chinese, or English where asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, json, request
from werkzeug.datastructures import MultiDict

__all__ = ["asked", "register", "say", "translated"]

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def register(app: Flask) -> None:
    """Choose the language of each request and offer its words to the templates."""
    app.before_request(_choose)
    app.add_template_filter(translated)
    app.context_processor(_words)


def asked(args: MultiDict[str, str]) -> str:
    """Return the language that an address asks for, an empty string where it leaves the choice to the browser."""
    lang = args.get("lang", "")
    return lang if lang in LANGUAGES else ""


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
    g.lang = asked(request.args) or _accepted()


def _words() -> dict[str, Any]:
    """Return what every template knows of the language: of the page, of its address, and where to find the other."""
    lang = g.get("lang", "zh")
    other = "zh" if lang == "en" else "en"
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return {
        "say": say,
        "lang": lang,
        "lang_tag": LANGUAGES[lang],
        "asked": asked(request.args),
        "other": other,
        # Without a path: a page of any address, one that is not there too, leads to itself.
        "in_other": "?" + urlencode([*pairs, ("lang", other)], errors="replace"),
    }


def _accepted() -> str:
    return request.accept_languages.best_match(list(LANGUAGES), "zh") or "zh"


@cache
def _messages() -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of known messages with their Chinese wording; {a} to {d} stand for what varies."""
    known = json.loads(Path(__file__).with_name("messages.json").read_text(encoding="utf-8"))
    varying = re.compile(r"\\{([a-d])\\}")
    return [(re.compile(varying.sub(r"(?P<\1>.+?)", re.escape(english)), re.S), zh) for english, zh in known.items()]


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    return found
