"""Is text read in the encoding that it was written in, and is what is no text told apart?"""

from __future__ import annotations

import codecs

import pytest

from indexer.errors import SourceError
from indexer.reading.decode import decode

SIMPLIFIED = "本报讯 义乌光伏产业快速发展，去年产值达到八百亿元。\n专家认为，新能源前景广阔。\n"
TRADITIONAL = "本報訊 義烏光電產業快速發展，去年產值達到八百億元。\n專家認為，新能源前景廣闊。\n"


def reason(data: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        decode(data, file="报.txt")
    assert raised.value.file == "报.txt"
    return raised.value.reason


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        ("plain ASCII, 2023\n", "ascii", "utf-8"),
        ("english only, no mark\n", "utf-16-le", "utf-16-le"),
    ],
)
def test_each_encoding_is_recognised(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, name)


@pytest.mark.parametrize("text", ["你好", "光伏", "浙江", "第一版 要闻", "A股"])
def test_short_gbk_is_not_taken_for_another_encoding(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030")


@pytest.mark.parametrize("text", ["光電產業", "電腦與網路", "今天的天氣很好", "臺灣地區新聞"])
def test_short_big5_that_is_valid_gb18030_is_recognised(text: str) -> None:
    data = text.encode("big5")
    data.decode("gb18030", "replace")
    assert decode(data) == (text, "big5")


def test_big5_of_hong_kong_and_of_windows_is_read() -> None:
    assert decode("香港政府今日公布新政策，佢哋話呢啲措施對市民有利。".encode("big5hkscs"))[1] == "big5"
    assert decode("宏碁電腦公司今天在臺北開幕，裏面展出新產品。".encode("cp950"))[1] == "big5"


def test_declared_charset_decides_where_the_bytes_do_not() -> None:
    both = "國際".encode("big5")
    assert decode(both)[1] == "gb18030"
    assert decode(both, declared="big5") == ("國際", "big5")
    assert decode("光伏产业很好".encode(), declared="gb2312")[1] == "utf-8"
    assert decode("光伏产业很好".encode(), declared="no-such-charset")[1] == "utf-8"


def test_line_ends_become_one_kind_and_are_counted_alike() -> None:
    text, _ = decode("一\r\n二\r三\u2028四\f五\n".encode())
    assert text == "一\n二\n三\n四\n五\n"


@pytest.mark.parametrize(("data", "why"), [(b"", "is empty"), (b" \n\t", "white space"), (codecs.BOM_UTF8, "is empty")])
def test_nothing_is_named_as_empty(data: bytes, why: str) -> None:
    assert why in reason(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"some\x00bytes\x00\x01here", "NUL at byte 4"),
        (b"\x01\x02\x03\x04\x05 text", "control characters"),
        (bytes(range(256)), "binary"),
    ],
)
def test_binary_data_is_named_as_what_it_is(data: bytes, why: str) -> None:
    assert why in reason(data)


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        (SIMPLIFIED.strip().encode()[:-1], "byte 113"),
        ("光伏产业".encode()[:-2], "byte 9"),
        ("光伏产业发展".encode("gbk")[:-1], "byte 10"),
        (TRADITIONAL.strip().encode("big5")[:-1], "byte"),
        (SIMPLIFIED.encode("utf-16")[:-1], "byte"),
    ],
)
def test_a_file_cut_within_a_character_is_named_as_truncated(data: bytes, byte: str) -> None:
    assert "truncated" in reason(data)
    assert byte in reason(data)


def test_mixed_encodings_are_named_with_the_byte_and_line() -> None:
    broken = SIMPLIFIED.encode() + "第三行".encode("gbk") + b"\n"
    assert f"byte {len(SIMPLIFIED.encode()):,} (line 3)" in reason(broken)
    assert "GB18030 with other bytes mixed in, the first at byte 2" in reason(
        SIMPLIFIED.encode("gbk") * 3 + SIMPLIFIED.encode()
    )
    even = "光伏产业发展快".encode("gbk") * 9 + "义乌市委书记在今".encode()
    assert "GB18030 with UTF-8 mixed in, the first at byte 126 (line 1)" in reason(even)


@pytest.mark.parametrize(
    "data",
    [
        "Être déjà vu à la crème brûlée, où ça? Élève.".encode("latin-1"),
        "Привет, мир! Это русский текст.".encode("cp1251"),
        b"\xff\xff\xff\xff\xff\xff",
    ],
)
def test_an_encoding_that_is_not_known_is_an_error_not_a_guess(data: bytes) -> None:
    assert "no known encoding" in reason(data)


def test_a_stray_control_character_spoils_nothing() -> None:
    assert decode("光伏产业\x1a".encode())[0] == "光伏产业\x1a"
