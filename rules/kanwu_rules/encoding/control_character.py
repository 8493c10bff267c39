"""ENC007 control-character."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Fix, Good, Pattern, Rule, Runs, Safety, Span, place
from kanwu.engine.triggers import CharacterClass
from kanwu_rules.encoding.misread import Misread
from kanwu_rules.encoding.occurrences import apart_or_together, edits, is_chinese, others

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding

# A terminal's colours and movements of the cursor, and its titles.
TERMINAL = Pattern(r"\x1b (?: \[ [0-?]{0,32} [ -/]{0,4} [@-~] | \] [^\x07\x1b\n]{0,80} \x07? )?")
LINE_EDGES = frozenset(("", "\n", "\r"))
BREAKS = frozenset("\x0b\x0c")
# Where TeX's fonts have the ligatures of these letters; text copied from old PDF files keeps the codes.
LIGATURES = {"\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl"}
FIRST_LATE = "\x80"
# Letters and signs that bytes of Chinese become when they are read as Latin-1 or Windows-1252.
MISREAD = CharacterClass(
    "ŒœŠšŽžŸƒˆ˜†‡•…‰‹›€™–—‘’‚“”„", ranges=("\u00a0\u00ff", "\x80\x84", "\x86\x9f")
)
CERTAINLY_MISREAD = CharacterClass(ranges=("\u00a0\u00ff",))


class Kind(NamedTuple):
    """How sure a repair is, and how it is told."""

    safety: Safety
    title: str


REMOVED = Kind(Safety.SAFE, "remove")
DOUBTFUL = Kind(Safety.UNSAFE, "remove")
REPLACED = Kind(Safety.UNSAFE, "replace")


class Repair(NamedTuple):
    """A place, and what it becomes."""

    span: Span
    text: str


class ControlCharacter(Rule):
    """A control character stands in the text, which is made for machines and not for readers.

    Backspaces come from input methods, U+0000 and U+0010 from databases, escape sequences from
    terminals, U+000B from slides, U+000C from pages of PDF files. They cannot be seen, break search and
    comparison, and make XML and JSON of the text invalid.

    Between Chinese characters or blanks and at the edge of a line they are removed, which is safe; so are the sequences that
    colour a terminal. In the middle of a line U+000B and U+000C become the line break that they stand
    for, between Latin letters the codes of TeX's ligatures become ff, fi, ffi and ffl, and U+0080 to U+009F
    become the signs that Windows-1252 has there: these fixes are unsafe. So is removing a character
    beside letters, digits and signs that are not Chinese, where another character may have been lost, or
    which are the other half of a character of UTF-16.

    **What it leaves alone.** Tabs and ends of lines; U+0085, a line break to some (ENC013); U+0080 to
    U+009F among the letters that misread Chinese bytes become, where a repair needs them (ENC004); and
    Markdown code.

    **Source.** Unicode Standard, chapter 23.1 (control codes); ECMA-48 (escape sequences); the encoding
    vectors of TeX (OT1) and Windows-1252.
    """

    code = "ENC007"
    name = "control-character"
    safety = Safety.SAFE
    where = (
        Runs(
            "\x0b\x0c\x7f",
            ranges=("\x00\x08", "\x0e\x1f", "\x80\x84", "\x86\x9f"),
            at_least=1,
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "control character(s) {points} in the text; search, comparison, XML and JSON fail on them",
        "many": "{count} places hold control characters, the first {points}; search, comparison, XML and "
        "JSON fail on them",
        "again": "here too",
        "remove": "remove the control characters",
        "replace": "write what the control characters stand for",
    }
    examples = (
        Bad("系统\x08空间不足", "系统空间不足", finds=("\x08",)),
        Bad("告诉记者\x10\x10\x10：“好。”", "告诉记者：“好。”", finds=("\x10\x10\x10",)),
        Bad("\x1b[31m错误\x1b[0m：文件不存在", "错误：文件不存在", finds=("\x1b[31m", "\x1b[0m")),
        Bad("第一页完。\n\x0c第二页。", "第一页完。\n第二页。", finds=("\x0c",)),
        Bad("人工智能\x0b与未来", "人工智能\n与未来", finds=("\x0b",)),
        Bad("an e\x0bective of\x0cce", "an effective office", finds=("\x0b", "\x0c")),
        Bad("China\x92s plan", "China’s plan", finds=("\x92",)),
        Good("第一列\t第二列\r\n"),
        Good("è¿\x9bå\x8e»"),
        Good("代码 `\x1b[0m`", markup="markdown"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        found: dict[Kind, list[Repair]] = {}
        misread = Misread(document.text)
        for span in in_full(document.text, places):
            judged = judge(document.text, span)
            if judged is not None and not misread.has(span):
                found.setdefault(judged[0], []).append(Repair(span, judged[1]))
        for kind, repairs in found.items():
            for some in apart_or_together(repairs):
                yield self._finding(document, some, kind)

    def _finding(self, document: Document, repairs: Sequence[Repair], kind: Kind) -> Finding:
        spans = [repair.span for repair in repairs]
        points = code_points(document.text[slice(*spans[0])])
        return self.finding(
            place(document, *spans[0]),
            self.say("one" if len(spans) == 1 else "many", count=len(spans), points=points),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans), "characters": points},
            fix=Fix(
                kind.safety,
                self.say(kind.title),
                edits(document, repairs),
            ),
        )


def in_full(text: str, places: Iterable[Span]) -> Iterator[Span]:
    """The runs of control characters, each with what belongs to an escape sequence at its end."""
    covered = 0
    for start, end in places:
        if start < covered:
            continue
        if text[end - 1] == "\x1b":
            match = TERMINAL.match(text, end - 1)
            assert match is not None
            covered = match.end()
        else:
            covered = end
        yield Span(start, covered)


def judge(text: str, span: Span) -> tuple[Kind, str] | None:
    """How a place is repaired, and what it becomes; None where another rule is to judge."""
    start, end = span
    run = text[start:end]
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if max(run) >= FIRST_LATE and "\x1b" not in run:
        around = text[max(0, start - 2) : start] + text[end : end + 2]
        if len(run) > 1 or any(c in CERTAINLY_MISREAD for c in around):
            return None
        meant = run.encode("latin-1").decode("cp1252", "ignore")
        if any(c in MISREAD for c in before + after) or not meant:
            return (DOUBTFUL, "") if not meant else None
        return REPLACED, meant
    beside = (before, after)
    if "\x1b" in run or not LINE_EDGES.isdisjoint(beside):
        return REMOVED, ""
    if all(c.isascii() and c.isalpha() for c in beside):
        return (REPLACED, LIGATURES[run]) if run in LIGATURES else (DOUBTFUL, "")
    blank = not all(map(str.strip, beside))
    if not BREAKS.isdisjoint(run) and not blank:
        return REPLACED, "\n"
    # Beside ASCII it is, as often as not, the other half of a character of UTF-16.
    sound = all(is_chinese(c) or (c.isspace() and "\0" not in run) for c in beside)
    return (REMOVED if sound else DOUBTFUL), ""


def code_points(run: str) -> str:
    """The characters of a run, each once: `U+0008, U+0010`."""
    return ", ".join(f"U+{ord(c):04X}" for c in sorted(set(run)) if not c.isprintable())
