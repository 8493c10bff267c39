"""PUN014 indentation-by-spaces."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from kanwu import (
    Bad,
    Between,
    CharacterClass,
    Good,
    Matches,
    Pattern,
    Related,
    Rule,
    Safety,
    Severity,
    Span,
    edit,
    place,
)
from kanwu.analysis.line_words import is_han
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu.engine.finding import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

BLANKS = " \t"
INDENTATIONS = Matches(
    Pattern(rf"^ [{BLANKS}] [{BLANKS}\u3000]{{0,15}} (?! \s )", re.VERBOSE | re.MULTILINE),
    Between(BLANKS, before=CharacterClass("\n")),
)
ITEM = Pattern(r"\s{0,20} (?: [-*+•·●] | [0-9一二三四五六七八九十]{1,3} [.、．)）] )")
WIDE = "\u3000\u3000"
SHORTEST = 20
"""Code points of a line that is a paragraph beyond doubt."""
ENDS = frozenset("。！？；：”」…）")
OPENING = frozenset("“‘「『《【（(")
LISTED = 20


class IndentationBySpaces(Rule):
    """Paragraphs are indented by ASCII spaces or tabs, not by two full-width spaces or not at all.

    A Chinese paragraph begins with two squares of white: two full-width spaces, where no program
    indents by itself. ASCII spaces are half as wide or less, four of them make a block of code where the text
    is read as Markdown, and a converter may drop them all.

    A document has one finding with the number of such paragraphs, at the first of them. The fix writes two
    full-width spaces; where the document separates its paragraphs by blank lines, indents none of them so and
    leaves most of them flush, it takes the spaces away. It is safe.

    **What it leaves alone.** Whatever is no paragraph of Chinese that ends as a sentence does: headings, lists
    and what belongs to their items, tables, verse, code; Markdown, where indentation has a meaning; no-break
    spaces, which belong to odd-space.

    **Source.** W3C, Requirements for Chinese Text Layout, 3.3.1.2: the first line is indented by two squares.
    How that is written in plain text is custom, and so the finding is no more than information.
    """

    code = "PUN014"
    name = "indentation-by-spaces"
    severity = Severity.INFO
    safety = Safety.SAFE
    where = (INDENTATIONS,)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "a paragraph indented by ASCII blanks; a program may drop them, or take it for code",
        "many": "{count} paragraphs indented by ASCII blanks; a program may drop them, or take them for code",
        "again": "here too",
        "wide": "indent by two full-width spaces",
        "flush": "do not indent",
    }
    examples = (
        Bad(
            "    大会在广州开幕，来自各国的代表共二百多人出席。\n    会议还讨论了来年的计划，并通过了三项决议。\n",
            "\u3000\u3000大会在广州开幕，来自各国的代表共二百多人出席。\n\u3000\u3000会议还讨论了来年的计划，并通过了三项决议。\n",
            ("    ",),
        ),
        Bad(
            "\u3000\u3000大会在广州开幕，来自各国的代表共二百多人出席。\n\t会议还讨论了来年的计划，并通过了三项决议。\n",
            "\u3000\u3000大会在广州开幕，来自各国的代表共二百多人出席。\n\u3000\u3000会议还讨论了来年的计划，并通过了三项决议。\n",
            ("\t",),
        ),
        Bad(
            "大会在广州开幕，来自各国的代表共二百多人出席。\n\n第二天举行了分组讨论，大家都发表了意见。\n\n  会议还讨论了来年的计划，并通过了三项决议。\n",
            "大会在广州开幕，来自各国的代表共二百多人出席。\n\n第二天举行了分组讨论，大家都发表了意见。\n\n会议还讨论了来年的计划，并通过了三项决议。\n",
            ("  ",),
        ),
        Good("\u3000\u3000大会在广州开幕，来自各国的代表共二百多人出席。\n"),
        Good(
            "1. 准备材料\n   先把所有需要的材料都准备好，再按照下面的顺序一一摆放。\n  第一章 总则\n"
        ),
        Good("    大会在广州开幕，来自各国的代表共二百多人出席。\n", markup="markdown"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        if document.markup == "markdown":
            return
        text, lines = document.text, document.get(Lines)
        indented = [(s, lines.index(s.start)) for s in places]
        indented = [
            (s, line) for s, line in indented if is_paragraph(text, s.end, lines.ends[line])
        ]
        if not indented:
            return
        roles = document.get(Roles).of_lines
        indented = [
            (s, line)
            for s, line in indented
            if roles[line] is Role.BODY and not ITEM.match(lines[line - 1] if line else "")
        ]
        if not indented:
            return
        (first, _), *others = indented
        width = "" if is_flush(text, lines, [line for _, line in indented]) else WIDE
        yield self.finding(
            place(document, *first),
            self.say("many" if others else "one", count=len(indented)),
            related=[
                Related(place(document, *span), self.say("again"))
                for span, _ in islice(others, LISTED)
            ],
            evidence={"count": len(indented)},
            fix=Fix(
                Safety.SAFE,
                self.say("wide" if width else "flush"),
                tuple(edit(document, *span, width) for span, _ in indented),
            ),
        )


def is_paragraph(text: str, start: int, end: int) -> bool:
    """Whether a line, from behind its indentation on, is a paragraph of Chinese."""
    return (
        end - start >= SHORTEST
        and text[end - 1] in ENDS
        and (is_han(text[start]) or text[start] in OPENING)
    )


def is_flush(text: str, lines: Lines, indented: Sequence[int]) -> bool:
    """Whether blank lines part the paragraphs of a document, most of which have no indentation."""
    if any(line and not lines[line - 1].isspace() and lines[line - 1] for line in indented):
        return False
    starts = [
        start
        for start, end in zip(lines.starts, lines.ends, strict=True)
        if end - start >= SHORTEST
    ]
    flush = sum(is_han(text[start]) for start in starts)
    return flush > len(indented) and not any(text[start] == "\u3000" for start in starts)
