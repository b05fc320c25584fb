from datetime import date

import pytest

from indexer.metadata.cues import cues
from indexer.metadata.inference import SURE, candidates, year
from indexer.models import Draft


def said(*texts: str) -> int | None:
    found = year([Draft(None, text, (1, 1), number) for number, text in enumerate(texts, start=1)])
    assert found is None or found.sure >= SURE
    return found.year if found else None


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("8月16日，2023年第二届天门山跑酷大赛在张家界举行。今年共有来自12国的选手参赛，明日将决出冠军。", 2023),
        ("据悉，2023年上半年，天津银行业运行平稳，较去年同期加快3个百分点，超过2022年的全年增量。", 2023),
        (
            "2019年，全市规上工业产值同比增长9%。截至今年10月底，全市建成小微企业园71个。“十三五”期间，企业增至226家。",
            2020,
        ),
        ("会议指出，今年是“十四五”规划收官之年，要谋划好全年工作。", 2025),
        ("新华社北京2月3日电 2018年全年全国新增减税1.3万亿元，同比增长12%。今年将继续落实减税政策。", 2019),
        ("截至2018年9月底，全县已有2.3万贫困人口脱贫。今年以来，县里整合资金5亿元。", 2018),
        ("记者昨天从市教育局获悉，2020年全市中考将于7月13日至15日举行，共有5.6万名考生报名。", 2020),
        ("今年前9个月，全市出口额增长21%。海关统计显示，2010年前9个月，机电产品占六成。", 2010),
        ("今年是辛亥革命110周年。1911年10月10日，武昌城头枪声响起。近日，纪念展在武汉开幕。", 2021),
    ],
)
def test_years_that_the_words_tell(text: str, true: int) -> None:
    assert said(text) == true


@pytest.mark.parametrize(
    "text",
    [
        "到2035年，基本实现现代化；2025—2027年分三批支持中小企业。",
        "1937年7月7日，卢沟桥事变爆发。1945年，抗战胜利。",
        "黄某，1969年5月9日出生于广东。法院以（2012）一中刑减字第2608号裁定减刑。",
        "版权所有 © 1999-2022 某某网 京ICP备2020001号",
        "联系电话：0571-20231234，共2023人参加，产值2022万元。",
        "会议强调，要抓好落实。",
        "这座石桥始建于1765年，1982年被列为省级文物保护单位，2006年升格为全国重点文物保护单位。",
        "公司成立于1998年，现有员工600余人，产品出口30多个国家。",
        "据介绍，该铁路全长186公里，计划2027年建成通车，届时两地通行时间将缩短到一小时。",
        "今天是2026年3月5日 星期四\n近日，市图书馆推出少儿阅读月活动。\n版权所有 © 1999-2022 某某网",
        "产品执行标准GB/T 19001-2016和ISO 14001:2015，检测合格后出厂。免费送出近2000杯奶茶。",
        "园区规划面积60万平方米，预计2025年全部建成，届时产值将达200亿元。",
        "",
    ],
)
def test_decoys_tell_no_year(text: str) -> None:
    assert said(text) is None


def test_a_chronicle_ends_in_the_year_in_which_it_is_written() -> None:
    text = "2018年入选创建名单；2019年，引进企业；2020年，落户基地；2021年，获批景区。2022年的出货排名第二。2022年11月，省厅公布考核结果。"
    assert said(text) == 2022


def test_an_earlier_year_of_the_same_period_is_only_compared() -> None:
    text = "今年上半年游客为443万人次，仅为2019年上半年的52%。2022年全年游客为320万人次，2023年6月起回升。"
    assert said(text) != 2019


def test_no_article_is_from_the_future() -> None:
    assert all(near <= date.today().year for near in candidates(cues("", "《银翼杀手2049》上映。2048年的城市。")))


def test_texts_of_a_page_speak_together() -> None:
    weak = "据介绍，峰会已成功举办十届，本届以绿色发展为主题。"
    strong = "2023中国国际生态竞争力峰会日前举行，今年的名单同时公布。公司公布2023半年度报告，上半年收入同比增长。"
    assert said(weak) is None
    assert said(weak, strong) == 2023


def test_the_words_of_the_strongest_cue_are_kept() -> None:
    found = year([Draft(None, "会议指出，今年是“十四五”规划收官之年。", (1, 1), 1)])
    assert found is not None
    assert "收官之年" in found.words
