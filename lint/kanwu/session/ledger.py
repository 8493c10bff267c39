"""The ledger of a run: what all documents claim, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kanwu.documents.datasets.parts import UnreadRows
from kanwu.documents.reading import BinaryError, UnreadableError
from kanwu.engine.corpus import RecordStore
from kanwu.session.shards import documents_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.documents.reading import Source
    from kanwu.engine.ledger import Alignment, Entry, Ledger
    from kanwu.engine.rule import Record
    from kanwu.session.run import Plan

T = TypeVar("T")


class Unread(NamedTuple):
    """A file that was not read, and why."""

    source: Source
    reason: str


def claimed(
    planned: Plan, ledgers: Sequence[Ledger], unread: Callable[[Unread], None]
) -> Iterator[tuple[Document, list[Entry]]]:
    """Each planned document with its entries. `unread` is told of files that could not be read."""

    def entries(document: Document) -> list[Entry]:
        found = [entry for ledger in ledgers for entry in ledger.entries(document)]
        return sorted(found, key=lambda entry: (entry.start, entry.end))

    yield from read(planned, entries, unread)


def aligned(
    planned: Plan, ledgers: Sequence[Ledger], unread: Callable[[Unread], None]
) -> Iterator[Alignment]:
    """How the claims of the planned documents were compared, each two claims once."""
    by_name = {type(ledger).__qualname__: ledger for ledger in ledgers}
    store = RecordStore()

    def records(document: Document) -> list[tuple[str, Record]]:
        return [(name, r) for name, ledger in by_name.items() for r in ledger.records(document)]

    for _, found in read(planned, records, unread):
        store.add(found)
    seen = set()
    for (name, _), several in store.groups(dict.fromkeys(by_name, 2)):
        for alignment in by_name[name].alignments(several):
            key = tuple((p.path, p.record, p.start) for p in (alignment.one, alignment.other))
            if key not in seen:
                seen.add(key)
                yield alignment


def read(
    planned: Plan, take: Callable[[Document], T], unread: Callable[[Unread], None]
) -> Iterator[tuple[Document, T]]:
    """Each planned document with what is taken from it."""
    for source, reason in planned.missing:
        unread(Unread(source, reason))
    for shard in planned.shards:
        for source in shard.sources:
            try:
                for document in documents_of(source, shard.settings):
                    if isinstance(document, UnreadRows):
                        unread(Unread(source, f"row {document.row}: {document.reason}"))
                        continue
                    try:
                        taken = take(document)
                    except Exception as error:  # noqa: BLE001 - one document must not cost the ledger of all
                        cause = f"{type(error).__name__}: {error}"
                        unread(Unread(source, f"its figures cannot be read: {cause}"))
                        continue
                    yield document, taken
            except UnreadableError as error:
                # What holds no text is passed over in a folder, and told where it was named.
                if source.named or not isinstance(error, BinaryError):
                    unread(Unread(source, str(error)))
