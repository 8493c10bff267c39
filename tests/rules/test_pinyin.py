"""The reader of pinyin."""

from kanwu_rules.figures.pinyin import common_reading, syllables


def test_all_readings_of_each_character():
    assert syllables("宗本") == ({"zong"}, {"ben"})
    assert {"chang", "zhang"} <= syllables("长")[0]
    assert "xu" in syllables("徐")[0]


def test_surnames_have_readings_of_their_own():
    assert "ou" in syllables("区志军")[0]
    assert "zha" in syllables("查良镛")[0]
    assert "qiu" in syllables("仇英")[0]
    assert syllables("尉迟")[0] >= {"yu", "wei"}


def test_traditional_characters_and_the_umlaut():
    assert "lü" in syllables("呂")[0]
    assert syllables("倫") == syllables("伦")


def test_what_is_no_chinese_character_has_no_reading():
    assert syllables("A1，") == (frozenset(),) * 3
    assert syllables("") == ()


def test_the_common_reading():
    assert [common_reading(c) for c in "仑伦A"] == ["lun", "lun", "A"]
