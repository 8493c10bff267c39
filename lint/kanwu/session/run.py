"""A run: find the files, cut them into shards, have them done, compare, and count."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu.documents.datasets.packing import packing_of
from kanwu.documents.datasets.parts import is_dataset
from kanwu.documents.reading import STDIN, Source, UnreadableError, load, markup_of
from kanwu.documents.walking import Missing, Walker
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.internal import RepeatedId
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.sieve import Fate
from kanwu.policy.vocabulary import INTERNAL
from kanwu.reporters.progress import Step
from kanwu.session.executors.choosing import executor_for
from kanwu.session.executors.deaths import in_silence
from kanwu.session.rescue import rescue
from kanwu.session.shards import (
    Task,
    adjusted,
    cut,
    folder_of,
    unreadable,
    work,
    workshop,
)
from kanwu.session.stores.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.corpus import Records as Store
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.fixes.applying import Removal
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import Settings
    from kanwu.session.corpus_index import Corpus
    from kanwu.session.executors.deaths import Death
    from kanwu.session.executors.on_ray import Cluster
    from kanwu.session.packing import Records
    from kanwu.session.result_cache import Kept, ResultCache
    from kanwu.session.shards import Change, Mode, Outcome, Shard
    from kanwu.session.stores.records import RecordFiles

# From 2 to 3 MB on the import of numpy is won back by the faster scan.
BATCH_BYTES = 3 << 20
# Opening the cache and knowing what is installed takes as long as checking some 10 KB.
CACHE_BYTES = 1 << 14
PACK_BYTES = 8 << 20
"""Of more input what is found and noted does not stay in memory."""
PACK_ROWS_BYTES = 1 << 18
"""The same for datasets, whose rows may be very short."""
PACK_FILES = 5_000
# Starting processes is won back well before: 20 MB took 2.5 s in one process and 2.1 s in two.
PROCESSES_BYTES = 32 << 20


Executing = Literal["local", "processes", "ray"]


class Request(NamedTuple):
    """What a user asked for."""

    paths: tuple[str, ...]
    mode: Mode = "check"
    unsafe: bool = False
    jobs: int | None = None
    """Number of processes; None chooses by the size of the input."""
    executor: Executing | None = None
    """Where the work is done; None chooses between this process and several."""
    ray_address: str | None = None
    """Where a cluster is; None for a Ray of this run alone."""
    source_field: str | None = None
    """The field of a row that says where it comes from, where that is asked for."""
    stdin_name: str | None = None
    """What standard input is called, which says its markup and its settings."""
    exclude_named: bool = False
    """Whether excluded files are left out even when they are named."""


@dataclass(frozen=True)
class Shards:
    """The shards of some files, cut while they are gone through: a dataset is never in memory as a whole."""

    sources: Sequence[Source]
    resolver: Resolver
    task: Task

    def __iter__(self) -> Iterator[Shard]:
        return cut(self.sources, self.resolver, self.task)


class Plan(NamedTuple):
    """What a run is going to do."""

    shards: Iterable[Shard]
    missing: tuple[Missing, ...]
    bytes: int
    """How much there is to be read."""
    jobs: int
    cluster: Cluster | None
    """The Ray that does the work; None where processes of this machine do."""
    sources: tuple[Source, ...]
    """All files, in order."""
    settings: tuple[Settings, ...]
    """All settings that hold for any of them, in the order of the files."""
    kept: tuple[Kept, ...] = ()
    """What is known of files that have not changed; they are in no shard."""
    cache: ResultCache | None = None
    """Where to keep what is found."""

    @property
    def unpacked_bytes(self) -> int | None:
        """How much there is to be read, where that can be told: of packed files it cannot."""
        packed = any(packing_of(source.path) for source in self.sources)
        return None if packed else self.bytes


class Result:
    """What came of a run."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.documents = 0
        self.characters = 0
        self.compared: Counter[str] = Counter()
        """How many places each corpus rule compared, by the rule's name."""
        self.passed_over: Counter[Fate] = Counter()
        """How many findings are not told, by why."""
        self.fixed = 0
        self.changes: list[Change] = []
        """The files as they would be written; in `diff` mode and for standard input only."""
        self.named_unreadable = False
        """Whether a file that the user named could not be read."""

    def take(self, outcome: Outcome) -> None:
        """Add what came of one shard."""
        if outcome.packed_findings is not None:
            self.findings.add_packed(outcome.packed_findings)
        self.findings.extend(outcome.findings)
        self.documents += outcome.documents
        self.characters += outcome.characters
        self.compared += outcome.compared
        self.passed_over += outcome.passed_over
        self.fixed += outcome.fixed
        self.changes += outcome.changes
        self.named_unreadable |= outcome.named_unreadable

    def take_kept(self, several: Iterable[Kept]) -> None:
        """Add what is known of documents that have not changed."""
        for kept in several:
            self.findings.extend(kept.findings)
            self.documents += 1
            self.characters += kept.characters
            self.compared += kept.compared
            self.passed_over += kept.passed_over


