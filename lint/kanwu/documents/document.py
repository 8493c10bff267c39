"""A document: the text of one article, with what is needed to write it back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, Self, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.documents.origin import Origin

Markup = Literal["plain", "markdown", "html"]


class Location(NamedTuple):
    """A point in a text: line and column count from 1, the offset from 0, all in code points."""

    line: int
    column: int
    offset: int


class Span(NamedTuple):
    """Code points `start` to `end` (exclusive) of a text."""

    start: int
    end: int


NAMES = {
    "gb18030-euro": "GBK",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "utf-32-le": "UTF-32LE",
    "utf-32-be": "UTF-32BE",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252",
}
"""What encodings are called, where this is not their codec in capital letters."""


class Encoding(NamedTuple):
    """How the bytes of a file were read."""

    codec: str = "utf-8"
    """The name of a Python codec, or one of those in `kanwu.documents.transcoding`."""
    bom: bytes = b""
    """The byte-order mark before the text."""
    confidence: float = 1.0
    """How sure it is that the file was written so, from 0 to 1."""

    @property
    def name(self) -> str:
        """What people call it."""
        return NAMES.get(self.codec) or self.codec.upper()


class Analysis(Protocol):
    """Something computed once from a document and shared by all rules; see `Document.get`."""

    @classmethod
    def of(cls, document: Document) -> Self: ...


A = TypeVar("A", bound=Analysis)


class Document:
    """The text of one article and where it came from.

    `text` is what the bytes decode to, unchanged: line ends stay as they are, a byte-order mark
    stands outside the text, and bytes that could not be decoded are lone surrogates U+DC80 to
    U+DCFF (`surrogateescape`; in UTF-16 and UTF-32 from U+DC00 on). All offsets are code points of `text`.
    Of HTML it is what a reader of the page sees, and `origin` says where that stands in the file.
    """

    __slots__ = ("_analyses", "encoding", "markup", "origin", "path", "record", "row_id", "text")

    def __init__(
        self,
        text: str,
        *,
        path: str = "-",
        markup: Markup = "plain",
        encoding: Encoding | None = None,
        record: str | None = None,
        row_id: str | None = None,
        origin: Origin | None = None,
    ) -> None:
        """`row_id` is the id of the row that holds the text, as JSON; None where rows have no field for it."""
        self.text = text
        self.path = path
        self.markup: Markup = markup
        self.encoding = encoding or Encoding()
        self.record = record
        self.row_id = row_id
        self.origin = origin
        self._analyses: dict[object, object] = {}

    @property
    def source(self) -> Document:
        """The document of the whole file, to whose text places refer: this one, but for HTML."""
        return self if self.origin is None else self.origin.source

    def get(self, analysis: type[A]) -> A:
        """The analysis of this document, computed at the first call."""
        found = self._analyses.get(analysis)
        if found is None:
            # mypy reads `of` as the protocol's own method; at run time it is the class's.
            make = cast("Callable[[Document], object]", analysis.of)
            found = self._analyses[analysis] = make(self)
        return cast("A", found)

    def forget(self) -> None:
        """Let go of all analyses: they take many times the memory of a short text."""
        self._analyses = {}

    def with_text(self, text: str, encoding: Encoding | None = None) -> Document:
        """The same document with another text, and perhaps in another encoding, nothing analysed yet."""
        return Document(
            text,
            path=self.path,
            markup=self.markup,
            encoding=encoding or self.encoding,
            record=self.record,
            row_id=self.row_id,
        )

    def __repr__(self) -> str:
        return f"Document({self.path!r}, {len(self.text)} code points)"
