"""ENC006 private-use-character."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Rule, Runs, Safety, Span, place, read_table
from kanwu_rules.encoding.mentions import Mentions
from kanwu_rules.encoding.misread import Misread
from kanwu_rules.encoding.occurrences import apart_or_together, edits, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

SAMPLE = 4000
"""So many code points tell whether a text is in traditional characters."""
ROW = 157
"""Characters in a row of Big5: trail bytes 0x40 to 0x7E and 0xA1 to 0xFE."""
FIRST_GBK, LAST_GBK = 0xE815, 0xE864
MARKS_BEFORE = " \t\u3000\u00a0"


class PrivateUseCharacter(Rule):
    """A character stands here that every font draws in its own way, or not at all.

    The private use areas of Unicode have no characters: programs and fonts give them meanings of
    their own. In Chinese texts they are leftovers of old encodings (GBK, Big5 of Hong Kong), bullets of
    a word processor, and icons of a web page's font. Elsewhere they are empty boxes, and no search or
    model knows them.

    Where a known old encoding or font has a character at the place, the fix writes it: in traditional
    texts that of Hong Kong's supplement to Big5, in others that of GB 18030, at the beginning of a line
    a bullet of Symbol or Wingdings. It is unsafe, since the text does not say which of them it was. For
    other characters there is none: look at the source. A document with more than five places has one
    finding.

    **What it leaves alone.** Private use characters alone in quotation marks or brackets, or in a
    passage about fonts and codes; text whose bytes were misread (ENC004); and Markdown code.

    **Source.** Unicode Standard, chapter 23.5 (private-use characters); GB 18030-2022; HKSCS-2008 and
    the user-defined areas of code page 950; the encodings of the fonts Symbol and Wingdings.
    """

    code = "ENC006"
    name = "private-use-character"
    safety = Safety.UNSAFE
    where = (
        Runs(
            ranges=("\ue000\uf8ff", "\U000f0000\U000ffffd", "\U00100000\U0010fffd"),
            at_least=1,
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "known": "private use character {points}, in old encodings and fonts “{text}”",
        "known-many": "{count} places hold private use characters, the first {points}, in old encodings and "
        "fonts “{text}”",
        "unknown": "private use character {points}: only the font that it was written with knows what it "
        "is; look at the source",
        "unknown-many": "{count} places hold private use characters, the first {points}: only the font "
        "that they were written with knows what they are",
        "again": "here too",
        "replace": "write the character of Unicode",
    }
    examples = (
        Bad("\ue5e5\ue5e5本报讯", "\u3000\u3000本报讯", finds=("\ue5e5\ue5e5",)),
        Bad("\uf0d8 第一条\n\uf0b7 第二条", "➢ 第一条\n• 第二条", finds=("\uf0d8", "\uf0b7")),
        Bad("佢哋係我\uecd1朋友，嚟香港讀書。", "佢哋係我嘅朋友，嚟香港讀書。"),
        Bad("点击\ue601下载", finds=("\ue601",)),
        Good("图标字体里的“\ue601”是一个箭头。"),
        Good("U+E000 是第一个私用字符的码位：\ue000"),
        Good("➢ 第一条"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        known: list[tuple[Span, str]] = []
        unknown: list[Span] = []
        traditional = is_traditional(text)
        mentions, misread = Mentions(text), Misread(text)
        for span in places:
            if mentions.has(span) or misread.has(span):
                continue
            at_start = text[max(0, span.start - 8) : span.start].rstrip(MARKS_BEFORE)[-1:] in "\n\r"
            meant = "".join(
                meaning(c, traditional=traditional, at_start=at_start)
                for c in text[span.start : min(span.end, span.start + SAMPLE)]
            )
            if len(meant) == span.end - span.start:
                known.append((span, meant))
            else:
                unknown.append(span)
        for some in apart_or_together(known):
            yield self._known(document, some)
        for spans in apart_or_together(unknown):
            yield self.finding(
                place(document, *spans[0]),
                self.say(
                    "unknown" if len(spans) == 1 else "unknown-many",
                    count=len(spans),
                    points=code_points(text[slice(*spans[0])]),
                ),
                related=others(document, spans, self.say("again")),
                evidence={"count": len(spans)},
            )

    def _known(self, document: Document, some: Sequence[tuple[Span, str]]) -> Finding:
        spans = [span for span, _ in some]
        return self.finding(
            place(document, *spans[0]),
            self.say(
                "known" if len(some) == 1 else "known-many",
                count=len(some),
                points=code_points(document.text[slice(*spans[0])]),
                text=some[0][1],
            ),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(some)},
            fix=Fix(
                Safety.UNSAFE,
                self.say("replace"),
                edits(document, some),
            ),
        )


def is_traditional(text: str) -> bool:
    """Whether more of a text's beginning can be written in Big5 than in GB 2312."""
    sample = text[:SAMPLE]
    return len(sample.encode("big5", "ignore")) > len(sample.encode("gb2312", "ignore"))


def meaning(character: str, *, traditional: bool, at_start: bool) -> str:
    """What a private use character stands for, or nothing."""
    bullets, symbol, gb18030 = tables()
    if at_start and character in bullets:
        return bullets[character]
    if character in symbol:
        return symbol[character]
    if traditional:
        return of_big5(ord(character))
    return gb18030.get(character) or of_gbk(ord(character))


def of_gbk(point: int) -> str:
    """The character at the place of GBK that a code point was given to: rows FE50 to FEA0."""
    if not FIRST_GBK <= point <= LAST_GBK:
        return ""
    trail = 0x50 + point - FIRST_GBK
    return public(bytes([0xFE, trail + (trail >= 0x7F)]), "gb18030")


def of_big5(point: int) -> str:
    """The character of Hong Kong's supplement at the user-defined place of Big5."""
    for first, last, lead, column in (
        (0xE000, 0xE310, 0xFA, 0),
        (0xE311, 0xEEB7, 0x8E, 0),
        (0xEEB8, 0xF6B0, 0x81, 0),
        (0xF6B1, 0xF848, 0xC6, 63),
    ):
        if first <= point <= last:
            row, place_ = divmod(point - first + column, ROW)
            trail = 0x40 + place_ if place_ < 63 else 0xA1 + place_ - 63
            return public(bytes([lead + row, trail]), "big5hkscs")
    return ""


def public(data: bytes, codec: str) -> str:
    """The one character that bytes stand for, or nothing if it is for private use too."""
    text = data.decode(codec, "ignore")
    return text if len(text) == 1 and not "\ue000" <= text <= "\uf8ff" else ""


@cache
def tables() -> tuple[Mapping[str, str], ...]:
    """The bullets, the signs of Symbol, and the characters of GB 18030."""
    data = read_table(__file__, "private_use_character.toml")
    found = []
    for key in ("bullets", "symbol", "gb18030"):
        points = [chr(int(point, 16)) for point in data[key].split()]
        found.append(dict(zip(points[::2], points[1::2], strict=True)))
    return tuple(found)


def code_points(run: str) -> str:
    """The first characters of a run: `U+E5E5 U+E5E5`."""
    return " ".join(f"U+{ord(c):04X}" for c in run[:4]) + (" …" if len(run) > 4 else "")
