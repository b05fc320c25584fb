"""Which line belongs to no article by its own words: a folio line, navigation, a notice, an advertisement, a rule?"""

from __future__ import annotations

import re

from indexer import marks
from indexer.marks.folios import FOLIO, MASTHEAD
from indexer.marks.plain import simplified
from indexer.reading.lines import Ending, Piece

__all__ = [
    "ACCOUNT",
    "ADVERTISEMENT",
    "CONTENTS",
    "FOLIO",
    "LINK",
    "MASTHEAD",
    "NAVIGATION",
    "NOTICE",
    "PAGE_NUMBER",
    "POINTER",
    "REPLY",
    "RULE",
    "TEASER",
    "by_its_words",
    "is_menu_word",
]

NAVIGATION = "navigation"
TEASER = "teaser of another article"
NOTICE = "copyright or site notice"
RULE = "rule or ornament"
LINK = "link"
ACCOUNT = "name of an account, not of an author"
POINTER = "pointer to another page"
PAGE_NUMBER = "page number"
STAMP = "technical stamp"
CONTENTS = "table of contents"
ELSEWHERE = "headline of the article elsewhere"
PICTURES = "note on the page's pictures"
REPLY = "reply in a forum"
ADVERTISEMENT = "advertisement or the paper's own notice"

