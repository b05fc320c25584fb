"""Which pieces belong to no article: folio lines, navigation, teasers, notices, rules?

What a piece is taken for is judged by its words and, for menus, teasers and lists of headlines, by the run in which
it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import marks
from indexer.marks.plain import simplified
from indexer.reading.lines import Ending, Piece
from indexer.reading.mastheads import mark_masthead
from indexer.reading.repair import is_item, is_row
from indexer.reading.words import (
    ACCOUNT,
    CONTENTS,
    ELSEWHERE,
    FOLIO,
    MASTHEAD,
    NAVIGATION,
    NOTICE,
    PAGE_NUMBER,
    POINTER,
    REPLY,
    TEASER,
    by_its_words,
    is_menu_word,
)

__all__ = ["BOX_HEADING", "furniture", "teaser_heading"]

_CONTENTS = re.compile(r"\W*(?:目\s*[录次錄]|[Cc]ontents|CONTENTS)\W*")
_NUMBERED = re.compile(r"\s*(?:[第（(]?[一二三四五六七八九十]{1,3}|\d{1,2})[\s、.．章节部)）]")
_CONTENTS_LINE = re.compile(r".{2,60}?\s*(?:[.．·]{4,}|[…⋯]{2,})\s*(?P<page>\d{1,3})")
_POSTED = re.compile(r"(?:发表于|回复于|发布于|發表於)\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_FORUM = re.compile(r"只看(?:该作者|楼主|大图)|楼主|沙发|板凳|地板|使用道具|倒序浏览|\d+\s*[#楼]|回复(?:本帖|楼主)")
_PANEL = re.compile(
    r"(?:等级|发帖|积分|威望|金钱|帖子|精华|主题|听众|粉丝|阅读权限|在线时间|注册时间|最后登录|UID|级别)"
    r"\s*[:：]?\s*[\w\-年月日级会员小时 ]{0,16}"
)
_SHORT = 40  # characters of a line beside a post
_SHORTEST_HEAD, _LONGEST_HEAD = 6, 60
_FEWEST_TEASERS = 3
_FEWEST_CONTENTS = 3
_WORD, _FEWEST_WORDS = 4, 4  # characters, lines
_BELOW_ARTICLES = (NAVIGATION, NOTICE, TEASER)
_TEASER_HEADING = re.compile(
    r"[【\[■▶►●◆>》\s]*(?:相关(?:内容|阅读|新闻|文章|推荐|资讯|报道|热词|专题|稿件|信息)|热门(?:资讯|推荐|文章|新闻|阅读|排行|点击|评论|标签|话题|视频|图片)|"
    r"热点(?:推荐|新闻|资讯|排行|专题)|推荐(?:阅读|文章|新闻|视频|资讯|内容)|精彩(?:推荐|图片|视频|阅读)|最新(?:资讯|新闻|文章|评论|消息|推荐|动态|发布)|猜你喜欢|"
    r"你可能[还也会]{0,2}(?:喜欢|感兴趣).{0,6}|您可能.{0,8}|为[您你]?推荐|大家都?在(?:看|搜)|网友(?:评论|热评|跟帖)|全部评论|延伸阅读|拓展阅读|往期(?:回顾|推荐)|更多(?:新闻|内容|文章|资讯|阅读|推荐|精彩)?|"
    r"(?:点击|阅读|新闻|热点|热门|本周|今日|24小时|48小时|一周|月度)(?:点击|新闻|文章|阅读)?(?:排行榜?|热榜|热搜|热点|热文|榜)|"
    r"图片新闻|编辑(?:推荐|精选)|今日(?:推荐|热点|头条)|(?:站内|频道|视频|头条|要闻|本类|本站|栏目|小编|热文|图文)(?:推荐|热点|精选)|同类文章|"
    r"(?:继续)?阅读下一篇|更多(?:精彩|相关|热门).{0,4}|(?:其[他它]|近期|上期|往期)(?:新闻|文章|报道|内容)|热[点门]?(?:文章|话题|评论|词|图|榜)|新闻(?:热点|推荐|速递))"
    r"\s*(?:[:：>＞»】\]…]|更多|MORE|\+)*\s*|"
    # and what sites make up of the same words: 频道热点, 最近更新, 图片推荐, 看了又看
    r"(?:(?:热门|热点|推荐|精选|精彩|最新|最近|相关|近期|往期|频道|本?栏目|网友|站内|其他|本站|小编|点击|猜你)(?:阅读|文章|新闻|推荐|内容|资讯|更新|聚焦|排行榜?|热点|精选|精彩|"
    r"视频|图片|专题|热评|评论|榜单|热文|信息|要闻|喜欢|想看)|(?:图片|头条|视频|图文|专题|专栏)(?:推荐|精选|热点)|看了又看|还看了|换一换|热评|热帖|热文)"
    r"\s*[:：>＞»]*",
    re.IGNORECASE,
)
# A box with background in print, a list of other articles on a site.
BOX_HEADING = re.compile(
    r"[【\[■▶►●◆▲☆★\s]*(?:相关|新闻|背景|延伸|知识|政策|人物|案例|数据)?(?:链接|背景|小贴士|名词解释|新闻附件)[】\]\s]*[:：>＞»]*"
)


def teaser_heading(text: str) -> bool:
    """Tell whether a line heads a list of other articles: 相关内容, 热门资讯, 猜你喜欢, 推荐阅读."""
    return len(text) <= 24 and _TEASER_HEADING.fullmatch(simplified(text)) is not None


def furniture(found: Sequence[Piece]) -> dict[int, str]:
    """Map the index of each piece that is furniture by its own words or its run to what it was taken for."""
    reasons = {at: reason for at, piece in enumerate(found) if (reason := by_its_words(piece))}
    # A bare number is a page number only at the page's edge; elsewhere it may be a cell of a table.
    edges = {0, 1, len(found) - 2, len(found) - 1}
    for at in [at for at, reason in reasons.items() if reason == PAGE_NUMBER and found[at].text.isdigit()]:
        if at not in edges:
            del reasons[at]
    mark_masthead(found, reasons)
    _keep_only_headline(found, reasons)
    _mark_contents(found, reasons)
    _mark_menus(found, reasons)
    _mark_forum(found, reasons)
    _mark_listed(found, reasons)
    _mark_teasers(found, reasons)
    _mark_end_of_site(found, reasons)
    return reasons


def _keep_only_headline(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Keep 原标题：… where the report begins right below it, and nothing else could be its headline."""
    first = next((at for at in range(len(found)) if reasons.get(at) in (None, ELSEWHERE)), 0)
    if reasons.get(first) == ELSEWHERE and first + 1 < len(found) and found[first + 1].end == Ending.STOP:
        del reasons[first]


