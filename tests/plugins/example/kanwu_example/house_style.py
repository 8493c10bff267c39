"""EXA001 banned-word: the smallest useful rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Literals, Option, Rule, Safety, edit, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class BannedWord(Rule):
    """A word that our house style replaces by a plainer one.

    We write 使用 and not 使用到, since the second says no more.

    **What it leaves alone.** Every other word.

    **Source.** The house style of this example.
    """

    code = "EXA001"
    name = "banned-word"
    safety = Safety.SAFE
    where = (Literals("使用到"),)
    replacement = Option("使用", "what is written in its place")
    messages: ClassVar[Mapping[str, str]] = {
        "banned": "“{word}” says no more than “{better}”",
        "replace": "write “{better}”",
    }
    examples = (
        Bad("我们使用到新方法。", "我们使用新方法。", ("使用到",)),
        Bad("使用到,使用到", "使用,使用", ("使用到", "使用到")),
        Bad("使用到", "采用", ("使用到",), options={"replacement": "采用"}),
        Good("我们使用新方法。"),
        Good("`使用到`", markup="markdown"),
        Good("使用。到"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for start, end in places:
            word = document.text[start:end]
            yield self.finding(
                place(document, start, end),
                self.say("banned", word=word, better=self.replacement),
                fix=Fix(
                    Safety.SAFE,
                    self.say("replace", better=self.replacement),
                    (edit(document, start, end, self.replacement),),
                ),
            )
