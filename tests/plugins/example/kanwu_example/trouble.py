"""Rules that go wrong, each in its own way: the engine must live with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import CorpusRule, Fix, Literals, Record, Rule, Safety, edit, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class Crashing(Rule):
    """A rule that fails wherever it is called."""

    code = "EXA002"
    name = "crashing"
    where = (Literals("崩溃吧"),)
    messages: ClassVar[Mapping[str, str]] = {}

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        raise RuntimeError(f"{document.path}: {len(places)}")


class CrashingCorpus(CorpusRule):
    """A corpus rule that fails when it compares."""

    code = "EXA003"
    name = "crashing-corpus"
    where = (Literals("比较崩溃"),)
    messages: ClassVar[Mapping[str, str]] = {}

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:
        for start, end in places:
            yield Record("key", place(document, start, end), {})

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:
        raise RuntimeError(f"{key}: {len(records)}")


class ThereAndBack(Rule):
    """A rule whose fix undoes itself, so that fixing would never end."""

    code = "EXA004"
    name = "there-and-back"
    safety = Safety.SAFE
    where = (Literals("往返甲", "往返乙"),)
    messages: ClassVar[Mapping[str, str]] = {"turn": "turn", "fix": "turn"}

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for start, end in places:
            other = "往返乙" if document.text[start:end] == "往返甲" else "往返甲"
            yield self.finding(
                place(document, start, end),
                self.say("turn"),
                fix=Fix(Safety.SAFE, self.say("fix"), (edit(document, start, end, other),)),
            )


class BeyondEncoding(Rule):
    """A rule whose fix writes a character that few encodings have."""

    code = "EXA005"
    name = "beyond-encoding"
    safety = Safety.SAFE
    where = (Literals("換成表情"),)
    messages: ClassVar[Mapping[str, str]] = {"emoji": "emoji", "fix": "emoji"}

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for start, end in places:
            yield self.finding(
                place(document, start, end),
                self.say("emoji"),
                fix=Fix(Safety.SAFE, self.say("fix"), (edit(document, start, end, "😀"),)),
            )
