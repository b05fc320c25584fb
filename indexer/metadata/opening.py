"""With which dateline does a body open, even where a headline or caption has run into it?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from indexer import marks

__all__ = ["opening"]

# 原标题：…新华社北京7月27日电, 图为比赛现场。红网时刻新闻8月14日讯: sites glue headline, caption and report together.
_RUN_IN = re.compile(
    r"(?:新华社|新华网|人民网|中新社|中新网|央视网|光明网|中青网|红网|中国新闻网|中国青年报|光明日报|人民日报|科技日报|经济日报|本报|本网)"
    r"[\u4e00-\u9fff]{0,12}\s?\d{1,2}\s?月\s?\d{1,2}\s?日[\u4e00-\u9fff]{0,4}(?:电|讯|消息)"
)
_HEAD, _DATELINE = 400, 160


def opening(text: str) -> marks.Dateline | None:
    """Return the dateline of a body; its `words` begin at the agency, its `end` is an offset into `text`."""
    return _opening(text[:_HEAD])


@lru_cache(maxsize=64)
def _opening(head: str) -> marks.Dateline | None:
    # Date, authors and source ask in turn for the same body.
    found = marks.dateline(head[:_DATELINE])
    if found and (found.month or found.names):
        run_in = _RUN_IN.search(found.words)
        return replace(found, words=found.words[run_in.start() :]) if run_in else found
    run_in = _RUN_IN.search(head)
    if run_in is None:
        return found
    later = marks.dateline(head[run_in.start() :])
    return replace(later, end=later.end + run_in.start()) if later else found
