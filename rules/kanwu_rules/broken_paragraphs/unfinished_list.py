"""TRU006 unfinished-list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Listed, Literals, Related, Rule, place
from kanwu_rules.broken_paragraphs.announcements import announced_at_end
from kanwu_rules.broken_paragraphs.enumerations import (
    STYLES,
    Enumerations,
    opened_by,
)
from kanwu_rules.broken_paragraphs.missing_items import Lack, lack_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.broken_paragraphs.enumerations import Enumeration, Marker

MOST_RELATED = 20
# A document that ends in an announcement has no marker; these are how most of them end.
LAST_WORDS = (
    *("点要求", "點要求", "点意见", "点建议", "点希望", "点期望", "项措施", "项要求"),
    *(f"以下{number}" for number in "两兩二三四五六七八九十23456789"),
)


class UnfinishedList(Rule):
    """A list says how many items it has, or numbers them, and some of them are missing.

    “提出三点要求：一要……” and no 二要 after it; “以下四项措施” and three of them; （一）（二）（四）; 一是, 二是,
    四是; a series whose last item ends in “；” where other text follows. Where an item is missing, the
    text was cut or a paragraph was lost on the way, and nothing else in the text shows it: each
    sentence is whole. The finding says what was announced, what was found, and which numbers are
    missing. The text has to be compared with its source, so there is no fix.

    Markers are read in Chinese numerals (一是 一要 一、 （一） 第一 其一) and in Arabic ones (1. 1、 1) (1) ①),
    inside a paragraph, at the starts of paragraphs and in headings. Each level of nested lists is
    counted by itself.

    **What it leaves alone.** Numbers that announce no list (三点水, 三项全能), and announcements that no
    marker follows: a summary, or a list whose items are not numbered. A list whose last items are
    numbered in another way (二就是, 再者, 此外, 最后) or stand between semicolons. A series that begins
    with another number than one, since excerpts and statutes that amend others do; numbering that
    restarts; numbers of articles (第十二条) and names (第一中学). A list that says itself that it was
    shortened (…… 等等). A numbered series of paragraphs that skips a number right after its first item,
    and far jumps: these are references more often than lists.

    **Source.** GB/T 15834—2011, 4.6: items of a list are set apart by semicolons and the last one ends in
    a full stop. GB/T 9704—2012, 7.3.3: the levels 一、 （一） 1. （1） of official papers.
    """

    code = "TRU006"
    name = "unfinished-list"
    where = (Literals(*(o for style in STYLES.values() for o in style.openings), *LAST_WORDS),)
    messages: ClassVar[Mapping[str, str]] = {
        "short": "“{announced}” announces {count} items, and the last one found is “{before}”; missing: "
        "{missing}. The text was probably cut: compare it with its source",
        "none": "“{announced}” announces {count} items and the text ends before the first one. It was "
        "probably cut: compare it with its source",
        "gap": "“{before}” is followed by “{after}”; missing: {missing}. Part of the list was probably "
        "lost: compare it with its source",
        "jumbled": "“{before}” is followed by “{after}”; the items of this list are probably out of order: "
        "compare them with the source",
        "open": "item “{before}” ends in a semicolon and no further item follows. The list was probably cut: "
        "compare it with its source, or end it with “。”",
        "item": "“{marker}” stands here",
    }
    examples = (
        Bad("他就做好下一步工作提出三点要求：一要提高政治站位，", finds=("三点要求",)),
        Bad(
            "会议决定采取以下四项措施：\n1. 减税。\n2. 降费。\n3. 让利。\n会议在下午结束。",
            finds=("四项措施",),
        ),
        Bad("一是修路，二是架桥，四是植树。", finds=("二是",)),
        Bad("（一）总则\n（二）机构\n（四）附则", finds=("（二）",)),
        Bad(
            "有下列情形之一的，予以处罚：\n（一）伪造证件的；\n（二）涂改证件的；\n第九条 本办法自发布之日起施行。",
            finds=("（二）",),
        ),
        Good("他提出四点期望：一是多读；二是多写；三是多问；四是多想。"),
        Good("三点水旁的字很多，他参加过三项全能，会上提出三点要求，大家都记住了。"),
        Good("要做到两点：一是守时，再就是守信。"),
        Good("一、总则\n（一）目的\n（二）范围\n二、机构\n（一）设置\n（二）职责"),
        Good("“（三）涂改证件的；\n“（五）出借证件的。”"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        styles = {opened_by().get(opening) for opening in {text[a:b] for a, b in places}}
        for name in STYLES:
            for enumeration in document.get(Enumerations).of_style(name) if name in styles else ():
                lack = lack_of(text, enumeration)
                if lack is not None:
                    yield self._unfinished(document, enumeration, lack)
        announcement = announced_at_end(text)
        if announcement is not None:
            start, end, count = announcement
            yield self.finding(
                place(document, start, end),
                self.say("none", announced=text[start:end], count=count),
                evidence={"announced": count, "found": [], "missing": list(range(1, count + 1))},
            )

    def _unfinished(self, document: Document, enumeration: Enumeration, lack: Lack) -> Finding:
        text, markers = document.text, enumeration.markers
        announcement = enumeration.announcement
        start, end = announcement[:2] if announcement else markers[lack.before][:2]
        before = markers[lack.before]
        after = markers[min(lack.before + 1, len(markers) - 1)]
        message = self.say(
            lack.kind,
            announced=text[start:end],
            count=announcement.items if announcement else None,
            before=written(text, before),
            after=written(text, after),
            missing=Listed(tuple(lack.missing)),
        )
        return self.finding(
            place(document, start, end),
            message,
            related=[
                Related(
                    place(document, marker.start, marker.end),
                    self.say("item", marker=written(text, marker)),
                )
                for marker in markers[:MOST_RELATED]
                if marker.start != start
            ],
            evidence={
                "announced": announcement.items if announcement else None,
                "found": [marker.number for marker in markers],
                "missing": list(lack.missing),
            },
        )


def written(text: str, marker: Marker) -> str:
    """A marker as it is written, without the line's end that may have torn it."""
    return "".join(text[marker.start : marker.end].split())
