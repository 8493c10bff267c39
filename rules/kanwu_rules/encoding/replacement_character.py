"""ENC005 replacement-character."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule, Runs, Severity, place
from kanwu_rules.encoding.occurrences import apart_or_together, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class ReplacementCharacter(Rule):
    """A replacement character U+FFFD stands where a decoder lost one or more characters.

    Somebody read the bytes in the wrong encoding, or cut them in the middle of a character. What stood
    here is gone from this file: only the source that it came from still has it.

    A document with more than five such places has one finding, with their number.

    **What it leaves alone.** A single U+FFFD in quotation marks or brackets, where a text speaks of the
    character itself, and Markdown code. It offers no fix, since any repair would be a guess.

    **Source.** Unicode Standard, chapter 3.9 (U+FFFD substitution of maximal subparts).
    """

    code = "ENC005"
    name = "replacement-character"
    severity = Severity.ERROR
    where = (Runs("\ufffd", at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "lost": "{count} replacement character(s) U+FFFD: text was lost here; "
        "fetch the passage again from its source",
        "many": "{count} replacement characters U+FFFD in {places} places: text was lost throughout; "
        "fetch the document again from its source",
        "again": "here too",
    }
    examples = (
        Bad("深圳创\ufffd\ufffd集群跻身全球第一。", finds=("\ufffd\ufffd",)),
        Bad("\ufffd州市科协", finds=("\ufffd",)),
        Bad("第一\ufffd，第二\ufffd。", finds=("\ufffd", "\ufffd")),
        Good("解码失败时会出现“\ufffd”这个字符。"),
        Good("替换字符（\ufffd）的码位是 U+FFFD。"),
        Good("深圳创新集群跻身全球第一。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lost = [
            span
            for span in places
            if span.end - span.start > 1
            or text[max(0, span.start - 1) : span.end + 1].replace("\ufffd", "") not in MENTIONS
        ]
        for spans in apart_or_together(lost):
            count = sum(end - start for start, end in spans)
            yield self.finding(
                place(document, *spans[0]),
                self.say("lost", count=count)
                if len(spans) == 1
                else self.say("many", count=count, places=len(spans)),
                related=others(document, spans, self.say("again")),
                evidence={"count": count, "places": len(spans)},
            )


MENTIONS = frozenset(("“”", "「」", "‘’", "『』", '""', "''", "``", "（）", "()", "《》"))
