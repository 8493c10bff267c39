"""Figures and dates of two languages in the one form in which they are compared."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu_rules.figures.date import Kind
from kanwu_rules.figures.numerals import EXACT, HALF_WIDTH, LONGEST, read_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Span
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.claims import Claims
    from kanwu_rules.figures.date import Date
    from kanwu_rules.figures.dates import Dates
    from kanwu_rules.figures.moments import Moment

# Numbers that nothing was read of: a translation may say them in other words.
NUMBER = Pattern(
    r"(?<![0-9.,A-Za-z$-])(?P<digits>[0-9]++(?:[,，][0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?)(?![0-9A-Za-z:])"
)
NUMERAL = Pattern(
    r"(?<![0-9])[〇零一二三四五六七八九十两兩][〇零一二三四五六七八九十百千万亿两兩萬億]*+"
)
DIGITS = Pattern(r"[0-9]++(?:\.[0-9]++)?")
DIGIT = Pattern(r"[0-9０-９]")
COMPARED_DATES = frozenset((Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.TIME))
DOUBLINGS = Pattern(r"翻(?:了|上)?(?P<times>[一二两三四兩])?番")
MULTIPLES = Pattern(
    r"(?<![A-Za-z])(?i:(?P<two>doubl)|(?P<three>tripl|trebl)|(?P<four>quadrupl))(?i:e|ed|es|ing)(?![A-Za-z])"
)
DOUBLED = {None: 2, "一": 2, "二": 4, "两": 4, "兩": 4, "三": 8, "四": 16}
TIMES = {"two": 2, "three": 3, "four": 4}
ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)

Slip = Literal["digit", "magnitude"]


class Item(NamedTuple):
    """A figure or a date of one language."""

    start: int
    end: int
    group: str
    """What may stand for one another: `money:美元`, `percent`, `duration 天`, `count`, `date`, `number`."""
    value: Decimal
    """In the written unit; of a date, nothing."""
    digits: str
    """The digits that it is written with, if it is."""
    claim: Claim | None = None
    date: Date | None = None

    @property
    def written(self) -> bool:
        """Whether it is written in digits."""
        return bool(self.digits)


def items(
    text: str, claims: Claims, dates: Dates, spans: Sequence[Span], language: str
) -> Iterator[Item]:
    """All figures and dates of some paragraphs."""
    for start, end in spans:
        read = claims.between(start, end)
        named = dates.between(start, end)
        for claim in read:
            if claim.unit != "番":
                digits = "".join(DIGIT.compiled.findall(text, claim.start, claim.end))
                yield Item(claim.start, claim.end, group_of(claim), claim.value, digits, claim)
        for date in named:
            if date.kind in COMPARED_DATES and date.first == date.last:
                yield Item(date.start, date.end, "date", ZERO, "0", date=date)
        yield from multiples(text, start, end, language)
        taken = [(claim.start, claim.end) for claim in read]
        taken += [(date.start, date.end) for date in named]
        taken.sort()
        yield from mere_numbers(text, start, end, taken)


def multiples(text: str, start: int, end: int, language: str) -> Iterator[Item]:
    """Words that say how many times as much: 翻两番, tripled."""
    for found in (DOUBLINGS if language == "zh" else MULTIPLES).finditer(text, start, end):
        times = DOUBLED[found["times"]] if language == "zh" else TIMES[found.lastgroup or "two"]
        yield Item(found.start(), found.end(), "multiple", Decimal(times), "")


def mere_numbers(
    text: str, start: int, end: int, taken: Sequence[tuple[int, int]]
) -> Iterator[Item]:
    """Numbers that stand outside of what was read."""
    at = 0
    for found in NUMBER.finditer(text, start, end):
        while at < len(taken) and taken[at][1] <= found.start():
            at += 1
        if at < len(taken) and taken[at][0] < found.end():
            continue
        value = decimal(found[0])
        if value is not None:
            yield Item(found.start(), found.end(), "number", value, found[0])


def decimal(written: str) -> Decimal | None:
    """The value of Arabic digits with commas, unless there are too many of them."""
    if len(written) > LONGEST:
        return None
    try:
        return Decimal(written.translate(HALF_WIDTH).replace(",", ""))
    except InvalidOperation:
        return None


def group_of(claim: Claim) -> str:
    """What a claim may be compared with where its value differs."""
    kind = claim.unit_class
    if kind in ("percent", "points"):
        return "percent"
    if kind == "money":
        return claim.dimension
    if claim.kind in ("ordinal", "rank"):
        return "ordinal"
    if kind == "ratio":
        return "ratio"
    if kind in ("count", "list", "score"):
        return "count"
    return f"{kind} {claim.unit}"


@cache
def words() -> dict[str, Sequence[Decimal]]:
    """English words that say a number without being one, and which numbers they say."""
    table: dict[str, list[float]] = read_table(__file__, "number_words.toml")["words"]
    return {word: [Decimal(str(value)) for value in values] for word, values in table.items()}


@cache
def word_pattern() -> Pattern:
    """Where one of them stands."""
    return Pattern(rf"(?<![A-Za-z])(?i:{trie_pattern(words())})(?![A-Za-z])")


def said(
    text: str, found: Sequence[Item], dates: Dates, spans: Sequence[Span], language: str
) -> set[Decimal]:
    """Every number that some paragraphs say in one way or another."""
    values = {item.value for item in found}
    for item in found:
        if item.claim is not None:
            values.add(EXACT.multiply(item.claim.value, item.claim.scale))
    for start, end in spans:
        written = (decimal(match[0]) for match in DIGITS.finditer(text, start, end))
        values.update(value for value in written if value is not None)
        for date in dates.between(start, end):
            values.update(Decimal(part) for part in parts(date.first) + parts(date.last))
        values.update(
            in_words(text, start, end) if language == "en" else numerals(text, start, end)
        )
    return values


def in_words(text: str, start: int, end: int) -> Iterator[Decimal]:
    """Numbers that English words say."""
    for match in word_pattern().finditer(text, start, end):
        yield from words()[match[0].lower()]


def numerals(text: str, start: int, end: int) -> Iterator[Decimal]:
    """Numbers that Chinese numerals write, whatever they count."""
    for match in NUMERAL.finditer(text, start, end):
        numeral = read_chinese(match[0]) if len(match[0]) <= LONGEST else None
        if numeral is not None:
            yield numeral.value


def parts(moment: Moment) -> list[int]:
    """The numbers of a moment."""
    return [part for part in moment if part is not None]


LOOSE = frozenset(("count", "number"))


def alike(one: Item, other: Item) -> bool:
    """Whether two figures may be of one thing: their units are the same, or one of them has none."""
    if one.group == other.group:
        return True
    if "percent" in (one.group, other.group):
        return False
    return one.group in LOOSE or other.group in LOOSE


def points_and_percent(one: Item, other: Item) -> bool:
    """Whether one of two figures is a percentage and the other one says percentage points."""
    a, b = one.claim, other.claim
    return a is not None and b is not None and {a.unit_class, b.unit_class} == {"percent", "points"}


def same_value(one: Item, other: Item) -> bool:
    """Whether two figures have one value, as they are written or in the base units of one dimension."""
    if (one.group == "percent") is not (other.group == "percent") or points_and_percent(one, other):
        return False
    a, b = one.claim, other.claim
    if a is not None and b is not None and a.dimension == b.dimension and a.scale != b.scale:
        return EXACT.multiply(a.value, a.scale) == EXACT.multiply(b.value, b.scale)
    return one.value == other.value


def compatible(one: Item, other: Item) -> bool:
    """Whether two figures may be the same, one of them rounded or said vaguely."""
    a, b = one.claim, other.claim
    if a is None or b is None or not alike(one, other) or points_and_percent(one, other):
        return False
    scaled = a.dimension == b.dimension and a.scale != b.scale
    if a.relation == b.relation and a.relation != "range" and not scaled:
        # Two exact numbers, or two that are about or above something: only rounding may part them.
        return a.place != b.place and 2 * abs(a.value - b.value) <= max(a.place, b.place)
    scale, by = (a.scale, b.scale) if scaled else (ONE, ONE)
    low, high = bounds(a, scale)
    least, most = bounds(b, by)
    return low <= most and least <= high


def bounds(claim: Claim, scale: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that a claim leaves room for, its last digit rounded."""
    low = claim.soft_low if claim.low is None or claim.relation in ("<", "<=") else claim.low
    high = claim.soft_high if claim.high is None else claim.high
    half = EXACT.divide(claim.place, TWO) if claim.place != ONE else ZERO
    return EXACT.multiply(low - half, scale), EXACT.multiply(high + half, scale)


def near(one: Decimal, other: Decimal) -> Slip | None:
    """How two different values may come of one slip: a digit changed, a power of ten, or neither."""
    if not one or not other or (one < 0) != (other < 0):
        return None
    digits, exponent = figures(one)
    others, power = figures(other)
    if digits == others:
        return "magnitude" if exponent != power else None
    longest = max(len(digits), len(others))
    size, width = len(digits) + exponent, len(others) + power
    if size != width:
        return None
    pairs = zip(digits.ljust(longest, "0"), others.ljust(longest, "0"), strict=True)
    changed = sum(a != b for a, b in pairs)
    # Of a number like 5 or 30 any other with as many digits is one digit away.
    return "digit" if changed == 1 and (longest > 1 or size > 1) else None


def figures(value: Decimal) -> tuple[str, int]:
    """The digits of a value without zeros at the end, and the power of ten of the last one."""
    _, digits, exponent = value.normalize().as_tuple()
    return "".join(map(str, digits)), int(exponent)
