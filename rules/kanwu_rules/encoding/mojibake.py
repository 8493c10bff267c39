"""ENC004 mojibake."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from kanwu import Bad, Characters, Fix, Good, Literals, Rule, Runs, Safety, Span, edit, place
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import Pattern
from kanwu.documents.tables import read_table
from kanwu_rules.encoding.misreadings import REPLACEMENT, cost
from kanwu_rules.encoding.occurrences import apart_or_together, others
from kanwu_rules.encoding.rereadings import Rereading, replaced, rereadings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

NEAR = 4
"""So many characters around a telltale say whether it stands among likely ones."""
UNLIKELY = 8.6
"""What characters outside ASCII cost in the mean where a closer look is worth while."""
APART = 40
"""Telltales that are so far from one another are looked at apart."""
REACH = 60
"""So far around them a misread stretch may go."""
RARE = 13
SHOWN = 24

LATIN = Runs(
    "\u00d7\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u201a\u201e\u2020\u2021\u2030\u20ac\u2122",
    ranges=("\u0080\u009f", "\u00a1\u00b6", "\u00b8\u00ff"),
    at_least=2,
)
PRIVATE = Characters(ranges=("\ue000\uf8ff",))
HALF_WIDTH_KANA = Runs(ranges=("\uff61\uff9f",), at_least=2)
LOST = Runs(REPLACEMENT, at_least=2)
MARKS = Literals("锟", "烫烫烫", "屯屯屯", "锘")

SPEAKS_OF_IT = Pattern(r"(?i) 乱码 | 亂碼 | 编码 | 編碼 | 解码 | 解碼 | 字符集 | 字元集 | UTF-?8 | GBK | GB ?2312 | GB ?18030 | Big ?5 | Unicode | mojibake".replace(" ", ""), 0)


@cache
def telltales() -> Characters:
    """The characters that are frequent in misread text and rare in sound text."""
    return Characters(read_table(__file__, "telltales.toml")["characters"].replace("\n", ""))


class Damage(NamedTuple):
    """A misread stretch of a document."""

    span: Span
    reading: Rereading
    safe: bool


class Mojibake(Rule):
    """Text was read in a wrong encoding and became other characters.

    鏂伴椈 is 新闻, written in UTF-8 and read as GBK; æ–°é—» is the same read as Windows-1252.
    """

    code = "ENC004"
    name = "mojibake"
    safety = Safety.SAFE
    messages: ClassVar[Mapping[str, str]] = {
        "exact": "“{shown}” is “{text}”, {how}",
    }
    examples = (
        Bad("大会在骞垮窞举行。", "大会在广州举行。"),
    )

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.where = (telltales(), LATIN, PRIVATE, HALF_WIDTH_KANA, LOST, MARKS)

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for window in windows(document, places):
            part = document.text[slice(*window)]
            for r in rereadings(part):
                yield self.finding(place(document, window.start + r.start, window.start + r.end),
                    self.say("exact", shown=part[r.start:r.end], text=r.text, how=r.path[0].name))


def windows(document: Document, places: Sequence[Span]) -> Iterator[Span]:
    """The parts of lines that are worth a closer look."""
    text = document.text
    lines: Lines | None = None
    at = 0
    while at < len(places):
        first = last = places[at]
        at += 1
        while at < len(places) and places[at].start - last.end <= APART:
            last = places[at]
            at += 1
        if not is_unlikely(text, first.start, last.end):
            continue
        lines = lines or document.get(Lines)
        for index in range(lines.index(first.start), lines.index(last.start) + 1):
            start = max(lines.starts[index], first.start - REACH)
            yield Span(start, min(lines.ends[index], last.end + REACH))


def is_unlikely(text: str, start: int, end: int) -> bool:
    """Whether the characters of a stretch, and those next to it, are none that stand together."""
    costs = [cost(c) for c in text[max(0, start - NEAR) : end + NEAR] if c >= "\x80"]
    return sum(costs) >= UNLIKELY * len(costs)
