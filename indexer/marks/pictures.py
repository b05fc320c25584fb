"""Which lines say of themselves that they stand under a picture, or who took it?"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.marks.datelines import signature
from indexer.marks.persons import HAN_NAME, ROLE, all_names, byline, only_names, role_in
from indexer.marks.plain import plain

__all__ = ["caption", "photo_credit", "photographer"]

_LONGEST = 160
_PHOTO = re.compile(
    r"新华社发\s*[^。]{0,12}$|(?:资料|本报)(?:照片|图片|图)\s*\)?$|/\s*(?:视觉中国|新华社|东方IC|图虫|受访者供图?)\s*\)?$|\((?:资料图片?|资料照片?|图片来源[^()]*|[^()]{2,20}(?:供图|摄))\)$|图片由[^。]{2,20}提供\)?$|"
    rf"(?:^|[\s)。,;:(])(?:{ROLE})?[\s/:]*(?P<who>{HAN_NAME}(?:[\s、/]+{HAN_NAME}){{0,3}}?)\s*/?(?:摄影报道|摄影|供图|摄|绘|制图|图)\s*\)?$|"
    r"(?:^|[(\s。])(?:图片来源|图源|图片提供|图片|供图|摄影|绘图|制图|图)\s*[:/|]\s*[^。!?,;:]{2,20}$|"
    rf"^\(?(?:摄影|供图|绘图|制图)\s*(?P<named>{HAN_NAME}(?:[\s、/]+{HAN_NAME}){{0,3}})\)?$"
)
_PHOTO_SIGN = re.compile("[摄攝图圖绘繪照／/]|新华社[发發]|新華社")
_CAPTION_START = re.compile(
    r"[▲△▼◀▶←→↑↓(]*\s*(?:图[为①-⑳\d一二三:]|图片(?:说明)?:|上图|下图|左图|右图|题图|配图|资料图)|[▲△▼↑↓]\s*\S"
)
_DECLARED = re.compile("声明|作废|特此")


def caption(line: str) -> bool:
    """Tell whether a line says of itself that it stands under a picture: `图为…`, `▲…`, `…张三 摄`, `（资料图）`.

    ▲ marks briefs and notices, too: what is signed by its writer and not by a photographer, or declares something
    lost, is one of these.
    """
    return len(line) <= _LONGEST and _caption(line)


@lru_cache(maxsize=512)  # several stages ask for the same line
def _caption(line: str) -> bool:
    if photo_credit(line):
        return True
    printed = plain(line)
    return _CAPTION_START.match(printed) is not None and not (
        line[0] in "▲△▼↑↓" and (signature(line) or _DECLARED.search(printed))
    )


def photo_credit(line: str) -> bool:
    """Tell whether a line ends as captions do: `张三 摄`, `(资料图)`, `图片由市文旅局提供`."""
    # None ends with a full stop, as most lines do.
    if len(line) > _LONGEST or line.endswith("。") or not _PHOTO_SIGN.search(line):
        return False
    return _photo_credit(line)


@lru_cache(maxsize=512)  # several stages ask for the same line
def _photo_credit(line: str) -> bool:
    match = _PHOTO.search(plain(line).strip())
    if match is None or ("文" in line and byline(line)):
        return False
    who = match["who"] or match["named"]
    if not who:
        return True
    # Without 记者 before them the words must be names: 他喜欢摄影 is a sentence.
    return only_names(who) if role_in(match[0]) else all_names(who)


def photographer(line: str) -> bool:
    """Tell whether a line says who took a picture, and nothing else: `记者 张三 摄`, `（张三 摄）`, `新华社发`."""
    if not photo_credit(line):
        return False
    match = _PHOTO.search(plain(line).strip())
    return match is not None and match.start() == 0
