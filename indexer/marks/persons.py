"""Which words of a line are persons' names, and which lines are nothing but a byline?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from indexer.marks.plain import narrow, plain, simplified

__all__ = [
    "CITIES",
    "HAN_NAME",
    "ROLE",
    "all_names",
    "byline",
    "is_name",
    "listed",
    "names",
    "only_names",
    "role_in",
    "without_roles",
]


def _read(name: str) -> list[str]:
    lines = files("indexer.marks").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_SURNAME_LINES = _read("surnames.txt")
_SURNAMES = frozenset("".join(_SURNAME_LINES[:-1]))
_COMPOUND = frozenset(_SURNAME_LINES[-1].split())
CITIES = frozenset(" ".join(_read("cities.txt")).split())
_NOT_NAMES = frozenset(" ".join(_read("not_names.txt")).split()) | CITIES
_TRANSCRIBED = frozenset("·•‧" + "".join(_read("transcribed.txt")))
# Short names of places and bodies begin with surnames too (高新区, 金华市); people's names hardly end so.
_NO_NAME_END = frozenset("市县区镇乡村省路街局厅院校馆店厂部队委办处司版报刊网社站课项类等们的了是在")
# 通讯员 市文旅, 省交投: what is called after its city or province is a body.
_OF_A_BODY = frozenset("市县省")

# What a person did, printed before or behind the name (记者 张三 摄影 李四), and a site's buttons beside it.
_NO_PERSONS = frozenset(
    "摄影 供图 制图 采写 整理 放大 缩小 正常 打印 字号 字体 语音 阅读 朗读 分享 收藏 关闭 浏览 评论 大小".split()
)
HAN_NAME = "[\u4e00-\u9fff]{1,4}(?:[·•‧][\u4e00-\u9fff]{1,8})*"
ROLE = (
    r"(?:(?:(?:本报|本网|本刊|本台|全媒体|融媒体|特约|特派|首席|见习|实习|驻[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{1,12}(?:社|报|网|台|融媒|新闻|客户端|在线)|南都|每经)[·•]?){0,2}"
    r"(?:记者|通讯员|特约评论员|评论员|撰稿人?|特派员|实习生|撰文|作者|文字|文/图|图/文|文/摄|图文|文图|文·图|采写(?=[:/|])|"
    r"(?<![\u4e00-\u9fff])文(?=[:/|\s])|供稿))"
)
_ROLE_MARK = re.compile(ROLE + r"\s*[:/|]?\s*")
_BYLINE = re.compile(
    rf"(?:[□■●◎◆▲△○◇☉⊙]\s*|[(\[【]\s*)?(?:本报讯\s*)?(?P<role>{ROLE})\s*[:/|]?\s*(?P<who>[^。！？!?,“”]*?)\s*(?:[)\]】]|整理|采写)*"
)
# Where and how a report was made: 李娜 深圳报道, 王大文／高雄即時報導, 王芳 发自北京.
_FILED = re.compile(
    r"(?P<where>(?<=[\u4e00-\u9fff])[\s/]+[\u4e00-\u9fff]{2,8}?)?(?:摄影|综合|联合|专题|现场|即时|连线){0,2}报[道导](?![\u4e00-\u9fff])|"
    r"\s*发自[\u4e00-\u9fff]{2,8}"
)
# 王芳（浙江）
_ASIDE = re.compile(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{2,8}(?:\)|$)")
# Without a role, bullets or what each person did make a byline of names: □张三, 张三 文/图, 张三/文 李四/图.
_BULLET_NAMES = re.compile(
    rf"[□■●◎◆▲△○◇☉⊙]\s*(?P<who>{HAN_NAME}(?:[\s、]+{HAN_NAME})*?)(?:\s*(?:文|摄|文/图|文/摄|文图))?"
)
_WROTE = re.compile(
    rf"(?:[□■●◎◆▲△○◇☉⊙]\s*)?(?P<who>{HAN_NAME}(?:[\s、]+{HAN_NAME}){{0,3}}?)\s*/?\s*(?:文/图|文/摄|图/文|文图|图文|文字|文|撰文|采写|(?<=[\s/])(?:编译|译|整理))"
    rf"(?:[\s/,;]+(?P<pictured>{HAN_NAME}(?:[\s、]+{HAN_NAME}){{0,2}}?)\s*/?\s*(?:摄影|供图|图|摄))?"
)


_SPACE_OR_DOT = re.compile(r"[\s·•‧]")
_SET_APART = re.compile(r"\S\s+\S")
_WITH_DOT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,10})+")
_WORD_BREAK = re.compile(r"[\s、,;/&:()]+")
_LIST_BREAK = re.compile(r"[;；,，、|｜\n]")
_LONGEST_LINE = 60  # characters
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def is_name(text: str) -> bool:
    """Tell whether a word has the form of a Chinese person's name: a surname and one or two characters.

    `王 伟`, set apart to fill a line, counts; so does a transcribed name with a middle dot (阿依古丽·买买提).
    """
    word = text.strip()
    if len(word) > 4 and not _SPACE_OR_DOT.search(word):
        return False  # as most lines
    word = simplified(word[0] + word[-1] if _SET_APART.fullmatch(word) else word)
    if _WITH_DOT.fullmatch(word):
        return sum(char in _TRANSCRIBED for char in word) >= 0.6 * len(word)
    if not _SHORT_NAME.fullmatch(word) or word[-1] in _NO_NAME_END or word in _NOT_NAMES:
        return False
    if word[:2] in _COMPOUND:
        return len(word) >= 3
    return len(word) <= 3 and word[0] in _SURNAMES


def all_names(text: str) -> bool:
    """Tell whether each of the words that spaces, 、 or / set apart is a name."""
    return all(map(is_name, re.split(r"[\s、/]+", text.strip())))


def names(text: str) -> tuple[str, ...]:
    """Read the persons of a list such as `陈春 通讯员 余久明、王妍桦`; roles and papers are dropped.

    A word that follows a role need not begin with a known surname; two single characters side by side
    (`王 伟`) are one name. Anything longer than a name is passed over.
    """
    found: list[str] = []
    loose = ""
    for word in _WORD_BREAK.split(without_roles(text)):
        if len(word) == 1 and not loose:
            loose = word
            continue
        if loose and len(word) == 1:
            word = loose + word
        loose = ""
        if _may_be_name(word):
            found.append(word)
    return tuple(dict.fromkeys(found))


def listed(text: str) -> tuple[str, ...]:
    """Read a field that lists authors, set apart by ; , 、 | or, where all are names, by spaces; roles are dropped.

    What is no Chinese person's name stays as it is between the marks: `John Smith`, `江城市 融媒体中心`.
    """
    parts = filter(None, map(str.strip, _LIST_BREAK.split(text)))
    return tuple(dict.fromkeys(name for part in parts for name in _persons(part)))


def _persons(part: str) -> Sequence[str]:
    if len(part) > _LONGEST_LINE:
        return (part,)
    words = [word for word in _WORD_BREAK.split(without_roles(part)) if word]
    if any(map(is_name, words)) and all(_may_be_name(word) or _WITH_DOT.fullmatch(word) for word in words):
        return words
    return byline(part) or (part,)


def _may_be_name(word: str) -> bool:
    """Tell whether a word among names is one, too: its surname need not be a known one."""
    loosely = _SHORT_NAME.fullmatch(word) is not None and word[-1] not in _NO_NAME_END
    return (loosely and word[:2] not in _NO_PERSONS and word[0] not in _OF_A_BODY) or is_name(word)


def byline(line: str) -> tuple[str, ...] | None:
    """Read a line that is nothing but a byline; None where it is something else, () where it names nobody.

    `孙俊`, `张三 李四`, `□记者 张三`, `记者 张三 通讯员 李四`, `本报记者 张三`, `(记者 张三)`, `文/图 张三`,
    `作者：张三`, `（张三 李四）`. Bare words count only when each of at most four is a name.
    """
    line = line.strip()
    return _byline(line) if 2 <= len(line) <= _LONGEST_LINE else None


@lru_cache(maxsize=512)  # several stages ask for the same line
def _byline(line: str) -> tuple[str, ...] | None:
    text, printed = plain(line), narrow(line)
    alone = _unbracketed(printed)
    bare = [word for word in re.split(r"[\s、]+", alone) if word]
    if is_name(alone):
        return (re.sub(r"\s", "", alone),)
    persons = bare[1:] if bare and simplified(bare[0]) in CITIES else bare  # 广州 陈志明
    if 2 <= len(bare) <= 4 and all(map(is_name, persons)):
        return tuple(persons)
    for pattern, words, as_printed in ((_BULLET_NAMES, text, printed), (_WROTE, _unbracketed(text), alone)):
        signed = pattern.fullmatch(words)
        if signed and all_names(signed["who"]):
            return names(as_printed[slice(*signed.span("who"))])
    match = _BYLINE.fullmatch(text)
    if match is None:
        return None
    who = printed[slice(*match.span("who"))]
    if not without_roles(who).strip(": "):
        return () if match["role"].endswith(("记者", "评论员")) else None
    found = names(who)
    return found if found and only_names(who) else None


def _unbracketed(text: str) -> str:
    return text[1:-1].strip() if text[0] in "([【·" and text[-1] in ")]】·" else text


def only_names(text: str) -> bool:
    """Tell whether roles, names and papers fill a text; a sentence that begins with 记者 holds other words."""
    words = [word for word in _WORD_BREAK.split(without_roles(text)) if word]
    return bool(words) and all(len(word) <= 4 or is_name(word) for word in words) and len("".join(words)) <= 36


def without_roles(text: str) -> str:
    """Give the narrow copy of a text, with colons in the place of roles and of where and how it was filed."""
    masked = _ROLE_MARK.sub(_colons, plain(text))
    for aside in (_ASIDE, _FILED):
        masked = aside.sub(_colons, masked)
    return "".join(":" if mask == ":" else char for mask, char in zip(masked, narrow(text), strict=True))


def _colons(match: re.Match[str]) -> str:
    """Return as many colons as a match has characters; the name in 王芳 李明报道 is kept."""
    where = match.groupdict().get("where") or ""
    kept = where if is_name(where.strip(" /")) else ""
    return kept + ":" * (len(match[0]) - len(kept))


def role_in(text: str) -> bool:
    """Tell whether a role such as 记者 or 通讯员 stands in a text."""
    return _ROLE_MARK.search(plain(text)) is not None
