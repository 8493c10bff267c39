"""ENC017 combining-sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Rule, Runs, Safety, Span, place
from kanwu_rules.encoding.occurrences import apart_or_together, edits, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

LONGEST = 8
"""More marks than these on one letter are ornament."""


class CombiningSequence(Rule):
    """A letter and its mark are two characters where Unicode has one for both.

    In `e` and U+0301 the accent is a character of its own; in `é` it is not. Both look alike, so that
    nobody sees why a search for one does not find the other. Names of files on macOS, PDF files and
    some input methods write the long form: pinyin with tones, French and Vietnamese names, か with
    U+3099, and Korean in single letters.

    The fix writes the composed character (normal form NFC) at these places only; it is canonically
    equivalent, and so safe. A document with more than five places has one finding.

    **What it leaves alone.** Marks for which no composed character exists, as in phonetic alphabets; more
    than eight marks on one letter; scripts other than Latin, Greek, Cyrillic, kana and Hangul; other
    characters that NFC would change, such as the sign of the angstrom or compatibility ideographs
    (ENC010); and Markdown code.

    **Source.** Unicode Standard Annex 15 (normalization forms).
    """

    code = "ENC017"
    name = "combining-sequence"
    safety = Safety.SAFE
    where = (Runs(ranges=("\u0300\u036f", "\u3099\u309a", "\u1161\u11ff"), at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{text}” is written as {count} characters and looks like one: search and comparison fail "
        "on it",
        "many": "{places} letters are written with their marks apart, the first “{text}”: search and "
        "comparison fail on them",
        "again": "here too",
        "compose": "write composed characters (NFC)",
    }
    examples = (
        Bad("朱莉娅·罗贝尔·cafe\u0301", "朱莉娅·罗贝尔·café", finds=("e\u0301",)),
        Bad("拼音 nu\u0308\u030c", "拼音 nǚ", finds=("u\u0308\u030c",)),
        Bad("日语か\u3099くせい", "日语がくせい", finds=("か\u3099",)),
        Bad("\u1112\u1161\u11ab글", "한글", finds=("\u1112\u1161\u11ab",)),
        Good("他们自称“χə d\u0361ʑən”"),
        Good("café、nǚ、がくせい、한글"),
        Good("Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309算是装饰"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        from unicodedata import normalize

        text = document.text
        found: list[tuple[Span, str]] = []
        for start, end in places:
            if not start > 0 or end - start > LONGEST:
                continue
            apart = text[start - 1 : end]
            composed = normalize("NFC", apart)
            # Where only the letter itself would change, its mark is not the reason.
            if len(composed) < len(apart):
                found.append((Span(start - 1, end), composed))
        for some in apart_or_together(found):
            spans = [span for span, _ in some]
            first, composed = some[0]
            yield self.finding(
                place(document, *first),
                self.say(
                    "one" if len(some) == 1 else "many",
                    text=composed,
                    count=first.end - first.start,
                    places=len(some),
                ),
                related=others(document, spans, self.say("again")),
                evidence={"count": len(some)},
                fix=Fix(
                    Safety.SAFE,
                    self.say("compose"),
                    edits(document, some),
                ),
            )
