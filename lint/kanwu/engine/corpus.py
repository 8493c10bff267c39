"""The corpus pass: what documents say is collected one by one, then compared key by key."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Protocol

from kanwu.engine.finding import whole_file, with_id
from kanwu.engine.linting import crash, in_order, unending
from kanwu.engine.rule import CorpusRule, Record
from kanwu.engine.soundness import UnsoundError, sound_finding, sound_record
from kanwu.engine.time_limits import RECORDS_A_SECOND, RuleTimeoutError, seconds_for, watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule

ROUNDS = 100
"""So many times over may records be made of records."""

RecordKey = tuple[str, str]
"""The name of a corpus rule and the key of its record."""


class Records(Protocol):
    """Records by rule and key, in memory or elsewhere."""

    def __bool__(self) -> bool: ...

    def fresh(self) -> Records:
        """An empty place, for records that are made of these."""
        ...

    def add(self, records: Iterable[tuple[str, Record]], origin: str = "") -> None:
        """Add records; of those made of others `origin` is the key of these."""
        ...

    def keys(self) -> list[RecordKey]:
        """Every rule and key that has records, in order."""
        ...

    def groups(self, fewest: Mapping[str, int]) -> Iterable[tuple[RecordKey, Sequence[Record]]]:
        """The rules that are given and their keys with records; each rule by itself, its keys in any order.

        A key is left out that has fewer records than its rule finds worth comparing, or no others
        than a smaller key.
        """
        ...


class RecordStore:
    """Records in memory, by rule and key. Stores of parts of a corpus can be merged in any order."""

    def __init__(self) -> None:
        self._records: defaultdict[str, dict[str, Record | list[Record]]] = defaultdict(dict)
        """By rule and key. Most keys have one record, which lies there by itself."""

    def __bool__(self) -> bool:
        return bool(self._records)

    def fresh(self) -> RecordStore:
        """An empty one, for records that are made of these."""
        return RecordStore()

    def add(self, records: Iterable[tuple[str, Record]], origin: str = "") -> None:  # noqa: ARG002 - keys come in order here
        """Add records, each after the name of its rule."""
        for rule, record in records:
            known = self._records[rule]
            for key in dict.fromkeys(record.keys):
                other = known.setdefault(key, record)
                if isinstance(other, list):
                    other.append(record)
                elif other is not record:
                    known[key] = [other, record]

    def keys(self) -> list[RecordKey]:
        """Every rule and key that has records, in order."""
        return sorted((rule, key) for rule, known in self._records.items() for key in known)

    def groups(self, fewest: Mapping[str, int]) -> Iterator[tuple[RecordKey, list[Record]]]:
        """The rules that are given and their keys with records, all in an order of their own.

        A key is left out that has fewer records than its rule finds worth comparing, or no others
        than a key before it.
        """
        for rule in sorted(fewest.keys() & self._records.keys()):
            least = fewest[rule]
            seen: set[tuple[int, ...]] = set()
            enough = (
                (key, several if isinstance(several, list) else [several])
                for key, several in self._records[rule].items()
                if least < 2 or (isinstance(several, list) and len(several) >= least)
            )
            for key, several in sorted(enough, key=itemgetter(0)):
                same = tuple(map(id, several))
                if same not in seen:
                    seen.add(same)
                    yield (rule, key), sorted(several, key=in_place_order)


def compare(rules: Iterable[AnyRule], store: Records) -> list[Finding]:
    """What the corpus rules find among the records of a store."""
    findings: list[Finding] = []
    for rule in sorted(rules, key=attrgetter("name")):
        if isinstance(rule, CorpusRule):
            findings += compared(rule, store)
    return in_order(findings)


def compared(rule: CorpusRule, store: Records) -> list[Finding]:
    """What a corpus rule finds among its records, and among those that it makes of them."""
    findings: list[Finding] = []
    name = rule.records_name
    rounds = 0
    while store:
        further = store.fresh()
        rounds += 1
        found: list[tuple[str, Finding]] = []
        for (_, key), records in store.groups({name: rule.fewest}):
            first = whole_file(records[0].place.path, records[0].place.record)
            own: list[Finding] = []
            allowed = seconds_for(len(records), RECORDS_A_SECOND)
            made: list[tuple[str, Record]] = []
            try:
                watch.left = allowed
                for said in rule.compare(key, records):
                    if isinstance(said, Record):
                        made.append((rule.name, record_of_round(said, rounds)))
                    else:
                        own.append(sound_finding(said, rule))
                watch.left = None
            except RuleTimeoutError:
                watch.left = None
                found += ((key, finding) for finding in identified(own, records))
                return [*findings, *in_key_order(found), unending(rule, first, allowed)]
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises is its crash
                watch.left = None
                found += ((key, finding) for finding in identified(own, records))
                found.append((key, crash(rule, first, error)))
            else:
                found += ((key, finding) for finding in identified(own, records))
            further.add(made, key)
        findings += in_key_order(found)
        name, store = rule.name, further
    return findings


def identified(findings: list[Finding], records: Sequence[Record]) -> list[Finding]:
    """Findings among some records, with the ids of rows in their places if rows have ids."""
    if not findings:
        return []
    named = {
        (place.path, place.row[0])
        for finding in findings
        for place in (finding.place, *(related.place for related in finding.related))
    }
    ids: dict[tuple[str, int], str] = {}
    for record in records:
        place = record.place
        row = (place.path, place.row[0])
        if place.row_id is not None and row in named:
            ids[row] = place.row_id
    return [with_id(finding, ids) for finding in findings] if ids else findings


def in_key_order(found: list[tuple[str, Finding]]) -> list[Finding]:
    """Findings sorted by the keys under which they were found, those of one key as they were."""
    return [finding for _, finding in sorted(found, key=itemgetter(0))]


def record_of_round(said: Record, number: int) -> Record:
    """A record that a rule made of others. Raises UnsoundError where this comes to no end."""
    if number == ROUNDS:
        raise UnsoundError(f"made records of records {ROUNDS} times over")
    return sound_record(said)


def in_place_order(record: Record) -> tuple[object, ...]:
    """Sort key: where the record stands."""
    place = record.place
    return (place.path, place.row, place.start.offset, place.end.offset)
