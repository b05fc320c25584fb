"""Is what belongs to no article known by its words and its place, and is nothing else?"""

from __future__ import annotations

import pytest

from indexer.reading.furniture import furniture, teaser_heading
from indexer.reading.lines import pieces

PROSE = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过，沿岸的居民纷纷为治理成效点赞，游客也越来越多。"


def left_out(*lines: str) -> list[str]:
    found = pieces("\n".join(lines))
    return [found[at].text for at in sorted(furniture(found))]


@pytest.mark.parametrize(
    "line",
    [
        "2023年8月17日 星期四 第3版 要闻 责任编辑:王五",
        "首页 > 新闻中心 > 正文",
        "当前位置：首页 > 要闻",
        "首页 | 新闻 | 财经 | 体育",
        "设为首页 加入收藏 联系我们",
        "上一篇：全市会议召开",
        "下一篇：没有了",
        "分享到：微信 微博 QQ空间",
        "【打印】 【关闭】",
        "版权所有 江城新闻网 未经授权禁止转载",
        "浙ICP备05012345号-1",
        "admin",
        "（下转第4版）",
        "- 3 -",
        "第 3 页 共 8 页",
        "----------",
        "undefined",
        "(更新时间戳: 1716036618271)",
        "[查看原文](https://example.org)",
        "扫描二维码关注微信公众号",
        "扫码看视频",
        "（扫码阅读全文）",
        "更多内容请扫二维码",
        "公益广告",
        "本报广告热线：0571-85281234",
        "广告热线 88011234  发行热线 88021234",
        "投稿邮箱：news@example.org",
        "欢迎订阅《江城日报》",
        "商铺出租 城东150平方米，电话：13900000000",
        "上一篇 护城河治理见成效",
        "1024 评论",
        "【字体：大 中 小】",
        "返回主页 | 江城日报 | 版面导航 | 江城晚报",
        "上一期  下一期",
        "今日新聞 社論 評論 報社簡介 回首頁",
        "江城晚报网www.example.com",
        "专栏:",
        "护城河治理见成效（3版）",
        "护城河治理见成效 >>>3版",
        "导 读",
        "～～～～～～",
        "举报/反馈",
        "写评论",
        "—END—",
        "原标题：昆明滇池环湖绿道全线贯通",
        "（原標題：台南鹽水蜂炮登場）",
        "声明：凡本网注明来源的作品，版权均属于原作者。",
        "本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。",
        "点击加载更多",
        "展開全文",
        "查看剩余50%",
        "隱私權政策",
        "阅读 1.2万",
        "阅读 10万+",
        "点击蓝字 关注我们",
        "點擊藍字關注我們",
        "×××××",
        "<<<<<<",
        "要闻·1",
        "江城晚报  综合新闻  16",
        "今天是2024年5月6日 星期一",
        "社址：人民路1号　邮编：310000",
        "本文转载自网络，如涉侵权请联系删除。",
        "版权为江城日报社所有 未经同意不得复制或镜像",
    ],
)
def test_furniture_by_its_words(line: str) -> None:
    assert left_out(PROSE, line, PROSE) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "护城河治理见成效",
        "版权保护促进文化产业发展",
        "扫码就医 便民惠民",
        "扫码点餐，餐馆不得强制",
        "广告业迎来新机遇",
        "新闻热线开通一周年",
        "下一步 这样干",
        "治理经验入选2023年新版",
        "河边打造 A3 级步道",
        "原标题是什么？",
        "他点击加载更多，页面没有反应。",
        "看点：护城河治理",
        "民警请老人下载“反诈”APP,现场讲解骗术,共发放手册500余册,成功指导100余名群众,活动受到沿河社区居民的一致好评,大家纷纷点赞",
        "1200",
        "记者 王明",
        "摘自《江城日报》",
        "新闻发布会召开",
        "一、抓项目",
        "一季度 12.5%",
        PROSE,
    ],
)
def test_lines_of_articles_stay(line: str) -> None:
    assert left_out(PROSE, PROSE, line, PROSE, PROSE) == []


def test_teasers_are_left_out_to_the_end() -> None:
    teasers = ["热门资讯", "某公司公告... 某公司公告称，报告期内...", "全省会议召开", "· 全市会议召开 2023-08-10"]
    assert left_out(PROSE, PROSE, *teasers) == teasers
    teasers[0] = "你可能也喜歡"
    assert left_out(PROSE, PROSE, *teasers) == teasers


def test_an_article_resumes_behind_teasers() -> None:
    assert left_out(PROSE, "相关阅读", "全省会议召开", PROSE, PROSE) == ["相关阅读"]
    assert left_out(PROSE, "相关阅读", "全省会议召开 明年目标确定", "护城河治理见成效", "本报讯 " + PROSE) == [
        "相关阅读",
        "全省会议召开 明年目标确定",
    ]


def test_a_menu_printed_one_word_a_line_is_navigation() -> None:
    menu = ["网站首页", "走进江湾", "政务", "联系我们"]
    assert left_out(*menu, "护城河治理见成效", PROSE) == menu


def test_teaser_headings_are_whole_lines() -> None:
    for heading in (
        "相关阅读：",
        "猜你喜欢",
        "阅读下一篇",
        "频道热点",
        "看了又看",
        "最近更新",
        "编辑精选",
        "24小时热榜",
        "更多精彩内容",
        "热门文章",
    ):
        assert teaser_heading(heading), heading
    assert not teaser_heading("相关部门表示") and not teaser_heading("推荐阅读这本书的理由")


