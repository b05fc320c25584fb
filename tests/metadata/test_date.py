from typing import Any

import pytest

from indexer.metadata.date import Dated, dates
from indexer.models import Draft, Given, LeftOut, Page

FOLIO = LeftOut((1, 1), "2023年8月17日 星期四 第3版 要闻 责任编辑:王五", "folio line")


def draft(text: str = "正文一句。", *lines: str, ordinal: int = 1, **given: Given) -> Draft:
    return Draft(title="题目", text=text, lines=(1, 9), ordinal=ordinal, credits=lines, given=given)


def dated(found: Draft, file: str = "a.txt", left_out: tuple[LeftOut, ...] = (), **given: Given) -> Dated | None:
    (date,) = dates(Page(file, found.text, "utf-8", (found,), left_out=left_out, given=given))
    return date


def day(*arguments: Any, **named: Any) -> str | None:
    found = dated(*arguments, **named)
    return found.date if found else None


def test_the_order_of_what_is_stated() -> None:
    stated = Given("2020-02-02", "sidecar")
    meta = Given("2021-03-03", "html meta")
    body = "新华社北京2022年5月6日电 会议召开。"
    line = "2022-04-04 15:20:12"
    assert day(draft(body, line), "2024/01/01/a.txt", (FOLIO,), date=stated) == "2020-02-02"
    assert day(draft(body, line), "2024/01/01/a.txt", (FOLIO,), date=meta) == "2022-04-04"
    assert day(draft(body), "2024/01/01/a.txt", (FOLIO,), date=meta) == "2023-08-17"
    assert day(draft(body), "2024/01/01/a.txt", date=meta) == "2022-05-06"
    assert day(draft(), "2024/01/01/a.txt", date=meta) == "2021-03-03"
    assert day(draft(), "2024/01/01/a.txt") == "2024-01-01"
    assert day(draft()) is None


def test_what_an_article_is_given_wins_over_what_its_page_is_given() -> None:
    assert day(draft(date=Given("2020", "sidecar")), date=Given("2021", "sidecar")) == "2020"


@pytest.mark.parametrize(
    "line",
    [
        "2023-01-06 15:20:12",
        "发布时间：2023年1月6日",
        "2023年01月06日 15:20 来源：新华网",
        "来源：新华网 作者：赵明 2023-01-06",
    ],
)
def test_date_lines(line: str) -> None:
    assert day(draft("正文一句。", line)) == "2023-01-06"
    assert day(draft(f"{line}\n正文一句，没有别的。")) == "2023-01-06"


@pytest.mark.parametrize("line", ["2015年12月28日", "（2015年12月28日）", "二〇一五年十二月二十八日"])
def test_the_day_with_which_a_writer_signs_dates_no_page_of_a_paper(line: str) -> None:
    text = f"月亮升起来了，照在老屋的瓦上。\n{line}"
    assert day(draft(text), left_out=(FOLIO,)) == day(draft("正文。", line), left_out=(FOLIO,)) == "2023-08-17"
    assert day(draft(text)) == "2015-12-28"


def test_the_day_of_a_credit_is_that_of_its_own_article_only() -> None:
    credited = draft("正文一句。", "摘自2021年3月4日《江城日报》")
    page = Page("a.txt", "", "utf-8", (credited, draft("另一篇的正文。", ordinal=2)))
    own, other = dates(page)
    assert own is not None
    assert (own.date, own.evidence.origin, own.evidence.inferred) == ("2021-03-04", "credit line", False)
    assert other is None


def test_a_printed_source_at_the_end_has_the_day() -> None:
    assert day(draft("正文一句。 《 人民日报 》（ 2023年07月24日   11 版）分享让更多人看到")) == "2023-07-24"


@pytest.mark.parametrize(
    "line", ["今天是2026年2月25日 星期三", "现在是 2026年2月25日 星期三 10:20", "欢迎光临！2026年2月25日"]
)
def test_a_sites_clock_is_no_date(line: str) -> None:
    assert day(draft(), left_out=(LeftOut((1, 1), line, "navigation"),)) is None


def test_a_day_and_weekday_beside_a_sites_menu_are_its_clock() -> None:
    clock = LeftOut((2, 2), "2026年2月25日 星期三", "folio line")
    assert day(draft(), left_out=(LeftOut((1, 1), "首页 登录 注册", "navigation"), clock)) is None
    assert day(draft(), left_out=(clock,)) == "2026-02-25"


