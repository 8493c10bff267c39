"""The index of the configured corpus, kept fresh, and what it says beside the files of a run."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from kanwu import __version__
from kanwu.documents.reading import Source
from kanwu.documents.walking import Missing, Walker, displayed
from kanwu.engine.index import FILE_NAME, CorpusIndex, state_of
from kanwu.reporters.progress import Step
from kanwu.session.shards import Task, cut, work, workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kanwu.engine.corpus import RecordKey
    from kanwu.engine.index import FileState
    from kanwu.engine.rule import Record
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import Settings
    from kanwu.reporters.progress import Progress

Records = list[tuple[str, "Record"]]


class Refreshed(NamedTuple):
    """What building or refreshing an index came to."""

    documents: int
    """Documents in the index now."""
    read: int
    """How many of them were new or had changed."""
    gone: int
    """Documents that were dropped because they are there no more."""


def index_path(settings: Settings) -> str:
    """Where the index of a corpus lies."""
    return os.path.join(settings.cache_dir, FILE_NAME)


def open_index(settings: Settings, *, make: bool) -> CorpusIndex:
    """The index of a corpus, made if there is none and it may be.

    Raises IndexUnusableError, and IndexOutdatedError where nothing may be made.
    """
    parts = [
        f"{rule.code} {rule.name} {sorted(rule.configured.items())}"
        for rule in workshop(settings).corpus_rules
    ]
    parts.append(f"{settings.text_fields} {settings.text_markup} {settings.id_field}")
    stamp = blake2b("\n".join([__version__, *parts]).encode(), digest_size=16).hexdigest()
    return CorpusIndex(index_path(settings), stamp, make=make)


class Corpus:
    """The documents of the configured corpus, by way of their index."""

    def __init__(self, index: CorpusIndex, settings: Settings, resolver: Resolver) -> None:
        self.index = index
        self.resolver = resolver
        self.folders = settings.corpus
        rules = workshop(settings).corpus_rules
        self.reaches = {rule.records_name: rule.reach for rule in rules}

    def refresh(self, progress: Progress) -> Refreshed:
        """Bring the index in line with the corpus: read what is new or changed, drop what is gone."""
        walker = Walker(self.resolver.for_folder)
        sources = [s for s in walker.find(self.folders) if not isinstance(s, Missing)]
        known = self.index.states()
        gone = known.keys() - {source.path for source in sources}
        self.index.forget(gone)
        renewed = self._renew(sources, known, progress)
        self.index.finish()
        return Refreshed(len(sources), renewed, len(gone))

    def sharing_keys(self, keys: Iterable[RecordKey], given: AbstractSet[str]) -> Records:
        """The records under any of the keys in documents of the corpus that are not among the given.

        For rules that reach further than one step the keys of these documents are followed in turn.
        Paths are absolute. Whatever of all these or of the given documents changed since it was indexed
        is read again first.
        """
        here = os.path.join(os.getcwd(), "")
        folders = tuple(os.path.join(folder, "") for folder in self.folders)
        own = {path for path in given if path.startswith(folders)}
        self._read_again(own, here)
        followed: set[RecordKey] = set()
        ahead = set(keys)
        step = 1
        while ahead:
            others = self.index.files_with(ahead) - given
            self.index.forget(path for path in others if state_of(path) is None)
            self._read_again(others, here)
            followed |= ahead
            further = [name for name, reach in self.reaches.items() if reach > step]
            ahead = {key for path in others for key in self.index.keys_in(path, further)} - followed
            step += 1
        return [
            (rule, record._replace(place=record.place._replace(path=displayed(path, here))))
            for rule, path, record in self.index.records(sorted(followed), given)
        ]

    def _read_again(self, paths: AbstractSet[str], here: str) -> None:
        """Read some files again as far as they changed."""
        sources = [Source(path, displayed(path, here), named=False) for path in sorted(paths)]
        self._renew(sources, self.index.states_of(paths))

    def _renew(
        self,
        sources: Iterable[Source],
        known: Mapping[str, FileState],
        progress: Progress | None = None,
    ) -> int:
        """Read the files that the index does not know as they are now. Returns how many these were."""
        now = {source.path: state_of(source.path) for source in sources}
        stale = [s for s in sources if now[s.path] and now[s.path] != known.get(s.path)]
        if progress is not None:
            progress.expect(sum(source.size for source in stale))
        waiting: dict[str, Records] = {}
        for shard in cut(stale, self.resolver, Task("collect")):
            names = {source.display: source.path for source in shard.sources}
            for source in shard.sources:
                waiting.setdefault(source.path, [])
            for rule, record in work(shard).records:
                waiting[names[record.place.path]].append((rule, record))
            # More of the last file, if that is a dataset, may be in the next shard.
            *done, last = waiting
            self._store({path: waiting[path] for path in done}, now)
            waiting = {last: waiting[last]}
            if progress is not None:
                size = sum(source.size for source in shard.sources)
                progress.advance(Step(size, len(shard.sources)))
        self._store(waiting, now)
        return len(stale)

    def _store(self, records: Mapping[str, Records], now: Mapping[str, FileState | None]) -> None:
        self.index.store(
            (path, state, own) for path, own in records.items() if (state := now[path]) is not None
        )