@pytest.mark.parametrize(
    "line",
    ["(本版图片除署名外均由东江县委宣传部提供)", "本版图片均由王明拍摄", "（本组照片由市文旅局提供）"],
)
def test_notes_on_all_pictures_of_the_page_are_left_out(line: str) -> None:
    assert left_out(PROSE, PROSE, line, PROSE, PROSE) == [line]


def test_headlines_listed_above_their_articles_are_left_out() -> None:
    first, second = "护城河治理见成效", "老旧小区改造完成"
    listed = left_out(first, second, first, PROSE, PROSE, second, PROSE, PROSE)
    assert listed == [first, second]
    assert left_out("护城河啊护城河", "你日夜流淌", "护城河啊护城河", "你永远年轻") == []


def test_a_menu_of_words_is_known_by_two_of_them() -> None:
    menu = ["新闻首页", "时事", "军情", "财经", "大洋彼岸"]
    assert left_out(*menu, "护城河治理见成效", PROSE) == menu
    assert left_out("护城", "河水", "清清", "流淌", "护城河治理见成效", PROSE) == []


def test_the_end_of_a_site_s_page_is_left_out() -> None:
    below = [
        "大伙儿正在读",
        "老旧小区改造完成",
        "图书馆延长开放时间",
        "公交增开三条线路",
        "联系我们",
        "一个从没见过的按钮",
    ]
    assert left_out("首页 > 新闻 > 正文", "护城河治理见成效", PROSE, *below) == ["首页 > 新闻 > 正文", *below]
    listed = ["- 绿地20公顷", "- 步道8公里", "- 桥梁5座"]
    assert left_out("首页 > 新闻 > 正文", "护城河治理见成效", PROSE, *listed, "联系我们") == [
        "首页 > 新闻 > 正文",
        "联系我们",
    ]
    assert left_out("护城河治理见成效", PROSE, "护城河", "你日夜流淌", "永远年轻", "第3版 要闻") == ["第3版 要闻"]


def test_lines_between_two_folio_lines_are_part_of_the_masthead() -> None:
    first, last = "今日16版 总第3640期 星期三2024年1月31日", "国内统一连续出版物号:CN 37-0106"
    assert left_out(first, "有事请拨12345", last, "护城河治理见成效", PROSE) == [first, "有事请拨12345", last]


def test_background_behind_an_article_stays_and_a_list_of_links_goes() -> None:
    assert left_out(PROSE, "相关链接", PROSE) == []
    assert left_out(PROSE, "相关链接", "·老旧小区改造完成", "·护城河治理见成效") == [
        "相关链接",
        "·老旧小区改造完成",
        "·护城河治理见成效",
    ]


NEWS = "昨日，市民在莲花公园赏荷，千亩荷花竞相开放。"


@pytest.mark.parametrize("heading", ["图片新闻", "最新动态"])
def test_what_ends_with_a_full_stop_is_no_teaser_in_print(heading: str) -> None:
    folio = "江城日报 2023年8月17日 第3版"
    assert left_out(folio, "护城河治理见成效", PROSE, heading, NEWS + "（陈英杰 摄）") == [folio]
    assert left_out(folio, "护城河治理见成效", PROSE, heading, "荷花节今日开幕", NEWS) == [folio, heading]
    assert left_out("护城河治理见成效", PROSE, heading, NEWS) == [heading, NEWS]
    clock = "2026年2月25日 星期三"
    assert left_out(clock, "护城河治理见成效", PROSE, heading, NEWS) == [clock, heading, NEWS]


def test_a_short_sentence_of_background_stays() -> None:
    assert left_out("护城河治理见成效", PROSE, "新闻背景", "护城河始建于1956年。") == []


def test_a_notice_of_loss_is_no_advertisement() -> None:
    assert left_out(PROSE, "遗失声明", "▲江城副食店营业执照丢失，声明作废。") == []


def test_the_name_above_the_folio_line_is_the_paper_s() -> None:
    folio = "2022年11月8日　星期二"
    reasons = furniture(pieces("\n".join(["江城建设", folio, "护城河治理见成效", PROSE])))
    assert reasons == {0: "masthead", 1: "folio line"}
    assert 0 not in furniture(pieces("\n\n".join(["护城河治理见成效", folio, PROSE])))


def test_the_contents_of_a_report_are_left_out_and_prices_stay() -> None:
    contents = ["一、总体情况 ........ 1", "二、典型案例：昆山……4", "三、展望 ············ 12"]
    assert left_out("县域经济研究", *contents, PROSE, PROSE) == contents
    prices = ["龙井茶……180", "白茶……95", "红茶……60"]
    assert left_out("茶叶行情", PROSE, *prices, PROSE) == []
    assert left_out("茶叶行情", PROSE, contents[0], PROSE) == []


@pytest.mark.parametrize(
    "line",
    [
        "这条规矩是三十年前定下的。非经船长许可，任何人不得使用船上的救生艇。",
        "凡本报刊载过的那些救人故事，大半出在这里。",
        "另外两名涉事人员已经被控制，案件正在进一步调查。（详见5版）",
    ],
)
def test_a_sentence_that_sounds_like_a_notice_stays(line: str) -> None:
    assert left_out("船长的故事", "", PROSE, "", line, "", PROSE) == []


def test_the_only_headline_stays_though_it_is_that_of_the_article_elsewhere() -> None:
    assert left_out("原标题：江永开展联合禁渔巡查", "", PROSE) == []
    assert left_out("护城河治理见成效", "", PROSE, "", "原标题：江城治水记") == ["原标题：江城治水记"]
