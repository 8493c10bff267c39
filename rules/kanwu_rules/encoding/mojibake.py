"""ENC004 mojibake."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu import Bad, Characters, Fix, Good, Literals, Rule, Runs, Safety, edit, place
from kanwu.documents.tables import read_table
from kanwu_rules.encoding.misread_passages import BYTE_ORDER_MARK, Passage, passages
from kanwu_rules.encoding.misreadings import REPLACEMENT
from kanwu_rules.encoding.occurrences import apart_or_together, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu.engine.finding import Message
    from kanwu_rules.encoding.rereadings import Rereading

SHOWN = 20
"""Code points of a passage that a message quotes."""

# Letters of Windows-1252 beyond ASCII, without the signs that Chinese text has too.
LATIN = Runs(
    "\u00d7\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u201a\u201e\u2020\u2021\u2030\u20ac\u2122",
    ranges=("\u0080\u009f", "\u00a1\u00b6", "\u00b8\u00ff"),
    at_least=2,
)
NO_TEXT = Runs(REPLACEMENT, ranges=("\ue000\uf8ff",), at_least=1)
HALF_WIDTH_KANA = Runs(ranges=("\uff61\uff9f",), at_least=1)
REMAINS = Literals("锟", "烫烫烫烫", "屯屯屯")


@cache
def telltales() -> Characters:
    """Characters that are frequent in misread text and rare in sound text."""
    return Characters(read_table(__file__, "telltales.toml")["characters"].replace("\n", ""))


class Mojibake(Rule):
    """Text was read in a wrong encoding and turned into other characters.

    新闻 that was written in UTF-8 and is read as GBK becomes 鏂伴椈, read as Windows-1252 it becomes
    æ–°é—»; written in GBK and read as Windows-1252 it becomes ÐÂÎÅ. Whoever opened, pasted or
    imported the text did not notice, and everything after him took the characters for text. Most of it
    can be undone: the characters are turned back into bytes, and these are read as what they were.

    Found are whole documents, paragraphs and short passages inside good text: UTF-8 read as GBK (also
    as GB 18030 and as browsers and Windows read it), Big5, Shift-JIS, Latin-1 and Windows-1252, GBK read
    as Big5 and the Latin ones, Big5 read as GBK and the Latin ones, UTF-16 read as GBK, and what was
    misread twice. A reading is believed only where it makes the text much likelier as Chinese. The
    finding names it, and by how much (`gain`, in natural logarithms of probability).

    The fix is safe where every byte is still there, nothing damaged is left beside the passage and no other
    reading comes near. Otherwise it is unsafe: the message says how many characters are lost, each of
    which the repaired text shows as U+FFFD, or that the passage's limits are in doubt. 锟斤拷, 烫烫烫烫
    and 屯屯屯, and passages of which next to nothing is left, have no fix: the text has to be fetched
    again.

    **What it leaves alone.** Rare characters, names, classical and dialect text, both scripts, Japanese and
    Korean, words with accents: none of them reads better in another encoding. Single misread
    characters, which nothing tells from rare ones. The character 锟 in names, and hot food
    (“烫烫烫！”). Lines that speak of encodings and show what goes wrong with them.

    **Source.** WHATWG Encoding Standard (GBK, GB 18030, Big5, Shift-JIS and windows-1252 decoders).
    The characters that it looks out for are derived from the wrong readings themselves, and the
    frequencies of characters are those by which the encoding of a file is told.
    """

    code = "ENC004"
    name = "mojibake"
    safety = Safety.SAFE
    messages: ClassVar[Mapping[str, str]] = {
        "exact": "“{shown}” is “{meant}”, {how}; every byte of it is still there",
        "doubtful": "“{shown}” is probably “{meant}”, {how}; where it begins and ends, or how it was "
        "read, is not beyond doubt: compare it with its source",
        "lossy": "“{shown}” is “{meant}”, {how}; {lost} of {count} characters are lost, fetch the "
        "passage again from its source if you can",
        "many": "{places} passages are {how}, the first of them “{shown}”, which is “{meant}”; "
        "{lost} of {count} characters are lost",
        "replaced": "“{shown}” is what remains of Chinese text whose bytes were replaced when it was "
        "read as UTF-8; it cannot be repaired, fetch it again from its source",
        "memory": "“{shown}” is unused memory of a program, read as GBK; it is no text, remove it or fetch "
        "the passage again from its source",
        "heavy": "the characters of this passage were read in a wrong encoding, and most of its bytes "
        "are lost; fetch it again from its source",
        "again": "here too",
        "misread": "{written} read as {read}",
        "misread-twice": "{written} read as {read}, twice",
        "misread-again": "{before}, then {after}",
        "repair": "read the passage as it was written",
        "repair-lossy": "read the passage as it was written, with U+FFFD for each lost character",
    }
    examples = (
        Bad("大会在骞垮窞举行。", "大会在广州举行。", finds=("骞垮窞",)),
        Bad("鏂伴椈", "新闻", finds=("鏂伴椈",)),
        Bad("é€šçŸ¥ï¼šä¼šè®®å·²ç»\x8få\x8f–æ¶ˆã€‚", "通知：会议已经取消。"),
        Bad("ÐÂÎÅ·¢²¼»á", "新闻发布会", finds=("ÐÂÎÅ·¢²¼»á",)),
        Bad("此处原文锟斤拷锟斤拷锟斤拷，请核对。", None, finds=("锟斤拷锟斤拷锟斤拷",)),
        Good("张锟和李锟斤在会上发言。"),
        Good("网页上的“锟斤拷”是一种乱码。"),
        Good("她端起碗，连说“烫烫烫！”"),
        Good("饕餮、魑魅魍魉、氍毹、龃龉、彳亍，都是生僻字。"),
        Good("Les élèves naïfs préfèrent où ça gêne, à Noël."),
    )

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.where = (telltales(), LATIN, NO_TEXT, HALF_WIDTH_KANA, REMAINS)

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        found = list(passages(document, places))
        for exact in (True, False):
            read = [(p, p.reading) for p in found if p.reading and p.exact == exact]
            for several in apart_or_together(read):
                yield self._readable(document, several, exact=exact)
        for unreadable in apart_or_together([p for p in found if not p.reading]):
            yield self._unreadable(document, unreadable)

    def _readable(
        self, document: Document, several: Sequence[tuple[Passage, Rereading]], *, exact: bool
    ) -> Finding:
        spans = [passage.span for passage, _ in several]
        first = several[0][1]
        how = self._described(first)
        lost = sum(reading.lost for _, reading in several)
        count = sum(len(reading.text) for _, reading in several)
        kind = "many" if len(several) > 1 else "lossy" if lost else "exact" if exact else "doubtful"
        edits = (
            edit(document, *passage.span, reading.text.removeprefix(BYTE_ORDER_MARK))
            for passage, reading in several
        )
        return self.finding(
            place(document, *spans[0]),
            self.say(
                kind,
                shown=shortened(document.text[slice(*spans[0])]),
                meant=shortened(first.text),
                how=how,
                lost=lost,
                count=count,
                places=len(several),
            ),
            related=others(document, spans, self.say("again")),
            evidence={
                "reading": str(how),
                "gain": round(sum(reading.gain for _, reading in several)),
                "lost": lost,
                "count": len(several),
            },
            fix=Fix(
                Safety.SAFE if exact else Safety.UNSAFE,
                self.say("repair-lossy" if lost else "repair"),
                tuple(edits),
            ),
        )

    def _unreadable(self, document: Document, several: Sequence[Passage]) -> Finding:
        spans = [passage.span for passage in several]
        return self.finding(
            place(document, *spans[0]),
            self.say(several[0].kind, shown=shortened(document.text[slice(*spans[0])])),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(several)},
        )

    def _described(self, reading: Rereading) -> Message:
        """How a passage was misread, in words."""
        *before, last = reversed(reading.path)
        if before and before[0] != last:
            first, second = (self.say("misread", **m._asdict()) for m in (before[0], last))
            return self.say("misread-again", before=first, after=second)
        return self.say("misread-twice" if before else "misread", **last._asdict())


def shortened(text: str) -> str:
    """The beginning of a passage."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
