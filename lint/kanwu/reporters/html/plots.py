"""Histograms as drawings inside a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kanwu.reporters.histogram import EDGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.reporters.histogram import Histogram
    from kanwu.reporters.html.words import Words

WIDTH, HEIGHT = 380, 150
"""Of the drawing; its words need so much above and below the bars:"""
ABOVE, BELOW = 16, 18
LABELS = 12
"""Of more bins not every one has its words."""


class Plot(NamedTuple):
    """A drawing with what it shows."""

    caption: str
    drawing: Markup
    said: str
    """The means, for everybody."""
    series: int


def histogram(caption: str, series: Sequence[Histogram], words: Words) -> Plot:
    """One or two histograms, their bars side by side."""
    used = sorted({index for one in series for index in one.bins})
    shown = range(used[0], used[-1] + 1) if used else range(0)
    highest = max((number for one in series for number in one.bins.values()), default=1)
    slot = min(WIDTH / max(1, len(shown)), 60)
    bar = slot * 0.8 / len(series)
    every = -(-len(shown) // LABELS) or 1
    floor = HEIGHT - BELOW
    parts = []
    for at, index in enumerate(shown):
        left = at * slot + slot * 0.1
        top: float = floor
        for which, one in enumerate(series):
            number = one.bins[index]
            tall = max((floor - ABOVE) * number / highest, 1 if number else 0)
            top = min(top, floor - tall)
            parts.append(
                Markup(
                    '<rect class="s{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
                ).format(
                    which,
                    round(left + which * bar, 1),
                    round(floor - tall, 1),
                    round(bar, 1),
                    round(tall, 1),
                    words("plot-bar", values=span(index), n=number),
                )
            )
        most = max(one.bins[index] for one in series)
        if at % every == 0:
            centre = round(at * slot + slot / 2, 1)
            parts.append(_text(centre, HEIGHT - 5, short(EDGES[index])))
            if most:
                parts.append(_text(centre, round(top - 4, 1), short(most), "top"))
    drawn = round(slot * len(shown), 1)
    parts.append(Markup('<line x1="0" x2="{}" y1="{}" y2="{}"/>').format(drawn, floor, floor))
    said = " → ".join(f"{one.mean:,.{0 if one.mean >= 100 else 1}f}" for one in series)
    label = words("plot-said", mean=said)
    drawing = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, f"{caption}: {label}", Markup("").join(parts)
    )
    return Plot(caption, drawing, label, len(series))


def _text(x: float, y: float, said: str, kind: str = "axis") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, x, y, said)


def span(index: int) -> str:
    """The values of a bin: `0`, `20–49`."""
    least, most = EDGES[index], EDGES[index + 1] - 1 if index + 1 < len(EDGES) else None
    if most is None:
        return f"{least:,}+"
    return f"{least:,}" if most == least else f"{least:,}–{most:,}"


def short(number: int) -> str:
    """A number in little room: `950`, `1.2k`, `20k`, `3M`."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if number >= size:
            return (
                f"{number / size:.1f}".removesuffix(".0") + unit
                if number < 10 * size
                else f"{number // size}{unit}"
            )
    return str(number)
