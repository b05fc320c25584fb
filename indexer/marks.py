"""By which marks do papers and sites show who wrote, where, when and from whom a text is?

Lines and openings only, no judgement about the page. Half- and full-width forms count the same: every function
matches on a copy of equal length, so that offsets hold for the line as given and values are cut from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "Dateline",
    "Folio",
    "Labels",
    "byline",
    "credit",
    "dateline",
    "editor",
    "folio",
    "is_name",
    "labels",
    "link",
    "names",
    "photo_credit",
    "signature",
    "stamp",
]

_WIDE = "（）：／［］｜，；．　\u00a0" + "".join(chr(c) for c in range(0xFF10, 0xFF1A))
_PLAIN = str.maketrans(_WIDE, "():/[]|,;.  " + "0123456789")

# The surnames of some 99 % of people in mainland China (public security statistics and 百家姓).
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣"
    "邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封芮储靳邴松井段富巫乌焦巴牧谷车侯伊宁仇祖武符刘景詹束龙叶司黎薄印白怀蒲从"
    "鄂索赖卓蔺屠蒙池乔胥闻莘党翟谭劳逄姬申冉桑桂牛寿边燕冀尚农温庄晏柴瞿阎慕连茹习艾容古易慎戈廖庾居衡步都耿满匡文寇广东欧"
    "沃利越师巩聂晁敖冷辛阚那简饶曾沙养鞠丰关查荆游竺权盖桓公肖涂佟原仝苑覃代付闫岳师亢况仲隋冼辜揭区仉兰修占佘智鹿初由禤"
    "粟海帅苟降艳迟矫展战雍呼官操过褟尧鄢宿国买撒隗睢归昂邸楚来么"
)
_COMPOUND = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 宇文 长孙 端木 南宫 独孤 呼延 司空 闻人".split())
# Characters that write Uyghur, Kazakh, Tibetan, Mongol and foreign names.
_TRANSCRIBED = frozenset(
    "阿依古丽买提江尔拉木热克娜吐艾孜力帕布迪斯巴特格桑扎西多吉次仁旦增卓玛罗布·•‧麦合姆买尼亚沙努尔江汗肯别吾加马哈苏里莱米拜赛排祖农伊卡甫库牙生达瓦索朗央金洛顿珠白"
    "乌云其木勒图巴雅尔那日松敖登孟和约翰大卫彼得安德烈夫耶娃科维奇诺利基恩森理查塔维雷蒂费菲弗戈杰玛丽萨莎韦温泽蒙兰伦路易"
)
# Short names of places and bodies begin with surnames too (高新区, 金华市); people's names hardly end so.
_NO_NAME_END = frozenset("市县区镇乡村省路街局厅院校馆店厂部队版报刊网社站课项类等们的了是在")

_HAN_NAME = "[\u4e00-\u9fff]{1,4}(?:[·•‧][\u4e00-\u9fff]{1,8})*"
_ROLE = (
    r"(?:(?:本报|本网|本刊|本台|全媒体|融媒体|特约|首席|见习|实习|驻[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{2,12}(?:社|报|网|台|融媒|新闻|客户端))*"
    r"(?:记者|通讯员|特约评论员|评论员|撰稿人?|特派员|撰文|作者|文字|文/图|图/文|文/摄|图文|文图|文·图|文(?=[:/\s])|供稿))"
)
_ROLE_MARK = re.compile(_ROLE + r"[:/]?\s*")
_LIST_OF_NAMES = re.compile(rf"[\s、,/;]*{_HAN_NAME}(?:[\s、,/;&]+{_HAN_NAME})*\s*")
_BYLINE = re.compile(
    rf"(?:[□■●◎◆▲△○]\s*|[(\[【]\s*)?(?:本报讯\s*)?(?P<role>{_ROLE})[:/]?\s*(?P<who>[^。！？!?,“”]*?)\s*(?:[)\]】]|整理|报道|采写|摄影报道)*"
)
_BULLET_NAMES = re.compile(rf"[□■●◎◆▲△○◇]\s*(?P<who>{_HAN_NAME}(?:[\s、]+{_HAN_NAME})*)(?:\s*(?:文|摄|文/图|文/摄|文图))?")

_MONTH_DAY = r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日"
_KNOWN_AGENCY = (
    r"本报|本网|本刊|本台|新华社|新华网|人民网|中新社|中新网|央视网|央视新闻|光明网|中青网|红网|中国(?:网(?!络)|[\u4e00-\u9fff]{1,8}?[报网台社])"
)
_OPENING = re.compile(
    rf"\s*(?:原标题:.{{2,60}}?(?={_KNOWN_AGENCY}|[(\s]))?\s*"
    rf"[【〔\[]?(?P<agency>(?:据\s*)?(?:{_KNOWN_AGENCY}|[\w·]{{1,12}}?(?:新闻网|通讯社|电视台|电台|客户端|在线|之家|财讯|快讯|社|网|[日晚晨早商时快]报|报|"
    r"新闻(?!网))))"
    rf"(?P<place>[\u4e00-\u9fff]{{0,12}}?)\s*(?:{_MONTH_DAY})?\s*(?P<kind>(?:新媒体|体育|图文|特稿)?专?电|讯(?!息)|消息)[】〕\]]?"
    r"(?=\s*[(:,:]|\s|[\u4e00-\u9fff“”\"0-9A-Z《]|$)"
    r"(?:\s*(?P<people>\((?P<who>[^()]{2,80})\)))?(?P<stop>\s*[:,]\s*|\s+|(?<=\)))?"
)
_IS_KNOWN_AGENCY = re.compile(_KNOWN_AGENCY)
_OPENING_PEOPLE = re.compile(rf"\s*(?:本报讯\s*)?\((?P<who>\s*{_ROLE}[^()]{{1,80}})\)\s*")
_OPENING_NAMED = re.compile(rf"[□■●◎◆]?\s*(?P<who>{_ROLE}\s+(?:{_HAN_NAME}[\s、]+)+)(?=\S)")
_SIGNATURE = re.compile(rf"\(\s*(?P<who>(?:{_ROLE})[^()。]{{2,60}}|[^()。]{{2,40}}(?:文/图|文/摄|文图|整理))\)\s*$")

_SOURCE_NAME = r"《(?P<book>[^》]{2,30})》|(?P<plain>[\w·\u4e00-\u9fff]{2,24})"
_CREDIT = re.compile(
    r"[(\[【■●*]*\s*(?:本文|文章|新闻|信息|稿件|图文)?(?:(?:均?系?(?:摘编自|摘自|选自|节选自|原载于?|转载?自|刊载?于|载于?)|(?:来源|稿源|出处)(?=[:/\s《]))"
    rf"\s*[:/]?\s*(?:{_SOURCE_NAME})|据\s*(?:《(?P<quoted>[^》]{{2,30}})》|(?P<agency>新华社|新华网|人民网|中新社|央视新闻?)))(?P<rest>[^。！？]{{0,24}}?)\s*[)\]】]*"
)
_LABEL = re.compile(
    r"(?P<source>来源|稿源|文章来源|新闻来源|信息来源|出处|媒体)|(?P<author>作者|记者|通讯员|撰稿|撰文|文/图|图/文|供稿人?)|"
    r"(?P<editor>责任编辑|责编|编辑|版式|校对|审核|审签|审校|编审|主编|美编|组版|监制|终审|值班编委|值班主任|一审|二审|三审|录入|上传)|"
    r"(?P<date>发布日期|发布时间|发表时间|发表于|发布于|更新时间|更新于|更新时间戳|日期|时间)|"
    r"(?P<count>浏览次数|浏览量|浏览|阅读量|阅读|点击数|点击量|点击|人气|评论数?|字号|字体|分享到?|访问量|收藏|打印|关闭)"
)
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff])(?:{_LABEL.pattern})(?:\s*[:/]\s*|\s+(?=[\u4e00-\u9fff]))")
_DAY = (
    r"(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月|[-/.])\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_STAMP = re.compile(rf"{_DAY}(?:\s*T?\s*\d{{1,2}}[::时]\d{{2}}(?:[::分]\d{{2}}秒?)?)?")
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_EDITION = r"(?:第\s*[A-D]?\d{1,3}\s*版|第[一二三四五六七八九十]{1,3}版|(?<![\w.])[A-D]\d{1,2}\s*版?(?![\w.])|(?<!\d)\d{1,2}\s*版(?!权)|[一二三四五六七八九十]版)"
_FOLIO_PART = re.compile(
    rf"{_DAY}|(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日|{_WEEKDAY}|{_EDITION}|"
    r"农历[\u4e00-\u9fff]{2,14}|[\u4e00-\u9fff]{2}年(?:正|[一二三四五六七八九十冬腊闰]{1,3})月[初一二三四五六七八九十廿]{2,3}|"
    r"(?:国内统一(?:连续出版物号|刊号)|邮发代号|CN)[:\s]*[\w\d-]+(?:/[A-Z])?|(?:总|今日)?第?\s*\d+\s*[期号]|今日\s*\d+\s*版|"
    r"(?:值班编委|值班主任|值班总编|责任编辑|责编|编辑|版式|校对|美编|组版|审读|电话|热线|电子邮箱|邮箱|E-?mail|主编|副刊编辑|视觉|检校)"
    r"\s*[:/]?\s*(?:[A-Za-z0-9@._-]{5,40}|[\u4e00-\u9fff]{2,4}(?:\s(?=[\u4e00-\u9fff]{2,3}(?:\s|$))[\u4e00-\u9fff]{2,3})?)?"
)
_FOLIO_STRONG = re.compile(rf"{_WEEKDAY}|{_EDITION}|农历|统一刊号|邮发代号|国内统一|今日\s*\d+\s*版")
_EDITOR = re.compile(
    r"[(\[【]?\s*(?:本[期版]|值班)?(?:责任编辑|责编|编辑|校对|审核|编审|审校|主编|版式|美编|终审|监制|一审|二审|三审|值班编委|值班主任)"
    r"[\s:/].{1,60}"
)
_PHOTO = re.compile(
    rf"(?:^|[\s)。,;:(])(?:{_ROLE})?[\s/:]*(?P<who>{_HAN_NAME}(?:[\s、/]+{_HAN_NAME}){{0,3}})\s*/?(?:摄影报道|摄影|供图|摄|绘|制图|图)\s*\)?$|"
    r"新华社发\s*[^。]{0,12}$|\((?:资料图片?|资料照片?|图片来源[^()]*|[^()]{2,20}(?:供图|摄))\)$|图片由[^。]{2,20}提供\)?$"
)
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]{0,80})\]\((?:https?:)?[^\s()]*\)|https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Hold what a body's first words say: `本报讯(记者 …)`, `新华社北京8月10日电`, `央视网消息：`.

    `end` is the offset at which the report itself begins; `place` and the numbers are as printed, None where
    missing. `agency` is the word as printed (本报, 新华社, 中新网湖南新闻), without a leading 据.
    """

    words: str
    agency: str | None
    place: str | None
    year: int | None
    month: int | None
    day: int | None
    names: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Folio:
    """Hold a page's folio line: `date` ISO (YYYY-MM-DD) or None, `edition` (第3版) and `section` (要闻) as printed."""

    date: str | None
    edition: str | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Hold the labelled fields of a line such as `来源：新华网 作者：张三 2023-01-06`; `dates` are ISO days."""

    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


@lru_cache(maxsize=512)  # the functions below look at one line in turn
def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def is_name(text: str) -> bool:
    """Tell whether a word has the form of a Chinese person's name: a surname and one or two characters.

    `王 伟`, set apart to fill a line, counts; so does a transcribed name with a middle dot (阿依古丽·买买提).
    """
    word = re.sub(r"\s", "", text) if re.fullmatch(r"\s*\S\s+\S\s*", text) else text.strip()
    if re.fullmatch(r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,10})+", word):
        return sum(char in _TRANSCRIBED for char in word) >= 0.6 * len(word)
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word) or word[-1] in _NO_NAME_END:
        return False
    if word[:2] in _COMPOUND:
        return len(word) >= 3
    return len(word) <= 3 and word[0] in _SURNAMES


def names(text: str) -> tuple[str, ...]:
    """Read the persons of a list such as `陈春 通讯员 余久明、王妍桦`; roles and papers are dropped.

    A word that follows a role need not begin with a known surname; two single characters side by side
    (`王 伟`) are one name. Anything longer than a name is passed over.
    """
    found: list[str] = []
    loose = ""
    for word in re.split(r"[\s、,;/&:()]+", _ROLE_MARK.sub(" ", _plain(text))):
        if len(word) == 1 and not loose:
            loose = word
            continue
        if loose and len(word) == 1:
            word = loose + word
        loose = ""
        if (re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word) and word[-1] not in _NO_NAME_END) or is_name(word):
            found.append(word)
    return tuple(dict.fromkeys(found))


def byline(line: str) -> tuple[str, ...] | None:
    """Read a line that is nothing but a byline; None where it is something else, () where it names nobody.

    `孙俊`, `张三 李四`, `□记者 张三`, `记者 张三 通讯员 李四`, `本报记者 张三`, `(记者 张三)`, `文/图 张三`,
    `作者：张三`. Bare words count only when each of at most four is a name.
    """
    text = _plain(line).strip()
    if not 2 <= len(text) <= 60:
        return None
    bare = [word for word in re.split(r"[\s、]+", text) if word]
    if is_name(text) or (2 <= len(bare) <= 4 and all(map(is_name, bare))):
        return (re.sub(r"\s", "", text),) if is_name(text) else tuple(bare)
    bullet = _BULLET_NAMES.fullmatch(text)
    if bullet and all(map(is_name, re.split(r"[\s、]+", bullet["who"].strip()))):
        return names(bullet["who"])
    match = _BYLINE.fullmatch(text)
    if match is None:
        return None
    who = match["who"]
    if not who:
        return () if match["role"].endswith(("记者", "评论员")) else None
    found = names(who)
    return found if found and _only_names(who) else None


def _only_names(text: str) -> bool:
    """Tell whether roles, names and papers fill a text; a sentence that begins with 记者 holds other words."""
    words = [word for word in re.split(r"[\s、,;/&:()]+", _ROLE_MARK.sub(" ", text)) if word]
    return bool(words) and all(len(word) <= 4 or is_name(word) for word in words) and len("".join(words)) <= 36


def dateline(text: str) -> Dateline | None:
    """Read the dateline or byline with which a body opens; None where it opens without one.

    `本报讯(记者 张三)`, `新华社北京8月10日电（记者李四）`, `央视网消息（新闻联播）：`, `据新华社消息,`,
    `IT之家 8 月 16 日消息，`, `(记者 张三)`. Only the first 160 characters are looked at.
    """
    head = _plain(text[:160])
    match = _OPENING.match(head)
    if match is None:
        people = _OPENING_PEOPLE.match(head) or _OPENING_NAMED.match(head)
        if people is None or not names(people["who"]) or (people.re is _OPENING_NAMED and not all(map(is_name, names(people["who"])))):
            return None
        end = people.end()
        return Dateline(text[:end].strip(), None, None, None, None, None, names(people["who"]), end)
    if not _plausible(match):
        return None
    number = {part: int(match[part]) if match[part] else None for part in ("year", "month", "day")}
    agency = re.sub(r"^据\s*", "", match["agency"])
    listed = names(match["who"]) if match["who"] else ()
    # 央视网消息（新闻联播） names a programme: without a role only what looks like a name is one.
    who = listed if _ROLE_MARK.search(match["who"] or "") else tuple(filter(is_name, listed))
    return Dateline(
        text[: match.end()].strip(), agency, match["place"].strip() or None,
        number["year"], number["month"], number["day"], who, match.end(),
    )  # fmt: skip


def _plausible(match: re.Match[str]) -> bool:
    """Tell datelines from sentences in which an agency's word and 电 or 消息 happen to stand (国家新闻出版广电总局)."""
    if match["month"] or _IS_KNOWN_AGENCY.match(re.sub(r"^据\s*", "", match["agency"])):
        return True
    if match["kind"] == "讯":
        return len(match["place"]) <= 6
    return match["kind"] == "消息" and match["stop"] is not None and not match["place"]


