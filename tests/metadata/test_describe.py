import datetime

import pytest

from indexer.metadata import describe
from indexer.models import Article, Draft, Given, Page

BODY = "新华社金华2023年8月10日电（记者李四）金华市8月10日召开光伏产业大会。金华市市长介绍，金华光伏产业发展迅速。"


def draft(
    text: str = BODY, title: str | None = "金华召开光伏产业大会", credits: tuple[str, ...] = (), **given: Given
) -> Draft:
    return Draft(title=title, text=text, lines=(3, 9), ordinal=1, credits=credits, given=given)


def described(found: Draft, file: str = "seeds/a.txt", **given: Given) -> Article:
    (article,) = describe(
        Page(file, found.text, "utf-8", (found,), given=given), lambda file, draft: f"{file}#{draft.ordinal}"
    )
    return article


def test_everything_is_inferred_where_nothing_is_given() -> None:
    article = described(draft())
    assert article.id == "seeds/a.txt#1"
    assert (article.title, article.file, article.lines, article.ordinal) == (
        "金华召开光伏产业大会",
        "seeds/a.txt",
        (3, 9),
        1,
    )
    assert (article.date, article.year) == ("2023-08-10", 2023)
    assert article.authors == ("李四",)
    assert article.source == "新华社"
    assert (article.place, article.city) == (("浙江", "金华"), "金华")
    assert set(article.evidence) == {"place", "date", "year", "source", "authors"}
    assert article.key is None


def test_given_values_win_and_are_their_own_evidence() -> None:
    article = described(
        draft(
            title="原题",
            id=Given(42, "record"),
            date=Given(datetime.date(2020, 2, 3), "sidecar"),
            city=Given("义乌", "sidecar"),
            source=Given("义乌商报", "sidecar"),
            authors=Given(["张三", "佚名"], "sidecar"),
            url=Given("https://example.cn/a", "sidecar"),
        ),
        title=Given("新题", "sidecar"),
    )
    assert (article.title, article.key, article.url) == ("新题", "42", "https://example.cn/a")
    assert (article.date, article.year) == ("2020-02-03", 2020)
    assert (article.place, article.city) == (("浙江", "金华", "义乌"), "义乌")
    assert article.authors == ("张三", "佚名")
    assert article.source == "义乌商报"
    assert {evidence.origin for evidence in article.evidence.values()} == {"sidecar"}
    assert not any(evidence.inferred for evidence in article.evidence.values())


def test_the_articles_own_fields_win_over_its_pages() -> None:
    article = described(draft(source=Given("甲报", "sidecar")), source=Given("乙报", "sidecar"))
    assert article.source == "甲报"


def test_an_empty_title_is_none() -> None:
    assert described(draft(title="原题"), title=Given("", "record")).title is None


def test_unknown_fields_are_kept() -> None:
    article = described(draft(section=Given("要闻", "record"), score=Given(0.5, "record"), id=Given("a", "record")))
    assert dict(article.extra) == {"section": "要闻", "score": 0.5}


def test_an_unusable_date_stays_in_sight() -> None:
    article = described(draft(date=Given("2023-02-30", "record")))
    assert article.date == "2023-08-10"
    assert article.extra["date"] == "2023-02-30"
    assert "2023-02-30" in article.evidence["date"].origin


def test_what_software_left_in_a_file_is_weaker_than_print() -> None:
    article = described(
        draft(),
        date=Given("2026-02-25", "html meta"),
        authors=Given(["admin"], "html meta"),
        source=Given("某网", "html meta"),
        title=Given("某网 - 首页", "html meta"),
    )
    assert (article.date, article.authors, article.source) == ("2023-08-10", ("李四",), "新华社")
    assert article.title == "金华召开光伏产业大会"


def test_what_software_left_in_a_file_is_better_than_nothing() -> None:
    article = described(
        draft("正文一句，没有别的。", None),
        date=Given("2022-02-25", "html meta"),
        authors=Given(["admin", "张三"], "html meta"),
        title=Given("页面的题目", "html meta"),
    )
    assert (article.date, article.authors, article.title) == ("2022-02-25", ("张三",), "页面的题目")


def test_a_meta_tag_that_holds_a_byline_gives_its_names() -> None:
    for printed, names in (
        ("記者王大文", ("王大文",)),
        ("新华社记者 王芳", ("王芳",)),
        ("本報記者", ()),
        ("Li Na", ("Li Na",)),
    ):
        article = described(draft("正文一句，没有别的。", None), authors=Given([printed], "html meta"))
        assert article.authors == names, printed
    assert described(draft(), authors=Given(["记者张三"], "sidecar")).authors == ("记者张三",)


def test_what_cannot_be_known_is_left_out() -> None:
    article = described(draft("正文一句，没有别的。", "题目"))
    assert (article.date, article.year, article.place, article.city, article.source) == (None, None, (), None, None)
    assert article.authors == ()
    assert dict(article.evidence) == {}


def test_an_inferred_year_is_marked() -> None:
    article = described(draft("今年是“十四五”规划收官之年，会议指出，要谋划好全年工作。", "会议召开"))
    assert article.year == 2025
    assert article.evidence["year"].inferred


def test_a_page_without_articles_has_none() -> None:
    assert describe(Page("a.txt", "", "utf-8", ()), lambda file, draft: "x") == ()


def test_what_is_stated_to_be_unknown_is_not_inferred() -> None:
    given = {name: Given("unknown", "record", "unknown") for name in ("city", "source", "date")}
    article = described(draft(), **given)
    assert (article.place, article.city, article.source, article.date, article.year) == ((), None, None, None, None)
    assert article.evidence["place"].words == "unknown"
    assert "date" not in article.extra
    assert described(draft(), year=Given("不详", "sidecar")).year is None
    assert "year" not in described(draft(), year=Given("不详", "sidecar")).extra


def test_what_a_sidecar_states_of_a_value_that_was_inferred_is_given() -> None:
    given = {
        "inferred": Given(["date", "source", "city"], "record"),
        "source": Given("乙报", "sidecar"),
        "date": Given("2020-02-02", "sidecar"),
        "city": Given("义乌", "record"),
    }
    evidence = described(draft("正文一句，没有别的。", None), **given).evidence
    assert {name: found.inferred for name, found in evidence.items()} == {
        "place": True,
        "source": False,
        "date": False,
        "year": False,
    }


@pytest.mark.parametrize("own", ["yes", ["foo", 5], 5, {"a": 1}, ["title"]])
def test_a_field_of_that_name_that_says_something_else_is_kept(own: object) -> None:
    article = described(draft("正文一句，没有别的。", None), inferred=Given(own, "record"))
    assert article.extra["inferred"] == own
