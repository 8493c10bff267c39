"""The corpus pass: what documents say is collected one by one, then compared key by key."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kanwu.engine.finding import whole_file
from kanwu.engine.linting import crash, in_order
from kanwu.engine.rule import CorpusRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule, Record

RecordKey = tuple[str, str]
"""The name of a corpus rule and the key of its record."""


class RecordStore:
    """Records in memory, by rule and key. Stores of parts of a corpus can be merged in any order."""

    def __init__(self) -> None:
        self._records: defaultdict[RecordKey, list[Record]] = defaultdict(list)

    def add(self, records: Iterable[tuple[str, Record]]) -> None:
        for rule, record in records:
            self._records[rule, record.key].append(record)

    def keys(self) -> list[RecordKey]:
        """Every rule and key that has records, in order."""
        return sorted(self._records)

    def __iter__(self) -> Iterator[tuple[RecordKey, list[Record]]]:
        """Every rule and key with its records, all in an order that the input order does not change."""
        for key in self.keys():
            yield key, sorted(self._records[key], key=_order)


def compare(
    rules: Iterable[AnyRule], store: Iterable[tuple[RecordKey, list[Record]]]
) -> list[Finding]:
    """What the corpus rules find among the records of a store."""
    by_name = {rule.name: rule for rule in rules if isinstance(rule, CorpusRule)}
    findings: list[Finding] = []
    for (name, key), records in store:
        rule = by_name.get(name)
        if rule is None:
            continue
        try:
            findings += rule.compare(key, records)
        except Exception as error:  # noqa: BLE001 - whatever a rule raises is its crash
            first = records[0].place
            findings.append(crash(rule, whole_file(first.path, first.record), error))
    return in_order(findings)


def _order(record: Record) -> tuple[object, ...]:
    place = record.place
    return (place.path, place.record or "", place.start.offset, place.end.offset)
