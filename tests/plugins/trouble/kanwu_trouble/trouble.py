"""Rules that go wrong, each in its own way: the engine must live with all of them."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING, ClassVar

from kanwu import CorpusRule, Fix, Literals, Record, Rule, Safety, edit, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class Crashing(Rule):
    """A rule that fails wherever it is called."""

    code = "BAD002"
    name = "crashing"
    where = (Literals("崩溃吧"),)
    messages: ClassVar[Mapping[str, str]] = {}

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        raise RuntimeError(f"{document.path}: {len(places)}")


class CrashingCorpus(CorpusRule):
    """A corpus rule that fails when it compares."""

    code = "BAD003"
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

    code = "BAD004"
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

    code = "BAD005"
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


class Misbehaving(Rule):
    """A rule that yields, prints or does what no rule may, as the word says that it finds."""

    code = "BAD006"
    name = "misbehaving"
    where = (Literals("做坏事"),)
    messages: ClassVar[Mapping[str, str]] = {"bad": "bad {what}", "fix": "fix"}

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: C901, PLR0912
        size = len(document.text)
        inside = place(document, 0, 1)
        good = self.finding(inside, self.say("bad", what="finding"))
        what = document.text.partition("做坏事")[2].split()[0]
        if what == "越界":
            outside = inside._replace(end=inside.end._replace(offset=size + 5))
            yield self.finding(outside, self.say("bad", what="place"))
        elif what == "编辑":
            beyond = edit(document, 0, 1, "x")
            beyond = beyond._replace(end=beyond.end._replace(offset=size + 5))
            yield good._replace(fix=Fix(Safety.SAFE, self.say("fix"), (beyond,)))
        elif what == "重叠":
            twice = (edit(document, 0, 2, "x"), edit(document, 1, 3, "y"))
            yield good._replace(fix=Fix(Safety.SAFE, self.say("fix"), twice))
        elif what == "字符串":
            yield "no finding"  # type: ignore[misc]
        elif what == "空":
            yield None  # type: ignore[misc]
        elif what == "文字":
            yield good._replace(message="a bare text")  # type: ignore[arg-type]
        elif what == "他人":
            yield good._replace(code="PUN001")
        elif what == "退出":
            raise SystemExit(0)
        elif what == "打印":
            print("printed by a rule")  # noqa: T201
            yield good._replace(evidence={"odd": object()})
        elif what == "参数":
            yield self.finding(inside, self.say("bad"))
        elif what == "无数":
            while True:
                yield good
        elif what == "吞下":
            while True:
                try:  # noqa: SIM105
                    sum(range(1000))
                except Exception:  # noqa: BLE001 - what a careless rule does
                    pass
        elif what == "自尽":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "离去":
            os._exit(3)
        elif what == "永远":
            while True:
                pass
        elif what == "回溯":
            re.search(r"(x+x+)+y", "x" * 60)
        yield good
