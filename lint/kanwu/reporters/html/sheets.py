"""A document as a proof sheet: its lines, the spans of findings marked, clean stretches folded away."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.reporters.html.badges import badged
from kanwu.reporters.html.marking import Mark, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu.documents.document import Document

WHOLE = 30_000
"""Code points up to which all of a document is on its sheet; of a longer one, what stands around
findings."""
MOST_LINES = 2_000
"""The same in lines."""
NEAR = 2
"""Lines shown on each side of a line with a finding."""
LONGEST_LINE = 3_000
"""Code points up to which a line is shown whole."""
WINDOW = 200
"""Code points shown on each side of a finding in a longer line."""
LONGEST_MARK = 600
"""Code points of a mark that are shown in a longer line."""
FOLDED = 5
"""Lines from which a stretch without findings is folded away."""

SPOKEN = (Language.ZH, Language.EN, Language.JA, Language.KO)


class Row(NamedTuple):
    """A line of the text."""

    number: int
    html: Markup
    language: str | None
    """For the page's `lang`; None where it is not known."""
    notes: tuple[int, ...]
    """The numbers of the findings that begin here."""


class Gap(NamedTuple):
    """Lines without findings."""

    lines: int
    rows: tuple[Row, ...]
    """What the reader may unfold; nothing where the document is too long for the page."""


def sheet(
    document: Document,
    marks: Sequence[Mark],
    notes: Mapping[int, Sequence[int]],
    most: int = WHOLE,
) -> list[Row | Gap]:
    """The lines of a document. `notes` holds the findings that begin in a line, by its index.

    `most` are the code points up to which all of it is shown.
    """
    lines = document.get(Lines)
    languages = document.get(Languages)
    whole = len(document.text) <= most and len(lines) <= MOST_LINES
    by_line, long = placed(lines, marks)
    near = {
        other
        for index in (*by_line, *notes)
        for other in range(max(0, index - NEAR), min(len(lines), index + NEAR + 1))
    }

    def row(index: int) -> Row:
        start, end = lines.starts[index], lines.ends[index]
        across = (fitted(m, start, end) for m in long if m.start <= end and m.end > start)
        language = languages.of_line(index)
        return Row(
            index + 1,
            line(document.text, start, end, [*by_line.get(index, ()), *across]),
            language.value if language in SPOKEN else None,
            tuple(notes.get(index, ())),
        )

    parts: list[Row | Gap] = []
    for shown, indices in stretches(sorted(near), len(lines)):
        if shown or (whole and len(indices) < FOLDED):
            parts += map(row, indices)
        else:
            parts.append(Gap(len(indices), tuple(map(row, indices)) if whole else ()))
    return parts


def placed(lines: Lines, marks: Sequence[Mark]) -> tuple[dict[int, list[Mark]], list[Mark]]:
    """The marks of each line in which one begins or ends, and apart those over three lines or more."""
    by_line: dict[int, list[Mark]] = {}
    long = []
    for mark in marks:
        first, last = lines.index(mark.start), lines.index(max(mark.start, mark.end - 1))
        if last - first > 1:
            long.append(mark)
        for index in (first, last) if first < last else (first,):
            of_line = by_line.setdefault(index, [])
            if last - first <= 1:
                of_line.append(fitted(mark, lines.starts[index], lines.ends[index]))
    return by_line, long


def fitted(mark: Mark, start: int, end: int) -> Mark:
    """The part of a mark in a line. What stands on the end of a line is a point there."""
    return mark._replace(start=min(max(mark.start, start), end), end=min(max(mark.end, start), end))


def stretches(near: Sequence[int], count: int) -> Iterator[tuple[bool, range]]:
    """The indices of lines in turn: those to be shown, and those between."""
    at = 0
    for _, run in groupby(enumerate(near), lambda pair: pair[1] - pair[0]):
        indices = [index for _, index in run]
        if at < indices[0]:
            yield False, range(at, indices[0])
        at = indices[-1] + 1
        yield True, range(indices[0], at)
    if at < count:
        yield False, range(at, count)


def line(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """One line with its marks; of a very long one what stands around them."""
    if end - start <= LONGEST_LINE:
        return marked(text, start, end, marks)
    parts, at = [], start
    for left, right in windows(start, end, marks):
        if at < left:
            parts.append(cut(left - at))
        parts.append(marked(text, left, right, marks))
        at = right
    if at < end:
        parts.append(cut(end - at))
    return Markup("").join(parts)


def windows(start: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """What is shown of a very long line: around each mark, and its beginning."""
    wanted = [(start, min(end, start + WINDOW))]
    for mark in sorted(marks):
        left = max(start, mark.start - WINDOW)
        right = min(end, mark.end + WINDOW, max(mark.start, start) + LONGEST_MARK)
        if left <= wanted[-1][1]:
            wanted[-1] = (wanted[-1][0], max(right, wanted[-1][1]))
        else:
            wanted.append((left, right))
    return wanted


def cut(count: int) -> Markup:
    """Where so many characters were left out."""
    return Markup('<span class="cut">{:,}</span>').format(count)


def excerpt(document: Document, start: int, end: int) -> Markup:
    """The sentence around a span, which is marked; of a very short line the one before it too."""
    text, lines = document.text, document.get(Lines)
    left = max(text.rfind(sign, max(0, start - LONGEST_CLAUSE), start) for sign in ENDS) + 1
    left = max(left, start - LONGEST_CLAUSE, 0)
    found = (text.find(sign, end, end + LONGEST_CLAUSE) for sign in ENDS)
    right = min((at + 1 for at in found if at >= 0), default=min(len(text), end + LONGEST_CLAUSE))
    if right < len(text) and text[right] in CLOSING:
        right += 1
    stop = min(end, start + LONGEST_CLAUSE)
    before = text[left:start].lstrip(CLOSING + " \t\u3000")
    alone = text[left:right].strip() == text[start:end].strip()
    if alone and end - start < SHORT:
        # A number in a list says nothing without the words over it.
        above = lines.index(start)
        while above and not (line_above := lines[above - 1].strip()):
            above -= 1
        if above:
            before = f"{line_above[-LONGEST_CLAUSE:]} {before}"
    return Markup("{}<mark>{}{}</mark>{}").format(
        badged(before),
        badged(text[start:stop]),
        cut(end - stop) if stop < end else "",
        badged(text[end:right].rstrip()),
    )


ENDS = ("。", "！", "？", "!", "?", "\n", "\r", ". ")
CLOSING = "”’」』）》"
SHORT = 20
LONGEST_CLAUSE = 160
"""Code points of a sentence on each side of a span that are shown."""
