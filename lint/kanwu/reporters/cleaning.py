"""What `kanwu clean` ends with: a table by rule, and what was read, written and left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from kanwu.engine.finding import Severity
from kanwu.reporters.ledger import width
from kanwu.reporters.progress import MEGABYTE
from kanwu.reporters.statistics import fixable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kanwu.reporters.summary import RuleCount
    from kanwu.reporters.terminal import Palette
    from kanwu.reporters.wording import Wording


class Line(NamedTuple):
    """What came of a rule."""

    code: str
    name: str
    severity: Severity | None
    """None where nothing is left."""
    left: int
    fixed: int
    fixable: int
    """With `kanwu fix`."""
    fixable_unsafe: int
    """So many more with `--unsafe-fixes`."""


def lines_of(
    counts: tuple[RuleCount, ...], fixed: Mapping[str, int], names: Mapping[str, str]
) -> list[Line]:
    """One line a rule and severity, those that found most first, repaired or not."""
    lines: list[Line] = []
    met: set[str] = set()
    for count in counts:
        repaired = 0 if count.code in met else fixed.get(count.code, 0)
        met.add(count.code)
        lines.append(Line(*count[:4], repaired, count.fixable, count.fixable_unsafe))
    lines += [
        Line(code, names.get(code, code), None, 0, number, 0, 0)
        for code, number in fixed.items()
        if code not in met
    ]
    gravity = {None: -1} | {severity: severity.rank for severity in Severity}
    return sorted(lines, key=lambda o: (-o.left - o.fixed, o.code, -gravity[o.severity]))


def write_table(stream: TextIO, lines: list[Line], palette: Palette, wording: Wording) -> None:
    """Write how many findings of every rule are left, and how many were repaired."""
    heads = (wording.word("left"), wording.word("repaired"))
    left = max([width(heads[0]), *(len(f"{line.left:,}") for line in lines)])
    fixed = max([width(heads[1]), *(len(f"{line.fixed:,}") for line in lines)])
    names = max(len(line.name) for line in lines)
    severities = {s: wording.word(s.value) for s in Severity}
    widest = max(map(width, severities.values()))
    header = " " * (left - width(heads[0])) + heads[0] + "  " + " " * (fixed - width(heads[1]))
    stream.write(palette("faint", header + heads[1]) + "\n")
    for line in lines:
        said = severities[line.severity] if line.severity else ""
        cells = (
            f"{line.left:>{left},}",
            f"{line.fixed:>{fixed},}",
            palette(line.severity.value if line.severity else "good", line.code),
            f"{line.name:<{names}}",
            said + " " * (widest - width(said)),
            fixable(line, palette, wording),
        )
        stream.write("  ".join(cells).rstrip() + "\n")


def amounts(
    *,
    read: int,
    written: int,
    speed: float,
    reasons: Mapping[str, int],
    parts: int,
    parts_before: int,
    wording: Wording,
) -> Iterator[str]:
    """What was left out, read and written, in bytes, and at what speed, in bytes a second."""
    if reasons:
        several = [
            wording("{n:,} {condition}", n=number, condition=wording.word(condition))
            for condition, number in sorted(reasons.items())
        ]
        yield wording("left out: {reasons}", reasons=wording.word(", ").join(several))
    said = wording(
        "{read} MB read, {written} MB written",
        read=in_megabytes(read),
        written=in_megabytes(written),
    )
    if speed:
        said = wording.word(", ").join((said, f"{speed / MEGABYTE:.2g} MB/s"))
    yield said
    if parts_before:
        template = "{done:,} of {all:,} parts were done before"
        yield wording(template, done=parts_before, all=parts)


def in_megabytes(size: int) -> str:
    """A number of bytes in megabytes, little of them with two digits that tell."""
    return f"{size / MEGABYTE:,.1f}" if size >= MEGABYTE else f"{size / MEGABYTE:.2g}"
