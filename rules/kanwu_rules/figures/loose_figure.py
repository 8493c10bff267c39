"""FIG013 loose-figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Severity
from kanwu_rules.figures.across_articles import AcrossArticles
from kanwu_rules.figures.comparison import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping


class LooseFigure(AcrossArticles):
    """One article says 逾2万, another on the same event 29475: both can be right, and one says too little.

    Nobody who knows the number 29475 writes 逾2万 of it; so an older count may have been left standing,
    or the two count different things. Two articles are compared as conflicting-figure does, and the
    same is asked of them before anything is said.

    **What it leaves alone.** Whatever conflicting-figure leaves alone, and figures that a writer would
    well round so: 近3万 and 29475, 2700多人 and 2760人.

    **Source.** Real articles on one event, in which 逾2万个岗位 and 29475个岗位 stand.
    """

    code = "FIG013"
    name = "loose-figure"
    severity = Severity.INFO
    verdicts = frozenset((Verdict.LOOSE,))
    messages: ClassVar[Mapping[str, str]] = {
        "loose": "{figure} here, {other_figure} in {other} line {line}: both can be right, and yet nobody "
        "would write the one of the other; {agreed} of the {compared} figures that both articles have agree",
        "loose-several": "{figure} here, {other_figure} in {other} line {line}, and in {others} articles in "
        "all: nobody would write the one of the other; {agreed} of the {compared} figures that both "
        "articles have agree",
        "there": "{figure} in this article",
    }
    examples = (
        Bad(
            "招聘会在体育馆举行，436家企业参加，提供岗位29475个，设展位512个，接待求职者1.8万人。",
            finds=("29475个",),
            beside=(
                "招聘会昨天在体育馆举行，436家企业参加，提供岗位逾2万个，设展位512个，接待求职者1.8万人。",
            ),
        ),
        Bad(
            "书市设展位超过300个，参展图书21.5万种，接待读者46万人次，举办讲座128场。",
            finds=("超过300个",),
            beside=("书市设展位486个，参展图书21.5万种，接待读者46万人次，举办讲座128场。",),
        ),
        Bad(
            "水库工程总投资超10亿元，总库容1.26亿立方米，灌溉农田35万亩，移民3120人。",
            finds=("超10亿元",),
            beside=("水库工程总投资18.7亿元，总库容1.26亿立方米，灌溉农田35万亩，移民3120人。",),
        ),
        Good(
            "招聘会在体育馆举行，436家企业参加，提供岗位29475个，设展位512个，接待求职者1.8万人。",
            beside=(
                "招聘会昨天在体育馆举行，436家企业参加，提供岗位近3万个，设展位512个，接待求职者1.8万人。",
            ),
        ),
        Good(
            "泥石流后转移群众2760人，抢通道路36公里，搭建帐篷480顶，发放棉被1350床。",
            beside=("泥石流后转移群众2700多人，抢通道路36公里，搭建帐篷480顶，发放棉被1350床。",),
        ),
        Good(
            "招聘会提供岗位29475个。",
            beside=("另一场招聘会提供岗位逾2万个。",),
        ),
    )
