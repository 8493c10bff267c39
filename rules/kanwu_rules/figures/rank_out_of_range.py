"""FIG008 rank-out-of-range."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Pattern
from kanwu_rules.figures.bounds import Bounds
from kanwu_rules.figures.figure_rule import Figure, FigureRule
from kanwu_rules.figures.numerals import DIGIT, MYRIAD, POWER, read_arabic, read_chinese, read_mixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

NUMBER = rf"(?:[0-9][0-9,，]{{0,9}}[{MYRIAD}]?|[{DIGIT}{POWER}]{{1,6}})"
# 在10个国家中排名第12; 全省13个地市中列第15. With 多 or 余 the number is open above.
AMONG = Pattern(
    rf"(?<![0-9.{DIGIT}{POWER}{MYRIAD}前第])(?P<all>{NUMBER})(?:个|個|家|支|所|名|位|座|国|只|款|部)(?:参[赛评加]|參[賽評加]|主要)?的?[^，。；：、（(\d多余餘]{{0,14}}"
    r"(?:中|里|当中|之中|裡)，?[^，。；：\d]{0,14}$"
)
RANKED = Pattern(rf"第(?P<rank>{NUMBER})(?:位|名)?(?![{DIGIT}{POWER}0-9个個届次季年月天期])")
ENGLISH = Pattern(
    r"(?<![0-9.,])(?P<rank>[0-9]{1,5})(?:st|nd|rd|th)\ (?:place\ )?(?:among|out\ of)\ (?:the\ |all\ )?(?P<all>[0-9]{1,5})\ (?=[a-z])"
)
WORDS = ("排名第", "排在第", "位列第", "位居第", "名列第", "排第", "列第", "居第", "排行第")
BEHIND = 44
# Several contests, in each of which the rank was reached; the field is not named.
MEASURES = Pattern(r"均|都|各|分别|项|比赛|赛事|年|月|指标|榜单|联赛|次")


class RankOutOfRange(FigureRule):
    """A rank is beyond the number of those ranked: 在10个国家中排名第12位.

    Among ten there is no twelfth: the rank or the number is wrong.

    **What it leaves alone.** Numbers with 多, 余 or 约, which leave open how many are ranked; ranks whose
    field is not named in the same clause.

    **Source.** Arithmetic.
    """

    code = "FIG008"
    name = "rank-out-of-range"
    where = (Literals(*WORDS, "th among", "st among", "nd among", "rd among", "th out of"),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "beyond": "“{rank}” cannot be among “{all}”; one of the two numbers is wrong",
    }
    examples = (
        Bad("我国在10个国家中排名第12位。", finds=("第12位",)),
        Bad("该市在全省十三个地市中名列第十五。", finds=("第十五",)),
        Bad("It ranks 12th among 10 countries.", finds=("12",)),
        Good("我国在132个经济体中排名第12位。"),
        Good("该市在全省十余个地市中名列第十五。"),
        Good("在三项比赛中均列第五名，一年中排名第3。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        done = -1
        for start, end in places:
            if start < done:
                continue
            if text[start] in "sntr":
                found = ENGLISH.search(text, max(0, start - 6), end + 24)
                if found:
                    yield from self._ranked(
                        document, found["rank"], found.span("rank"), found["all"], found.span("all")
                    )
                continue
            field = AMONG.search(text, max(0, start - BEHIND), end - 1)
            ranked = RANKED.match(text, end - 1) if field else None
            if field is None or ranked is None or MEASURES.search(field[0]):
                continue
            done = ranked.end()
            yield from self._ranked(
                document, ranked["rank"], ranked.span(), field["all"], field.span("all")
            )

    def _ranked(
        self,
        document: Document,
        rank: str,
        rank_at: tuple[int, int],
        field: str,
        field_at: tuple[int, int],
    ) -> Iterator[Finding]:
        place, number = value(rank), value(field)
        if place is None or number is None or place <= number:
            return
        text = document.text
        yield self.contradiction(
            document,
            self.say("beyond", rank=text[slice(*rank_at)], all=text[slice(*field_at)]),
            [
                Figure(*rank_at, Bounds(place, place)),
                Figure(*field_at, Bounds(number, number)),
            ],
            reason="the rank is said to be one among that many",
            expected=Bounds(Decimal(1), number),
        )


def value(written: str) -> Decimal | None:
    """The value of a number as it is written."""
    if not written[0].isdecimal():
        read = read_chinese(written)
    elif written[-1].isdecimal():
        read = read_arabic(written)
    else:
        read = read_mixed(written)
    return read.value if read else None