def signature(text: str) -> tuple[tuple[str, ...], int] | None:
    """Read `(记者 张三)` at the end of a text: the names and the offset of its bracket; None where there is none."""
    tail = max(0, len(text) - 90)
    match = _SIGNATURE.search(_plain(text[tail:]))
    return (names(match["who"]), tail + match.start()) if match else None


def credit(line: str) -> str | None:
    """Read the source that a line of its own names: `摘自《金华日报》` → 金华日报; None for any other line."""
    text = _plain(line).strip()
    if len(text) > 60:
        return None
    match = _CREDIT.fullmatch(text)
    if match is None or dateline(text) is not None:
        found = labels(line)
        return found.sources[0] if found and found.sources else None
    return match["book"] or match["plain"] or match["quoted"] or match["agency"]


def labels(line: str) -> Labels | None:
    """Read a line made of labelled fields and dates only (`来源：新华网 作者：张三 2023-01-06 15:20`), else None."""
    text = _plain(line).strip().strip("()[]|")
    if not 3 <= len(text) <= 160:
        return None
    marks = list(_LABELLED.finditer(text))
    before = text[: marks[0].start()] if marks else text
    rest = [word for word in re.split(r"[\s|]+", _STAMP.sub(" ", before)) if word]
    if any(len(word) > 12 or re.search(r"[。！？,]", word) for word in rest) or len(rest) > 2:
        return None
    if not marks and (rest or not _STAMP.search(before)):
        return None
    found: dict[str, list[str]] = {"source": [], "author": [], "editor": [], "date": [], "count": []}
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        value = text[mark.end() : following.start() if following else len(text)]
        if len(value) > 48 or re.search(r"[。！？]", value):
            return None
        words = [word for word in re.split(r"[\s|()]+", _STAMP.sub(" ", value)) if word]
        kind = mark.lastgroup or "count"
        found[kind] += names(value) if kind in ("author", "editor") else words[:1]
    dates = tuple(_iso(match) for match in _STAMP.finditer(text))
    source = tuple(word.strip("《》") for word in found["source"])
    return Labels(source, tuple(found["author"]), tuple(found["editor"]), dates, tuple(rest))


