"""A run that cleans: shards, then copies among their rows, then the copy as a whole."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import __version__
from kanwu.cleaning.assembly import Assembly, Copied
from kanwu.cleaning.copies import NEAR_COPIES, exact_copies, near_copies
from kanwu.cleaning.folder import MANIFEST, OutputFolder
from kanwu.cleaning.pieces import read_piece
from kanwu.cleaning.shards import Job, clean, configuration_of
from kanwu.documents.datasets.parts import is_dataset
from kanwu.documents.decoding import decode
from kanwu.documents.document import Document
from kanwu.documents.reading import UnreadableError, markup_of, reason
from kanwu.engine.discovery import entry_points
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.sieve import Fate
from kanwu.reporters.wording import wording
from kanwu.session.executors import executor_for
from kanwu.session.installation import installation
from kanwu.session.packing import unpack, unpacked_records
from kanwu.session.record_files import RecordFiles
from kanwu.session.run import corpus_findings
from kanwu.session.shards import compared_places, folder_of, unreadable, workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kanwu.cleaning.conditions import Conditions, Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.pieces import Segment
    from kanwu.documents.reading import Source
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.summary import RuleCount
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
    """Of messages in the records."""


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
    fixed: int
    passed_over: Counter[Fate]
    compared: Counter[str]
    rows: int
    changed: int
    dropped: int


def clean_all(
    planned: Plan,
    resolver: Resolver,
    wish: Wish,
    *,
    chosen: frozenset[str],
    advance: Callable[[int], None],
) -> Cleaned:
    """Make the copy, or go on where a run before has ended. `advance` is called with bytes done.

    Raises ConfigurationError, UnreadableError, WorkersDiedError, and OSError where the copy cannot be written.
    """
    near = near_rule(planned) if wish.conditions.near_duplicate else None
    states = {source.path: state(source) for source in planned.sources if is_dataset(source.path)}
    with OutputFolder(wish.out, command_of(planned, wish)) as output:
        job = Job(output.pieces, wish.conditions, installation().digest, wish.language)
        names: list[str] = []
        for done in executor_for(planned.jobs).map(partial(clean, job), planned.shards):
            names.append(done.piece)
            advance(done.bytes)
        pieces = Pieces(output.pieces, names)
        dropped: dict[RowKey, Reason] = {}
        if wish.conditions.copies:
            dropped |= exact_copies(pieces.segments)
        if near is not None:
            records = (one for _, several in pieces.records(dropped) for one in several)
            dropped |= near_copies(near, records)
        store = RecordFiles()
        compared: Counter[str] = Counter()
        for _, several in pieces.records(dropped):
            store.add(several)
            compared += compared_places(several)
        passed_over: Counter[Fate] = Counter()
        between: list[Finding] = []
        found = corpus_findings(store, planned.settings, resolver, pieces.document_of)
        for finding, fate in found:
            if fate is Fate.TOLD:
                between.append(finding)
            else:
                passed_over[fate] += 1
        assembly = Assembly(
            output.copy, dropped, between, chosen=chosen, wording=wording(wish.language)
        )
        totals = Totals()

        def unchanged(source: Source) -> None:
            if state(source) != states[source.path]:
                raise ConfigurationError(
                    f"{source.display} has changed while it was being cleaned; run the command again"
                )

        missing = [unreadable(source, why) for source, why in planned.missing]
        assembly.tell(missing, resolver.for_folder(os.getcwd()).fail_on)
        assembly.add_all(
            [
                (source, name, resolver.for_folder(folder_of(source)).fail_on)
                for source, name in zip(planned.sources, names_of(planned, wish), strict=True)
            ],
            totals.counting(pieces.segments()),
            unchanged,
            is_dataset,
        )
        assembly.close()
        named = {source.display for source in planned.sources if source.named}
        faults = [(source.display, why) for source, why in planned.missing]
        faults += [(f.source["path"], f.fault) for f in assembly.files if f.fault is not None]
        cleaned = Cleaned(
            files=tuple(assembly.files),
            counts=assembly.rule_counts(),
            failing=assembly.failing,
            named_unreadable=any(source.named for source, _ in planned.missing)
            or any(path in named for path, _ in faults),
            faults=tuple(faults),
            documents=totals.documents,
            characters=totals.characters,
            fixed=totals.fixed.total(),
            passed_over=passed_over + totals.passed_over,
            compared=compared,
            rows=sum(file.rows for file in assembly.files),
            changed=sum(file.changed for file in assembly.files),
            dropped=assembly.reasons.total(),
        )
        told = manifest(cleaned, planned, wish, fixed=totals.fixed, reasons=assembly.reasons)
        with open(os.path.join(output.copy, MANIFEST), "wb") as file:
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        output.publish()
    return cleaned


class Pieces:
    """The pieces of a run, in order; one is in memory at a time."""

    def __init__(self, folder: str, names: Sequence[str]) -> None:
        self._paths = [os.path.join(folder, name) for name in names]
        self._piece_of: dict[str, str] | None = None

    def segments(self) -> Iterator[Segment]:
        for path in self._paths:
            yield from self._read(path)

    def _read(self, path: str) -> list[Segment]:
        segments = read_piece(path)
        if segments is None:
            raise ConfigurationError(f"{path} was damaged while the run went on; run it again")
        return segments

    def records(self, dropped: dict[RowKey, Reason]) -> Iterator[tuple[RowKey, Records]]:
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
                text, encoding = decode(segment.data)
                return Document(text, path=path, markup=markup_of(path), encoding=encoding)
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


def command_of(planned: Plan, wish: Wish) -> str:
    """What tells a command from all others."""
    told = (
        [os.path.abspath(path) for path in wish.paths],
        [source.display for source in planned.sources],
        [configuration_of(settings) for settings in planned.settings],
        wish.unsafe,
        wish.conditions,
        wish.language,
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


def manifest(
    cleaned: Cleaned, planned: Plan, wish: Wish, *, fixed: Counter[str], reasons: Counter[str]
) -> dict[str, Any]:
    """What the copy was made of and how; the same for the same input under the same conditions."""
    configurations = sorted({configuration_of(settings) for settings in planned.settings})
    return {
        "kanwu": __version__,
        "python": platform.python_version(),
        "rules": sorted({entry.distribution for entry in entry_points()}),
        "configuration": configurations,
        "options": {"unsafe_fixes": wish.unsafe, "drop": list(wish.drop), "lang": wish.language},
        "documents": cleaned.documents,
        "characters": cleaned.characters,
        "rows": cleaned.rows,
        "changed": cleaned.changed,
        "fixed": dict(sorted(fixed.items())),
        "dropped": dict(sorted(reasons.items())),
        "findings": [count._asdict() for count in cleaned.counts],
        "files": [
            {
                "path": f"data/{file.path}",
                "input": file.source,
                "output": file.copy,
                "rows": file.rows,
                "changed": file.changed,
                "dropped": file.dropped,
                "fault": file.fault,
            }
            for file in cleaned.files
        ],
    }
