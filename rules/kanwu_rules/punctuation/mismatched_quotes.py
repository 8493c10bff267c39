"""PUN005 mismatched-quotes."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Pattern, Rule, Safety
from kanwu_rules.broken_paragraphs.bracket_look_alikes import is_prose
from kanwu_rules.broken_paragraphs.brackets import UNPAIRED
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

QUOTE = Pattern('[“”"]')
MOST_QUOTES = 40
"""Quotes of a line in which one may still be told to be wrong."""
MOST_WRONG = 4
# After these a quote closes nothing that is closed, and before these it opens nothing.
OPENED_AFTER = frozenset(" \t\u3000：:（(《“\n\r")
CLOSED_AFTER = frozenset("。！？…，；")
CLOSED_BEFORE = frozenset(" \t\u3000，。、；：！？）》”\n\r,.;:!?)")


class MismatchedQuotes(Rule):
    """Quotation marks are turned the wrong way round, or closed by one of another kind.

    ”追加“, “车站“ and “首选项" hold a whole quotation, but what opens it does not open and what closes
    it does not close: programs that look for quotations, and for brackets without a partner, lose their
    way, and a reader stumbles.

    The fix turns the marks so that they open and close in turn. It is safe where a line has but two of
    them, and unsafe elsewhere.

    **What it leaves alone.** Lines in which a mark is missing (an odd number of them), of which
    unbalanced-bracket speaks; quotations that go on from one paragraph to the next; pairs of straight
    quotes, which half of all technical texts write; inches (27”); marks that are spoken of; quotes in
    quotes as long as each opens and closes; single quotes ‘’, which are apostrophes too; code.

    **Source.** GB/T 15834—2011, 4.8: quotation marks come in pairs, “ before and ” behind what is quoted.
    """

    code = "PUN005"
    name = "mismatched-quotes"
    safety = Safety.SAFE
    where = (UNPAIRED,)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "{found} stands where the quotation needs {repaired}",
        "many": "{count} quotation marks are turned the wrong way round or of the wrong kind",
        "again": "here too",
        "repair": "turn the quotation marks",
    }
    examples = (
        Bad(
            "该教堂是地下铁路的一个“车站“，收容过许多人。",
            "该教堂是地下铁路的一个“车站”，收容过许多人。",
            ("“",),
        ),
        Bad(
            "以只写方式打开文件，用于”追加“数据。",
            "以只写方式打开文件，用于“追加”数据。",
            ("”", "“"),
        ),
        Bad(
            '选择“编辑”和“首选项"，再打开一个标签。',
            "选择“编辑”和“首选项”，再打开一个标签。",
            ('"',),
        ),
        Good("“第一段还没有说完。\n“第二段说完了。”他说。“还有呢。"),
        Good("屏幕是27”的，电视是65”的，很大。"),
        Good('他说："今天不去。"“明天呢？”她问。'),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        slips: list[Slip] = []
        for start, end in places:
            marks = [match.start() for match in QUOTE.finditer(text, start, end)]
            if not 1 < len(marks) <= MOST_QUOTES:
                continue
            wrong = wrong_quotes(text, marks)
            if wrong and is_prose(text, start, end):
                slips += wrong
        yield from tell(self, document, slips)


def wrong_quotes(text: str, marks: Sequence[int]) -> list[Slip]:
    """What would have to be turned for the quotes of a line to open and close in turn.

    Nothing, where that is not plainly what was meant.
    """
    straight = sum(text[at] == '"' for at in marks)
    if len(marks) % 2 or straight > 1:
        return []
    safety = Safety.SAFE if len(marks) == 2 else Safety.UNSAFE
    wrong = [
        Slip(at, at + 1, meant, safety)
        for at, meant in zip(marks, cycle("“”"), strict=False)
        if text[at] != meant
    ]
    if not wrong or len(wrong) > MOST_WRONG or (straight and len(wrong) > 1):
        return []
    return wrong if all(fits(text, slip) for slip in wrong) else []


def fits(text: str, slip: Slip) -> bool:
    """Whether a mark may open, or close, where it stands."""
    before = text[slip.start - 1] if slip.start else "\n"
    after = text[slip.end] if slip.end < len(text) else "\n"
    if before.isdigit():
        return False
    if slip.repaired == "”":
        return before not in OPENED_AFTER
    return before not in CLOSED_AFTER and after not in CLOSED_BEFORE