def stamp(line: str) -> str | None:
    """Read the ISO day of a line that holds a date, with or without a time and a label, and nothing else."""
    text = re.sub(rf"^(?:{_LABEL.pattern})\s*:?\s*", "", _plain(line).strip().strip("()[]"))
    match = _STAMP.fullmatch(text)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str:
    return f"{int(match['y']):04d}-{int(match['m']):02d}-{int(match['d']):02d}"


def editor(line: str) -> bool:
    """Tell whether a line names those who edited and proofread, not who wrote: `（责任编辑 王五）`."""
    text = _plain(line).strip()
    return len(text) <= 80 and _EDITOR.fullmatch(text) is not None


def folio(line: str) -> Folio | None:
    """Read a page's folio line: `2023年8月17日 星期四 第3版 要闻 责任编辑:王五`; None for any other line.

    A weekday, an edition number or a registration number is needed, and little else may stand beside them.
    """
    text = _plain(line).strip()
    if len(text) > 120 or not _FOLIO_STRONG.search(text):
        return None
    rest = re.sub(r"[\s|/·■□◎●—:,;()-]+", " ", _FOLIO_PART.sub(" ", text)).strip()
    if len(rest) > 16 or re.search(r"[。！？，,“”]", rest) or len(rest.split()) > 4 or rest.isdigit():
        return None
    day = re.search(_DAY, text)
    edition = re.search(_EDITION, text)
    section = re.search(r"[\u4e00-\u9fff]{2,8}", rest)
    return Folio(_iso(day) if day else None, edition[0] if edition else None, section[0] if section else None)


def photo_credit(line: str) -> bool:
    """Tell whether a line ends as captions do: `张三 摄`, `(资料图)`, `图片由市文旅局提供`."""
    match = _PHOTO.search(_plain(line).strip()) if len(line) <= 160 else None
    return match is not None and (not match["who"] or _only_names(match["who"]))


def link(line: str) -> bool:
    """Tell whether a line is nothing but links: `[查看原文](https://…)`, `https://…`."""
    text = line.strip()
    return bool(text) and _LINK.search(text) is not None and not _LINK.sub("", text).strip(" |·　>-")
