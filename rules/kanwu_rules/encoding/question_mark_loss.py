"""ENC015 question-mark-loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Pattern, Rule, Runs, Span, place
from kanwu.analysis.lines import Lines
from kanwu.engine.triggers import HAN
from kanwu_rules.encoding.mentions import QUOTED, Mentions
from kanwu_rules.encoding.occurrences import apart_or_together, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

RUN = Pattern(r"(?<!\?)\?{2,}")
# After these a sentence goes on, and no question can end.
OPENERS = frozenset("，、；（《〈,;(")
FEWEST = 6
"""So many question marks make a line that holds no Chinese a lost one."""


class QuestionMarkLoss(Rule):
    """Question marks stand where Chinese characters were lost.

    A program that could not write Chinese put “?” in the place of every character or every byte:
    `????2019?????`. What stood there is gone from this file; fetch the passage again from its source.

    Two kinds are told. Where a run of question marks stands between a comma and Chinese, no question can
    be meant. And a line without any Chinese in which question marks
    outnumber the letters, in several runs, was a Chinese line. All such places in one line are one
    finding, and a document with more than five such lines has one. There is no fix.

    **What it leaves alone.** “??” and “???” after a word or at the beginning of a line, for emphasis; question marks alone in
    quotation marks or brackets, or as a whole line; single ones; addresses and code; passages that
    speak of garbled text.

    **Source.** Seen in databases and mail; the substitution of unmappable characters in the encoders of
    Windows, Java and MySQL.
    """

    code = "ENC015"
    name = "question-mark-loss"
    where = (Runs("?", at_least=2),)
    messages: ClassVar[Mapping[str, str]] = {
        "lost": "{marks} question marks stand for characters that were lost; fetch the passage again from "
        "its source",
        "many": "{count} lines hold question marks for characters that were lost; fetch the document again "
        "from its source",
        "again": "here too",
    }
    examples = (
        Bad("大会在广州举行，??集群跻身前列。", finds=("??",)),
        Bad("??????2019?????????", finds=("??????2019?????????",)),
        Bad("标题\n????????,??????????????\n", finds=("????????,??????????????",)),
        Good("真的吗??我不信。他说什么???"),
        Good("他只回了“???”。\n????"),
        Good("What?? Really??? a ?? b : c"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text, lines = document.text, document.get(Lines)
        lost: list[Span] = []
        last = -1
        mentions = Mentions(text)
        for span in places:
            index = lines.index(span.start)
            if index == last:
                continue
            last = index
            found = lost_in(text, lines.starts[index], lines.ends[index])
            if found is not None and not mentions.has(found):
                lost.append(found)
        for some in apart_or_together(lost):
            marks = sum(text.count("?", *span) for span in some)
            yield self.finding(
                place(document, *some[0]),
                self.say("lost" if len(some) == 1 else "many", marks=marks, count=len(some)),
                related=others(document, some, self.say("again")),
                evidence={"count": len(some), "marks": marks},
            )


def lost_in(text: str, start: int, end: int) -> Span | None:
    """From the first to the last run of question marks of a line that stand for lost characters."""
    runs = [
        (first, last)
        for first, last in (match.span() for match in RUN.finditer(text, start, end))
        if text[max(0, first - 1) : first] + text[last : last + 1] not in QUOTED
    ]
    if not any(c in HAN for c in text[start:end]):
        marks = sum(last - first for first, last in runs)
        letters = sum(map(str.isalpha, text[start:end]))
        is_lost = len(runs) > 1 and marks >= FEWEST and marks > letters
        return Span(runs[0][0], runs[-1][1]) if is_lost else None
    sure = [
        (first, last)
        for first, last in runs
        if text[first - 1 : first] in OPENERS and text[last : last + 1] and text[last] in HAN
    ]
    return Span(sure[0][0], sure[-1][1]) if sure else None
