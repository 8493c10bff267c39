"""PUN001 half-width-punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Good, Option, Pattern, Rule, Safety, Span, edit, place
from kanwu.engine.finding import Fix, Related
from kanwu_rules.encoding.misread import weakened
from kanwu_rules.punctuation.chinese_marks import half_width_marks
from kanwu_rules.punctuation.marked_line import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding
    from kanwu_rules.punctuation.marked_line import Mark

FULL = dict(zip(",:;!?().", "，：；！？（）。", strict=True))
# As many places as a finding relates; more slips than that are told as one finding.
MOST = 20
# So many brackets may be chance; more are a style.
FEW = 2
FULL_LATIN = Pattern("（ [\0-\u2e7f]{1,200} ）")


class HalfWidthPunctuation(Rule):
    """Half-width punctuation stands beside Han, where Chinese typography writes full-width marks.

    Chinese text writes ，：；！？ and （） in the width of a character. Half-width `,:;!?()` among Han
    come from converters, from English keyboards and from pages that were folded to ASCII; lines
    break badly at them, and searching, comparing and splitting into sentences miss them.

    A document that writes most of its commas and colons half-width has a habit, not hundreds of
    defects: that is one finding at the first mark, with the number of marks in `evidence.count`, up
    to 20 other places, and one fix for all. In a document that writes full-width marks each
    half-width one is a finding of its own, a pair of brackets one finding, and more than 20 of them
    are again told together. Brackets follow the commas and colons: where these are full-width, or
    become so, brackets do too; brackets that are half-width throughout are one finding.

    **What it leaves alone.** Everything in text that is not mainly Chinese: in a bilingual article
    the Chinese paragraphs are repaired, the English ones are not. Numbers, times and ratios (1,000;
    15:35; 1:2), addresses, paths, code, tags, JSON, `key=value` lists, variants in wiki markup
    `-{…}-`, Markdown links and images, list markers before a space, metadata lines such as
    `title: 标题`, emoticons, formulas and coordinates, the numbers of equations (由式(3)), area codes, citations such as (Smith, 2020),
    whole references with a document type such as [J], names such as Yahoo!奇摩, and straight quotes.
    A mark between Latin words in a Chinese sentence goes with a half-width habit and is otherwise left.
    A document that sets brackets full-width around Chinese and half-width around Latin words has a
    style, which stays. A point is a full stop only after Han at the end of a line or of a quotation, or
    before a space and Han. One space after a mark goes with it where the document sets its marks so
    (`, `); no other space is touched.

    **Source.** GB/T 15834—2011, General rules for punctuation, 5.1.1 to 5.1.3: each of these marks
    takes the place of one character. GB/T 7714—2015 for references. That brackets follow the commas
    is this project's choice.
    """

    code = "PUN001"
    name = "half-width-punctuation"
    safety = Safety.SAFE
    where = (Characters(",:;!?()."),)
    width = Option(
        "full",
        "full: a document that is half-width throughout is wrong too; own: every document may keep "
        "the width that most of its marks have, and only exceptions to it are found",
        choices=("full", "own"),
    )
    brackets = Option(default=True, help="look at brackets too; false leaves them as they are")
    messages: ClassVar[Mapping[str, str]] = {
        "mark": "half-width “{mark}” in Chinese text, which writes “{full}”",
        "pair": "half-width bracket in Chinese text, which writes （ and ）",
        "habit": "half-width punctuation throughout the Chinese text ({count} marks), "
        "which writes full-width ，：；！？（）",
        "brackets": "half-width brackets throughout the Chinese text ({count} of them), "
        "which writes full-width （ and ）",
        "many": "half-width punctuation in parts of the Chinese text ({count} marks), "
        "which elsewhere writes full-width marks",
        "too": "here too",
        "widen": "write full-width marks",
    }
    examples = (
        Bad(
            "新春团拜活动在广州举办,代表共200余人。",
            "新春团拜活动在广州举办，代表共200余人。",
            (",",),
        ),
        Bad(
            "展位很多,负责人(来自广州)说:“期待落地!”",
            "展位很多，负责人（来自广州）说：“期待落地！”",
            (",",),
        ),
        Bad(
            "大会开幕，代表出席。\n(本版照片均来自网络)\n会议强调：创新驱动。",
            "大会开幕，代表出席。\n（本版照片均来自网络）\n会议强调：创新驱动。",
            ("(本版照片均来自网络)",),
        ),
        Bad(
            "获国家药品监督管理局(NMPA)批准，上市销售。",
            "获国家药品监督管理局（NMPA）批准，上市销售。",
        ),
        Bad(
            "截至2012年,36项活动入选,AI,NGS等领域, 都有代表。",
            "截至2012年，36项活动入选，AI，NGS等领域， 都有代表。",
        ),
        Good("下午15:35开始，以3:2取胜，观众1,000人。"),
        Good("The venue in Guangzhou (广州), opened in 2020, was full."),
        Good("详见 http://www.example.com/a,b?c=d 一文（作者：李明）。"),
        Good("调用printf(x)函数，返回f(a,b)的值。"),
        Good("已有研究指出，情况并非如此(Smith, 2020)。"),
        Good("展位很多,负责人说:很好。", options={"width": "own"}),
        Good("今天真高兴，明天见:)"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        marks = half_width_marks(document, places)
        if not self.brackets:
            marks = [mark for mark in marks if not mark.bracket]
        if not marks:
            return
        text = document.text
        sure = [m for m in marks if m.kind is Kind.HAN and not m.bracket]
        if len(sure) > sum(map(text.count, "，：；！？")):
            if self.width == "full":
                spaced = sum(space_follows(text, m.start) for m in sure)
                yield self._tell_together(document, "habit", marks, spaces=2 * spaced > len(sure))
            return
        spaces = 2 * text.count("， ") <= text.count("，")
        brackets = without_own_style(
            text, [m for m in marks if m.bracket and m.kind is not Kind.DOUBTFUL]
        )
        if sum(len(m.offsets) for m in brackets) > text.count("（") + text.count("）"):
            if self.width == "full":
                every = [m for m in marks if m.bracket]
                yield self._tell_together(document, "brackets", every, spaces=False)
        else:
            sure += brackets
        if len(sure) > MOST:
            yield self._tell_together(document, "many", sorted(sure), spaces=spaces)
        else:
            for mark in sure:
                yield self._tell(document, mark, spaces=spaces)

    def _tell_together(
        self, document: Document, message: str, marks: Sequence[Mark], *, spaces: bool
    ) -> Finding:
        """One finding for many marks; a single one speaks for itself."""
        if len(marks) == 1:
            return self._tell(document, marks[0], spaces=spaces)
        too = self.say("too")
        offsets = sorted(at for mark in marks for at in mark.offsets)
        first, *others = (place(document, at, at + 1) for at in offsets[: MOST + 1])
        return self.finding(
            first,
            self.say(message, count=len(offsets)),
            related=(Related(other, too) for other in others),
            evidence={"count": len(offsets)},
            fix=self._fix(document, offsets, spaces=spaces),
        )

    def _tell(self, document: Document, mark: Mark, *, spaces: bool) -> Finding:
        character = document.text[mark.start]
        return self.finding(
            place(document, mark.start, mark.end),
            self.say("pair")
            if mark.bracket
            else self.say("mark", mark=character, full=FULL[character]),
            evidence={"count": len(mark.offsets)},
            fix=self._fix(document, mark.offsets, spaces=spaces),
        )

    def _fix(self, document: Document, offsets: Sequence[int], *, spaces: bool) -> Fix:
        """Edits that widen the marks at some offsets, each with the `spaces` behind it or without."""
        text = document.text
        edits = [
            edit(document, at, at + 1 + (spaces and space_follows(text, at)), FULL[text[at]])
            for at in offsets
        ]
        safety = weakened(Safety.SAFE, text, (Span(at, at + 1) for at in offsets))
        return Fix(safety, self.say("widen"), tuple(edits))


def space_follows(text: str, at: int) -> bool:
    """Whether exactly one space stands between a mark, no bracket, and the rest of its line."""
    return (
        text.startswith(" ", at + 1)
        and text[at] not in "()"
        and text[at + 2 : at + 3] not in ("", " ", "\n", "\r")
    )


def without_own_style(text: str, brackets: Sequence[Mark]) -> Sequence[Mark]:
    """The brackets, less those around Latin words where the document sets only these half-width."""
    others = [mark for mark in brackets if mark.kind is not Kind.LATIN]
    latin = len(brackets) - len(others)
    if latin > FEW:
        full_latin = len(FULL_LATIN.compiled.findall(text))
        if latin > full_latin and text.count("（") - full_latin > len(others):
            return others
    return brackets
