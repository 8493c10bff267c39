"""The ledger of a run: what all documents claim, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.reading import BinaryError, UnreadableError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.documents.reading import Source
    from kanwu.engine.ledger import Entry, Ledger
    from kanwu.session.run import Plan


class Unread(NamedTuple):
    """A file that was not read, and why."""

    source: Source
    reason: str


def claimed(
    planned: Plan, ledgers: Sequence[Ledger], unread: Callable[[Unread], None]
) -> Iterator[tuple[Document, list[Entry]]]:
    """Each planned document with its entries. `unread` is told of files that could not be read."""
    for source, reason in planned.missing:
        unread(Unread(source, reason))
    for shard in planned.shards:
        for source in shard.sources:
            try:
                document = load(source).document
            except UnreadableError as error:
                # What holds no text is passed over in a folder, and told where it was named.
                if source.named or not isinstance(error, BinaryError):
                    unread(Unread(source, str(error)))
                continue
            try:
                entries = [entry for ledger in ledgers for entry in ledger.entries(document)]
            except Exception as error:  # noqa: BLE001 - one document must not cost the ledger of all
                unread(
                    Unread(source, f"its figures cannot be read: {type(error).__name__}: {error}")
                )
                continue
            yield document, sorted(entries, key=lambda entry: (entry.start, entry.end))
