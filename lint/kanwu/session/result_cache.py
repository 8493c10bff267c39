"""The cache of results: what was found in documents that have not changed since.

What is kept for a document holds under one stamp, which stands for everything else that decides what is
found in it: its settings, the baseline, kanwu and all rules as they are installed. A document is known
again by its bytes, under the name by which findings call it: rules see that, and compare by it. Where its size, times and inode are as they were it is not even read, unless it was
written so shortly before it was looked at that a second change could leave the same time behind: then
it is read once more, as git does with what it calls racily clean entries.

A cache is a help and no more. Whatever is wrong with it, the run goes on without it, and says so.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.documents.reading import STDIN, UnreadableError, read_bytes
from kanwu.engine.index import make_folder
from kanwu.policy.sieve import Fate
from kanwu.session.installation import installation, installation_with
from kanwu.session.keeping import digest_of, state_of
from kanwu.session.packing import (
    DAMAGED,
    UnpackableError,
    pack,
    packed_findings,
    unpack,
    unpacked_findings,
    unpacked_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.reading import Source
    from kanwu.engine.finding import Finding
    from kanwu.policy.settings import Settings
    from kanwu.session.installation import Installation
    from kanwu.session.keeping import Entry
    from kanwu.session.packing import Records
    from kanwu.session.shards import Outcome

FILE_NAME = "results.sqlite3"
FORMAT = 2
"""Raised when the tables or what lies in them change: an older cache is then begun anew."""

PATIENCE = 2.0
"""Seconds to wait for another run that is writing."""
DAY = 86_400
LONGEST_UNUSED = 30
"""Days."""
MOST_BYTES = 1 << 28
MOST_COMPARISONS = 16

# What decides the findings of a document; the other settings say which files are looked at, where things
# lie, and what the exit status is.
DECIDING = (
    "root",
    "select",
    "extend_select",
    "ignore",
    "per_file_ignores",
    "severity",
    "suppressions",
    "rules",
    "rule_files",
    "rule_texts",
    "baseline",
)

TABLES = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    stamp BLOB NOT NULL,
    state TEXT NOT NULL,
    digest BLOB NOT NULL,
    used INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (path, stamp)
);
CREATE TABLE records (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    body BLOB NOT NULL
);
CREATE TABLE comparisons (
    run BLOB PRIMARY KEY,
    used INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE packages (name BLOB PRIMARY KEY);
CREATE INDEX documents_by_use ON documents (used);
"""


class Kept(NamedTuple):
    """What is known of a document that has not changed."""

    source: Source
    settings: Settings
    identity: bytes
    """What tells the document, its name and its settings apart from all others."""
    digest: bytes
    characters: int
    findings: list[Finding]
    passed_over: Counter[Fate]
    compared: Counter[str]


@lru_cache(maxsize=64)
def stamp_of(installed: Installation, settings: Settings) -> bytes:
    """A digest of everything but the document itself that decides what is found in it."""
    parts = [installed.digest, *(repr(getattr(settings, name)) for name in DECIDING)]
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    if settings.baseline_state is not None:
        with contextlib.suppress(OSError), open(settings.baseline, "rb") as file:
            digest.update(b"baseline" + file.read())
    return digest.digest()