def _mark_contents(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out the contents of a report: three lines or more with leaders to page numbers, none below the last."""
    lines = {at: match for at, piece in enumerate(found) if (match := _CONTENTS_LINE.fullmatch(piece.text))}
    pages = [int(match["page"]) for match in lines.values()]
    # Prices have leaders, too; contents have a heading, or numbers.
    named = any(at and _CONTENTS.fullmatch(found[at - 1].text) for at in lines)
    numbered = sum(_NUMBERED.match(found[at].text) is not None for at in lines)
    if len(lines) >= _FEWEST_CONTENTS and pages == sorted(pages) and (named or numbered * 2 >= len(lines)):
        reasons.update({at: CONTENTS for at in lines if at not in reasons})


def _mark_listed(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out headlines listed above the articles: lines from one up to where the same line stands again.

    Only at the top and above prose: a refrain is no list of headlines.
    """
    seen: dict[str, int] = {}
    for at, piece in enumerate(found):
        if len(piece.text) > _LONGEST_HEAD or "。" in piece.text or marks.dateline(piece.text):
            return
        if at in reasons or len(piece.text) < _SHORTEST_HEAD:
            continue
        first = seen.setdefault(piece.text, at)
        if first < at and any(len(other.text) > _LONGEST_HEAD for other in found[at + 1 : at + 6]):
            reasons.update({other: POINTER for other in range(first, at) if other not in reasons})
            return


def _mark_columns_of_words(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take four words or more, one a line, for a menu where two of them are a menu's words: 时事, 军情, 财经, 评论."""
    run: list[int] = []
    for at, piece in enumerate([*found, None]):
        if piece is not None and len(piece.text) <= _WORD and reasons.get(at, NAVIGATION) == NAVIGATION:
            run.append(at)
            continue
        if len(run) >= _FEWEST_WORDS and sum(is_menu_word(found[each].text) for each in run) >= 2:
            reasons.update(dict.fromkeys(run, NAVIGATION))
        run = []


def _mark_forum(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out the replies below the first post of a forum's page, and what stands beside a post about its writer."""
    posts = [at for at, piece in enumerate(found) if len(piece.text) <= _SHORT and _POSTED.search(piece.text)]
    if len(posts) < 2 or not any(_FORUM.search(piece.text) for piece in found if len(piece.text) <= _SHORT):
        return
    panels = {at for at, piece in enumerate(found) if len(piece.text) <= _SHORT and _PANEL.fullmatch(piece.text)}
    panels |= {at - 1 for at in panels if at and at - 1 not in panels and len(found[at - 1].text) <= 16 and at > 1}
    reasons.update({at: ACCOUNT for at in panels if at not in reasons})
    second = posts[1]
    while second and len(found[second - 1].text) <= 16 and second - 1 > posts[0]:
        second -= 1
    reasons.update({at: REPLY for at in range(second, len(found)) if at not in reasons})


def _mark_menus(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take short lines between two lines of navigation for navigation too (a menu printed one word a line)."""
    _mark_columns_of_words(found, reasons)
    last = -1
    for at in sorted(reasons):
        if reasons[at] != NAVIGATION:
            continue
        between = range(last + 1, at)
        if (
            last >= 0
            and len(between) <= 12
            and all(other in reasons or len(found[other].text) <= 6 for other in between)
        ):
            reasons.update({other: NAVIGATION for other in between if other not in reasons})
        last = at


def _mark_end_of_site(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out the short lines at a site's end: those behind its first furniture there, and titles right above it.

    A page is a site's where menus stand on it, or two lines or more of what stands below articles there.
    """
    last = max((at for at, piece in enumerate(found) if at not in reasons and _is_paragraph(piece)), default=-1)
    known = [at for at in range(last + 1, len(found)) if reasons.get(at) in _BELOW_ARTICLES]
    if last < 0 or not known or not (len(known) > 1 or NAVIGATION in (reasons.get(at) for at in range(last))):
        return
    first = known[0]
    while first - 1 > last and first - 1 not in reasons and _may_be_teaser(found[first - 1]):
        first -= 1
    if known[0] - first < _FEWEST_TEASERS:
        first = known[0]
    for at in range(first, len(found)):
        if at not in reasons and not _is_credit(found[at].text):
            reasons[at] = NAVIGATION if at > known[0] else TEASER


def _is_paragraph(piece: Piece) -> bool:
    text = piece.text
    return (len(text) >= _SHORT and "。" in text and not _cut_off(piece)) or marks.dateline(text) is not None


def _may_be_teaser(piece: Piece) -> bool:
    """Tell whether a line may be the headline of another article, or the words above a list of them: no list item."""
    return (
        len(piece.text) <= _LONGEST_HEAD and "。" not in piece.text and not (is_item(piece.text) or is_row(piece.text))
    )


def _is_credit(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and bool(marks.editor(text) or marks.labels(text) or marks.credit(text))


def _mark_teasers(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out what follows a heading such as 热门资讯, up to the point where an article goes on or begins.

    On a printed page what ends with a full stop is news (图片新闻, 最新动态), and no teaser.
    """
    printed = MASTHEAD in reasons.values() or any(_is_printed(found[at], why) for at, why in reasons.items())
    inside = False
    for at, piece in enumerate(found):
        if at in reasons:
            continue
        heads = teaser_heading(piece.text) and not (printed and at + 1 < len(found) and _tells(found[at + 1]))
        if heads or (BOX_HEADING.fullmatch(piece.text) and _lists(found, at + 1)):
            inside = True
            reasons[at] = TEASER
        elif inside:
            inside = not (_resumes(found, at) or (printed and _tells(piece)))
            if inside:
                reasons[at] = TEASER
            elif at and not _cut_off(found[at - 1]) and not teaser_heading(found[at - 1].text):
                # The line before is the headline of what begins here, not one more teaser.
                reasons.pop(at - 1, None)


def _lists(found: Sequence[Piece], at: int) -> bool:
    """Tell whether lines without a full stop, or cut off, begin here: headlines of other articles, no paragraph."""
    return at < len(found) and not _tells(found[at])


def _tells(piece: Piece) -> bool:
    """Tell whether a piece is news of its own: a whole sentence, alone or before the name of a photographer."""
    return "。" in piece.text and not _cut_off(piece)


def _is_printed(piece: Piece, reason: str) -> bool:
    """Tell whether a line is a folio line of print; a day and weekday alone may be a site's clock."""
    folio = marks.folio(piece.text) if reason == FOLIO else None
    return folio is not None and (folio.edition is not None or marks.paper(piece.text) is not None)


def _resumes(found: Sequence[Piece], at: int) -> bool:
    """Tell whether prose begins again: a dateline, or two long paragraphs in a row that are not cut off."""
    if marks.dateline(found[at].text) and not _cut_off(found[at]):
        return True
    run = found[at : at + 2]
    return len(run) == 2 and all(
        len(piece.text) >= 60 and piece.end == Ending.STOP and not _cut_off(piece) for piece in run
    )


def _cut_off(piece: Piece) -> bool:
    return "..." in piece.text or (piece.text.endswith("…") and not piece.text.endswith("……"))
