"""A run: find the files, cut them into shards, have them done, compare, and count."""

from __future__ import annotations

import os
from collections import Counter
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.datasets.parts import is_dataset
from kanwu.documents.reading import STDIN, Source, UnreadableError, load, markup_of
from kanwu.documents.walking import Missing, Walker
from kanwu.engine.corpus import RecordStore, compare
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.sieve import Fate
from kanwu.session.executors import executor_for
from kanwu.session.shards import Task, adjusted, cut, folder_of, unreadable, work, workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.fixes.applying import Removal
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import Settings
    from kanwu.session.corpus_index import Corpus
    from kanwu.session.shards import Change, Mode, Outcome, Shard

# From 2 to 3 MB on the import of numpy is won back by the faster scan.
BATCH_BYTES = 3 << 20
# Starting processes is won back well before: 20 MB took 2.5 s in one process and 2.1 s in two.
PROCESSES_BYTES = 32 << 20


class Request(NamedTuple):
    """What a user asked for."""

    paths: tuple[str, ...]
    mode: Mode = "check"
    unsafe: bool = False
    jobs: int | None = None
    """Number of processes; None chooses by the size of the input."""
    stdin_name: str | None = None
    """What standard input is called, which says its markup and its settings."""
    exclude_named: bool = False
    """Whether excluded files are left out even when they are named."""


class Plan(NamedTuple):
    """What a run is going to do."""

    shards: Iterable[Shard]
    """Cut while they are being done: large datasets are never in memory as a whole."""
    missing: tuple[Missing, ...]
    bytes: int
    jobs: int


class Result:
    """What came of a run."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
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
        self.findings += outcome.findings
        self.documents += outcome.documents
        self.characters += outcome.characters
        # A place may have records under several keys.
        places = {(name, id(record.place)) for name, record in outcome.records}
        self.compared.update(name for name, _ in places)
        self.passed_over += outcome.passed_over
        self.fixed += outcome.fixed
        self.changes += outcome.changes
        self.named_unreadable |= outcome.named_unreadable


def plan(request: Request, resolver: Resolver) -> Plan:
    """Find the files and cut them into shards. Raises ConfigurationError."""
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
    # A link to a file that was named is followed only where its target was given as well.
    roots = tuple(
        os.path.realpath(path)
        for path in request.paths
        if os.path.isdir(path) or not os.path.islink(path)
    )
    task = Task(request.mode, unsafe=request.unsafe, batch=whole >= BATCH_BYTES, inside=roots)
    if request.mode in {"fix", "diff"}:
        refuse_datasets(sources)
    for source in sources:
        resolver.for_folder(folder_of(source))
    resolver.refuse_unknown_words()
    shards: Iterable[Shard] = cut(sources, resolver, task)
    jobs = request.jobs or ((os.cpu_count() or 1) if whole >= PROCESSES_BYTES else 1)
    if jobs > 1:
        # Where there are not even so many shards, fewer processes do.
        ahead = list(islice(shards, jobs))
        jobs = max(1, len(ahead))
        shards = chain(ahead, shards)
    return Plan(shards, tuple(missing), whole, jobs)


def refuse_datasets(sources: Iterable[Source]) -> None:
    """Datasets are not repaired in place. Raises ConfigurationError."""
    for source in sources:
        if is_dataset(source.path):
            raise ConfigurationError(
                f"{source.display} is a dataset, which is checked but not repaired in place"
            )


def carry_out(
    planned: Plan,
    resolver: Resolver,
    *,
    advance: Callable[[int], None],
    keep_removals: Callable[[list[Removal]], None],
    corpus: Corpus | None = None,
) -> Result:
    """Check or repair everything that was planned.

    `advance` is called with numbers of bytes done, `keep_removals` with what fixes took out, as soon
    as a shard is done. Corpus rules compare the given documents with those of `corpus` too, and then
    only what touches a given one is a finding. Raises WorkersDiedError and IndexUnusableError.
    """
    result = Result()
    for source, reason in planned.missing:
        result.findings.append(unreadable(source, reason))
        result.named_unreadable |= source.named
    store = RecordStore()
    given: dict[str, str] = {}
    settings: dict[int, Settings] = {}
    for outcome in executor_for(planned.jobs).map(work, noted(planned.shards, given, settings)):
        result.take(outcome)
        store.add(outcome.records)
        keep_removals(outcome.removals)
        advance(outcome.bytes)
    if corpus is not None:
        store.add(corpus.sharing_keys(store.keys(), given.keys()))
    displays = set(given.values())
    for finding, fate in corpus_findings(store, settings.values(), resolver):
        if corpus is not None and not touches(finding, displays):
            continue
        if fate is Fate.TOLD:
            result.findings.append(finding)
        else:
            result.passed_over[fate] += 1
    # Sorted and not counted again: those that are silenced or old count among those that are alike.
    result.findings.sort(key=attrgetter("order"))
    return result


def noted(
    shards: Iterable[Shard], given: dict[str, str], settings: dict[int, Settings]
) -> Iterator[Shard]:
    """The shards. On their way the files that they hold are noted, and the settings that hold for them."""
    for shard in shards:
        given.update((source.path, source.display) for source in shard.sources)
        settings[id(shard.settings)] = shard.settings
        yield shard


def corpus_findings(
    store: RecordStore, all_settings: Iterable[Settings], resolver: Resolver
) -> Iterator[tuple[Finding, Fate]]:
    """What the corpus rules find among all records, under the settings of each finding's file.

    Each with what becomes of it.
    """
    rules: dict[str, AnyRule] = {}
    for settings in all_settings:
        for rule in workshop(settings).policy.rules:
            rules.setdefault(rule.name, rule)
    documents: dict[str, Document | None] = {}
    old: dict[str, Counter[str]] = {}
    for finding in compare(rules.values(), store):
        path = finding.place.path
        folder = os.path.dirname(os.path.abspath(path))
        shop = workshop(resolver.for_folder(folder))
        if path not in documents:
            old[path] = shop.sieve.old_of(path)
            needed = old[path] or shop.sieve.suppressor.reads_lines
            looked_into = needed or markup_of(path) != "plain"
            whole = finding.place.record is None
            documents[path] = document_at(path) if looked_into and whole else None
        for kept in adjusted([finding], shop.policy):
            yield kept, shop.sieve.fate(kept, documents[path], old[path])


def document_at(path: str) -> Document | None:
    """The document in a file; None where it cannot be read."""
    try:
        return load(Source(path, path, named=False)).document
    except UnreadableError:
        return None


def touches(finding: Finding, given: set[str]) -> bool:
    """Whether the finding names a place in any of some files, or is about one of them."""
    return (
        finding.place.path in given
        or any(r.place.path in given for r in finding.related)
        or not given.isdisjoint(finding.documents)
    )
