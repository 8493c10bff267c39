"""EXA002 same-headline: the smallest useful rule that compares documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, CorpusRule, EveryDocument, Good, Record, Related, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class SameHeadline(CorpusRule):
    """Two documents begin with the same line.

    One of them was probably saved twice, or under the headline of its neighbour.

    **What it leaves alone.** Documents whose first line is empty, or longer than 60 characters.

    **Source.** The house style of this example.
    """

    code = "EXA002"
    name = "same-headline"
    where = (EveryDocument(),)
    fewest = 2
    messages: ClassVar[Mapping[str, str]] = {
        "same": "“{headline}” is the headline of {path} too; look which document it belongs to",
        "first": "the same headline",
    }
    examples = (
        Bad("论坛开幕\n正文。", finds=("论坛开幕",), beside=("论坛开幕\n另一篇。",)),
        Bad("论坛😀开幕", finds=("论坛😀开幕",), beside=("论坛😀开幕\r\n正文。",)),
        Bad("甲", finds=("甲",), beside=("甲", "乙")),
        Good("论坛开幕\n正文。"),
        Good("论坛开幕\n正文。", beside=("论坛闭幕\n正文。",)),
        Good("\n正文。", beside=("\n正文。",)),
    )

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:
        headline = document.text[:100].partition("\n")[0].rstrip()
        if 0 < len(headline) <= 60:
            yield Record(headline, place(document, 0, len(headline)), {})

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:
        first, *others = records
        for record in others:
            yield self.finding(
                record.place,
                self.say("same", headline=key, path=first.place.path),
                related=(Related(first.place, self.say("first")),),
            )
