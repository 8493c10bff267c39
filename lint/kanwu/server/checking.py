"""Checking one document as it stands in the editor, as `kanwu check` would check it in its file."""

from __future__ import annotations

import os
from contextlib import closing
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.document import Document, Encoding
from kanwu.documents.reading import Source, UnreadableError, load, marked_up
from kanwu.documents.walking import Walker, displayed
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import PluginError, discover
from kanwu.engine.finding import Related, whole_document
from kanwu.engine.index import IndexOutdatedError, IndexUnusableError
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import applicable, repair
from kanwu.policy.loading import Resolver
from kanwu.policy.rule_files import catalogue_for
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.sieve import Fate
from kanwu.session.corpus_index import Corpus, open_index
from kanwu.session.run import document_at, touches
from kanwu.session.shards import adjusted, workshop

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kanwu.documents.document import Markup, Span
    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule, Record
    from kanwu.engine.scanning import Places, Scanner
    from kanwu.policy.settings import Settings
    from kanwu.session.shards import Workshop

NO_INDEX = (
    "the configured corpus has no index that can be used, so documents are not compared with one "
    "another here; run kanwu index"
)


class AbandonedError(Exception):
    """Nobody waits for this check any more: the text has changed, or the document was closed."""


class UncheckedError(Exception):
    """The document could not be checked; the message says why, for a person."""


class Subject(NamedTuple):
    """What is to be checked."""

    path: str
    """An absolute path; of a document without a file, what it is called."""
    text: str
    markup: Markup
    has_file: bool = True


class Report(NamedTuple):
    """What came of a check."""

    document: Document
    findings: list[Finding]
    notes: tuple[str, ...] = ()
    """What the user is told once."""


class Checker:
    """Checks documents under their settings. For one thread: analyses and settings are cached."""

    def __init__(self) -> None:
        self._resolver: Resolver | None = None
        self._encodings: dict[str, Encoding] = {}

    def forget(self) -> None:
        """Read configuration files, and the encodings of files, again."""
        self._resolver = None
        self._encodings.clear()

    def warm(self) -> None:
        """Load the rules and their tables, which takes longer than any check after it."""
        list(workshop(self._settings(os.getcwd())).linter(batch=False).check([Document("预热。")]))

    def check(self, subject: Subject, wanted: Callable[[], bool] = lambda: True) -> Report:
        """What is found in a document; nothing in one that the settings exclude.

        `wanted` is asked before each rule. Raises AbandonedError when it says no, and UncheckedError
        where a configuration, a plugin or a baseline cannot be used.
        """
        try:
            document = self._document(subject)
            if self._is_excluded(subject):
                return Report(document, [])
            settings = self._settings(folder_of(subject))
            shop = workshop(settings)
            linter = watched(shop, wanted)
            (checked,) = linter.check([document])
            findings = list(adjusted(checked.findings, shop.policy))
            notes: list[str] = []
            store = RecordStore()
            store.add(checked.records)
            others = self._others(subject, settings, store, notes)
            store.add(others)
            findings += between(store, document, shop)
        except (ConfigurationError, PluginError, UnreadableError) as error:
            raise UncheckedError(str(error)) from error
        return Report(document, sorted(findings, key=attrgetter("order")), tuple(notes))

    def repaired(self, subject: Subject, *, unsafe: bool) -> str:
        """The text as `kanwu fix` would leave it. Raises UncheckedError."""
        try:
            if self._is_excluded(subject):
                return subject.text
            shop = workshop(self._settings(folder_of(subject)))
            may_apply = applicable(unsafe=unsafe, chosen=shop.policy.chosen)

            def admitted(finding: Finding) -> bool:
                kept = shop.policy.adjust(finding)
                return kept is not None and may_apply(kept)

            linter = shop.linter(batch=False)
            return repair(self._document(subject), linter, admitted).document.source.text
        except (ConfigurationError, PluginError, UnreadableError) as error:
            raise UncheckedError(str(error)) from error

    def catalogue(self, subject: Subject) -> Catalogue:
        """All rules that there are for a document. Raises UncheckedError."""
        try:
            return catalogue_for(discover(), self._settings(folder_of(subject)))
        except (ConfigurationError, PluginError) as error:
            raise UncheckedError(str(error)) from error

    def _settings(self, folder: str) -> Settings:
        if self._resolver is None:
            self._resolver = Resolver(discover())
        return self._resolver.for_folder(folder)

    def _is_excluded(self, subject: Subject) -> bool:
        return subject.has_file and Walker(self._settings).excludes(subject.path)

    def _document(self, subject: Subject) -> Document:
        here = os.path.join(os.getcwd(), "")
        return marked_up(
            subject.text,
            path=displayed(subject.path, here),
            markup=subject.markup,
            encoding=self._encoding(subject),
        )

    def _encoding(self, subject: Subject) -> Encoding:
        """That of the file, where there is one: editors send text, not bytes."""
        if not subject.has_file:
            return Encoding()
        if subject.path not in self._encodings:
            try:
                found = load(Source(subject.path, subject.path, named=True)).document.encoding
            except UnreadableError:
                found = Encoding()
            self._encodings[subject.path] = found
        return self._encodings[subject.path]

    def _others(
        self, subject: Subject, settings: Settings, store: RecordStore, notes: list[str]
    ) -> Iterable[tuple[str, Record]]:
        """The records of the configured corpus that share a key with those of the document."""
        if not (settings.corpus and subject.has_file) or self._resolver is None:
            return []
        try:
            with closing(open_index(settings, make=False)) as index:
                corpus = Corpus(index, settings, self._resolver)
                return corpus.sharing_keys(store.keys(), {subject.path})
        except IndexOutdatedError:
            notes.append(NO_INDEX)
        except IndexUnusableError as error:
            notes.append(str(error))
        return []


