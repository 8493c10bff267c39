"""Claims: every figure of a document, read, and what it is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from kanwu import Pattern
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.analysis.zones import Zones
from kanwu.documents.document import Span
from kanwu_rules.figures.claim import Claim
from kanwu_rules.figures.context import counted_at_left, counted_at_right, role_of
from kanwu_rules.figures.dates import Dates
from kanwu_rules.figures.english import english_quantities, english_role
from kanwu_rules.figures.masks import is_masked, masks
from kanwu_rules.figures.quantities import quantity
from kanwu_rules.figures.units import NONE, units
from kanwu_rules.figures.written_numbers import START, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu_rules.figures.claim import Kind
    from kanwu_rules.figures.context import Role
    from kanwu_rules.figures.english import EnglishQuantity
    from kanwu_rules.figures.quantities import Quantity
    from kanwu_rules.figures.units import Unit
    from kanwu_rules.figures.written_numbers import Number

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

    def between(self, start: int, end: int) -> Sequence[Claim]:
        """The claims that begin between two offsets."""
        begin = bisect_left(self.all, start, key=attrgetter("start"))
        return self.all[begin : bisect_left(self.all, end, lo=begin, key=attrgetter("start"))]


# Words in small letters with a blank behind: only then may a line be English.
LATIN = Pattern(r"[a-z][,;:]?\ [a-z0-9]")


def claims_of(document: Document) -> list[Claim]:
    """Read the claims of a document."""
    found = chinese_claims(document)
    # Looking for a blank costs next to nothing, and most Chinese texts have none.
    if " " in document.text and LATIN.search(document.text):
        english = english_claims(document)
        if english:
            found = sorted([*found, *english], key=attrgetter("start"))
    if found and document.markup != "plain":
        zones = document.get(Zones)
        return [claim for claim in found if zones.is_prose(claim.start)]
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
        self.last = Span(0, 0)

    def read(self, at: int) -> tuple[Claim | None, int]:
        """The claim whose number begins at an offset, if one does, and where to look on."""
        text = self.text
        number, end = read_number(text, at, self.end)
        if number is None:
            return None, end
        if number.chinese and (idiom := masks().idioms.at(text, at, self.end)):
            return None, at + len(idiom)
        if at > self.start and text[at - 1] == "第":
            return self.ordinal(number)
        if number.chinese and not (number.marked or number.bare or goes_on(text, number.end)):
            return None, end
        read = quantity(text, number, self.start, self.end)
        if read is None or not counts(text, read) or is_masked(text, read, self.start):
            return None, end
        return self.claim(read), max(read.end, end)

    def claim(self, read: Quantity) -> Claim:
        """The claim that is made with a quantity."""
        sentence = self.sentence(read.start)
        role = role_of(self.text, read.start, sentence.start, read.unit.unit_class)
        return self.made(read, kind_of(self.text, read, role), role)

    def made(self, read: Quantity, kind: Kind, role: Role) -> Claim:
        """The claim of this kind and role that is made with a quantity."""
        sentence = self.sentence(read.start)
        span = None
        if read.unit.unit_class != "points":
            span = counted_at_right(self.text, read.end, self.end) or counted_at_left(
                self.text, read.start, sentence.start
            )
        return self.told(read, span, kind, role, "zh")

    def english(self, read: EnglishQuantity) -> Claim:
        """The claim that is made with a quantity of an English line."""
        role: Role = "ordinal"
        kind: Kind = "ordinal"
        if not read.ordinal:
            role = english_role(self.text, read.start, self.sentence(read.start).start)
            kind = kind_of_unit(read.unit, role)
        return self.told(read, read.counted, kind, role, "en")

    def told(
        self,
        read: Quantity | EnglishQuantity,
        span: Span | None,
        kind: Kind,
        role: Role,
        language: Literal["zh", "en"],
    ) -> Claim:
        """All that was read of a figure, in the form of a claim."""
        value, unit = read.interval, read.unit
        return Claim(
            read.start, read.end, kind, value.value, value.relation, value.low, value.high,
            value.soft_low, value.soft_high, value.place, unit.name, unit.unit_class, unit.scale,
            unit.dimension, self.text[span.start : span.end] if span else "", span, role, language,
            self.sentence(read.start), self.line,
        )  # fmt: skip

    def ordinal(self, number: Number) -> tuple[Claim | None, int]:
        """The claim of a number behind 第, and where to look on."""
        text = self.text
        if text[number.end : number.end + 1] in masks().parts_of_text:
            return None, number.end
        read = quantity(text, number, self.start, self.end)
        if read is None or read.interval.relation != "=":
            return None, number.end
        end = max(read.end, number.end)
        start = read.number_start - 1
        ranked = RANKED.search(text, max(self.start, start - 8), start) is not None
        if text[end : end + 1] in masks().parts_of_text or (
            not ranked and (read.unit is NONE or read.unit.name in masks().parts_of_text)
        ):
            return None, end
        kind: Kind = "rank" if ranked else "ordinal"
        return self.made(read._replace(start=start), kind, "rank" if ranked else "ordinal"), end

    def sentence(self, offset: int) -> Span:
        """The sentence of the line around an offset."""
        last = self.last
        if last.start <= offset < last.end:
            return last
        ends = self.sentence_ends
        if ends is None:
            found = SENTENCE_END.finditer(self.text, self.start, self.end)
            self.sentence_ends = ends = [self.start, *(m.end() for m in found), self.end]
        at = bisect_right(ends, offset)
        self.last = last = Span(ends[at - 1], ends[min(at, len(ends) - 1)])
        return last


RANKED = Pattern(
    r"(?:(?:排名|排在|位列|位居|名列|位次|世界|全球|全国|亚洲|国内)[^，。；]{0,3}|(?<!系)列|居|排)$"
)


def kind_of(text: str, read: Quantity, role: Role) -> Kind:
    """The kind of a claim, by its unit and by what stands before the number."""
    unit = read.unit
    if unit.name in RANKS and text[read.start - 1 : read.start] == "前":
        return "rank"
    of_index = unit.name == "点" and not text.startswith(masks().points, read.end)
    if of_index or (unit is NONE and SCORED.match(text, read.end)):
        return "score"
    return kind_of_unit(unit, role)


def kind_of_unit(unit: Unit, role: Role) -> Kind:
    """The kind of a claim with this unit; what grew by so many is a delta."""
    kind = KINDS.get(unit.unit_class, "quantity")
    return "delta" if role == "growth" and kind in ("count", "money", "quantity") else kind


RANKS = frozenset(("名", "位"))
SCORED = Pattern(r"的?[^，。；\d]{0,8}(?:得分|指数|指數|评分|成绩)")
STATED = Pattern(r"(?:得分|指数|指數|评分|為|为|达|達|至|共)(?:为|為|达到|达)?$")


def goes_on(text: str, end: int) -> bool:
    """Whether a unit or the other end of a range may stand behind Chinese numerals."""
    behind = text[end : end + 1]
    return behind in units().words.by_first or behind in UNIT_OR_RANGE


UNIT_OR_RANGE = frozenset(" 成半到至-‐‑–—―－~～〜∼")


def is_point(text: str, read: Quantity) -> bool:
    """Whether 点 is a point of a list or of an index, and no time of the day."""
    if text.startswith(masks().points, read.end):
        return True
    written = text[read.number_start : read.number_end]
    return not read.chinese and ("." in written or read.interval.value >= 100)


def counts(text: str, read: Quantity) -> bool:
    """Whether a number says how many, and is not a mere number (211工程, 第3, 2.0版)."""
    if read.unit is not NONE:
        return read.unit.name != "点" or is_point(text, read)
    written = text[read.number_start : read.number_end]
    if read.before in ("过", "過") and text[read.end : read.end + 1].isalpha():
        return False  # 轻舟已过万重山
    if read.interval.relation != "=" or not read.marked:
        return read.interval.relation != "="
    if written.isascii() and "." in written and "," not in written:
        before = STATED.search(text, max(0, read.start - 8), read.start)
        return before is not None or SCORED.match(text, read.end) is not None
    return True
