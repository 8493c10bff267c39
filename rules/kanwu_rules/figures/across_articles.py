"""What the rules on figures of several articles have in common."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, starmap
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from kanwu import CorpusRule, Document, EveryDocument, Record, Related
from kanwu.engine.finding import whole_file
from kanwu_rules.figures.comparison import CONFLICTS, shifted, times, verdict
from kanwu_rules.figures.linking import may_be_told, told
from kanwu_rules.figures.numeral_contexts import (
    Numerals,
    offsets_of,
    restored,
    same_digits,
    sentences_at,
)
from kanwu_rules.figures.statements import Stated, is_law, packed, same_words, unpacked

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kanwu import Finding, Place, Span
    from kanwu.documents.document import Markup
    from kanwu.engine.finding import Message
    from kanwu_rules.figures.comparison import Verdict
    from kanwu_rules.figures.statements import Statement

MET, SAID, TOLD = "met ", "said ", "told "
CROWD = 40
"""Words that so many articles share say nothing of one event."""
CROWD_OF_NUMERALS = 2 * CROWD
"""The same for the words beside numerals, of which not all are figures."""
LEAST_SHARED = 2
"""Numerals that two articles must have beside the same words, before they are read. Both sides count."""
MOST_VALUES = 3
"""Where more articles than these each give another figure, they are a series: a bulletin of each month."""
MOST_RELATED = 20


class Noted:
    """What is noted of a document: its numerals by the words beside them, and the sentences around them."""

    __slots__ = ("data",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    @classmethod
    def of(cls, document: Document) -> Noted:
        if is_law(document.text):
            return cls({})
        found = Numerals.of_text(document.text)
        if not found.figures:
            return cls({})
        # Whether a line of Markdown is prose, those around it say.
        sentences = found.sentences if document.markup == "plain" else document.text
        return cls({"figures": found.figures, "sentences": sentences, "markup": document.markup})


@lru_cache(maxsize=1 << 14)
def read_all(sentences: str, markup: Markup) -> tuple[bytes, ...]:
    """What a document states: read once for all rules, which come one after the other."""
    document = Document(restored(sentences), markup=markup)
    return tuple(map(packed, document.get(Stated).parts))


def part_at(parts: Sequence[bytes], offset: int) -> bytes:
    """The one of some parts in which a statement begins at an offset."""
    at = (part for part in parts[:-1] if any(s.start[2] == offset for s in unpacked(part)))
    return next(at, parts[-1])


@lru_cache(maxsize=1 << 14)
def read_some(sentences: str, markup: Markup, keys: frozenset[str]) -> tuple[Statement, ...]:
    """The figures that a document has under some keys, without the others."""
    text = restored(sentences)
    offsets = offsets_of(text, keys)
    document = Document(sentences_at(text, offsets), markup=markup)
    return tuple(
        statement
        for part in document.get(Stated).parts
        for statement in part
        if any(statement.start[2] <= at < statement.end[2] for at in offsets)
    )


def is_told_apart(values: Sequence[Hashable]) -> bool:
    """Whether of what articles say of one thing some differs, and it is no series."""
    return 1 < len(set(values)) <= max(MOST_VALUES, len(values) / 2)


def may_conflict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two articles share so many words beside numerals that they may be on one event."""
    shared = one.keys() & other.keys()
    differing = [(one[key], other[key]) for key in shared if one[key] != other[key]]
    if not differing:
        return False
    return len(shared) >= LEAST_SHARED or any(starmap(same_digits, differing))


class Said(NamedTuple):
    """An article's statement."""

    record: Record
    statement: Statement

    @property
    def part(self) -> bytes:
        """All that its article states."""
        noted = self.record.data["noted"]
        return part_at(read_all(noted["sentences"], noted["markup"]), self.statement.start[2])

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands."""
        place = self.record.place
        return place.path, place.record or "", self.statement.start[2]


class AcrossArticles(CorpusRule):
    """Compares the figures of articles on one event, in steps that each leave less to compare.

    Numerals are noted by the words beside them; documents that have different ones beside the same
    words are read; figures that differ in the same words are compared with all else in their articles.
    """

    where = (EveryDocument(),)
    fewest = 2
    records = "figures-across-articles"
    verdicts: ClassVar[frozenset[Verdict]]
    """What is told of two figures."""

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        data = document.get(Noted).data
        if data:
            first, *further = data["figures"]
            yield Record(first, whole_file(document.path, document.record), data, tuple(further))

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        if key.startswith(TOLD):
            yield self.tell(records)
        elif key.startswith(SAID):
            yield from self.compare_figures(records)
        elif key.startswith(MET):
            yield from self.read(records)
        elif len(records) <= CROWD_OF_NUMERALS:
            yield from self.meet(records)

    def meet(self, records: Sequence[Record]) -> Iterator[Record]:
        """Two records for each document of some that has other numerals than another beside the same words."""
        figures = [record.data["figures"] for record in records]
        # The very same documents may share more keys than this one, and are not compared again.
        shared = [k for k in figures[0] if k in figures[1] and all(k in each for each in figures)]
        differing = [k for k in shared if is_told_apart([each[k] for each in figures])]
        if differing:
            pairs = combinations(range(len(records)), 2)
            met = {at for pair in pairs if may_conflict(*(figures[n] for n in pair)) for at in pair}
            for at in sorted(met):
                place = records[at].place
                key = f"{MET}{place.path}\0{place.record or ''}"
                yield Record(key, place, records[at].data)
                yield Record(key, place, {"keys": differing})

    def read(self, records: Sequence[Record]) -> Iterator[Record]:
        """A record for each figure of a document that may differ from another's."""
        met = {key for record in records for key in record.data.get("keys", ())}
        noted = next(record.data for record in records if "keys" not in record.data)
        for statement in read_some(noted["sentences"], noted["markup"], frozenset(met)):
            said = {"noted": noted, "statement": statement}
            for key in statement.keys:
                yield Record(SAID + key, records[0].place, said)

    def compare_figures(self, records: Sequence[Record]) -> Iterator[Record]:
        """What is told of figures of one thing in the same words."""
        if len(records) <= CROWD:
            said = [Said(record, record.data["statement"]) for record in records]
            if is_told_apart(
                [(s.statement.value, s.statement.moment, s.statement.relation) for s in said]
            ):
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
            if not may_be_told(one.statement, other.statement):
                continue
            found = told(one.part, other.part)
            if (one.statement.start[2], other.statement.start[2]) not in found.at:
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
            key = f"{TOLD}{path}\0{record}\0{offset}"
            yield Record(key, here.record.place, {})
            yield Record(key, there.record.place, data)

    def tell(self, records: Sequence[Record]) -> Finding:
        """One finding for a figure and all that it was compared with."""
        whole = next(record.place for record in records if not record.data)
        others = {record.place: record for record in records if record.data}
        here: Statement = next(iter(others.values())).data["here"]
        nearest = max(others.values(), key=lambda record: record.data["agreed"])
        there: Statement = nearest.data["there"]
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
        there: Statement = record.data["there"]
        return Related(there.at(record.place), self.say("there", figure=there.shown[1]))

    def message(self, here: Statement, nearest: Record, others: int) -> Message:
        """What is said of a figure."""
        there: Statement = nearest.data["there"]
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
