"""FIG017 restated-figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, EveryDocument, Good
from kanwu_rules.figures.figure_rule import FigureRule, figure_of
from kanwu_rules.figures.restatements import Restatements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class RestatedFigure(FigureRule):
    """An article restates a figure and gives another value: 402项 in the headline, 420项 below it.

    A headline is written last and in haste, a lead is mended and the paragraph that repeats it is not.
    The reader then finds two figures for one thing. Compared are a headline, also one inside a page of
    short news, with the sentences under it that say the same in its words and more, and sentences of
    different paragraphs that are the same but for the figure. The finding shows both places and what
    each figure allows; which of them is right only the source can tell.

    **What it leaves alone.** Figures that can both be right: 近3000人 and 2900多人, 3.5亿 and 3.48亿, 约200 and
    200余. Figures of another unit, another date, another part or another place (新增 and 累计, 全省, 日均, 男
    and 女, 进口 and 出口), and sentences in which another number differs too. A figure of a headline that
    is given again elsewhere. Two and three of something. Laws, tables, and figures in English.

    **Source.** Headlines and texts of short news, in which the same figure stands twice as a rule.
    """

    code = "FIG017"
    name = "restated-figure"
    where = (EveryDocument(),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "headline": "“{figure}” here is “{other}” in the headline (line {line}), which says the same in "
        "much the same words; one of the two is wrong",
        "sentence": "“{figure}” here is “{other}” in line {line}, in a sentence that says the same in the "
        "same words; one of the two is wrong",
    }
    examples = (
        Bad(
            "主管部门批准发布402项国家标准\n\n主管部门近日批准发布420项国家标准，涉及导航和机器人等领域。\n",
            finds=("420项",),
        ),
        Bad(
            "江城书展吸引读者3000多人\n\n为期三天的江城书展昨天闭幕，吸引读者2800人，创历史新高。\n",
            finds=("2800人",),
        ),
        Bad(
            "江城新建公园和绿道增多\n\n去年，江城新建城市公园和绿道36处。\n\n"
            "市民很满意。\n\n去年，江城新建城市公园和绿道63处。\n",
            finds=("63处",),
        ),
        Good("江城书展吸引读者近3000人\n\n为期三天的江城书展昨天闭幕，吸引读者2900多人。\n"),
        Good("江城书展吸引读者3000多人\n\n江城书展昨天闭幕，吸引读者3120人，首日吸引读者800人。\n"),
        Good(
            "主管部门批准发布402项国家标准\n\n主管部门去年批准发布420项国家标准，今年批准发布402项。\n"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for found in document.get(Restatements).all:
            if found.jumps:
                continue
            figures = [figure_of(found.other), figure_of(found.one)]
            figure, other = (document.text[f.start : f.end].strip() for f in figures)
            yield self.contradiction(
                document,
                self.say(
                    "headline" if found.by_headline else "sentence",
                    figure=figure,
                    other=other,
                    line=found.one.line + 1,
                ),
                figures,
                reason="a headline and its text give the figure in the same words"
                if found.by_headline
                else "two sentences give the figure in the same words",
            )
