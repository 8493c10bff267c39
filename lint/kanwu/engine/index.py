"""The index of a corpus: the records of its documents in a SQLite file.

With it, checking one changed file against ten thousand others reads one file: the records that share
a key with its own are looked up, and only documents that changed since are read again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress, decompress
from zlib import error as ZlibError  # noqa: N812

from kanwu.documents.document import Location
from kanwu.engine.finding import Excerpt, Place
from kanwu.engine.rule import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kanwu.engine.corpus import RecordKey

FILE_NAME = "index.sqlite3"
# Raised when the tables or the form of a record change: an older index is then built anew.
FORMAT = 5
UNFINISHED = " unfinished"
MARKS = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Made by kanwu. What lies here can be made again (see https://bford.info/cachedir/).\n",
}
"""What tells other programs that a folder holds nothing of value."""
# What SQLite says where files may not be written or opened; extended codes add to the low byte.
LOW_BYTE = 0xFF
BARRED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)

TABLES = """
CREATE TABLE stamp (value TEXT NOT NULL);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    body BLOB NOT NULL
);
CREATE TABLE records (
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    key BLOB NOT NULL,
    body INTEGER NOT NULL REFERENCES bodies (id)
);
CREATE INDEX bodies_by_file ON bodies (file);
CREATE INDEX records_by_key ON records (rule, key);
CREATE INDEX records_by_file ON records (file);
"""


class IndexUnusableError(Exception):
    """The index is damaged, locked or cannot be written; the text says which."""


class IndexOutdatedError(Exception):
    """There is no index yet, or it was made by another version or for other options."""


class FileState(NamedTuple):
    """What tells whether a file has changed: its size in bytes and its time of change in ns."""

    size: int
    changed: int


def state_of(path: str) -> FileState | None:
    """The state of a file, or None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return FileState(status.st_size, status.st_mtime_ns)


def make_folder(folder: str) -> None:
    """Make a folder for what can be made again, and tell git and backups to leave it alone."""
    if os.path.isdir(folder):
        return
    os.makedirs(folder, exist_ok=True)
    for name, text in MARKS.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


