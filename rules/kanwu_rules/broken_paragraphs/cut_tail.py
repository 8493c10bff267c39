"""TRU003 cut-tail."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule
from kanwu_rules.broken_paragraphs.breaks import SUSPECTS, Breaks, Kind
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.halves import SHOWN
from kanwu_rules.broken_paragraphs.paragraphs import End
from kanwu_rules.broken_paragraphs.torn_paragraph import evidence_of, last_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# The log odds, by its last characters, below which a sentence may be whole but for its full stop.
SURELY_CUT = 0.5


class CutTail(Rule):
    """A paragraph breaks off in the middle of a sentence, and the rest is nowhere.

    What a page or a column had no room for is lost: the facts in it, and the end of the sentence. Only
    the source has them, so there is no fix. The finding stands on the last words that are there. A
    sentence that reads as if only its full stop were missing is told of as such, and `evidence` says
    that it `may-be-whole`.

    **What it leaves alone.** What split-paragraph leaves alone; sentences whose rest stands further
    down, of which split-paragraph and interrupted-paragraph speak; teasers that end with “…”; what leads
    to a list, a command or a picture; short lines among others like them, as headlines and links stand
    in lists; a last line that could be a signature or a title.

    **Source.** As for split-paragraph.
    """

    code = "TRU003"
    name = "cut-tail"
    where = SUSPECTS
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "cut": "the paragraph breaks off in the middle of a sentence, and none of the next paragraphs "
        "goes on with it; its end is missing: compare with the source",
        "unstopped": "the paragraph ends without a full stop: the mark is missing, or the end of its "
        "sentence; compare with the source",
        "pause": "the paragraph ends with “{mark}”, and none of the next paragraphs goes on with its "
        "sentence; its end is missing: compare with the source",
    }
    examples = (
        Bad(
            "他代表区政府向大会的召开表示热烈祝贺，并就做好科协工作提出三点要求：一要提高政治站位，\n\n"
            "星期一出版 责任编辑：李明\n",
            finds=("高政治站位，",),
        ),
        Bad(
            "根据工作安排，代表团将先后前往三个国家，与当地企业负责人就扩大投资的\n\n"
            "昨天上午，全市经济工作会议召开。\n",
        ),
        Bad(
            "第一条　为了规范水路运输，制定本条例。\n\n"
            "第二条　本条例所称辅助业务，是指直接为水路运输，包括旅客运输、货物运输提\n\n"
            "第三条　国家鼓励公平竞争，禁止垄断。\n",
        ),
        Good("全市经济工作会议今天召开\n\n昨天上午，全市经济工作会议在广州召开。\n"),
        Good("运行下面的命令，\n\nsudo apt update\n\n然后重新启动电脑。\n"),
        Good("他推开门，屋里一个人也没有，桌上放着一封信……\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for found in document.get(Breaks).of_kind(Kind.CUT_TAIL):
            before = found.before
            assert before is not None
            evidence = evidence_of(found)
            how = "pause" if before.ends is End.PAUSE else "cut"
            if how == "cut" and continuation().cut_tail(before.text[-SHOWN:]) < SURELY_CUT:
                how = "unstopped"
                evidence["may-be-whole"] = True
            yield self.finding(
                last_words(document, before),
                self.say(how, mark=before.text[-1]),
                evidence=evidence,
            )
