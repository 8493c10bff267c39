"""WRD001 doubled-word."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Repeats, Rule, Safety, edit, place
from kanwu.engine.finding import Fix
from kanwu.engine.triggers import HAN
from kanwu_rules.wording.doublings import doubling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# Written here since a trigger is known before any data file is read.
SINGLE = ("的的", "了了", "在在", "是是", "到到", "和和", "与与", "與與", "为为", "為為")
# “that that”, “had had”, “is is” and “in in” (log in in time) are right now and then.
ENGLISH = (
    "the", "of", "and", "to", "for", "with", "from", "by", "at", "be", "an", "are", "was", "were",
    "will", "would", "should", "can", "could", "we", "they", "their", "our", "your", "into", "than",
    "when", "because", "about",
)  # fmt: skip


class DoubledWord(Rule):
    """A word is set twice in a row: 围绕围绕, 的的, the the.

    A sentence was changed and the old word left standing, or the pen slipped. Reported are words of two
    characters from a list of 9,000 that are common in written Chinese, longer stretches made of such
    words (证券交易所交易所), eight function characters, and English function words.

    The fix removes one of the two. It is unsafe: now and then the first word belongs to what stands
    before and the second one to what follows, and a mark or a word between them is what is missing.

    **What it leaves alone.** Words that are doubled on purpose: verbs (讨论讨论), qualities (雪白雪白),
    degree and quantity (很多很多, 一步一步), 如何如何, calls and answers (加油加油); three copies and more;
    what fills its clause, as an exclamation does. Names and foreign words, since they are in no list.
    Two words that meet across a boundary: 交警支队|支队长, 党中央|中央军委, 项目|的|目的, 管理|管理员; and
    single characters that make a word with a neighbour, as in 目的的 or 的的确确. In English, that that,
    had had and the like. A word at the end of a line and again on the next one.

    **Source.** The lists and where they come from stand in `doubled_word.toml`. What is left alone was
    found by reading all doublings in nine million characters of news, statutes, encyclopaedia, technical
    articles and customers' reviews.
    """

    code = "WRD001"
    name = "doubled-word"
    safety = Safety.UNSAFE
    where = (
        Repeats(HAN, period=2),
        Repeats(HAN, period=3),
        Repeats(HAN, period=4),
        Literals(*SINGLE),
        Literals(*(f"{first} {word}" for word in ENGLISH for first in (word, word.title()))),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "twice": "“{word}” is set twice in a row; one of the two is probably too many",
        "fix": "remove one “{word}”",
    }
    examples = (
        Bad(
            "中关村围绕围绕高端人才开展人才引进与服务。",
            "中关村围绕高端人才开展人才引进与服务。",
            finds=("围绕围绕",),
        ),
        Bad("当你关闭控制控制终端时，任务会挂起。", "当你关闭控制终端时，任务会挂起。"),
        Bad("這裡開始開始出現稻作農耕文明。", "這裡開始出現稻作農耕文明。"),
        Bad("这是一个保持理智的的好方法。", "这是一个保持理智的好方法。", finds=("的的",)),
        Bad("He went to the the station.", "He went to the station.", finds=("the the",)),
        Good("大家讨论讨论，研究研究，再考虑考虑这件事。"),
        Good("他看看天，常常想起雪白雪白的墙，一步一步往前走，很多很多人都来了。"),
        Good("交警支队支队长强调，每个项目的目的都要写明，的的确确如此。"),
        Good("“加油加油！”孩子们喊着，我说那是他的他才肯走，俄罗斯罗斯托夫州也下雪了。"),
        Good("I know that that is what he had had in mind."),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        done = 0
        for start, end in places:
            if start < done:
                continue
            found = doubling(document.text, start, end)
            if found is None:
                continue
            done = found.end
            yield self.finding(
                place(document, found.start, found.end),
                self.say("twice", word=found.word),
                evidence={"word": found.word},
                fix=Fix(
                    Safety.UNSAFE,
                    self.say("fix", word=found.word),
                    (edit(document, found.copy, found.end, ""),),
                ),
            )
