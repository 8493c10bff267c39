"""Parquet: rows in row groups, read batch by batch, in the process that cuts."""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from kanwu.documents.datasets.formats import (
    LONGEST_ROW,
    FaultError,
    Format,
    LeftOut,
    Part,
    Row,
    Text,
    id_as_json,
    told_source,
)
from kanwu.documents.datasets.packing import written
from kanwu.documents.decoding import UTF8, decode, encode, looks_binary
from kanwu.documents.reading import UnreadableError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.datasets.columns import Column
    from kanwu.documents.datasets.formats import RowEdit, Wanted

BATCH_BYTES = 1 << 20
MOST_ROWS = 4096
"""Of a batch: texts that are repeated take hardly any room in the file, and all of theirs in memory."""
BUFFER_BYTES = 1 << 16
CODECS = frozenset({"SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4"})
ENCRYPTED = b"PARE"
SMALLEST = 12
"""Bytes of a file: its mark twice and the length of what describes it."""


class Batch(NamedTuple):
    """Some rows of a row group, or why the rest of it cannot be read."""

    group: int
    first: int
    rows: Any
    fault: str | None = None


class Parquet(Format):
    """Apache Parquet. Rows are counted from 1 through all row groups.

    The rows of a part travel as what is wanted of them, so that only the process that cuts needs pyarrow. Texts
    that are not valid UTF-8 are read as those of files are, and so are those in columns of bytes.
    """

    endings: ClassVar[frozenset[str]] = frozenset({".parquet"})

    def cut(self, path: str, size: int, wanted: Wanted) -> Iterator[Part]:
        """Rows with their texts, those of one row group at most."""
        with opened(path) as file:
            if wanted.whole:
                refuse_encrypted(file)
            from kanwu.documents.datasets.columns import column_named, id_column, text_columns

            schema = file.schema_arrow
            columns = text_columns(schema, wanted.fields)
            ids = id_column(schema, wanted.id_field)
            sources = column_named(schema, wanted.source_field)
            read = [column for column in (*columns, ids, sources) if column]
            names = None if wanted.whole else [column.name for column in read]
            for batch in batches(file, names):
                if batch.fault is not None:
                    yield Part(batch.first, 0, 0, fault=batch.fault)
                else:
                    yield from parts_of(batch, columns, ids, sources, size)

    def content(self, path: str, part: Part) -> bytes:  # noqa: ARG002
        """The texts and ids of the rows."""
        assert part.data is not None
        return part.data

    def halved(self, path: str, part: Part) -> tuple[Part, Part] | None:
        """The texts and ids of half of the rows each."""
        import msgspec

        fields, several = msgspec.msgpack.decode(self.content(path, part))
        middle = len(several) // 2
        if not middle:
            return None
        first, second = (
            msgspec.msgpack.encode((fields, half)) for half in (several[:middle], several[middle:])
        )
        length = max(1, part.length // 2)
        return (
            part._replace(length=length, data=first),
            part._replace(
                first=part.first + middle, length=max(1, part.length - length), data=second
            ),
        )

    def rows(self, content: bytes, first: int, wanted: Wanted) -> Iterator[Row]:
        """The rows of a part. Fields that hold null give no text."""
        import msgspec

        fields, several = msgspec.msgpack.decode(content)
        for number, (own_id, told, *values) in enumerate(several, first):
            row_id = id_as_json(as_text(own_id), wanted.id_field, "") if wanted.id_field else None
            source = told_source(as_text(told)) if wanted.source_field else None
            try:
                texts = tuple(
                    text_of(value, field, is_binary=is_binary)
                    for (field, is_binary), value in zip(fields, values, strict=True)
                    if value is not None
                )
                yield Row(number, texts, row_id, source)
            except FaultError as fault:
                yield Row(number, row_id=row_id, fault=str(fault))

    def rewritten(self, row: Row, texts: Sequence[Text]) -> bytes:  # noqa: ARG002
        """The bytes of the new texts by their fields."""
        import msgspec

        return msgspec.msgpack.encode({t.field: encode(t.text, t.encoding) for t in texts})

    def copy(
        self, path: str, target: str, edits: Iterator[RowEdit], wanted: Wanted
    ) -> Iterator[LeftOut]:
        """A file of the same schema, row groups and compression; rows without an edit have equal values."""
        with opened(path) as file, written(target) as out, unwritable(path):
            with (
                writer_for(file, out, wanted) as writer,
                RowGroup(file.schema_arrow, writer, os.path.dirname(target)) as group,
            ):
                edit = next(edits, None)
                for batch in batches(file, None):
                    if batch.group != group.number:
                        group.write()
                        group.number = batch.group
                    own = []
                    end = batch.first + (batch.rows.num_rows if batch.rows else 0)
                    while edit is not None and edit.number < end:
                        own.append(edit)
                        edit = next(edits, None)
                    if batch.rows is not None:
                        yield from edited(batch, own, wanted, group)
                group.write()
            if edit is not None:
                raise UnreadableError("it has become shorter while it was being read")


@contextmanager
def unwritable(path: str) -> Iterator[None]:
    """Say of which file Arrow makes no copy. Raises UnreadableError."""
    import pyarrow as pa

    try:
        yield
    except pa.ArrowException as error:
        raise UnreadableError(f"{path}: no copy can be made of it: {told(error)}") from error


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """A file that is going to be read batch by batch. Raises UnreadableError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UnreadableError(
            ".parquet needs another package: pip install 'kanwu[parquet]'"
        ) from error
    try:
        if os.path.getsize(path) == 0:
            raise UnreadableError("it is empty, and a Parquet file holds its schema at least")
        # Column chunks are read through small buffers: a row group may be larger than memory.
        file = pq.ParquetFile(
            path, pre_buffer=False, buffer_size=BUFFER_BYTES, page_checksum_verification=True
        )
    except OSError as error:
        if error.errno is not None:
            raise UnreadableError(reason(error)) from error
        raise UnreadableError(unopened(path, error)) from error
    except pa.ArrowException as error:
        raise UnreadableError(unopened(path, error)) from error
    with file:
        yield file


def refuse_encrypted(file: Any) -> None:
    """Raise UnreadableError where a column is encrypted: how to write it cannot be asked without ending the process."""
    try:
        next(file.iter_batches(1, range(min(1, file.num_row_groups)), use_threads=False), None)
    except OSError as error:
        if "decrypt" in str(error):
            raise UnreadableError(
                "a column of it is encrypted, and cannot be copied without its key"
            ) from error


def unopened(path: str, error: Exception) -> str:
    """Why a file is none that can be read as Parquet."""
    with open(path, "rb") as file:
        head = file.read(4)
        file.seek(-min(4, os.path.getsize(path)), os.SEEK_END)
        tail = file.read(4)
    if ENCRYPTED in {head, tail}:
        return "it is encrypted Parquet, and is not read without its keys"
    if head != b"PAR1":
        return "it is no Parquet file"
    if tail != b"PAR1" or os.path.getsize(path) < SMALLEST:
        return "it breaks off: what a Parquet file ends with is missing, and without it nothing can be read"
    return f"it is damaged: {told(error)}"


def told(error: Exception) -> str:
    """The first line of what Arrow says."""
    return str(error).partition("\n")[0].strip().rstrip(".")


def batches(file: Any, names: list[str] | None) -> Iterator[Batch]:
    """The rows of a file, row group by row group; what comes after damage in a row group is left out."""
    import pyarrow as pa

    first = 1
    for group in range(file.num_row_groups):
        about = file.metadata.row_group(group)
        end = first + about.num_rows
        size = min(MOST_ROWS, 1 + BATCH_BYTES * about.num_rows // max(about.total_byte_size, 1))
        fault = None
        try:
            for rows in file.iter_batches(size, [group], names, use_threads=False):
                yield Batch(group, first, rows)
                first += rows.num_rows
        except (pa.ArrowException, OSError) as error:
            fault = told(error)
        if first < end:
            fault = fault or "it has fewer rows than it says"
            yield Batch(group, first, None, f"rows {first} to {end - 1}, in one row group: {fault}")
        first = end


def parts_of(
    batch: Batch,
    columns: Sequence[Column],
    ids: Column | None,
    sources: Column | None,
    size: int,
) -> Iterator[Part]:
    """The texts of a batch, with the ids and sources of its rows."""
    import msgspec

    from kanwu.documents.datasets.columns import as_bytes, values

    pack = msgspec.msgpack.encode
    fields = [(column.field, column.is_binary) for column in columns]
    texts = [as_bytes(values(batch.rows, column)) for column in columns]
    nothing = [None] * batch.rows.num_rows
    row_ids = nothing if ids is None else ids_in(batch.rows, ids)
    told = nothing if sources is None else sources_in(batch.rows, sources)
    first, length = batch.first, 0
    rows: list[list[Any]] = []
    for row_id, source, *own in zip(row_ids, told, *texts, strict=True):
        # Of a text that is too long only its length goes along.
        kept = [len(v) if v is not None and len(v) > LONGEST_ROW else v for v in own]
        rows.append([row_id, source, *kept])
        length += sum(len(value) for value in kept if isinstance(value, bytes))
        if length >= size:
            yield Part(first, 0, length, pack((fields, rows)))
            first, length, rows = first + len(rows), 0, []
    if rows:
        yield Part(first, 0, max(length, 1), pack((fields, rows)))


def ids_in(rows: Any, column: Column) -> list[bytes | int | None]:
    """The ids of some rows, texts as their bytes."""
    from kanwu.documents.datasets.columns import as_bytes, is_bytes, is_text, values

    array = values(rows, column)
    if is_text(column.type) or is_bytes(column.type):
        return list[bytes | int | None](as_bytes(array))
    found: list[bytes | int | None] = array.to_pylist()
    return found


def sources_in(rows: Any, column: Column) -> list[bytes | str | None]:
    """Where some rows say that they come from, texts as their bytes."""
    import pyarrow as pa

    from kanwu.documents.datasets.columns import as_bytes, cell, is_bytes, is_text, values

    array = values(rows, column)
    if is_text(column.type) or is_bytes(column.type):
        return list[bytes | str | None](as_bytes(array))
    try:
        found: list[bytes | str | None] = array.cast(pa.string()).to_pylist()
    except pa.ArrowException:  # lists and the like
        return [told_source(cell(array.slice(at, 1))) for at in range(len(array))]
    return found


def as_text(value: object) -> object:
    """A value, the bytes of a text as the text."""
    return decode(value).text if isinstance(value, bytes) else value


def text_of(value: bytes | int, field: str, *, is_binary: bool) -> Text:
    """The text in a field. Raises FaultError."""
    if isinstance(value, int):
        from kanwu.documents.datasets.jsonl import too_long

        raise FaultError(too_long(value))
    if not (is_binary and b"\0" in value):
        try:
            return Text(field, value.decode(), UTF8)
        except UnicodeDecodeError:
            pass
    if is_binary and looks_binary(value):
        raise FaultError(f"its field “{field}” holds binary data, and a text is expected")
    text, encoding = decode(value)
    return Text(field, text, encoding)


def edited(
    batch: Batch, edits: Sequence[RowEdit], wanted: Wanted, group: RowGroup
) -> Iterator[LeftOut]:
    """Add the rows of a batch to a row group as they are to be in the copy."""
    import msgspec

    from kanwu.documents.datasets.columns import cell, column_of, id_column, replaced

    rows = batch.rows
    new: dict[str, dict[int, bytes]] = {}
    for edit in edits:
        texts = {} if edit.new is None else msgspec.msgpack.decode(edit.new)
        for field, text in texts.items():
            new.setdefault(field, {})[edit.number - batch.first] = text
    for field, several in new.items():
        column = column_of(rows.schema, field)
        assert column is not None
        at = rows.schema.get_field_index(column.path[0])
        array = replaced(rows.column(at), column.path[1:], several)
        rows = rows.set_column(at, rows.schema.field(at), array)
    position = 0
    ids = id_column(rows.schema, wanted.id_field)
    for edit in edits:
        if not edit.left_out:
            continue
        at = edit.number - batch.first
        row = rows.slice(at, 1)
        group.add(rows.slice(position, at - position))
        position = at + 1
        row_id = None
        if wanted.id_field:
            row_id = id_as_json(as_text(ids_in(row, ids)[0]) if ids else None, wanted.id_field, "")
        cells = {name: cell(row.column(i)) for i, name in enumerate(row.schema.names)}
        yield LeftOut(edit.number, json.dumps(cells, ensure_ascii=False, default=shown), row_id)
    group.add(rows.slice(position))


def shown(value: object) -> str:
    """What JSON has no form for, as text."""
    return str(as_text(value))


class RowGroup:
    """The rows of a row group on their way into the copy.

    They lie on the disk until all are there, since a row group may be larger than memory.
    """

    def __init__(self, schema: Any, writer: Any, folder: str) -> None:
        self.number = 0
        self._schema = schema
        self._writer = writer
        self._folder = folder
        self._open = ExitStack()
        self._stream: Any = None
        self._file: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, rows: Any) -> None:
        """Add some rows."""
        import pyarrow as pa

        if not rows.num_rows:
            return
        if self._stream is None:
            spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - others close it
            self._file = self._open.enter_context(spool)
            self._stream = self._open.enter_context(pa.ipc.new_stream(self._file, self._schema))
        self._stream.write_batch(rows)

    def write(self) -> None:
        """Write what was added as one row group, if anything was."""
        import pyarrow as pa

        if self._stream is None:
            return
        self._stream.close()
        self._file.flush()
        # Nothing is read into memory before it is written. Arrow lets go of the file when the table is gone.
        mapped = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        table = pa.ipc.open_stream(pa.py_buffer(mapped)).read_all()
        self._writer.write_table(table, row_group_size=table.num_rows)
        self._open.close()
        self._stream = self._file = None


@contextmanager
def writer_for(file: Any, out: Any, wanted: Wanted) -> Iterator[Any]:
    """A writer to a file that is to be like another one, as far as that tells how it was written."""
    import pyarrow.parquet as pq

    about = file.metadata
    groups = [about.row_group(number) for number in range(min(1, about.num_row_groups))]
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    sorting = [group.sorting_columns for group in groups]
    names = {chunks[column.column_index].path_in_schema for own in sorting for column in own}
    with pq.ParquetWriter(
        out,
        file.schema_arrow,
        compression={chunk.path_in_schema: codec(chunk.compression) for chunk in chunks} or "none",
        use_dictionary=[c.path_in_schema for c in chunks if c.has_dictionary_page],
        write_statistics=[c.path_in_schema for c in chunks if c.is_stats_set],
        write_page_index=any(c.has_offset_index for c in chunks),
        use_deprecated_int96_timestamps=any(c.physical_type == "INT96" for c in chunks),
        # Elements of lists keep the names that they were read with.
        use_compliant_nested_type=False,
        store_schema=b"ARROW:schema" in (about.metadata or {}),
        # Texts that were repaired may stand in another order.
        sorting_columns=None if names.intersection(wanted.fields) else (sorting or [None])[0],
    ) as writer:
        yield writer


def codec(name: str) -> str:
    """A compression by the name that a writer takes; what is packed in no known way cannot be read either."""
    return name.lower() if name in CODECS else "none"
