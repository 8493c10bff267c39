"""Lines that may restate a figure: a quick look at a text, before its figures are read.

To read the figures of a line takes far longer than to find its numerals. A figure is restated in the same
unit, and that below a headline, or behind the same word, or with the same digits and another of 万 and 亿.
Lines that have no such numeral need not be read.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.lines import Lines
from kanwu.documents.tables import words_of
from kanwu_rules.figures.masks import in_name
from kanwu_rules.figures.numerals import DIGIT, MYRIAD, POWER, read_chinese, read_mixed, read_pair
from kanwu_rules.figures.quantities import CURRENCIES, INNER, SIGN_ENDS, unit_stands, words
from kanwu_rules.figures.restatement_words import LEAST_BEFORE
from kanwu_rules.figures.units import PERCENT, units
from kanwu_rules.figures.written_numbers import SEVERAL, UNITS_AFTER_DIGITS, UNITS_WITH_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu import Document

LONGEST_HEADLINE = 60
SENTENCE_ENDS = "。！？；：，.;:,"
MOST_FURTHER = 2
FARTHEST = 40
"""Lines below a headline in which its paragraphs stand."""
POWERS = frozenset("万萬亿億")
LEAST_DIGITS = 11
"""What two figures must have in digits, so that it is no chance that they have the same."""

NUMERAL = DIGIT + POWER + MYRIAD
MORE = "多余餘几幾来來"
ARABIC = (
    rf"[0-9０-９]*+(?:[.．,，][0-9０-９]++)*+"
    rf"(?:\ ?[{POWER}{MYRIAD}]++(?:[0-9]++(?:\.[0-9]++)?+[{MYRIAD}千百]++)*+)?+"
)
CHINESE = rf"[{NUMERAL}]*+(?:[点點][{DIGIT}]++[{POWER}{MYRIAD}]*+)?+"
AND_MORE = rf"(?:\ ?[{MORE}][{POWER}{MYRIAD}]*+)?+"
# A number, or both of a range; no 一, 二 and 三 alone. The class stands first and alone, since only then is
# the text scanned by it.
FIGURE = Pattern(rf"""
    [0-9０-９半{NUMERAL}]
    (?: (?<=[0-9０-９]){ARABIC}{AND_MORE}
      | (?<=[^一二三两兩半]){CHINESE}{AND_MORE} | (?=[{NUMERAL}{MORE}成分点點]){CHINESE}{AND_MORE}
      | (?<=[一过過近]半) | (?=[数數以]) )
    (?: \ ?(?:[-‐‑–—―－~～〜∼]|——|到|至)\ ?(?:[0-9０-９]{ARABIC}|[{NUMERAL}]{CHINESE}){AND_MORE} )?+
""")
WRITTEN = Pattern(rf"[0-9０-９]{ARABIC}|[{NUMERAL}]{CHINESE}")
STATED = "分数數成绩为為达達到至共"
"""The last characters of words before decimals that are figures without a unit."""
YEAR = Pattern(r"[12１２][0-9０-９]{3}")
SMALL = ("0.", "1.", "2.")
BESIDE, BEHIND_SIGN = 5, 8
"""Characters in which an approximator and the sign of a currency stand before a number."""
NEAR = 40
AROUND = 4
CHANGING = frozenset(f"{NUMERAL}0123456789０１２３４５６７８９半几幾数數负")
MOST_ABOVE = 20
"""Figures of headlines that one below them is compared with."""
POINTS = str.maketrans({".": "", "．": ""})
MARKS = frozenset(MORE + MYRIAD)
BARE = frozenset(POWER + MYRIAD) - frozenset("十拾")


class Figure(NamedTuple):
    """A numeral that may be a figure."""

    start: int
    end: int
    line: int


class Headlines:
    """Which lines of a document are headlines, by their form, and what stands below them."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.known: dict[int, bool] = {}

    def has(self, line: int) -> bool:
        """Whether a line is short and no sentence."""
        found = self.known.get(line)
        if found is None:
            text = self.lines[line].strip()
            found = 0 < len(text) <= LONGEST_HEADLINE and text[-1] not in SENTENCE_ENDS
            self.known[line] = found
        return found

    def heads(self, line: int, other: int) -> bool:
        """Whether a paragraph stands under a headline, and under no other but its further lines."""
        if other - line > FARTHEST:
            return False
        further, below = 0, False
        for between in range(line + 1, other + 1):
            if self.has(between):
                further += 1
                if below or further > MOST_FURTHER:
                    return False
            else:
                below = below or bool(self.lines[between].strip())
        return below


