"""PUN007 wrong-dash."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Rule, Safety
from kanwu_rules.punctuation.slips import Slip, is_chinese, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

DASH = "——"
PAIRS = ("--", "－－", "――", "──", "––", "−−", "— —", "ーー")
STROKES = frozenset("-－―─–−—ー")
PAUSES = frozenset("，。、；：！？）")
OPENING = frozenset("（“‘「『《〈【")


class WrongDash(Rule):
    """A dash is written with other strokes than the two that Chinese writes.

    Chinese writes a dash as —— in the width of two characters. Two hyphens, two full-width hyphens, two
    bars U+2015, two strokes U+2500 that are meant for drawing tables, and two halves with a space between
    stand for it where a keyboard or a font had no better one. Lines break inside them, and no search for
    the dash finds them.

    A document with more than five such places has one finding with their number, and one fix, which is
    safe.

    **What it leaves alone.** Whatever has no Han or Chinese mark on both sides: options of commands such
    as --help, decrements, comments, tables, rules between paragraphs, English dashes; what follows an
    opening bracket or quote. Longer rows of
    strokes, and a single stroke: between two places, names or dates it is a hyphen, and right.

    **Source.** GB/T 15834—2011, 4.10 and 5.1.4: a dash takes the place of two characters; 4.13 on hyphens.
    """

    code = "PUN007"
    name = "wrong-dash"
    safety = Safety.SAFE
    where = (Literals(*PAIRS),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” for a dash, which Chinese writes “{repaired}”",
        "many": "{count} dashes are not written —— as in Chinese, the first is “{found}”",
        "again": "here too",
        "repair": "write ——",
    }
    examples = (
        Bad("广州--千年商都--向世界敞开大门。", "广州——千年商都——向世界敞开大门。", ("--", "--")),
        Bad("他只有一个愿望――回家。", "他只有一个愿望——回家。", finds=("――",)),
        Bad("副题：“归海”现象── 一份调查", "副题：“归海”现象—— 一份调查", finds=("──",)),
        Good("使用--help选项，或者看 a-- 的值。"),
        Good("12月18日—19日，北京—上海高速列车——复兴号——开通。"),
        Good("├──目录\n-----\n中文\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        slips = []
        for start, end in places:
            before, after = (
                text[start - 1 : start] if start else "",
                text[end : end + 2].lstrip(" ")[:1],
            )
            if before in STROKES or text[end : end + 1] in STROKES:
                continue
            if (
                is_chinese(before)
                and before not in OPENING
                and is_chinese(after)
                and after not in PAUSES
            ):
                slips.append(Slip(start, end, DASH))
        yield from tell(self, document, slips)
