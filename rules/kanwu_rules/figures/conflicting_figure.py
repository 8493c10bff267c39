"""FIG001 conflicting-figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.figures.across_articles import AcrossArticles
from kanwu_rules.figures.comparison import CONFLICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

AGREE = "; {agreed} of the {compared} figures that both articles have agree"
SEVERAL = ", and in {others} articles in all"


class ConflictingFigure(AcrossArticles):
    """Two articles on one event give figures for one thing that cannot both be right.

    柏桥村种植了68000亩荔枝 says one report, 柏桥村种植约6800亩荔枝 the other: a digit, a 万 or a decimal point
    went astray on the way into one of them. Every figure is read as an interval, with what 约, 超, 余
    and 多 do to it, and the articles of all documents of the run are compared figure by figure. The
    finding shows both places, how many figures the two articles have in common and how many of these
    agree, and picks no winner. Where more than two articles speak of it, it stands at the figure that
    fewer of them give, which need not be the wrong one.

    **What it leaves alone.** Figures that rounding explains (约6800亩 and 6821亩, 1.5亿 and 1.48亿);
    articles in which much differs, since this year's report on a fair is written with the words of last
    year's; articles on another edition, year or month; what grows from day to day (截至, 累计, 已, 目前),
    unless it has the same digits and ten times the size; figures of another part or time (新增 and 累计,
    全省 and 全市, 男 and 女); two figures in a sentence that both differ; small counts; what stands in
    two articles of one document; laws and contracts, which share their phrases; a series of bulletins
    that each give another figure; English sentences. Of articles that share too few figures nothing is said.

    **Source.** Pairs of real news reports on one event, in which nearly all figures agree: one real
    contradiction was found in 1,432 pairs. So the rule asks for much before it speaks, and finds about
    two in three of the slips that can be proved.
    """

    code = "FIG001"
    name = "conflicting-figure"
    verdicts = CONFLICTS
    messages: ClassVar[Mapping[str, str]] = {
        "contradict": "{figure} here, {other_figure} in {other} line {line}: one of them is wrong"
        + AGREE,
        "differ": "{figure} here, {other_figure} in {other} line {line}: the two do not meet"
        + AGREE,
        "more": "{figure} here, {other_figure} in {other} line {line}: {times} times as much here"
        + AGREE,
        "less": "{figure} here, {other_figure} in {other} line {line}: {times} times as much there"
        + AGREE,
        "contradict-several": "{figure} here, {other_figure} in {other} line {line}"
        + SEVERAL
        + ": not all are right"
        + AGREE,
        "differ-several": "{figure} here, {other_figure} in {other} line {line}"
        + SEVERAL
        + ": they do not meet"
        + AGREE,
        "more-several": "{figure} here, {other_figure} in {other} line {line}"
        + SEVERAL
        + ": {times} times as much here"
        + AGREE,
        "less-several": "{figure} here, {other_figure} in {other} line {line}"
        + SEVERAL
        + ": {times} times as much there"
        + AGREE,
        "there": "{figure} in this article",
    }
    examples = (
        Bad(
            "展会今天开幕。本届展会共有来自27个国家的1380家企业参展，展出面积8.6万平方米，签约项目412个。",
            finds=("412个",),
            beside=(
                "展会昨天闭幕。本届展会共有来自27个国家的1380家企业参展，展出面积8.6万平方米，签约项目472个。",
            ),
        ),
        Bad(
            "柏树村种植了68000亩荔枝，全村320户种荔枝，年产值达到1.2亿元。",
            finds=("68000亩",),
            beside=("记者来到柏树村。柏树村种植了约6800亩荔枝，全村320户种荔枝，年产值1.2亿元。",),
        ),
        Bad(
            "计划新建改建农村公路215公里，新建桥梁17座，惠及36个乡镇的200多个村庄。",
            finds=("200多个",),
            beside=(
                "今年计划新建改建农村公路215公里，新建桥梁17座，惠及36个乡镇的100多个村庄。",
                "据了解，计划新建改建农村公路215公里，新建桥梁17座，惠及36个乡镇的100多个村庄。",
            ),
        ),
        Good(
            "第十二届展会开幕，共有来自27个国家的1380家企业参展，展出面积8.6万平方米，签约项目412个。",
            beside=(
                "第十一届展会开幕，共有来自27个国家的1380家企业参展，展出面积8.6万平方米，签约项目472个。",
            ),
        ),
        Good(
            "截至10日，泥石流已造成18人死亡，转移群众2700多人，抢通道路36公里。",
            beside=("截至8日，泥石流已造成12人死亡，转移群众2700人，抢通道路36公里。",),
        ),
        Good(
            "柏树村种植了6821亩荔枝，全村320户种荔枝，年产值1.2亿元。",
            beside=("柏树村种植了约6800亩荔枝，全村320户种荔枝，年产值达1.2亿元。",),
        ),
        Good(
            "全省城镇新增就业61万人，建成社区食堂320个，改造老旧小区1450个。",
            beside=("全省农村新增就业17万人，建成社区食堂320个，改造老旧小区1450个。",),
        ),
    )
