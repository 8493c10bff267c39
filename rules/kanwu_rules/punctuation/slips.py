"""What rules on single marks share: slips, alone or as the habit of a document."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Related, Safety, Span, edit, place
from kanwu.analysis.line_words import is_han
from kanwu.engine.finding import Fix
from kanwu_rules.encoding.misread import weakened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document, Finding, Rule

HABIT = 5
"""More places than this in one document are told in one finding."""
LISTED = 20
"""So many other places a finding names."""
CHINESE_MARKS = frozenset("，。、；：？！“”‘’「」『』《》〈〉（）【】…—")


class Slip(NamedTuple):
    """A span, what should stand there, and whether that is sure to change no meaning."""

    start: int
    end: int
    repaired: str
    safety: Safety = Safety.SAFE


def tell(rule: Rule, document: Document, slips: Sequence[Slip]) -> Iterator[Finding]:
    """A finding for each slip, or one for all where there are so many that they are one habit.

    The rule has the messages `one`, `many`, `again` and `repair`, of which the first is told what was
    found and what belongs there, the second how many there are.
    """
    by_safety = sorted(slips, key=lambda slip: slip.safety)
    for safety, same in groupby(by_safety, key=lambda slip: slip.safety):
        group = list(same)
        for some in [group] if len(group) > HABIT else [[slip] for slip in group]:
            yield _finding(rule, document, some, safety)


def _finding(rule: Rule, document: Document, slips: Sequence[Slip], safety: Safety) -> Finding:
    first = slips[0]
    again = rule.say("again") if len(slips) > 1 else None
    others = islice(slips, 1, 1 + LISTED)
    return rule.finding(
        place(document, first.start, first.end),
        rule.say(
            "one" if again is None else "many",
            count=len(slips),
            found=document.text[first.start : first.end],
            repaired=first.repaired,
        ),
        related=[Related(place(document, s.start, s.end), again) for s in others if again],
        evidence={"count": len(slips)},
        fix=Fix(
            weakened(safety, document.text, (Span(slip.start, slip.end) for slip in slips)),
            rule.say("repair"),
            tuple(edit(document, slip.start, slip.end, slip.repaired) for slip in slips),
        ),
    )


def is_chinese(character: str) -> bool:
    """Whether a character, or the nothing beyond the text, is Han or a mark of Chinese text."""
    return bool(character) and (is_han(character) or character in CHINESE_MARKS)
