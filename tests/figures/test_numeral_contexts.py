"""What is noted of a text before its figures are read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu import Document
from kanwu_rules.figures.numeral_contexts import (
    Numerals,
    offsets_of,
    restored,
    same_digits,
    sentences_at,
)
from kanwu_rules.figures.statements import Stated, is_law


def figures_of(text):
    return Numerals.of_text(text).figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柏树村种植荔枝约6800亩", "柏树村种植了荔枝68000亩"),
        ("柏树村的荔枝达到6800多亩", "柏树村荔枝超过一万亩"),
        ("两件商品的总价是￥480", "两件商品总价￥400"),
        ("全市水土保持率达百分之五", "全市水土保持率为6%"),
        ("長崎縣農業生產額有1,533億日元", "長崎縣農業生產額1,553億日元"),
        ("展览在5月3日上午9时开幕", "展览在5月3日上午10时开幕"),
        ("第二天来了300人参加登山比赛", "有400人参加登山比赛"),
    ],
)
def test_different_numerals_beside_the_same_words_meet(one, other):
    first, second = figures_of(one), figures_of(other)
    shared = first.keys() & second.keys()
    assert any(first[key] != second[key] for key in shared)


@pytest.mark.parametrize(
    "text",
    [
        "依照本法第三十二条的规定处罚",
        "全国人大常委会第十二次会议今天举行",
        "记者在2021年5月3日来到这里采访",
        "这一天一些人统一了一种看法",
        "The museum received 12000 visitors last year",
        "",
        "###",
    ],
)
def test_no_figures(text):
    assert not any("一" <= c <= "龥" for key in figures_of(text) for c in key[2:])


def test_a_mask_in_the_text_is_no_numeral():
    plain = "柏树村种植荔枝6800亩，产值1200万元"
    assert figures_of(f"#{plain}#").items() >= {"亩<树村种植荔枝": "6800"}.items()


@given(st.text("年月日第条次0123456789一二万亿多约%￥亩人。，#\n种植荔枝参加", max_size=80))
def test_numerals_stand_where_they_are_said_to(text):
    found = figures_of(text)
    for key, numerals in found.items():
        for offset in offsets_of(text, {key}):
            assert any(text.startswith(n[0], offset) for n in numerals.split())


@given(st.text("年月1234567890一二万亿亩人。；，\n\r\0种植荔枝参加的天气很好", max_size=120))
def test_sentences_with_figures_stay_where_they_are(text):
    found = Numerals.of_text(text)
    kept = restored(found.sentences)
    assert len(kept) == (len(text) if found.figures else 0)
    for one, other in zip(text, kept, strict=False):
        assert one == other or (other == " " and one not in "\r\n")
    # A blank where \0 stood may make a figure of a text that has none.
    assert not kept or Numerals.of_text(kept).figures == figures_of(text.replace("\0", " "))
    for key in figures_of(kept):
        (first, *_) = offsets_of(kept, {key})
        assert offsets_of(sentences_at(kept, [first]), {key})[0] == first


def test_what_holds_no_figures_is_cut_out():
    text = "柏树村的荔枝熟了，村里人都很高兴。今年的天气真好。\n柏树村种植荔枝6800亩。\n"
    assert len(Numerals.of_text(text).sentences) < 24


@given(st.text("0123456789万亿.", max_size=8))
def test_digits(numeral):
    assert same_digits(numeral, numeral + "0") == any(c in "123456789" for c in numeral)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一条 甲\n　　第二条 乙\r第三条 丙", True),
        ("依照第一条、第二条和第三条，依照第一条", False),
        ("第一条 甲\n第二条 乙\n见第三条", False),
    ],
)
def test_laws(text, expected):
    assert is_law(text) is expected
    assert not (expected and Document(text).get(Stated).parts)


@pytest.mark.parametrize(
    "unit", ["1", "一", "，", "#", "。", "1，", "约1亩", "第1条", "\n", " ", "."]
)
def test_time_grows_with_the_text(unit):
    spent = []
    for size in (50_000, 400_000):
        text = unit * (size // len(unit))
        start = time.process_time()
        figures_of(text)
        is_law(text)
        spent.append(time.process_time() - start)
    assert spent[1] < 40 * max(spent[0], 0.01)
