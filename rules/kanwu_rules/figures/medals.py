"""Medals: gold, silver and bronze, and how many they are said to be together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu_rules.figures.bounds import Bounds
from kanwu_rules.figures.figure_rule import Figure
from kanwu_rules.figures.numerals import DIGIT, read_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu import Span

NUMBER = rf"(?:[0-9]{{1,4}}(?![0-9])|[{DIGIT}十百]{{1,6}})"
PIECES = "(?:枚|块|塊|面|个)"
# 15金23银16铜, 5枚金牌、6枚银牌和6枚铜牌; and the other way round, 金牌5枚、银牌6枚.
PART = rf"(?<![0-9.,，{DIGIT}十百])(?:{NUMBER})\ ?{PIECES}?(?:金牌?|[银銀]牌?|[铜銅]牌?)"
NAMED_PART = rf"(?:金牌|[银銀]牌|[铜銅]牌)(?:{NUMBER}){PIECES}?"
SEPARATOR = r"(?:[、，,和及与\ ]|以及){0,2}"
TOGETHER = r"[，,、的）)]{0,2}\ ?(?P<together>共计|总计|合计|共計|總計|合計|总共|一共|共|共获得?|共收获)?(?:获得?|夺得?|收获|取得)?了?"
MEDALS = rf"(?P<total>{NUMBER})\ ?{PIECES}?(?:奖牌|獎牌)"
IN_ALL = Pattern(
    rf"(?P<parts>{PART}(?:{SEPARATOR}{PART}){{1,2}}|{NAMED_PART}(?:{SEPARATOR}{NAMED_PART}){{1,2}})"
    rf"{TOGETHER}(?:{MEDALS}|[，,]?(?:奖牌|獎牌)(?:总数|總數)(?:为|為|达到?|是)?(?P<sum>{NUMBER}){PIECES}|(?P<bare>{NUMBER}){PIECES}(?![金银铜銀銅]))"
)
AMONG = Pattern(
    rf"{MEDALS}[，,（(：:]{{1,2}}(?:其中|包括|即|分别是|分别为)?[：:，,]?(?P<parts>{PART}(?:{SEPARATOR}{PART}){{2}}|{NAMED_PART}(?:{SEPARATOR}{NAMED_PART}){{2}})"
)
SINGLE = Pattern(
    rf"(?P<number>{NUMBER})\ ?{PIECES}?(?P<kind>[金银铜銀銅])|(?P<named>[金银铜銀銅])牌(?P<count>{NUMBER})"
)
AHEAD, NEAR = 80, 20


class Medals(NamedTuple):
    """Some medals by kinds, and how many they are said to be."""

    total: Figure
    parts: list[Figure]
    complete: bool
    """Whether all three kinds are told."""


def medals_at(text: str, places: list[Span]) -> Iterator[Medals]:
    """The medals that are told near some places, each statement once."""
    end = seen = -1
    for place in places:
        start = max(end, 0, place.start - AHEAD)
        limit = min(len(text), place.end + AHEAD)
        if place.start < max(end, seen):
            continue
        # What stands close behind is in reach of this search too.
        seen = place.start + NEAR
        for pattern in (IN_ALL, AMONG):
            found = pattern.search(text, start, limit)
            if found is None:
                continue
            total = next(g for g in ("total", "sum", "bare") if found.groupdict().get(g))
            if total == "bare" and not found["together"]:
                continue
            parts = list(SINGLE.finditer(text, *found.span("parts")))
            kinds = {(m["kind"] or m["named"]).translate(ONE_FORM) for m in parts}
            if len(kinds) < len(parts):
                continue
            figures = [figure(m["number"] or m["count"], *m.span()) for m in parts]
            yield Medals(figure(found[total], *found.span(total)), figures, len(kinds) == 3)
            end = found.end()
            break


ONE_FORM = str.maketrans("銀銅", "银铜")


def figure(written: str, start: int, end: int) -> Figure:
    """The figure of a number of medals."""
    if written.isascii():
        value = Decimal(written)
    else:
        read = read_chinese(written)
        value = read.value if read else Decimal(-1)
    return Figure(start, end, Bounds(value, value))
