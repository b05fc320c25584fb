"""What do newspaper and web pages look like, and what is the truth about one? Makes them from articles at hand."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Made", "Source", "make_page", "make_web_page"]

_PEOPLE = (
    "王晓明 李静 陈志强 刘芳 张伟 赵敏 周建国 吴倩 徐海涛 孙丽娟 胡杰 林小雨 郭峰 何秀英 高翔 郑凯 谢婷 韩雪松".split()
)
_PAPERS = "江城日报 海州晚报 云山时报 东湖商报 平川日报 石桥日报".split()
_PLACES = "杭州 武汉 西安 成都 长沙 合肥 青岛 厦门 昆明 贵阳".split()
_CAPTIONS = (
    "市民在江边公园散步", "新建成的跨江大桥", "工人在生产线上忙碌", "图为活动现场", "俯瞰城市新区", "金色稻田丰收在望",
    "技术人员调试设备 王晓明 摄", "孩子们在图书馆里阅读", "远眺港口码头", "华东智能制造产业园", "志愿者为老人送上慰问品（资料图）",
    "图①：改造后的老旧小区", "游客在古镇游览。本报记者 李静 摄", "云海风光", "8月10日，市民在城市书房里阅读。本报记者 陈志强 摄", "图为工人正在检修设备。", "江城体育中心外景",
)  # fmt: skip
_SCENES = (
    "市民在江边公园散步",
    "工人在生产线上忙碌",
    "游客在古镇游览",
    "8月10日，孩子们在图书馆里阅读",
    "新建成的跨江大桥",
)
_SECTION_HEADS = (
    "创新驱动 释放新动能", "绿色发展 守护一方水土", "惠民生 暖民心", "打通“最后一公里”", "产业兴 乡村美", "以改革促发展", "从“有”到“优”",
    "聚焦难点 精准发力", "一张蓝图绘到底", "机遇与挑战并存",
)  # fmt: skip
_KICKERS = (
    "凝心聚力谋发展",
    "聚焦高质量发展",
    "奋力书写新篇章",
    "把实事办到群众心坎上",
    "推动经济持续回升向好",
    "守护百姓幸福生活",
)
_SUBTITLES = (
    "全年目标任务圆满完成 多项指标位居前列", "相关部门推出一系列务实举措回应社会关切", "专家解读背后的原因与未来的走向", "首批项目将于年内建成投用",
)  # fmt: skip
_DASHED = ("——来自基层一线的调查与思考", "——记者走访见闻", "——年终系列报道之三", "——写在新年到来之际")
_NAVIGATION = (
    "首页 > 新闻中心 > 正文",
    "首页 | 新闻 | 财经 | 体育 | 图片 | 视频",
    "设为首页 加入收藏 联系我们",
    "当前位置：首页 > 要闻",
)
_AFTER = (
    "上一篇：全市安全生产工作会议召开",
    "下一篇：没有了",
    "分享到：微信 微博 QQ空间",
    "【打印】 【关闭】",
    "版权所有 江城新闻网 未经授权禁止转载",
    "浙ICP备05012345号-1",
)
_TEASER_HEADS = ("相关阅读", "热门推荐", "相关内容", "猜你喜欢", "热门资讯", "推荐阅读")


@dataclass(frozen=True, slots=True)
class Source:
    """Hold an article to print: its title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass
class Made:
    """Hold a page and the truth: titles in order, paragraphs that were broken, furniture and caption lines."""

    text: str = ""
    titles: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    style: str = ""


