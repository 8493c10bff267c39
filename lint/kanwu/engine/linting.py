"""Running rules over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.engine.finding import WINDOW, whole_document, with_id
from kanwu.engine.internal import (
    PatternTimeoutError,
    RuleCrashed,
    SlowPattern,
    UncheckableDocument,
)
from kanwu.engine.rule import AnyRule, CorpusRule, Record, Rule
from kanwu.engine.scanning import DocumentScanner
from kanwu.engine.soundness import sound_findings, sound_record
from kanwu.engine.time_limits import (
    DocumentTimeoutError,
    RuleTimeoutError,
    seconds_for,
    seconds_in_all,
    watch,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding, Place
    from kanwu.engine.scanning import Places, Scanner


TIMEOUTS = 3
"""So many documents of those checked together may keep a rule too long before it is left out."""


class Checked(NamedTuple):
    """A document with what its rules found, in order, and what its corpus rules noted."""

    document: Document
    findings: list[Finding]
    records: list[tuple[str, Record]]
    """Records with the name of the corpus rule that made each."""
    passed_over: Mapping[Any, int] = MappingProxyType({})
    """How many findings are not told, by why."""
    set_aside: bool = False
    """Whether the rules were given up on it: nothing is known of it but that."""


Sift = Callable[["Document", "list[Finding]"], tuple["list[Finding]", "Mapping[Any, int]"]]
"""What becomes of the findings of a document: those that are told, and how many are not, by why."""


class Linter:
    """Some rules, ready to be run over any number of documents."""

    def __init__(
        self,
        rules: Iterable[AnyRule],
        scanner: Scanner | None = None,
        sift: Sift | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self.scanner = scanner or DocumentScanner(self.rules)
        self._sift = sift
        # The classes are abstract, and asking for them takes a microsecond each time.
        self._of_one = frozenset(rule for rule in self.rules if isinstance(rule, Rule))
        self._of_several = frozenset(rule for rule in self.rules if isinstance(rule, CorpusRule))
        self._given_up: set[AnyRule] = set()
        """Rules that came to no end on a document, and are called no more."""

    def check(
        self, documents: Iterable[Document], slow: Counter[AnyRule] | None = None
    ) -> Iterator[Checked]:
        """Each document, in order, with its findings and records.

        `slow` counts how many documents have kept each rule too long, those before these among them.
        """
        slow = Counter() if slow is None else slow
        for document, places in self.scanner.scan(documents):
            yield self._call(document, places, slow)
            document.forget()

    def _call(self, document: Document, places: Places, slow: Counter[AnyRule]) -> Checked:
        """Call the rules on a document, for as long as they may take in all."""
        findings: list[Finding] = []
        records: list[tuple[str, Record]] = []
        seconds = seconds_in_all(len(document.text))
        watch.left_in_all = seconds
        try:
            self._call_each(document, places, slow, findings, records)
        except DocumentTimeoutError:
            # Rules that were given up here are left out of other documents, and that is told.
            findings = [finding for finding in findings if finding.code == RuleCrashed.code]
            findings.append(endless(whole_document(document), seconds))
            return Checked(document, in_order(findings), [], set_aside=True)
        finally:
            watch.left = watch.left_in_all = None
        findings, records = identified(document, findings, records)
        findings = in_order(findings)
        passed_over: Mapping[Any, int] = MappingProxyType({})
        if self._sift is not None:
            findings, passed_over = self._sift(document, findings)
        return Checked(document, fixable(document, findings), records, passed_over)

    def _call_each(
        self,
        document: Document,
        places: Places,
        slow: Counter[AnyRule],
        findings: list[Finding],
        records: list[tuple[str, Record]],
    ) -> None:
        """Call one rule after the other on a document, and add what comes of it."""
        noted: set[str] = set()
        allowed = seconds_for(len(document.text))
        for rule, spans in places:
            if (slow and slow[rule] == TIMEOUTS) or rule in self._given_up:
                continue
            try:
                watch.left = allowed
                if rule in self._of_one:
                    findings.extend(sound_findings(rule.check(document, spans), rule, document))
                elif rule in self._of_several:
                    name = rule.records_name
                    if name not in noted:
                        collected = rule.collect(document, spans)
                        records.extend((name, sound_record(r)) for r in collected)
                        noted.add(name)
                watch.left = None
            except RuleTimeoutError:
                watch.left = None
                self._given_up.add(rule)
                findings.append(unending(rule, whole_document(document), allowed))
            except PatternTimeoutError as error:
                watch.left = None
                slow[rule] += 1
                last = slow[rule] == TIMEOUTS
                findings.append(timeout(rule, whole_document(document), error, last=last))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises is its crash
                watch.left = None
                findings.append(crash(rule, whole_document(document), error))


def fixable(document: Document, findings: list[Finding]) -> list[Finding]:
    """Findings with such fixes as can be applied: edits of visible text are none of its HTML."""
    if document.origin is None:
        return findings
    return [finding._replace(fix=None) for finding in findings]


def identified(
    document: Document, findings: list[Finding], records: list[tuple[str, Record]]
) -> tuple[list[Finding], list[tuple[str, Record]]]:
    """What was found and noted in a document, with the id of its row in the places if rows have ids."""
    row_id = document.row_id
    if row_id is None:
        return findings, records
    ids = {(document.path, whole_document(document).row[0]): row_id}
    places = {id(r.place): r.place._replace(row_id=row_id) for _, r in records}
    # Records share their places as before.
    told = [(name, r._replace(place=places[id(r.place)])) for name, r in records]
    return [with_id(finding, ids) for finding in findings], told


def crash(rule: AnyRule, at: Place, error: Exception | SystemExit) -> Finding:
    """The finding that stands for a rule that failed on a document."""
    speaker = RuleCrashed()
    return speaker.finding(
        at,
        speaker.say("crashed", rule=f"{rule.code} {rule.name}", error=describe_error(error)),
        evidence={"rule": rule.code, "error": type(error).__name__},
    )


def unending(rule: AnyRule, at: Place, seconds: int) -> Finding:
    """The finding that stands for a rule that came to no end."""
    speaker = RuleCrashed()
    return speaker.finding(
        at,
        speaker.say("unending", rule=f"{rule.code} {rule.name}", seconds=seconds),
        evidence={"rule": rule.code, "error": "timeout"},
    )


def endless(at: Place, seconds: int) -> Finding:
    """The finding that stands for a document on which all rules together came to no end."""
    speaker = UncheckableDocument()
    return speaker.finding(at, speaker.say("endless", seconds=seconds))


def timeout(rule: AnyRule, at: Place, error: PatternTimeoutError, *, last: bool) -> Finding:
    """The finding that stands for a pattern that was given up; `last` leaves its rule out from here on."""
    speaker = SlowPattern()
    return speaker.finding(
        at,
        speaker.say(
            "left" if last else "slow",
            pattern=error.pattern,
            rule=f"{rule.code} {rule.name}",
            seconds=error.seconds,
            line=error.text[:WINDOW],
        ),
        evidence={"rule": rule.code, "pattern": error.pattern},
    )


def describe_error(error: Exception | SystemExit) -> str:
    """An exception with the place in the code that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_name}, line {trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{where}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by place, each told how many alike stand before it in its document."""
    ordered = sorted(findings, key=lambda finding: finding.order)
    if len(ordered) < 2:
        return ordered
    seen: Counter[tuple[object, ...]] = Counter()
    for index, finding in enumerate(ordered):
        place = finding.place
        identity = (place.path, place.record, finding.code, place.anchor)
        if seen[identity]:
            ordered[index] = finding._replace(occurrence=seen[identity])
        seen[identity] += 1
    return ordered
