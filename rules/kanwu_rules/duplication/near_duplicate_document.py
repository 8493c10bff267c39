"""DUP002 near-duplicate-document."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, CorpusRule, EveryDocument, Good, Option, Record, Related
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Location
from kanwu.engine.finding import span_of, whole_document
from kanwu_rules.duplication.sketches import Line, Sketch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Place, Span
    from kanwu.engine.finding import Message

MOST_RELATED = 20
MANY = 64
"""Of more documents than these under one key each is compared with its neighbours only."""
NEIGHBOURS = 4
SPARSE = 60
"""Code points to one hash of a sample at which a text is more figures and signs than sentences."""
COPIES, GROUP = "copies of ", "group of "

LETTER = (
    "{name}：\n您报名参加的市民讲堂定于本周六下午两点在{room}举行，请提前十五分钟到场签到，凭短信入场。"
    "讲堂不设停车位，附近的公交站是图书馆站和文化宫站。\n"
    "因故不能到场的，请在周五下班以前打电话告诉我们，以便把座位让给候补的听众。"
    "讲堂全程录像，录像将在一周以后放到图书馆的网站上，错过的听众可以回看。\n"
)
REPORT = (
    "城南的旧粮仓经过两年修缮，昨天重新向公众开放。粮仓建于上世纪五十年代，一共有六座砖砌的圆筒，"
    "停用以后一度堆放杂物，屋顶多处漏雨。\n修缮保留了原来的通风口和木楼梯，两座圆筒改成了阅览室，"
    "另外四座用来展出农具和老照片。展品大多由附近的居民捐出，每件旁边都写着捐赠人讲的故事。\n"
    "开放首日来了不少老人，有人在照片里找到了年轻时的自己。粮仓每周二至周日开放，不收门票，团体需要提前预约。\n"
)
ENGLISH = (
    "The old granary south of the town opened to visitors yesterday after a repair that took two "
    "years. Its brick towers were built in the nineteen fifties, stood empty for a long time, and "
    "most of the roofs leaked. The wooden stairs remain where they were, and so do the shutters. "
    "Two towers are reading rooms now, and the others show tools and photographs that families of "
    "the neighbourhood gave away, eleven of them with a story written beside. Admission is free.\n"
)


class Candidate(NamedTuple):
    """A document that shares a key with others."""

    place: Place
    sketch: Sketch
    alike: Sequence[Record]
    """The records of all documents with this sketch, the last of which it stands for."""


class NearDuplicateDocument(CorpusRule):
    """A document says nearly the same as another one of the run.

    Articles are reprinted, fetched twice, saved as a draft and as a final version; a reader of a
    collection is misled about how often something was said, and a corpus counts it double. A group of
    near copies is told once, at its last document by path: which others there are, the nearest first,
    how large a part each shares with the last, and the first line in which they differ. A group that
    hangs together only by a chain of copies may be told in parts. Which one to keep is for a reader to
    say, so there is no fix.

    Compared are the character n-grams of the texts, by a sample of them; blanks, digits and the width
    of common punctuation make no difference, simplified and traditional characters do. The shared
    part is that of both texts together: half of a document is no near copy of the whole. It is an
    estimate, rough for short texts and mostly within ten points in a hundred; where the texts are the
    same but for blanks the message says so. A form letter in which only names and dates differ is a near copy.

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
    reach = 3
    share = Option(
        65, "how much of two documents is the same in near copies, in percent", minimum=60
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

    examples = (
        Bad(
            LETTER.format(name="陈先生", room="三楼会议室"),
            finds=("",),
            beside=(LETTER.format(name="林女士", room="三楼会议室"),),
            options={"least": 100},
        ),
        Bad(
            "本报讯（记者 周宁）" + REPORT.replace("，", ","),
            finds=("",),
            beside=(REPORT,),
            options={"least": 100},
        ),
        Bad(
            ENGLISH,
            finds=("",),
            beside=(ENGLISH.replace("eleven", "twelve"),),
            options={"least": 100},
        ),
        Good(REPORT, beside=(LETTER.format(name="陈先生", room="二楼"),), options={"least": 100}),
        Good(REPORT, beside=(REPORT[: len(REPORT) // 3],), options={"least": 60}),
        Good("会议改到明天。\n", beside=("会议改到明天。\n",)),
    )

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        if len(document.text) < self.least:
            return
        sketch = Sketch.of(document.text, document.get(Lines))
        keys = sketch.keys
        if keys and (sketch.is_full or len(sketch.hashes) * SPARSE >= len(document.text)):
            first, *others = keys
            data = {**sketch.packed(), "first": first, **in_html(document, sketch)}
            yield Record(first, whole_document(document), data, tuple(others))

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        if key.startswith(COPIES):
            yield from in_last_group(records)
        elif key.startswith(GROUP):
            yield self._tell(records)
        else:
            yield from self._links(key, records)

    def _links(self, key: str, records: Sequence[Record]) -> Iterator[Record]:
        """For each near copy of a later document a record, and one of the last copy beside it."""
        alike: dict[str, list[Record]] = {}
        for record in records:
            alike.setdefault(record.data["hashes"] + record.data["said"], []).append(record)
        kinds = list(alike.values())
        if len(kinds) == 1:
            if records[0].data["first"] == key:
                for record in records[:-1]:
                    yield from linked(record.place, records[-1].place, 1.0, None)
            return
        candidates = [
            Candidate(same[-1].place, Sketch.unpacked(same[-1].data), same) for same in kinds
        ]
        candidates.sort(key=lambda candidate: order(candidate.place))
        for group in self._groups(key, candidates):
            last = group[-1]
            for candidate in group:
                share, lines = 1.0, None
                if candidate is not last:
                    share = candidate.sketch.shared(last.sketch)
                    lines = candidate.sketch.first_difference(last.sketch)
                for record in candidate.alike:
                    if record.place is not last.place:
                        there = lines and in_files(lines, record, last.alike[-1])
                        yield from linked(record.place, last.place, share, there)

    def _groups(self, key: str, candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
        """Those that hang together by near copies, and those that are copies of one another."""
        groups = {id(candidate): [candidate] for candidate in candidates}
        crowd = len(candidates) > MANY
        for earlier, later in crowded(candidates) if crowd else combinations(candidates, 2):
            one, two = groups[id(earlier)], groups[id(later)]
            # Two documents may share several keys, and are compared under the first of them.
            if one is two or (not crowd and earlier.sketch.first_key(later.sketch) != key):
                continue
            if 100 * earlier.sketch.shared(later.sketch) >= self.share:
                larger, smaller = (one, two) if len(one) > len(two) else (two, one)
                larger += smaller
                groups |= dict.fromkeys(map(id, smaller), larger)
        for group in {id(group): group for group in groups.values()}.values():
            alike = len(group) == 1 and len(group[0].alike) > 1
            if len(group) > 1 or (alike and group[0].alike[0].data["first"] == key):
                yield sorted(group, key=lambda candidate: order(candidate.place))

    def _tell(self, records: Sequence[Record]) -> Finding:
        own = next(record.place for record in records if not record.data)
        others = {order(record.place): record for record in records if record.data}
        copies = sorted(
            others.values(),
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
        found = self.finding(own, self.say(message, **said), related=related, evidence=evidence)
        return found._replace(documents=tuple(sorted({record.place.path for record in records})))

    def _where(self, copy: Record) -> Message:
        if copy.data["line"]:
            return self.say("differs", share=percent(copy))
        return self.say("there")


def crowded(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """The pairs of a crowd that are compared.

    So many share a key where texts are made after one pattern. Each is compared with the last, and
    with its neighbours in the order of sketches, where near copies stand side by side.
    """
    for earlier in candidates[:-1]:
        yield earlier, candidates[-1]
    ordered = sorted(candidates, key=lambda candidate: (candidate.sketch, order(candidate.place)))
    for distance in range(1, NEIGHBOURS + 1):
        yield from zip(ordered, ordered[distance:], strict=False)


def in_html(document: Document, sketch: Sketch) -> dict[str, list[Line]]:
    """Where the lines of a sketch stand in the file, where that is HTML."""
    if document.origin is None:
        return {}
    found = (span_of(document, start, start)[0] for start in sketch.starts)
    return {"places": [Line(at.line, at.offset, at.column) for at in found]}


def in_files(lines: tuple[Line, Line], own: Record, other: Record) -> tuple[Line, Line]:
    """A line in each of two documents, as their files have it."""
    here, there = (
        Line(*record.data["places"][line.number - 1]) if "places" in record.data else line
        for line, record in zip(lines, (own, other), strict=True)
    )
    return here, there


def linked(
    place: Place, last: Place, share: float, lines: tuple[Line, Line] | None
) -> Iterator[Record]:
    """Two records under the key of a document: of itself, and of the last one that it is a copy of."""
    key = f"{COPIES}{place.path}\0{place.record or ''}"
    at, differs = place, None
    if lines is not None:
        here, there = (Location(line.number, line.column, line.start) for line in lines)
        at, differs = place._replace(start=here, end=here), tuple(there)
    yield Record(key, last, {})
    yield Record(key, at, {"share": share, "line": differs, "last": order(last)})


def in_last_group(records: Sequence[Record]) -> Iterator[Record]:
    """A document's record in the group of the last document that it was found to be a copy of."""
    last = max((record.place for record in records if not record.data), key=order)
    key = f"{GROUP}{last.path}\0{last.record or ''}"
    copies = [r for r in records if r.data and tuple(r.data["last"]) == order(last)]
    yield Record(key, last, {})
    yield copies[0]._replace(key=key)


def order(place: Place) -> tuple[str, str]:
    """What documents are sorted by."""
    return place.path, place.record or ""


def shown(place: Place) -> str:
    """A document as a message names it."""
    return f"{place.path}:{place.record}" if place.record else place.path


def percent(copy: Record) -> int:
    """The shared part in percent; a hundred is said of the same texts only."""
    share: float = copy.data["share"]
    return min(99, round(100 * share))
