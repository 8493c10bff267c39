"""PUN006 wrong-ellipsis."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Rule, Runs, Safety
from kanwu.analysis.line_words import is_han
from kanwu_rules.punctuation.slips import Slip, is_chinese, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

ELLIPSIS = "……"
DOTS = frozenset("….。·・⋯")
MOST_DOTS = 6
"""Points: a longer row leads the eye through a table of contents, or is a place to write."""
SENTENCE = 40
"""Code points: a shorter line that ends in “…” may be a teaser or the label of a button."""
REACH = 200
LINE_ENDS = frozenset(("", "\n", "\r", "]", "）", ")", "】", "》"))
NO_SENTENCE = frozenset("/\\]`'\"_-")
NOT_BEFORE = frozenset("[（(【“‘「『\"'`/\\")


class WrongEllipsis(Rule):
    """An ellipsis is written with other dots than the six that Chinese writes.

    Chinese writes an ellipsis as …… in the width of two characters. Three points, three full stops,
    middle dots and a single … come from English keyboards and from haste; lines break inside them, and
    what splits text into sentences cuts at every point.

    A document with more than five such places has one finding with their number, and one fix, which is
    safe.

    **What it leaves alone.** Points that do not follow Han or a Chinese mark: in English, between
    numbers, in code and paths; an ellipsis in brackets or quotes of its own; longer rows of points, as in
    tables of contents; … and points at the end of a short line, where a title was cut or a button stands;
    …… four and six dots long, as for lines of a poem that were left out.

    **Source.** GB/T 15834—2011, 4.11.2 and 5.1.4: six dots in the place of two characters.
    """

    code = "PUN006"
    name = "wrong-ellipsis"
    safety = Safety.SAFE
    where = (Runs("…⋯", at_least=1), Literals("...", "。。。", "···", "・・・"))
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” for an ellipsis, which Chinese writes “{repaired}”",
        "many": "{count} ellipses are not written …… as in Chinese, the first is “{found}”",
        "again": "here too",
        "repair": "write ……",
    }
    examples = (
        Bad("我想想...还是算了吧。", "我想想……还是算了吧。", finds=("...",)),
        Bad("他说：“这件事。。。以后再说。”", "他说：“这件事……以后再说。”", finds=("。。。",)),
        Bad("苹果、梨、葡萄…都成熟了，大家忙着采摘。", "苹果、梨、葡萄……都成熟了，大家忙着采摘。"),
        Good("他沉默了……然后离开。"),
        Good("Wait... 数组[1...n]和../路径都不算，详见（...）。"),
        Good("第一章......12\n加载中…\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        slips = []
        done = 0
        for start, end in places:
            if start < done:
                continue
            last = end
            while text[last : last + 1] in DOTS and last < len(text):
                last += 1
            done = last
            slip = slip_at(text, start, last)
            if slip is not None:
                slips.append(slip)
        yield from tell(self, document, slips)


def slip_at(text: str, start: int, end: int) -> Slip | None:
    """The slip in a run of dots; None where it is a proper ellipsis, or none of Chinese."""
    run = text[start:end]
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    if run.startswith(ELLIPSIS) and len(run.rstrip("。")) % 2 == 0:
        return None
    if not is_chinese(before) or before in NOT_BEFORE or len(run) > MOST_DOTS:
        return None
    if after and after.isascii() and (after.isalnum() or after in NO_SENTENCE):
        return None
    if run[0] != "。" and after in LINE_ENDS and start - line_start(text, start) < SENTENCE:
        return None
    if run in ("…", "⋯"):
        if after not in LINE_ENDS and not is_chinese(after):
            return None
    elif not is_han(before) and len(set(run)) > 1:
        return None
    return Slip(start, end, ELLIPSIS)


def line_start(text: str, at: int) -> int:
    """Where the line that holds an offset begins; if that is far, an offset at some distance."""
    far = max(0, at - REACH)
    return max(far, text.rfind("\n", far, at) + 1)
