"""Do paragraphs whose headings are known become the articles that they are?"""

from __future__ import annotations

from indexer.reading.outline import Block, articles


def blocks(*texts: tuple[int, str]) -> list[Block]:
    return [Block(text, (line, line), level) for line, (level, text) in enumerate(texts, 1)]


def test_head_and_credits_are_told_from_the_body() -> None:
    (draft,), left = articles(
        blocks(
            (0, "高质量发展看义乌"),
            (1, "光伏产业快速发展"),
            (0, "——来自光源小镇的报道"),
            (0, "2023-08-17 来源：义乌商报"),
            (0, "记者 张三"),
            (0, "正文第一段今天发布。"),
            (2, "张三"),
            (0, "正文第二段。"),
            (0, "（责任编辑 王五）"),
        )
    )
    assert (draft.kicker, draft.title) == ("高质量发展看义乌", "光伏产业快速发展")
    assert draft.subtitle == "——来自光源小镇的报道"
    assert draft.text.split("\n") == ["正文第一段今天发布。", "张三", "正文第二段。"]
    assert draft.credits == ("2023-08-17 来源：义乌商报", "记者 张三", "（责任编辑 王五）")
    assert draft.lines == (1, 9)
    assert left == []


def test_every_headline_but_the_first_begins_an_article() -> None:
    drafts, _ = articles(blocks((1, "甲"), (0, "甲文。"), (1, "乙"), (0, "乙文。")))
    assert [(d.ordinal, d.title, d.text, d.lines) for d in drafts] == [
        (1, "甲", "甲文。", (1, 2)),
        (2, "乙", "乙文。", (3, 4)),
    ]


def test_no_headline_and_no_text() -> None:
    (draft,), _ = articles(blocks((0, "只有正文的一段话。")))
    assert (draft.title, draft.text) == (None, "只有正文的一段话。")
    assert articles([]) == ([], [])


def test_nothing_is_lost_between_articles_and_what_is_left_out() -> None:
    given = blocks((1, "题"), (0, "正文今天发布。"), (0, "热门资讯"), (0, "通威股份扩产"), (0, "隆基绿能签约"))
    drafts, left = articles(given)
    kept = {draft.title for draft in drafts} | {line for draft in drafts for line in draft.text.split("\n")}
    assert kept | {out.text for out in left} == {block.text for block in given}
    assert "热门资讯" in {out.text for out in left}


def test_a_paragraph_that_calls_itself_a_caption_is_one() -> None:
    (draft,), _ = articles(blocks((1, "园区扩建"), (0, "正文第一段。"), (0, "图为园区鸟瞰图。"), (0, "正文第二段。")))
    assert draft.captions == ("图为园区鸟瞰图。",)
    assert draft.text == "正文第一段。\n正文第二段。"


def test_headlines_without_a_text_between_are_one_of_several_lines() -> None:
    drafts, _ = articles(
        blocks(
            (1, "市人大会议闭幕"),
            (1, "选举产生新一届领导班子"),
            (0, "市人大会议昨日闭幕。"),
            (1, "候鸟归来"),
            (0, "候鸟来了。"),
        )
    )
    assert [(d.title, d.subtitle) for d in drafts] == [("市人大会议闭幕", "选举产生新一届领导班子"), ("候鸟归来", None)]
    listed, _ = articles(blocks((1, "甲"), (1, "乙"), (1, "丙"), (1, "丁")))
    assert [draft.title for draft in listed] == ["甲", "乙", "丙", "丁"]


def test_sentences_are_whole_again_where_the_page_may_have_torn_them() -> None:
    halves = (
        "保护站工作人员介绍，今年到白河越冬、停歇的候鸟数量比去年同期增加了两",
        "成。专家提醒，市民观鸟时不要大声喧哗。",
    )
    given = [Block("候鸟归来", (1, 1), 1), *(Block(half, (2, 2), may_be_torn=True) for half in halves)]
    given.insert(2, Block("图为白鹭起舞。", (3, 3), may_be_torn=True))
    (draft,), _ = articles(given)
    assert (draft.text, draft.captions) == ("".join(halves), ("图为白鹭起舞。",))
    (draft,), _ = articles(blocks((1, "候鸟归来"), (0, halves[0]), (0, halves[1])))
    assert draft.text == "\n".join(halves)


def test_what_heads_the_page_is_left_out() -> None:
    (draft,), (left,) = articles(blocks((2, "南阳晚报"), (1, "候鸟归来"), (0, "候鸟来了。")), {0: "masthead"})
    assert (draft.title, draft.kicker, left.reason) == ("候鸟归来", None, "masthead")
