"""PUN013 blank-line-run."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from kanwu import (
    Bad,
    Between,
    CharacterClass,
    Good,
    Matches,
    Option,
    Pattern,
    Related,
    Rule,
    Safety,
    Severity,
    Span,
    edit,
    place,
)
from kanwu.engine.finding import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

BLANKS = " \t\u3000\xa0"
ENDS = CharacterClass("\r\n")
# Two blank lines at least behind another line. Files whose lines end with a lone CR have no pages.
RUNS = Matches(
    Pattern(rf"(?<= \n ) (?: [{BLANKS}]{{0,200}} \r? \n ){{2,}}"),
    # The end of one blank line before another that is empty, and the end of one that is not.
    Between("\n", before=CharacterClass(f"{BLANKS}\r\n"), behind=ENDS),
    Between(BLANKS, before=CharacterClass(f"{BLANKS}\n"), behind=ENDS),
)
LISTED = 20


class BlankLineRun(Rule):
    """Several blank lines stand in a row where one parts two paragraphs.

    They are left where pictures, tables and scripts were taken out of a page. A reader takes them for the end
    of the text, and programs that look for its parts find some that are none.

    A document has one finding, at its first run of more than `most` blank lines, with the number of runs in
    `evidence.count` and others related. The fix keeps one blank line of each run, and is safe.

    **What it leaves alone.** One and two blank lines, which part paragraphs and chapters; blank lines at the
    beginning and at the end of a file; code in Markdown.

    **Source.** None but custom: no standard says how many blank lines part what. That is why a finding is
    no more than information.
    """

    code = "PUN013"
    name = "blank-line-run"
    severity = Severity.INFO
    safety = Safety.SAFE
    where = (RUNS,)
    most = Option(2, "how many blank lines in a row are no defect", minimum=1)
    messages: ClassVar[Mapping[str, str]] = {
        "run": "{lines} blank lines in a row; one parts two paragraphs",
        "runs": "{lines} blank lines in a row, and more in {count} places of the document; one parts two "
        "paragraphs",
        "again": "{lines} here",
        "repair": "keep one of them",
    }
    examples = (
        Bad("第一段。\n\n\n\n第二段。\n", "第一段。\n\n第二段。\n", ("\n\n\n",)),
        Bad("第一段。\n \n\u3000\n\n\n第二段。\n", "第一段。\n\n第二段。\n"),
        Bad("第一段。\n\n\n第二段。\n", "第一段。\n\n第二段。\n", options={"most": 1}),
        Good("第一段。\n\n第二段。\n\n\n第二章\n\n第三段。\n"),
        Good("\n\n\n\n第一段。\n\n\n\n"),
        Good("```\na\n\n\n\n\nb\n```\n", markup="markdown"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        runs = [
            span
            for span in places
            if begin < span.start < end and text.count("\n", *span) > self.most
        ]
        if not runs:
            return
        first, *others = runs
        yield self.finding(
            place(document, *first),
            self.say("runs" if others else "run", lines=text.count("\n", *first), count=len(runs)),
            related=[
                Related(place(document, *span), self.say("again", lines=text.count("\n", *span)))
                for span in islice(others, LISTED)
            ],
            evidence={"count": len(runs)},
            fix=Fix(
                Safety.SAFE,
                self.say("repair"),
                tuple(edit(document, *span, last_end(text, span)) for span in runs),
            ),
        )


def last_end(text: str, span: Span) -> str:
    """How the last line of a span ends."""
    return "\r\n" if text.startswith("\r\n", span.end - 2) else "\n"
