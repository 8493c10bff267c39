"""Quantities in English text: more than 5,000 talents, 7trn-10trn yuan, two thirds, a dozen."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, Span, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of
from kanwu_rules.figures.intervals import Interval, Relation, between, interval
from kanwu_rules.figures.numerals import EXACT, LONGEST, Numeral, numeral, power_of_ten, read_arabic
from kanwu_rules.figures.units import NONE, PERCENT, Unit, units

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from kanwu_rules.figures.context import Role

SIGNS = {
    "US$": "美元",
    "HK$": "港元",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
    "¥": "元",
    "￥": "元",
    "RMB": "元",
    "USD": "美元",
    "CNY": "元",
}
DIGITS = r"(?:[1-9][0-9]{0,2}(?:[,，][0-9]{3}(?![0-9]))++(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?)"
YEARS = range(1000, 3000)
COUNTED = Pattern(
    r"[\ -](?P<of>of\ )?(?P<noun>[A-Za-z][A-Za-z’'-]{0,30}(?:\ (?:and\ )?[A-Za-z][A-Za-z’'-]{0,30}){0,4})"
)
WORD = Pattern(r"[A-Za-z’'-]+")
LAST_WORD = Pattern(r"([A-Za-z.]{1,12})[\ .]$")
SEPARATOR = Pattern(r"\ ?(?:-|–|—|~)\ ?|\ (?:to|and)\ ")
ORDINAL = Pattern(r"(?:st|nd|rd|th)(?![A-Za-z])")
SEVERAL = {
    "dozens": (24, 100),
    "tens": (20, 100),
    "hundreds": (200, 1000),
    "thousands": (2000, 10000),
    "millions": (2_000_000, 10_000_000),
    "billions": (2 * 10**9, 10**10),
}
SINGLE = frozenset(("third", "fourth", "fifth", "tenth", "quarter"))
CENT = Decimal("0.01")


class EnglishQuantity(NamedTuple):
    """A number of an English text with all that is said about it."""

    start: int
    end: int
    interval: Interval
    unit: Unit
    counted: Span | None
    ordinal: bool = False


class English:
    """The words of `english.toml` and the patterns that they make."""

    def __init__(self) -> None:
        table = read_table(__file__, "english.toml")
        self.numbers: dict[str, int] = table["numbers"]
        self.powers: dict[str, int] = table["powers"]
        self.parts: dict[str, int] = table["parts"]
        self.before: dict[str, Relation] = {w: r for r, ws in table["before"].items() for w in ws}
        self.after: dict[str, Relation] = {w: r for r, ws in table["after"].items() for w in ws}
        self.units: dict[str, str] = table["units"]
        self.ends = frozenset(words_of(table["ends"]["words"]))
        self.names = frozenset(table["ends"]["names"])

    @cached_property
    def figure(self) -> Pattern:
        """A number in digits or words, its powers behind it."""
        number = trie_pattern(self.numbers)
        power = trie_pattern(self.powers)
        parts = trie_pattern(self.parts)
        several = trie_pattern(SEVERAL)
        return Pattern(
            rf"""(?<![A-Za-z0-9.,_/\#-]) (?:
              (?P<taken>(?i:one|two|three|four|five|seven|nine|a)|[0-9])[-\ ](?P<parts>{parts}) (?![A-Za-z-])
            | (?P<half>(?i:half))(?=\ (?:of|the|a)(?![A-Za-z]))
            | (?P<sign>US\$|HK\$|RMB\ ?|USD\ ?|CNY\ ?|[$€£¥￥]\ ?)?
              (?P<digits>{DIGITS}) (?:[\ -]?(?P<powers>{power})(?![A-Za-z0-9]))?
            | (?P<words>(?i:{number})(?:[-\ ](?:and\ )?(?i:{number}|hundred|thousand|million|billion|trillion)){{0,7}})
              (?![A-Za-z-])
            | (?P<dozen>(?i:a|one|two|three|four|five|half\ a))\ (?i:dozen) (?![A-Za-z])
            | (?P<one>(?i:a))\ (?P<of_one>hundred|thousand|million|billion|trillion) (?![A-Za-z])
            | (?P<several>(?i:{several}))(?P<of>\ of(?:\ (?P<more>thousands|millions|billions))?)(?![A-Za-z])
            )""",
        )

    @cached_property
    def after_dash(self) -> Pattern:
        """The same behind a dash, where no other number begins."""
        return Pattern(self.figure.source.replace(r"(?<![A-Za-z0-9.,_/\#-])", "", 1))

    @cached_property
    def unit(self) -> Pattern:
        return Pattern(rf"[\ -]?(?P<unit>{trie_pattern(self.units)})(?![A-Za-z])")

    @cached_property
    def word_before(self) -> Pattern:
        words = trie_pattern(self.before)
        return Pattern(rf"(?<![A-Za-z])(?i:{words})\ (?:a\ total\ of\ |than\ )?$")

    @cached_property
    def word_after(self) -> Pattern:
        return Pattern(rf"\ (?P<word>{trie_pattern(self.after)})(?![A-Za-z])")


@lru_cache(maxsize=1)
def english() -> English:
    """The words, read at the first call."""
    return English()


def english_quantities(text: str, start: int, end: int) -> Iterator[EnglishQuantity]:
    """The quantities between two offsets, which lie in one line."""
    figure = english().figure
    at = start
    while (found := figure.search(text, at, end)) is not None:
        at = found.end()
        if is_named(text, found, start):
            continue
        read = quantity(text, found, start, end)
        if read is not None:
            at = max(at, read.end)
            yield read


def is_named(text: str, found: re.Match[str], floor: int) -> bool:
    """Whether a number is a part of a name, a version, a ratio or a clock time: Chapter 5, 3:2."""
    behind = text[found.end() : found.end() + 2]
    if behind[:1] in (".", ":", "/", ",") and behind[1:].isdigit():
        return True
    before = text[found.start() - 1 : found.start()] if found.start() > floor else ""
    if before and before in ":/+=&@":
        return True
    if found["digits"] is None:
        return False
    word = LAST_WORD.search(text, max(floor, found.start() - 14), found.start())
    return word is not None and word[1].lower().rstrip(".") in english().names


def number_of(found: re.Match[str]) -> tuple[Numeral, Numeral | None] | None:
    """The number that a match writes; two where it is a range by itself (dozens of)."""
    table = english()
    if found["digits"] is not None:
        if len(found["digits"]) > LONGEST:
            return None
        return read_arabic(found["digits"], table.powers.get(found["powers"] or "", 0)), None  # type: ignore[return-value]
    if found["words"] is not None:
        read = read_words(found["words"])
        return read and (read, None)
    if found["dozen"] is not None:
        first = found["dozen"].lower()
        times = Decimal("0.5") if first.startswith("half") else Decimal(table.numbers.get(first, 1))
        return numeral(EXACT.multiply(times, Decimal(12)), 0), None
    if found["one"] is not None:
        return numeral(
            power_of_ten(table.powers[found["of_one"]]), table.powers[found["of_one"]]
        ), None
    if found["several"] is not None:
        low, high = SEVERAL[found["several"].lower()]
        factor = {"thousands": 3, "millions": 6, "billions": 9}.get(found["more"] or "", 0)
        if found["several"].lower() == "tens" and not factor:
            return None
        return numeral(Decimal(low) * 10**factor, factor), numeral(
            Decimal(high) * 10**factor, factor
        )
    return None


def read_words(written: str) -> Numeral | None:
    """A number in words: thirty-five, two hundred and six, three million."""
    table = english()
    total = section = last = 0
    place = 0
    for word in written.lower().replace("-", " ").split():
        if word == "and":
            continue
        value = table.numbers.get(word)
        if value is not None:
            if last and (value >= last or last < 20):
                return None
            section += value
            last, place = value, 1 if value in (20, 30, 40, 50, 60, 70, 80, 90) else 0
        elif word == "hundred":
            section *= 100
            last, place = 100, 2
        else:
            total += section * 10 ** table.powers[word]
            section, last, place = 0, 0, table.powers[word]
    return numeral(Decimal(total + section), place)


def quantity(text: str, found: re.Match[str], floor: int, limit: int) -> EnglishQuantity | None:
    """The quantity that begins with a match of the figure pattern."""
    table = english()
    start, end = found.start(), found.end()
    if found["taken"] is not None or found["half"] is not None:
        return fraction(text, found, floor)
    ordinal = ORDINAL.match(text, end, limit)
    if ordinal is not None and found["digits"] is not None:
        rank = read_arabic(found["digits"])
        return rank and EnglishQuantity(
            start, ordinal.end(), interval(rank, "="), NONE, None, ordinal=True
        )
    number = number_of(found)
    if number is None:
        return None
    low, high = number
    unit, behind = unit_at(text, found, limit)
    if high is None:
        ranged = other_end(text, found, unit, behind, limit)
        if ranged is not None:
            low, high, unit, behind = ranged
    begin, relation = before_number(text, start, floor)
    if text[behind : behind + 1] == "+" and not text[behind + 1 : behind + 2].isalnum():
        behind, relation = behind + 1, relation or ">="
    after = table.word_after.match(text, behind, limit)
    if after is not None and relation is None:
        behind, relation = after.end(), table.after[after["word"]]
    counted = counted_at(text, behind, limit) if unit is NONE or unit is PERCENT else None
    reading = between(low, high) if high is not None else interval(low, relation or "=")
    if unit is NONE and not counts(text, found, floor, reading, counted):
        return None
    return EnglishQuantity(begin, behind, reading, unit, counted)


def counts(
    text: str, found: re.Match[str], floor: int, reading: Interval, counted: Span | None
) -> bool:
    """Whether a number with no unit says how many, and is no year, name or pronoun."""
    if (found["words"] or "").lower() == "one":
        return False
    if reading.relation != "=" or found["powers"] is not None:
        return True
    if is_year(found) or is_identifier(found):
        return False
    return counted is not None or stands_alone(text, found, floor)


def is_year(found: re.Match[str]) -> bool:
    """Whether a number has the form of a year."""
    digits = found["digits"]
    return digits is not None and len(digits) == 4 and digits.isdecimal() and int(digits) in YEARS


def stands_alone(text: str, found: re.Match[str], floor: int) -> bool:
    """Whether a number in digits counts with no noun behind it: Ms Zhang was 27, up from 2,000."""
    digits = found["digits"]
    if digits is None or (digits[0] == "0" and "." not in digits):
        return False
    return (
        "," in digits
        or BEFORE_BARE.search(text, max(floor, found.start() - 8), found.start()) is not None
    )


BEFORE_BARE = Pattern(r"(?:[a-z’]{2}|[a-z],)\ (?:only\ |just\ )?$")


def is_identifier(found: re.Match[str]) -> bool:
    """Whether so many digits stand without a comma that they name something: 20190126."""
    digits = found["digits"]
    return digits is not None and len(digits) >= 8 and digits.isdecimal()


def fraction(text: str, found: re.Match[str], floor: int) -> EnglishQuantity | None:
    """Two thirds, three quarters, half of."""
    table = english()
    begin, relation = before_number(text, found.start(), floor)
    if found["half"] is not None:
        value, of = Decimal(50), Decimal(1)
    else:
        taken = found["taken"].lower()
        count = int(taken) if taken.isdigit() else table.numbers.get(taken, 1)
        of = Decimal(table.parts[found["parts"]])
        if count >= of:
            return None
        value = EXACT.quantize(EXACT.divide(Decimal(100 * count), of), Decimal("1e-10")).normalize()
    # One third is a fraction before “of” only; “a third party” and “a quarter later” are none.
    if found["parts"] in SINGLE and not text.startswith(" of ", found.end()):
        return None
    read = Numeral(value, CENT, Decimal(10) if found["half"] is not None else CENT)
    counted = counted_at(text, found.end(), len(text))
    return EnglishQuantity(begin, found.end(), interval(read, relation or "="), PERCENT, counted)


def unit_at(text: str, found: re.Match[str], limit: int) -> tuple[Unit, int]:
    """The unit of a number, by the sign of a currency before it or the word behind it."""
    table = english()
    end = found.end()
    sign = (found["sign"] or "").strip()
    matched = table.unit.match(text, end, limit)
    if matched is not None:
        name = table.units[matched["unit"]]
        return units().by_name[name] if name != "%" else PERCENT, matched.end()
    return (units().by_name[SIGNS[sign]], end) if sign else (NONE, end)


def other_end(
    text: str, found: re.Match[str], unit: Unit, behind: int, limit: int
) -> tuple[Numeral, Numeral, Unit, int] | None:
    """The other end of a range: 10-20 billion, 7trn-10trn, between 3 and 5 days."""
    separator = SEPARATOR.match(text, behind, limit)
    if separator is None:
        return None
    word = separator[0].strip()
    before = text[max(0, found.start() - 8) : found.start()]
    if (word == "and" and "etween " not in before) or (word == "to" and "rom " in before):
        return None
    second = english().figure.match(text, separator.end(), limit)
    if second is None and word in ("-", "–", "—", "~"):
        second = english().after_dash.match(text, separator.end(), limit)
    if second is None or second["digits"] is None or found["digits"] is None:
        return None
    # 10-20 billion: the power is that of both.
    power = english().powers.get(found["powers"] or second["powers"] or "", 0)
    low, read = read_arabic(found["digits"], power), number_of(second)
    if low is None or read is None:
        return None
    high = read[0]
    other_unit, end = unit_at(text, second, limit)
    if unit is not NONE and other_unit is not NONE and unit != other_unit:
        return None
    if low.value >= high.value:
        return None
    return low, high, other_unit if other_unit is not NONE else unit, end


def before_number(text: str, start: int, floor: int) -> tuple[int, Relation | None]:
    """Where the words before a number begin, and the relation that they say."""
    found = english().word_before.search(text, max(floor, start - 32), start)
    if found is None:
        return start, None
    word = found[0].lower().strip()
    for said, relation in english().before.items():
        if word.startswith(said) and not word[len(said) : len(said) + 1].isalpha():
            return found.start(), relation
    return start, None


def counted_at(text: str, end: int, limit: int) -> Span | None:
    """The noun behind a number: overseas talents in 5,000 overseas talents from abroad."""
    found = COUNTED.match(text, end, limit)
    if found is None:
        return None
    start, ends = found.start("noun"), english().ends
    close = start
    for word in WORD.finditer(text, start, found.end()):
        lower = word[0].lower()
        if lower in ends and not (
            lower == "and" and close > start and text[word.end() : word.end() + 8] == " regions"
        ):
            break
        close = word.end()
    return Span(start, close) if close > start else None


GROWTH = Pattern(
    r"(?i:up|down|increas(?:e|ed|ing)|decreas(?:e|ed|ing)|r[io]se|rising|gr[eo]w(?:ing|th)?|growth|f[ae]ll|drop(?:ped)?|declin(?:e|ed|ing)|gain(?:ed)?|jump(?:ed)?|surg(?:e|ed)|climb(?:ed)?)"
    r"(?:\ (?:of|by|rate|rate\ of|about|nearly|some))*\ $"
)
TOTAL = Pattern(r"(?i:total(?:ing|ed|s)?|altogether|combined|overall)[^.;]{0,16}$")
SHARE = Pattern(r"(?i:account(?:s|ed|ing)?\ for|share|proportion|makes?\ up|made\ up)[^.;]{0,16}$")
ORDER: tuple[tuple[Role, Pattern], ...] = (("growth", GROWTH), ("share", SHARE), ("total", TOTAL))


def english_role(text: str, start: int, floor: int) -> Role:
    """Which part a figure plays, by the words before it."""
    before = text[max(floor, start - 40) : start]
    return next((role for role, pattern in ORDER if pattern.search(before)), "other")
