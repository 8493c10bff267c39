"""`full`: each finding with the text around it, for reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from kanwu.engine.finding import Safety
from kanwu.reporters.base import Reporter
from kanwu.reporters.concise import position
from kanwu.reporters.evidence import told
from kanwu.reporters.layout import fitted, wrapped
from kanwu.reporters.terminal import readable, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.engine.finding import Finding, Place

# Up to so many related places are shown with their text; of more, this many are listed by position.
MOST_SHOWN = 3
MOST_LISTED = 8

INDENT = "  "
NARROWEST = 40


class _Mark(NamedTuple):
    """A place to be shown, with what is drawn below it."""

    place: Place
    marker: str
    style: str
    label: str


class Full(Reporter):
    """A headline, the message, the text with carets below the place, related places and the fix."""

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.stream.write("\n".join(self._lines(finding)) + "\n\n")

    def _lines(self, finding: Finding) -> Iterator[str]:
        palette, place = self.palette, finding.place
        severity = finding.severity.value
        yield (
            f"{palette('strong', position(place))}  {palette(severity, self.wording.word(severity))} "
            f"{palette('strong', finding.code)} {finding.name}"
        )
        yield from self._wrapped(INDENT, self.wording.tell(finding.message))
        few = len(finding.related) <= MOST_SHOWN
        marks = [
            _Mark(r.place, "-", "related", self.wording.tell(r.message))
            for r in finding.related
            if few
        ]
        if place.end.offset > 0:  # else it speaks of the whole file, and of no place in it
            marks.append(_Mark(place, "^", severity, ""))
        largest = max((mark.place.start.line for mark in marks), default=1)
        gutter = len(INDENT) + len(str(largest)) + 1
        yield from self._excerpts(_home(place), marks, gutter)
        note = f"{'':>{gutter}}= "
        if not few:
            yield from self._listed(note, finding)
        if finding.fix is not None:
            title = self.wording.tell(finding.fix.title)
            label = self.wording("{offer}: ", offer=self._offer(finding))
            yield from self._wrapped(note, title, label)
        if finding.code in self.explained:
            yield from self._why(note, finding)

    def _why(self, note: str, finding: Finding) -> Iterator[str]:
        """Why a finding is one: what its rule flags, the evidence, and where more stands."""
        word = self.wording.word
        yield from self._wrapped(note, self.explained[finding.code], word("why: "), "faint")
        if finding.evidence:
            yield from self._wrapped(
                note, told(finding.evidence, self.wording), word("evidence: "), "faint"
            )
        yield from self._wrapped(note, f"kanwu rule {finding.code}", word("more: "), "faint")

    def _excerpts(
        self, home: tuple[str, str | None], marks: Sequence[_Mark], gutter: int
    ) -> Iterator[str]:
        """The places of the finding's document in the order of its text, then those of others."""
        own = [mark for mark in marks if _home(mark.place) == home]
        own.sort(key=lambda mark: (mark.place.start.offset, mark.marker == "-"))
        for mark in own + [mark for mark in marks if _home(mark.place) != home]:
            if _home(mark.place) != home:
                home = _home(mark.place)
                yield self.palette("faint", f"{':::':>{gutter + 1}} ") + position(mark.place)
            yield from self._excerpt(mark, gutter)

    def _excerpt(self, mark: _Mark, gutter: int) -> Iterator[str]:
        """The mark's line with its number, and below it markers under the place."""
        place, marker, style, label = mark
        palette = self.palette
        before = readable(place.excerpt.before)
        inside = visible(place.excerpt.inside)
        after = readable(place.excerpt.after)
        if self.width is not None:
            before, inside, after = fitted(before, inside, after, self._room(gutter + 2))
        bar = palette("faint", "|")
        number = palette("faint", f"{place.start.line:>{gutter - 1}}")
        yield f"{number} {bar} {before}{palette(style, inside)}{after}".rstrip()
        left, size = cell_len(before), max(1, cell_len(inside))
        below = f"{'':>{gutter}}{bar} {'':>{left}}{palette(style, marker * size)}"
        if place.end.line > place.start.line:
            until = self.wording("to line {line}", line=place.end.line)
            label += f"{self.wording.word(', ') if label else ''}{until}"
        label = visible(label)
        if self.width is None or gutter + left + size + cell_len(label) + 3 <= self.width:
            yield f"{below} {palette(style, label)}".rstrip()
        else:
            yield below
            yield from self._wrapped(f"{'':>{gutter}}= ", label)

    def _listed(self, note: str, finding: Finding) -> Iterator[str]:
        """Many related places, by position alone, those with one message together."""
        home = _home(finding.place)
        shown, rest = finding.related[:MOST_LISTED], len(finding.related) - MOST_LISTED
        groups = [
            (message, ", ".join(_short(r.place, home) for r in group))
            for message, group in groupby(shown, key=lambda r: self.wording.tell(r.message))
        ]
        for number, (message, places) in enumerate(groups, 1):
            last = rest > 0 and number == len(groups)
            line = "{message}: {places} and {rest} more" if last else "{message}: {places}"
            yield from self._wrapped(
                note, self.wording(line, message=message, places=places, rest=rest)
            )

    def _offer(self, finding: Finding) -> str:
        """What can be done with the finding's fix, as a label for its title."""
        if self.is_fixable(finding):
            return self.wording.word("fix")
        assert finding.fix is not None
        if finding.fix.safety is Safety.SHOWN:
            return self.wording.word("suggestion")
        if self.is_fixable_unsafely(finding):
            return self.wording.word("unsafe fix")
        return self.wording("fix with --select {code}", code=finding.code)

    def _room(self, taken: int) -> int:
        assert self.width is not None
        return max(self.width, NARROWEST) - taken

    def _wrapped(
        self, prefix: str, text: str, label: str = "", style: str = "fix"
    ) -> Iterator[str]:
        """The text, made visible, in lines of the terminal's width, the later ones indented."""
        text = visible(text)
        room = None if self.width is None else self._room(len(prefix))
        for line in wrapped(text, room, taken=cell_len(label)):
            yield f"{prefix}{self.palette(style, label)}{line}"
            prefix, label = " " * len(prefix), ""


def _home(place: Place) -> tuple[str, str | None]:
    """What tells the place's document from others."""
    return place.path, place.record


def _short(place: Place, home: tuple[str, str | None]) -> str:
    """The place's position, without the name of the document where that is understood."""
    return f"{place.start.line}:{place.start.column}" if _home(place) == home else position(place)
