"""TRU009 merged-articles."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Listed, Literals, Related, Rule, Severity, place
from kanwu.analysis.articles import Articles, Reason
from kanwu.analysis.lines import Lines
from kanwu.engine.finding import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu.analysis.articles import Article

MOST_RELATED = 20
LONGEST_QUOTED = 24
NEAR = 24
"""Code points from a line's start or end within which a word may open or close an article."""
DIVIDING = ("====", "----", "***", "* * *", "———", "───", "\f")


class MergedArticles(Rule):
    """Several articles stand in one file.

    A page of a newspaper, a page from which the scraper took the next article along, a collection with
    dividing lines: whoever reads such a file as one article compares the figures of one event with those
    of another, counts one document for three, and takes a headline for a subheading. The finding stands
    where the second article begins, names the beginnings of the others, and says how each is known. It is
    for information: a file may hold several articles on purpose. There is no fix.

    A beginning needs more than one reason: a headline with a dateline (“本报讯”, “新华社北京1月1日电”), with a
    line of date and source, or with a byline; “第一条” for the second time; before it “责任编辑”, “（完）”, a
    dividing line or a form feed; another subject, which is to say hardly a pair of characters in common.
    Where a headline and its byline stand inside a sentence, as in columns that were read in the wrong order,
    its article begins where the headline's words come first.

    **What it leaves alone.** Subheadings, captions, credits, bylines and lists inside an article; statutes
    with chapters and a statute behind the notice that issues it; questions and answers, sections of
    encyclopaedias, digests under one dateline, scenes parted by “* * *”; what follows the end of an article
    on a web page: teasers, lists of headlines, notices, comments. An article with its translation, below it
    or paragraph by paragraph, is one article in two languages. Articles that follow one another with no mark
    at all are not found.

    **Source.** The forms of headline, dateline and end mark in Chinese newspapers and on news sites; the
    weights were set on articles that were joined for the purpose, and on whole ones that must not be cut.
    """

    code = "TRU009"
    name = "merged-articles"
    severity = Severity.INFO
    where = (
        Literals(
            *("本报讯", "本報訊", "本网讯", "本台讯", "讯（", "讯(", "讯 ", "日电", "日電", "网消息", "（记者", "(记者"),
            *("（完）", "(完)", "责任编辑", "责编", "責任編輯", "编辑：", "编辑:", "来源：", "来源:", "來源：", "作者：", "作者:"),
            *("文/", "记者 ", "本版", "本文由", "标题：", "标题:", "专栏：", "专栏:", "第一条", "第一條", "Xinhua"),
            *DIVIDING,
        ),
    )  # fmt: skip
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "merged": "{count} articles stand in this file, and the second one begins here: {reasons}; split "
        "the file, or compare figures and names only inside one of them",
        "another": "another article begins here: {reasons}",
        Reason.HEADLINE: "a headline, “{text}”",
        Reason.DATELINE: "a dateline, “{text}”",
        Reason.SOURCE: "a line of date, source or author, “{text}”",
        Reason.BYLINE: "a byline, “{text}”",
        Reason.LABEL: "the label “{text}”",
        Reason.FIRST_CLAUSE: "“第一条” for another time",
        Reason.END: "before it the end of an article, “{text}”",
        Reason.SEPARATOR: "a dividing line before it",
        Reason.DOUBLE_RULE: "a dividing line before it",
        Reason.PAGE_BREAK: "a form feed before it",
        Reason.NEW_SUBJECT: "hardly a word in common with what stands before",
        Reason.ALIKE: "the first article begins in the same way",
        Reason.ENDS_TOO: "the end of an article behind it too, “{text}”",
        Reason.DISPLACED: "its headline, “{text}”, stands inside a sentence on line {line}, and the "
        "headline's words come here first",
    }
    examples = (
        Bad(
            "新展馆昨日在东湖边落成\n\n"
            "本报讯（记者 李明）新展馆昨日落成，展出两百多件藏品，市民可以免费参观。馆方说，展期到年底为止，每周一闭馆。\n\n"
            "水库大坝完成加固\n\n"
            "本报讯（记者 王芳）北山水库的大坝加固完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。\n",
            finds=("水库大坝完成加固",),
        ),
        Bad(
            "中新网广州5月6日电 港口今年前四个月吞吐量增长百分之三，外贸货物占了一半以上，新开的航线有十二条。（完）\n"
            "新华社成都5月6日电（记者 陈晨）大熊猫研究基地的专家六日说，今年出生的幼仔全部成活，最大的已经能够爬树。\n",
            finds=(
                "新华社成都5月6日电（记者 陈晨）大熊猫研究基地的专家六日说，今年出生的幼仔全部成活，最大的已经能够爬树。",
            ),
        ),
        Bad(
            "停车管理办法\n第一条 为了规范停车秩序，制定本办法，本办法适用于全市的公共停车场。\n"
            "第二条 停车场应当公示收费标准，并且出具票据。\n第三条 本办法自公布之日起施行。\n"
            "古树名木保护条例\n第一条 为了保护古树名木，制定本条例，树龄在一百年以上的树木是古树。\n"
            "第二条 园林部门对古树登记编号，每年检查生长情况。\n第三条 本条例自公布之日起施行。\n",
            finds=("古树名木保护条例",),
        ),
        Good(
            "新展馆昨日在东湖边落成\n\n本报讯（记者 李明）新展馆昨日落成，展出两百多件藏品，市民可以免费参观。\n\n"
            "展品来自四个国家\n\n馆方说，展期到年底为止，每周一闭馆，藏品里有一半是第一次与观众见面。（完）\n\n责任编辑：王芳\n"
        ),
        Good(
            "各地喜迎新春\n本报讯（记者 李明）新春来临，各地群众以不同的方式迎接新年，市场里年货充足，价格平稳。\n"
            "* * *\n夜里十点，守岁的人们走上街头，看完烟花才回家，街上的灯笼一直亮到天明。\n"
        ),
        Good(
            "港口吞吐量增长\n来源：本报　作者：陈晨\n港口今年前四个月吞吐量增长百分之三，外贸货物占了一半以上。\n"
            "责任编辑：王芳\n相关新闻\n大熊猫幼仔全部成活\n水库大坝完成加固\n声明：本网转载的稿件，版权归原作者所有。\n"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        if not may_be_several(document.text, places):
            return
        _, *others = document.get(Articles)
        if not others:
            return
        lines = document.get(Lines)
        first, *rest = (place(document, lines.starts[a.first], lines.ends[a.first]) for a in others)
        yield self.finding(
            first,
            self.say("merged", count=len(others) + 1, reasons=self._reasons(document, others[0])),
            related=[
                Related(at, self.say("another", reasons=self._reasons(document, article)))
                for at, article in list(zip(rest, others[1:], strict=True))[:MOST_RELATED]
            ],
            evidence={
                "articles": len(others) + 1,
                "lines": [line_of(document, lines.starts[article.first]) for article in others],
                "confidence": [round(article.confidence, 2) for article in others],
            },
        )

    def _reasons(self, document: Document, article: Article) -> Listed:
        """What speaks for the beginning of an article, in words."""
        lines = document.get(Lines)
        reasons = (
            self.say(reason, text=quoted(lines[line]), line=line_of(document, lines.starts[line]))
            for reason, line in sorted(article.reasons.items(), key=itemgetter(1))
        )
        return Listed(tuple(reasons), "; ")


def may_be_several(text: str, places: Sequence[Span]) -> bool:
    """Whether words that open or close an article stand on two lines, or a dividing line on one."""
    found: list[int] = []
    for start, end in places:
        before = text.rfind("\n", max(0, start - NEAR), start)
        if before >= 0 or start < NEAR or "\n" in text[end : end + NEAR] or end + NEAR >= len(text):
            if text.startswith(DIVIDING, start) and start - before == 1:
                return True
            found.append(start)
    return bool(found) and "\n" in text[found[0] : found[-1]]


def quoted(line: str) -> str:
    """The beginning of a line; of one that is cut, what stands before the cut and …."""
    line = line.strip()
    return line if len(line) <= LONGEST_QUOTED else line[:LONGEST_QUOTED] + "…"
