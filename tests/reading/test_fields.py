"""Do other usual names stand for documented fields, where these are missing and the value serves?"""

from __future__ import annotations

from indexer.reading.fields import documented, meant
from indexer.reading.given import KNOWN_FIELDS


def test_names_are_read_in_any_writing() -> None:
    assert meant(["标题", "內容", "publishTime"]) == {"标题": "title", "內容": "text", "publishTime": "date"}
    assert meant(["Publish Date"]) == meant(["Publish Date", "text"]) == {"Publish Date": "date"}


def test_a_documented_name_wins_and_of_others_the_first() -> None:
    assert meant(["text", "content"]) == {}
    assert meant(["body", "content"]) == {"content": "text"}


def test_a_value_of_another_kind_keeps_its_name() -> None:
    record = {"text": "文", "source_name": {"a": 1}, "author": {"name": "张三"}, "body": [1]}
    assert documented(record) == record
    assert documented({"content": ["一"], "body": "二"}) == {"content": ["一"], "text": "二"}
    assert documented({"text": "文", "pubdate": 1557022800}) == {"text": "文", "date": 1557022800}


def test_every_documented_field_has_other_names() -> None:
    others = {"正文", "标题", "引题", "副标题", "图注", "日期", "城市", "来源", "作者", "网址", "编号"}
    assert set(meant(others).values()) == {*KNOWN_FIELDS, "text", "kicker", "subtitle", "captions"}
