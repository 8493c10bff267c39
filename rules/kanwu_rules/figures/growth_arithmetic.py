"""FIG005 growth-arithmetic."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals
from kanwu_rules.figures.bounds import Bounds, place_of, shown
from kanwu_rules.figures.figure_rule import FigureRule, figure_of
from kanwu_rules.figures.growth_rates import AS_PRINTED, growth_between, plain_rate, rate_of
from kanwu_rules.figures.growth_signals import TRIGGERS
from kanwu_rules.figures.growths import Growths
from kanwu_rules.figures.unit_jump import in_other_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.growths import Growth

ONE = Decimal(1)
TENTH = Decimal("0.1")


class GrowthArithmetic(FigureRule):
    """A figure, its growth and the rate of growth do not fit: 38.74亿, 15.80亿 more, 75.5 % more.

    Of 38.74亿人次，比上年同期增加15.80亿，同比增长75.5% any two figures tell the third: one of them is wrong.
    The same holds of 从A增加到B，增长P%, of A，比上年的B增长P%, and of 去年A。今年达到B，增长P%. The finding says what rate the other
    figures make, and between which bounds, since each may have been rounded. Which of them is wrong
    only the source can tell.

    **What it leaves alone.** Whatever rounding explains, and a further unit of the last place of the
    rate; rates at comparable prices, on another basis, revised or by year on average; movements counted
    from different times (比上年增加, 环比增长); figures with 约, as far as it reaches; 翻一番 of what nearly
    doubled, and 增长2倍 of what did double. In two sentences: a year that is not the one before, another
    figure of the kind beside the first, and 生产总值, 增加值, 总产值, whose rates are those at comparable
    prices though nobody says so.

    **Source.** GB/T 8170—2008 on rounding: what is printed stands for half a unit of its last place to
    both sides.
    """

    code = "FIG005"
    name = "growth-arithmetic"
    where = (Literals(*TRIGGERS),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "grown": "“{total}” after a growth by “{delta}” is {rate} % more ({low} to {high}), not “{said}”; one "
        "of the three is wrong",
        "shrunk": "“{total}” after a fall by “{delta}” is {rate} % less ({low} to {high}), not “{said}”; one "
        "of the three is wrong",
        "from": "from “{before}” to “{total}” is {rate} % {more} ({low} to {high}), not “{said}”; one of the "
        "three is wrong",
        "by": "from “{before}” to “{total}” is {low} to {high} {more}, not “{said}”; one of the three is wrong",
        "impossible": "“{total}” cannot have grown by “{delta}” and by “{said}”: nothing would have been there "
        "before; one of the three is wrong",
    }
    examples = (
        Bad("国内旅游38.74亿人次，比上年同期增加15.80亿，同比增长75.5%。", finds=("75.5%",)),
        Bad("用户从1200万户增加到1800万户，增长35%。", finds=("35%",)),
        Bad("去年招生3500人，比上年的2800人增长35%。", finds=("35%",)),
        Bad("Sales rose from 2.0 million to 2.3 million, up 35 percent.", finds=("35 percent",)),
        Bad("去年产值50亿元。今年达到60亿元，增长30%。", finds=("30%",)),
        Good("国内旅游36.74亿人次，比上年同期增加15.80亿，同比增长75.5%。"),
        Good("用户从1200万户增加到1800万户，增长50%；收入100亿元，同比增加20亿元，环比增长3%。"),
        Good("按可比价格计算，产值120亿元，比上年增加20亿元，增长18%。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for growth in document.get(Growths).that_do_not_hold(places):
            if not in_other_unit(document.text, growth):
                yield self._wrong(document, growth)

    def _wrong(self, document: Document, growth: Growth) -> Finding:
        text = document.text

        def written(claim: Claim | None) -> str:
            return text[claim.start : claim.end].strip() if claim else ""

        total, before, delta, rate = growth.total, growth.before, growth.delta, growth.rate
        said = rate or delta
        assert said is not None
        expected: Bounds | None
        if rate is None:
            expected, place = growth_between(growth, AS_PRINTED), place_of(said) * TENTH
        else:
            expected = rate_of(growth, AS_PRINTED)
            place = min(place_of(rate), ONE) * TENTH
        words: dict[str, object] = {
            "total": written(total),
            "before": written(before),
            "delta": written(delta),
            "said": written(said),
            "more": "less" if growth.down else "more",
        }
        message = "impossible"
        if expected is not None:
            words |= {
                "rate": shown(plain_rate(growth), place),
                "low": shown(expected.low, place),
                "high": shown(expected.high, place),
            }
            message = "by" if rate is None else "from" if before else "grown"
            if message == "grown" and growth.down:
                message = "shrunk"
        return self.contradiction(
            document,
            self.say(message, **words),
            [figure_of(said), *(figure_of(c) for c in growth.claims if c is not said)],
            reason="one sentence gives a figure, its growth and its rate",
            expected=expected,
        )
