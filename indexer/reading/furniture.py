"""Which pieces belong to no article: folio lines, navigation, teasers, notices, rules?

What a piece is taken for is judged by its words and, for menus and teasers, by the run in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer import marks
from indexer.reading.lines import Ending, Piece

__all__ = ["BOX_HEADING", "furniture", "teaser_heading"]

FOLIO = "folio line"
NAVIGATION = "navigation"
TEASER = "teaser of another article"
NOTICE = "copyright or site notice"
RULE = "rule or ornament"
LINK = "link"
ACCOUNT = "name of an account, not of an author"
POINTER = "pointer to another page"
PAGE_NUMBER = "page number"
STAMP = "technical stamp"
MASTHEAD = "masthead"
PICTURES = "note on the page's pictures"
ADVERTISEMENT = "advertisement or the paper's own notice"

_RULE = re.compile(r"[\s\-—–_=*~～﹏﹌￣·•.…⋯#＊※◆◇■□●○★☆▲△▼|/\\+^═─━┄┈]+")
_PAGE_NUMBER = re.compile(
    r"[\-—–·\s/|]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共,，]+\s*(?:共\s*)?\d{1,4}\s*页?)?|page\s*\d+(?:\s*of\s*\d+)?|[A-D]\d{1,2})[\-—–·\s/|]*",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:发布者?|作者|编辑|来源|by)?\s*[:：]?\s*(?:admin\w*|administrator|root|webmaster|guest|管理员|超级管理员|网站管理员)",
    re.IGNORECASE,
)
_PICTURES = re.compile(
    r"[(（\[【*※]?\s*(?:本[版页报期]|[本此该]组|文中|以上)(?:[\u4e00-\u9fff]{0,4}?)(?:图片|照片|摄影|图)"
    r"[^。]{0,40}?(?:提供|供图|资料图?|拍摄|摄)[^。]{0,12}?[)）\]】]?"
)
_STAMP = re.compile(r"[(（\[]?\s*(?:更新)?时间戳\s*[:：]?\s*\d+\s*[)）\]]?|undefined|null|nan", re.IGNORECASE)
_POINTER = re.compile(
    r"[(（【▶►>]*\s*(?:紧接|上接|下转|详见|详细报道见|相关报道见|更多报道见|全文见|导读见)\s*(?:今日|本报)?第?\s*[A-D\d一二三四五六七八九十]{1,4}\s*版[^。]{0,16}[)）】]*"
)
# 导读 on a front page: the headline of another page and that page's number.
_POINTED = re.compile(
    r".{4,60}?(?:[▶►>＞…⋯·.\s（(/]|详见|[看见])+\s*第?\s*(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})\s*版?[面)）】]*(?<=[版面)）】])"
)
_GUIDE = re.compile(r"[【\[■●◆]?\s*(?:今日|本期|要闻|版面)?(?:导\s*读|看点|索引)\s*[】\]]?[:：]?")
_PHONE = r"[\d（(][\d()（）\-—－转、/\s]{4,40}"
_REACHED_BY = (
    r"(?:本[报版刊]|.{0,6}[日晚晨]报)?\s*(?:(?:广告|发行|订阅|订报|投递|新闻|报料|投诉|咨询|读者|编辑部|采编|服务|监督)\s*(?:部|中心)?(?:热线|电话)|"
    rf"本[报版刊](?:电话|邮箱|信箱)|投稿邮箱)\s*[:：]?\s*(?:{_PHONE}|[\w.\-]+@[\w.\-]+)?\s*"
)
_ADVERTISEMENT = re.compile(
    r"(?:[·■●◆【\[(（]\s*)*(?:(?:公益|商业|形象|遗失|分类)?广\s*告|(?:遗失|挂失|注销|减资|清算|拍卖|招租|招聘)(?:声明|公告|启事)|欢迎(?:订阅|投稿|刊登).{0,20}|"
    rf"讲文明\s*树新风.{{0,12}}|.{{0,10}}公益广告|(?:{_REACHED_BY}){{1,4}})\s*[】\])）]?|"
    rf".{{0,10}}(?:出租|出售|转让|求购|招租|招聘|招商|征婚|承接|批发|加盟).{{0,40}}(?:电话|手机|热线|Tel)\s*[:：]?\s*{_PHONE}"
)
_SCAN = re.compile(
    r"[(（【\[]?[^。，]{0,12}(?:扫\s*码|扫一扫|扫描?(?:上方|下方|右侧|左侧|本)?二维码)\s*(?:即可|可以|可|，|,)?\s*"
    r"(?:[看听读]|观看|收看|收听|阅读|查看|浏览|下载|关注|了解|进入|加入|订阅|分享|获取)[^。]{0,20}[)）】\]]?|"
    r"[^。，]{0,12}[请可]\s*(?:扫\s*码|扫一扫|扫描?(?:上方|下方|右侧|左侧|本)?二维码)[)）】\]]?"
)
_MENU_WORD = (
    r"首页|主页|网站首页|返回首页|返回顶部|返回列表|返回上页|返回|登录|注册|登陆|退出|设为首页|加入收藏|收藏本页|收藏|联系我们|关于我们|网站地图|网站导航|"
    r"手机版|电脑版|客户端|无障碍(?:浏览|阅读)?|长者模式|繁体(?:中文|版)?|简体(?:中文|版)?|English|EN|RSS|搜索|搜一搜|站内搜索|APP下载|下载APP|"
    r"打印(?:本页|此页)?|关闭(?:本页|窗口)?|字号|字体|大|中|小|分享(?:到)?|微信|微博|QQ空间|朋友圈|扫一扫|点赞|评论|投诉|举报|反馈|纠错|我要(?:评论|纠错|投稿)|朗读|听新闻|"
    r"新闻中心|新闻|时政|要闻|国内|国际|社会|财经|经济|体育|娱乐|文化|教育|科技|健康|旅游|房产|汽车|视频|图片|专题|评论|军事|法治|生活|民生|图库|"
    r"更多(?:>>|＞＞|»)?|展开全文|阅读全文|查看更多|加载更多|上一页|下一页|首\s*页|尾页|末页|招聘|广告服务|版权声明|免责声明|隐私(?:政策|声明)|法律声明|帮助中心"
)
_SURE_MENU = re.compile(
    r"首\s*页|主页|返回|登录|登陆|注册|设为首页|收藏|联系我们|关于我们|网站地图|手机版|客户端|搜索|打印|关闭|字号|字体|分享|微信|微博|无障碍|更多|阅读全文|上一页|下一页|扫一扫|点赞|举报|反馈"
)
_MENU_TOKEN = re.compile(rf"(?:{_MENU_WORD})[:：]?")
_MENU_SPLIT = re.compile(r"[\s|｜·/>＞»›→\-—_,，、\[\]【】()（）]+")
_BREADCRUMB = re.compile(
    r"(?:您?(?:的|现在|所在)*(?:当前)?(?:所在)?(?:的)?位置(?:是|为)?|当前位置|所在位置|位置)\s*[:：].{0,80}|"
    r"\s*(?:网站)?首\s*页\s*(?:[>＞»›→/|\-]+\s*[^。>＞»›→]{1,20}){1,6}[>＞»›→/]*|"
    r"[^。，>＞»›→]{1,12}(?:\s*(?:[>＞»›→]|-->|->)+\s*[^。，>＞»›→]{1,16}){1,6}"
)
_NEIGHBOUR = re.compile(
    r"(?:<|＜|«)?\s*(?:(?:上|下)\s*一?\s*(?:篇|条|则|页|张|版)\s*(?:新闻|文章)?\s*(?:[:：>＞»].*|$)|"
    r"[上下]一(?:篇|条|则)(?:新闻|文章)?[\s　]+\S.*)"
)
_NOTICE = re.compile(
    r"版权所有|版权归.{0,20}所有|著作权归|©|Copyright|All\s*Rights\s*Reserved|ICP备|ICP证|公网安备|许可证\s*(?:号|编号|[:：])|备案号|增值电信|"
    r"互联网新闻信息服务|违法和?不良信息举报|举报电话|技术支持\s*[:：]|免责声明|法律顾问\s*[:：]|主办单位?\s*[:：]|承办单位?\s*[:：]|网站标识码|"
    r"未经(?:授权|许可|书面).{0,20}(?:转载|使用|复制)|(?:本站|本网|我们)(?:转载|刊载|联系).{0,60}(?:版权|侵权|删除)|如有侵权|不(?:代表|表明).{0,16}(?:观点|立场)|出于传递更多信息|侵犯.{0,8}权益.{0,20}联系|仅提供信息|扫一扫|不代表本[站网]|仅供参考.{0,12}(?:投资|决策)|"
    r"扫(?:描|一扫).{0,8}二维码|关注.{0,12}(?:公众号|微信)|长按.{0,10}二维码|点击(?:上方|下方|右上角)|返回搜狐|打开APP|下载.{0,12}(?:APP|客户端)",
    re.IGNORECASE,
)
_DECLARES = re.compile(r"[【\[(（※*]*\s*(?:特别|郑重|免责|版权|风险|转载|本[站网])*(?:声明|提示)\s*[】\])）]*\s*[:：]")
_PAPER = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[日晚晨早商时快]报|报|周刊|周报)")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_NOTICE_SIGN = re.compile("[表益息版权证备举责持法办标转侵参码注点返打代仅©CcAaIi]")
_SHARE = re.compile(
    r"[【\[(（]?(?:分享到|分享至|分享|扫码分享|转发到|打印|字体大小|字号|字体|阅读量?|浏览(?:次数|量)?|点击[数量]?|(?:我要|网友)?评论|人气|点赞|收藏|举报|朗读|听新闻)"
    r"\s*[:：(（【/]?\s*[\dA-Za-z大中小+\-\s|微信博QQ空间朋友圈次)）】\]]*|\d{1,7}\s*(?:条|次|人|个)?\s*(?:评论|阅读|浏览|点赞|赞|回复|收藏)|A\s*\+?\s*A?\s*-?"
)
_TEASER_HEADING = re.compile(
    r"[【\[■▶►●◆>》\s]*(?:相关(?:内容|阅读|新闻|文章|推荐|资讯|报道|热词|专题|稿件|信息)|热门(?:资讯|推荐|文章|新闻|阅读|排行|点击|评论|标签|话题|视频|图片)|"
    r"热点(?:推荐|新闻|资讯|排行|专题)|推荐(?:阅读|文章|新闻|视频|资讯|内容)|精彩(?:推荐|图片|视频|阅读)|最新(?:资讯|新闻|文章|评论|消息|推荐|动态|发布)|猜你喜欢|"
    r"你可能(?:还)?(?:喜欢|感兴趣).{0,6}|您可能.{0,8}|为您?推荐|大家都?在(?:看|搜)|网友(?:评论|热评|跟帖)|全部评论|延伸阅读|拓展阅读|往期(?:回顾|推荐)|更多(?:新闻|内容|文章|资讯|阅读|推荐|精彩)?|"
    r"(?:点击|阅读|新闻|热点|热门|本周|今日|24小时|48小时|一周|月度)(?:点击|新闻|文章|阅读)?(?:排行榜?|热榜|热搜|热点|热文|榜)|"
    r"图片新闻|编辑(?:推荐|精选)|今日(?:推荐|热点|头条)|(?:站内|频道|视频|头条|要闻|本类|本站|栏目|小编|热文|图文)(?:推荐|热点|精选)|同类文章|"
    r"(?:继续)?阅读下一篇|更多(?:精彩|相关|热门).{0,4}|(?:其[他它]|近期|上期|往期)(?:新闻|文章|报道|内容)|热[点门]?(?:文章|话题|评论|词|图|榜)|新闻(?:热点|推荐|速递))"
    r"\s*(?:[:：>＞»】\]…]|更多|MORE|\+)*\s*",
    re.IGNORECASE,
)
# A box with background in print, a list of other articles on a site.
BOX_HEADING = re.compile(
    r"[【\[■▶►●◆▲☆★\s]*(?:相关|新闻|背景|延伸|知识|政策|人物|案例|数据)?(?:链接|背景|小贴士|名词解释|新闻附件)[】\]\s]*[:：>＞»]*"
)
_LATIN = re.compile(r"[A-Z][A-Z0-9 &.,'’\-:/]{5,}")


def teaser_heading(text: str) -> bool:
    """Tell whether a line heads a list of other articles: 相关内容, 热门资讯, 猜你喜欢, 推荐阅读."""
    return len(text) <= 24 and _TEASER_HEADING.fullmatch(text) is not None


def furniture(found: Sequence[Piece]) -> dict[int, str]:
    """Map the index of each piece that is furniture by its own words or its run to what it was taken for."""
    reasons = {at: reason for at, piece in enumerate(found) if (reason := _reason(piece))}
    # A bare number is a page number only at the page's edge; elsewhere it may be a cell of a table.
    edges = {0, 1, len(found) - 2, len(found) - 1}
    for at in [at for at, reason in reasons.items() if reason == PAGE_NUMBER and found[at].text.isdigit()]:
        if at not in edges:
            del reasons[at]
    _mark_paper_names(found, reasons)
    _mark_masthead(found, reasons)
    _mark_menus(found, reasons)
    _mark_teasers(found, reasons)
    return reasons


def _reason(piece: Piece) -> str | None:
    """Judge one piece by its words alone; everything here is shorter than 200 characters."""
    text = piece.text
    if len(text) > 200:
        return None
    if len(text) > 60 and piece.end == Ending.STOP:
        return _notice(text)
    if marks.link(text):
        return LINK
    if _RULE.fullmatch(text):
        return RULE
    if len(text) <= 40:
        for pattern, reason in (
            (_PAGE_NUMBER, PAGE_NUMBER),
            (_ACCOUNT, ACCOUNT),
            (_STAMP, STAMP),
            (_POINTER, POINTER),
            (_PICTURES, PICTURES),
            (_ADVERTISEMENT, ADVERTISEMENT),
            (_SCAN, NOTICE),
        ):
            if pattern.fullmatch(text):
                return reason
    if _GUIDE.fullmatch(text) or (len(text) <= 60 and text[-1] in "版面)）】" and _POINTED.fullmatch(text)):
        return POINTER
    if len(text) <= 120 and marks.folio(text):
        return FOLIO
    if _NEIGHBOUR.match(text) or (len(text) <= 100 and _BREADCRUMB.fullmatch(text)) or _is_menu(text):
        return NAVIGATION
    if len(text) <= 60 and _SHARE.fullmatch(text):
        return NAVIGATION
    return _notice(text)


def _notice(text: str) -> str | None:
    if not (_NOTICE_SIGN.search(text) and _NOTICE.search(text)):
        return None
    return NOTICE if _DECLARES.match(text) or not _reads_on(text) else None


def _reads_on(text: str) -> bool:
    # Reports about copyright are articles: several sentences with a notice's words among them.
    return len(text) > 60 and sum(map(text.count, "。，,")) >= 4


def _is_menu(text: str) -> bool:
    words = [word for word in _MENU_SPLIT.split(text) if word]
    if not words or len(text) > 120:
        return False
    known = sum(_MENU_TOKEN.fullmatch(word) is not None for word in words)
    if len(words) <= 2:
        return known == len(words) and _SURE_MENU.search(text) is not None
    short = all(len(word) <= 6 for word in words)
    if short and len(words) >= 3 and words[0].endswith("首页"):
        return True
    return known >= 0.5 * len(words) and short


def _mark_paper_names(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take the paper's bare name beside a folio line or a page number for a part of it."""
    for at, piece in enumerate(found):
        beside = {reasons.get(at - 1), reasons.get(at + 1)}
        if at not in reasons and beside & {FOLIO, PAGE_NUMBER} and _PAPER.fullmatch(piece.text):
            reasons[at] = FOLIO


