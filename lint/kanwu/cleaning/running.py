"""A run that cleans: shards, then copies among their rows, then the copy as a whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
from collections import Counter
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import __version__
from kanwu.cleaning.assembly import Assembly, Copied
from kanwu.cleaning.copies import NEAR_COPIES, exact_copies, near_copies
from kanwu.cleaning.folder import MANIFEST, PAGE, OutputFolder
from kanwu.cleaning.pieces import read_piece
from kanwu.cleaning.profile import Profile
from kanwu.cleaning.rescue import rescue
from kanwu.cleaning.shards import Job, clean, configuration_of
from kanwu.documents.datasets.parts import UnreadRows, is_dataset
from kanwu.documents.reading import Source, UnreadableError, document_of, reason
from kanwu.engine.discovery import entry_points
from kanwu.engine.internal import RepeatedId
from kanwu.policy.settings import ConfigurationError, Settings
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
    cut,
    documents_of,
    folder_of,
    unreadable,
    wanted_by,
    workshop,
)
from kanwu.session.stores.records import RecordFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kanwu.cleaning.conditions import Conditions, Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.pieces import Segment
    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.progress import Progress
    from kanwu.reporters.summary import RuleCount
    from kanwu.reporters.wording import Wording
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
        names: list[str] = []
        cleaned_shards = executor.map(partial(clean, job), planned.shards, rescue(job, tell))
        with closing(cleaned_shards):
            for done in cleaned_shards:
                names.append(done.piece)
                progress.advance(done.step)
        pieces = Pieces(output.pieces, names)
        words = wording(wish.language)
        progress.begin("Comparing rows")
        dropped: dict[RowKey, Reason] = {}
        if wish.conditions.copies:
            dropped |= exact_copies(pieces.segments)
        if near is not None:
            records = (one for _, several in pieces.records(dropped) for one in several)
            dropped |= near_copies(near, records)
        store, compared, ids = noted(pieces, dropped)
        passed_over: Counter[Fate] = Counter()
        between: list[Finding] = []
        found = corpus_findings(store, planned.settings, resolver, pieces.document_of)
        for finding, fate in found:
            if fate is Fate.TOLD:
                between.append(finding)
            else:
                passed_over[fate] += 1
        profile = Profile([source.display for source in planned.sources], dropped, between, words)
        assembly = Assembly(
            output.copy, dropped, between, ids, chosen=chosen, wording=words, profile=profile
        )
        progress.begin("Putting the copy together", len(names))
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
                (source, name, own.fail_on, wanted_by(own, Task("clean")))
                for source, name in zip(planned.sources, names_of(planned, wish), strict=True)
                for own in (resolver.for_folder(folder_of(source)),)
            ],
            totals.counting(pieces.segments(progress.count)),
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
            fixed=totals.fixed,
            reasons=assembly.reasons,
            names=names_of_rules(planned, assembly.rule_counts()),
            parts=len(names),
            parts_before=progress.parts_before,
            page=can_make_pages(),
            passed_over=passed_over + totals.passed_over,
            compared=compared,
            rows=sum(file.rows for file in assembly.files),
            changed=sum(file.changed for file in assembly.files),
            dropped=assembly.reasons.total(),
        )
        if cleaned.page:
            write_page(output.copy, cleaned, profile, planned, resolver, words=words)
        write_manifest(output.copy, cleaned, planned, wish)
        output.publish()
    return cleaned


class Pieces:
    """The pieces of a run, in order; one is in memory at a time."""

    def __init__(self, folder: str, names: Sequence[str]) -> None:
        self._paths = [os.path.join(folder, name) for name in names]
        self._piece_of: dict[str, str] | None = None

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
                return document_of(segment.data, path)
        return None


def noted(
    pieces: Pieces, dropped: dict[RowKey, Reason]
) -> tuple[RecordFiles, Counter[str], dict[RowKey, str | None]]:
    """What corpus rules noted in the rows that are not left out, and of how many places each noted something.

    And the ids of those rows that are kept in place of others.
    """
    store = RecordFiles()
    compared: Counter[str] = Counter()
    kept = {reason.kept for reason in dropped.values()}
    ids: dict[RowKey, str | None] = {}
    for row, several in pieces.records(dropped):
        store.add(several)
        compared += compared_places(several)
        for name, record in several if row in kept else ():
            if name == RepeatedId.name:
                ids[row] = record.place.row_id
    return store, compared, ids


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


def rules_of(planned: Plan) -> dict[str, AnyRule]:
    """The rules that are selected anywhere, by their codes."""
    shops = map(workshop, planned.settings)
    return {rule.code: rule for shop in shops for rule in shop.policy.rules}


def names_of_rules(planned: Plan, counts: Iterable[RuleCount]) -> dict[str, str]:
    """The names of all rules that may have found or repaired something, by their codes."""
    names = {code: rule.name for code, rule in rules_of(planned).items()}
    return names | {count.code: count.name for count in counts}


def can_make_pages() -> bool:
    """Whether the library that makes pages is installed."""
    return find_spec("jinja2") is not None


def texts_of_rows(
    planned: Plan, resolver: Resolver, wanted: Mapping[str, Iterable[int]]
) -> Iterator[tuple[RowKey, str]]:
    """The texts of some rows as they are in the input, by the paths of files and the numbers of rows."""
    sources = [source for source in planned.sources if source.display in wanted]
    shards = cut(sources, resolver, Task("collect"))
    parts = ((source, shard.settings) for shard in shards for source in shard.sources)
    for own, following in pairwise(chain[tuple[Source, Settings] | None](parts, [None])):
        assert own is not None
        source, settings = own
        rows = wanted[source.display]
        if not any(map(part_holds(source, following and following[0]), rows)):
            continue
        with contextlib.suppress(UnreadableError):
            for document in documents_of(source, settings):
                if not isinstance(document, UnreadRows):
                    number = int((document.record or "0").partition("#")[0])
                    if number in rows:
                        yield (source.display, number), document.text


def part_holds(source: Source, following: Source | None) -> Callable[[int], bool]:
    """Whether a row may be in a part of a dataset, of which this part follows; a file has but one."""
    part = source.part
    if part is None:
        return lambda _: True
    later = following.part if following is not None and following.path == source.path else None
    return lambda row: part.first <= row and (later is None or row < later.first)


def write_page(
    folder: str,
    cleaned: Cleaned,
    profile: Profile,
    planned: Plan,
    resolver: Resolver,
    *,
    words: Wording,
) -> None:
    """Write the page of the corpus. Raises OSError."""
    from kanwu.reporters.html.corpus import corpus_page

    for key, text in texts_of_rows(planned, resolver, profile.wanted()):
        profile.show(key, text)
    rules = rules_of(planned)
    known = [code for code in profile.examples if code in rules]
    summaries = {code: words.summary(type(rules[code])) for code in known}
    page = corpus_page(cleaned, profile, summaries, wording=words)
    with open(os.path.join(folder, PAGE), "wb") as file:
        file.write(page.encode("utf-8", "backslashreplace"))


def write_manifest(folder: str, cleaned: Cleaned, planned: Plan, wish: Wish) -> None:
    """Write what the copy was made of, to the disk itself. Raises OSError."""
    told = json.dumps(manifest(cleaned, planned, wish), ensure_ascii=False, indent=1) + "\n"
    with open(os.path.join(folder, MANIFEST), "wb") as file:
        file.write(told.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())


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


def manifest(cleaned: Cleaned, planned: Plan, wish: Wish) -> dict[str, Any]:
    """What the copy was made of and how; the same for the same input under the same conditions."""
    configurations = sorted({configuration_of(settings) for settings in planned.settings})
    return {
        "kanwu": __version__,
        # The tables of Unicode come with it.
        "python": platform.python_version(),
        "rules": sorted({entry.distribution for entry in entry_points()}),
        "selected": sorted(rules_of(planned)),
        "configuration": configurations,
        "options": {
            "unsafe_fixes": wish.unsafe,
            "drop": list(wish.drop),
            "lang": wish.language,
            "source_field": wish.source_field,
        },
        "documents": cleaned.documents,
        "characters": cleaned.characters,
        "rows": cleaned.rows,
        "changed": cleaned.changed,
        "fixed": dict(sorted(cleaned.fixed.items())),
        "dropped": dict(sorted(cleaned.reasons.items())),
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
