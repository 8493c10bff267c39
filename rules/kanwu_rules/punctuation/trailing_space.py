"""PUN009 trailing-space."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Rule, Safety
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

BLANKS = " \t\u3000"
HARD_BREAK = 2
"""Spaces at the end of a line with which Markdown breaks it."""


class TrailingSpace(Rule):
    """Spaces, tabs or full-width spaces stand at the end of a line.

    Nobody sees them, but they make equal lines differ, turn up in every comparison of two versions, and
    part the halves of a paragraph when its lines are joined.

    A document with more than five such lines has one finding with their number, and one fix, which is
    safe.

    **What it leaves alone.** In Markdown, two spaces and more before another line of text, which break
    the line, and code. The end of a last line that has no line end of its own, and files that hold
    nothing but blanks. No-break spaces and other
    odd blanks belong to odd-space.

    **Source.** POSIX and most style guides for text under version control; CommonMark 0.31, 6.7, on hard
    line breaks.
    """

    code = "PUN009"
    name = "trailing-space"
    safety = Safety.SAFE
    where = (Literals(*(blank + end for blank in BLANKS for end in "\n\r")),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "blanks at the end of the line; comparisons and joined lines stumble over them",
        "many": "blanks at the end of {count} lines; comparisons and joined lines stumble over them",
        "again": "here too",
        "repair": "remove them",
    }
    examples = (
        Bad("会议在广州举行。 \n代表共二百人。\n", "会议在广州举行。\n代表共二百人。\n", (" ",)),
        Bad("第一段。\n \t\n第二段。\n", "第一段。\n\n第二段。\n", finds=(" \t",)),
        Bad("标题\u3000\u3000\r\n正文。\r\n", "标题\r\n正文。\r\n", finds=("\u3000\u3000",)),
        Good("\u3000\u3000第一段。\n\n\u3000\u3000第二段。\n"),
        Good("第一行  \n第二行\n", markup="markdown"),
        Good("name: 值\n  缩进\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        if text.isspace():
            return
        slips = []
        for _, after in places:
            start = end = after - 1
            while start and text[start - 1] in BLANKS:
                start -= 1
            if not (document.markup == "markdown" and breaks_line(text, start, end)):
                slips.append(Slip(start, end, ""))
        yield from tell(self, document, slips)


def breaks_line(text: str, start: int, end: int) -> bool:
    """Whether blanks at the end of a line of Markdown break it: there is text before and after them."""
    if end - start < HARD_BREAK or start == 0 or text[start - 1] in "\r\n":
        return False
    behind = end + 1 + text.startswith("\r\n", end)
    return text[behind : behind + 1] not in ("", "\r", "\n")
