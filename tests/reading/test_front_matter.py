"""Is front matter read as it is written, and text between rules left alone?"""

from __future__ import annotations

from typing import Any

import pytest

from indexer.reading.front_matter import read


def values(text: str) -> dict[str, Any]:
    return {name: given.value for name, given in read(text).given.items()}


def test_scalars_and_lists_of_yaml() -> None:
    text = """---
# 说明
Title: "光伏: 产业" # 注
date: 2023-08-17 10:00:00 +0800
author:
  - 张三
  - '李四'
city: 义乌
url: https://a.cn/1#x
tags: [能源, "光伏"]
draft: no
weight: 3
栏目：要闻
summary: >
  第一行
  第二行
---
正文
"""
    assert values(text) == {
        "title": "光伏: 产业",
        "date": "2023-08-17",
        "authors": ("张三", "李四"),
        "city": "义乌",
        "url": "https://a.cn/1#x",
        "tags": ["能源", "光伏"],
        "draft": "no",
        "weight": 3,
        "栏目": "要闻",
        "summary": "第一行 第二行",
    }
    assert read(text).lines == 17


def test_toml_between_plus_signs() -> None:
    assert values('+++\ntitle = "题"\ndate = 2023-08-17\n+++\n正文') == {"title": "题", "date": "2023-08-17"}


@pytest.mark.parametrize(
    "text",
    [
        "正文\n---\n",
        "---\n这是一段话，两条线之间。\n---\n",
        "---\ntitle: 没有结尾\n",
        "---\n---\n",
        "+++\nnot = = toml\n+++\n",
        "",
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert read(text).lines == 0


def test_a_field_of_the_wrong_kind_is_named_with_its_line() -> None:
    found = read("---\ntitle: 题\nauthors: 5\n---\n")
    assert found.problems == (
        (3, "front matter: authors must be a list of strings, not a number; it is left to inference"),
    )
    assert set(found.given) == {"title"}
