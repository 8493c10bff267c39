"""ENC003 byte-order-mark."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, EveryDocument, Fix, Good, Rule, Safety, Severity, edit, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

MARK = "\ufeff"


class ByteOrderMark(Rule):
    """A byte-order mark U+FEFF stands before the text, where UTF-8 needs none.

    Some editors on Windows write it into every file. Other programs take it for the first character:
    the first word is not found, the first key of a table has another name, a heading of Markdown is
    none, and joined files have it in the middle (ENC008).

    A mark inside the text (in a field of a dataset, or the second of two) is removed by the fix. The mark
    at the beginning of a file is no part of the text: many editors write it and most programs bear it, so
    it is no more than information, and the fix, which writes the file without it, is applied where this
    rule is selected by its own code or name. Both are safe.

    **What it leaves alone.** UTF-16 and UTF-32, whose byte order it tells (ENC002 speaks of them).

    **Source.** Unicode Standard, chapter 2.6 (use of a byte-order mark in UTF-8 is neither required
    nor recommended); RFC 3629, section 6.
    """

    code = "ENC003"
    name = "byte-order-mark"
    safety = Safety.SAFE
    where = (EveryDocument(),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "file": "the file begins with the byte-order mark EF BB BF, which UTF-8 does not need and other "
        "programs take for a character",
        "save": "write the file without the mark",
        "text": "the text begins with a byte-order mark U+FEFF, on which search and comparison fail",
        "remove": "remove the mark",
    }
    examples = (
        Bad("\ufeff大会在广州举行。", "大会在广州举行。", finds=("\ufeff",)),
        Bad("\ufeff\ufeff# 标题", "# 标题", finds=("\ufeff\ufeff",), markup="markdown"),
        Bad("\ufeff", "", finds=("\ufeff",)),
        Good("大会在广州举行。"),
        Good("上篇完。\ufeff下篇开始。"),
        Good(""),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        text = document.text
        if document.encoding.bom == BOM_UTF8 and text:
            yield self.finding(
                place(document, 0, 0),
                self.say("file"),
                severity=Severity.INFO,
                fix=Fix(Safety.SAFE, self.say("save"), (), document.encoding._replace(bom=b"")),
            )
        if text.startswith(MARK):
            end = len(text) - len(text.lstrip(MARK))
            yield self.finding(
                place(document, 0, end),
                self.say("text"),
                fix=Fix(Safety.SAFE, self.say("remove"), (edit(document, 0, end, ""),)),
            )
