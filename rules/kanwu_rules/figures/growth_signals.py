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
# The first characters of the words for 到.
WAYS = frozenset("增减提上下升降涨跃")
BEHIND, AHEAD = 80, 50
GROWING = "增升降减減少跌滑涨漲幅速翻长長多落缩加"
GROWS = frozenset(GROWING)
DIGITS = r"[0-9０-９][0-9.,０-９．，]{0,14}+"
NO_RATE = r"(?!\ ?[%％]|[个個]?百分[点點])"
MOVED = rf"[{GROWING}][了约約近超过達达到為为有\ ]{{0,4}}{DIGITS}{NO_RATE}"
# What ends before the mark that parts it from the rate: 增加15.80亿人次.
DELTA = Pattern(rf"{MOVED}[^，。；%％\d]{{0,12}}$")
FROM_TO = Pattern(
    rf"[从從由自][^，。；]{{1,40}}[到至为為成][^，。；]{{0,12}}{DIGITS}[^，。；%％\d]{{0,16}}[，,（(]?[^，。；\d]{{0,16}}$"
)
OF_BASE = Pattern(rf"[比较較与與][^，。；]{{2,16}}的\ ?{DIGITS}[^，。；%％\d]{{0,24}}$")
SINCE_LAST_YEAR = Pattern(
    rf"(?:[去上]|(?:19|20)[0-9]{{2}})年[^。；]{{0,24}}{DIGITS}[^。；%％]{{0,16}}[。；，,;](?:而|到了?|至)?(?:今|(?:19|20)[0-9]{{2}})年[^。；%％]{{0,24}}$"
)
ENGLISH_FROM_TO = Pattern(r"\ from\ .{1,40}\ to\ [^;]{1,40},\ [^;0-9]{1,30}$")
AFTER = Pattern(rf"[%％][，,、（(][^，。；\d%％]{{0,16}}{MOVED} | (?:\ percent|%),?\ or\ [0-9]")
# Behind 到 or 至, where no rate is told but by how much.
BY = Pattern(rf"[^，。；]{{0,12}}{DIGITS}[^，。；%％\d]{{0,12}}[，,（(][^，。；\d]{{0,8}}{MOVED}")
NUMBER_BEFORE = Pattern(r"[0-9０-９.．,，\ 一二三四五六七八九十两点]{1,14}$")


def told_at(text: str, place: Span) -> bool:
    """Whether the words around a rate speak of two more figures of the same growth."""
    start, end = place
    sign = start
    first = text[start]
    if first in WAYS:
        stretch = text[max(0, start - 40) : start]
        if not any(word in stretch for word in "从從由"):
            return False
        return BY.match(text, end) is not None
    floor = max(0, start - BEHIND)
    if first in "%％倍p":
        number = NUMBER_BEFORE.search(text, max(0, start - 16), start)
        if number is None:
            return False
        start = number.start() + (text[number.start()] == " ")
    words = text[max(0, start - 10) : start]
    if GROWS.isdisjoint(words) and not words.isascii():
        return False
    if first in "%％p" and AFTER.match(text, sign - (first == "p"), sign + AHEAD):
        return True
    return told_before(text[floor:start])


def told_before(stretch: str) -> bool:
    """Whether the words that end at the number of a rate tell another figure of the growth."""
    cut = max(map(stretch.rfind, "，、（(,"))
    if cut > 0 and DELTA.search(stretch, max(0, cut - 34), cut):
        return True
    if "的" in stretch and OF_BASE.search(stretch):
        return True
    if any(word in stretch for word in "从從由自") and FROM_TO.search(stretch):
        return True
    if "年" in stretch and SINCE_LAST_YEAR.search(stretch):
        return True
    if " from " in stretch:
        return ENGLISH_FROM_TO.search(stretch) is not None
    return stretch.endswith((" or ", ", or"))
