"""FIG019 translated-approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Severity, Span
from kanwu_rules.figures.bilingual import Bilingual
from kanwu_rules.figures.counterparts import agreeing
from kanwu_rules.figures.translations import Difference, TranslationRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kanwu import Document
    from kanwu_rules.figures.figure_items import Item
    from kanwu_rules.figures.intervals import Relation

SAYS: dict[Relation, str] = {
    "=": "exactly so many",
    ">": "more",
    ">=": "more",
    "<": "less",
    "<=": "less",
    "~": "about so many",
}


class TranslatedApproximation(TranslationRule):
    """A figure has an approximator in one language and none, or another one, in its translation.

    超3000 is not 3,000: the text says that there are more. Whoever compares the languages, or takes the
    figure from one of them, will read two things. Translators drop 约 and “nearly” all the time, which is
    why this is told for information and only where it is asked for by its name.

    **What it leaves alone.** Figures whose values differ (that is FIG002), and those that stand twice in
    a paragraph; small numbers; approximators that mean nearly the same (超 and “at least”); ranges.

    **Source.** Real translations: of 53 documents 7 say an approximator in one language only.
    """

    code = "FIG019"
    name = "translated-approximation"
    severity = Severity.INFO
    default = False
    messages: ClassVar[Mapping[str, str]] = {
        "differs": "“{zh}” says {zh_says}, and “{en}” in the other language says {en_says}",
        "also": "the other language says this",
    }
    examples = (
        Bad(
            "大会共有31个国家的代表参加，带来合作项目超3800个。\n\n"
            "The meeting welcomed delegates from 31 countries and presented 3,800 cooperation projects.\n",
            finds=("超3800个",),
        ),
        Bad(
            "公司2020年有员工近1200人，来自16个城市。\n\n"
            "In 2020 the company had over 1,200 employees from 16 cities in the country.\n",
            finds=("近1200人",),
        ),
        Bad(
            "The forum was joined by some 850 companies from 31 countries.\n\n来自31个国家的850家企业参加了论坛。\n",
            finds=("850家",),
        ),
        Good(
            "大会共有31个国家的代表参加，带来合作项目超3800个。\n\n"
            "The meeting welcomed delegates from 31 countries and over 3,800 cooperation projects.\n"
        ),
        Good(
            "公司至少有1200名员工，来自16个城市。\n\n"
            "The company has more than 1,200 employees from 16 cities in the country.\n"
        ),
        Good(
            "公司有近3万名员工，来自16个城市的分公司。\n\n"
            "The company has 29,475 employees from branches in 16 cities of the country.\n"
        ),
    )

    def differences(self, document: Document) -> Iterator[Difference]:
        text = document.text
        for zh, en in agreeing(document, document.get(Bilingual).pairs):
            here, there = says(zh), says(en)
            if here and there and here != there:
                yield Difference(
                    Span(zh.start, zh.end),
                    Span(en.start, en.end),
                    "differs",
                    {
                        "zh": text[zh.start : zh.end],
                        "en": text[en.start : en.end],
                        "zh_says": here,
                        "en_says": there,
                    },
                    {"paired": "the same value once in each of two aligned paragraphs"},
                )


def says(item: Item) -> str | None:
    """What a figure says beyond its value; None for a range, and for what is no figure."""
    return SAYS.get(item.claim.relation) if item.claim is not None else None