class ResultCache:
    """An open cache. No method raises what is wrong with it: `trouble` says what went wrong, and then nothing is kept."""

    def __init__(self, folder: str) -> None:
        self.path = os.path.join(folder, FILE_NAME)
        self.trouble = ""
        """Why the cache is not used, or not wholly; for a person."""
        self._today = int(time.time() // DAY)
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        self._unused: list[int] = []
        """The rows that were not used today before."""
        self._renewed: list[tuple[str, int]] = []
        """Rows whose files have other times and the same bytes, each after its new state."""
        self._stored = False
        self._assumed: Installation | None = None
        """What is installed if the packages that count are those that counted when the cache was written."""
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                self._give_up(error)
                return
            self._begin_anew(error)
        except OSError as error:
            self._give_up(error)

    def _open(self) -> None:
        make_folder(os.path.dirname(self.path))
        self._connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        execute = self._connection.execute
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA synchronous = NORMAL")
        if execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            packages = [name.decode() for (name,) in execute("SELECT name FROM packages")]
            self._assumed = installation_with(packages) if packages else None
            return
        execute("PRAGMA auto_vacuum = INCREMENTAL")
        with self._transaction():
            # Another run may have been first.
            if execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                for name in ("comparisons", "records", "documents", "packages"):
                    execute(f"DROP TABLE IF EXISTS {name}")
                for statement in filter(str.strip, TABLES.split(";")):
                    execute(statement)
                execute(f"PRAGMA user_version = {FORMAT}")

    def _begin_anew(self, error: Exception) -> None:
        """Put an empty cache in place of a damaged one."""
        self.close()
        try:
            # The journal first: it must not be played into the new file.
            for end in ("-journal", ""):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.path + end)
            self._open()
            self.trouble = f"the cache {self.path} was damaged ({error}) and is begun anew"
        except (sqlite3.Error, OSError) as again:
            self._give_up(again)

    def _give_up(self, error: Exception) -> None:
        """Go on without the cache."""
        self.trouble = f"the cache {self.path} is not used ({error}); --no-cache goes without it"
        self.close()

    def _write_no_more(self, error: sqlite3.Error | OSError) -> None:
        """Go on with what the cache holds already."""
        if is_damage(error):
            self._begin_anew(error)
            return
        self._writable = False
        self.trouble = f"the cache {self.path} is not written ({error}); --no-cache goes without it"

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        assert self._connection is not None
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk ends it
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    @property
    def _installed(self) -> Installation:
        """What is installed. Raises PluginError where that must be found out and cannot be."""
        return self._assumed or installation()

    def _row(self, source: Source, settings: Settings) -> Any:
        assert self._connection is not None
        row = self._connection.execute(
            "SELECT id, stamp, state, digest, used, body FROM documents WHERE path = ? AND stamp = ?",
            (name_of(source.path, source.display), stamp_of(self._installed, settings)),
        ).fetchone()
        if row is None and self._assumed is not None:
            # It is to be checked, so all rules are imported in any case: then it is certain what counts.
            self._assumed = None
            return self._row(source, settings)
        return row

    def find(self, source: Source, settings: Settings) -> Kept | None:
        """What is known of a document as it is now."""
        if self._connection is None or source.path == STDIN:
            return None
        try:
            row = self._row(source, settings)
        except sqlite3.Error as error:
            self._begin_anew(error) if is_damage(error) else self._give_up(error)
            return None
        if row is None:
            return None
        number, stamp, known, digest, used, body = row
        state = state_of(source.path)
        if not state or state != known:
            try:
                if digest_of(read_bytes(source.path)) != digest:
                    return None
            except UnreadableError:
                return None
            if state:
                self._renewed.append((state, number))
        try:
            characters, fates, compared, findings = unpack(body)
            kept = Kept(
                source,
                settings,
                identity(source, stamp, digest),
                digest,
                characters,
                unpacked_findings(findings, source.display),
                Counter({Fate(fate): count for fate, count in fates.items()}),
                Counter(compared),
            )
        except DAMAGED:
            return None
        if used != self._today:
            self._unused.append(number)
        return kept

    def records(self, kept: Kept) -> Records | None:
        """What corpus rules noted of a document; None where that is not known any more."""
        if not kept.compared:
            return []
        if self._connection is None:
            return None
        name = name_of(kept.source.path, kept.source.display)
        try:
            # Not by the number of its row, which another document may have by now.
            row = self._connection.execute(
                "SELECT records.body FROM records JOIN documents ON id = document"
                " WHERE path = ? AND stamp = ? AND digest = ?",
                (name, stamp_of(kept.settings), kept.digest),
            ).fetchone()
            return row and unpacked_records(unpack(row[0]), kept.source.display)
        except (sqlite3.Error, *DAMAGED):
            return None

    def keep(self, outcome: Outcome) -> dict[str, bytes]:
        """Keep what was found in documents of a shard, in place of what was known of them.

        Returns by their paths what identifies them, whether or not they could be kept.
        """
        self._assumed = None  # rules were at work: what counts is certain
        stamp = stamp_of(self._installed, outcome.settings)
        self._store(outcome.entries, stamp)
        digests = {entry.path: entry.digest for entry in outcome.entries}
        return {
            source.path: identity(source, stamp, digests[source.path])
            for source in outcome.sources
            if source.path in digests
        }

    def _store(self, entries: Sequence[Entry], stamp: bytes) -> None:
        if self._connection is None or not self._writable:
            return
        execute = self._connection.execute
        try:
            with self._transaction():
                execute("DELETE FROM packages")
                for package in self._installed.packages:
                    execute("INSERT INTO packages VALUES (?)", (package.encode(),))
                for path, display, state, digest, body, records in entries:
                    name = name_of(path, display)
                    execute("DELETE FROM documents WHERE path = ? AND stamp = ?", (name, stamp))
                    number = execute(
                        "INSERT INTO documents (path, stamp, state, digest, used, body)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        (name, stamp, state, digest, self._today, body),
                    ).lastrowid
                    if records is not None:
                        execute("INSERT INTO records VALUES (?, ?)", (number, records))
            self._stored = True
            if self._size() > MOST_BYTES:
                self._prune()
        except (sqlite3.Error, OSError) as error:
            self._write_no_more(error)

    def comparison(self, documents: Sequence[bytes]) -> list[tuple[Finding, Fate]] | None:
        """What was found between exactly these documents, each finding with what became of it."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(
                "SELECT body FROM comparisons WHERE run = ?", (self._run_of(documents),)
            ).fetchone()
            if row is None:
                return None
            findings, fates = unpack(row[0])
            return list(zip(unpacked_findings(findings), map(Fate, fates), strict=True))
        except (sqlite3.Error, *DAMAGED):
            return None

    def keep_comparison(
        self, documents: Sequence[bytes], found: Sequence[tuple[Finding, Fate]]
    ) -> None:
        """Keep what was found between some documents."""
        if self._connection is None or not self._writable:
            return
        execute = self._connection.execute
        try:
            findings = packed_findings(finding for finding, _ in found)
            body = pack([findings, [fate.value for _, fate in found]])
            with self._transaction():
                execute(
                    "INSERT OR REPLACE INTO comparisons VALUES (?, ?, ?)",
                    (self._run_of(documents), self._today, body),
                )
                execute(
                    "DELETE FROM comparisons WHERE rowid NOT IN"
                    " (SELECT rowid FROM comparisons ORDER BY rowid DESC LIMIT ?)",
                    (MOST_COMPARISONS,),
                )
        except (UnpackableError, TypeError, ValueError, RecursionError):
            return
        except (sqlite3.Error, OSError) as error:
            self._write_no_more(error)

    def finish(self) -> None:
        """Note what was used, drop what was not used for long, and close."""
        connection = self._connection
        if connection is None:
            return
        try:
            if self._writable and (self._unused or self._renewed or self._stored):
                with self._transaction():
                    connection.executemany(
                        "UPDATE documents SET used = ? WHERE id = ?",
                        [(self._today, number) for number in self._unused],
                    )
                    connection.executemany(
                        "UPDATE documents SET state = ? WHERE id = ?", self._renewed
                    )
                    connection.execute(
                        "DELETE FROM documents WHERE used < ?", (self._today - LONGEST_UNUSED,)
                    )
        except (sqlite3.Error, OSError) as error:
            self._write_no_more(error)
        self.close()

    def _run_of(self, documents: Sequence[bytes]) -> bytes:
        """What tells the documents of a run, in their order, apart from those of any other."""
        digest = blake2b(self._installed.digest.encode(), digest_size=16)
        for document in documents:
            digest.update(len(document).to_bytes(4) + document)
        return digest.digest()

    def _size(self) -> int:
        """The bytes that are in use."""
        pages, free, size = (self._pragma(n) for n in ("page_count", "freelist_count", "page_size"))
        return (pages - free) * size

    def _pragma(self, name: str) -> int:
        assert self._connection is not None
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    def _prune(self) -> None:
        """Drop the quarter that was not used for longest; of what was used today nothing more is kept."""
        assert self._connection is not None
        with self._transaction():
            self._connection.execute(
                "DELETE FROM documents WHERE id IN (SELECT id FROM documents WHERE used < ?"
                " ORDER BY used LIMIT (SELECT count(*) / 4 + 1 FROM documents))",
                (self._today,),
            )
        self._connection.execute("PRAGMA incremental_vacuum").fetchall()
        self._writable = self._size() <= MOST_BYTES


def identity(source: Source, stamp: bytes, digest: bytes) -> bytes:
    """What tells a document, its name and its settings apart from all others."""
    return name_of(source.path, source.display) + b"\0" + stamp + digest


def is_damage(error: Exception) -> bool:
    """Whether a file holds no cache, or no whole one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }


def name_of(path: str, display: str) -> bytes:
    """Where a document lies and how it is called; both may hold lone surrogates, and SQLite wants Unicode."""
    return f"{path}\0{display}".encode("utf-8", "surrogatepass")
