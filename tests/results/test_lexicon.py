"""Does the lexicon find words by either end and by sound, and titles by any part?"""

from __future__ import annotations

from indexer.results.lexicon import Keys, Lexicon, Titles

LEXICON = Lexicon(
    [("光伏", 9), ("产业", 5), ("光明", 5), ("义乌", 4)],
    [("1", "義烏光伏"), ("2", "光伏產業"), ("3", "光伏產業"), ("4", "多行\n标题")],
    {"浙江/金华/义乌": 3, "浙江/杭州": 2, "北京/北京": 1, "unknown": 7},
)


def forms(numbers: list[int]) -> list[str]:
    return [LEXICON.entries[number].form for number in numbers]


def test_entries_are_ranked_and_a_place_is_no_term_besides() -> None:
    assert [tuple(entry) for entry in LEXICON.entries] == [
        ("光伏", "term", 9),
        ("浙江", "place", 5),
        ("产业", "term", 5),
        ("光明", "term", 5),
        ("金华", "place", 3),
        ("义乌", "place", 3),
        ("杭州", "place", 2),
        ("北京", "place", 1),
    ]


def test_entries_by_beginning_end_and_sound() -> None:
    assert forms(LEXICON.best(LEXICON.forms.beginning("光"), 9)) == ["光伏", "光明"]
    assert forms(LEXICON.endings.exact("伏光")) == ["光伏"]
    assert forms(LEXICON.sounds.exact("yiwu")) == ["义乌"]
    assert forms(LEXICON.initials.beginning("y")) == ["义乌"]


def test_keys_find_exact_ones_and_beginnings() -> None:
    keys = Keys([("ab", 1), ("a", 2), ("abc", 3), ("b", 4), ("ab", 5)])
    assert keys.exact("ab") == [1, 5]
    assert keys.beginning("ab") == [1, 5, 3]
    assert keys.beginning("c") == []


def test_titles_by_any_part_with_beginnings_first() -> None:
    titles = LEXICON.titles
    assert [(titles.shown[n], titles.counts[n]) for n in titles.containing("光伏", 9)] == [
        ("光伏產業", 2),
        ("義烏光伏", 1),
    ]
    assert [titles.shown[n] for n in titles.containing("行标", 9)] == ["多行\n标题"]
    assert titles.containing("伏光", 9) == titles.containing("", 9) == []
    assert len(titles.containing("光伏", 1)) == 1


def test_titles_by_pinyin() -> None:
    titles = LEXICON.titles
    assert [titles.shown[n] for n in titles.sounding("yiwugu", 9)] == ["義烏光伏"]
    assert [titles.shown[n] for n in titles.sounding("gfc", 9)] == ["光伏產業"]


def test_an_empty_index_has_an_empty_lexicon() -> None:
    assert not Lexicon([], [], {}).entries and Titles([]).containing("光", 5) == []
