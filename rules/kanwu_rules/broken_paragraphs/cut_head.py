"""TRU004 cut-head."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule
from kanwu_rules.broken_paragraphs.breaks import SUSPECTS, Breaks, Kind
from kanwu_rules.broken_paragraphs.torn_paragraph import evidence_of, first_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class CutHead(Rule):
    """A paragraph begins in the middle of a sentence, and nothing before it leads there.

    The beginning stood in another column, or was taken for a headline and thrown away. Only the source
    has it, so there is no fix. The finding stands on the first words that are there.

    **What it leaves alone.** What split-paragraph leaves alone; paragraphs whose beginning stands further
    up, of which split-paragraph and interrupted-paragraph speak; beginnings that other paragraphs or
    sentences of the same document have, too.

    **Source.** As for split-paragraph.
    """

    code = "TRU004"
    name = "cut-head"
    where = SUSPECTS
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "cut": "the paragraph begins in the middle of a sentence (“{text}…”), and nothing before it leads "
        "there; its beginning is missing: compare with the source",
    }
    examples = (
        Bad(
            "港建设总体方案》正式印发后，“海南”成了许多海归谈论的高频词。\n",
            finds=("港建设总体方",),
        ),
        Bad(
            "大会昨天开幕，来自全省各地的两百名代表出席会议。\n\n步拓展了农村消费空间，带动农民增收。\n\n"
            "代表们下午分组讨论了工作报告，会议将于周五闭幕。\n",
            finds=("步拓展了农村",),
        ),
        Bad("的，应当向股东大会说明公司有无不当情事。\n\n第三条　国家鼓励公平竞争。\n"),
        Good("的士司机王师傅每天早上六点出车。\n\n他说，早高峰的客人最多。\n"),
        Good("“港”通天下：新航线昨天开通。\n\n货轮从这里出发。\n"),
        Good("据介绍，工程明年完工。\n\n据了解，总投资十亿元。\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for found in document.get(Breaks).of_kind(Kind.CUT_HEAD):
            after = found.after
            assert after is not None
            here = first_words(document, after)
            yield self.finding(
                here,
                self.say("cut", text=here.excerpt.inside),
                evidence=evidence_of(found),
            )
