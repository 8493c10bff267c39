"""Reading one file as a document."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.decoding import decode, looks_binary
from kanwu.documents.document import Document

if TYPE_CHECKING:
    from kanwu.documents.datasets.formats import Part
    from kanwu.documents.document import Markup

STDIN = "-"
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


class UnreadableError(Exception):
    """A file that gives no document; the text says why, for a person."""


class BinaryError(UnreadableError):
    """A file that holds no text."""


class Source(NamedTuple):
    """A file to be read."""

    path: str
    """What the operating system is asked for; `-` is standard input."""
    display: str
    """How it is called in findings: relative to the working folder where inside it, with `/`."""
    named: bool
    """Whether the user named it, rather than a folder above it."""
    size: int = 0
    """Its size in bytes when it was found."""
    part: Part | None = None
    """Which rows are meant, where it is a dataset."""


class Loaded(NamedTuple):
    """A document with the bytes that it was made of."""

    document: Document
    data: bytes


def load(source: Source) -> Loaded:
    """Read and decode a file. Raises UnreadableError."""
    data = read_bytes(source.path)
    if looks_binary(data):
        raise BinaryError("it holds no text (binary data)")
    decoded = decode(data)
    return Loaded(
        Document(
            decoded.text,
            path=source.display,
            markup=markup_of(source.display),
            encoding=decoded.encoding,
        ),
        data,
    )


def read_bytes(path: str) -> bytes:
    """The bytes of a file or of standard input. Raises UnreadableError."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except OSError as error:
        raise UnreadableError(reason(error)) from error
    except MemoryError as error:
        raise UnreadableError("it is too large for this machine's memory") from error


def reason(error: OSError) -> str:
    """Why the operating system refused, in words."""
    words = {
        FileNotFoundError: "no such file or folder",
        PermissionError: "permission denied",
        IsADirectoryError: "it is a folder",
    }
    return words.get(type(error)) or (error.strerror or str(error)).lower()


def markup_of(path: str) -> Markup:
    """The markup that a file name stands for."""
    return "markdown" if os.path.splitext(path)[1].lower() in MARKDOWN else "plain"