def plan(
    request: Request,
    resolver: Resolver,
    open_cache: Callable[[], ResultCache | None] = lambda: None,
) -> Plan:
    """Find the files, and cut those that the cache does not know into shards.

    The cache is opened where there is enough to be done. Raises ConfigurationError.
    """
    walker = Walker(resolver.for_folder, exclude_named=request.exclude_named)
    sources: list[Source] = []
    missing: list[Missing] = []
    for found in walker.find(request.paths):
        if isinstance(found, Missing):
            missing.append(found)
        elif found.path == STDIN and request.stdin_name:
            sources.append(found._replace(display=request.stdin_name))
        else:
            sources.append(found)
    whole = sum(source.size for source in sources)
    cache = open_cache() if whole >= CACHE_BYTES else None
    kept: list[Kept] = []
    fresh: list[Source] = []
    for source in sources:
        known = cache and cache.find(source, resolver.for_folder(folder_of(source)))
        if known:
            kept.append(known)
        else:
            fresh.append(source)
    whole = sum(source.size for source in fresh)
    # A link to a file that was named is followed only where its target was given as well.
    roots = tuple(
        os.path.realpath(path)
        for path in request.paths
        if os.path.isdir(path) or not os.path.islink(path)
    )
    if request.mode in {"fix", "diff"}:
        refuse_datasets(sources)
    task = Task(
        request.mode,
        unsafe=request.unsafe,
        batch=whole >= BATCH_BYTES,
        inside=roots,
        keep=cache is not None,
        pack=request.mode == "check" and is_much(fresh, whole),
        source_field=request.source_field,
    )
    settings = {id(own): own for own in map(resolver.for_folder, map(folder_of, sources))}
    resolver.refuse_unknown_words()
    shards = Shards(fresh, resolver, task)
    cluster = cluster_of(request)
    several = (request.jobs or 1) > 1 or (request.executor == "processes" and request.jobs is None)
    jobs = request.jobs or ((os.cpu_count() or 1) if several or whole >= PROCESSES_BYTES else 1)
    if request.executor == "local":
        jobs = 1
    # Where there are not even so many shards, fewer processes do; but who asks for several wants to be told
    # of documents that kill one. Standard input is read here.
    fewest = 2 if several and STDIN not in request.paths else 1
    jobs = max(fewest, sum(1 for _ in islice(shards, jobs))) if jobs > 1 else 1
    return Plan(
        shards,
        tuple(missing),
        whole,
        jobs,
        cluster,
        tuple(sources),
        tuple(settings.values()),
        tuple(kept),
        cache,
    )


def cluster_of(request: Request) -> Cluster | None:
    """The Ray that is asked for, if any. Raises ConfigurationError for what contradicts itself."""
    executor, address = request.executor, request.ray_address
    if executor == "local" and (request.jobs or 1) > 1:
        raise ConfigurationError(
            f"--executor local and --jobs {request.jobs} contradict one another"
        )
    if address is not None and executor not in {None, "ray"}:
        raise ConfigurationError(
            f"--executor {executor} and --ray-address {address} contradict one another"
        )
    if executor != "ray" and address is None:
        return None
    if STDIN in request.paths:
        raise ConfigurationError("standard input is read here alone, not by the nodes of Ray")
    from kanwu.session.executors.on_ray import Cluster

    return Cluster(address, request.jobs)


def overlooked(paths: Iterable[str]) -> tuple[str, str] | None:
    """A dataset below folders in which nothing was found, and the ending of its name; None without one."""
    for path in paths:
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if name[0] != ".")
            for name in sorted(names):
                if name[0] != "." and is_dataset(name):
                    packing = packing_of(name)
                    ending = os.path.splitext(name[: len(name) - len(packing)])[1].lower()
                    return os.path.join(folder, name), ending + packing
    return None


def refuse_datasets(sources: Iterable[Source]) -> None:
    """Datasets are not repaired in place. Raises ConfigurationError."""
    for source in sources:
        if is_dataset(source.path):
            raise ConfigurationError(
                f"{source.display} is a dataset, which is not repaired in place; kanwu clean makes a "
                "repaired copy"
            )


