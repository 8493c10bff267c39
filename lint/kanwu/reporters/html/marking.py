"""A stretch of text with the spans of findings marked, which may overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kanwu.reporters.html.badges import badged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.engine.finding import Severity


class Mark(NamedTuple):
    """A span that belongs to a finding: where it stands, or (`related`) another place of it."""

    start: int
    end: int
    finding: int
    """The number of the finding on the page."""
    severity: Severity
    related: bool = False

    @property
    def kind(self) -> str:
        return "related" if self.related else self.severity.value


# The strongest names the colour of what several findings share.
STRENGTH = ("related", "info", "warning", "error")


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """The text from `start` to `end` (exclusive) with its marks.

    HTML cannot nest spans that cross, so the text is cut wherever one begins or ends, and each piece
    names all findings that it belongs to. An empty span is an empty piece.
    """
    pieces = []
    for left, right, active in _pieces(start, end, sorted(marks)):
        body = badged(text[left:right])
        pieces.append(_mark(body, active, empty=left == right) if active else body)
    return Markup("").join(pieces)


def _pieces(
    start: int, end: int, marks: Sequence[Mark]
) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """The stretches between the points where marks begin or end, with what is active there."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    points = {start, end}
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    empty: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.start == mark.end and start <= mark.start <= end:
            empty.setdefault(mark.start, []).append(mark)
            points.add(mark.start)
    for mark in inside:
        if mark.start == mark.end:
            continue
        left, right = max(mark.start, start), min(mark.end, end)
        opening.setdefault(left, []).append(mark)
        closing.setdefault(right, []).append(mark)
        points |= {left, right}
    active: dict[Mark, None] = {}
    ordered = sorted(points)
    for here, following in zip(ordered, [*ordered[1:], end], strict=True):
        if here in empty:
            yield here, here, tuple(empty[here])
        for mark in closing.get(here, ()):
            active.pop(mark, None)
        active |= dict.fromkeys(opening.get(here, ()))
        if here < following:
            yield here, following, tuple(active)


def _mark(body: Markup, active: tuple[Mark, ...], *, empty: bool) -> Markup:
    kinds = max((mark.kind for mark in active), key=STRENGTH.index)
    return Markup('<mark class="{}{}" data-of="{}">{}</mark>').format(
        kinds,
        " point" if empty else "",
        " ".join(f"{mark.finding}{'r' * mark.related}" for mark in active),
        body,
    )
