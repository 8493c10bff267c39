"""ENC010 compatibility-ideograph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Fix, Good, Rule, Safety, place, read_table
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu_rules.encoding.mentions import Mentions
from kanwu_rules.encoding.occurrences import apart_or_together, edits, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

FIRST_VARIANT = "\ufa10"
"""What comes before is a radical or an exact duplicate; from here on forms differ."""
LOST = "\ufffd"
NEAR = 3
FIRST_COMPATIBLE = "\uf900"
OTHER_READERS = frozenset((Language.JA, Language.KO))


class CompatibilityIdeograph(Rule):
    """A sign of a list of radicals or a duplicate stands where an ordinary character is meant.

    Text copied from PDF files is full of them: ⽣ (U+2F63, a sign for the radical) looks like 生
    (U+751F, the character) and is none, so ⼈⼯智能 is found by no search for 人工智能, cut into odd
    tokens by every model, and drawn in another font on some screens. The duplicates of U+F900 to
    U+FAFF exist only so that texts in old encodings of Korea and Taiwan survive a round trip.

    The fix writes the ordinary character. It is safe for radicals and exact duplicates, and unsafe
    from U+FA10 on and for U+2F800 to U+2FA1F, where the form may differ by a stroke. A document with
    more than five of one kind has one finding.

    **What it leaves alone.** The twelve characters between U+FA0E and U+FA29 that have no other code;
    signs of radicals that no character equals; signs that stand alone in quotation marks or
    brackets, or in a passage about radicals or codes; lines in Japanese and Korean; signs beside
    U+FFFD, which are remains of a wrong decoding; and code.

    **Source.** Unicode Standard, chapter 18.1 (CJK compatibility ideographs) and 18.2 (Kangxi
    radicals), with the decompositions of its database; the code chart of CJK Radicals Supplement.
    """

    code = "ENC010"
    name = "compatibility-ideograph"
    safety = Safety.SAFE
    where = (
        Characters(
            ranges=(
                "\u2e80\u2fd5",
                "\uf900\ufa0d",
                "\ufa10\ufa10",
                "\ufa12\ufa12",
                "\ufa15\ufa1e",
                "\ufa20\ufa20",
                "\ufa22\ufa22",
                "\ufa25\ufa26",
                "\ufa2a\ufad9",
                "\U0002f800\U0002fa1d",
            )
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” (U+{point}) only looks like “{meant}”: search and comparison fail on it",
        "many": "{count} characters only look like ordinary ones, the first “{found}” (U+{point}) like "
        "“{meant}”: search and comparison fail on them",
        "again": "here too",
        "replace": "write the ordinary character",
    }
    examples = (
        Bad("⼈⼯智能", "人工智能", finds=("⼈", "⼯")),
        Bad("⻓江⻔户", "长江门户", finds=("⻓", "⻔")),
        Bad("\uf98a量平衡", "力量平衡", finds=("\uf98a",)),
        Bad("\ufa19社", "神社", finds=("\ufa19",)),
        Bad("⼀⼆⼗⼈⼤⼩", "一二十人大小", finds=("⼀",)),
        Good("人工智能与長江"),
        Good("汉字“⺡”是三点水，部首 ⽔ 的变形。"),
        Good("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"),
        Good("これは\ufa19社の写真です。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines, languages = document.get(Lines), document.get(Languages)
        safe: list[Span] = []
        unsafe: list[Span] = []
        mentions = Mentions(text)
        for span in places:
            sign = text[span.start]
            if ordinary(sign) == sign or mentions.has(span):
                continue
            if LOST in text[max(0, span.start - NEAR) : span.end + NEAR]:
                continue
            if languages.of_line(lines.index(span.start)) in OTHER_READERS:
                continue
            (unsafe if sign >= FIRST_VARIANT else safe).append(span)
        for safety, found in ((Safety.SAFE, safe), (Safety.UNSAFE, unsafe)):
            for some in apart_or_together(found):
                yield self._finding(document, some, safety)

    def _finding(self, document: Document, spans: Sequence[Span], safety: Safety) -> Finding:
        text = document.text
        sign = text[spans[0].start]
        return self.finding(
            place(document, *spans[0]),
            self.say(
                "one" if len(spans) == 1 else "many",
                count=len(spans),
                found=sign,
                point=f"{ord(sign):04X}",
                meant=ordinary(sign),
            ),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans)},
            fix=Fix(
                safety,
                self.say("replace"),
                edits(document, ((span, ordinary(text[span.start])) for span in spans)),
            ),
        )


@cache
def ordinary(sign: str) -> str:
    """The character that a sign stands for, or the sign itself where none equals it."""
    from unicodedata import normalize

    if sign >= FIRST_COMPATIBLE:
        return normalize("NFC", sign)
    return supplement().get(sign) or normalize("NFKC", sign)


@cache
def supplement() -> Mapping[str, str]:
    """The characters for signs of the block CJK Radicals Supplement."""
    pairs = read_table(__file__, "compatibility_ideograph.toml")["radicals"].split()
    return {pair[0]: pair[1] for pair in pairs}