def carry_out(
    planned: Plan,
    resolver: Resolver,
    *,
    advance: Callable[[Step], None],
    keep_removals: Callable[[list[Removal]], None],
    corpus: Corpus | None = None,
    tell: Callable[[Death], None] = in_silence,
) -> Result:
    """Check or repair everything that was planned.

    `advance` is called with what was done, `keep_removals` with what fixes took out, as soon
    as a shard is done. Corpus rules compare the given documents with those of `corpus` too, and then
    only what touches a given one is a finding. `tell` is called when a worker died. Raises WorkersDiedError and IndexUnusableError.
    """
    cache = planned.cache
    result = Result()
    for source, reason in planned.missing:
        result.findings.append(unreadable(source, reason))
        result.named_unreadable |= source.named
    result.take_kept(planned.kept)
    store = store_for(planned)
    identities = {known.source.path: known.identity for known in planned.kept}
    executor = executor_for(planned.jobs, planned.cluster)
    outcomes = executor.map(work, planned.shards, rescue(tell))
    with closing(outcomes):
        for outcome in outcomes:
            result.take(outcome)
            put(outcome, store)
            keep_removals(outcome.removals)
            if cache is not None:
                identities |= cache.keep(outcome)
            advance(Step(outcome.bytes, outcome.documents, outcome.found))
    given = {source.path: source.display for source in planned.sources}
    found: Iterable[tuple[Finding, Fate]]
    if corpus is not None or cache is None:
        if cache is not None:
            store.add(kept_records(planned.kept, cache, resolver))
        if corpus is not None:
            store.add(corpus.sharing_keys(store.keys(), given.keys()))
        found = corpus_findings(store, planned.settings, resolver)
    else:
        # Not wholly identified, the documents might be others the next time.
        order = [identities[path] for path in given if path in identities]
        whole = len(order) == result.documents
        found = compared_once(planned, order if whole else (), store, resolver, cache)
    displays = set(given.values())
    for finding, fate in found:
        if corpus is not None and not touches(finding, displays):
            continue
        if fate is Fate.TOLD:
            result.findings.append(finding)
        else:
            result.passed_over[fate] += 1
    # Not counted again: those that are silenced or old count among those that are alike.
    return result


def store_for(planned: Plan) -> RecordStore | RecordFiles:
    """Where to put what corpus rules note in a run."""
    if not is_much(planned.sources, planned.bytes):
        return RecordStore()
    from kanwu.session.stores.records import RecordFiles

    return RecordFiles()


def is_much(sources: Sequence[Source], size: int) -> bool:
    """Whether so much is found and noted in some files that it does not stay in memory."""
    rows = size >= PACK_ROWS_BYTES and any(is_dataset(source.path) for source in sources)
    return rows or size >= PACK_BYTES or len(sources) >= PACK_FILES


def put(outcome: Outcome, store: RecordStore | RecordFiles) -> None:
    """Put what corpus rules noted in a shard where the rest is. Raises SpoolError."""
    if outcome.packed_records is not None:
        assert not isinstance(store, RecordStore)
        store.add_packed(outcome.packed_records)
    store.add(outcome.records)


def compared_once(
    planned: Plan,
    identities: Sequence[bytes],
    store: Store,
    resolver: Resolver,
    cache: ResultCache,
) -> list[tuple[Finding, Fate]]:
    """What the corpus rules find between the documents of a run, which have these identities.

    Where the same documents were compared before, what was found then. Without identities nothing is kept,
    nor where a rule fails: next time it may not.
    """
    found = cache.comparison(identities) if identities else None
    if found is None:
        store.add(kept_records(planned.kept, cache, resolver))
        found = list(corpus_findings(store, planned.settings, resolver))
        if identities and not any(finding.code.startswith(INTERNAL) for finding, _ in found):
            cache.keep_comparison(identities, found)
    return found


def kept_records(kept: Iterable[Kept], cache: ResultCache, resolver: Resolver) -> Records:
    """What corpus rules noted of documents that have not changed."""
    records: Records = []
    lost: list[Source] = []
    for known in kept:
        own = cache.records(known)
        if own is None:  # another run has dropped them
            lost.append(known.source)
        else:
            records += own
    for shard in cut(lost, resolver, Task("collect")):
        records += work(shard).records
    return records


def document_at(path: str) -> Document | None:
    """The document in a file; None where it cannot be read."""
    try:
        return load(Source(path, path, named=False)).document
    except UnreadableError:
        return None


def corpus_findings(
    store: Store,
    several: Iterable[Settings],
    resolver: Resolver,
    document_of: Callable[[str], Document | None] = document_at,
) -> Iterator[tuple[Finding, Fate]]:
    """What the corpus rules find among all records, under the settings of each finding's file.

    Each with what becomes of it. `document_of` gives the document of a path.
    """
    rules: dict[str, AnyRule] = {}
    for settings in several:
        for rule in workshop(settings).policy.rules:
            rules.setdefault(rule.name, rule)
        if settings.id_field:
            rules.setdefault(RepeatedId.name, RepeatedId())
    # They come in the order of their files: one document is in memory at a time.
    for path, findings in groupby(compare(rules.values(), store), lambda found: found.place.path):
        shop = workshop(resolver.for_folder(os.path.dirname(os.path.abspath(path))))
        old = shop.sieve.old_of(path)
        looked_into = old or shop.sieve.suppressor.reads_lines or markup_of(path) != "plain"
        own = list(findings)
        whole = own[0].place.record is None
        document = document_of(path) if looked_into and whole else None
        for kept in adjusted(own, shop.policy):
            yield kept, shop.sieve.fate(kept, document, old)


def touches(finding: Finding, given: set[str]) -> bool:
    """Whether the finding names a place in any of some files, or is about one of them."""
    return (
        finding.place.path in given
        or any(r.place.path in given for r in finding.related)
        or not given.isdisjoint(finding.documents)
    )
