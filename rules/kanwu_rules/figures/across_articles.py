"""What the rules on figures of several articles have in common."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from kanwu import CorpusRule, EveryDocument, Record, Related
from kanwu_rules.figures.comparison import CONFLICTS, shifted, times, verdict
from kanwu_rules.figures.linking import link
from kanwu_rules.figures.statements import Stated, read, same_words, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document, Finding, Place, Span
    from kanwu.engine.finding import Message
    from kanwu_rules.figures.comparison import Verdict
    from kanwu_rules.figures.statements import Statement

TOLD = "told "
CROWD = 40
"""Words that so many articles share say nothing of one event."""
MOST_VALUES = 3
"""Where more articles than these each give another figure, they are a series: a bulletin of each month."""
MOST_RELATED = 20


class Said(NamedTuple):
    """An article's statement."""

    record: Record
    statement: Statement

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands."""
        place = self.record.place
        return place.path, place.record or "", self.statement.start[2]


class AcrossArticles(CorpusRule):
    """Compares the figures of articles on one event, one key a figure with the words beside it."""

    where = (EveryDocument(),)
    fewest = 2
    verdicts: ClassVar[frozenset[Verdict]]
    """What is told of two figures."""
    sides: ClassVar[Sequence[str]] = ("<", ">")
    """Whether figures are looked up by the words before them, or by those behind too."""

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        for record in document.get(Stated).records:
            if any(side in record.key for side in self.sides):
                yield record

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        if key.startswith(TOLD):
            yield self.tell(records)
        elif len(records) <= CROWD:
            said = [
                Said(record, statement)
                for record in records
                for statement in unpacked(record.data["statements"])
                if statement.has(key)
            ]
            values = {(s.statement.value, s.statement.moment, s.statement.relation) for s in said}
            if 1 < len(values) <= max(MOST_VALUES, len(said) / 2) and len(said) <= CROWD:
                yield from self.pairs(said)

    def pairs(self, said: Sequence[Said]) -> Iterator[Record]:
        """Two records for each two statements of two documents that are worth telling.

        They stand under the figure that fewer articles have, else under the later.
        """
        for one, other in combinations(said, 2):
            if one.record.place == other.record.place:
                continue
            if verdict(one.statement, other.statement) not in self.verdicts:
                continue
            found = link(one.record.data["statements"], other.record.data["statements"])
            if not any((p.one, p.other) == (one.statement, other.statement) for p in found.told):
                continue
            support = [
                sum(verdict(each.statement, s.statement) not in self.verdicts for s in said)
                for each in (one, other)
            ]
            here, there = (one, other) if support[0] < support[1] else (other, one)
            data = {
                "here": here.statement,
                "there": there.statement,
                "compared": found.compared,
                "agreed": found.agreed,
            }
            path, record, offset = here.order
            told = f"{TOLD}{path}\0{record}\0{offset}"
            yield Record(told, here.record.place, {})
            yield Record(told, there.record.place, data)

    def tell(self, records: Sequence[Record]) -> Finding:
        """One finding for a figure and all that it was compared with."""
        whole = next(record.place for record in records if not record.data)
        others = {record.place: record for record in records if record.data}
        here = read(next(iter(others.values())).data["here"])
        nearest = max(others.values(), key=lambda record: record.data["agreed"])
        there = read(nearest.data["there"])
        said = verdict(here, there)
        return self.finding(
            here.at(whole),
            self.message(here, nearest, len(others)),
            related=[self.other(record) for record in list(others.values())[:MOST_RELATED]],
            evidence={
                "verdict": said.value,
                "words": same_words(here, there),
                "compared": nearest.data["compared"],
                "agreed": nearest.data["agreed"],
                "here": interval(here),
                "there": interval(there),
                "articles": len(others) + 1,
            },
            documents=sorted({whole.path, *(place.path for place in others)}),
        )

    def other(self, record: Record) -> Related:
        """The place of a figure that was compared."""
        there = read(record.data["there"])
        return Related(there.at(record.place), self.say("there", figure=there.shown[1]))

    def message(self, here: Statement, nearest: Record, others: int) -> Message:
        """What is said of a figure."""
        there = read(nearest.data["there"])
        how: str = verdict(here, there)
        if how in CONFLICTS and shifted(here, there):
            how = "more" if here.value > there.value else "less"
        return self.say(
            how if others == 1 else f"{how}-several",
            figure=here.shown[1],
            other_figure=there.shown[1],
            other=shown(nearest.place),
            line=there.start[0],
            times=f"{times(here, there):,.0f}",
            agreed=nearest.data["agreed"],
            compared=nearest.data["compared"],
            others=others,
        )


def interval(statement: Statement) -> dict[str, Any]:
    """A figure as it was read, in its own unit, 万 and 亿 worked out."""
    said: dict[str, Any] = {"figure": statement.shown[1], "sentence": "".join(statement.shown)}
    if not statement.is_date:
        for name, end in (("low", statement.low), ("high", statement.high)):
            said[name] = None if end is None else f"{end / statement.scale:.12g}"
        said["unit"] = statement.unit
    return said


def shown(place: Place) -> str:
    """What a document is called."""
    return f"{place.path}:{place.record}" if place.record else place.path
