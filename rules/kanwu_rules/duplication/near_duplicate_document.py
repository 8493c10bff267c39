"""DUP002 near-duplicate-document."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, CorpusRule, EveryDocument, Good, Option, Record, Related
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Location
from kanwu.engine.finding import whole_document
from kanwu_rules.duplication.sketches import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Place, Span
    from kanwu.engine.finding import Message
    from kanwu_rules.duplication.sketches import Line

MOST_RELATED = 20
MANY = 64
"""Of more documents than these under one key each is compared with its neighbours only."""
NEIGHBOURS = 16
SPARSE = 60
"""Code points to one hash of a sample at which a text is more figures and signs than sentences."""
COPIES = "copies of "


class Candidate(NamedTuple):
    """A document that shares a key with others."""

    place: Place
    sketch: Sketch


class NearDuplicateDocument(CorpusRule):
    """A document says nearly the same as another one of the run.

    Articles are reprinted, fetched twice, saved as a draft and as a final version; a reader of a
    collection is misled about how often something was said, and a corpus counts it double. Every later
    document of a group of near copies (by path) gets one finding, which names the earlier documents
    that it resembles, the nearest first, how large a part is shared, and the first line in which they
    differ. Which one to keep is for a reader to say, so there is no fix.

    Compared are the character n-grams of the texts, by a sample of them; blanks, digits and the width
    of common punctuation make no difference, simplified and traditional characters do. The shared
    part is that of both texts together: half of a document is no near copy of the whole. It is an
    estimate, mostly within five points in a hundred; where the texts are the same but for blanks the message
    says so. A form letter in which only names and dates differ is a near copy.

    **What it leaves alone.** Documents shorter than `least`, and those that hold more figures than
    sentences; documents that have less than `share` in common, such as articles that quote the same
    statement or that stand in the same frame of menus and notices.

    **Source.** Resemblance by samples of n-grams is that of Broder (1997), “On the resemblance and
    containment of documents”; near copies are taken out of corpora since C4 and Gopher, and Lee et
    al. (2022), “Deduplicating training data makes language models better”, say why.
    """

    code = "DUP002"
    name = "near-duplicate-document"
    where = (EveryDocument(),)
    fewest = 2
    reach = 2
    share = Option(
        70, "how much of two documents is the same in near copies, in percent", minimum=60
    )
    least = Option(300, "fewest code points of a document", minimum=60)
    messages: ClassVar[Mapping[str, str]] = {
        "same": "this document says the same as {other}; keep one of them",
        "near": "about {share} % of this document is the same as in {other}, first differing in line "
        "{line} (line {other_line} there); keep one of them",
        "same-several": "this document says the same as {other} and nearly the same as {more} more; "
        "keep one of them",
        "near-several": "about {share} % of this document is the same as in {other}, first differing in "
        "line {line} (line {other_line} there), and {more} more are much like it; keep one of them",
        "own": "the first line in which it differs from {other}",
        "there": "the same text stands here",
        "differs": "about {share} % is the same, and this is the first line that differs",
    }

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        if len(document.text) < self.least:
            return
        sketch = Sketch.of(document.text, document.get(Lines))
        if sketch.is_full or len(sketch.hashes) * SPARSE >= len(document.text):
            at, keys = whole_document(document), sketch.keys
            data = {**sketch.packed(), "first": keys[0]}
            for key in keys:
                yield Record(key, at, data)

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        if key.startswith(COPIES):
            yield self._tell(records)
        else:
            yield from self._links(key, records)

    def _links(self, key: str, records: Sequence[Record]) -> Iterator[Record]:
        """For each two near copies a record of the later one, and one of where the earlier is."""
        alike: dict[str, list[Record]] = {}
        for record in records:
            alike.setdefault(record.data["hashes"] + record.data["said"], []).append(record)
        for first, *others in alike.values():
            if others and first.data["first"] == key:
                for other in others:
                    yield from linked(first.place, other.place, 1, None)
        if len(alike) == 1:
            return
        candidates = [Candidate(r.place, Sketch.unpacked(r.data)) for r, *_ in alike.values()]
        for one, two in pairs(candidates):
            # Two documents may share several keys, and are compared under the first of them.
            keys = set(two.sketch.keys)
            if next(shared for shared in one.sketch.keys if shared in keys) != key:
                continue
            share = one.sketch.shared(two.sketch)
            if 100 * share >= self.share:
                lines = one.sketch.first_difference(two.sketch)
                yield from linked(one.place, two.place, share, lines)

    def _tell(self, records: Sequence[Record]) -> Finding:
        own = next(record.place for record in records if not record.data)
        copies = sorted(
            (record for record in records if record.data),
            key=lambda record: (-record.data["share"], order(record.place)),
        )
        nearest = copies[0]
        evidence = {"count": len(copies) + 1, "share": round(nearest.data["share"], 2)}
        said = {"other": shown(nearest.place), "share": percent(nearest), "more": len(copies) - 1}
        related = [Related(record.place, self._where(record)) for record in copies[:MOST_RELATED]]
        if nearest.data["line"]:
            start = Location(*nearest.data["line"])
            lines = {"line": start.line, "other_line": nearest.place.start.line}
            evidence |= lines
            said |= lines
            here = own._replace(start=start, end=start)
            related.insert(0, Related(here, self.say("own", other=said["other"])))
        message = ("near" if nearest.data["line"] else "same") + (
            "-several" if len(copies) > 1 else ""
        )
        return self.finding(own, self.say(message, **said), related=related, evidence=evidence)

    def _where(self, copy: Record) -> Message:
        if copy.data["line"]:
            return self.say("differs", share=percent(copy))
        return self.say("there")


def pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Each two that are to be compared, the earlier one first."""
    if len(candidates) <= MANY:
        yield from combinations(candidates, 2)
        return
    # So many share a key where texts are made after one pattern; near copies have their smallest
    # hashes in common and stand side by side here.
    ordered = sorted(candidates, key=lambda candidate: (candidate.sketch, order(candidate.place)))
    for distance in range(1, NEIGHBOURS + 1):
        for one, two in zip(ordered, ordered[distance:], strict=False):
            yield (one, two) if order(one.place) < order(two.place) else (two, one)


def linked(
    earlier: Place, later: Place, share: float, lines: tuple[Line, Line] | None
) -> Iterator[Record]:
    """Two records under one key: of the later document, and of the earlier where it differs."""
    key = f"{COPIES}{later.path}\0{later.record or ''}"
    yield Record(key, later, {})
    if lines is None:
        yield Record(key, earlier, {"share": share, "line": None})
        return
    there, here = (Location(line.number, 1, line.start) for line in lines)
    yield Record(
        key, earlier._replace(start=there, end=there), {"share": share, "line": tuple(here)}
    )


def order(place: Place) -> tuple[str, str]:
    """What documents are sorted by."""
    return place.path, place.record or ""


def shown(place: Place) -> str:
    """A document as a message names it."""
    return f"{place.path}:{place.record}" if place.record else place.path


def percent(copy: Record) -> int:
    """The shared part in percent; a hundred is said of the same texts only."""
    return min(99, round(100 * copy.data["share"]))
