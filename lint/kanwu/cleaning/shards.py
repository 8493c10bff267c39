"""Cleaning one shard: a function of the shard alone, whose result lies in the run folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.cleaning.pieces import Segment, read_piece, write_piece
from kanwu.cleaning.profile import RowNotes
from kanwu.documents.datasets.formats import Text
from kanwu.documents.datasets.parts import faults, format_of, rows_of, texts_of
from kanwu.documents.datasets.rewriting import RewritingError
from kanwu.documents.decoding import encode
from kanwu.documents.reading import BinaryError, UnreadableError, load
from kanwu.engine.finding import whole_document
from kanwu.engine.internal import UnwritableFix
from kanwu.fixes.applying import Repaired, applicable, repair_together
from kanwu.policy.settings import ConfigurationError
from kanwu.reporters.machine import finding_as_json
from kanwu.reporters.progress import Step
from kanwu.reporters.removals import as_line
from kanwu.reporters.wording import wording
from kanwu.session.packing import pack, packed_records
from kanwu.session.result_cache import DECIDING
from kanwu.session.shards import (
    adjusted,
    changed,
    ids_noted,
    unreadable,
    unreadable_row,
    unwritable,
    wanted_by,
    workshop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.cleaning.conditions import Conditions
    from kanwu.documents.datasets.formats import Row
    from kanwu.documents.document import Document, Markup
    from kanwu.documents.reading import Source
    from kanwu.engine.finding import Finding
    from kanwu.engine.linting import Checked
    from kanwu.policy.settings import Settings
    from kanwu.session.shards import Shard, Workshop

FORMAT = 2
"""Raised when pieces become other ones."""


PLACES = ("root", "rule_files", "baseline")
"""The deciding settings that say where something lies."""


class Job(NamedTuple):
    """What is to be done with every shard."""

    folder: str
    """Where pieces are put."""
    conditions: Conditions
    installation: str
    """A digest of what is installed."""
    language: str
    """Of messages in the records."""


class Done(NamedTuple):
    """A shard that was cleaned."""

    piece: str
    """The name of its piece."""
    bytes: int
    """How much was read for it."""
    documents: int = 0
    findings: int = 0
    before: bool = False
    """Whether the piece was there."""

    @property
    def step(self) -> Step:
        """How much was done for it."""
        return Step(self.bytes, self.documents, self.findings, before=self.before)


class Input(NamedTuple):
    """What was read from one file, or from a part of a dataset."""

    source: Source
    data: bytes = b""
    """All that it was read from."""
    documents: tuple[Document, ...] = ()
    """That of the file. Those of a dataset come with its rows."""
    rows: tuple[Row, ...] = ()
    error: UnreadableError | None = None

    @property
    def is_dataset(self) -> bool:
        return self.source.part is not None


class Subject(NamedTuple):
    """A row, or a file, with its texts before and after repair."""

    row: Row | None
    """None for a file that is no dataset."""
    before: list[Document]
    after: list[tuple[Repaired, Checked]]

    @property
    def number(self) -> int:
        return self.row.number if self.row else 0


def clean(job: Job, shard: Shard) -> Done:
    """Clean a shard, unless that was done before, and say where its piece is. Raises OSError."""
    inputs = [read(source, shard) for source in shard.sources]
    name = key_of(job, shard, inputs)
    path = os.path.join(job.folder, name)
    there = read_piece(path)
    segments = cleaned(job, shard, inputs) if there is None else there
    if there is None:
        write_piece(path, segments)
    return Done(
        name,
        sum(source.size for source in shard.sources),
        sum(segment.documents for segment in segments),
        sum(segment.findings.count(b"\n") for segment in segments),
        before=there is not None,
    )


def read(source: Source, shard: Shard) -> Input:
    """What is in a file, or in a part of a dataset."""
    try:
        if source.part is None:
            document, data = load(source)
            return Input(source, data, (document,))
        part = source.part
        rows = tuple(rows_of(source.path, part, wanted_by(shard.settings, shard.task)))
        data = format_of(source.path).content(source.path, part) if part.fault is None else b""
    except UnreadableError as error:
        return Input(source, error=error)
    return Input(source, data, rows=rows)


def key_of(job: Job, shard: Shard, inputs: Sequence[Input]) -> str:
    """A name for the piece of a shard: another one with anything that could change it."""
    digest = hashlib.blake2b(digest_size=16)
    conditions = job.conditions._replace(duplicate=job.conditions.copies, near_duplicate=False)
    for part in (
        FORMAT,
        job.installation,
        configuration_of(shard.settings),
        shard.settings.root,
        conditions,
        job.language,
        shard.task.source_field,
        shard.task.unsafe,
    ):
        digest.update(f"{part!r}\0".encode("utf-8", "surrogatepass"))
    for source, data, _, _, error in inputs:
        where = source.part and source.part._replace(data=None)
        told = f"{source.display}\0{source.named}\0{where!r}\0{error}\0{len(data)}\0"
        digest.update(told.encode("utf-8", "surrogatepass") + data)
    return digest.hexdigest()


@lru_cache(maxsize=64)
def configuration_of(settings: Settings) -> str:
    """A digest of the settings that decide what is found in a text, wherever their files lie."""
    digest = hashlib.sha256()
    for name in ("text_fields", "text_markup", "id_field", *DECIDING):
        if name not in PLACES:
            digest.update(f"{name}={getattr(settings, name)!r}\0".encode("utf-8", "surrogatepass"))
    if settings.baseline_state is not None:
        with contextlib.suppress(OSError), open(settings.baseline, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def cleaned(job: Job, shard: Shard, inputs: Sequence[Input]) -> list[Segment]:
    """What comes of a shard."""
    shop = workshop(shard.settings)
    may_apply = applicable(unsafe=shard.task.unsafe, chosen=shop.policy.chosen)

    def admitted(finding: Finding) -> bool:
        # A fix belongs to a finding that is shown: what a file ignores is not repaired in it.
        kept = shop.policy.adjust(finding)
        return kept is not None and may_apply(kept)

    texts = [list(texts_of_input(one, shard.settings.text_markup)) for one in inputs]
    documents = [d for several in texts for _, own in several for d in own]
    linter = shop.linter(batch=shard.task.batch)
    repaired = iter(repair_together(documents, linter, admitted))
    segments = []
    for one, several in zip(inputs, texts, strict=True):
        subjects = [Subject(row, own, [next(repaired) for _ in own]) for row, own in several]
        segments.append(Cleaning(one, shop, job, batch=shard.task.batch).segment(subjects))
    return segments


def texts_of_input(one: Input, markup: Markup) -> list[tuple[Row | None, list[Document]]]:
    """The texts of a file by its rows; those of no dataset belong to none."""
    if one.is_dataset:
        display = one.source.display
        return [(row, list(texts_of(row, display, markup))) for row in one.rows if not row.fault]
    return [(None, list(one.documents))] if one.error is None else []


class Cleaning:
    """Makes the segment of one input."""

    def __init__(self, one: Input, shop: Workshop, job: Job, *, batch: bool) -> None:
        self.input = one
        self.shop = shop
        self.job = job
        self.batch = batch
        self.findings: list[Finding] = []
        self.removed: list[str] = []
        self.records: list[Any] = []
        self.fixed: Counter[str] = Counter()
        self.passed_over: Counter[str] = Counter()
        self.notes = RowNotes()
        part = one.source.part
        self.made = Segment(one.source.display, part.first if part else 0)

    def segment(self, subjects: Sequence[Subject]) -> Segment:
        """What comes of the input, of which these are the texts."""
        made, one = self.made, self.input
        self.note_unread()
        for subject in subjects:
            new = self.cleaned(subject)
            made.changed += new is not None
            if subject.row is None:
                made.data = one.data if new is None else new
            elif new is not None:
                made.changes[subject.number] = new
        made.last = max([made.first, *(row.number for row in one.rows)])
        made.rows = len(one.rows) if one.is_dataset else len(subjects)
        self.records += ([row.number, [noted]] for row, noted in self.ids())
        if not one.is_dataset:
            made.input_digest = hashlib.sha256(one.data).hexdigest()
        words = wording(self.job.language)
        self.findings.sort(key=lambda finding: finding.order)
        made.findings = encoded(finding_as_json(f, words) + "\n" for f in self.findings)
        made.removed = encoded(self.removed)
        made.records = packed(self.records)
        self.notes.show(self.findings)
        made.notes = self.notes.packed(words)
        made.fixed, made.passed_over = dict(self.fixed), dict(self.passed_over)
        return made

    def note_unread(self) -> None:
        """Note what could not be read."""
        made, source, error = self.made, self.input.source, self.input.error
        if error is not None:
            made.absent = source.part is None or source.part.first == 0
            if source.named or not isinstance(error, BinaryError):
                made.fault = str(error)
                self.findings.append(unreadable(source, str(error)))
        self.findings += [unreadable_row(source, unread) for unread in faults(self.input.rows)]

    def ids(self) -> Iterator[tuple[Row, Any]]:
        """What is noted of the ids of rows that are not left out."""
        for row in self.input.rows:
            if row.number not in self.made.dropped:
                noted = list(ids_noted([row], self.made.path))
                if noted:
                    yield row, packed_records(noted, self.made.path)

    def cleaned(self, subject: Subject) -> bytes | None:
        """The row, or the file, with its repaired texts, if it is another one; what came of it is noted."""
        after = subject.after
        own: list[Finding] = []
        try:
            new = self.written(subject)
        except (UnicodeEncodeError, RewritingError) as error:
            own.append(refused(subject.before[0], error))
            new = None
            linter = self.shop.linter(batch=self.batch)
            checks = linter.check(subject.before)
            undone = [Repaired(document, [], [], None) for document in subject.before]
            after = list(zip(undone, checks, strict=True))
        for repaired, checked in after:
            self.fixed.update(finding.code for finding in repaired.applied)
            self.removed += map(as_line, repaired.removals)
            self.passed_over.update({fate.value: n for fate, n in checked.passed_over.items()})
            own += adjusted(checked.findings, self.shop.policy)
            own += [repaired.unstable] if repaired.unstable else []
        texts = [one for one, _ in after]
        source = subject.row.source if subject.row else None
        self.notes.add(subject.number, subject.before, texts, source, changed=new is not None)
        self.judge(subject.number, [checked for _, checked in after], own)
        return new

    def written(self, subject: Subject) -> bytes | None:
        """The bytes of a row, or of a file, after repair; None where they are what they were."""
        pairs = [(b, r.document) for b, (r, _) in zip(subject.before, subject.after, strict=True)]
        differing = [(before, after) for before, after in pairs if changed(before, after)]
        if not differing:
            return None
        if subject.row is None:
            ((_, after),) = pairs
            new = encode(after.text, after.encoding)
            return None if new == self.input.data else new
        texts = [Text(field_of(after), after.text, after.encoding) for _, after in differing]
        new = format_of(self.input.source.path).rewritten(subject.row, texts)
        return None if new == subject.row.raw else new

    def judge(self, number: int, checks: Sequence[Checked], findings: Sequence[Finding]) -> None:
        """Note a row, or a file, as one that is kept or left out."""
        made = self.made
        documents = [checked.document for checked in checks]
        made.documents += len(documents)
        made.characters += sum(len(document.text) for document in documents)
        reason = self.job.conditions.reason(documents, findings)
        if reason is not None:
            made.dropped[number] = reason
            return
        self.findings += findings
        if self.job.conditions.copies and any(d.text.strip() for d in documents):
            texts = "\0".join(document.text for document in documents)
            made.digests[number] = hashlib.blake2b(
                texts.encode("utf-8", "surrogatepass"), digest_size=16
            ).hexdigest()
        noted = [packed_records(c.records, made.path) for c in checks if c.records]
        if noted:
            self.records.append([number, noted])


def field_of(document: Document) -> str:
    """The field of a row that a document is the text of."""
    assert document.record is not None
    return document.record.partition("#")[2]


def refused(document: Document, error: UnicodeEncodeError | RewritingError) -> Finding:
    """The finding that says why a repaired text was not written."""
    if isinstance(error, UnicodeEncodeError):
        return unwritable(document, error)
    speaker = UnwritableFix()
    return speaker.finding(whole_document(document), speaker.say("unwritable", reason=str(error)))


def encoded(lines: Iterable[str]) -> bytes:
    """JSON lines as bytes: what UTF-8 lacks is escaped in them."""
    return "".join(lines).encode()


def packed(records: list[Any]) -> bytes:
    """What corpus rules noted, as bytes. Raises ConfigurationError."""
    try:
        return pack(records) if records else b""
    except (TypeError, ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"a corpus rule of a plugin notes what JSON cannot hold ({error}); leave it out with --ignore"
        ) from error
