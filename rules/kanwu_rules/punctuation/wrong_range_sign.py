"""PUN011 wrong-range-sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Between, CharacterClass, Good, Matches, Option, Pattern, Rule, Safety
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

WAVES = "~∼〜˜∽"
STROKES = "－―─–−"
WRONG = ("-", *WAVES, *STROKES)
RIGHT = frozenset("—～")
# What the two numbers count or measure, a percent sign or a degree. No 号, 楼 or 室: 3-5号 is an address.
UNIT = (
    "%％‰℃°年月日天时時分秒周週岁歲级級度倍个個名人位次种種条條枚只隻头頭家台辆輛艘架层層章节節页頁代世"
    "元万萬亿億米厘毫公千克斤吨噸里平升小英海微纳納平亩畝株片朵粒颗顆对對届屆期课課"
)
DIGITS = ("09",)
OF_FIRST = "年月日天时岁级米元人个%％℃"
# A sign between two numbers that may be the ends of a range. Where none is wrong the right ones need not be
# counted.
RANGES = Matches(
    Pattern(rf"""
        [-{WAVES}{STROKES}—～] (?= [0-9] ) (?<= [0-9{OF_FIRST}] . )
        (?<! [0-9]{{5}} . ) (?! [0-9.,]{{1,12}} [-/~:] ) (?= [0-9.,]{{1,12}} [多余]? [{UNIT}] )
    """),
    Between(
        f"-{WAVES}{STROKES}",
        before=CharacterClass(OF_FIRST, ranges=DIGITS),
        behind=CharacterClass(ranges=DIGITS),
    ),
)
FIRST = Pattern(r"(?<! [0-9A-Za-z./:_-] ) ( [0-9]{1,6} (?: \. [0-9]{1,3} )? ) ( [^0-9.] ? ) \Z")
SECOND = Pattern(r"( [0-9]{1,6} (?: \. [0-9]{1,3} )? ) (?! [0-9.] ) [多余]? (.)")
SEASON = Pattern(r"[12][0-9]{3}")
REACH = 12


class WrongRangeSign(Rule):
    """The two ends of a range are joined by a sign that Chinese does not join them with.

    Chinese writes 15—20天 or 15～20天. A half-width ~, the sign of similarity ∼, a full-width hyphen, a
    stroke meant for drawing tables and an English dash come from keyboards and from fonts that had no
    better one; they break off at the end of a line, and no search for 15—20 finds them.

    A wave becomes ～ and a stroke —, whatever the document writes elsewhere: both are right, and the fix is
    safe.

    A half-width hyphen, 15-20天, is so common that a document may write it throughout; it is found where
    the document joins more ranges with — or ～. `hyphen` makes it stricter, or allows it.

    **What it leaves alone.** Whatever may be no range: a first number that is not the smaller one, no unit
    or measure word behind the second; telephone numbers, addresses (3-5号), dates (2020-11-15), scores
    (3-2), seasons (1988-89赛季), names of products and versions, negative numbers, formulas; ranges with
    spaces around the sign; English.

    **Source.** GB/T 15834—2011, 4.13: — and ～ join the ends of a range, a short stroke the parts of
    numbers, names and dates.
    """

    code = "PUN011"
    name = "wrong-range-sign"
    safety = Safety.SAFE
    where = (RANGES,)
    hyphen = Option(
        "exception",
        "whether a half-width hyphen may join a range: wrong, allowed, or wrong as an exception, where "
        "the document joins more ranges with — or ～",
        choices=("exception", "wrong", "allowed"),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” for the range {repaired}, which Chinese joins with — or ～",
        "many": "{count} ranges are not joined with — or ～ as in Chinese, the first is “{found}”",
        "again": "here too",
        "repair": "write — or ～",
    }
    examples = (
        Bad("花期5~6月，果期7∼9月。", "花期5～6月，果期7～9月。", ("5~6", "7∼9")),
        Bad(
            "长约30－42厘米，于13日－15日举行。",
            "长约30—42厘米，于13日—15日举行。",
            ("30－42", "13日－15"),
        ),
        Bad(
            "气温20—25℃，风力3—4级，持续5-7天。",
            "气温20—25℃，风力3—4级，持续5—7天。",
            ("5-7",),
        ),
        Good("气温20—25℃，风力3～4级，出现在1984—1990年。"),
        Good("电话020-38888888，日期2020-11-15，以1-2落败，住在3-5号，乘波音737-800客机。"),
        Good("需要20-60分钟，或者5-7天。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        hyphens: list[Slip] = []
        others: list[Slip] = []
        right = 0
        for at, end in places:
            span = range_around(text, at)
            if span is None:
                continue
            sign = text[at]
            if sign in RIGHT:
                right += 1
                continue
            written = text[span[0] : at] + ("～" if sign in WAVES else "—") + text[end : span[1]]
            (hyphens if sign == "-" else others).append(Slip(*span, written))
        if self.hyphen == "wrong" or (self.hyphen == "exception" and len(hyphens) < right):
            others = sorted(others + hyphens)
        yield from tell(self, document, others)


def range_around(text: str, at: int) -> tuple[int, int] | None:
    """The span of the range, from its first number to its second, that a sign joins; None if it joins none."""
    before = FIRST.search(text, max(0, at - REACH), at)
    after = SECOND.match(text, at + 1)
    if before is None or after is None:
        return None
    low, high = before[1], after[1]
    if before[2] and before[2] != after[2]:
        return None
    if float(low) >= float(high) and not (SEASON.fullmatch(low) and after[2] == "代"):
        return None
    return before.start(1), after.end(1)
