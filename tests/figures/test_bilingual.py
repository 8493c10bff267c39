"""Texts and their translations: how they are aligned, and which of their figures answer one another."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu import Document, Span
from kanwu_rules.figures.bilingual import Bilingual, may_be_bilingual
from kanwu_rules.figures.counterparts import compare
from kanwu_rules.figures.figure_items import near
from kanwu_rules.figures.translation_layout import Layout

ZH = (
    "今年的展览会在江边的新馆举行，来自各地的客人很多。",
    "市长说，他为这座城市感到骄傲，也感谢所有帮忙的人。",
    "会后，客人们参观了旧城，晚上在河边看了灯。",
    "明年的展览会将在另一个城市举行，地点还没有定下来，筹备的人已经开始工作。",
)
EN = (
    "This year the exhibition was held in the new hall by the river, with many guests from all over.",
    "The mayor said that he was proud of the city and thanked all those who had lent a hand.",
    "Afterwards the guests went to see the old town, and in the evening the lights on the river.",
    "Next year the exhibition will be held in another city; where is not known, but work has begun.",
)


def told(text):
    """The differing figures of a text, as they are written."""
    document = Document(text)
    found = compare(document, document.get(Bilingual).pairs)
    return [(text[f.zh.start : f.zh.end], text[f.en.start : f.en.end], f.reason) for f in found]


def pairs(text):
    """The paragraph pairs of a text."""
    return [
        ([text[a:b] for a, b in pair.zh], [text[a:b] for a, b in pair.en])
        for pair in Document(text).get(Bilingual).pairs
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line for both in zip(ZH, EN, strict=True) for line in both],
        [line for both in zip(EN, ZH, strict=True) for line in both],
        [*ZH, *EN],
        [*EN, *ZH],
    ],
    ids=["zh-en in turn", "en-zh in turn", "zh first", "en first"],
)
def test_paragraphs_are_paired_in_every_layout(lines):
    expected = [([zh], [en]) for zh, en in zip(ZH, EN, strict=True)]
    assert pairs("\n\n".join(lines)) == expected
    assert pairs("\r\n".join(lines)) == expected


def test_a_paragraph_that_was_left_out_has_no_pair():
    names = ("Anton", "Berta", "Clara", "David", "Emil", "Fritz", "Gustav", "Hanna")
    zh = [f"{line}{name}是其中之一。" for line, name in zip(ZH * 2, names, strict=True)]
    en = [f"{line} {name} was one of them." for line, name in zip(EN * 2, names, strict=True)]
    found = pairs("\n".join([*zh, *en[:5], *en[6:]]))
    assert found == [([zh[at]], [en[at]]) for at in (0, 1, 2, 3, 4, 6, 7)]


def test_sentences_of_a_pair_are_paired():
    text = "".join(ZH) + "\n" + " ".join(EN)
    (pair,) = Document(text).get(Bilingual).pairs
    assert [len(sentence.zh) for sentence in pair.sentences] == [1, 1, 1, 1]


@pytest.mark.parametrize("text", ["", "江边", "The river and the town.", ZH[0] * 9, "\n".join(ZH)])
def test_one_language_is_not_two(text):
    assert not may_be_bilingual(text)


def test_a_little_english_makes_no_translation():
    assert pairs("\n".join([*ZH, *ZH, "See the end of the text for more."])) == []


def zh_number(value):
    """A whole number with 万 and 亿."""
    for power, word in ((10**8, "亿"), (10**4, "万")):
        if value >= power:
            return f"{(Decimal(value) / power).normalize():f}{word}"
    return str(value)


def en_number(value):
    """The same as English writes it."""
    for power, word in ((10**9, "bn"), (10**6, "m")):
        if value >= power:
            return f"{(Decimal(value) / power).normalize():f}{word}"
    return f"{value:,}"


THINGS = (("名工人", "workers"), ("艘船", "ships"), ("辆汽车", "cars"), ("棵树", "trees"))
numbers = st.builds(
    lambda digits, power: digits * 10**power, st.integers(11, 998), st.integers(0, 9)
)


def bilingual(zh_values, en_values):
    """One sentence a figure, in two paragraphs."""
    zh = "".join(
        f"据说那里一共有{zh_number(v)}{THINGS[i % 4][0]}。" for i, v in enumerate(zh_values)
    )
    en = " ".join(
        f"There are said to be {en_number(v)} {THINGS[i % 4][1]} over there."
        for i, v in enumerate(en_values)
    )
    return f"{zh}\n\n{en}\n"


@settings(deadline=None)
@given(st.lists(numbers, min_size=1, max_size=6, unique=True))
def test_values_that_are_the_same_are_never_told(values):
    assert told(bilingual(values, values)) == []


@settings(deadline=None)
@given(st.lists(numbers, min_size=3, max_size=5, unique=True), st.data())
def test_one_digit_that_was_changed_is_found(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    written = str(values[at])
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != written[0]]))
    changed = int(digit + written[1:])
    # A figure that other figures of the text explain is not told; so may one that answers two of them.
    others = [v for i, v in enumerate(values) if i != at]
    if any(near(Decimal(changed), Decimal(v)) or changed == v for v in others):
        return
    found = told(bilingual(values, [changed if i == at else v for i, v in enumerate(values)]))
    assert [reason for *_, reason in found] == ["digit"]
    assert zh_number(values[at]) in found[0][0]


@settings(deadline=None)
@given(st.lists(numbers, min_size=3, max_size=5, unique=True), st.data())
def test_figures_that_were_left_out_are_not_told(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    rest = [v for i, v in enumerate(values) if i != at]
    document = bilingual(values, values).split("\n\n")[0] + "\n\n"
    en = bilingual(rest, rest).split("\n\n")[1]
    assert told(document + en) == []


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        (2860, 7860, "digit"),
        (30, 50, "digit"),
        (Decimal("4.4"), Decimal("7.4"), "digit"),
        (10**8, 10**11, "magnitude"),
        (45, 4500, "magnitude"),
        (2, 8, None),
        (60, 101, None),
        (35, 62, None),
        (0, 5, None),
        (-5, 50, None),
    ],
)
def test_slips(one, other, slip):
    assert near(Decimal(one), Decimal(other)) == slip


@pytest.mark.parametrize(
    "text",
    [
        "共有31个国家参加，项目3500个。There were 31 countries in it and 3,800 projects in all.\n",
        "There were 31 countries in it and 3,800 projects in all. 共有31个国家参加，项目3500个。\n",
        "共有31个国家参加，项目3500个 | There were 31 countries in it and 3,800 projects in all\n",
        "共有31个国家参加。项目3500个。\n\nThere were delegations of 31 countries in it and\n3,800 projects.\n",
    ],
)
def test_a_layout_leads_back_to_the_document(text):
    layout = Document(text).get(Layout)
    laid = layout.document.text
    assert laid != text
    for word in ("31个国家", "3500个", "There were", "3,800 projects"):
        span = Span(laid.index(word), laid.index(word) + len(word))
        start, end = layout.original(span)
        assert text[start:end] == word
    (pair,) = layout.document.get(Bilingual).pairs
    assert len(pair.zh) == len(pair.en) == 1


@given(st.text(alphabet="中文。；31 aAbc.\n/\r", max_size=200))
def test_a_layout_changes_blanks_alone(text):
    layout = Document(text).get(Layout)
    assert "".join(layout.document.text.split()) == "".join(text.split())


def test_a_document_of_one_language_is_left_as_it_is():
    document = Document("共有31个国家参加。\n项目3500个。\n")
    assert document.get(Layout).document is document
