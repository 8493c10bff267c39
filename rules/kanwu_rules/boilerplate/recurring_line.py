"""BOI018 recurring-line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, CorpusRule, EveryDocument, Good, Option, Record, Related
from kanwu.engine.finding import whole_file
from kanwu_rules.boilerplate.recurrence import Site, noted, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

MOST_RELATED = 20
FOOTER = "本站所有内容均来自网友投稿，欢迎监督"


class RecurringLine(CorpusRule):
    """The same line stands at the beginning or the end of many documents of one folder.

    What every page of a site begins or ends with belongs to the site and not to the articles: the name
    of the column, a breadcrumb, a notice, the buttons below. In one document nothing tells such a line
    from the text; in a hundred it gives itself away. The finding stands in the last of these documents
    and says in how many others the line stands. Lines are compared without blanks and with all
    numbers taken for the same, so that “第3页” and “第4页” are one line.

    Documents of one site are those of one folder; the rows of one file are a folder of their own. A
    line is reported from `least-documents` documents and `least-share` of the folder on. It has to
    stand where furniture stands: reached from the first line or the last one over lines that recur too,
    with a headline or a few other lines between. There is no fix: a fix changes one document, and this
    line is to go from all of them or from none.

    **What it leaves alone.** Whatever recurs in the middle of articles: headings, labels, the phrases of
    a genre. Headings that recur by nature, wherever they stand (目录, 摘要, 第一章, 一、背景, 参考文献),
    dates and numbers by themselves, the names of speakers and other lines that come back inside one
    document, numbered items and rows of tables. The formulas of statutes and decrees
    (“本办法自发布之日起施行。”, “（2020年1月1日公布）”). Lines longer than `longest`. Copies of one document
    count once.

    **Source.** The same line in many documents of one crawl is the strongest evidence of boilerplate:
    Raffel et al. 2020 (C4) drop what recurs in spans of three sentences, Wenzek et al. 2020 (CCNet) every
    paragraph that recurs. Here recurrence alone is not enough, since titles of parts recur too.
    """

    code = "BOI018"
    name = "recurring-line"
    where = (EveryDocument(),)
    zone = "everything"
    least_documents = Option(5, "fewest documents with the same line", minimum=2)
    least_share = Option(0.1, "smallest share of the folder's documents with the line", minimum=0.0)
    shortest = Option(2, "fewest code points of a line", minimum=1)
    longest = Option(80, "most code points of a line", minimum=1)
    messages: ClassVar[Mapping[str, str]] = {
        "recurring": "“{line}” stands in {count} of {total} documents of {site}: it belongs to the site "
        "and not to the article; take it out of all of them",
        "also": "it stands here too",
    }
    examples = (
        Bad(
            "首页 新闻 科技\n水稻新种育成\n新种每亩增产一成，已在三省试种，明年推广到更多地方。\n"
            + FOOTER,
            finds=("首页 新闻 科技", FOOTER),
            beside=tuple(
                f"首页 新闻 科技\n{title}\n{title}，这是第{n}条消息的全文，与别的消息没有一句相同。\n{FOOTER}"
                for n, title in enumerate(("新桥通车", "学校开学", "车站迁址", "山火扑灭"))
            ),
        ),
        Bad(
            "天气转凉，各地陆续开始供暖，居民反映室温比去年高了。\n当前第5页 共9页",
            finds=("当前第5页 共9页",),
            beside=tuple(
                f"第{n}段文字，各不相同，讲的是第{n}件事情。\n当前第{n}页 共9页"
                for n in range(1, 5)
            ),
        ),
        Bad(
            "每日一读\n\n天气转凉，各地陆续开始供暖，居民反映室温比去年高了。",
            finds=("每日一读",),
            beside=tuple(f"每日一读\n\n今天读的是第{n}课，题目和昨天不同。" for n in range(3)),
            options={"least-documents": 4},
        ),
        Good(
            "天气转凉\n天气转凉，各地陆续开始供暖。\n参考文献\n李明，《供暖》，2020年。",
            beside=tuple(
                f"{title}\n{title}，这里是它的全文。\n参考文献\n王军，《{title}》。"
                for title in ("新桥通车", "学校开学", "车站迁址", "山火扑灭")
            ),
        ),
        Good(
            "供暖办法\n第一条 为了供暖，制定本办法。\n第二条 本办法自发布之日起施行。",
            beside=tuple(
                f"{of}办法\n第一条 为了{of}，制定本办法。\n第二条 本办法自发布之日起施行。"
                for of in ("供水", "供电", "供气", "排水", "通信")
            ),
        ),
        Good(
            "首页 新闻\n天气转凉，各地陆续开始供暖。",
            beside=("首页 新闻\n新桥昨日通车。", "首页 新闻\n学校今日开学。"),
        ),
    )

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        yield Record(
            site_of(document.path, document.record),
            whole_file(document.path, document.record),
            noted(document, self.shortest, self.longest),
        )

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:
        if len(records) < self.least_documents:
            return
        site = Site(records)
        least = max(self.least_documents, self.least_share * len(records))
        for line in site.recurring(least):
            at = line.place(-1)
            yield self.finding(
                at,
                self.say(
                    "recurring",
                    line=at.excerpt.inside,
                    count=len(line),
                    total=len(records),
                    site=os.path.basename(key) or key,
                ),
                related=[
                    Related(line.place(number), self.say("also"))
                    for number in range(min(MOST_RELATED, len(line) - 1))
                ],
                evidence={"count": len(line), "documents": len(records)},
                documents=dict.fromkeys(site.paths[index] for index in line.documents),
            )
