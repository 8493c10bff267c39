"""What the rules on figures inside one article share: a finding names every figure it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Related, Rule, place
from kanwu_rules.figures.bounds import Bounds, count_of, printed, span_shown, unscaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu import Document, Finding
    from kanwu.engine.finding import Message
    from kanwu_rules.figures.claim import Claim


class Figure(NamedTuple):
    """A figure of a text, where it stands, and between which bounds its value lies in its own unit."""

    start: int
    end: int
    bounds: Bounds


def figure_of(claim: Claim) -> Figure:
    """The figure of a claim."""
    return Figure(claim.start, claim.end, unscaled(count_of(claim), claim))


class FigureRule(Rule):
    """A rule that finds figures of one article that cannot all be right."""

    messages: ClassVar[Mapping[str, str]] = {"figure": "“{figure}” says {bounds}"}

    def contradiction(
        self,
        document: Document,
        message: Message,
        figures: Sequence[Figure],
        *,
        reason: str,
        expected: Bounds | None = None,
    ) -> Finding:
        """The finding that these figures, the first of which it stands on, cannot all be right.

        `reason` says in words why they were compared, `expected` what the others make of the first.
        """
        text = document.text
        evidence: dict[str, object] = {
            "figures": [
                {"figure": text[start:end].strip(), "bounds": printed(bounds)}
                for start, end, bounds in figures
            ],
            "reason": reason,
        }
        if expected is not None:
            evidence["recomputed"] = printed(expected)
        return self.finding(
            place(document, figures[0].start, figures[0].end),
            message,
            related=[self._named(document, figure) for figure in figures[1:]],
            evidence=evidence,
        )

    def _named(self, document: Document, figure: Figure) -> Related:
        """One figure and its bounds, as a place that belongs to a finding."""
        written = document.text[figure.start : figure.end].strip()
        return Related(
            place(document, figure.start, figure.end),
            self.say("figure", figure=written, bounds=span_shown(figure.bounds)),
        )
