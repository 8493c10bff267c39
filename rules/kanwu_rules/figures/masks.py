"""Masks: numbers that count nothing (三位一体, 5G, 3:2, 第三章, 2.0.1, 十分)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.documents.tables import words_of
from kanwu_rules.figures.units import NONE
from kanwu_rules.figures.word_list import WordList

if TYPE_CHECKING:
    from kanwu_rules.figures.quantities import Quantity

# 陆 and 伍 alone are words; as numerals of cheques they stand in company.
FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟弌貳參叄陸幺")
# A year of a reign with ours behind it: 太清三年（549年）.
DATED = Pattern(r"[（(][前約约]?[0-9]{1,4}年?[）)—－-]")
YEARS = range(1000, 3000)
# A year of four digits is a date, a number of years with one of these behind it lasts.
LASTING = frozenset("来來间間前后後历歷的多以之")
BEFORE_YEARS = frozenset("（(，。、；于於在从從至自到及与和")
NUMERALS = frozenset("零〇一二三四五六七八九十")
# Plasma 5 桌面, Python 3 代码: a number with blanks around it behind a Latin word.
PRODUCT = Pattern(r"[A-Za-z]\ $")


class Masks(NamedTuple):
    """The table of masks."""

    idioms: WordList
    never_small: frozenset[str]
    parts_of_text: frozenset[str]
    points: tuple[str, ...]
    coordinates: tuple[str, ...]
    sessions: Pattern


@lru_cache(maxsize=1)
def masks() -> Masks:
    """The masks, read at the first call."""
    table = read_table(__file__, "masks.toml")
    return Masks(
        WordList(words_of(table["idioms"])),
        frozenset(table["never_small"]),
        frozenset(table["parts_of_text"]),
        tuple(table["points"]),
        tuple(table["coordinates"]),
        Pattern(table["sessions"]),
    )


def is_masked(text: str, quantity: Quantity, line_start: int) -> bool:
    """Whether a quantity that was read is none."""
    start, end = quantity.number_start, quantity.number_end
    before = text[start - 1] if start > line_start else ""
    behind = text[end : end + 1]
    if not quantity.chinese and in_name(text, start, line_start, before):
        return True
    if behind and behind in ":：∶·•" and text[end + 1 : end + 2].isdigit():
        return True
    if behind.isascii() and behind.isalpha() and not quantity.unit.name.isascii():
        return True
    if behind == "." and text[end + 1 : end + 2].isdecimal():
        return True
    if is_angle(text, quantity) or is_year_alone(text, quantity, before):
        return True
    if quantity.chinese:
        return masked_numeral(text, quantity)
    return masked_digits(text, quantity, line_start)


def is_angle(text: str, quantity: Quantity) -> bool:
    """Whether degrees and minutes tell a place: 北纬39.9度, 东经126度14分."""
    name = quantity.unit.name
    if name == "分":
        return text.startswith(("度", "时", "時", "点", "點"), quantity.number_start - 1)
    if name != "度":
        return False
    behind = text[quantity.end : quantity.end + 1]
    if behind.isdigit() or (behind and behind in NUMERALS):
        return True
    return text.startswith(masks().coordinates, max(quantity.number_start - 2, 0))


def is_year_alone(text: str, quantity: Quantity, before: str) -> bool:
    """Whether 年 makes a year of an early century or of a reign: （230年）, 六年，迁枢密副使."""
    if quantity.unit.name != "年" or quantity.marked:
        return False
    if text[quantity.end : quantity.end + 1] in LASTING:
        return False
    if quantity.chinese:
        return before in ("", "。", "；")
    size = quantity.number_end - quantity.number_start
    return size == 3 and (not before or before in BEFORE_YEARS)


def in_name(text: str, start: int, line_start: int, before: str) -> bool:
    """Whether a letter or a joining mark stands before a number: F-35, G20, 3∶0, 9·11."""
    if not before:
        return False
    if before.isascii():
        if before.isalpha():
            return not text.startswith("RMB", start - 3) and not text.startswith("USD", start - 3)
        if before in "-.%\\+":
            return True
        return before in ":/_#*^=@&" and not (
            before == ":" and not text[start - 2 : start - 1].isdigit()
        )
    if before in "－−‐‑–—":
        return start - 1 > line_start and text[start - 2 : start - 1].isalnum()
    return before in "∶·•／№×：" and text[start - 2 : start - 1].isdigit()


def masked_numeral(text: str, quantity: Quantity) -> bool:
    """Whether Chinese numerals are a part of a word or of a name."""
    table = masks()
    written = text[quantity.number_start : quantity.number_end]
    unit = quantity.unit
    if quantity.marked:
        return False
    if unit is NONE or (len(written) == 1 and written in FORMAL):
        return True
    if table.sessions.match(text, quantity.number_end):
        # 第三次会议 is an ordinal, and 三大的 counts: congresses have had numbers above ten.
        return unit.name != "大" or quantity.interval.value > 10
    if unit.name == "年" and DATED.match(text, quantity.end):
        return True
    if unit.name == "番":
        return not text[max(0, quantity.number_start - 2) : quantity.number_start].endswith(
            ("翻", "翻了")
        )
    if len(written) == 1 and (unit.name in table.never_small or written in "二〇零"):
        return not (unit.name == "元" and text.startswith("钱", quantity.end))
    return False


def masked_digits(text: str, quantity: Quantity, line_start: int) -> bool:
    """Whether Arabic digits are a year, a version, a heading's number or a place on the map."""
    start, end, unit = quantity.number_start, quantity.number_end, quantity.unit
    written = text[start:end]
    size = end - start
    if size > 1 and written[0] in "0０" and written[1].isdigit():
        return True
    if unit.name == "年" and not quantity.marked and size == 4 and quantity.interval.value in YEARS:
        return True
    spaced = text[start - 1 : start] == text[end : end + 1] == " "
    if (
        spaced
        and unit.unit_class == "count"
        and PRODUCT.search(text, max(line_start, start - 2), start)
    ):
        return True
    return text[end : end + 1] == " " and start == line_start and not unit.name.isascii()