class CorpusIndex:
    """An open index. All paths in it are absolute. Raises IndexUnusableError from any method."""

    def __init__(self, path: str, stamp: str, *, make: bool = True) -> None:
        """Open or make the index at a path; one with another stamp is emptied.

        The stamp says which rules and options the records were made with. Without `make` nothing is
        made or emptied, and IndexOutdatedError is raised in its place.
        """
        self.path = path
        if not make and not os.path.exists(path):
            raise IndexOutdatedError
        try:
            make_folder(os.path.dirname(path))
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._whole = f"{FORMAT} {stamp}"
            found = self._stamp()
            if found != self._whole and not make:
                self.close()
                raise IndexOutdatedError
            if found not in (self._whole, self._whole + UNFINISHED):
                self._make(self._whole + UNFINISHED)
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _stamp(self) -> str | None:
        tables = self._connection.execute("SELECT name FROM sqlite_master WHERE name = 'stamp'")
        if tables.fetchone() is None:
            return None
        row = self._connection.execute("SELECT value FROM stamp").fetchone()
        return row[0] if row else None

    def _make(self, stamp: str) -> None:
        with self._transaction():
            for name in ("records", "bodies", "files", "stamp"):
                self._connection.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in filter(str.strip, TABLES.split(";")):
                self._connection.execute(statement)
            self._connection.execute("INSERT INTO stamp VALUES (?)", (stamp,))

    def finish(self) -> None:
        """Say that the index holds the whole corpus; until then one that was interrupted is outdated."""
        try:
            self._connection.execute("UPDATE stamp SET value = ?", (self._whole,))
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _transaction(self) -> _Transaction:
        return _Transaction(self._connection)

    def _unusable(self, error: Exception) -> IndexUnusableError:
        barred = isinstance(error, PermissionError) or (
            isinstance(error, sqlite3.Error)
            and getattr(error, "sqlite_errorcode", 0) & LOW_BYTE in BARRED
        )
        advice = (
            "make it writable, or use --no-cache" if barred else "delete it and run kanwu index"
        )
        return IndexUnusableError(
            f"the corpus index {self.path} cannot be used ({error}); {advice}"
        )

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def states(self) -> dict[str, FileState]:
        """The files that the index knows, each as it was when its records were made."""
        try:
            with closing(self._connection.execute("SELECT path, size, changed FROM files")) as rows:
                return {_text(path): FileState(*state) for path, *state in rows}
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def states_of(self, paths: Iterable[str]) -> dict[str, FileState]:
        """The same for some files, of those that the index knows."""
        query = "SELECT size, changed FROM files WHERE path = ?"
        try:
            execute = self._connection.execute
            found = {path: execute(query, (_bytes(path),)).fetchone() for path in paths}
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return {path: FileState(*state) for path, state in found.items() if state is not None}

    def store(self, documents: Iterable[tuple[str, FileState, list[tuple[str, Record]]]]) -> None:
        """Put the records of some files in place of what the index had of them."""
        execute = self._connection.execute
        try:
            with self._transaction():
                for path, state, records in documents:
                    execute("DELETE FROM files WHERE path = ?", (_bytes(path),))
                    file = execute(
                        "INSERT INTO files (path, size, changed) VALUES (?, ?, ?)",
                        (_bytes(path), *state),
                    ).lastrowid
                    for rule, record in records:
                        body = execute(
                            "INSERT INTO bodies (file, body) VALUES (?, ?)", (file, _packed(record))
                        ).lastrowid
                        self._connection.executemany(
                            "INSERT INTO records VALUES (?, ?, ?, ?)",
                            ((file, rule, _bytes(key), body) for key in record.keys),
                        )
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what the index has of some files."""
        try:
            with self._transaction():
                self._connection.executemany(
                    "DELETE FROM files WHERE path = ?", ((_bytes(path),) for path in paths)
                )
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def files_with(self, keys: Iterable[RecordKey]) -> set[str]:
        """The files that have a record under any of the keys."""
        query = "SELECT path FROM records JOIN files ON id = file WHERE rule = ? AND key = ?"
        try:
            return {
                _text(path)
                for rule, key in keys
                for (path,) in self._connection.execute(query, (rule, _bytes(key)))
            }
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def keys_in(self, path: str, rules: Iterable[str]) -> set[RecordKey]:
        """The keys under which some rules have records of a file."""
        query = "SELECT key FROM records WHERE file = (SELECT id FROM files WHERE path = ?) AND rule = ?"
        try:
            return {
                (rule, _text(key))
                for rule in rules
                for (key,) in self._connection.execute(query, (_bytes(path), rule))
            }
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def records(
        self, keys: Iterable[RecordKey], given: AbstractSet[str]
    ) -> Iterator[tuple[str, str, Record]]:
        """The records under some keys, each once with its rule and its file, whose path its place has.

        Those of the given files are left out.
        """
        query = (
            "SELECT path, body FROM records JOIN files ON files.id = records.file"
            " WHERE rule = ? AND key = ?"
        )
        found: dict[tuple[str, int], tuple[str, list[str]]] = {}
        try:
            for rule, key in keys:
                for path, body in self._connection.execute(query, (rule, _bytes(key))):
                    found.setdefault((rule, body), (_text(path), []))[1].append(key)
            for (rule, body), (path, own) in found.items():
                if path not in given:
                    select = "SELECT body FROM bodies WHERE id = ?"
                    (data,) = self._connection.execute(select, (body,)).fetchone()
                    yield rule, path, _unpacked(own, path, data)
        except (sqlite3.Error, ValueError, TypeError, ZlibError) as error:
            raise self._unusable(error) from error


class _Transaction:
    """All of some statements, or none of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.connection.execute("COMMIT" if kind is None else "ROLLBACK")


def _bytes(text: str) -> bytes:
    """A path or a key, which may hold lone surrogates, where SQLite wants Unicode."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _packed(record: Record) -> bytes:
    place = record.place
    body = [*place[1:], dict(record.data)]
    # Some records hold the text of their document.
    return compress(json.dumps(body).encode(), 1)


def _unpacked(keys: Sequence[str], path: str, body: bytes) -> Record:
    row, start, end, excerpt, anchor, row_id, data = json.loads(decompress(body))
    at = Place(path, row, Location(*start), Location(*end), Excerpt(*excerpt), anchor, row_id)
    return Record(keys[0], at, data, tuple(keys[1:]))
