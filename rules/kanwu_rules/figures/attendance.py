"""Attendance: how many ought to have come, how many came, and how many did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Span
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.sentences import Sentence

TRIGGERS = ("应到", "應到", "应出席", "應出席", "应参会", "應參會", "缺席", "实到", "實到")
DUE = Pattern(r"[应應](?:到会?|到會|出席|参会|參會|参加|到场)[^，。；：、\d]{0,12}$")
ACTUAL = Pattern(
    r"(?:实到|實到|实际(?:出席|到会|参会|参加)|实出席|實出席|实参会|(?<![应應])(?:出席|到会|到會))[^，。；：、\d]{0,10}$"
)
ABSENT = Pattern(
    r"(?:缺席|请假|請假|因[^，。；\d]{1,8}(?:缺席|请假)|未出席|未能出席|未到会?|缺勤)[^，。；：、\d]{0,6}$"
)
PEOPLE = frozenset(("人", "名", "位"))
REACH = 200
LABEL = 24


class Attendance(NamedTuple):
    """The figures of one meeting."""

    due: Claim
    actual: Claim
    absent: Sequence[Claim]


def attendances_of(text: str, sentences: Iterable[Sentence]) -> Iterator[Attendance]:
    """The attendances that some sentences tell, in the order of the text."""
    due: Claim | None = None
    actual: Claim | None = None
    absent: list[Claim] = []
    for sentence in sentences:
        for claim in sentence.claims:
            if claim.unit not in PEOPLE or claim.relation != "=":
                continue
            before = max(sentence.start, claim.start - LABEL)
            if ABSENT.search(text, before, claim.start):
                absent.append(claim)
                continue
            is_due = DUE.search(text, before, claim.start)
            if not is_due and not ACTUAL.search(text, before, claim.start):
                continue
            if due and actual and actual.start - due.end < REACH:
                yield Attendance(due, actual, absent)
            actual, absent = (None, []) if is_due else (claim, [])
            due = claim if is_due else due
    if due and actual and actual.start - due.end < REACH:
        yield Attendance(due, actual, absent)


COUNTED = Pattern(r"[^，。；：、\d]{0,14}[0-9]")


def is_counted(text: str, place: Span) -> bool:
    """Whether a number follows one of the triggers."""
    return text[place.start] != "其" and COUNTED.match(text, place.end) is not None