def test_a_day_and_weekday_beside_an_edition_are_the_folio_of_a_paper_on_the_web() -> None:
    dated, edition, notice = (
        LeftOut((number, number), line, "folio line")
        for number, line in ((2, "2018-07-12 星期四"), (3, "第05版"), (20, "版权所有 吉ICP备05001234号"))
    )
    assert day(draft(), left_out=(dated, edition, notice)) == "2018-07-12"
    assert day(draft(), left_out=(dated, notice)) is None


def test_a_dateline_takes_its_year_from_the_path() -> None:
    found = dated(draft("新华社北京8月10日电（记者李四）会议召开。"), "2023/a.txt")
    assert found is not None
    assert found.date == "2023-08-10"
    assert "8月10日" in found.evidence.words
    assert not found.evidence.inferred
    assert day(draft("新华社北京12月31日电 会议召开。"), "2024/01/01/a.txt") == "2023-12-31"
    assert day(draft("IT之家 8 月 16 日消息，新品发布。"), "news-2023.txt") == "2023-08-16"


def test_a_dateline_alone_gives_no_year() -> None:
    assert dated(draft("新华社北京8月10日电（记者李四）会议召开。")) is None


def test_numbers_in_file_names_are_no_dates() -> None:
    assert dated(draft(), "seeds/003_107661a1d552af63.txt") is None
    assert dated(draft(), "page_2001.txt") is None


def test_the_address_of_a_record_dates_it() -> None:
    url = Given("https://www.example.cn/gn/2023/08-17/10062345.shtml?id=20240101", "record")
    assert day(draft(url=url), "a.jsonl") == "2023-08-17"


def test_a_folio_line_dates_every_article_but_only_bounds_reprints() -> None:
    own, reprint = draft(), draft("正文一句。", "摘自《合肥日报》", ordinal=2)
    first, second = dates(Page("a.txt", "", "utf-8", (own, reprint), left_out=(FOLIO,)))
    assert first is not None and second is not None
    assert (first.date, first.evidence.inferred) == ("2023-08-17", False)
    assert (second.date, second.evidence.inferred) == ("2023", True)


def test_an_unusable_given_date_falls_back_to_the_page() -> None:
    assert day(draft(date=Given("2023-02-30", "record")), "2022/05/06/a.txt") == "2022-05-06"


def test_articles_of_a_page_share_the_year_that_one_states() -> None:
    first, second = dates(Page("a.txt", "", "utf-8", (draft("正文。", "2023-01-06 15:20:12"), draft(ordinal=2))))
    assert first is not None and second is not None
    assert (second.date, second.evidence.inferred) == ("2023", True)


def test_records_share_no_day() -> None:
    first, second = dates(Page("a.jsonl", "", "utf-8", (draft("正文。", "2023-01-06 15:20:12"), draft(ordinal=2))))
    assert first is not None
    assert second is None


def test_the_newest_article_of_a_page_tells_for_all() -> None:
    telling = draft(
        "日前，全市“十四五”规划收官之年工作会议召开。会议公布了2025年度重点项目名单。2024年，全市产值同比增长5%。"
    )
    silent = draft("8月26日，城域网正式开通。", ordinal=2)
    first, second = dates(Page("a.txt", "", "utf-8", (telling, silent)))
    assert first is not None and second is not None
    assert first.date == second.date == "2025"
    assert second.evidence.inferred


def test_an_inferred_year_completes_a_dateline() -> None:
    text = "新华社北京7月12日电 7月12日，2023中国新媒体大会在长沙举行。今年上半年，行业收入增长；2023年上半年，用户同比增长5%。"
    found = dated(draft(text))
    assert found is not None
    assert (found.date, found.evidence.inferred) == ("2023-07-12", True)


@pytest.mark.parametrize("line", ["2020年5月6日", "金华日报 2020年5月6日", "二〇二〇年五月六日"])
def test_a_bare_day_that_was_left_out_as_a_folio_line_dates_the_page(line: str) -> None:
    assert day(draft("正文一句。"), "a.txt", (LeftOut((1, 1), line, "folio line"),)) == "2020-05-06"
    assert day(draft("正文一句。"), "a.txt", (LeftOut((1, 1), line, "reply in a forum"),)) is None
