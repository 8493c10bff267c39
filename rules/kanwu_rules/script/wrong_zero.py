"""SCR003 wrong-zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Good, Literals, Pattern, Rule, Safety
from kanwu_rules.punctuation.slips import Slip, tell
from kanwu_rules.script.passages import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

NUMERALS = "一二三四五六七八九"
CIRCLES = "○◯"
KEYS = "O0"
TO_ZERO = str.maketrans(dict.fromkeys(CIRCLES + KEYS, "〇"))
NUMBER = Pattern(rf"""
    (?<! [0-9A-Za-z〇零十百千{NUMERALS}{CIRCLES}{KEYS}] )
    [{NUMERALS}] [{NUMERALS}〇{CIRCLES}{KEYS}]{{1,8}}
    (?! [0-9A-Za-z零十百千] )
""")
KEY = Pattern(f"[{KEYS}]")
COUNTED = frozenset("年条章号")
YEAR = 4
"""Numerals of a year."""
REACH = 8


class WrongZero(Rule):
    """A circle, a letter O or a digit 0 stands for the numeral 〇.

    二〇二〇年 is written with U+3007. The circle ○ is a sign for drawing, and O and 0 come from keyboards on
    which 〇 is hard to find; no search finds the year, and no program reads it.

    A document with more than five such numbers has one finding, and one fix, which is safe.

    **What it leaves alone.** Circles that stand for a name or for anything else that was left out (张○○,
    ○○公司), in lists and in tables; a letter or a digit in anything but a year of four numerals; circles in
    traditional texts, where they are usual, since Big5 long had no 〇; 零, which is a character of its own.

    **Source.** GB/T 15835—2011, 5.2.2, on 〇 in numbers that are written digit by digit.
    """

    code = "SCR003"
    name = "wrong-zero"
    safety = Safety.SAFE
    where = (Characters(CIRCLES), Literals(*(n + key for n in NUMERALS for key in KEYS)))
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” for “{repaired}”, whose zero is 〇 (U+3007)",
        "many": "{count} numbers are not written with 〇 (U+3007), the first is “{found}”",
        "again": "here too",
        "repair": "write 〇",
    }
    examples = (
        Bad("二○二○年，他来到这里。", "二〇二〇年，他来到这里。", ("二○二○",)),
        Bad(
            "国发〔一九八○〕三十号，一九八○年发。",
            "国发〔一九八〇〕三十号，一九八〇年发。",
            ("一九八○", "一九八○"),
        ),
        Bad("二OO八年到二0二0年之间。", "二〇〇八年到二〇二〇年之间。", ("二OO八", "二0二0")),
        Good("二〇二〇年和二零二一年，张○○在○○公司工作。"),
        Good("民國一○一年，這裡還沒有學校，他們說起這個就笑。"),
        Good("A组一0比二，编号二0三，二O型血。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        traditional = is_traditional(text)
        slips: list[Slip] = []
        for at, _ in places:
            if slips and at < slips[-1].end:
                continue
            if traditional and text[at] in CIRCLES:
                continue
            for match in NUMBER.finditer(text, max(0, at - REACH), at + 1 + REACH):
                start, end = match.span()
                if start <= at < end and is_number(text, start, end):
                    slips.append(Slip(start, end, match[0].translate(TO_ZERO)))
        yield from tell(self, document, slips)


def is_number(text: str, start: int, end: int) -> bool:
    """Whether numerals with a doubtful zero among them are a number written digit by digit."""
    size, after = end - start, text[end : end + 1]
    if KEY.search(text, start, end):
        return size == YEAR and after == "年"
    return size > 2 or after in COUNTED
