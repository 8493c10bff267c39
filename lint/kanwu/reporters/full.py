"""`full`: each finding with the text around it, for reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kanwu.engine.finding import Safety
from kanwu.reporters.base import Reporter
from kanwu.reporters.concise import position
from kanwu.reporters.layout import fitted, wrapped
from kanwu.reporters.terminal import readable, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.engine.finding import Finding, Place, Related

# Up to so many related places are shown with their text; of more, this many are listed by position.
MOST_SHOWN = 3
MOST_LISTED = 8

INDENT = "  "
NARROWEST = 40


class Full(Reporter):
    """A headline, the message, the text with carets below the place, related places and the fix."""

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.stream.write("\n".join(self._lines(finding)) + "\n\n")

    def _lines(self, finding: Finding) -> Iterator[str]:
        palette = self.palette
        severity = finding.severity.value
        yield (
            f"{palette('strong', position(finding.place))}  {palette(severity, severity)} "
            f"{palette('strong', finding.code)} {finding.name}"
        )
        yield from self._wrapped(INDENT, str(finding.message))
        shown: Sequence[Related] = finding.related
        listed: Sequence[Related] = ()
        if len(shown) > MOST_SHOWN:
            shown, listed = (), shown
        numbers = [r.place.start.line for r in shown] + [finding.place.start.line]
        gutter = len(str(max(numbers))) + len(INDENT) + 1
        if not _stands_for_document(finding.place):
            yield from self._excerpt(finding.place, gutter, "^", severity)
        path = finding.place.path
        for related in shown:
            if related.place.path != path:
                path = related.place.path
                yield palette("faint", f"{':::':>{gutter + 1}} ") + position(related.place)
            yield from self._excerpt(related.place, gutter, "-", "related", str(related.message))
        note = f"{'':>{gutter}}= "
        yield from self._listed(note, finding, listed)
        if finding.fix is not None:
            yield from self._wrapped(note, str(finding.fix.title), f"{self._offer(finding)}: ")

    def _excerpt(
        self, place: Place, gutter: int, marker: str, style: str, label: str = ""
    ) -> Iterator[str]:
        """The place's line with its number, and below it markers under the place."""
        palette = self.palette
        before = readable(place.excerpt.before)
        inside = visible(place.excerpt.inside)
        after = readable(place.excerpt.after)
        if self.width is not None:
            before, inside, after = fitted(before, inside, after, self._room(gutter + 2))
        bar = palette("faint", "|")
        number = palette("faint", f"{place.start.line:>{gutter - 1}}")
        yield f"{number} {bar} {before}{palette(style, inside)}{after}".rstrip()
        left = " " * cell_len(before)
        markers = left + palette(style, marker * max(1, cell_len(inside)))
        if place.end.line > place.start.line:
            label += f"{', ' if label else ''}to line {place.end.line}"
        label = visible(label)
        size = gutter + 3 + len(left) + max(1, cell_len(inside)) + cell_len(label)
        if self.width is None or size <= self.width:
            yield f"{'':>{gutter}}{bar} {markers} {palette(style, label)}".rstrip()
        else:
            yield f"{'':>{gutter}}{bar} {markers}"
            yield from self._wrapped(f"{'':>{gutter}}= ", label)

    def _listed(self, note: str, finding: Finding, related: Sequence[Related]) -> Iterator[str]:
        """Many related places, by position alone, those with one message together."""
        left = MOST_LISTED
        for message, group in groupby(related, key=lambda r: str(r.message)):
            places = [
                position(r.place) if r.place.path != finding.place.path else _short(r.place)
                for r in group
            ]
            if left <= 0:
                continue
            named = ", ".join(places[:left])
            more = f" and {len(places) - left} more" if len(places) > left else ""
            left -= len(places)
            yield from self._wrapped(note, f"{message}: {named}{more}")

    def _offer(self, finding: Finding) -> str:
        """What can be done with the finding's fix, as a label for its title."""
        if self.is_fixable(finding):
            return "fix"
        assert finding.fix is not None
        if finding.fix.safety is Safety.SHOWN:
            return "suggestion"
        if self.is_fixable_unsafely(finding):
            return "unsafe fix"
        return f"fix with --select {finding.code}"

    def _room(self, taken: int) -> int:
        assert self.width is not None
        return max(self.width, NARROWEST) - taken

    def _wrapped(self, prefix: str, text: str, label: str = "") -> Iterator[str]:
        """The text, made visible, in lines of the terminal's width, the later ones indented."""
        text = visible(text)
        room = None if self.width is None else self._room(len(prefix))
        for line in wrapped(text, room, taken=len(label)):
            yield f"{prefix}{self.palette('fix', label)}{line}"
            prefix, label = " " * len(prefix), ""


def _stands_for_document(place: Place) -> bool:
    """Whether the finding is about the whole file: then no place in it is worth showing."""
    return place.end.offset == 0


def _short(place: Place) -> str:
    return f"{place.start.line}:{place.start.column}"
