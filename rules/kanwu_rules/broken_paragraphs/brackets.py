"""Brackets and typographic quotes: which of them have no partner in their paragraph.

A paragraph is a line of a plain document, and a paragraph or heading of a Markdown one. Each kind is
matched by itself, half- and full-width forms together, so that marks which cross one another are not
taken for lost ones. Other analyses may ask here what opens in one paragraph and closes in another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, UnpairedMarks
from kanwu.analysis.lines import Lines
from kanwu_rules.broken_paragraphs.bracket_look_alikes import is_prose, look_alikes
from kanwu_rules.broken_paragraphs.wrapped_lines import WrappedLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu import Document

KINDS = (
    "（）()",
    "［］[]",
    "｛｝{}",
    "〔〕",
    "【】",
    "《》",
    "〈〉",
    "〖〗",
    "「」",
    "『』",
    "“”",
    "‘’",
)
OPENERS = {mark: kind[:2] for kind in KINDS for mark in kind[::2]}
CLOSERS = {mark: kind[:2] for kind in KINDS for mark in kind[1::2]}
PARTNERS = {kind[at]: kind[at ^ 1] for kind in KINDS for at in range(len(kind))}
# A lone ’ is an apostrophe, unless a ‘ somewhere is looking for it.
UNPAIRED = UnpairedMarks(*KINDS, alone="’")
APOSTROPHES_TOO = UnpairedMarks(*KINDS)
QUOTES = ("“”", "‘’", "「」", "『』")

MARK = Pattern("[" + "".join("\\" + mark for mark in (*OPENERS, *CLOSERS)) + "]")

APOSTROPHE = Pattern("(?<= [A-Za-z0-9] ) ’ (?= [A-Za-z] )")

# Deeper nesting, or more marks without a partner, is no text that anyone wrote.
MOST = 100

# A teaser says itself that it was cut.
SHORTENED = ("…", "...")
# What the last paragraph before a laid-out continuation ends with.
FINAL = frozenset("。！？；：…—!?;:.”’」』）)】》〉〕］]")
PUNCTUATION = frozenset("，。！？；,!?;")
# What a quotation of several paragraphs may follow when it begins inside one.
LEADS_IN = frozenset("：:，,。；;、—")
# How many paragraphs a quotation may run over: a decision that quotes what it amends has dozens.
FARTHEST = 100
REACH = 20  # to the next paragraph, over blank lines and indentation
NEAR = 12  # lines, blank ones counted, between the halves of a broken paragraph
SHORT = 20  # code points of a line of verse, or of a heading inside a quotation
TITLE = 30  # of a line of a title that is set on several


class Unmatched(NamedTuple):
    """A bracket or quote without a partner in its paragraph."""

    offset: int
    opens: bool
    kind: str
    """The opener and the closer of its kind in full width, as （）."""
    start: int
    """Where its paragraph starts."""
    end: int
    """Where its paragraph ends."""
    partner: int | None = None
    """The offset of the mark in another paragraph that it seems to belong to."""
    runs_on: bool = False
    """Whether a quotation or aside is laid out over several paragraphs, and nothing is lost."""


Mark = tuple[int, str]
"""An offset and the character there."""


class Brackets:
    """The brackets and quotes of a document that have no partner in their paragraph, in order."""

    __slots__ = ("unmatched",)

    def __init__(self, unmatched: Iterable[Unmatched] = ()) -> None:
        self.unmatched = tuple(unmatched)

    @classmethod
    def of(cls, document: Document) -> Brackets:
        text = document.text
        found = [
            Unmatched(at, mark in OPENERS, kind_of(mark), start, end)
            for start, end, marks in suspicious(document)
            for at, mark in lost(text, start, end, marks)
        ]
        return cls(paired(document, found) if found else ())


def kind_of(mark: str) -> str:
    """The kind of an opener or a closer."""
    return OPENERS.get(mark) or CLOSERS[mark]


def suspicious(document: Document) -> Iterator[tuple[int, int, list[Mark]]]:
    """The paragraphs in which the marks may not be balanced, each with its marks."""
    text = document.text
    if document.markup == "markdown":
        yield from markdown_paragraphs(document)
        return
    found = list(UNPAIRED.find(text))
    if any("‘" in text[start:end] for start, end in found):
        found = list(APOSTROPHES_TOO.find(text))
    for start, end in found:
        yield start, end, [(m.start(), m[0]) for m in MARK.finditer(text, start, end)]


def markdown_paragraphs(document: Document) -> Iterator[tuple[int, int, list[Mark]]]:
    """The paragraphs and headings of a Markdown document with the marks in their prose."""
    # Only Markdown needs them.
    from kanwu.analysis.markdown import MarkdownBlocks
    from kanwu.analysis.zones import Zones

    is_text = document.get(Zones).is_prose
    for segments in document.get(MarkdownBlocks).texts:
        marks = [
            (m.start(), m[0])
            for first, last in segments
            for m in MARK.finditer(document.text, first, last)
            if is_text(m.start())
        ]
        if marks:
            yield segments[0][0], segments[-1][1], marks


def lost(text: str, start: int, end: int, marks: list[Mark]) -> list[Mark]:
    """The marks of a paragraph that want a partner, in order.

    Some marks may be none, as the bracket of 1) or :-). They serve as partners where that helps, and
    are never reported themselves.
    """
    strict = unmatched(text, marks)
    if not strict or not is_prose(text, start, end):
        return []
    doubtful = look_alikes(text, start, end, strict)
    if text[start:end].rstrip().endswith(SHORTENED):
        doubtful |= {at for at, mark in strict if mark in OPENERS}
    if not doubtful:
        return strict
    lenient = unmatched(text, [mark for mark in marks if mark[0] not in doubtful])
    return min([m for m in strict if m[0] not in doubtful], lenient, key=len)


def unmatched(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks that find no partner of their kind, in order; an apostrophe is none."""
    opened: defaultdict[str, list[Mark]] = defaultdict(list)
    alone: list[Mark] = []
    for token in marks:
        at, mark = token
        kind = OPENERS.get(mark)
        if kind is not None:
            opened[kind].append(token)
            if len(opened[kind]) > MOST:
                return []
        elif mark == "’" and APOSTROPHE.match(text, at):
            continue
        elif opened[CLOSERS[mark]]:
            opened[CLOSERS[mark]].pop()
        else:
            alone.append(token)
            if len(alone) > MOST:
                return []
    return sorted([*alone, *(token for tokens in opened.values() for token in tokens)])