def _mark_masthead(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take a short line at the top, right above the folio line, for the paper's name: no headline stands there."""
    above = len(found) > 1 and 0 not in reasons and reasons.get(1) == FOLIO and found[1].gap == 0
    if above and _NAME.fullmatch(found[0].text):
        reasons[0] = MASTHEAD


def _mark_menus(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Take short lines between two lines of navigation for navigation too (a menu printed one word a line)."""
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


def _mark_teasers(found: Sequence[Piece], reasons: dict[int, str]) -> None:
    """Leave out what follows a heading such as 热门资讯, up to the point where an article goes on or begins."""
    inside = False
    for at, piece in enumerate(found):
        if at in reasons:
            continue
        if teaser_heading(piece.text) or (BOX_HEADING.fullmatch(piece.text) and _lists(found, at + 1)):
            inside = True
            reasons[at] = TEASER
        elif inside:
            inside = not _resumes(found, at)
            if inside:
                reasons[at] = TEASER
            elif at and not _cut_off(found[at - 1]) and not teaser_heading(found[at - 1].text):
                # The line before is the headline of what begins here, not one more teaser.
                reasons.pop(at - 1, None)


def _lists(found: Sequence[Piece], at: int) -> bool:
    """Tell whether lines without a stop, or cut off, begin here: headlines of other articles, no paragraph."""
    return at < len(found) and (found[at].end != Ending.STOP or len(found[at].text) < 40 or _cut_off(found[at]))


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
