"""TRU001 split-paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule, Safety
from kanwu_rules.broken_paragraphs.breaks import SUSPECTS, Breaks, Kind
from kanwu_rules.broken_paragraphs.torn_paragraph import MESSAGES, halves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class SplitParagraph(Rule):
    """A sentence breaks off at the end of a paragraph and goes on in the next one.

    The columns of a newspaper, the pages of a PDF and careless extraction tear paragraphs in two.
    Readers stumble, sentence splitters and search make two broken sentences of one, and a model learns
    text that stops anywhere. The finding stands on the last words before the gap; the words after it are
    related to it. `evidence` says how the halves were known: the word that the gap cuts in two, if it
    cuts one, and how sure it is that the text is broken here (`confidence`, from 0 to 1). The fix puts
    the halves together. It is unsafe since only a reader can be sure.

    **What it leaves alone.** Paragraphs that end like sentences, or with a colon or semicolon; titles,
    headings, captions, credits, tables, verse and code; quotations of several paragraphs; text that is
    wrapped at a fixed width, of which hard-wrapped-lines speaks; other languages than Chinese and
    English. English paragraphs are judged by their own rules: one breaks off where it ends without a
    full stop and the next begins with a small letter.

    **Source.** The roles of lines; the marks that end a sentence by GB/T 15834—2011; a table of which
    characters follow one another across and beside gaps, fitted for this purpose (its data card is
    `continuation.md` in the source).
    """

    code = "TRU001"
    name = "split-paragraph"
    safety = Safety.UNSAFE
    where = SUSPECTS
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        **MESSAGES,
        "torn": "the paragraph breaks off in the middle of a sentence, which goes on in the next one, "
        "on line {line}; join the two",
        "word": "the paragraph breaks off inside “{word}” and goes on in the next one, on line {line}; "
        "join the two",
        "pause": "the paragraph ends with “{mark}”, and its sentence goes on in the next one, on line "
        "{line}; join the two",
        "join": "join the two paragraphs",
    }
    examples = (
        Bad(
            "他表示，广东多项指标连续多年居全国首位，深港穗创\n\n"
            "新集群跻身全球第一，构建了全过程创新生态链。\n",
            "他表示，广东多项指标连续多年居全国首位，深港穗创新集群跻身全球第一，"
            "构建了全过程创新生态链。\n",
            ("首位，深港穗创"[1:],),
        ),
        Bad(
            "今年十月，广西首次采用“主会场+分\n会场”“线上+线下”相结合的方式，成功举办大会。\n",
            "今年十月，广西首次采用“主会场+分会场”“线上+线下”相结合的方式，成功举办大会。\n",
        ),
        Bad(
            "The committee met on Monday to discuss the budget for the new\n\n"
            "library, which is to open next year.\n",
            "The committee met on Monday to discuss the budget for the new library, which is to open "
            "next year.\n",
        ),
        Good(
            "新春团拜会在广州举行\n\n新春团拜活动昨天在广州举办，两百余名代表出席。\n\n"
            "会议期间，与会人员还参观了展览。\n"
        ),
        Good("会议提出如下要求：\n\n各单位要高度重视，认真落实；\n\n各部门要密切配合。\n"),
        Good("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for found in document.get(Breaks).of_kind(Kind.SPLIT):
            yield halves(self, document, found)
