"""Signals of growth: where a sentence may tell of one growth with three figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern

if TYPE_CHECKING:
    from kanwu import Span

TRIGGERS = (
    *("%", "％", "百分之", "倍", "翻", "percent", "per cent"),
    *(
        "增加到",
        "增至",
        "减少到",
        "减至",
        "增长到",
        "增长至",
        "提高到",
        "提升到",
        "上升到",
        "下降到",
        "跃升至",
        "涨至",
        "涨到",
        "升至",
        "降至",
    ),
)
BEHIND, AHEAD = 90, 70
GROWING = "增升降减減少跌滑涨漲幅速翻长長多落缩"
RATE = Pattern(rf"[{GROWING}][^，。；\d]{{0,6}}[0-9.,，]{{1,12}}\ ?$|[{GROWING}][^，。；]{{0,8}}$")
SIGNAL = Pattern(
    rf"""[{GROWING}加][了约約近超过达達为為有 ]{{0,4}}[0-9０-９][0-9.,，０-９]{{0,14}}+(?!\ ?[%％])
    | [从從由][^，。；]{{0,40}}[到至为為成][^，。；]{{0,12}}[0-9]
    | [比较較][^，。；]{{2,24}}的\ ?[0-9]
    | \ from\ .{{1,50}}\ to\ | [0-9a-z],?\ or\ [0-9]"""
)


def told_at(text: str, place: Span) -> bool:
    """Whether the words around a rate speak of two more figures of the same growth."""
    start = place.start
    first = text[start]
    if first in "%％倍" and not RATE.search(text, max(0, start - 24), start):
        before = text[max(0, start - 2) : start]
        if not before.isascii() or " from " not in text[max(0, start - BEHIND) : start + AHEAD]:
            latin = " or " in text[max(0, start - BEHIND) : start + AHEAD]
            if not latin:
                return False
    found = SIGNAL.search(text, max(0, start - BEHIND), min(len(text), start + AHEAD))
    return found is not None
