"""Reading one file as a document."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.decoding import decode, looks_binary
from kanwu.documents.document import Document

if TYPE_CHECKING:
    from kanwu.documents.datasets.formats import Part
    from kanwu.documents.document import Encoding, Markup

STDIN = "-"
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
HTML = frozenset({".html", ".htm", ".xhtml"})


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
    return Loaded(document_of(data, source.display), data)


def document_of(data: bytes, path: str) -> Document:
    """The document in the bytes of a file of this name."""
    markup = markup_of(path)
    declared = ""
    if markup == "html":
        from kanwu.documents.html_charset import declared_codec

        declared = declared_codec(data)
    decoded = decode(data, declared)
    return marked_up(decoded.text, path=path, markup=markup, encoding=decoded.encoding)


def marked_up(
    text: str,
    *,
    path: str = "-",
    markup: Markup,
    encoding: Encoding | None = None,
    record: str | None = None,
    row_id: str | None = None,
) -> Document:
    """The document in the text of a file, or of a row, with some markup."""
    own: Markup = "plain" if markup == "html" else markup
    document = Document(
        text, path=path, markup=own, encoding=encoding, record=record, row_id=row_id
    )
    if markup != "html":
        return document
    from kanwu.documents.html import html_document

    return html_document(document)


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
    extension = os.path.splitext(path)[1].lower()
    return "markdown" if extension in MARKDOWN else "html" if extension in HTML else "plain"
