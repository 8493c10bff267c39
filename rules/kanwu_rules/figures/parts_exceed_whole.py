"""FIG006 parts-exceed-whole."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Pattern
from kanwu_rules.figures.attendance import TRIGGERS, attendances_of, is_counted
from kanwu_rules.figures.bounds import bounds_of, sum_of, unscaled
from kanwu_rules.figures.figure_rule import FigureRule, figure_of
from kanwu_rules.figures.numerals import read_arabic, read_chinese, read_mixed
from kanwu_rules.figures.sentences import Sentences
from kanwu_rules.figures.wholes import AMONG, Whole, wholes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# Numbers that are no dates and no percentages.
# Numbers that are no dates and no percentages.
NUMBER = Pattern(
    r"[0-9][0-9.,]{0,14}+[万萬亿億千百]{0,2}+(?!\ ?[%％年月日时時岁歲:：-])"
    r"|[二三四五六七八九十百千两兩][一二三四五六七八九十百千万两]{0,6}+(?![年月日时時世届屆岁歲])"
)
SENTENCE_ENDS = Pattern(r"[。；！？\n]")
BEHIND, AHEAD = 50, 90


class PartsExceedWhole(FigureRule):
    """A part is larger than its whole: 共167人，其中运动员700人.

    What stands behind 其中 is a part of the figure before it, and those who came are a part of those
    who ought to have come (应到133人，实到223人). A part cannot be more than the whole: a digit or a
    unit slipped in one of the two. The finding names both.

    **What it leaves alone.** Figures in different units, or of different things as far as the words
    show it; parts of a sum (65名运动员和8名教练员，其中……) that are no more than the sum; a 其中 behind
    several figures, where the part fits one of them; growth, net values, averages, peaks and prices;
    parts that are totals of another time (累计, 去年).

    **Source.** Arithmetic; GB/T 8170—2008 on rounding.
    """

    code = "FIG006"
    name = "parts-exceed-whole"
    where = (Literals(AMONG, *TRIGGERS),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "exceeds": "“{part}” is said to be a part of “{whole}”, and is more than that; one of the figures "
        "is wrong",
        "came": "“{actual}” came of “{due}” who ought to have come; one of the two is wrong",
    }
    examples = (
        Bad("代表团总人数167人，其中运动员700人。", finds=("700人",)),
        Bad("森林面积达34.65亿亩，其中，人工林面积达93.14亿亩。", finds=("93.14亿亩",)),
        Bad("委员应到133人，实到223人。", finds=("223人",)),
        Good("代表团总人数167人，其中运动员70人。"),
        Good("代表团有65名运动员和8名教练员，其中金牌获得者69名。"),
        Good("立案2482人，移送司法机关73人，其中处分县处级285人。"),
        Good("覆盖10个省，其中县城50个；新增就业100万人，累计500万人。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        among = [place for place in places if text.startswith(AMONG, place.start)]
        larger = [place for place in among if may_exceed(text, place.start)]
        for sentence in document.get(Sentences).at(larger) if larger else ():
            for whole in wholes_of(text, sentence):
                yield from self._exceeding(document, whole)
        if len(among) < len(places):
            meetings = [place for place in places if is_counted(text, place)]
            for due, actual, _ in attendances_of(text, document.get(Sentences).at(meetings)):
                if actual.value > due.value:
                    yield self.contradiction(
                        document,
                        self.say(
                            "came",
                            actual=text[actual.start : actual.end],
                            due=text[due.start : due.end],
                        ),
                        [figure_of(actual), figure_of(due)],
                        reason="who came are a part of who ought to have come",
                    )

    def _exceeding(self, document: Document, whole: Whole) -> Iterator[Finding]:
        text = document.text
        total = sum_of(map(bounds_of, whole.claims))
        for part in whole.parts:
            if bounds_of(part).low > total.high:
                said = "”, “".join(text[c.start : c.end].strip() for c in whole.claims)
                yield self.contradiction(
                    document,
                    self.say(
                        "exceeds",
                        part=text[part.start : part.end].strip(),
                        whole=said,
                    ),
                    [figure_of(part), *map(figure_of, whole.claims)],
                    reason="其中 makes the figure behind it a part of the figure before it",
                    expected=unscaled(total, part),
                )


def may_exceed(text: str, at: int) -> bool:
    """Whether a number behind 其中 is larger than the nearest one before it, units left aside."""
    numbers = [found[0] for found in NUMBER.finditer(text, max(0, at - BEHIND), at)]
    if not numbers:
        return False
    whole = value_of(numbers[-1])
    stop = SENTENCE_ENDS.search(text, at, at + AHEAD)
    end = stop.start() if stop else min(len(text), at + AHEAD)
    return any(value_of(part[0]) > whole for part in NUMBER.finditer(text, at, end))


def value_of(written: str) -> Decimal:
    """The value of a number, nought where it is none."""
    if not written[0].isdecimal():
        read = read_chinese(written)
    elif written[-1] in ".,":
        return value_of(written[:-1])
    else:
        read = read_arabic(written) if written[-1].isdecimal() else read_mixed(written)
    return read.value if read else Decimal(0)
