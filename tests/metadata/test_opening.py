from indexer.metadata.opening import opening


def test_a_plain_dateline() -> None:
    found = opening("新华社北京8月10日电（记者李四）会议召开。")
    assert found is not None
    assert (found.agency, found.month, found.day, found.names) == ("新华社", 8, 10, ("李四",))


def test_a_dateline_behind_a_caption() -> None:
    text = "城管工作人员在现场。红网时刻新闻8月14日讯（通讯员 曾庆贵 记者 张兴诚）近日，邵阳开展整治。"
    found = opening(text)
    assert found is not None
    assert (found.month, found.day) == (8, 14)
    assert found.words.startswith("红网")
    assert text[found.end :] == "近日，邵阳开展整治。"


def test_a_body_without_a_dateline() -> None:
    assert opening("8月10日，会议召开。") is None
    assert opening("") is None