def restating(document: Document) -> Sequence[Figure]:
    """The numerals, in order, of which one may restate another."""
    text, lines = document.text, document.get(Lines)
    by_unit: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in FIGURE.finditer(text):
        start, end = match.span()
        for unit in units_of(text, start, end):
            by_unit[unit].append((start, end))
    headlines = Headlines(lines)
    found: set[Figure] = set()
    for spans in by_unit.values():
        if len(spans) == 1:
            continue
        figures = [Figure(start, end, lines.index(start)) for start, end in spans]
        if figures[0].line != figures[-1].line:
            found |= below_headlines(headlines, text, figures)
            found |= behind_one_word(text, figures)
        if have_powers(text, figures):
            found |= with_other_powers(text, figures)
    return sorted(found)


def have_powers(text: str, figures: Sequence[Figure]) -> bool:
    """Whether a figure is written with 万 or 亿."""
    return not POWERS.isdisjoint("".join([text[f.start : f.end] for f in figures]))


def units_of(text: str, start: int, end: int) -> Sequence[str]:
    """The units that the numeral between two offsets may have; none if it is no figure larger than two."""
    numeral = text[start:end]
    before, first, behind = text[start - 1 : start], numeral[0], text[end : end + 1]
    if before == "第" or text.endswith("分之", 0, start):
        return ()
    if first == "半" or behind == "成" or text.startswith("分之", end):
        return (PERCENT.name,)
    arabic = first.isdecimal()
    if arabic:
        small = numeral in ("0", "1", "2") or (numeral.startswith(SMALL) and numeral[-1].isdigit())
        if small or in_name(text, start, 0, before):
            return ()
    unit = unit_behind(text, start, end)
    if unit == "年" and YEAR.fullmatch(numeral):
        return (unit,) if is_approximate(text, start, end + 1) else ()
    if unit:
        return (unit,)
    near = text[max(0, start - BEHIND_SIGN) : start]
    if SIGN_ENDS.isdisjoint(near):
        return ("",) if is_marked(numeral, before) or is_approximate(text, start, end) else ()
    return ("", *{units().by_name[unit].name for sign, unit in CURRENCIES.items() if sign in near})


def is_marked(numeral: str, before: str) -> bool:
    """Whether a numeral is a figure even without a unit: by a power, 多, 几 or a comma, or as 七八."""
    if numeral[0].isdecimal():
        return not numeral.translate(POINTS).isdecimal()
    if before in SEVERAL:
        return True
    if numeral[0] in BARE or len(numeral) == 1:
        return False
    return not MARKS.isdisjoint(numeral) or read_pair(numeral) is not None


def is_approximate(text: str, start: int, end: int) -> bool:
    """Whether an approximator may stand before or behind a numeral, or a word that goes before scores."""
    near = approximators()
    return not near.before.isdisjoint(text[max(0, start - BESIDE) : start]) or (
        text[end : end + 1] in near.after
    )


def unit_behind(text: str, start: int, end: int) -> str:
    """The name of the unit behind a numeral, empty if there is none."""
    table = units()
    prefixed = UNITS_WITH_PREFIX.get(text[end - 1])
    if prefixed:
        behind = text[end : end + 1]
        if behind in prefixed or (behind in UNITS_AFTER_DIGITS and text[start].isdecimal()):
            end -= 1
    at = end + 1 if text.startswith(" ", end) else end
    if text[at : at + 1] not in table.words.by_first:
        return ""
    if text[at] in "个個" and text[at + 1 : at + 2] in INNER:
        lasting = table.words.at("个" + text[at + 2 : at + 4], 0, 4)
        if lasting:
            return table.by_name[lasting].name
    word = table.words.at(text, at, len(text))
    if not word:
        return ""
    unit = table.by_name[word]
    if not unit_stands(text, at + len(word), unit):
        return ""
    return "分钟" if unit.name == "分" else unit.name


