"""Are pages cut into the articles that a reader sees, and does nothing on them vanish?"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.models import Draft
from indexer.reading.split import split

LEAD = "全市重点项目推进会昨天召开，会议听取了今年以来项目建设情况的汇报，部署下一阶段的工作。"
MORE = "会议指出，项目是发展的抓手，各县区要倒排工期、挂图作战，确保年内完成全部投资计划。"
RIVER = "连日来，河道保洁员每天清晨驾船出发，沿着护城河打捞漂浮物，让一江清水穿城而过。"
BANK = "护城河治理三年来，沿岸新增绿地二十公顷，水质稳定达到三类，居民推窗见绿。"

BOOKS = "从下月起，市图书馆的开放时间延长到晚上十点，周末照常，读者凭身份证即可入馆。"
OPEN = "馆长介绍，延长开放的呼声由来已久，去年夜间试行时座位常常坐满。"


def page(*blocks: str, between: str = "\n\n") -> str:
    return between.join(blocks)


def titles(text: str) -> list[str | None]:
    return [draft.title for draft in split(text)[0]]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "mark",
    ["本报讯(记者 王明)", "本报讯（记者 王明 通讯员 李静）", "新华社杭州8月10日电（记者王明）", "【本报讯】"],
)
def test_datelines_show_where_articles_begin(mark: str, between: str) -> None:
    text = page("重点项目建设全面提速", mark + LEAD, MORE, "护城河治理见成效", mark + RIVER, BANK, between=between)
    assert titles(text) == ["重点项目建设全面提速", "护城河治理见成效"]


@pytest.mark.parametrize(
    "line", ["王明", "□记者 王明", "本报记者 王明", "记者 王明 通讯员 李静", "（记者 王明）", "文/图 王明"]
)
def test_bylines_of_their_own_are_credits(line: str) -> None:
    text = page("重点项目建设全面提速", line, LEAD, MORE, "护城河治理见成效", line, RIVER, BANK)
    drafts, _ = split(text)
    assert [draft.title for draft in drafts] == ["重点项目建设全面提速", "护城河治理见成效"]
    assert [draft.credits for draft in drafts] == [(line,), (line,)]
    assert drafts[0].text == f"{LEAD}\n{MORE}"


def test_sources_behind_articles_show_where_they_end() -> None:
    text = page(
        "重点项目建设全面提速", LEAD, MORE, "摘自《江城日报》", "护城河治理见成效", RIVER, BANK, "摘自《海州晚报》"
    )
    drafts, _ = split(text)
    assert [draft.title for draft in drafts] == ["重点项目建设全面提速", "护城河治理见成效"]
    assert [draft.credits for draft in drafts] == [("摘自《江城日报》",), ("摘自《海州晚报》",)]


def test_prose_between_two_sources_is_an_article_without_headline() -> None:
    text = page(
        "重点项目建设全面提速",
        LEAD,
        MORE,
        "摘自《江城日报》",
        RIVER,
        "摘自《海州晚报》",
        "护城河治理见成效",
        BANK,
        "摘自《海州晚报》",
    )
    assert titles(text) == ["重点项目建设全面提速", None, "护城河治理见成效"]


FRUIT = "高山上的苹果树抽出了新枝，果农们正忙着施肥、疏枝，为今年的丰收打基础。"


@pytest.mark.parametrize("between", ["", "\n\n"])
def test_what_began_on_another_page_is_an_article_of_its_own(between: str) -> None:
    text = page("重点项目建设全面提速", "本报讯（记者 王明）" + LEAD, f"（上接第一版）{between}{FRUIT}", BANK)
    drafts, left = split(text)
    assert [(draft.title, draft.text) for draft in drafts] == [
        ("重点项目建设全面提速", "本报讯（记者 王明）" + LEAD),
        (None, f"{FRUIT}\n{BANK}"),
    ]
    assert [(part.text, part.reason) for part in left] == [("（上接第一版）", "pointer to another page")]


def test_what_began_on_another_page_keeps_the_headline_above_its_pointer() -> None:
    text = page("果农的春天", f"（上接第一版）{FRUIT}", "护城河治理见成效", f"（上接第二版）{RIVER}", BANK)
    assert titles(text) == ["果农的春天", "护城河治理见成效"]


def test_a_report_whose_both_halves_are_here_is_whole() -> None:
    half = FRUIT.index("果农们")
    text = page("果农的春天", FRUIT[:half] + "（下转第二版）", "第2版 要闻", f"（上接第一版）{FRUIT[half:]}")
    (draft,), left = split(text)
    assert draft.text == FRUIT
    assert [part.text for part in left] == ["（下转第二版）", "第2版 要闻", "（上接第一版）"]


def test_two_reports_of_one_page_meet_where_one_leads_away_and_one_comes_from_elsewhere() -> None:
    pointers = "（下转第三版）\n\n（上接第二版）"
    assert titles(page("第1版 要闻", "果农的春天", FRUIT, LEAD[:30] + pointers + RIVER, BANK)) == ["果农的春天", None]
    assert titles(page("果农的春天", FRUIT, LEAD[:30] + pointers + RIVER, BANK)) == ["果农的春天"]


def test_a_pointer_in_a_narrow_column_takes_no_words_with_it() -> None:
    lines = [("　　（上接第一版）" + FRUIT + RIVER)[at : at + 16] for at in range(0, 90, 16)]
    (draft,), _ = split("果农的春天\n" + "\n".join(lines))
    assert draft.text.startswith(FRUIT)


def test_news_that_is_told_by_a_picture_is_an_article() -> None:
    news = "昨日，市民在莲花公园赏荷。连日来，千亩荷花竞相开放。 （陈英杰 摄）"
    text = page(
        "第3版 要闻", "重点项目建设全面提速", "本报讯 " + LEAD, "图片新闻", news, "护城河治理见成效", "本报讯 " + RIVER
    )
    drafts, _ = split(text)
    assert [draft.title for draft in drafts] == ["重点项目建设全面提速", "图片新闻", "护城河治理见成效"]
    assert (drafts[1].text, drafts[1].captions) == (news, ())


def test_a_notice_of_loss_holds_its_items() -> None:
    items = ("▲江城副食店营业执照丢失，声明作废。", "▲李四身份证遗失，声明作废。")
    drafts, left = split(page("重点项目建设全面提速", LEAD, MORE, "遗失声明", *items))
    assert [(draft.title, draft.captions) for draft in drafts] == [("重点项目建设全面提速", ()), ("遗失声明", ())]
    assert (drafts[1].text, left) == ("\n".join(items), [])


def test_a_caption_of_two_lines_is_no_part_of_the_sentence_around_it() -> None:
    half = RIVER.index("打捞")
    caption = "市民在护城河边散步\n记者 李明 摄"
    (draft,), _ = split(page("护城河治理见成效", RIVER[:half], caption, RIVER[half:]))
    assert (draft.text, draft.captions) == (RIVER, ("市民在护城河边散步 记者 李明 摄",))
    drafts, _ = split(page("护城河治理见成效", "本报讯 " + RIVER, caption, "图书馆延长开放", "本报讯 " + BOOKS))
    assert [(draft.kicker, draft.title) for draft in drafts] == [(None, "护城河治理见成效"), (None, "图书馆延长开放")]


def test_a_signature_ends_an_article() -> None:
    text = page("重点项目建设全面提速", LEAD, MORE + "（记者 王明）", "护城河治理见成效", RIVER, BANK + "（记者 李静）")
    assert titles(text) == ["重点项目建设全面提速", "护城河治理见成效"]


def test_a_head_between_blank_lines_where_paragraphs_have_none() -> None:
    text = f"重点项目建设全面提速\n\n{LEAD}\n{MORE}\n\n护城河治理见成效 居民推窗见绿\n\n{RIVER}\n{BANK}\n\n图书馆延长开放时间\n\n{BOOKS}\n{OPEN}"
    assert titles(text) == ["重点项目建设全面提速", "护城河治理见成效 居民推窗见绿", "图书馆延长开放时间"]


def test_kicker_headline_and_dashed_subtitle() -> None:
    text = page("凝心聚力谋发展", "重点项目建设全面提速", "——全市项目推进会侧记", "本报讯(记者 王明)" + LEAD, MORE)
    (draft,), _ = split(text)
    assert (draft.kicker, draft.title, draft.subtitle) == (
        "凝心聚力谋发展",
        "重点项目建设全面提速",
        "——全市项目推进会侧记",
    )


def test_a_label_on_the_line_stays_in_the_headline() -> None:
    text = page("【走进县城】护城河治理见成效", "本报讯 " + RIVER, BANK)
    assert titles(text) == ["【走进县城】护城河治理见成效"]


def test_mastheads_are_left_out_with_a_reason() -> None:
    text = page("江湾科创小镇： 向新而行", "王明", "江湾科创小镇", "JIANGWAN SCIENCE TOWN", LEAD, MORE)
    (draft,), left = split(text)
    assert draft.title == "江湾科创小镇： 向新而行"
    assert {part.text for part in left} == {"江湾科创小镇", "JIANGWAN SCIENCE TOWN"}
    assert all(part.reason for part in left)


@pytest.mark.parametrize(
    "heads",
    [
        ("一、抓项目", "二、优环境"),
        ("（一）抓项目", "（二）优环境"),
        ("1. 抓项目", "2. 优环境"),
        ("抓项目 强支撑", "优环境 聚人气"),
    ],
)
def test_section_heads_begin_no_article(heads: tuple[str, str]) -> None:
    text = page("重点项目建设全面提速", "本报讯 " + LEAD, heads[0], MORE, heads[1], LEAD + MORE)
    (draft,), _ = split(text)
    assert [draft.text.count(f"\n{head}\n") for head in heads] == [1, 1]


def test_an_interview_is_one_article() -> None:
    answers = [
        "王明：" + LEAD,
        "记者：项目建设今年有哪些新变化？",
        "王明：" + MORE,
        "记者：下一步有什么打算？",
        "王明：" + BANK,
    ]
    (draft,), _ = split(page("把项目抓实抓好", "记者：请您谈谈全市项目建设的情况。", *answers))
    assert draft.title == "把项目抓实抓好"
    assert "记者：下一步有什么打算？" in draft.text


def test_prose_alone_has_no_headline() -> None:
    (draft,), left = split(page(LEAD, MORE, BANK))
    assert (draft.title, draft.text, left) == (None, f"{LEAD}\n{MORE}\n{BANK}", [])


def test_a_byline_alone_above_prose_is_no_headline() -> None:
    (draft,), _ = split(page("王明", LEAD, MORE))
    assert (draft.title, draft.credits) == (None, ("王明",))


def test_a_web_page_keeps_its_article_only() -> None:
    teasers = [
        "相关阅读",
        "某公司发布年度报告... 某公司公告称，报告期内营业收入...",
        "全省教育工作会议召开",
        "上一篇：没有了",
    ]
    text = page(
        "首页 > 新闻中心 > 正文",
        "护城河治理见成效",
        "admin",
        "2023-01-06 15:20:12",
        RIVER,
        BANK,
        *teasers,
        "版权所有 江城新闻网",
    )
    (draft,), left = split(text)
    assert (draft.title, draft.credits, draft.text) == (
        "护城河治理见成效",
        ("2023-01-06 15:20:12",),
        f"{RIVER}\n{BANK}",
    )
    assert len(left) == 7


def test_folio_lines_and_page_numbers_interrupt_no_sentence() -> None:
    text = page("2023年8月17日 星期四 第3版 要闻", "护城河治理见成效", RIVER, BANK[:15], "- 3 -", BANK[15:])
    (draft,), left = split(text)
    assert draft.text == f"{RIVER}\n{BANK}"
    assert [part.reason for part in left] == ["folio line", "page number"]


def test_headlines_alone_between_links_are_articles() -> None:
    link = "[查看原文](https://example.org/1)"
    text = page("护城河治理见成效", "本网消息：" + RIVER, link, "国内快讯", link, "国际快讯", link)
    assert titles(text) == ["护城河治理见成效", "国内快讯", "国际快讯"]


def test_lines_and_ordinals_count_from_one() -> None:
    drafts, _ = split("\n\n甲地召开重点项目会议\n\n本报讯 " + LEAD + "\n\n乙地治理护城河见成效\n\n本报讯 " + RIVER)
    assert [(draft.ordinal, draft.lines) for draft in drafts] == [(1, (3, 5)), (2, (7, 9))]


@pytest.mark.parametrize("text", ["", "\n \n\u3000\n", "\ufeff"])
def test_an_empty_page_has_no_article(text: str) -> None:
    assert split(text) == ([], [])


def test_a_page_of_rules_has_no_article() -> None:
    drafts, left = split("----\n\n====")
    assert (drafts, len(left)) == ([], 2)


LINES = st.sampled_from(
    [
        "", "", LEAD, MORE, RIVER, LEAD[:20], LEAD[20:], BANK[:13], "护城河治理见成效", "重点项目建设全面提速 成效显著", "——一份来自基层的报告",
        "本报讯(记者 王明)" + LEAD, "王明", "□记者 李静", "（记者 王明）", "摘自《江城日报》", "（责任编辑 王明）", "一、抓项目", "- 投资100亿元",
        "2023-01-06 15:20:12", "来源：江城网 作者：王明", "第3版 要闻", "- 3 -", "首页 > 新闻", "相关阅读", "某公司公告... 报告期...", "上一篇：没有了",
        "图为护城河。", "护城河全景图", "王明 摄", "admin", "-----", "[查看原文](https://example.org)", "　　" + MORE, "RIVER TOWN NEWS",
        "记者：有何打算？", "GDP 5.2% 100", "\u3000\u3000", "）", "。", "“", "undefined", "版权所有 江城网",
    ]
)  # fmt: skip


def everything(draft: Draft) -> list[str]:
    head = [part for part in (draft.kicker, draft.title, draft.subtitle) if part]
    return [*head, draft.text, *draft.captions, *draft.credits]


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_nothing_vanishes(lines: list[str], between: str) -> None:
    text = between.join(lines)
    drafts, left = split(text)
    shown = "".join(part for draft in drafts for part in everything(draft)) + "".join(part.text for part in left)
    assert Counter(re.sub(r"\s", "", shown)) == Counter(re.sub(r"\s", "", text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("的一是在中国，。：；（）“”【】-—[]()/:.3 \n\u3000aA"), max_size=300))
def test_any_text_is_split_without_loss(text: str) -> None:
    drafts, left = split(text)
    shown = "".join(part for draft in drafts for part in everything(draft)) + "".join(part.text for part in left)
    assert Counter(re.sub(r"\s", "", shown)) == Counter(re.sub(r"\s", "", text))


def test_questions_and_answers_are_no_heads() -> None:
    (draft,), _ = split(
        "对话王明：把项目抓实抓好\n问：全市项目建设怎么样？\n答：" + LEAD + "\n问：下一步呢？\n答：" + MORE
    )
    assert draft.title == "对话王明：把项目抓实抓好"
    assert draft.text.startswith("问：全市项目建设怎么样？")


def test_a_window_title_and_running_heads_are_left_out() -> None:
    drafts, left = split(f"护城河治理见成效_江城新闻网\n护城河治理见成效\n{RIVER}\n{BANK}")
    assert ([draft.title for draft in drafts], [part.reason for part in left]) == (
        ["护城河治理见成效"],
        ["window title"],
    )
    drafts, left = split(f"江城日报\n2023年8月17日 星期四 第3版 要闻\n护城河治理见成效\n{RIVER}\n{BANK}")
    assert ([draft.title for draft in drafts], len(left)) == (["护城河治理见成效"], 2)


def test_the_broken_headline_of_an_annex_is_one_line() -> None:
    text = f"{LEAD}\n江城市人民政府\n关于促进项目建设和\n创新发展的实施方案\n{MORE}\n一、总体要求\n{BANK}"
    (draft,), _ = split(text)
    assert "\n关于促进项目建设和创新发展的实施方案\n" in draft.text


@pytest.mark.parametrize(
    ("head", "behind"),
    [
        ("产业联动，先富带后富", "2019年起，山下村联合周边六个村成立联合体，发展民宿和中药材种植。"),
        ("改革破冰，服务提速", "全市办事窗口从三十个减到六个，群众办一件事平均少跑两趟。"),
    ],
)
def test_a_head_of_two_clauses_stays_apart_from_the_paragraph_behind(head: str, behind: str) -> None:
    (draft,), _ = split(page("重点项目建设全面提速", "本报记者 王明", LEAD, head, behind, MORE))
    assert draft.text.split("\n") == [LEAD, head, behind, MORE]


def test_a_short_line_that_cannot_end_so_is_joined_to_its_rest() -> None:
    (draft,), _ = split(
        page("重点项目建设全面提速", LEAD, "强化企业创新主体地位,促进", "企业迸发出更大的活力，多干实事。")
    )
    assert "强化企业创新主体地位,促进企业迸发出更大的活力，多干实事。" in draft.text.split("\n")


@pytest.mark.parametrize("mark", ["▲", "●"])
def test_signed_briefs_are_an_article_and_no_captions(mark: str) -> None:
    briefs = [f"{mark}近日，东江县举行文化节，吸引游客十万人次。(王强)", f"{mark}西江县图书馆昨日开馆。(刘英)"]
    found, _ = split(page("重点项目建设全面提速", "本报记者 王明", LEAD, MORE, "简讯", *briefs))
    assert [draft.title for draft in found] == ["重点项目建设全面提速", "简讯"]
    assert found[1].text.split("\n") == briefs
    assert [draft.captions for draft in found] == [(), ()]


def test_a_mark_of_captions_still_marks_captions() -> None:
    picture = "▲8月10日，市民在护城河边散步。王强 摄"
    (draft,), _ = split(page("重点项目建设全面提速", "本报记者 王明", LEAD, picture, MORE))
    assert draft.captions == (picture,)


def test_names_in_brackets_below_the_body_are_credits() -> None:
    (draft,), _ = split(page("重点项目建设全面提速", LEAD, MORE, "（陈伟华 郑红）"))
    assert (draft.text, draft.credits) == (f"{LEAD}\n{MORE}", ("（陈伟华 郑红）",))