class Watched:
    """A scanner after which each rule is called only while somebody waits for what it finds."""

    def __init__(self, scanner: Scanner, wanted: Callable[[], bool]) -> None:
        self._scanner = scanner
        self._wanted = wanted

    def scan(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Places]]:
        for document, places in self._scanner.scan(documents):
            yield document, WatchedPlaces(places, self._wanted)


class WatchedPlaces(list[tuple["AnyRule", "Sequence[Span]"]]):
    """Rules to be called, which raise AbandonedError when nobody wants the next one."""

    def __init__(self, places: Places, wanted: Callable[[], bool]) -> None:
        super().__init__(places)
        self._wanted = wanted

    def __iter__(self) -> Iterator[tuple[AnyRule, Sequence[Span]]]:
        for one in super().__iter__():
            if not self._wanted():
                raise AbandonedError
            yield one


def watched(shop: Workshop, wanted: Callable[[], bool]) -> Linter:
    """The rules of a workshop, given up when they are no longer wanted."""
    linter = shop.linter(batch=False)
    return Linter(linter.rules, Watched(linter.scanner, wanted), shop.sieve.sift)


def between(store: RecordStore, document: Document, shop: Workshop) -> Iterator[Finding]:
    """What corpus rules find among the records that concerns a document, as seen from there."""
    homes: dict[str, Document | None] = {document.path: document}
    old: dict[str, Counter[str]] = {}
    for finding in compare(shop.policy.rules, store):
        path = finding.place.path
        if not touches(finding, {document.path}):
            continue
        if path not in homes:
            homes[path] = document_at(path)
        if path not in old:
            old[path] = shop.sieve.old_of(path)
        for kept in adjusted([finding], shop.policy):
            if shop.sieve.fate(kept, homes[path], old[path]) is Fate.TOLD:
                yield kept if path == document.path else seen_from(document, kept)


def seen_from(document: Document, finding: Finding) -> Finding:
    """A finding that stands in another document, told where this one is concerned."""
    own = [one.place for one in finding.related if one.place.path == document.path]
    place = own[0] if own else whole_document(document)
    others = tuple(one for one in finding.related if one.place is not place)
    # Its fix, if any, is one of the other document.
    return finding._replace(
        place=place, related=(Related(finding.place, finding.message), *others), fix=None
    )


def folder_of(subject: Subject) -> str:
    """The folder whose settings hold: that of the file, or the working folder."""
    return os.path.dirname(subject.path) if subject.has_file else os.getcwd()