def below_headlines(headlines: Headlines, text: str, figures: Sequence[Figure]) -> set[Figure]:
    """The figures in headlines, and those below them."""
    found: set[Figure] = set()
    above: list[Figure] = []
    for figure in figures:
        if headlines.has(figure.line):
            near = [other for other in above if figure.line - other.line <= FARTHEST]
            above = [*near[-MOST_ABOVE:], figure]
            continue
        written = as_written(text, figure)
        for other in above:
            if as_written(text, other) != written and headlines.heads(other.line, figure.line):
                found.update((other, figure))
    return found


def behind_one_word(text: str, figures: Sequence[Figure]) -> set[Figure]:
    """The figures before which the same may stand as in another line.

    Of the last characters that are never left out or put in when something is said again at least one is
    the same, unless so many others follow it that nothing can be told.
    """
    by_word: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        last, follow = last_character(text, figure.start)
        by_word[last].append(figure)
        if last and follow >= LEAST_BEFORE:
            by_word[""].append(figure)
    return {
        figure
        for same in by_word.values()
        if same[0].line != same[-1].line and len({as_written(text, f) for f in same}) > 1
        for figure in same
    }


def as_written(text: str, figure: Figure) -> str:
    """A numeral with all that may make another number of it: 几十, 零下5度, 两个半, 三成五, 2米11."""
    start, end = figure.start, figure.end
    near = text[max(0, start - AROUND) : start] + text[end : end + AROUND]
    return text[start:end] + "".join(filter(CHANGING.__contains__, near))


def last_character(text: str, offset: int) -> tuple[str, int]:
    """The last character before an offset that restatements keep, and how many of others follow it."""
    last = text[offset - 1 : offset]
    if last.isalpha() and last not in passing():
        return last, 0
    found = last_kept().search(text, max(0, offset - NEAR), offset)
    if found is None:
        return "", LEAST_BEFORE
    return found[1], sum(map(str.isalnum, found[2]))


def with_other_powers(text: str, figures: Sequence[Figure]) -> set[Figure]:
    """The figures with the same digits and another of 万 and 亿."""
    by_digits: defaultdict[int, dict[Figure, str]] = defaultdict(dict)
    for figure in figures:
        powers = "".join(filter(POWERS.__contains__, text[figure.start : figure.end]))
        for match in WRITTEN.finditer(text, figure.start, figure.end):
            written = match[0].replace(" ", "")
            read = (read_mixed if written[0].isdecimal() else read_chinese)(written)
            digits = int(read.value / read.place) if read else 0
            if digits >= LEAST_DIGITS:
                by_digits[digits][figure] = powers
    return {figure for same in by_digits.values() if len(set(same.values())) > 1 for figure in same}


class Approximators(NamedTuple):
    """Characters by which an approximator is noticed."""

    before: frozenset[str]
    after: frozenset[str]


@lru_cache(maxsize=1)
def approximators() -> Approximators:
    """These characters, read at the first call."""
    table = words()
    return Approximators(frozenset((*table.before, *STATED)), frozenset((*table.after, *"+多余餘")))


@lru_cache(maxsize=1)
def passing() -> frozenset[str]:
    """The characters of what stands between a figure and its words, or comes and goes among them."""
    fillers = words_of(read_table(__file__, "restatements.toml")["fillers"])
    before = [word for listed in words().before.values() for word, _ in listed]
    return frozenset(
        "".join(
            (*fillers, *before, *CURRENCIES, words().fillers, MORE, NUMERAL, "了的年月日第半数數")
        )
    )


@lru_cache(maxsize=1)
def last_kept() -> Pattern:
    """The last other character of a text, and what follows it."""
    others = rf"\W\d_a-zA-Z{''.join(sorted(passing()))}".replace("$", r"\$")
    return Pattern(rf"([^{others}])([{others}]*)$")