def paired(document: Document, found: list[Unmatched]) -> Iterator[Unmatched]:
    """The same marks, each told of the one in another paragraph that it belongs to."""
    told: dict[int, Unmatched] = {}
    openers: dict[str, Unmatched] = {}
    for mark in found:
        if mark.opens:
            if mark.kind in QUOTES and goes_on(document, mark):
                told[mark.offset] = mark._replace(runs_on=True)
            openers[mark.kind] = mark
        elif opener := openers.pop(mark.kind, None):
            runs_on = laid_out(document, opener, mark)
            if runs_on or near(document, opener, mark):
                told[opener.offset] = opener._replace(partner=mark.offset, runs_on=runs_on)
                told[mark.offset] = mark._replace(partner=opener.offset, runs_on=runs_on)
    # An end of a single quote without a beginning anywhere is an apostrophe as often as not.
    kept = (told.get(mark.offset, mark) for mark in found)
    return (mark for mark in kept if mark.opens or mark.kind != "‘’" or mark.partner is not None)


def goes_on(document: Document, opener: Unmatched) -> bool:
    """Whether the next paragraph begins the quotation anew, as each one of a long quotation may."""
    text = document.text
    # Block quotes of Markdown have their mark before each line.
    rest = text[opener.end : opener.end + REACH].lstrip("> \t\r\n\u3000")
    return is_whole(text, opener) and rest.startswith(opener.kind[0])


def is_whole(text: str, mark: Unmatched) -> bool:
    """Whether the paragraph of a mark ends like a sentence, or is a short line that it begins."""
    paragraph = text[mark.start : mark.end].strip()
    return paragraph[-1] in FINAL or (begins(text, mark) and len(paragraph) <= SHORT)


def begins(text: str, mark: Unmatched) -> bool:
    """Whether a mark is the first thing in its paragraph."""
    return not text[mark.start : mark.offset].strip()


def near(document: Document, opener: Unmatched, closer: Unmatched) -> bool:
    """Whether two marks stand so near that a broken paragraph may have parted them."""
    index = document.get(Lines).index
    return index(closer.offset) - index(opener.offset) <= NEAR


def laid_out(document: Document, opener: Unmatched, closer: Unmatched) -> bool:
    """Whether a quotation or aside of several paragraphs lies between two marks.

    Its paragraphs are whole. A paragraph that was torn apart inside it ends in the middle of a
    sentence instead.
    """
    text, lines = document.text, document.get(Lines)
    first, last = lines.index(opener.start), lines.index(closer.start)
    if last - first > 2 * FARTHEST:
        return False
    if is_wrapped(document, first, last):
        return True
    parts = [part for index in range(first, last) if (part := lines[index].strip())]
    if len(parts) == 1 and is_title(text, opener, closer):
        return True
    if len(parts) > 1 and not (begins(text, opener) or text[opener.offset - 1] in LEADS_IN):
        return False
    between = (part[-1] in FINAL or len(part) <= SHORT for part in parts[1:])
    return is_whole(text, opener) and all(between)


def is_title(text: str, opener: Unmatched, closer: Unmatched) -> bool:
    """Whether two paragraphs are the lines of a title at the top of a document."""
    lines = (text[opener.start : opener.end], text[closer.start : closer.end])
    return len(text[: opener.start].strip()) <= 2 * TITLE and all(
        len(line) <= TITLE and PUNCTUATION.isdisjoint(line) for line in lines
    )


def is_wrapped(document: Document, first: int, last: int) -> bool:
    """Whether the lines from one to another are one paragraph that was wrapped at a fixed width."""
    lines, wrapped = document.get(Lines), document.get(WrappedLines)
    return all(wrapped.is_wrap(index) for index in range(first, last) if lines[index].strip())
