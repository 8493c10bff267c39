"""Counterparts: which figures of a text and of its translation are the same, and which cannot be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.date import Kind, Resolved
from kanwu_rules.figures.dates import Dates
from kanwu_rules.figures.figure_items import (
    Item,
    Slip,
    alike,
    compatible,
    figures,
    items,
    near,
    points_and_percent,
    said,
    same_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Span
    from kanwu_rules.figures.bilingual import ParagraphPair
    from kanwu_rules.figures.date import Date

Reason = Literal["digit", "magnitude", "unit", "value", "date", "multiple"]

# A paragraph with more figures is a table.
MOST_FIGURES = 150
MOST_LEFT = 4
# So many figures may differ where none agrees.
LEAST_APART = 1
ZONES = Pattern(r"当地时间|北京时间|當地時間|local time|Beijing time|[Ee]astern|GMT|\bE[SD]T")
TEN = Decimal(10)


class Counterparts(NamedTuple):
    """Two figures that stand for one another and cannot both be right."""

    zh: Item
    en: Item
    reason: Reason
    zh_sentence: Sequence[Span]
    en_sentence: Sequence[Span]
    same: int
    """How many figures of the two paragraphs agree."""


class Compared:
    """The figures of a paragraph pair, and which of them are the same."""

    def __init__(self, document: Document, pair: ParagraphPair) -> None:
        claims, dates = document.get(Claims), document.get(Dates)
        self.text = document.text
        self.pair = pair
        zh = list(items(self.text, claims, dates, pair.zh, "zh"))
        en = list(items(self.text, claims, dates, pair.en, "en"))
        self.said_zh = said(self.text, zh, dates, pair.zh, "zh")
        self.said_en = said(self.text, en, dates, pair.en, "en")
        if max(len(zh), len(en)) > MOST_FIGURES:
            zh, en = [], []
        self.sentence = {
            item: at
            for at, sentence in enumerate(pair.sentences)
            for item in (*within(zh, sentence.zh), *within(en, sentence.en))
        }
        self.pairs, self.left_zh, self.left_en = paired(zh, en, self.sentence)
        self.known: set[Item] = set()
        self.apart = 0
        """How many figures both sides leave over that the other one does not say anywhere."""

    def look_around(self, before: Compared, after: Compared) -> None:
        """Note which figures that are left over the paragraphs around say in the other language."""
        others_en = self.said_en | before.said_en | after.said_en
        others_zh = self.said_zh | before.said_zh | after.said_zh
        # What the other language says elsewhere may stand here twice; it answers a slip all the same.
        zh = {item for item in self.left_zh if self.repeated(item, others_en)}
        en = {item for item in self.left_en if self.repeated(item, others_zh)}
        self.known = zh | en
        self.apart = min(len(self.left_zh) - len(zh), len(self.left_en) - len(en))

    def disagreements(self) -> Iterator[Counterparts]:
        """The figures that are left over on both sides of a sentence and answer one another."""
        if len(self.known) == len(self.left_zh) + len(self.left_en):
            return
        for at, sentence in enumerate(self.pair.sentences):
            here = [i for i in self.left_zh if self.sentence.get(i) == at and not is_small(i)]
            there = [i for i in self.left_en if self.sentence.get(i) == at and not is_small(i)]
            for one, other, reason in answering(here, there, self.known):
                yield Counterparts(one, other, reason, sentence.zh, sentence.en, len(self.pairs))

    def repeated(self, item: Item, others: set[Decimal]) -> bool:
        """Whether the other language says a figure too, though it was paired with another one."""
        return explained(item, others) or any(
            agrees(item, other) for pair in self.pairs for other in pair
        )


def compare(document: Document, pairs: Sequence[ParagraphPair]) -> Iterator[Counterparts]:
    """What cannot both be right in paragraphs that say the same.

    A document whose two languages disagree more than they agree is no translation.
    """
    read = [Compared(document, pair) for pair in pairs]
    for at, one in enumerate(read):
        one.look_around(read[max(0, at - 1)], read[min(at + 1, len(read) - 1)])
    if sum(one.apart for one in read) > LEAST_APART + sum(len(one.pairs) for one in read):
        return
    for one in read:
        if one.apart <= LEAST_APART + len(one.pairs):
            yield from one.disagreements()


def agreeing(document: Document, pairs: Sequence[ParagraphPair]) -> Iterator[tuple[Item, Item]]:
    """Figures of ten and more that have one value, and no other figure beside them that has it too."""
    for pair in pairs:
        found = Compared(document, pair)
        for one, other in found.pairs:
            if (
                one.written
                and other.written
                and one.value >= TEN
                and one.group == other.group
                and same_value(one, other)
                and sum(one.value in (a.value, b.value) for a, b in found.pairs) == 1
                and not any(one.value == left.value for left in (*found.left_zh, *found.left_en))
            ):
                yield one, other


def within(found: Sequence[Item], spans: Sequence[Span]) -> Iterator[Item]:
    """The figures in some sentences."""
    return (item for item in found if any(start <= item.start < end for start, end in spans))


def paired(
    zh: Sequence[Item], en: Sequence[Item], sentence: Mapping[Item, int]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """The figures of both sides that are the same, one to one, and what is left of each side."""
    pairs: list[tuple[Item, Item]] = []
    left_zh, left_en = list(zh), list(en)
    for same in (same_date, same_and_alike, same_value, compatible):
        for near_by in (True, False):
            rest = []
            for one in left_zh:
                at = next(
                    (
                        at
                        for at, other in enumerate(left_en)
                        if (one.date is not None) == (other.date is not None) == (same is same_date)
                        and (not near_by or sentence.get(one) == sentence.get(other))
                        and same(one, other)
                    ),
                    None,
                )
                if at is None:
                    rest.append(one)
                else:
                    pairs.append((one, left_en.pop(at)))
            left_zh = rest
    return pairs, left_zh, left_en


def same_and_alike(one: Item, other: Item) -> bool:
    """Whether two figures have one value and one unit."""
    return alike(one, other) and same_value(one, other)


def agrees(one: Item, other: Item) -> bool:
    """Whether a figure may be the one that the other language says."""
    if one.date is not None or other.date is not None:
        return one.date is not None and other.date is not None and same_date(one, other)
    return same_value(one, other) or compatible(one, other)


def explained(item: Item, others: set[Decimal]) -> bool:
    """Whether the other language says a number in another way: as a word, in a date, in a name."""
    if item.group == "multiple" or item.date is not None:
        return False
    claim = item.claim
    if claim is not None and claim.unit_class in ("percent", "points"):
        return False
    return item.value in others


def is_small(item: Item) -> bool:
    """Whether a figure is in words, and small or a fraction, which many words may say: both, most."""
    return (
        item.claim is not None
        and not item.written
        and (item.value <= TEN or item.group == "percent")
    )


def answering(
    zh: Sequence[Item], en: Sequence[Item], known: set[Item]
) -> Iterator[tuple[Item, Item, Reason]]:
    """Those of some figures that nothing on the other side equals, each with the only one to answer it."""
    told: dict[tuple[Item, Item], Reason] = {}
    for one in zh:
        for other in en:
            reason = difference(one, other)
            doubtful = (one in known) + (other in known)
            if (
                reason
                and doubtful < 2
                and (not doubtful or reason in ("digit", "magnitude", "unit"))
            ):
                told[one, other] = reason
    for weak in (False, True):
        chosen = {key: why for key, why in told.items() if (why == "value") is weak}
        for (one, other), reason in chosen.items():
            if sum(one in key or other in key for key in chosen) == 1 and not (
                weak and max(len(zh), len(en)) > MOST_LEFT
            ):
                yield one, other, reason
        taken = {item for key in chosen for item in key}
        told = {key: why for key, why in told.items() if taken.isdisjoint(key)}


def difference(one: Item, other: Item) -> Reason | None:
    """Why two figures that differ are thought to be one, if they may be."""
    if one.date is not None or other.date is not None:
        return "date" if one.date and other.date and one_slip(one.date, other.date) else None
    if "multiple" in (one.group, other.group):
        return "multiple" if one.group == other.group else None
    if points_and_percent(one, other):
        return "unit" if one.value == other.value else None
    if not alike(one, other) or same_value(one, other):
        return None
    slip = near(one.value, other.value) or padded(one, other)
    if slip == "magnitude" and one.group != other.group and "money" not in one.group + other.group:
        # 20千吨 and 20 kilotonnes: a unit that is not known may hold a power of ten.
        return None
    if slip is None and one.group == other.group != "number" and of_one_digit(one, other):
        return "value"
    return slip


def padded(one: Item, other: Item) -> Slip | None:
    """A digit that differs in two numbers with a zero before them: 08 and 38."""
    a, b = one.digits, other.digits
    if len(a) != len(b) or len(a) < 2 or "0" not in (a[0], b[0]):
        return None
    return "digit" if sum(x != y for x, y in zip(a, b, strict=True)) == 1 else None


def of_one_digit(one: Item, other: Item) -> bool:
    """Whether two figures are single digits of one place, and neither is a range: 2% and 8%."""
    a, b = one.claim, other.claim
    if a is None or b is None or "range" in (a.relation, b.relation):
        return False
    (digits, power), (others, place) = figures(a.value), figures(b.value)
    return len(digits) == len(others) == 1 and power == place and one.written and other.written


def same_date(one: Item, other: Item) -> bool:
    """Whether two dates may be the same: nothing that both say differs."""
    a, b = one.date, other.date
    assert a is not None
    assert b is not None
    if (a.kind is Kind.TIME) != (b.kind is Kind.TIME):
        return False
    if a.kind is Kind.TIME:
        return a.first.minute == b.first.minute
    return not differing(a, b) and bool(set(said_parts(a)) & set(said_parts(b)))


def said_parts(date: Date) -> dict[str, int]:
    """What a date says itself: the year only where it is written in it."""
    found = {
        name: value
        for name in ("year", "month", "day")
        if (value := getattr(date.first, name)) is not None
    }
    if date.resolved is not Resolved.WRITTEN:
        found.pop("year", None)
    return found


def differing(one: Date, other: Date) -> list[str]:
    """What two dates both say and say differently."""
    a, b = said_parts(one), said_parts(other)
    return [name for name in a if name in b and a[name] != b[name]]


def one_slip(one: Date, other: Date) -> bool:
    """Whether two dates differ in one part and agree in all others, or are years but for one digit."""
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.TIME:
        a, b = one.first, other.first
        if a.hour is None or b.hour is None:
            return False
        return a.hour % 12 == b.hour % 12 and None not in (a.minute, b.minute)
    apart = differing(one, other)
    if len(apart) != 1:
        return False
    a_parts, b_parts = said_parts(one), said_parts(other)
    if len(a_parts.keys() & b_parts.keys()) > 1:
        return True
    if apart != ["year"] or one.kind is not Kind.YEAR:
        return False
    return near(Decimal(a_parts["year"]), Decimal(b_parts["year"])) == "digit"
