"""Figures of one article: what rounding explains is never reported, and what it does not always is."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu import Document, Span, check_text
from kanwu_rules.figures.bounds import Bounds, bounds_of, count_of, shown, span_shown
from kanwu_rules.figures.sentences import LONGEST, Sentences, claims_between

POSITIVE = st.decimals(Decimal("0.01"), 10**9, places=2)
PLACES = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01")])
RULES = [f"FIG{n:03}" for n in (5, 6, 7, 8, 12, 15, 16)]


def rounded(value: Decimal, place: Decimal) -> Decimal:
    return value.quantize(place, ROUND_HALF_UP)


@settings(deadline=None)
@given(POSITIVE, POSITIVE, PLACES, PLACES, st.booleans())
def test_rounding_explains_every_true_growth(
    before: Decimal, delta: Decimal, place: Decimal, rate_place: Decimal, down: bool
) -> None:
    if down and delta >= before:
        return
    total = before - delta if down else before + delta
    rate = rounded(100 * delta / before, rate_place)
    word, way = ("减少", "下降") if down else ("增加", "增长")
    one, two = rounded(total, place), rounded(delta, place)
    old = rounded(before, place)
    text = (
        f"产量达{one}万吨，比上年{word}{two}万吨，{way}{rate}%。"
        f"产量从{old}万吨{word}到{one}万吨，{way}{rate}%。"
    )
    assert check_text(text, select=["FIG005", "FIG012"]) == []


@settings(deadline=None)
@given(st.integers(1000, 10**6), st.integers(1, 400), st.integers(10, 400))
def test_a_rate_that_is_far_off_is_reported(before: int, percent: int, off: int) -> None:
    delta = before * percent // 100
    text = f"用户{before + delta}万户，比上年增加{delta}万户，增长{percent + off}%。"
    (found,) = check_text(text, select=["FIG005"])
    assert len(found.related) == 2


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_bounds_hold_what_they_are_made_of(
    low: Decimal, width: Decimal, other: Decimal, spread: Decimal, at: tuple[int, int]
) -> None:
    one, two = Bounds(low, low + width), Bounds(other, other + spread)
    first, second = low + width * at[0] / 9, other + spread * at[1] / 9
    slack = Decimal("1e-9")
    for bounds, value in (
        (one.plus(two), first + second),
        (one.minus(two), first - second),
        (one.times(two.low), first * two.low),
        (one.over(two), first / second),
    ):
        assert bounds is not None
        assert bounds.low - slack <= value <= bounds.high + slack


def test_nothing_is_divided_by_what_may_be_nought() -> None:
    assert Bounds(Decimal(1), Decimal(2)).over(Bounds(Decimal(0), Decimal(3))) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 500), min_size=3, max_size=3), st.integers(-3, 3))
def test_medals_are_added_up(parts: list[int], off: int) -> None:
    gold, silver, bronze = parts
    total = sum(parts) + off
    text = f"共获得{gold}金{silver}银{bronze}铜共{max(total, 0)}枚奖牌。"
    assert bool(check_text(text, select=["FIG015"])) == (max(total, 0) != sum(parts))


def test_bounds_of_figures() -> None:
    text = "约200人，3.50亿元，165人"
    about, money, people = claims_between(text, 0, 0, len(text))
    assert bounds_of(about).low < 200 < bounds_of(about).high
    assert bounds_of(money) == (Decimal(349500000), Decimal(350500000))
    assert count_of(people) == (165, 165)
    assert str(span_shown(count_of(people))) == "165"
    assert shown(Decimal("68.878"), Decimal("0.1")) == "68.9"


def test_a_sentence_is_read_once_and_a_table_not_at_all() -> None:
    table = "1元 " * LONGEST
    document = Document(f"共3人。共5人，其中2人。\n{table}\n")
    places = [Span(at, at + 1) for at in (5, 8, len(table))]
    (sentence,) = document.get(Sentences).at(places)
    assert [claim.value for claim in sentence.claims] == [5, 2]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000
        + "人，其中"
        + "2" * 10_000
        + "人，占"
        + "3" * 10_000
        + "%，增长"
        + "4" * 10_000
        + "%",
        "其中" * 2000 + "1人",
        "比上年增加1万吨，增长1%" * 400,
        "甲、" * 3000 + "乙等五千国",
        "姓名 应到 实到 缺席\n甲班 30 28 2\n乙班 3O 2l 9",
        "盐5克、糖50克左右，其中冰糖3克；电话13800138000，其中010-12345678",
        "中国队3∶0胜，第12位发球，占比：1/2；600519涨10%，从1300到1400。",
        "三山半落青天外，二水中分白鹭洲。千里江陵一日还，其中万里三千客。",
        "0金0银0铜共0枚奖牌，从0人增加到5人，增长500%，比上年增加0人，增长0%。",
        "",
    ],
)
def test_what_is_no_statement_is_left_alone(text: str) -> None:
    assert check_text(text, select=RULES) == []
