"""A run that cleans: shards, then copies among their rows, then the copy as a whole."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kanwu.cleaning.assembly import Assembly, Copied
from kanwu.cleaning.copies import NEAR_COPIES, exact_copies, near_copies
from kanwu.cleaning.folder import OutputFolder
from kanwu.cleaning.manifest import write_manifest
from kanwu.cleaning.page import can_make_pages, write_page
from kanwu.cleaning.pieces import read_piece
from kanwu.cleaning.profile import Profile
from kanwu.cleaning.rescue import rescue
from kanwu.cleaning.shards import Job, clean, configuration_of
from kanwu.documents.datasets.parts import is_dataset
from kanwu.documents.reading import Source, UnreadableError, document_of, reason
from kanwu.engine.internal import RepeatedId
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.sieve import Fate
from kanwu.reporters.wording import wording
from kanwu.session.executors.choosing import executor_for
from kanwu.session.executors.deaths import in_silence
from kanwu.session.installation import installation
from kanwu.session.packing import unpack, unpacked_records
from kanwu.session.run import corpus_findings
from kanwu.session.shards import (
    Task,
    compared_places,
    folder_of,
    unreadable,
    wanted_by,
    workshop,
)
from kanwu.session.stores.records import RecordFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kanwu.cleaning.conditions import Conditions, Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.pieces import Segment
    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.progress import Progress
    from kanwu.reporters.summary import RuleCount
    from kanwu.session.executors.choosing import Executor
    from kanwu.session.executors.deaths import Death
    from kanwu.session.packing import Records
    from kanwu.session.run import Plan


class Wish(NamedTuple):
    """What a user asked for, beside the files."""

    paths: tuple[str, ...]
    out: str
    unsafe: bool
    conditions: Conditions
    drop: tuple[str, ...]
    """The conditions as they were written."""
    language: str
    """Of messages in the records, and of the page."""
    source_field: str | None = None
    """The field of a row that says where it comes from."""


class Cleaned(NamedTuple):
    """What came of a run."""

    files: tuple[Copied, ...]
    counts: tuple[RuleCount, ...]
    """Findings left in the copy."""
    failing: bool
    """Whether one of them makes the exit status 1."""
    named_unreadable: bool
    faults: tuple[tuple[str, str], ...]
    """Files that could not be read, or not wholly, and why."""
    documents: int
    characters: int
    fixed: Counter[str]
    """Findings repaired, by the code of the rule."""
    reasons: Counter[str]
    """Rows left out, by the condition."""
    names: Mapping[str, str]
    """Of the rules, by their codes."""
    parts: int
    parts_before: int
    """How many of them were done by a run before."""
    page: bool
    """Whether there is a page."""
    passed_over: Counter[Fate]
    compared: Counter[str]
    rows: int
    changed: int
    dropped: int

    @property
    def bytes_read(self) -> int:
        return sum(file.source.get("bytes", 0) for file in self.files)

    @property
    def bytes_written(self) -> int:
        return sum(file.copy["bytes"] for file in self.files if file.copy is not None)


def clean_all(
    planned: Plan,
    resolver: Resolver,
    wish: Wish,
    *,
    chosen: frozenset[str],
    progress: Progress,
    tell: Callable[[Death], None] = in_silence,
) -> Cleaned:
    """Make the copy, or go on where a run before has ended. `progress` is told of it.

    `tell` is called when a worker died.

    Raises ConfigurationError, UnreadableError, WorkersDiedError, and OSError where the copy cannot be written.
    """
    near = near_rule(planned) if wish.conditions.near_duplicate else None
    states = {source.path: state(source) for source in planned.sources if is_dataset(source.path)}
    # Before anything is written: there may be no cluster.
    executor = executor_for(planned.jobs, planned.cluster)
    with OutputFolder(wish.out, command_of(planned, wish)) as output:
        job = Job(output.pieces, wish.conditions, installation().digest, wish.language)
        pieces = clean_shards(planned, job, executor, progress, tell)
        progress.begin("Comparing rows")
        dropped = copies_of_others(pieces, wish.conditions, near)
        between = compare_rows(pieces, dropped, planned, resolver)
        words = wording(wish.language)
        displays = [source.display for source in planned.sources]
        profile = Profile(displays, dropped, between.findings, words)
        assembly = Assembly(
            output.copy,
            dropped,
            between.findings,
            between.ids,
            chosen=chosen,
            wording=words,
            profile=profile,
        )
        progress.begin("Putting the copy together", len(pieces))
        totals = Totals()
        missing = [unreadable(source, why) for source, why in planned.missing]
        assembly.tell(missing, resolver.for_folder(os.getcwd()).fail_on)
        assembly.add_all(
            [
                (source, name, own.fail_on, wanted_by(own, Task("clean")))
                for source, name in zip(planned.sources, names_of(planned, wish), strict=True)
                for own in (resolver.for_folder(folder_of(source)),)
            ],
            totals.counting(pieces.segments(progress.count)),
            partial(refuse_changed, states),
        )
        assembly.close()
        rules = rules_of(planned)
        cleaned = summed_up(
            assembly,
            between,
            totals,
            planned,
            rules,
            parts=len(pieces),
            parts_before=progress.parts_before,
        )
        if cleaned.page:
            write_page(output.copy, cleaned, profile, planned, resolver, rules=rules, words=words)
        write_manifest(output.copy, cleaned, planned, wish, rules)
        output.publish()
    return cleaned


def clean_shards(
    planned: Plan,
    job: Job,
    executor: Executor,
    progress: Progress,
    tell: Callable[[Death], None],
) -> Pieces:
    """Clean every shard, unless that was done before. Raises WorkersDiedError, ConfigurationError, OSError."""
    names: list[str] = []
    cleaned_shards = executor.map(partial(clean, job), planned.shards, rescue(job, tell))
    with closing(cleaned_shards):
        for done in cleaned_shards:
            names.append(done.piece)
            progress.advance(done.step)
    return Pieces(job.folder, names)


def copies_of_others(
    pieces: Pieces, conditions: Conditions, near: AnyRule | None
) -> dict[RowKey, Reason]:
    """The rows that are left out since a row that is kept says the same; `near` finds what is much alike."""
    dropped = exact_copies(pieces.segments) if conditions.copies else {}
    if near is not None:
        records = (one for _, several in pieces.records(dropped) for one in several)
        dropped |= near_copies(near, records)
    return dropped


class Between(NamedTuple):
    """What corpus rules found between the rows that are kept."""

    findings: list[Finding]
    passed_over: Counter[Fate]
    """How many findings are not told, by why."""
    compared: Counter[str]
    """How many places each rule compared, by its name."""
    ids: dict[RowKey, str | None]
    """Of the rows that are kept in place of others."""


def compare_rows(
    pieces: Pieces, dropped: Mapping[RowKey, Reason], planned: Plan, resolver: Resolver
) -> Between:
    """Let corpus rules compare the rows that are not left out."""
    between = Between([], Counter(), Counter(), {})
    kept = {reason.kept for reason in dropped.values()}
    store = RecordFiles()
    for row, several in pieces.records(dropped):
        store.add(several)
        between.compared.update(compared_places(several))
        for name, record in several if row in kept else ():
            if name == RepeatedId.name:
                between.ids[row] = record.place.row_id
    found = corpus_findings(store, planned.settings, resolver, pieces.document_of)
    for finding, fate in found:
        if fate is Fate.TOLD:
            between.findings.append(finding)
        else:
            between.passed_over[fate] += 1
    return between


def summed_up(
    assembly: Assembly,
    between: Between,
    totals: Totals,
    planned: Plan,
    rules: Mapping[str, AnyRule],
    *,
    parts: int,
    parts_before: int,
) -> Cleaned:
    """What came of a run whose copy is put together."""
    counts = assembly.rule_counts()
    names = {code: rule.name for code, rule in rules.items()}
    named = {source.display for source in planned.sources if source.named}
    faults = [(source.display, why) for source, why in planned.missing]
    faults += [(f.source["path"], f.fault) for f in assembly.files if f.fault is not None]
    return Cleaned(
        files=tuple(assembly.files),
        counts=counts,
        failing=assembly.failing,
        named_unreadable=any(source.named for source, _ in planned.missing)
        or any(path in named for path, _ in faults),
        faults=tuple(faults),
        documents=totals.documents,
        characters=totals.characters,
        fixed=totals.fixed,
        reasons=assembly.reasons,
        names=names | {count.code: count.name for count in counts},
        parts=parts,
        parts_before=parts_before,
        page=can_make_pages(),
        passed_over=between.passed_over + totals.passed_over,
        compared=between.compared,
        rows=sum(file.rows for file in assembly.files),
        changed=sum(file.changed for file in assembly.files),
        dropped=assembly.reasons.total(),
    )


class Pieces:
    """The pieces of a run, in order; one is in memory at a time."""

    def __init__(self, folder: str, names: Sequence[str]) -> None:
        self._paths = [os.path.join(folder, name) for name in names]
        self._piece_of: dict[str, str] | None = None

    def __len__(self) -> int:
        return len(self._paths)

    def segments(self, passed: Callable[[], None] = lambda: None) -> Iterator[Segment]:
        """All segments in order; `passed` is called when those of a piece are done."""
        for path in self._paths:
            yield from self._read(path)
            passed()

    def _read(self, path: str) -> list[Segment]:
        segments = read_piece(path)
        if segments is None:
            raise ConfigurationError(f"{path} was damaged while the run went on; run it again")
        return segments

    def records(self, dropped: Mapping[RowKey, Reason]) -> Iterator[tuple[RowKey, Records]]:
        """What corpus rules noted in the rows that are not left out, row by row."""
        for segment in self.segments():
            for number, noted in unpack(segment.records) if segment.records else ():
                if (segment.path, number) not in dropped:
                    several = [r for one in noted for r in unpacked_records(one, segment.path)]
                    yield (segment.path, number), several

    def document_of(self, path: str) -> Document | None:
        """The cleaned document of a file."""
        if self._piece_of is None:
            self._piece_of = {
                segment.path: piece
                for piece in self._paths
                for segment in self._read(piece)
                if not segment.first
            }
        piece = self._piece_of.get(path)
        for segment in self._read(piece) if piece else ():
            if segment.path == path and not segment.absent:
                return document_of(segment.data, path)
        return None


class Totals:
    """What the segments of a run add up to."""

    def __init__(self) -> None:
        self.documents = 0
        self.characters = 0
        self.fixed: Counter[str] = Counter()
        self.passed_over: Counter[Fate] = Counter()

    def counting(self, segments: Iterator[Segment]) -> Iterator[Segment]:
        """The segments, which are counted as they pass."""
        for segment in segments:
            self.documents += segment.documents
            self.characters += segment.characters
            self.fixed.update(segment.fixed)
            self.passed_over.update({Fate(why): n for why, n in segment.passed_over.items()})
            yield segment


def rules_of(planned: Plan) -> dict[str, AnyRule]:
    """The rules that are selected anywhere, by their codes."""
    shops = map(workshop, planned.settings)
    return {rule.code: rule for shop in shops for rule in shop.policy.rules}


def near_rule(planned: Plan) -> AnyRule:
    """The rule that finds near copies. Raises ConfigurationError where it is not selected."""
    for settings in planned.settings:
        for rule in workshop(settings).policy.rules:
            if rule.name == NEAR_COPIES:
                return rule
    raise ConfigurationError(
        f"--drop near-duplicate rests on the rule {NEAR_COPIES}, which is not selected; add "
        f"--extend-select {NEAR_COPIES}"
    )


def state(source: Source) -> tuple[int, int]:
    """What tells that a file has not changed. Raises UnreadableError."""
    try:
        status = os.stat(source.path)
    except OSError as error:
        raise UnreadableError(f"{source.display} cannot be read: {reason(error)}") from error
    return status.st_size, status.st_mtime_ns


def refuse_changed(states: Mapping[str, tuple[int, int]], source: Source) -> None:
    """Raise ConfigurationError where a file has not the state that it had, by its path."""
    if state(source) != states[source.path]:
        raise ConfigurationError(
            f"{source.display} has changed while it was being cleaned; run the command again"
        )


def command_of(planned: Plan, wish: Wish) -> str:
    """What tells a command from all others."""
    told = (
        [os.path.abspath(path) for path in wish.paths],
        [source.display for source in planned.sources],
        [configuration_of(settings) for settings in planned.settings],
        wish.unsafe,
        wish.conditions,
        wish.language,
        wish.source_field,
    )
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def names_of(planned: Plan, wish: Wish) -> list[str]:
    """What the copies are called: relative to the folder that all given paths have in common."""
    folders = [
        os.path.abspath(path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path)))
        for path in wish.paths
    ]
    root = os.path.commonpath(folders)
    return [os.path.relpath(source.path, root).replace(os.sep, "/") for source in planned.sources]
