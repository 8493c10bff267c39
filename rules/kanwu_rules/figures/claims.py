"""Claims: every figure of a document, read, and what it is about."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from kanwu import Pattern
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu_rules.figures.context import counted_at_left, counted_at_right, role_of
from kanwu_rules.figures.dates import Dates
from kanwu_rules.figures.english import english_quantities, english_role
from kanwu_rules.figures.masks import is_masked, masks
from kanwu_rules.figures.quantities import FIGURE, START, quantity
from kanwu_rules.figures.units import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kanwu.documents.document import Document
    from kanwu_rules.figures.context import Role
    from kanwu_rules.figures.english import EnglishQuantity
    from kanwu_rules.figures.intervals import Relation
    from kanwu_rules.figures.quantities import Quantity

Kind = Literal[
    "count", "money", "percent", "duration", "quantity", "delta", "score", "list_count",
    "rank", "ordinal", "edition",
]  # fmt: skip
SENTENCE_END = Pattern(r"[。！？!?；;]++[”’」』）)]*+|\.(?=\ [A-Z])")
KINDS: dict[str, Kind] = {
    "money": "money",
    "percent": "percent",
    "points": "percent",
    "duration": "duration",
    "score": "score",
    "list": "list_count",
    "count": "count",
    "ratio": "count",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure and what the text says with it. Offsets are code points of the document's text."""

    start: int
    end: int
    """From the approximator before the number to the one behind its unit."""
    kind: Kind
    value: Decimal
    """In the written unit, powers such as 万 worked out: 1200多亿元 is 120000000000."""
    relation: Relation
    low: Decimal | None
    high: Decimal | None
    """What the words allow; None where they leave the end open."""
    soft_low: Decimal
    soft_high: Decimal
    """What a writer means: 超3800 is not said of 4800."""
    place: Decimal
    """The power of ten of the lowest written digit: 10000000 in 3.5亿."""
    unit: str
    """The unit by the first of its names (元, 个, 公里; yuan is 元, km is 公里), empty where there is none."""
    unit_class: str
    """money, percent, points, duration, length, area, volume, mass, power, energy, data, measure,
    ratio, count, list or score."""
    scale: Decimal
    """How many base units of its class the unit is; see `units.toml`."""
    dimension: str
    """What is alike here can be compared, each value times its scale: `length`, `money:美元`."""
    counted: str
    """What is counted, from the right (5000多名海外人才), else from the left (合作项目超3800个)."""
    counted_span: Span | None
    role: Role
    language: Literal["zh", "en"]
    sentence: Span
    line: int
    """The index of its line, from 0."""

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The hard interval."""
        return self.low, self.high


class Claims:
    """All claims of a document, in the order of the text."""

    __slots__ = ("all",)

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.all = claims

    @classmethod
    def of(cls, document: Document) -> Claims:
        return cls(tuple(claims_of(document)))

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def within(self, start: int, end: int) -> Sequence[Claim]:
        """The claims that begin between two offsets."""
        starts = [claim.start for claim in self.all]
        return self.all[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]


# Between two words in small letters: only then may a line be English.
LATIN = Pattern(r"[a-z][,;:]?\ [a-z]")


def claims_of(document: Document) -> list[Claim]:
    """Read the claims of a document."""
    found = chinese_claims(document)
    if LATIN.search(document.text):
        english = english_claims(document)
        if english:
            found = sorted([*found, *english], key=attrgetter("start"))
    return found


def chinese_claims(document: Document) -> list[Claim]:
    """The claims of all lines that are not written in another language."""
    text = document.text
    found = START.search(text)
    if found is None:
        return []
    claims: list[Claim] = []
    lines, languages = document.get(Lines), document.get(Languages)
    dates = Skipped(document)
    line_end = 0
    reader: Reader | None = None
    while found is not None:
        at = dates.beyond(found.start())
        if at == found.start():
            if at >= line_end:
                line = lines.index(at)
                line_start, line_end = lines.starts[line], lines.ends[line]
                reader = Reader(text, line, line_start, line_end)
                if languages.of_line(line) not in (Language.ZH, Language.NONE):
                    reader = None
            if reader is None:
                at = max(line_end, at + 1)
            else:
                claim, at = reader.read(at)
                if claim is not None:
                    claims.append(claim)
        found = START.search(text, at)
    return claims


class Skipped:
    """The dates of a document, over which a reader that goes from left to right skips."""

    def __init__(self, document: Document) -> None:
        self.dates = document.get(Dates).all
        self.next = 0

    def beyond(self, offset: int) -> int:
        """The end of the date that covers an offset, or the offset. Offsets must not decrease."""
        dates = self.dates
        while self.next < len(dates) and dates[self.next].end <= offset:
            self.next += 1
        if self.next < len(dates) and dates[self.next].start <= offset:
            return dates[self.next].end
        return offset


def english_claims(document: Document) -> list[Claim]:
    """The claims of the English lines."""
    text = document.text
    claims: list[Claim] = []
    lines, languages = document.get(Lines), document.get(Languages)
    dates: Skipped | None = None
    for line, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        if start == end or languages.of_line(line) is not Language.EN:
            continue
        reader = Reader(text, line, start, end)
        for read in english_quantities(text, start, end):
            dates = dates or Skipped(document)
            if dates.beyond(read.start) == read.start:
                claims.append(reader.english(read))
    return claims


class Reader:
    """Reads the claims of one line."""

    def __init__(self, text: str, line: int, start: int, end: int) -> None:
        self.text = text
        self.line = line
        self.start = start
        self.end = end
        self.sentence_ends: list[int] | None = None

    def read(self, at: int) -> tuple[Claim | None, int]:
        """The claim whose number begins at an offset, if one does, and where to look on."""
        text = self.text
        found = FIGURE.match(text, at, self.end)
        if found is None:
            return None, at + 1
        if text[at - 1 : at] == "第":
            return self.ordinal(found.start(), found.end())
        read = quantity(text, found, self.start, self.end)
        if read is None or not counts(text, read) or is_masked(text, read, self.start):
            return None, found.end()
        return self.claim(read), max(read.end, found.end())

    def claim(self, read: Quantity) -> Claim:
        """The claim that is made with a quantity."""
        text = self.text
        sentence = self.sentence(read.start)
        role = role_of(text, read.start, sentence.start)
        span = None
        if read.unit.unit_class not in ("points",):
            span = counted_at_right(text, read.end, self.end) or counted_at_left(
                text, read.start, sentence.start
            )
        unit = read.unit
        kind = KINDS.get(unit.unit_class, "quantity")
        if role == "growth" and kind in ("count", "money", "quantity"):
            kind = "delta"
        value = read.interval
        return Claim(
            read.start, read.end, kind, value.value, value.relation, value.low, value.high,
            value.soft_low, value.soft_high, value.place, unit.name, unit.unit_class, unit.scale, unit.dimension,
            text[span.start : span.end] if span else "", span, role, "zh", sentence, self.line,
        )  # fmt: skip

    def english(self, read: EnglishQuantity) -> Claim:
        """The claim that is made with a quantity of an English line."""
        text, unit, value, span = self.text, read.unit, read.interval, read.counted
        sentence = self.sentence(read.start)
        kind: Kind = "ordinal" if read.ordinal else KINDS.get(unit.unit_class, "quantity")
        role: Role = "ordinal" if read.ordinal else english_role(text, read.start, sentence.start)
        if role == "growth" and kind in ("count", "money", "quantity"):
            kind = "delta"
        return Claim(
            read.start, read.end, kind, value.value, value.relation, value.low, value.high,
            value.soft_low, value.soft_high, value.place, unit.name, unit.unit_class, unit.scale, unit.dimension,
            text[span.start : span.end] if span else "", span, role, "en", sentence, self.line,
        )  # fmt: skip

    def ordinal(self, start: int, end: int) -> tuple[Claim | None, int]:
        """Ordinal numbers: not read yet."""
        return None, end

    def sentence(self, offset: int) -> Span:
        """The sentence of the line around an offset."""
        ends = self.sentence_ends
        if ends is None:
            ends = [m.end() for m in SENTENCE_END.finditer(self.text, self.start, self.end)]
            self.sentence_ends = ends = [self.start, *ends, self.end]
        at = bisect_right(ends, offset)
        return Span(ends[at - 1], ends[min(at, len(ends) - 1)])


STATED = Pattern(r"(?:得分|指数|指數|评分|為|为|达|達|至|共)(?:为|為|达到|达)?$")


def counts(text: str, read: Quantity) -> bool:
    """Whether a number says how many, and is not a mere number (211工程, 第3, 2.0版)."""
    if read.unit is not NONE:
        if read.unit.name in ("点", "點"):
            return text.startswith(masks().points, read.end)
        return True
    written = text[read.number_start : read.number_end]
    if read.interval.relation != "=" or not read.marked:
        return read.interval.relation != "="
    if written.isascii() and "." in written and "," not in written:
        return STATED.search(text, max(0, read.start - 8), read.start) is not None
    return True
