"""A shard: some files under the same settings, checked or repaired together by one process.

`work` is a pure function of a shard but for the files that it reads and repairs, so that a shard can
go to any process, and be done again when that process dies.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu.documents.datasets.formats import Part, Wanted
from kanwu.documents.datasets.parts import UnreadRows, documents, is_dataset, rows_of
from kanwu.documents.datasets.parts import cut as cut_dataset
from kanwu.documents.decoding import encode
from kanwu.documents.reading import STDIN, BinaryError, Source, UnreadableError, load
from kanwu.engine.discovery import discover
from kanwu.engine.finding import whole_document, whole_file
from kanwu.engine.internal import RepeatedId, UnreadableFile, UnreadableRow, UnwritableFix
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import applicable, repair
from kanwu.fixes.writing import WriteRefusedError, write
from kanwu.policy.rule_files import catalogue_for
from kanwu.policy.selection import Policy, corpus_rules
from kanwu.policy.sieve import Fate, Sieve
from kanwu.policy.vocabulary import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kanwu.documents.datasets.formats import Row
    from kanwu.documents.document import Document, Encoding
    from kanwu.documents.reading import Loaded
    from kanwu.engine.finding import Finding
    from kanwu.engine.linting import Checked
    from kanwu.engine.rule import AnyRule, CorpusRule, Record
    from kanwu.fixes.applying import Removal
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import Settings
    from kanwu.session.keeping import Entry
    from kanwu.session.stores.findings import PackedFindings
    from kanwu.session.stores.records import PackedRecords

SHARD_BYTES = 1 << 20
SHARD_FILES = 512

Mode = Literal["check", "collect", "fix", "diff", "clean"]


class Task(NamedTuple):
    """What is to be done with every file of a run."""

    mode: Mode = "check"
    """`collect` gathers the records of corpus rules and finds nothing; `fix` writes files, `diff` only
    says what `fix` would write; `clean` is the work of `kanwu.cleaning`."""
    unsafe: bool = False
    """Whether unsafe fixes are applied too."""
    batch: bool = False
    """Whether there is enough text for the scanning backend that starts slowly and runs fast."""
    inside: tuple[str, ...] = ()
    """Real paths within which a symbolic link may be followed when a file is written."""
    keep: bool = False
    """Whether what is found is made ready for the cache of results."""
    pack: bool = False
    """Whether what is found and noted comes as bytes, since there is more of it than memory should hold."""
    source_field: str | None = None
    """The field of a row that says where it comes from."""


class Shard(NamedTuple):
    """Files that go to one worker together."""

    sources: tuple[Source, ...]
    settings: Settings
    task: Task


class Change(NamedTuple):
    """What fixing made of one file."""

    path: str
    old: str
    new: str
    encoding: Encoding
    new_encoding: Encoding
    data: bytes
    """The new text in the new encoding."""

    @property
    def differs(self) -> bool:
        """Whether anything was fixed: standard input is written out in any case."""
        return (self.old, self.encoding) != (self.new, self.new_encoding)


def cut(sources: Iterable[Source], resolver: Resolver, task: Task) -> Iterator[Shard]:
    """Neighbouring files, and parts of datasets, under the same settings: about a megabyte each."""
    part: list[Source] = []
    size = 0
    settings: Settings | None = None
    for source in parted(sources, resolver, task):
        own = resolver.for_folder(folder_of(source))
        if settings is not None and (
            own is not settings or size >= SHARD_BYTES or len(part) >= SHARD_FILES
        ):
            yield Shard(tuple(part), settings, task)
            part, size = [], 0
        settings = own
        part.append(source)
        size += source.size
    if settings is not None:
        yield Shard(tuple(part), settings, task)


def parted(sources: Iterable[Source], resolver: Resolver, task: Task) -> Iterator[Source]:
    """The files, and in place of each dataset its parts."""
    for source in sources:
        if not is_dataset(source.path):
            yield source
            continue
        wanted = wanted_by(resolver.for_folder(folder_of(source)), task)
        try:
            for part in cut_dataset(source.path, wanted):
                yield source._replace(size=part.length, part=part)
        except UnreadableError as error:
            yield source._replace(size=0, part=Part(0, 0, 0, fault=str(error)))


def wanted_by(settings: Settings, task: Task) -> Wanted:
    """What is read of the rows of a dataset."""
    whole = task.mode == "clean"
    return Wanted(settings.text_fields, settings.id_field, task.source_field, whole)


def folder_of(source: Source) -> str:
    """The absolute folder of a file; of standard input, that of its given name."""
    path = os.path.abspath(source.display) if source.path == STDIN else source.path
    return os.path.dirname(path)


class Outcome:
    """What came of a shard. Outcomes are merged in the order of the shards."""

    def __init__(self, shard: Shard) -> None:
        self.sources = [source._replace(part=None) for source in shard.sources]
        self.settings = shard.settings
        self.bytes = sum(source.size for source in shard.sources)
        self.findings: list[Finding] = []
        self.records: list[tuple[str, Record]] = []
        """What corpus rules noted, with the name of the rule."""
        self.documents = 0
        self.characters = 0
        self.passed_over: Counter[Fate] = Counter()
        """How many findings are not told, by why."""
        self.fixed = 0
        """How many findings were repaired."""
        self.removals: list[Removal] = []
        self.changes: list[Change] = []
        """The files as they would be written; in `diff` mode and for standard input only."""
        self.named_unreadable = False
        """Whether a file that the user named could not be read."""
        self.entries: list[Entry] = []
        """What to keep of the documents in the cache of results."""
        self.compared: Counter[str] = Counter()
        """How many places each corpus rule noted."""
        self.packed_findings: PackedFindings | None = None
        self.packed_records: PackedRecords | None = None

    @contextlib.contextmanager
    def noting(self, source: Source) -> Iterator[None]:
        """Note a file that is found unreadable inside; what holds no text only where it was named."""
        try:
            yield
        except UnreadableError as error:
            if source.named or not isinstance(error, BinaryError):
                self.findings.append(unreadable(source, str(error)))
                self.named_unreadable = self.named_unreadable or source.named

    def take(self, checked: Iterable[Checked], policy: Policy) -> None:
        """Note what was found in some documents, as far as the settings let it through."""
        for one in checked:
            self.add(one, list(adjusted(one.findings, policy)))

    def add(self, checked: Checked, findings: list[Finding]) -> None:
        """Note what was found in one document."""
        self.documents += 1
        self.characters += len(checked.document.text)
        self.passed_over.update(checked.passed_over)
        self.findings += findings
        self.records += checked.records

    @property
    def found(self) -> int:
        """How many findings there are."""
        packed = self.packed_findings
        return len(self.findings) + (packed.number if packed else 0)

    def close(self, *, pack: bool) -> None:
        """Count what was noted and, if it is to be packed, put bytes in place of findings and records."""
        self.compared = compared_places(self.records)
        if not pack:
            return
        from kanwu.session.stores import findings, records

        self.packed_findings = findings.packed(self.findings)
        if self.packed_findings is not None:
            self.findings = []
        self.packed_records = records.packed((name, record, "") for name, record in self.records)
        self.records = []


class Workshop:
    """The rules of some settings, ready for use; kept by a process from shard to shard."""

    def __init__(self, settings: Settings) -> None:
        catalogue = catalogue_for(discover(), settings)
        self.policy = Policy(settings, catalogue)
        self.sieve = Sieve(self.policy, catalogue)
        self.sound = True
        """Whether no rule has failed so far: one that fails can change what is said of later documents."""

    @cached_property
    def corpus_rules(self) -> tuple[CorpusRule, ...]:
        """Every corpus rule, selected or not."""
        settings = self.policy.settings
        return corpus_rules(catalogue_for(discover(), settings), settings)

    def linter(self, *, batch: bool) -> Linter:
        """The selected rules, with the scanning backend for little or for much text."""
        return self._for_much if batch else self._for_little

    @cached_property
    def _for_little(self) -> Linter:
        return Linter(self.policy.rules, sift=self.sieve.sift)

    @cached_property
    def _for_much(self) -> Linter:
        from kanwu.engine.batch_scanning import BatchScanner

        return Linter(self.policy.rules, BatchScanner(self.policy.rules), self.sieve.sift)

    @cached_property
    def collector(self) -> Linter:
        """Only the corpus rules, whether or not they are selected: an index serves any selection."""
        return Linter(self.corpus_rules)


@lru_cache(maxsize=8)
def workshop(settings: Settings) -> Workshop:
    """The workshop of some settings, made once a process."""
    return Workshop(settings)


def work(shard: Shard) -> Outcome:
    """Check or repair the files of a shard."""
    shop = workshop(shard.settings)
    outcome = Outcome(shard)
    if shard.task.mode in {"check", "collect"}:
        checks = shard.task.mode == "check"
        linter = shop.linter(batch=shard.task.batch) if checks else shop.collector
        # Before anything is read: what changes after this is noticed the next time.
        states = states_of(shard.sources) if shard.task.keep else {}
        found = list(read(shard, outcome))
        checked = linter.check([document for _, document, _ in found])
        if shard.task.keep:
            keep(checked, found, states, shop, outcome)
        else:
            outcome.take(checked, shop.policy)
    else:
        slow: Counter[AnyRule] = Counter()
        for source in shard.sources:
            with outcome.noting(source):
                mend(source, load(source), shop, shard.task, outcome, slow=slow)
    outcome.close(pack=shard.task.pack)
    return outcome


Read = tuple[Source, "Document", bytes | None]
"""A document, where it comes from, and the bytes of its file where it is the whole of that."""


def read(shard: Shard, outcome: Outcome) -> Iterator[Read]:
    """The documents of a shard; the outcome notes what cannot be read."""
    for source in shard.sources:
        with outcome.noting(source):
            if source.part is None:
                yield (source, *load(source))
                continue
            rows = rows_of(source.path, source.part, wanted_by(shard.settings, shard.task))
            outcome.records += ids_noted(rows, source.display)
            for found in documents(rows, source.display, shard.settings.text_markup):
                if isinstance(found, UnreadRows):
                    outcome.findings.append(unreadable_row(source, found))
                else:
                    yield source, found, None


def documents_of(source: Source, settings: Settings) -> Iterator[Document | UnreadRows]:
    """The document in a file, or those in a part of a dataset. Raises UnreadableError."""
    if source.part is None:
        yield load(source).document
    else:
        rows = rows_of(source.path, source.part, wanted_by(settings, Task()))
        yield from documents(rows, source.display, settings.text_markup)


def ids_noted(rows: Iterable[Row], path: str) -> Iterator[tuple[str, Record]]:
    """What is noted of rows with an id, so that ids that are there twice are found."""
    for row in rows:
        if row.row_id not in {None, "null"}:
            at = whole_file(path, str(row.number), row.row_id)
            yield RepeatedId.name, RepeatedId.record(at)


def states_of(sources: Iterable[Source]) -> dict[str, str]:
    """What tells, without reading them, that files have not changed."""
    from kanwu.session.keeping import state_of

    return {source.path: state_of(source.path) for source in sources}


def keep(
    checked: Iterable[Checked],
    found: Iterable[Read],
    states: Mapping[str, str],
    shop: Workshop,
    outcome: Outcome,
) -> None:
    """Note what was found in documents, and make it ready for the cache of results.

    Where a rule fails nothing is kept from there on: next time it may not. Of datasets nothing is kept.
    """
    from kanwu.session.keeping import entry
    from kanwu.session.packing import UnpackableError

    for one, (source, _, data) in zip(checked, found, strict=True):
        findings = list(adjusted(one.findings, shop.policy))
        outcome.add(one, findings)
        shop.sound = shop.sound and not any(f.code.startswith(INTERNAL) for f in one.findings)
        if shop.sound and data is not None and source.path != STDIN:
            with contextlib.suppress(UnpackableError):
                outcome.entries.append(entry(source.path, states[source.path], data, one, findings))


def mend(
    source: Source,
    original: Loaded,
    shop: Workshop,
    task: Task,
    outcome: Outcome,
    *,
    slow: Counter[AnyRule],
) -> None:
    """Apply the fixes of one file, write it if that is the task, and note what remains."""
    may_apply = applicable(unsafe=task.unsafe, chosen=shop.policy.chosen)

    def admitted(finding: Finding) -> bool:
        # A fix belongs to a finding that is shown: what a file ignores is not repaired in it.
        kept = shop.policy.adjust(finding)
        return kept is not None and may_apply(kept)

    before = original.document
    linter = shop.linter(batch=task.batch)
    repaired = repair(before, linter, admitted, slow)
    after = repaired.document
    data = original.data
    if changed(before, after):
        try:
            data = encode(after.text, after.encoding)
            if task.mode == "fix" and source.path != STDIN:
                write(source.path, original.data, data, inside=task.inside)
        except (WriteRefusedError, UnicodeEncodeError) as error:
            outcome.findings.append(unwritable(before, error))
            after, data = before, original.data
        else:
            outcome.fixed += len(repaired.applied)
            outcome.removals += repaired.removals
    # Standard input is written out again even where nothing was to be repaired.
    if source.path == STDIN or (task.mode == "diff" and changed(before, after)):
        outcome.changes.append(
            Change(source.display, before.text, after.text, before.encoding, after.encoding, data)
        )
    outcome.take(linter.check([after], slow), shop.policy)
    if repaired.unstable is not None:
        outcome.findings.append(repaired.unstable)


def changed(before: Document, after: Document) -> bool:
    """Whether a document is to be written again."""
    return (before.text, before.encoding) != (after.text, after.encoding)


def unreadable(source: Source, reason: str) -> Finding:
    """The finding that stands for a file that was not checked."""
    speaker = UnreadableFile()
    return speaker.finding(whole_file(source.display), speaker.say("unreadable", reason=reason))


def unreadable_row(source: Source, unread: UnreadRows) -> Finding:
    """The finding that stands for rows that were not checked."""
    speaker = UnreadableRow()
    said = (
        speaker.say("row", row=unread.row, reason=unread.reason)
        if unread.rows == 1
        else speaker.say("rows", row=unread.row, more=unread.rows - 1, reason=unread.reason)
    )
    return speaker.finding(
        whole_file(source.display, str(unread.row), unread.row_id),
        said,
        evidence={"rows": unread.rows},
    )


def compared_places(records: Iterable[tuple[str, Record]]) -> Counter[str]:
    """How many places each corpus rule noted; a place may have records under several keys."""
    places = {(name, id(record.place)) for name, record in records}
    return Counter(name for name, _ in places)


def adjusted(findings: Iterable[Finding], policy: Policy) -> Iterator[Finding]:
    """The findings that the settings let through, each with the severity that they give it."""
    for finding in findings:
        kept = policy.adjust(finding)
        if kept is not None:
            yield kept


def unwritable(document: Document, error: WriteRefusedError | UnicodeEncodeError) -> Finding:
    """The finding that says why a repaired text was not written."""
    speaker = UnwritableFix()
    if isinstance(error, UnicodeEncodeError):
        character = error.object[error.start]
        said = speaker.say(
            "unencodable",
            encoding=document.encoding.name,
            character=character,
            point=f"{ord(character):04X}",
        )
    else:
        said = speaker.say("unwritable", reason=str(error))
    return speaker.finding(whole_document(document), said)
