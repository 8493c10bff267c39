"""ENC018 injected-annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Fix, Good, Literals, Pattern, Rule, Safety, Span, place
from kanwu_rules.encoding.annotations import BOPOMOFO, TONED, first_of, numbers, readings
from kanwu_rules.encoding.occurrences import edits, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

# `長(zhǎng)`; where bytes were lost, `?qǐng)`, in which the character and the bracket became one sign.
ANNOTATION = Pattern(
    rf"""
    (?P<lost> \? ) [a-zü]{{0,5}} [{TONED}] [a-z]{{0,4}} \)
    | (?P<sign> [^\x00-\u2e7f] ) \( [a-zü]{{0,5}} [{TONED}] [a-z]{{0,4}} \)
    """
)
FEWEST = 3
LAST_OF_COMMON_CHARACTERS = b"\xc6\x7e"
"""Where the first of the two planes of Big5 ends, which holds the common characters."""


class InjectedAnnotation(Rule):
    """Readings or note numbers that belong beside the words stand in the middle of the text.

    Sites that copy articles turn them into traditional characters with a faulty program, which leaves
    the reading behind every character that it was unsure of: 國(guó)家會(huì)議. Some characters lose
    their bytes on the way (日?qǐng)?bào)). Nobody can read such a text, no search finds its words, and it
    nearly always is a copy of a better one: fetch that, if you can.

    Ruby text that lost its marks looks alike: 长cháng江jiāng, 長(cháng)江(jiāng), 注ㄓㄨˋ音ㄧㄣ; and so
    do the numbers of a list of vocabulary or notes, glued to English words: Promulgated1 by the Ministry2.

    All places of a document are one finding of each kind. The fix removes the readings or numbers; it is unsafe, as whether
    somebody meant them is a guess, and it cannot bring back the characters whose bytes are lost.

    **What it leaves alone.** Fewer than three such places. Textbooks, dictionaries and articles that
    tell how rare or simplified characters are read: counted are only readings of traditional
    characters that everyone knows, in half-width brackets, with a tone, or eight and more
    on one character after the other. Lines of pinyin or Bopomofo, and foreign words in brackets. Numbers
    that do not count up from 1 to 3 at least, or that stand on one word again and again: mp3, table1, table2.

    **Source.** Seen on real pages of copying sites.
    """

    code = "ENC018"
    name = "injected-annotation"
    safety = Safety.UNSAFE
    where = (
        Characters(TONED, ranges=(BOPOMOFO,)),
        Literals(*(f"{letter}1 " for letter in "abcdefghijklmnopqrstuvwxyz")),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "readings": "pinyin stands after {count} common characters: a copying site's program left it; "
        "look for the original article",
        "lost": "pinyin stands after {count} common characters, and the bytes of {lost} characters are "
        "lost: a copying site's program did it; look for the original article",
        "ruby": "readings stand behind {count} characters in a row: ruby text lost its marks",
        "numbers": "the numbers 1 to {count} are glued to words: marks of vocabulary or notes lost their height",
        "again": "here too",
        "remove": "remove the pinyin",
        "remove readings": "remove the readings",
        "remove numbers": "remove the numbers",
    }
    examples = (
        Bad(
            "大會(huì)在廣州開(kāi)幕，專(zhuān)家到場(chǎng)。",
            "大會在廣州開幕，專家到場。",
            finds=("會(huì)",),
        ),
        Bad(
            "記者發(fā)現(xiàn)，長(zhǎng)江日?qǐng)?bào)的報(bào)道",
            "記者發現，長江日?qǐng)?bào)的報道",
            finds=("發(fā)",),
        ),
        Bad("創(chuàng)新與發(fā)展，國(guó)際合作", "創新與發展，國際合作", finds=("創(chuàng)",)),
        Bad(
            "汉hàn语yǔ拼pīn音yīn是shì注zhù音yīn工gōng具jù。",
            "汉语拼音是注音工具。",
            finds=("hàn",),
        ),
        Bad(
            "Promulgated1 by the Ministry2 of Industry3 on May 5th.",
            "Promulgated by the Ministry of Industry on May 5th.",
            finds=("1",),
        ),
        Good("他踽(jǔ)踽獨行，佁(yǐ)然不動，俶(chù)爾遠逝。"),
        Good("多音字：长(cháng)短、长(zhǎng)大、行(háng)业、行(xíng)走。"),
        Good("國(guó)字怎麼讀，魑(chī)魅(mèi)魍(wǎng)魉(liǎng)又怎么读？"),
        Good("Copy table1 to table2 and file3, then play the mp3 on Windows7."),
        Good("他喜歡咖啡館(café)和夜生活。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        signs = sum(end - start == 1 for start, end in places)
        if signs >= FEWEST:
            found = list(self.in_brackets(document))
            yield from found
            if not found and (spans := readings(text)):
                yield self.report(document, spans, "ruby", "remove readings")
        first = first_of(places, text) if signs < len(places) else None
        if first is not None and (spans := numbers(text, first)):
            yield self.report(document, spans, "numbers", "remove numbers")

    def report(self, document: Document, spans: Sequence[Span], said: str, fix: str) -> Finding:
        """One finding on readings or numbers that can all be taken out."""
        return self.finding(
            place(document, *spans[0]),
            self.say(said, count=len(spans)),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans)},
            fix=Fix(Safety.UNSAFE, self.say(fix), edits(document, ((at, "") for at in spans))),
        )

    def in_brackets(self, document: Document) -> Iterator[Finding]:
        """What a faulty conversion to traditional characters left."""
        text = document.text
        found = [
            match
            for match in ANNOTATION.finditer(text)
            if match["lost"] or is_common_traditional(match["sign"])
        ]
        whole = [match for match in found if not match["lost"]]
        if len(found) < FEWEST or not whole:
            return
        spans = [Span(*match.span()) for match in found]
        lost = len(found) - len(whole)
        yield self.finding(
            place(document, *spans[0]),
            self.say("lost" if lost else "readings", count=len(found), lost=lost),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(found), "lost": lost},
            fix=Fix(
                Safety.UNSAFE,
                self.say("remove"),
                edits(document, ((Span(m.start() + 1, m.end()), "") for m in whole)),
            ),
        )


def is_common_traditional(character: str) -> bool:
    """Whether a character is one of everyday traditional texts that simplified ones write otherwise."""
    try:
        common = b"\xa4" <= character.encode("big5") <= LAST_OF_COMMON_CHARACTERS
        return common and not character.encode("gb2312", "ignore")
    except UnicodeEncodeError:
        return False
