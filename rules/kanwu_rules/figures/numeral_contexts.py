"""The numerals of a text with the words right beside them: a quick look, before figures are read.

Reading the figures of an article takes far longer than finding where its numerals stand. Only where two
articles have different numerals beside the same words is there anything to compare, and that is rare.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

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
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

BEFORE, BEHIND = "<", ">"
REACH, REACH_BEHIND = 32, 12
"""Characters in which the words beside a numeral are looked for, signs among them."""

# Digits or Chinese numerals, with the words inside them and behind them (3.5万, 几十, 1200多亿). The class
# stands first and alone, since only then is the text scanned by it.
NUMERALS = Pattern(
    rf"([0-9０-９几幾数數半{DIGIT}{POWER}{MYRIAD}]"
    rf"(?:(?<=[0-9０-９])[0-9０-９]*+(?:[.．,][0-9０-９]++)*+\ ?)?+"
    rf"[0-9０-９.．点點半{DIGIT}{POWER}{MYRIAD}]*+(?:[多余餘几幾来來][{POWER}{MYRIAD}]*+)?"
    rf"(?:分之[0-9０-９.．点點{DIGIT}{POWER}]++)?)"
)
SENTENCE_ENDS = "。！？；!?\r"
END = "\n"
SPOKEN = Pattern(r"[^\r\n]")
CUT = "\0"
CUT_OUT = Pattern(rf"{CUT}([0-9]++){CUT}")
SHORT = 8
"""What is no longer is not worth cutting out."""
ALONE = frozenset(f"几幾數数半{DIGIT}{POWER}{MYRIAD}")
DATES = frozenset("月日号號")
EDITIONS = frozenset("届屆")
PER, PER_CENT = "分之", "%"
CURRENCIES = ("$", "＄", "￥", "¥", "€", "£")
CLOCK = frozenset("时時点點分:：")
YEAR = Pattern(r"[12１２][0-9０-９]{3}|[一二][〇零一二三四五六七八九]{3}")


class Context(NamedTuple):
    """A numeral that may be a figure, a date or a part of one."""

    offset: int
    numeral: str
    keys: Sequence[str]
    """Under which it can be compared: none if it is no figure, or has no words beside it."""


def contexts(text: str) -> Iterator[Context]:
    """The numerals of a text, but for a single character that is no figure (一些)."""
    parts = NUMERALS.compiled.split(with_one_end(text))
    outside = parts[::2]
    if MASK in text:
        outside = [part.replace(MASK, "") for part in outside]
    masked = MASK.join(outside)
    named, names, firsts = units().words.by_first, units().by_name, begins_of_units()
    at = offset = -1
    for previous, numeral, behind, kept in zip(
        parts[::2], parts[1::2], parts[2::2], outside, strict=False
    ):
        at += len(kept) + 1
        start = offset + len(previous) + 1
        offset = start + len(numeral) - 1
        first = behind[:1]
        alone = numeral in ALONE
        if alone and (numeral == "一" or first not in firsts):
            continue
        word = next(filter(behind.startswith, named.get(first, ())), "")
        if alone and not (word or first in CLOCK):
            continue
        unit = unit_of(previous, numeral, names[word].name if word else "")
        keys = []
        if is_figure(numeral, unit, previous, first):
            before, after = before_mask(masked, at), behind_mask(masked, at + 1 + len(word))
            if speaks(before):
                keys.append(f"{unit or after[:1]}{BEFORE}{before}")
            if speaks(after):
                keys.append(f"{unit}{BEHIND}{after}")
        if keys or not alone:
            yield Context(start, numeral, keys)


def with_one_end(text: str) -> str:
    """A text of the same length in which all sentences end in the same character."""
    for end in SENTENCE_ENDS:
        text = text.replace(end, END)
    return text


def before_mask(masked: str, at: int) -> str:
    """The words of a sentence that end at an offset, without signs and what stands before a number."""
    near = masked[max(0, at - ADJOINING) : at]
    # Mostly they stand there as they are.
    plain = near.isalnum() and "了" not in near and "的" not in near
    if plain and len(near) == ADJOINING and near[-1] not in between():
        return near
    # Few signs stand among them, and then a part of the way is enough.
    for reach in (REACH_BEHIND, REACH):
        near = masked[max(0, at - reach) : at].rpartition(END)[2]
        near = SIGNS.compiled.sub("", near).rstrip(between())[-ADJOINING:]
        if len(near) == ADJOINING:
            break
    return near


def behind_mask(masked: str, at: int) -> str:
    """The words of a sentence that begin at an offset, without signs."""
    near = masked[at : at + ADJOINING]
    if len(near) == ADJOINING and near.isalnum() and "了" not in near and "的" not in near:
        return near
    near = masked[at : at + REACH_BEHIND].partition(END)[0]
    return SIGNS.compiled.sub("", near)[:ADJOINING]


@lru_cache(maxsize=1)
def begins_of_units() -> frozenset[str]:
    """The first characters of what makes a figure of one Chinese numeral."""
    return CLOCK | units().words.by_first.keys()


def unit_of(before: str, numeral: str, behind: str) -> str:
    """The unit of a numeral: what stands behind it, if it is not said before it or in it (￥480, 百分之五)."""
    if PER in numeral:
        return PER_CENT
    return before[-1:] if before.endswith(CURRENCIES) else behind


def is_figure(numeral: str, unit: str, before: str, behind: str) -> bool:
    """Whether a numeral may be a figure: no date, no article of a law, no bare number."""
    if behind in EDITIONS or (before.endswith("第") and behind in numbered()):
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


class Numerals(NamedTuple):
    """What is noted of a text: enough to meet other texts, and to be read if it does."""

    figures: dict[str, str]
    """The numerals under each key."""
    sentences: str
    """The text, all sentences without figures and dates cut out of it; see `restored`."""

    @classmethod
    def of_text(cls, text: str) -> Numerals:
        """Read a text through once."""
        figures: dict[str, str] = {}
        offsets = []
        for offset, numeral, keys in contexts(text):
            offsets.append(offset)
            for key in keys:
                known = figures.get(key)
                if known is None:
                    figures[intern(key)] = intern(numeral.replace(" ", ""))
                elif known != numeral:
                    figures[key] = f"{known} {numeral.replace(' ', '')}"
        return cls(figures, shortened(text, offsets) if figures else "")


def shortened(text: str, offsets: Iterable[int]) -> str:
    """A text in which the lengths of lines stand for all but the sentences at some offsets."""
    text = text.replace(CUT, " ")
    if "\r" in text:
        return text
    pieces = []
    for start, end, kept in stretches(text, offsets):
        piece = text[start:end]
        if not kept and end - start > SHORT:
            piece = "\n".join(
                f"{CUT}{len(line)}{CUT}" if line else "" for line in piece.split("\n")
            )
        pieces.append(piece)
    return "".join(pieces)


def restored(sentences: str) -> str:
    """The sentences at the offsets of their text, with blanks between them."""
    return CUT_OUT.compiled.sub(lambda match: " " * int(match[1]), sentences)


def sentences_at(text: str, offsets: Iterable[int]) -> str:
    """A text with nothing but blanks, and the ends of lines, outside of the sentences at some offsets."""
    return "".join(
        text[start:end] if kept else SPOKEN.compiled.sub(" ", text[start:end])
        for start, end, kept in stretches(text, offsets)
    )


def stretches(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, int, bool]]:
    """The sentences at some offsets, which must not decrease, and what lies between them."""
    ended = with_one_end(text)
    end = 0
    for offset in offsets:
        if offset >= end:
            start = ended.rfind(END, end, offset) + 1 or end
            yield end, start, False
            end = ended.find(END, offset) + 1 or len(text)
            yield start, end, True
    yield end, len(text), False


def offsets_of(text: str, keys: AbstractSet[str]) -> list[int]:
    """Where the numerals stand that a text has under some keys."""
    return [context.offset for context in contexts(text) if not keys.isdisjoint(context.keys)]


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
