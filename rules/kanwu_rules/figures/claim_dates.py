"""When a claim holds: the date that its sentence gives it, else its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu_rules.figures.date import Kind
from kanwu_rules.figures.dates import Dates

if TYPE_CHECKING:
    from kanwu import Document
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.date import Date

# They tell one event from the next, or a time of the day, and not when something was so.
NO_DATES = frozenset((Kind.TIME, Kind.EDITION, Kind.WEEKDAY))


FARTHEST = 400
"""How many characters away a date is looked for: a text may be one endless sentence."""


class Held(NamedTuple):
    """The date of a claim, and whether the sentence of the claim names it."""

    date: Date
    in_sentence: bool


def date_of(document: Document, claim: Claim) -> Held | None:
    """The last date before a claim in its sentence, else the first behind it there, else the last
    date before it in its line; None where the line names none.

    2023年收入5亿元，比2022年增长3% gives the growth the year 2022: what a comparison is made with stands
    nearer than what it speaks of, and only a rule that knows comparisons can tell.
    """
    dates = document.get(Dates)
    sentence = claim.sentence
    start = max(sentence.start, claim.start - FARTHEST)
    for date in reversed(dates.between(start, claim.start)):
        if date.kind not in NO_DATES:
            return Held(date, in_sentence=True)
    for date in dates.between(claim.end, min(sentence.end, claim.end + FARTHEST)):
        if date.kind not in NO_DATES:
            return Held(date, in_sentence=True)
    start = max(document.get(Lines).starts[claim.line], sentence.start - FARTHEST)
    for date in reversed(dates.between(start, sentence.start)):
        if date.kind not in NO_DATES:
            return Held(date, in_sentence=False)
    return None
