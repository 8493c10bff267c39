"""Numbers as they are written, read into exact decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu_rules.figures.numerals import LONGEST, read_chinese, read_mixed, read_pair

SIMPLE = ("零一二三四五六七八九", "十百千", "万亿")
TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬億")
FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
FORMAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
STYLES = (SIMPLE, TRADITIONAL, FORMAL, FORMAL_TRADITIONAL)


def section(number, style):
    """A number from 1 to 9999 in numerals."""
    digits, powers, _ = style
    written, gap = "", False
    for exponent in (3, 2, 1, 0):
        digit = number // 10**exponent % 10
        if digit:
            written += (
                ("零" if gap else "") + digits[digit] + (powers[exponent - 1] if exponent else "")
            )
            gap = False
        elif written:
            gap = True
    return written


def in_numerals(number, style=SIMPLE):
    """A whole number below 10^12 as it is written out."""
    if number == 0:
        return style[0][0]
    written = ""
    for exponent, power in ((8, style[2][1]), (4, style[2][0]), (0, "")):
        part = number // 10**exponent % 10**4
        if part:
            gap = written and (part < 1000)
            written += ("零" if gap else "") + section(part, style) + power
    return written


def value(read):
    return None if read is None else read.value


@given(st.integers(0, 10**12 - 1), st.sampled_from(STYLES))
def test_numerals_are_read_as_they_were_written(number, style):
    assert value(read_chinese(in_numerals(number, style))) == number


@given(st.integers(10, 19).flatmap(lambda n: st.sampled_from([(n, in_numerals(n)[1:])])))
def test_ten_needs_no_one_before_it(pair):
    number, written = pair
    assert value(read_chinese(written)) == number


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from("百千万亿"))
def test_the_last_power_may_be_left_unsaid(first, second, power):
    digits = SIMPLE[0]
    factor = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[power]
    said = read_chinese(digits[first] + power + digits[second])
    assert said.value == first * factor + second * factor // 10
    assert said.place == factor // 10


@given(st.integers(0, 10**9), st.integers(0, 10**4))
def test_a_fraction_in_numerals(whole, fraction):
    written = in_numerals(whole) + "点" + "".join(SIMPLE[0][int(c)] for c in str(fraction))
    assert value(read_chinese(written)) == Decimal(f"{whole}.{fraction}")


@given(
    st.decimals(0, 10**9, places=3),
    st.sampled_from([("", 0), ("万", 4), ("亿", 8), ("万亿", 12), ("千万", 7), ("百万", 6)]),
    st.booleans(),
    st.booleans(),
)
def test_digits_with_powers(number, power, grouped, full_width):
    word, exponent = power
    written = f"{number:,}" if grouped else str(number)
    if full_width:
        written = written.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    read = read_mixed(written + word)
    assert read.value == number * 10**exponent
    assert read.place == Decimal(10) ** (exponent - 3)


@given(st.integers(1, 99), st.integers(1, 9999))
def test_powers_one_after_the_other(first, second):
    assert value(read_mixed(f"{first}亿{second}万")) == first * 10**8 + second * 10**4


@given(st.text("零一二两三四五六七八九十百千万亿点", max_size=12))
def test_any_run_of_numerals_is_read_or_refused(written):
    read = read_chinese(written)
    assert read is None or (read.value >= 0 and read.place > 0 and read.step >= read.place)


@given(st.text("0123456789０１２３.．,，万亿千百 ", max_size=20))
def test_any_run_of_digits_is_read_or_refused(written):
    read = read_mixed(written)
    assert read is None or read.value >= 0


@pytest.mark.parametrize(
    ("written", "number", "place"),
    [
        ("一百二十", "120", "10"),
        ("一百零二", "102", "1"),
        ("两万", "20000", "10000"),
        ("三点五亿", "350000000", "10000000"),
        ("二〇二〇", "2020", "1"),
        ("三千五百万亿", "3500000000000000", "100000000000000"),
        ("廿", None, None),
        ("十十", None, None),
        ("三千百", None, None),
        ("亿万", None, None),
    ],
)
def test_numerals(written, number, place):
    read = read_chinese(written)
    assert (read and (read.value, read.place)) == (number and (Decimal(number), Decimal(place)))


@pytest.mark.parametrize(
    ("written", "number", "step"),
    [
        ("3.50亿", "350000000", "1000000"),
        ("1200亿", "120000000000", "10000000000"),
        ("350，000", "350000", "10000"),
        ("2 . 2亿", "220000000", "10000000"),
        ("108,081.90", "108081.90", "0.01"),
        ("3万5千", "35000", "1000"),
        ("5千3亿", None, None),
    ],
)
def test_digits(written, number, step):
    read = read_mixed(written)
    assert (read and (read.value, read.step)) == (number and (Decimal(number), Decimal(step)))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("七八", 7, 8),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("二三百", 200, 300),
        ("十七八", 17, 18),
        ("三四十", 30, 40),
        ("二三十万", 200_000, 300_000),
    ],
)
def test_two_neighbours_in_one_breath(written, low, high):
    assert [read.value for read in read_pair(written)] == [low, high]


@pytest.mark.parametrize("written", ["一九", "八七", "一二三", "四", "二十三", "三六"])
def test_other_digits_are_no_pair(written):
    assert read_pair(written) is None


@pytest.mark.parametrize("digit", ["9", "九", "９"])
def test_what_nobody_counts_is_refused_at_once(digit):
    written = digit * 10_000
    assert len(written) > LONGEST
    assert (read_chinese if digit == "九" else read_mixed)(written) is None
