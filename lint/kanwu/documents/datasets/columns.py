"""Columns of Arrow: the texts and ids in them, and the same columns with other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kanwu.documents.datasets.formats import no_field
from kanwu.documents.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Column(NamedTuple):
    """Where the values of a field stand."""

    field: str
    path: tuple[str, ...]
    """The name of a column; behind it the names inside structs."""
    type: Any
    """What its values are once they are unwrapped; see `plain`."""

    @property
    def is_binary(self) -> bool:
        """Whether it is said to hold bytes, and not text."""
        return not is_text(self.type)

    @property
    def name(self) -> str:
        """What the file calls the column that is read for it."""
        return ".".join(self.path)


def text_columns(schema: Any, fields: tuple[str, ...]) -> list[Column]:
    """The columns that hold texts. Raises UnreadableError where there is none, or no text in one."""
    found = [column for field in fields if (column := column_of(schema, field)) is not None]
    if not found:
        raise UnreadableError(no_field(fields, schema.names))
    for column in found:
        if not (is_text(column.type) or is_bytes(column.type)):
            raise UnreadableError(
                f"its field “{column.field}” holds {column.type}, and a text is expected"
            )
    return found


def id_column(schema: Any, field: str | None) -> Column | None:
    """The column of the ids; None where there is none. Raises UnreadableError where it holds no ids."""
    column = column_named(schema, field)
    if column is not None and not (
        is_text(column.type) or is_bytes(column.type) or pa.types.is_integer(column.type)
    ):
        raise UnreadableError(
            f"its field “{field}” holds {column.type}, and a text or a whole number is expected for an id"
        )
    return column


def column_named(schema: Any, field: str | None) -> Column | None:
    """The column of a field; None where there is none, or no field is asked for."""
    return None if field is None else column_of(schema, field)


def column_of(schema: Any, field: str) -> Column | None:
    """The column that a name means: its own, or one inside structs. Raises UnreadableError."""
    for path in ((field,), tuple(field.split("."))):
        at = schema.get_all_field_indices(path[0])
        if len(at) > 1:
            raise UnreadableError(f"it has {len(at)} columns that are called “{path[0]}”")
        own = schema.field(at[0]).type if at else None
        for name in path[1:]:
            own = inner(own, name)
        if own is not None:
            return Column(field, path, plain(own))
    return None


def inner(own: Any, name: str) -> Any:
    """The type of what has a name inside a struct; None where there is no such thing."""
    index = own.get_field_index(name) if own is not None and is_struct(own) else -1
    return own.field(index).type if index >= 0 else None


def plain(own: Any) -> Any:
    """The type of values without what wraps it: a dictionary, or a type that extends another."""
    while True:
        if isinstance(own, pa.BaseExtensionType):
            own = own.storage_type
        elif pa.types.is_dictionary(own):
            own = own.value_type
        else:
            return own


def is_struct(own: Any) -> bool:
    """Whether values have names inside."""
    return bool(pa.types.is_struct(own))


def is_text(own: Any) -> bool:
    """Whether values are said to be UTF-8."""
    types = pa.types
    return bool(types.is_string(own) or types.is_large_string(own) or types.is_string_view(own))


def is_bytes(own: Any) -> bool:
    """Whether values are bytes of any number."""
    types = pa.types
    return bool(types.is_binary(own) or types.is_large_binary(own) or types.is_binary_view(own))


def values(batch: Any, column: Column) -> Any:
    """The values of a column in a batch, one a row; null where a struct above is null."""
    array = batch.column(batch.schema.get_field_index(column.path[0]))
    for name in column.path[1:]:
        array = pc.struct_field(array, name)
    return unwrapped(array)


def unwrapped(array: Any) -> Any:
    """An array of a plain type."""
    while True:
        if isinstance(array, pa.ExtensionArray):
            array = array.storage
        elif pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        else:
            return array


def as_bytes(array: Any) -> list[bytes | None]:
    """The bytes of texts: Arrow does not see to it that they are UTF-8."""
    found: list[bytes | None] = array.cast(pa.large_binary()).to_pylist()
    return found


def replaced(array: Any, path: tuple[str, ...], new: Mapping[int, bytes]) -> Any:
    """An array with other texts at some places, inside structs where a path leads there."""
    if path:
        at = array.type.get_field_index(path[0])
        children = [array.field(number) for number in range(array.type.num_fields)]
        children[at] = replaced(children[at], path[1:], new)
        return pa.StructArray.from_arrays(children, fields=list(array.type), mask=array.is_null())
    own = array.type
    if isinstance(own, pa.BaseExtensionType):
        return pa.ExtensionArray.from_storage(own, replaced(array.storage, (), new))
    if pa.types.is_dictionary(own):
        told = replaced(array.dictionary_decode(), (), new).dictionary_encode()
        return pa.DictionaryArray.from_arrays(
            told.indices.cast(own.index_type), told.dictionary, ordered=own.ordered
        )
    texts = as_bytes(array)
    for number, text in new.items():
        texts[number] = text
    # What was no UTF-8 stays so.
    options = pc.CastOptions(target_type=own, allow_invalid_utf8=True)
    return pc.cast(pa.array(texts, pa.large_binary()), options=options)


def cell(array: Any) -> Any:
    """The first value of an array in a form that can be shown."""
    try:
        return array[0].as_py()
    except Exception:  # noqa: BLE001 - texts in other encodings, times that Python does not have
        # Arrow writes them in its own way, with what is no UTF-8 as hexadecimal digits.
        form = unwrapped(array)
        return cell(form.cast(pa.large_binary())) if is_text(form.type) else form.to_string()
