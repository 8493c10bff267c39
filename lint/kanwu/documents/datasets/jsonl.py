"""JSON lines: a row is a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from kanwu.documents.datasets.formats import (
    LONGEST_ROW,
    PART_BYTES,
    FaultError,
    Format,
    LeftOut,
    Part,
    Row,
    Text,
    id_as_json,
    no_field,
    no_id,
    told_source,
)
from kanwu.documents.datasets.packing import Unpacked, packing_of, written
from kanwu.documents.datasets.rewriting import rewritten
from kanwu.documents.decoding import UTF8, decode
from kanwu.documents.reading import UnreadableError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.datasets.formats import RowEdit, Wanted
    from kanwu.documents.document import Encoding

BOM = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
SHORTER = "it has become shorter while it was being read"


class JsonLines(Format):
    """Lines of JSON objects. Blank lines are no rows; a row has the number of its line."""

    endings: ClassVar[frozenset[str]] = frozenset({".jsonl", ".ndjson"})
    packed: ClassVar[bool] = True

    def cut(self, path: str, size: int, wanted: Wanted) -> Iterator[Part]:  # noqa: ARG002
        """Whole lines; of a packed file with their bytes."""
        packed = bool(packing_of(path))
        first, start = 1, 0
        with Unpacked(path) as stream:
            rest = bytearray()
            while block := stream.read(size):
                if not start and block.startswith(WIDE_MARKS):
                    raise UnreadableError(
                        "it is written in UTF-16, and JSON lines are written in UTF-8"
                    )
                rest += block
                ends = rest.rfind(b"\n") + 1
                if ends:
                    data = bytes(rest[:ends])
                    del rest[:ends]
                    yield Part(first, start, ends, data if packed else None)
                    first += data.count(b"\n")
                    start += ends
                elif len(rest) >= LONGEST_ROW:
                    length = len(rest)
                    rest = bytearray()
                    while block := stream.read(size):
                        ends = block.find(b"\n") + 1
                        length += ends or len(block)
                        if ends:
                            rest += block[ends:]
                            break
                    yield Part(first, start, length, fault=too_long(length))
                    first += 1
                    start += length
            if stream.fault is not None:
                # What stands behind the last line end is a row cut short.
                fault = f"it is damaged after row {first - 1}: {stream.fault}"
                yield Part(first, start, 0, fault=fault)
            elif rest:
                yield Part(first, start, len(rest), bytes(rest) if packed else None)

    def content(self, path: str, part: Part) -> bytes:
        """The bytes of the lines."""
        if part.data is not None:
            return part.data
        try:
            with open(path, "rb") as file:
                file.seek(part.start)
                data = file.read(part.length)
        except OSError as error:
            raise UnreadableError(reason(error)) from error
        if len(data) < part.length:
            raise UnreadableError(SHORTER)
        return data

    def halved(self, path: str, part: Part) -> tuple[Part, Part] | None:
        """The lines before and behind the line end that is nearest before the middle."""
        data = self.content(path, part)
        end = data.rfind(b"\n", 0, max(1, len(data) // 2)) + 1
        end = end or data.find(b"\n") + 1
        if end in {0, len(data)}:
            return None
        packed = part.data is not None
        return (
            part._replace(length=end, data=data[:end] if packed else None),
            part._replace(
                first=part.first + data.count(b"\n", 0, end),
                start=part.start + end,
                length=len(data) - end,
                data=data[end:] if packed else None,
            ),
        )

    def rows(self, content: bytes, first: int, wanted: Wanted) -> Iterator[Row]:
        """The rows of some whole lines. Fields that hold null give no text."""
        for number, line in enumerate(content.split(b"\n"), first):
            bare = without_mark(number, line)
            if not bare or bare.isspace():
                continue
            try:
                value, encoding = _parsed(bare)
                texts = tuple(_texts(value, wanted.fields, encoding))
                row_id = _row_id(value, wanted.id_field)
                source = _source(value, wanted.source_field)
                yield Row(number, texts, row_id, source, raw=line)
            except FaultError as fault:
                yield Row(number, row_id=no_id(wanted), fault=str(fault), raw=line)

    def rewritten(self, row: Row, texts: Sequence[Text]) -> bytes:
        """The line; it is in the encoding of the first text that has another than the line had."""
        known = {text.encoding for text in row.texts}
        encodings = [text.encoding for text in texts if text.encoding not in known]
        encoding = encodings[0] if encodings else row.texts[0].encoding
        bare = without_mark(row.number, row.raw)
        old = {text.field: text.text for text in row.texts}
        new = {text.field: text.text for text in texts if text.text != old[text.field]}
        # The mark of the first row is that of the file.
        mark = row.raw[: len(row.raw) - len(bare)]
        return mark + rewritten(bare, new, encoding)

    def copy(
        self, path: str, target: str, edits: Iterator[RowEdit], wanted: Wanted
    ) -> Iterator[LeftOut]:
        """Lines without an edit are there byte for byte, those too that nobody could read."""
        with written(target) as file:
            edit = next(edits, None)
            for part in self.cut(path, PART_BYTES, wanted):
                if part.fault is not None:
                    copy_bytes(path, file, part.start, part.length)
                    continue
                data = self.content(path, part)
                last = part.first + data.count(b"\n") - data.endswith(b"\n")
                if edit is None or edit.number > last:
                    file.write(data)
                    continue
                lines: list[bytes | None] = [*data.split(b"\n")]
                while edit is not None and edit.number <= last:
                    at = edit.number - part.first
                    new = lines[at] if edit.new is None else edit.new
                    assert new is not None
                    if edit.left_out:
                        row_id = self._id_of(new, edit.number, wanted)
                        yield LeftOut(edit.number, decode(new).text, row_id)
                        lines[at] = None
                    else:
                        lines[at] = new
                    edit = next(edits, None)
                file.write(b"\n".join(line for line in lines if line is not None))
            if edit is not None:
                raise UnreadableError(SHORTER)

    def _id_of(self, line: bytes, number: int, wanted: Wanted) -> str | None:
        (row,) = self.rows(line, number, wanted)
        return row.row_id


def too_long(length: int) -> str:
    """That a row of so many bytes is not read."""
    return f"it is {length:,} bytes long, and {LONGEST_ROW:,} are read at most"


def without_mark(number: int, line: bytes) -> bytes:
    """A row without the byte-order mark of the file, which is no part of it."""
    return line.removeprefix(BOM) if number == 1 else line


def copy_bytes(path: str, file: BinaryIO, start: int, length: int) -> None:
    """Copy bytes out of the content of a file. Raises OSError, UnreadableError."""
    with Unpacked(path) as stream:
        while length:
            block = stream.read(min(start or length, PART_BYTES))
            if not block:
                raise UnreadableError(SHORTER)
            if start:
                start -= len(block)
            else:
                file.write(block)
                length -= len(block)


def _parsed(line: bytes) -> tuple[Any, Encoding]:
    import msgspec

    try:
        return msgspec.json.decode(line), UTF8
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    # Python's own reader also takes NaN and halves of surrogate pairs, which others write.
    text, encoding = decode(line)
    try:
        return json.loads(text), encoding
    except RecursionError as error:
        raise FaultError("its values are nested too deep") from error
    except ValueError as error:
        raise FaultError(f"it is no JSON: {error}") from error


def _texts(value: Any, fields: Sequence[str], encoding: Encoding) -> Iterator[Text]:
    if not isinstance(value, dict):
        raise FaultError(f"it holds {_kind(value)}, and an object is expected")
    lacking = True
    for field in fields:
        found = _held(value, field)
        if isinstance(found, str):
            yield Text(field, found, encoding)
        elif found is not None and found is not _NOTHING:
            raise FaultError(f"its field “{field}” holds {_kind(found)}, and a text is expected")
        lacking &= found is _NOTHING
    if lacking:
        raise FaultError(no_field(fields, value))


def _row_id(value: dict[str, Any], field: str | None) -> str | None:
    if field is None:
        return None
    found = _held(value, field)
    return id_as_json(None if found is _NOTHING else found, field, _kind(found))


def _source(value: dict[str, Any], field: str | None) -> str | None:
    if field is None:
        return None
    found = _held(value, field)
    return told_source(None if found is _NOTHING else found)


_NOTHING = object()


def _held(value: dict[str, Any], field: str) -> Any:
    """What a row holds in a field: under its name, or inside objects where it has dots."""
    return value[field] if field in value else _inside(value, field.split("."))


def _inside(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return _NOTHING
        value = value[name]
    return value


def _kind(value: Any) -> str:
    """What JSON calls a value."""
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "a text" if isinstance(value, str) else "null")
