"""ENC001 undecodable."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule, Runs, Severity, place
from kanwu_rules.encoding.occurrences import apart_or_together, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

SHOWN_BYTES = 8


class Undecodable(Rule):
    """Bytes stand here that are no text in the encoding of the file.

    The file was damaged on its way (cut in the middle of a character, joined from pieces, written by
    two programs that disagreed), or all of it is in an encoding that was not recognised. Other tools
    stop at such a file or drop the bytes silently. Here they are kept, and written back as they were;
    the finding shows them, so that they can be looked up in the source.

    A document with more than five such places has one finding, with their number: it is the file as a
    whole that wants another look.

    **What it leaves alone.** Files that are valid in another encoding than UTF-8, and U+FFFD, which is
    valid text that a careless decoder wrote (ENC005). It offers no fix, since any repair would be a
    guess, and it looks into Markdown code as well, since the damage is in the file and not in the text.

    **Source.** Unicode Standard, chapter 3.9 (ill-formed code unit sequences); GB 18030; Python's
    `surrogateescape` (PEP 383), in whose form the bytes are kept.
    """

    code = "ENC001"
    name = "undecodable"
    severity = Severity.ERROR
    # In UTF-16 and UTF-32 an undecodable byte may be below 0x80.
    where = (Runs(ranges=("\udc00\udcff",), at_least=1),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "bytes": "{bytes} cannot be decoded as {encoding}: the file is damaged here, or in another "
        "encoding; fetch the passage again from its source",
        "many": "{count} places cannot be decoded as {encoding}, the first of them {bytes}: the file is "
        "damaged, or in another encoding; fetch it again from its source",
        "again": "here too",
    }
    examples = (
        Bad("大会在广\udce5\udcb7举行。", finds=("\udce5\udcb7",)),
        Bad("第一\udc80，第二\udcff。", finds=("\udc80", "\udcff")),
        Bad("`广\udcff州`", finds=("\udcff",), markup="markdown"),
        Good("大会在广州举行。"),
        Good("解码失败时会出现“\ufffd”这个字符。"),
        Good("表情😀由两个 UTF-16 代码单元组成。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        encoding = document.encoding.name
        for spans in apart_or_together(places):
            start, end = spans[0]
            lost = hexadecimal(text[start:end])
            message = (
                self.say("bytes", bytes=lost, encoding=encoding)
                if len(spans) == 1
                else self.say("many", count=len(spans), bytes=lost, encoding=encoding)
            )
            yield self.finding(
                place(document, start, end),
                message,
                related=others(document, spans, self.say("again")),
                evidence={"count": len(spans), "bytes": lost, "encoding": encoding},
            )


def hexadecimal(escaped: str) -> str:
    """The bytes that lone surrogates stand for, the first few of them."""
    text = " ".join(f"0x{ord(c) & 0xFF:02X}" for c in escaped[:SHOWN_BYTES])
    return f"{text} …" if len(escaped) > SHOWN_BYTES else text