class _Style:
    """Choose how one page is set; its articles mostly agree."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.layout = rng.choice(["blank", "blank", "lines", "indented", "indented-blank", "wrapped", "stanza"])
        self.byline = rng.choice(["lead", "lead", "agency", "name", "box", "role", "signature", "none", "none"])
        self.credit = rng.choice(["none", "none", "excerpt", "editor"])
        self.half = rng.random() < 0.3
        self.width = rng.choice([18, 24, 30])
        self.masthead = False

    def gap(self) -> list[str]:
        return [""] if self.layout in ("blank", "indented-blank") else []


def make_page(articles: Sequence[Source], rng: random.Random, *, masthead: bool = False) -> Made:
    """Print articles as one newspaper page, with the breaks and the furniture that pages have.

    With `masthead` the paper's name stands on a line of its own, and photographers on one below their captions.
    """
    style, made = _Style(rng), Made()
    style.masthead = masthead
    made.style = f"{style.layout}/{style.byline}/{style.credit}"
    lines: list[str] = []
    for line in _masthead(rng) if masthead else [_folio(rng)] if rng.random() < 0.6 else []:
        _furniture(made, lines, line, style)
    for article in articles:
        lines += _print(article, style, made)
        lines += ["", ""] if style.gap() and rng.random() < 0.3 else style.gap()
        lines += [""] if style.layout == "stanza" else []
    if rng.random() < 0.3:
        _furniture(
            made,
            lines,
            rng.choice(["责任编辑 王晓明 版式 李静 校对 胡杰 03版", "（下转第4版）", "- 3 -", _folio(rng)]),
            style,
        )
    return _finish(made, lines, style)


def make_web_page(article: Source, others: Sequence[Source], rng: random.Random) -> Made:
    """Print one article as a web page saved as text: navigation before, teasers and notices after."""
    style, made = _Style(rng), Made()
    style.layout, style.byline, style.credit = rng.choice(["blank", "lines", "indented"]), "web", "none"
    made.style = f"web-{style.layout}"
    lines: list[str] = []
    for line in rng.sample(_NAVIGATION, rng.randint(0, 2)):
        _furniture(made, lines, line, style)
    lines += _print(article, style, made)
    for line in rng.sample(_AFTER, rng.randint(1, 3)):
        _furniture(made, lines, line, style)
    _furniture(made, lines, rng.choice(_TEASER_HEADS), style)
    for other in others:
        if other.title == article.title:
            continue
        teaser = rng.choice(
            [
                f"{other.title[:14]}... {other.paragraphs[0][:50]}...",
                other.title,
                f"· {other.title} 2023-08-1{rng.randint(0, 9)}",
            ]
        )
        _furniture(made, lines, teaser, style)
    return _finish(made, lines, style)


def _furniture(made: Made, lines: list[str], line: str, style: _Style) -> None:
    made.furniture.append(line)
    lines += [line, *style.gap()]


def _folio(rng: random.Random) -> str:
    day = f"2023年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    return rng.choice(
        [
            f"{day} 星期四 第3版 要闻 责任编辑:王晓明",
            f"第{rng.randint(1, 8)}版 综合新闻",
            f"A0{rng.randint(1, 8)} 要闻",
            f"江城日报 {day} 星期一",
            f"{day} 星期五 农历癸卯年七月初二",
        ]
    )


def _masthead(rng: random.Random) -> list[str]:
    day = f"2023年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    name = rng.choice([*_PAPERS, "海州气象报", "南江周末", "云山生活周刊", "東湖時報"])
    return rng.choice(
        [[name, f"{day} 星期四 第3版"], [name, day], [name, "要闻", f"{day} 星期一"], [f"{day} 星期五 A3版", name]]
    )


def _print(article: Source, style: _Style, made: Made) -> list[str]:
    rng, lines = style.rng, []
    head, paragraphs = _head(article, style, made), list(article.paragraphs)
    for part in head:
        lines += [part, *style.gap()]
    byline = (
        style.byline if style.byline == "web" or rng.random() < 0.8 else rng.choice(["lead", "name", "role", "none"])
    )
    above, paragraphs[0] = _byline(byline, paragraphs[0], rng)
    for part in above:
        lines += [part, *style.gap()]
    if byline == "signature":
        paragraphs[-1] += f"（记者 {rng.choice(_PEOPLE)}）"
    for at, paragraph in enumerate(paragraphs):
        if at and len(paragraphs) > 3 and rng.random() < 0.12:
            section = _section_head(paragraph, at, rng)
            made.apart.append(section)
            lines += [section, *style.gap()]
        lines += _paragraph(paragraph, style, made)
        if rng.random() < 0.02:
            lines += _list(style, made)
        if rng.random() < 0.08:
            lines += _caption(style, made)
    if style.credit == "excerpt":
        lines += [f"摘自《{rng.choice(_PAPERS)}》", *style.gap()]
    elif style.credit == "editor" and rng.random() < 0.5:
        lines += [f"（责任编辑 {rng.choice(_PEOPLE)}）", *style.gap()]
    return lines


def _section_head(paragraph: str, at: int, rng: random.Random) -> str:
    """Make a section head: set phrases, or words of the paragraph that it heads."""
    clause = next((part for part in re.split("[，。：；？！“”]", paragraph) if 5 <= len(part) <= 18), "")
    head = clause if clause and rng.random() < 0.6 else rng.choice(_SECTION_HEADS)
    return rng.choice(["", "", "", f"{'一二三四五'[at % 5]}、", f"（{'一二三四五'[at % 5]}）", f"{at}."]) + head


def _clause(article: Source, rng: random.Random) -> str:
    """Take words of the article, as kickers and subtitles do."""
    clauses = [
        part for text in article.paragraphs for part in re.split("[，。：；？！“”（）]", text) if 7 <= len(part) <= 24
    ]
    return rng.choice(clauses) if clauses else rng.choice(_SUBTITLES)


def _head(article: Source, style: _Style, made: Made) -> list[str]:
    rng = style.rng
    made.titles.append(article.title)
    roll = rng.random()
    if roll < 0.15:
        return [rng.choice([rng.choice(_KICKERS), _clause(article, rng)[:14]]), article.title]
    if roll < 0.25:
        return [article.title, rng.choice([rng.choice(_SUBTITLES), f"{_clause(article, rng)} {_clause(article, rng)}"])]
    if roll < 0.35:
        return [article.title, rng.choice(_DASHED)]
    return [article.title]


def _byline(kind: str, lead: str, rng: random.Random) -> tuple[list[str], str]:
    one, two = rng.sample(_PEOPLE, 2)
    if kind == "lead":
        return [], rng.choice(
            [f"本报讯(记者 {one} 通讯员 {two}){lead}", f"本报讯（记者 {one}）{lead}", f"本报讯 {lead}"]
        )
    if kind == "agency":
        place = rng.choice(_PLACES)
        return [], rng.choice(
            [
                f"新华社{place}8月10日电（记者{one}、{two}）{lead}",
                f"本报{place}8月10日电 （记者{one}）{lead}",
                f"据新华社电 {lead}",
            ]
        )
    if kind == "web":
        return [
            rng.choice(
                [
                    f"2023-08-10 15:20:12 来源：江城新闻网 作者：{one}",
                    "2023-08-10 15:20",
                    f"来源：江城日报 2023年08月10日 编辑：{one}",
                    "admin\n2023-08-10 15:20:12",
                ]
            )
        ], lead
    line = {
        "name": one, "box": f"□记者 {one} 通讯员 {two}", "role": rng.choice([f"本报记者 {one}", f"记者 {one} 通讯员 {two}", f"文/图 {one}", f"（记者 {one}）"]),
    }.get(kind)  # fmt: skip
    return ([line] if line else []), lead


def _list(style: _Style, made: Made) -> list[str]:
    """Print a list or a small table of figures."""
    rng, lines = style.rng, []
    form = rng.choice(["- {}{}万元", "● {}完成{}项", "{} {}亿元 12.5%", "{}）{}个百分点"])
    for at in range(rng.randint(3, 5)):
        name = (
            at + 1
            if form.startswith("{}）")
            else rng.choice(["工业投资", "进出口总额", "新增就业", "财政收入", "旅游人次"])
        )
        item = form.format(name, rng.randint(10, 900))
        made.apart.append(item)
        lines += [item, *style.gap()]
    return lines


def _paragraph(paragraph: str, style: _Style, made: Made) -> list[str]:
    """Print a paragraph, broken in mid-sentence now and then as a column's end breaks it."""
    rng = style.rng
    cuts = [
        at
        for at in range(12, len(paragraph) - 12)
        if paragraph[at - 1] not in "。！？：；—…”）" and paragraph[at] not in "，。、；：！？”）》—…"
    ]
    if style.layout == "wrapped":
        return [*_wrap(paragraph, style.width), *style.gap()]
    indent = "　　" if style.layout.startswith("indented") else ""
    if not cuts or rng.random() > 0.25:
        return [indent + paragraph, *style.gap()]
    made.broken.append(paragraph)
    cut = rng.choice(cuts)
    between = style.gap() or rng.choice([[], [""]])
    if rng.random() < 0.3:
        between = [*between, *_caption(style, made)]
    return [indent + paragraph[:cut], *between, paragraph[cut:], *style.gap()]


def _wrap(paragraph: str, width: int) -> list[str]:
    text = "　　" + paragraph
    lines = []
    while text:
        cut = width
        while cut < len(text) and text[cut] in "，。、；：！？”）》":
            cut += 1
        lines.append(text[:cut])
        text = text[cut:]
    return lines


def _caption(style: _Style, made: Made) -> list[str]:
    caption = style.rng.choice(_CAPTIONS)
    if style.masthead:
        caption = (
            f"{style.rng.choice(_SCENES)}\n{style.rng.choice(['记者 李静 摄', '本报记者 陈志强 摄', '（胡杰 摄）'])}"
        )
    made.captions.append(caption)
    return ["", "", caption, *style.gap()] if style.gap() else [caption]


def _finish(made: Made, lines: Sequence[str], style: _Style) -> Made:
    made.text = "\n".join(lines)
    if style.half:
        table = str.maketrans("，；：？！（）", ",;:?!()")
        made.text = made.text.translate(table)
        for name in ("titles", "broken", "furniture", "captions", "apart"):
            setattr(made, name, [text.translate(table) for text in getattr(made, name)])
    made.broken = [re.sub(r"\s", "", text) for text in made.broken]
    return made
