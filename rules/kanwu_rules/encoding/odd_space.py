"""ENC014 odd-space."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Fix, Good, Rule, Runs, Safety, place
from kanwu.engine.triggers import CharacterClass
from kanwu_rules.encoding.occurrences import apart_or_together, edits, is_chinese, names, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class Kind(NamedTuple):
    """What is wrong with a blank: how it is told (of one, of many), and how it is repaired."""

    one: str
    many: str
    safety: Safety
    repair: str


ODD = Kind("one", "many", Safety.SAFE, "replace")
ODD_WITH_MEANING = Kind("one", "many", Safety.UNSAFE, "replace")
STRAY = Kind("stray", "strays", Safety.SAFE, "remove")
LOST_BREAK = Kind("paragraph", "paragraphs", Safety.SHOWN, "break")

# En space, em space and ideographic space indent paragraphs and set titles apart.
LAYOUT = "\u2002\u2003\u3000"
THIN = frozenset("\u2004\u2005\u2006\u2008\u2009\u200a\u202f\u205f")
BLANKS = " \t\u00a0\u1680\u2000\u2001\u2007" + LAYOUT + "".join(THIN)
ORDINARY = {ord(c): " " for c in BLANKS if c not in f"{LAYOUT}\t"}
# What bytes of Chinese become when they are read as Latin-1 or Windows-1252: U+00A0 is one of them there.
MISREAD = CharacterClass(
    "ŒœŠšŽžŸƒˆ˜†‡•‰‹›€™",
    ranges=(
        "\u00a1\u00a6",
        "\u00a8\u00aa",
        "\u00ac\u00b6",
        "\u00b8\u00ba",
        "\u00bc\u00ff",
        "\x80\x9f",
    ),
)
FARTHEST = 40
"""Code points on each side in which a neighbour is looked for."""
PARAGRAPH = 20
"""Code points without a blank that tell a sentence from a title, a name or a column."""
LINE_EDGES = frozenset(("", "\n", "\r"))
MARKS_THAT_BEGIN_LINES = f"#>*+-.)|0123456789{BLANKS}"
SENTENCE_BREAKERS = frozenset(f"{BLANKS}\n\r") - {" "}
SENTENCE_ENDS = frozenset("。！？…”」")
CLOSING_MARKS = frozenset("，。、；！？")


class OddSpace(Rule):
    """A no-break space or another unusual blank stands where an ordinary space is meant.

    `&nbsp;` of a web page becomes U+00A0 in text, and word processors and converters leave thin, hair
    and figure spaces behind. They look like a space and are none: a search for 计划 and a space finds
    nothing, lines break in the wrong places, words do not split, and paragraphs that are equal differ.
    A full-width space U+3000 that was typed before a comma or full stop is a slip of the input method,
    and the indentation of a paragraph in the middle of a line is a paragraph break that was lost.

    A document with more than five such places has one finding with their number, and one fix: an
    ordinary space, or nothing at the end of a line and before punctuation. It is safe but for thin
    spaces between Chinese and other letters, which may be somebody's typography, and, in Markdown, for
    the beginning of a line, where spaces have a meaning. For a lost paragraph break the fix is a
    suggestion.

    **What it leaves alone.** Between letters, digits and signs that are not Chinese, where typographers
    use them: 10 000, 5 km, « oui », Fig. 3, J. K. Rowling; U+1680 in Ogham; beside the
    letters and signs that misread Chinese bytes become, where a repair needs them (ENC004); and U+3000, U+2002 and
    U+2003 as layout: indentation, the characters of a title or name set apart, after the number of a
    chapter or clause, between the halves of a verse, the parts of a credit or the columns of a list,
    before a name that is honoured by a blank, and blanks to be filled in.

    **Source.** Unicode Standard, chapter 6.2 (space characters); W3C, Requirements for Chinese Text
    Layout, on indentation and the full-width space.
    """

    code = "ENC014"
    name = "odd-space"
    safety = Safety.SAFE
    where = (Runs("\u00a0\u1680\u202f\u205f\u3000", ranges=("\u2000\u200a",), at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "{names} where an ordinary space is meant; search and line breaks fail on it",
        "many": "{count} places hold odd spaces ({names}); search and line breaks fail on them",
        "stray": "full-width space U+3000 before punctuation, a slip of the input method",
        "strays": "{count} full-width spaces U+3000 before punctuation",
        "paragraph": "a paragraph's indentation in the middle of a line: a paragraph break was lost",
        "paragraphs": "{count} indentations in the middle of lines: paragraph breaks were lost",
        "again": "here too",
        "replace": "write ordinary spaces",
        "remove": "remove the blank",
        "break": "begin a new paragraph",
    }
    examples = (
        Bad(
            "入选“赤子计划”。\u00a0除给予资金支持外",
            "入选“赤子计划”。 除给予资金支持外",
            ("\u00a0",),
        ),
        Bad(
            "  \u00a0相比往年，项目更多。\u00a0\n",
            "   相比往年，项目更多。\n",
            ("\u00a0", "\u00a0"),
        ),
        Bad("使用\u00a0cron\u00a0服务", "使用 cron 服务", finds=("\u00a0", "\u00a0")),
        Bad(
            "管道通信是原子操作，为保证读和写的原子性不被打断\u3000，必须一次完成。",
            "管道通信是原子操作，为保证读和写的原子性不被打断，必须一次完成。",
            finds=("\u3000",),
        ),
        Bad("约\u20095公里", "约 5公里", finds=("\u2009",)),
        Good("全长 10\u00a0000\u00a0km，« oui », J.\u00a0K.\u00a0Rowling"),
        Good("\u3000\u3000本报讯\u3000记者李\u3000明\u3000第一章\u3000总\u3000则"),
        Good("\u2003\u2003第三节\u2002\u2002宣告失踪和宣告死亡"),
        Good("正确的是（\u3000\u3000）。答案是\u3000\u3000\u3000，"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        found: dict[Kind, list[Span]] = {}
        for span in places:
            start, end = span
            # Most documents that have any of these indent their paragraphs with them.
            if text[start - 1 : start] == "\n" and not text[start:end].strip(LAYOUT):
                continue
            kind = judge(document, span)
            if kind is not None:
                found.setdefault(kind, []).append(span)
        for kind, spans in found.items():
            for some in apart_or_together(spans):
                yield self._finding(document, some, kind)

    def _finding(self, document: Document, spans: Sequence[Span], kind: Kind) -> Finding:
        text = document.text
        named = names(text, spans)
        return self.finding(
            place(document, *spans[0]),
            self.say(kind.one if len(spans) == 1 else kind.many, names=named, count=len(spans)),
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans), "characters": str(named)},
            fix=Fix(
                kind.safety,
                self.say(kind.repair),
                edits(document, ((span, repaired(text, span, kind)) for span in spans)),
            ),
        )


def judge(document: Document, span: Span) -> Kind | None:
    """What is wrong with a run of unusual blanks; None where it has a use."""
    text = document.text
    start, end = span
    if not text[start:end].strip(LAYOUT):
        return judge_layout(document, span)
    if any(c in MISREAD for c in text[max(0, start - 1) : start] + text[end : end + 1]):
        return None
    left = text[max(0, start - FARTHEST) : start].rstrip(BLANKS)[-1:]
    right = text[end : end + FARTHEST].lstrip(BLANKS)[:1]
    beside_edge = left in LINE_EDGES or right in LINE_EDGES
    chinese = is_chinese(left) or is_chinese(right)
    if not (beside_edge or chinese):
        return None
    if document.markup == "markdown" and begins_line(text, start):
        return ODD_WITH_MEANING
    thin = THIN.issuperset(text[start:end])
    if thin and not (beside_edge or (is_chinese(left) and is_chinese(right))):
        return ODD_WITH_MEANING
    return ODD


def judge_layout(document: Document, span: Span) -> Kind | None:
    """The same for blanks that are made for layout, and are odd only inside a sentence."""
    text = document.text
    start, end = span
    before = text[max(0, start - PARAGRAPH) : start]
    if len(before) < PARAGRAPH or any(c in SENTENCE_BREAKERS for c in before):
        return None
    if text[start:end] == "\u3000":
        return STRAY if text[end : end + 1] in CLOSING_MARKS else None
    after = text[end : end + PARAGRAPH]
    if len(after) < PARAGRAPH or any(c in SENTENCE_BREAKERS for c in after):
        return None
    return LOST_BREAK if before[-1] in SENTENCE_ENDS and end - start <= 4 else None


def begins_line(text: str, start: int) -> bool:
    """Whether only blanks and Markdown's marks stand before an offset in its line."""
    before = text[max(0, start - FARTHEST) : start].replace("\r", "\n")
    line = before.rpartition("\n")[2]
    return (line != before or start <= FARTHEST) and not line.strip(MARKS_THAT_BEGIN_LINES)


def repaired(text: str, span: Span, kind: Kind) -> str:
    """What a span becomes."""
    start, end = span
    run = text[start:end]
    if kind is LOST_BREAK:
        return f"\n{run}"
    at_line_end = text[end : end + FARTHEST].lstrip(BLANKS)[:1] in LINE_EDGES
    if kind is STRAY or at_line_end:
        return ""
    return run.translate(ORDINARY)
