"""FIG012 unit-jump."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, EveryDocument, Good, Literals, Span
from kanwu_rules.figures.figure_rule import FigureRule, figure_of
from kanwu_rules.figures.growth_rates import holds
from kanwu_rules.figures.growth_signals import TRIGGERS
from kanwu_rules.figures.growths import Growths
from kanwu_rules.figures.restatements import Restatements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.growths import Growth
    from kanwu_rules.figures.restatements import Restatement

ONE = Decimal(1)
MYRIAD = Decimal(10000)
LESS = Decimal("0.0001")
POWERS = {"万": "亿", "萬": "億", "亿": "万", "億": "萬"}


class UnitJump(FigureRule):
    """万 and 亿 are confused: 7132.2亿亩，比上年增加32.5万亩，增长0.5% holds of 7132.2万亩.

    The slip makes a figure ten thousand times too large or too small, and is easily overlooked. It is
    proved by the growth that the sentence tells: with the other unit all its figures fit, and as they
    are printed they do not. Or the article gives the same digits twice with another unit, in words that
    speak of the same thing: 投资1.2亿元 in the headline and 投资1.2万元 below it.

    **What it leaves alone.** A growth that fits as it is printed, and one that fits with neither unit:
    that one is `growth-arithmetic`. Figures without 万 or 亿. The same digits of different things: of
    another part, place or time, or with too few words in common. Single digits (5万 and 5亿) and round
    figures of one digit, which agree by chance.

    **Source.** The arithmetic of growth, as for `growth-arithmetic`; for the same digits with another
    unit, news of which a thousand articles have not one such pair in the same words.
    """

    code = "FIG012"
    name = "unit-jump"
    where = (Literals(*TRIGGERS), EveryDocument())
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "jump": "with “{other}” instead of “{unit}” in “{figure}” the figures of this growth fit, and as they "
        "are printed they do not; compare the unit with the source",
        "either": "with “万” for “亿” or “亿” for “万” in “{figure}” or in “{second}” the figures of this "
        "growth fit, and as they are printed they do not; compare both units with the source",
        "restated": "“{figure}” here is “{other}” in line {line}, with the same digits and another unit; one "
        "of the two units is wrong",
    }
    examples = (
        Bad(
            "大桥改建投资1.2亿元\n\n江城大桥改建工程昨天开工，投资1.2万元，工期两年。\n",
            finds=("1.2万元",),
        ),
        Bad("播种面积7132.2亿亩，比上年增加32.5万亩，增长0.5%。", finds=("7132.2亿亩",)),
        Bad("用户从1200万户增加到1800亿户，增长50%。", finds=("1800亿户",)),
        Bad("产量570.3亿斤，比上年增加6.8万斤，增长1.2%。", finds=("570.3亿斤",)),
        Good("播种面积7132.2万亩，比上年增加32.5万亩，增长0.5%。"),
        Good("播种面积1.2亿亩，比上年增加600万亩，增长5.3%。"),
        Good("播种面积7132.2亿亩，比上年增加32.5万亩。"),
        Good("全县投资1.2亿元修路\n\n每个村修路的投资是1.2万元。\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        whole = Span(0, len(document.text))
        for growth in document.get(Growths).that_do_not_hold([p for p in places if p != whole]):
            found = in_other_unit(document.text, growth)
            if found:
                yield self._jump(document, growth, found)
        for restatement in document.get(Restatements).all:
            if restatement.jumps:
                yield self._restated(document, restatement)

    def _restated(self, document: Document, found: Restatement) -> Finding:
        figures = [figure_of(found.other), figure_of(found.one)]
        figure, other = (document.text[f.start : f.end].strip() for f in figures)
        return self.contradiction(
            document,
            self.say("restated", figure=figure, other=other, line=found.one.line + 1),
            figures,
            reason="the same digits stand in words that speak of the same thing",
        )

    def _jump(self, document: Document, growth: Growth, found: Sequence[Claim]) -> Finding:
        figures = [document.text[claim.start : claim.end].strip() for claim in found]
        units = [power_in(figure) for figure in figures]
        if len(found) == 1:
            message = self.say("jump", figure=figures[0], unit=units[0], other=POWERS[units[0]])
        else:
            message = self.say("either", figure=figures[0], second=figures[1])
        return self.contradiction(
            document,
            message,
            [*map(figure_of, found), *(figure_of(c) for c in growth.claims if c not in found)],
            reason="the figures of one growth fit with the other unit",
        )


def power_in(figure: str) -> str:
    """The last 万 or 亿 of a figure, if it has one only."""
    powers = [character for character in figure if character in POWERS]
    return powers[0] if len(powers) == 1 else ""


def in_other_unit(text: str, growth: Growth) -> list[Claim]:
    """The figures of a growth either of which makes it fit with 万 for 亿 or 亿 for 万."""
    found = []
    for at, claim in enumerate((growth.total, growth.before or growth.delta)):
        unit = power_in(text[claim.start : claim.end]) if claim else ""
        if claim is None or not unit:
            continue
        factor = MYRIAD if unit in "万萬" else LESS
        if holds(growth, (ONE, factor) if at else (factor, ONE)):
            found.append(claim)
    return found
