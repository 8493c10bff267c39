"""The numerals of a text with the words right beside them: a quick look, before figures are read.

Reading the figures of an article takes far longer than finding where its numerals stand. Only where two
articles have different numerals beside the same words is there anything to compare, and that is rare.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from sys import intern
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.masks import masks
from kanwu_rules.figures.numerals import DIGIT, MYRIAD, POWER
from kanwu_rules.figures.quantities import words
from kanwu_rules.figures.statements import (
    ADJOINING,
    LEAST_ADJOINING,
    MASK,
    SIGNS,
    common,
    verb_words,
)
from kanwu_rules.figures.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BEFORE, BEHIND = "<", ">"
REACH = 24

# Digits or Chinese numerals, with the words inside them and behind them (3.5万, 几十, 1200多亿).
NUMERALS = Pattern(
    rf"((?:[0-9０-９]++(?:[.．,][0-9０-９]++)*+\ ?|[几幾数數半{DIGIT}{POWER}{MYRIAD}])"
    rf"[0-9０-９.．点點半{DIGIT}{POWER}{MYRIAD}]*+(?:[多余餘几幾来來][{POWER}{MYRIAD}]*+)?"
    rf"(?:分之[0-9０-９.．点點{DIGIT}{POWER}]++)?)"
)
SENTENCE_ENDS = Pattern(r"[。！？；!?\r\n]")
DATES = frozenset("月日号號")
EDITIONS = frozenset("届屆")
PER, PER_CENT = "分之", "%"
CURRENCIES = ("$", "＄", "￥", "¥", "€", "£")
CLOCK = frozenset("时時点點分:：")
YEAR = Pattern(r"[12１２][0-9０-９]{3}|[一二][〇零一二三四五六七八九]{3}")


def parts_of(text: str) -> Sequence[str]:
    """A text cut at its numerals, each of them between two others of its parts."""
    return NUMERALS.compiled.split(text)


def contexts(parts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The keys under which the numerals of a text can be compared, each with the index of its numeral."""
    masked = MASK.join(parts[::2])
    if masked.count(MASK) != len(parts) // 2:
        masked = MASK.join(part.replace(MASK, "") for part in parts[::2])
    named, names = units().words, units().by_name
    sign_out, skipped = SIGNS.compiled.sub, between()
    number = -1
    for sentence in SENTENCE_ENDS.compiled.split(masked):
        if MASK not in sentence:
            continue
        plain = sign_out("", sentence)
        at = plain.find(MASK)
        while at >= 0:
            number += 1
            numeral = parts[2 * number + 1]
            if numeral == "一":
                at = plain.find(MASK, at + 1)
                continue
            behind = parts[2 * number + 2]
            word = named.at(behind, 0, len(behind)) if behind else ""
            unit = unit_of(parts[2 * number], numeral, names[word].name if word else "")
            if is_figure(numeral, unit, plain, at):
                before = plain[max(0, at - REACH) : at].rstrip(skipped)[-ADJOINING:]
                start = at + 1 + len(sign_out("", word))
                behind = plain[start : start + ADJOINING]
                if speaks(before):
                    yield number, f"{unit or behind[:1]}{BEFORE}{before}"
                if speaks(behind):
                    yield number, f"{unit}{BEHIND}{behind}"
            at = plain.find(MASK, at + 1)


def unit_of(before: str, numeral: str, behind: str) -> str:
    """The unit of a numeral: what stands behind it, if it is not said before it or in it (￥480, 百分之五)."""
    if PER in numeral:
        return PER_CENT
    return before[-1:] if before.endswith(CURRENCIES) else behind


def is_figure(numeral: str, unit: str, plain: str, at: int) -> bool:
    """Whether a numeral may be a figure: no date, no article of a law, no bare number."""
    behind = plain[at + 1 : at + 2]
    if behind in EDITIONS or (plain[at - 1 : at] == "第" and behind in numbered()):
        return False
    if not unit:
        marked = not (len(numeral) == 1 or numeral.isdecimal() or behind in DATES)
        return marked or behind in CLOCK
    return unit not in DATES and not (unit == "年" and YEAR.fullmatch(numeral))


@lru_cache(maxsize=1)
def numbered() -> frozenset[str]:
    """What is told by its number: parts of a text, sessions and issues."""
    return frozenset(f"{masks().parts_of_text}次期")


def speaks(near: str) -> bool:
    """Whether the words beside a numeral tell enough of what it is the number of."""
    if len(near) < LEAST_ADJOINING:
        return False
    return len(common().compiled.sub("", near).replace(MASK, "")) >= LEAST_ADJOINING


def figures_of(text: str) -> dict[str, str]:
    """What a text says under each key: its numerals there."""
    parts = parts_of(text)
    found: dict[str, str] = {}
    for number, key in contexts(parts):
        numeral = parts[2 * number + 1].replace(" ", "")
        known = found.get(key)
        if known is None:
            found[intern(key)] = intern(numeral)
        elif numeral != known:
            found[key] = f"{known} {numeral}"
    return found


def offsets_of(text: str, keys: set[str]) -> list[int]:
    """Where the numerals stand that a text has under some keys."""
    parts = parts_of(text)
    ends = list(accumulate(map(len, parts)))
    return sorted({ends[2 * number] for number, key in contexts(parts) if key in keys})


def same_digits(one: str, other: str) -> bool:
    """Whether of the numerals under a key of two texts some have the same digits, and perhaps another size."""
    digits = set(map(digits_of, one.split()))
    return not digits.isdisjoint(set(map(digits_of, other.split())) - {""})


def digits_of(numeral: str) -> str:
    """The digits of a numeral from the first that is not 0 to the last."""
    return "".join(filter(str.isdecimal, numeral)).strip("0０")


@lru_cache(maxsize=1)
def between() -> str:
    """The characters of the words that stand between what is counted and its number."""
    before = [word for listed in words().before.values() for word, _ in listed]
    return "".join(sorted(set("".join((*before, *verb_words(), words().fillers)))))
