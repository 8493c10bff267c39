"""PUN012 wrong-middle-dot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Between, CharacterClass, Good, Pattern, Rule, Safety, Span, read_table
from kanwu.analysis.languages import KANA
from kanwu.analysis.lines import Lines
from kanwu_rules.punctuation.slips import Slip, tell
from kanwu_rules.script.passages import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

DOT = "·"
# U+2027, the dot of Big5, is right in traditional texts.
OF_BIG5 = "‧"
ROUND = "•・･∙⋅⸱ᐧ‧"
POINTS = ".．"
WRONG = ROUND + POINTS
HAN = CharacterClass(ranges=("一龥",))
OTHER_POINT = Pattern(r"(?<= [一-龥] ) [.．]")
LONGEST_NAME = 6
SHORTEST_NAME = 2
SAFETIES = tuple(Safety)


class WrongMiddleDot(Rule):
    """The dot between the parts of a name or a title is not the middle dot · of Chinese.

    Chinese parts a foreign name, a title or a date such as 一二·九 by U+00B7. A bullet •, a Japanese dot ・
    or a point looks nearly alike and comes from other keyboards and fonts, but no search for the name finds
    it, and at a point programs cut the sentence.

    A document with more than five such dots has one finding with their number, and one fix. It is safe
    for round dots, which mean the same, and unsafe for points, which may end a sentence. In a traditional
    text without any U+00B7 it is a suggestion: Taiwan has a dot of its own, U+2027.

    **What it leaves alone.** Round dots that do not stand between two Han: bullets of lists, dots in
    formulas and in English; points, unless both sides are written in the characters of foreign names and
    no other point follows Han in the line; U+2027, the dot of Big5, except in a document that writes U+00B7
    as often or more; lines of Japanese.

    **Source.** GB/T 15834—2011, 4.14, on the mark of separation. The characters of foreign names are in
    `wrong_middle_dot.toml`.
    """

    code = "PUN012"
    name = "wrong-middle-dot"
    safety = Safety.SAFE
    where = (Between(WRONG, before=HAN, behind=HAN),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” for the middle dot, which Chinese writes “{repaired}” (U+00B7)",
        "many": "{count} middle dots are not written “{repaired}” (U+00B7), the first is “{found}”",
        "again": "here too",
        "repair": "write ·",
    }
    examples = (
        Bad("作者是蕾切尔•卡森。", "作者是蕾切尔·卡森。", ("•",)),
        Bad("画家保拉・莫德松住在那里。", "画家保拉·莫德松住在那里。", ("・",)),
        Bad("园艺师查尔斯.布里奇曼到了。", "园艺师查尔斯·布里奇曼到了。", (".",)),
        Good("作者是蕾切尔·卡森。他参加过一二·九运动，看过《寻古中国·吴越记》。"),
        Good("比赛结束了.青少年都很高兴.文集.中译版."),
        Good("• 第一项\n•第二项\n・第三项"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines = document.get(Lines)
        dots = text.count(DOT)
        big5 = text.count(OF_BIG5) > dots
        sure = Safety.SAFE if dots or not is_traditional(text) else Safety.SHOWN
        slips = []
        judged, skipped, pointed = -1, False, False
        for at, end in places:
            mark = text[at]
            if mark == OF_BIG5 and big5:
                continue
            line = lines.index(at)
            if line != judged:
                judged = line
                skipped = KANA.search(lines[line].replace("・", "")) is not None
                pointed = len(OTHER_POINT.compiled.findall(lines[line])) > 1
            if skipped:
                continue
            if mark not in POINTS:
                slips.append(Slip(at, end, DOT, sure))
            elif not pointed and is_in_name(text, at):
                slips.append(Slip(at, end, DOT, max(sure, Safety.UNSAFE, key=SAFETIES.index)))
        yield from tell(self, document, slips)


@cache
def names() -> tuple[Pattern, Pattern]:
    """Patterns for part of a foreign name before and after an offset."""
    characters = "".join(read_table(__file__, "wrong_middle_dot.toml")["transliteration"].split())
    part = f"[{characters}]{{{SHORTEST_NAME},{LONGEST_NAME}}}"
    return Pattern(f"{part} \\Z"), Pattern(part)


def is_in_name(text: str, at: int) -> bool:
    """Whether a point stands between two parts of a foreign name."""
    before, after = names()
    return (
        before.search(text, max(0, at - LONGEST_NAME), at) is not None
        and after.match(text, at + 1) is not None
    )
