"""ENC013 mixed-newlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Fix, Good, Listed, Pattern, Rule, Runs, Safety, Severity, Span, place
from kanwu.engine.triggers import CharacterClass
from kanwu_rules.encoding.misread import Misread
from kanwu_rules.encoding.occurrences import apart_or_together, edits, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding
    from kanwu.engine.finding import Message

NEWLINE = Pattern(r"\r\r\n | \r\n | \n | \r")
DOUBLE = "\r\r\n"
LINE_EDGES = frozenset(("", "\n", "\r"))
NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR", DOUBLE: "CR CRLF"}
RARE_BREAKS = frozenset("\x85\u2028\u2029")
# Bytes of Chinese read as Latin-1 give these beside U+0085; a repair needs all of them.
MISREAD = CharacterClass(ranges=("\x80\x84", "\x86\u00ff"))


class Break(NamedTuple):
    """Something that breaks a line, and what it becomes."""

    span: Span
    text: str


class MixedNewlines(Rule):
    """The lines of one file end in different ways, or in a way that only few programs know.

    Files joined from several sources have lines that end at LF and others at CRLF; a lone CR is left by
    old programs, CR CRLF by a file that was converted twice. Editors then show marks or blank lines,
    versions differ in every line, and a program that splits at LF sees two paragraphs as one. U+2028,
    U+2029 and U+0085 break a line in some programs and not in others.

    All ends of lines that differ from the most frequent way are one finding, and its fix makes them all
    like that one; a lone CR is never taken as the model. It is safe, as each stays an end of the line,
    but for CR CRLF, where a blank line goes. U+2028, U+2029 and U+0085 are removed at the edge of a
    line; inside one they become a line break, which is unsafe.

    **What it leaves alone.** A file that uses CRLF throughout, or LF throughout; and U+0085 among the
    letters that misread Chinese bytes become (ENC004), as a lone CR among such.

    **Source.** Unicode Standard, chapter 5.8 (newline guidelines).
    """

    code = "ENC013"
    name = "mixed-newlines"
    safety = Safety.SAFE
    where = (Runs("\r\x85\u2028\u2029", at_least=1),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "mixed": "{count} of {all} lines end with {found}, the others with {usual}",
        "lone": "all {all} lines end with a lone CR, which many programs do not take for an end",
        "doubled": "{count} of {all} lines end with CR CRLF: their ends were converted twice",
        "rare": "{point} breaks the line here for some programs and not for others",
        "many": "{count} places hold line breaks that not all programs know, the first {point}",
        "again": "here too",
        "same": "end all lines with {usual}",
        "break": "write an ordinary line break",
        "remove": "remove the character, the line ends here anyway",
    }
    examples = (
        Bad("第一段。\n第二段。\r\n第三段。\n", "第一段。\n第二段。\n第三段。\n", ("\r\n",)),
        Bad("第一段。\r第二段。\r第三段。", "第一段。\n第二段。\n第三段。", ("\r",)),
        Bad("第一段。\r\r\n第二段。\r\r\n", "第一段。\r\n第二段。\r\n", ("\r\r\n",)),
        Bad("上半句，\u2028下半句。", "上半句，\n下半句。", ("\u2028",)),
        Bad("第一段。\u2028\n第二段。", "第一段。\n第二段。", ("\u2028",)),
        Good("第一段。\n第二段。\n"),
        Good("第一段。\r\n第二段。\r\n"),
        Good("è¿\x85é"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        if not text.strip():
            return
        usual = "\n"
        if "\r" in text:
            pairs = text.count("\r\n")
            lines = text.count("\n") - pairs
            usual = "\r\n" if pairs > lines else "\n"
            if lines or pairs != text.count("\r"):
                yield from self._mixed(document, usual)
        rare = [
            Span(at, at + 1) for span in places for at in range(*span) if text[at] in RARE_BREAKS
        ]
        yield from self._rare(document, rare, usual)

    def _mixed(self, document: Document, usual: str) -> Iterator[Finding]:
        ends: dict[str, list[Span]] = {}
        total = 0
        for match in NEWLINE.finditer(document.text):
            total += 1
            if match[0] != usual:
                ends.setdefault(match[0], []).append(Span(*match.span()))
        doubled = ends.pop(DOUBLE, [])
        if doubled:
            said = self.say("doubled", count=len(doubled), all=total)
            yield self._converted(document, [doubled], said, usual, Safety.UNSAFE)
        if not ends or Misread(document.text).has(next(iter(ends.values()))[0]):
            return
        others_ = list(ends.values())
        count = sum(map(len, others_))
        if count == total:
            # Old programs write so throughout: a habit, and no slip.
            said = self.say("lone", all=total)
            found = self._converted(document, others_, said, usual, Safety.UNSAFE)
            yield found._replace(severity=Severity.INFO)
            return
        names = Listed(tuple(NAMES[end] for end in ends), " or ")
        said = self.say("mixed", count=count, all=total, found=names, usual=NAMES[usual])
        yield self._converted(document, others_, said, usual, Safety.SAFE)

    def _converted(
        self,
        document: Document,
        kinds: Sequence[Sequence[Span]],
        said: Message,
        usual: str,
        safety: Safety,
    ) -> Finding:
        spans = sorted(span for kind in kinds for span in kind)
        return self.finding(
            place(document, *spans[0]),
            said,
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans)},
            fix=Fix(
                safety,
                self.say("same", usual=NAMES[usual]),
                edits(document, ((span, usual) for span in spans)),
            ),
        )

    def _rare(self, document: Document, spans: Sequence[Span], usual: str) -> Iterator[Finding]:
        text = document.text
        found: dict[tuple[Safety, str], list[Break]] = {}
        for span in spans:
            start, end = span
            before, after = text[max(0, start - 1) : start], text[end : end + 1]
            if text[start] == "\x85" and any(c in MISREAD for c in before + after):
                continue
            at_edge = before in LINE_EDGES or after in LINE_EDGES
            kind = (Safety.SAFE, "remove") if at_edge else (Safety.UNSAFE, "break")
            found.setdefault(kind, []).append(Break(span, "" if at_edge else usual))
        for (safety, title), breaks in found.items():
            for some in apart_or_together(breaks):
                point = f"U+{ord(text[some[0].span.start]):04X}"
                yield self.finding(
                    place(document, *some[0].span),
                    self.say("rare" if len(some) == 1 else "many", count=len(some), point=point),
                    related=others(document, [b.span for b in some], self.say("again")),
                    evidence={"count": len(some)},
                    fix=Fix(
                        safety,
                        self.say(title),
                        edits(document, some),
                    ),
                )
