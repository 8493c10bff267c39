"""Whether two figures can both be right, and which articles are on one event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu import Document
from kanwu.analysis.articles import Articles
from kanwu_rules.figures.alignment import aligned, longest_common
from kanwu_rules.figures.comparison import shifted, verdict
from kanwu_rules.figures.linking import linked, swapped
from kanwu_rules.figures.statements import packed, statements_of, unpacked


def statements(text):
    document = Document(text)
    return [s for article in document.get(Articles) for s in statements_of(document, article)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("约6800亩", "6821亩", "agree"),
        ("2700人", "2700多人", "agree"),
        ("1.5亿元", "1.48亿元", "agree"),
        ("超400亿元", "超过400亿元", "agree"),
        ("近3万个", "29475个", "agree"),
        ("逾2万个", "29475个", "loose"),
        ("100多家", "200多家", "differ"),
        ("约6800亩", "68000亩", "differ"),
        ("45人", "48人", "contradict"),
        ("28.7%", "28.8%", "contradict"),
        ("2.4万家", "2.4亿家", "contradict"),
    ],
)
def test_verdicts(one, other, expected):
    (first,), (second,) = statements(f"共有{one}参加"), statements(f"共有{other}参加")
    assert verdict(first, second) == verdict(second, first) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("6800亩", "68000亩", True),
        ("2.4万亩", "2.4亿亩", True),
        ("680亩", "860亩", False),
        ("680亩", "680亩", False),
    ],
)
def test_shifted(one, other, expected):
    (first,), (second,) = statements(one), statements(other)
    assert shifted(first, second) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("候选人为澳门代表", "候选人为香港代表", True),
        ("女子组参赛", "男子组参赛", False),
        ("参加女子组的比赛", "参加男子组的比赛", True),
        ("种植荔枝", "种植了荔枝", False),
        ("全市", "全市", False),
    ],
)
def test_a_word_in_the_place_of_another(one, other, expected):
    assert swapped(one, other) is expected


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(4, 9999)), max_size=8))
def test_an_article_agrees_with_itself(figures):
    text = "".join(f"{name}村种植荔枝{number}亩，" for name, number in figures)
    one = statements(text)
    link = linked(aligned(one, statements(text)))
    assert link.told == []
    assert link.agreed == link.compared


@given(st.text("年月日0123456789万亿多约%亩人。，\n种植了参加", max_size=80))
def test_statements_survive_packing(text):
    found = statements(text)
    assert unpacked(packed(found)) == tuple(found)


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
def test_the_longest_common_subsequence(one, other):
    length = longest_common(one, other)
    assert length == longest_common(other, one) == longest_common(one[::-1], other[::-1])
    assert length <= min(len(one), len(other))
    assert longest_common(one, one) == len(one)