_ELSEWHERE = re.compile(r"[(（【\[]?\s*原标题\s*[:：]\s*[^。]{2,50}")
_LONGEST = 200  # characters
_SITE = re.compile(
    r"[\u4e00-\u9fff·：:\s]{0,14}(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+){0,2}\.(?:com|cn|net|org)(?:\.cn)?/?"
)
_RULE = re.compile(r"(?:[^\w“”‘’()（）《》〈〉【】「」『』，。！？：；、,!?:;\[\]\"'%％]|_)+|×{3,}")
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
_STAMP = re.compile(
    r"[(（\[]?\s*(?:更新)?时间戳\s*[:：]?\s*\d+\s*[)）\]]?|undefined|null|nan|"
    r"(?:专栏|栏目|版次|版名|作者|来源|标题|副标题|引题|肩题|正文|关键词|日期)\s*[:：]\s*",
    re.IGNORECASE,
)
# 导读 on a front page: the headline of another page and that page's number.
_POINTED = re.compile(
    r"[^。]{4,60}?(?:[▶►>＞…⋯·.\s（(/]|详见|[看见])+第?\s*(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})\s*版?[面)）】]*(?<=[版面)）】])"
)
_GUIDE = re.compile(r"[【\[■●◆]?\s*(?:今日|本期|要闻|版面)?(?:导\s*读|看点|索引)\s*[】\]]?[:：]?")
_PHONE = r"[\d（(][\d()（）\-—－转、/\s]{4,40}"
_REACHED_BY = (
    r"(?:本[报版刊]|.{0,6}[日晚晨]报)?\s*(?:(?:广告|发行|订阅|订报|投递|新闻|报料|投诉|咨询|读者|编辑部|采编|服务|监督)\s*(?:部|中心)?(?:热线|电话)|"
    rf"本[报版刊](?:电话|邮箱|信箱)|投稿邮箱)\s*[:：]?\s*(?:{_PHONE}|[\w.\-]+@[\w.\-]+)?\s*"
)
_ADVERTISEMENT = re.compile(
    r"(?:[·■●◆【\[(（]\s*)*(?:(?:公益|商业|形象|遗失|分类|中缝|本报)?广\s*告|下期预告|(?:招聘|征稿|招生|招募|征文)启事|刊登广告.{0,20}|欢迎(?:订阅|投稿|刊登).{0,20}|"
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
    r"打印(?:本页|此页)?|关闭(?:本页|窗口)?|字号|字体|大|中|小|分享(?:到)?|微信|微博|QQ空间|朋友圈|扫一扫|点赞|评论|投诉|举报|反馈|纠错|我要(?:评论|纠错|投稿)|发表评论|友情链接|朗读|听新闻|"
    r"新闻中心|新闻|时政|要闻|国内|国际|社会|财经|经济|体育|娱乐|文化|教育|科技|健康|旅游|房产|汽车|视频|图片|专题|评论|军事|法治|生活|民生|图库|"
    r"更多(?:>>|＞＞|»)?|(?:点击)?(?:展开全文|阅读全文|查看更多|加载更多)|查看剩余\d+[%％]|上一页|下一页|首\s*页|尾页|末页|招聘|返回(?:主页|目录|首版)|版面(?:导航|概览|目录)|标题导航|[上下]一[期版]|往期回顾|(?:返回)?数字报(?:首页)?|PDF版?|放大|缩小|默认|正常|语音阅读|文字大小|字体大小|回首页|报社简介|语音播报|听全文|朗读全文|写评论|用户协议|隐私(?:政策|保护|条款)|网站声明|阅读原文|我要纠错|换一换|时事|军情|专栏|县区|部门|菜单|中文版?|英文版?|广告服务|版权声明|免责声明|隐私权?(?:保护)?(?:政策|声明)|法律声明|帮助中心"
)
_SURE_MENU = re.compile(
    r"首\s*页|主页|返回|登录|登陆|注册|设为首页|收藏|联系我们|关于我们|网站地图|手机版|客户端|搜索|打印|关闭|字号|字体|分享|微信|微博|无障碍|更多|展开全文|查看剩余|隐私权?(?:保护)?政策|阅读全文|上一页|下一页|扫一扫|点赞|举报|反馈|发表评论|友情链接|版面导航|版面概览|[上下]一[期版]|文字大小|报社简介|语音播报|听全文|写评论|用户协议|网站声明|阅读原文|纠错|菜单|English"
)
_MENU_TOKEN = re.compile(rf"(?:{_MENU_WORD}|[\u4e00-\u9fff]{{2}}[日晚]报)[:：]?")
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
_NOTICE_START = re.compile(
    r"欢迎(?:光临|访问)|今天是(?:19|20)\d\d年|[\s—\-–]*(?:[Ee][Nn][Dd]|完)[\s—\-–]*$|社\s*址\s*[:：]"
)
# Without anchors and with the case of letters spelt out, a search skips to where one of these can begin.
_NOTICE = re.compile(
    r"转载自?网络|凡本[网站].{0,4}(?:注明|转载)|点击.{0,4}蓝字|涉侵权|联系删除|分辨率浏览|喜欢.{0,6}点.{0,2}赞|(?:备案|许可)(?:编?号|证号)?\s*[:：]|"
    r"(?:地址|地　址)\s*[:：].{2,40}(?:电话|邮编|邮政编码)|法律顾问\s*[:：]|广告(?:经营)?许可证|"
    r"版权所有|版权[归为属].{0,24}所有|著作权归|©|[Cc]opyright|COPYRIGHT|[Aa]ll\s*[Rr]ights\s*[Rr]eserved|ALL\s*RIGHTS\s*RESERVED|[Ii][Cc][Pp][备证]|公网安备|许可证\s*(?:号|编号|[:：])|备案号|增值电信|"
    r"互联网新闻信息服务|违法和?不良信息举报|举报电话|技术支持\s*[:：]|免责声明|主办单位?\s*[:：]|承办单位?\s*[:：]|网站标识码|"
    r"未经.{0,8}(?:授权|许可|书面|同意|允许).{0,20}(?:转载|使用|复制|镜像|摘编)|非经.{0,8}(?:授权|许可|书面|同意|允许).{0,20}(?:转载|复制|镜像|摘编)|(?:本站|本网|我们)(?:转载|刊载|联系).{0,60}(?:版权|侵权|删除)|如有侵权|不(?:代表|表明).{0,16}(?:观点|立场)|出于传递更多信息|侵犯.{0,8}权益.{0,20}联系|仅提供信息|扫一扫|不代表本[站网]|仅供参考.{0,12}(?:投资|决策)|"
    r"扫(?:描|一扫).{0,8}二维码|关注.{0,12}(?:公众号|微信)|长按.{0,10}二维码|点击.{0,4}(?:上方|下方|右上角|阅读原文|原文链接)|返回搜狐|打开(?:APP|App|app)|下载.{0,12}(?:APP|App|app|客户端)",
)
_DECLARES = re.compile(r"[【\[(（※*]*\s*(?:特别|郑重|免责|版权|风险|转载|本[站网])*(?:声明|提示)\s*[】\])）]*\s*[:：]")
_SHARE = re.compile(
    r"[【\[(（]?(?:分享到|分享至|分享|扫码分享|转发到|打印|字体大小|字号|字体|阅读量?|浏览(?:次数|量)?|点击[数量]?|(?:我要|网友)?评论|人气|点赞|在看|收藏|举报|朗读|听新闻)"
    r"\s*[:：(（【/]?\s*[\d.万A-Za-z大中小+\-\s|微信博QQ空间朋友圈次)）】\]]*|\d{1,7}\s*(?:条|次|人|个)?\s*(?:评论|阅读|浏览|点赞|赞|回复|收藏)|A\s*\+?\s*A?\s*-?"
)


