"""TRU005 unbalanced-bracket."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Related, Rule, place
from kanwu_rules.broken_paragraphs.brackets import PARTNERS, UNPAIRED, Brackets, Unmatched
from kanwu_rules.broken_paragraphs.breaks import Breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# More marks without a partner in one paragraph are one mess, and one finding.
FEW = 2
MOST_RELATED = 20


class UnbalancedBracket(Rule):
    """A bracket or quotation mark opens and never closes, or closes what nothing opened.

    Where one half of a pair is missing, text is often missing with it: the paragraph was cut, or torn
    in two, between the halves. The other cause is a slip of the pen. Either way somebody has to look,
    so there is no fix. The finding says which half is missing, and where the other half stands if a
    paragraph near by has it.

    Judged are （）［］｛｝〔〕【】《》〈〉〖〗「」『』 and the quotes “” ‘’, half- and full-width forms of
    one kind together, within one paragraph: a line of plain text, a paragraph of Markdown.

    **What it leaves alone.** Halves of a pair that were parted, or lost, with the halves of a broken
    paragraph, of which split-paragraph and the other rules on breaks speak. Quotations and asides that are laid out over several whole paragraphs,
    whether each paragraph opens the quote anew or only the first one does; titles at the top of a
    document and text wrapped at a fixed width that run over a line's end. The brackets of numbered
    items (1) a） 一）), faces like :-), half-open intervals such as [0,1), inches (27”), keys and marks
    that are named rather than used, and whole paragraphs that speak of brackets or quotes. The
    apostrophe and straight quotes. Quotes that are all there but turned the wrong way round, or closed
    by a straight one: their text is complete. Teasers that end with “…”. Code, addresses and tables in Markdown, and half-width
    square and curly brackets that touch no Chinese.

    **Source.** GB/T 15834—2011, 4.8 and 4.9: quotation marks and brackets come in pairs; 4.8.3.5: in a
    quotation of several paragraphs each one opens with a mark and only the last one closes.
    """

    code = "TRU005"
    name = "unbalanced-bracket"
    where = (UNPAIRED,)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "unclosed": "{mark} opens here and nothing in the paragraph closes it; its {other} is missing, "
        "or the text is cut off before it",
        "unopened": "{mark} closes here and nothing in the paragraph opened it; its {other} is missing, "
        "or the text before it is lost",
        "parted": "{mark} stands here and its {other} in another paragraph, on line {line}; the paragraph "
        "was probably torn in two between them",
        "mixed": "{mark} opens here and {other} closes; one of them is of the wrong kind, or each has "
        "lost its partner",
        "partner": "its {other} stands here",
        "several": "{count} brackets or quotes in this paragraph have no partner, the first is {mark}; "
        "compare the paragraph with its source",
        "too": "{mark} has no partner either",
    }
    examples = (
        Bad("以《一切很美（国语版）进军台湾市场。", finds=("《",)),
        Bad("将“赤子计划”打造成人才工作的著名品牌。李肖璨)", finds=(")",)),
        Bad("公司于去年迁入新址（位于开发区内，今年扩建。", finds=("（",)),
        Good("条件如下：1)已满十八周岁；2）无犯罪记录；a）或者b）都可以。"),
        Good("“第一段还没有说完。\n“第二段接着说。\n“第三段说完了。”"),
        Good("将第三条修改为：“企业应当登记。\n“登记的办法另行规定。”"),
        Good("区间[0,1)上的函数，屏幕是27”的，大家都笑了:-)"),
        Good("左括号“（”和右括号“）”要成对使用。"),
        Good("详见（附件一），It’s the teachers’ room."),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        unmatched = [mark for mark in document.get(Brackets).unmatched if not mark.runs_on]
        if unmatched:
            explains = document.get(Breaks).explains
            unmatched = [mark for mark in unmatched if not explains(mark.offset, opens=mark.opens)]
        for _, group in groupby(unmatched, key=lambda mark: mark.start):
            marks = list(group)
            if len(marks) > FEW:
                yield self._several(document, marks)
            elif len(marks) == FEW and marks[0].opens and not marks[1].opens:
                yield self._mixed(document, *marks)
            else:
                yield from (self._single(document, mark) for mark in marks)

    def _single(self, document: Document, mark: Unmatched) -> Finding:
        own = document.text[mark.offset]
        other = PARTNERS[own]
        evidence: dict[str, object] = {"bracket": own, "missing": other}
        if mark.partner is None:
            message = self.say("unclosed" if mark.opens else "unopened", mark=own, other=other)
            return self.finding(
                place(document, mark.offset, mark.offset + 1), message, evidence=evidence
            )
        partner = place(document, mark.partner, mark.partner + 1)
        line = partner.start.line
        return self.finding(
            place(document, mark.offset, mark.offset + 1),
            self.say("parted", mark=own, other=other, line=line),
            related=[Related(partner, self.say("partner", other=other))],
            evidence=evidence | {"line": line},
        )

    def _mixed(self, document: Document, opener: Unmatched, closer: Unmatched) -> Finding:
        text = document.text
        first, last = text[opener.offset], text[closer.offset]
        at = place(document, closer.offset, closer.offset + 1)
        return self.finding(
            place(document, opener.offset, opener.offset + 1),
            self.say("mixed", mark=first, other=last),
            related=[Related(at, self.say("partner", other=last))],
            evidence={"brackets": first + last},
        )

    def _several(self, document: Document, marks: Sequence[Unmatched]) -> Finding:
        text = document.text
        first, *rest = (place(document, mark.offset, mark.offset + 1) for mark in marks)
        return self.finding(
            first,
            self.say("several", count=len(marks), mark=text[marks[0].offset]),
            related=[
                Related(at, self.say("too", mark=text[mark.offset]))
                for at, mark in list(zip(rest, marks[1:], strict=True))[:MOST_RELATED]
            ],
            evidence={"count": len(marks), "brackets": "".join(text[m.offset] for m in marks)},
        )
