"""TRU007 foreign-paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Listed, Literals, Related, Rule, place
from kanwu_rules.broken_paragraphs.foreign_blocks import blocks_of, opens_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Place, Span
    from kanwu_rules.broken_paragraphs.paragraphs import Paragraph

NEAR = 24
"""Code points from a line's start within which a dateline has its words."""
WORDS = 12


class ForeignParagraph(Rule):
    """Paragraphs of another article stand between paragraphs of this one.

    Columns of a newspaper that were read in the wrong order, and pages from which a scraper took the next
    article along, leave whole paragraphs of one article inside another. Every sentence is whole, and yet
    figures and names of two events are mixed, and whoever reads the text loses the thread. The finding
    stands where the other article begins, at its headline if it has one; the place where the first article
    goes on is related to it. There is no fix: what the foreign paragraphs belong to is not known.

    The other article is known by its dateline (“本报讯（记者李明）”, “新华社北京1月1日电”). That the first one goes
    on is known by words which few texts have, names above all: the paragraphs behind the block share several
    of them with those before it, and hardly any with the block itself.

    **What it leaves alone.** Articles that only follow one another, which are for merged-articles; digests in
    which every item has its dateline; an article with a second dateline for the same event; what stands inside
    a torn sentence, which interrupted-paragraph tells. Foreign paragraphs without a dateline are not found,
    nor are those after which too little of the first article is left to know it again.

    **Source.** The forms of datelines in Chinese newspapers and on news sites; the limits were set on articles
    that were laid into one another for the purpose, and on others that were only joined.
    """

    code = "TRU007"
    name = "foreign-paragraph"
    where = (
        Literals(
            *("本报讯", "本報訊", "本网讯", "本台讯", "讯（", "讯(", "讯 ", "日电", "日電", "网消息", "（记者", "(记者"),
        ),
    )  # fmt: skip
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "headline": "another article begins here, with its headline and the dateline “{dateline}”, between "
        "paragraphs of this one, which goes on at line {line}; compare with the source, and take the "
        "foreign paragraphs out",
        "dateline": "another article begins here, with the dateline “{dateline}”, between paragraphs of "
        "this one, which goes on at line {line}; compare with the source, and take the foreign "
        "paragraphs out",
        "back": "the first article goes on here: “{words}” stand before and behind the foreign paragraphs, "
        "and not in them",
    }
    examples = (
        Bad(
            "水库大坝完成加固\n\n"
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n\n"
            "大熊猫幼仔全部成活\n\n"
            "本报讯（记者李明）大熊猫繁育中心今年出生的九只幼仔全部成活，最大的已经能够爬树。\n\n"
            "饲养员每天给幼仔称重，并且记录它们吃奶的次数。游客春节前后可以隔着玻璃看到它们。\n\n"
            "陈晨介绍，大坝加固用了两年，水库放空期间，管理处还清理了淤泥。下游乡镇的灌溉渠道也一并翻修，渗漏少了一半。\n\n"
            "北山水库建成已有六十年。\n",
            finds=("大熊猫幼仔全部成活",),
        ),
        Bad(
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n\n"
            "本报讯（记者李明）大熊猫繁育中心今年出生的九只幼仔全部成活，最大的已经能够爬树。\n\n"
            "陈晨介绍，大坝加固用了两年，水库放空期间，管理处还清理了淤泥。下游乡镇的灌溉渠道也一并翻修，渗漏少了一半。\n",
            finds=("本报讯（记者李明）大熊猫",),
        ),
        Bad(
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n"
            "新华社成都5月6日电（记者王芳）港口前四个月吞吐量增长百分之三，外贸货物占了一半以上，新开的航线有十二条。\n"
            "港口还添了四台吊机，集装箱装卸比去年快了两成。\n"
            "陈晨介绍，大坝加固用了两年，水库放空期间，管理处还清理了淤泥。下游乡镇的灌溉渠道也一并翻修，渗漏少了一半。\n",
            finds=("新华社成都5月6日电（记",),
        ),
        Good(
            "水库大坝完成加固\n\n"
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n\n"
            "陈晨介绍，大坝加固用了两年，水库放空期间，管理处还清理了淤泥。下游乡镇的灌溉渠道也一并翻修，渗漏少了一半。\n\n"
            "北山水库建成已有六十年。\n\n"
            "大熊猫幼仔全部成活\n\n"
            "本报讯（记者李明）大熊猫繁育中心今年出生的九只幼仔全部成活，最大的已经能够爬树。\n\n"
            "饲养员每天给幼仔称重，并且记录它们吃奶的次数。游客春节前后可以隔着玻璃看到它们。\n"
        ),
        Good(
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n\n"
            "本报讯（记者李明）大熊猫繁育中心今年出生的九只幼仔全部成活，最大的已经能够爬树。\n\n"
            "饲养员每天给幼仔称重，并且记录它们吃奶的次数。游客春节前后可以隔着玻璃看到它们。\n\n"
            "新华社成都5月6日电（记者王芳）港口前四个月吞吐量增长百分之三，外贸货物占了一半以上，新开的航线有十二条。\n\n"
            "港口还添了四台吊机，集装箱装卸比去年快了两成。\n"
        ),
        Good(
            "水库大坝完成加固\n\n"
            "北山水库的大坝加固工程昨天完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障。水库管理处主任陈晨说，大坝渗漏的老问题解决了。\n\n"
            "本报讯（记者李明）北山水库的大坝加固以后，水库管理处主任陈晨说，下游乡镇的灌溉用水有了保障，渗漏少了。\n\n"
            "陈晨介绍，大坝加固用了两年，水库放空期间，管理处还清理了淤泥。下游乡镇的灌溉渠道也一并翻修，渗漏少了一半。\n"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        if not may_be_mixed(document.text, places):
            return
        for block in blocks_of(document):
            back = first_words(document, block.back)
            dateline = block.opening.text[:WORDS]
            yield self.finding(
                first_words(document, block.first),
                self.say(
                    "headline" if block.headline else "dateline",
                    dateline=dateline,
                    line=back.start.line,
                ),
                related=[Related(back, self.say("back", words=Listed(block.words, "”, “")))],
                evidence={
                    "dateline": dateline,
                    **({"headline": block.headline.text} if block.headline else {}),
                    "words-on-both-sides": list(block.words),
                    "surplus": round(block.surplus, 2),
                },
            )


def may_be_mixed(text: str, places: Sequence[Span]) -> bool:
    """Whether a dateline stands at the beginning of a line behind the end of a sentence."""
    stop = text.find("。")
    if stop < 0:
        return False
    for start, end in places:
        if start < stop:
            continue
        line = (
            max(
                text.rfind("\n", max(0, start - NEAR), start),
                text.rfind("\r", max(0, start - NEAR), start),
            )
            + 1
        )
        if line > stop and opens_article(text, line, end + NEAR):
            return True
    return False


def first_words(document: Document, paragraph: Paragraph) -> Place:
    """The place of the first characters of a paragraph."""
    return place(document, paragraph.start, min(paragraph.end, paragraph.start + WORDS))