def by_its_words(piece: Piece) -> str | None:
    """Return what a piece is taken for by its words alone, None where it may be part of an article."""
    if len(piece.text) > _LONGEST:
        return None
    text = simplified(piece.text)
    if len(text) > 60 and piece.end == Ending.STOP:
        return _notice(text)
    if marks.link(text):
        return LINK
    if _RULE.fullmatch(text):
        return RULE
    if marks.pointer(text):
        return POINTER
    if _ELSEWHERE.fullmatch(text) and not marks.dateline(text):
        return ELSEWHERE
    if len(text) <= 40:
        for pattern, reason in (
            (_PAGE_NUMBER, PAGE_NUMBER),
            (_ACCOUNT, ACCOUNT),
            (_STAMP, STAMP),
            (_PICTURES, PICTURES),
            (_ADVERTISEMENT, ADVERTISEMENT),
            (_SCAN, NOTICE),
            (_SITE, NOTICE),
        ):
            if pattern.fullmatch(text):
                return reason
    if len(text) <= 120 and marks.folio(text):
        return FOLIO
    if _GUIDE.fullmatch(text) or (len(text) <= 60 and text[-1] in "版面)）】" and _POINTED.fullmatch(text)):
        return POINTER
    if _NEIGHBOUR.match(text) or (len(text) <= 100 and _BREADCRUMB.fullmatch(text)) or _is_menu(text):
        return NAVIGATION
    if len(text) <= 60 and _SHARE.fullmatch(text):
        return NAVIGATION
    return _notice(text)


def _notice(text: str) -> str | None:
    if not (_NOTICE.search(text) or _NOTICE_START.match(text)):
        return None
    return NOTICE if _DECLARES.match(text) or not _reads_on(text) else None


def _reads_on(text: str) -> bool:
    # Reports about copyright are articles: several sentences with a notice's words among them.
    return len(text) > 60 and sum(map(text.count, "。，,")) >= 4


def is_menu_word(text: str) -> bool:
    """Tell whether a line is one word of a menu, a button's label or a section's name: 首页, 财经, 打印."""
    return _MENU_TOKEN.fullmatch(simplified(text)) is not None


def _is_menu(text: str) -> bool:
    words = [word for word in _MENU_SPLIT.split(text) if word]
    if not words or len(text) > 120:
        return False
    known = sum(_MENU_TOKEN.fullmatch(word) is not None for word in words)
    if len(words) <= 2:
        return known == len(words) and _SURE_MENU.search(text) is not None
    short = all(len(word) <= 6 for word in words)
    if short and len(words) >= 3 and (words[0].endswith("首页") or words[-1].endswith("首页")):
        return True
    return known >= 0.5 * len(words) and short
