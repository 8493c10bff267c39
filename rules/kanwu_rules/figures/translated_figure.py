"""FIG002 translated-figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Span
from kanwu_rules.figures.bilingual import Bilingual
from kanwu_rules.figures.counterparts import compare
from kanwu_rules.figures.ledger import plain
from kanwu_rules.figures.translations import Difference, TranslationRule, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kanwu import Document
    from kanwu_rules.figures.figure_items import Item


class TranslatedFigure(TranslationRule):
    """A figure of a text and the same figure of its translation cannot both be right.

    “带来合作项目3500个” beside “presented 3,800 cooperation projects” contradicts itself: a digit was
    mistyped, 亿 was taken for million, per cent for percentage points, or 翻三番 (eight times) for triple.
    The paragraphs of a document in Chinese and English are aligned, and so are those of two files like
    `x.zh.txt` and `x.en.txt`; both languages may share a line, and English may be wrapped. In each pair of paragraphs the figures and dates that agree are
    matched first. Reported is what is left over on both sides of one sentence and can only stand for
    one another. The finding shows both places, both sentences and what each figure allows. It picks
    no winner: only the source can tell.

    **What it leaves alone.** The same value in another form: 7-10万亿 and 7trn-10trn, 二十五 and 25,
    20世纪90年代 and the 1990s, 一半 and 50 percent. Figures of which one rounds the other or is vague:
    近3万 and 29,475. Other currencies and other units of measurement, since they were converted. Figures
    that have no counterpart, or several: a translation may leave out, add and regroup. Small numbers
    in words. Clock times whose hours differ, which may be those of two time zones.

    **Source.** William A. Gale and Kenneth W. Church, A Program for Aligning Sentences in Bilingual
    Corpora (1993). Real translations from both languages.
    """

    code = "FIG002"
    name = "translated-figure"
    messages: ClassVar[Mapping[str, str]] = {
        "digit": "“{zh}” here is “{en}” in the other language: one digit differs, so one of the two is wrong",
        "magnitude": "“{zh}” here is “{en}” in the other language: they differ by a power of ten, so one of "
        "the two is wrong",
        "unit": "“{zh}” here is “{en}” in the other language: a percentage is not as many percentage points",
        "value": "“{zh}” here is “{en}” in the other language, and nothing else in these sentences answers "
        "to either: one of the two is wrong",
        "date": "“{zh}” here is “{en}” in the other language: one of the two dates is wrong",
        "multiple": "“{zh}” here is “{en}” in the other language: 翻一番 is to double, 翻两番 to multiply by "
        "four, 翻三番 by eight",
        "also": "the other language says this",
    }
    examples = (
        Bad(
            "大会共有31个国家的代表参加，带来合作项目3500个。\n\n"
            "The meeting welcomed delegates from 31 countries and presented 3,800 cooperation projects.\n",
            finds=("3500个",),
        ),
        Bad(
            "公司2020年有员工1200人，收入45万美元。\n\n"
            "In 2020 the company had 1,200 employees and an income of $45m.\n",
            finds=("45万美元",),
        ),
        Bad(
            "The vote of May 6th drew 1.4m people, 18% more than before.\n\n"
            "5月6日的投票吸引了140万人，比以往多18个百分点。\n",
            finds=("18个百分点",),
        ),
        Bad(
            "论坛于2019年5月16日开幕，有85家企业参加。\n\n"
            "The forum opened on May 18, 2019, and was joined by 85 companies.\n",
            finds=("2019年5月16日",),
        ),
        Good(
            "大会共有31个国家的代表参加，带来合作项目超3800个。\n\n"
            "The meeting welcomed delegates from 31 countries and presented 3,800 cooperation projects.\n"
        ),
        Good(
            "市场规模为7-10万亿元，一半来自20世纪90年代成立的25家企业。\n\n"
            "The market is worth 7trn-10trn yuan, 50 percent of it from twenty-five companies of the 1990s.\n"
        ),
        Good(
            "公司在2020年有员工1200人，收入300万元，比上年增加5%。\n\n"
            "In 2020 the company, with 1,200 employees, earned $450,000 at 12 sites.\n"
        ),
    )

    def differences(self, document: Document) -> Iterator[Difference]:
        text = document.text
        for told in compare(document, document.get(Bilingual).pairs):
            zh, en = told.zh, told.en
            yield Difference(
                Span(zh.start, zh.end),
                Span(en.start, en.end),
                told.reason,
                {"zh": text[zh.start : zh.end], "en": text[en.start : en.end]},
                {
                    "zh": reading(zh),
                    "en": reading(en),
                    "zh_sentence": sentences_of(document, told.zh_sentence),
                    "en_sentence": sentences_of(document, told.en_sentence),
                    "paired": "left over in aligned sentences",
                    "agreeing": told.same,
                },
            )


def reading(item: Item) -> Mapping[str, str | None]:
    """How a figure was read."""
    if item.date is not None:
        return {"value": item.date.value}
    claim = item.claim
    if claim is None:
        return {"value": plain(item.value)}
    return {
        "value": plain(claim.value),
        "relation": claim.relation,
        "low": None if claim.low is None else plain(claim.low),
        "high": None if claim.high is None else plain(claim.high),
        "unit": claim.unit,
    }
