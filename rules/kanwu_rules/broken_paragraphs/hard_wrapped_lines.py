"""TRU008 hard-wrapped-lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Rule, Safety, UnusualLines, edit, place
from kanwu.analysis.lines import Lines
from kanwu_rules.broken_paragraphs.unwrapping import HAN, Unwrapping
from kanwu_rules.broken_paragraphs.wrapped_lines import (
    INNER,
    LEAST_CODE_POINTS,
    LEAST_PUNCTUATED,
    LONGEST,
    NO_WRAP,
    WrappedLines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.broken_paragraphs.wrapped_lines import Region


class HardWrappedLines(Rule):
    """Lines are broken at a fixed width, in the middle of sentences.

    Text copied from a PDF, from an old e-book or from e-mail often carries the line ends of its page:
    every paragraph is cut into pieces of one width. Such text cannot flow on another screen, a search
    for a word misses it where a line end parts it, and to a program every line is a paragraph that
    begins and stops in mid-sentence. One finding stands for a whole region, however many lines it has.

    The fix puts the lines of each paragraph together again. Between Chinese characters nothing is set;
    Latin words get their space back, and the two halves of a hyphenated word become one word, unless
    the document writes it with its hyphen elsewhere too. Between Chinese and Latin letters or digits
    there is a space where the document mostly sets one. A paragraph begins where the line before stops
    short of the margin, where a blank line stands, or where a line is indented; its indentation stays. A
    line that is full and ends with a sentence is joined only where the region marks its paragraphs, by
    indentation or blank lines, and the next line has no such mark. Blank lines between all lines, as some
    converters leave them, are taken out with the wraps.

    The width is counted in cells, of which a Chinese character takes two, or in characters. Wraps are
    allowed to be ragged as far as the rules of typesetting make them so: a mark that may not begin a
    line, or a Latin word, takes its place on the next one.

    **What it leaves alone.** Markdown, in which wrapped lines are one paragraph anyway. Verse, lyrics,
    subtitles, headlines, menus, addresses and short turns of dialogue, whose lines end where something
    ends; lists, tables and code; quoted lines of e-mail that begin with >. Regions of fewer than four
    lines, or narrower than twelve Chinese characters. Documents without any Chinese: wrapping is a custom
    of plain English text.

    **Source.** CLREQ (Requirements for Chinese Text Layout, W3C), 3.1: which marks may not begin or end a
    line, and how they may be moved or hang over the margin.
    """

    code = "TRU008"
    name = "hard-wrapped-lines"
    safety = Safety.UNSAFE
    # Lines of prose that may go on, of which there are a few in wrapped text.
    where = (UnusualLines(NO_WRAP, at_least=LEAST_CODE_POINTS + 1, at_most=LONGEST),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "wrapped": "{lines} lines are wrapped at a width of {width} Chinese characters, in the middle of "
        "sentences; a paragraph should be one line, or it cannot flow, be searched or be read as one",
        "join": "put the lines of each paragraph together",
    }
    examples = (
        Bad(
            "　　城南的老茶馆开了六十多年，每天清晨五点，第一壶\n水就烧开了，老人们提着鸟笼陆续进来，找到自己坐惯的\n"
            "位置，要一碗盖碗茶，再要一碟瓜子，一坐就是一个上\n午。\n　　掌柜的姓周，今年七十三。\n",
            fixed="　　城南的老茶馆开了六十多年，每天清晨五点，第一壶水就烧开了，老人们提着鸟笼陆续进来，找到自己坐惯的"
            "位置，要一碗盖碗茶，再要一碟瓜子，一坐就是一个上午。\n　　掌柜的姓周，今年七十三。\n",
        ),
        Bad(
            "我们的服务器用 Linux 运行，日志写在本机的磁盘上，\n每天凌晨由 rsync 传到备份机，再用 Python 写的脚本\n"
            "清点一遍。脚本发现文件比前一天少了，就给值班的人发\nmail 通知，并把清单附在信末。",
            fixed="我们的服务器用 Linux 运行，日志写在本机的磁盘上，每天凌晨由 rsync 传到备份机，再用 Python 写的脚本"
            "清点一遍。脚本发现文件比前一天少了，就给值班的人发 mail 通知，并把清单附在信末。",
        ),
        Bad(
            "海风学校介绍\n\nThe school by the sea was opened by a group of inter-\nnational teachers in the spring of "
            "that year, and it had\nno more than forty pupils. Most of them were children of\nfishermen who "
            "lived along the well-kept harbour.",
            fixed="海风学校介绍\n\nThe school by the sea was opened by a group of international teachers in the spring of "
            "that year, and it had no more than forty pupils. Most of them were children of fishermen who "
            "lived along the well-kept harbour.",
        ),
        Good(
            "轻轻的我走了，\n正如我轻轻的来；\n我轻轻的招手，\n作别西天的云彩。\n\n那河畔的金柳，\n是夕阳中的新娘；\n",
        ),
        Good(
            "第一条 为了保护古树，制定本办法。\n第二条 古树指树龄在一百年以上的树木。\n第三条 古树由所在地的单位养护。\n"
            "第四条 禁止砍伐古树。\n",
        ),
        Good(
            "江口市人民医院扩建工程昨日在城东新区正式开工\n全市中小学秋季运动会将于下月在体育中心举行\n"
            "老城区三条主要道路改造完成今天起恢复通车\n东港码头新添两台起重设备每天可多卸货千吨\n",
        ),
        Good(
            "城南的老茶馆开了六十多年，每天清晨五点，第一壶水\n就烧开了，老人们提着鸟笼陆续进来，找到自己坐惯的\n"
            "位置，要一碗盖碗茶，再要一碟瓜子，一坐就是一个上\n午。",
            markup="markdown",
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        # Most documents have headings; few have two with the marks of prose in them.
        if len(places) < LEAST_PUNCTUATED:
            return
        punctuated = sum(INNER.search(document.text, *line) is not None for line in places)
        if punctuated < LEAST_PUNCTUATED:
            return
        regions = document.get(WrappedLines).regions
        if regions and HAN.search(document.text):
            yield from (self._region(document, region) for region in regions)

    def _region(self, document: Document, region: Region) -> Finding:
        lines = document.get(Lines)
        joins = Unwrapping(document, region).joins()
        return self.finding(
            place(document, lines.starts[region.first], lines.ends[region.last]),
            self.say("wrapped", lines=len(region.wraps), width=region.width // 2),
            evidence={"wraps": len(region.wraps), "width": region.width},
            fix=Fix(
                Safety.UNSAFE,
                self.say("join"),
                tuple(edit(document, *join) for join in joins),
            ),
        )
