"""Columns of text in, findings or repaired texts out: what Spark calls with `DataFrame.mapInArrow`.

Every function takes an iterator of `pyarrow.RecordBatch` with a column of ids and one of texts, and gives
such an iterator; it holds about a megabyte of text at once. Nothing is read but the configuration: a
mapping with the keys of `kanwu.toml`, or the path of such a file that every worker can read.
The rules are loaded once in each process. Needs pyarrow, which Spark needs too.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kanwu.documents.document import Document
from kanwu.engine.batch_scanning import BatchScanner
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter
from kanwu.engine.rule import CorpusRule
from kanwu.engine.time_limits import limited
from kanwu.fixes.applying import applicable, repair_together
from kanwu.policy.loading import Resolver, read_values
from kanwu.reporters.machine import to_json
from kanwu.reporters.wording import wording
from kanwu.session.packing import packed_records, unpacked_records
from kanwu.session.shards import SHARD_BYTES, adjusted, workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kanwu.documents.document import Location, Markup
    from kanwu.engine.finding import Edit, Finding, Place
    from kanwu.fixes.applying import Removal
    from kanwu.policy.settings import Settings

    Configuration = Mapping[str, object] | str | os.PathLike[str] | None

_SPAN = "start_line int, start_column int, start_offset int, end_line int, end_column int, end_offset int"
_RELATED = f"struct<id: string, {_SPAN.replace(' int', ': int')}, message: string>"
_REMOVED = (
    f"struct<code: string, name: string, {_SPAN.replace(' int', ': int')}, removed: string, "
    "inserted: string>"
)

FINDINGS = (
    f"id string, code string, name string, severity string, message string, {_SPAN}, "
    f"fingerprint string, safety string, evidence string, related array<{_RELATED}>"
)
"""The columns of `findings`, as Spark writes them.

Lines and columns count from 1, offsets from 0, all in code points; the end is exclusive. `safety` is that of
the fix, null where there is none; `evidence` is a JSON object.
"""

REPAIRS = f"changed boolean, removed array<{_REMOVED}>"
"""The columns that `cleaned` adds: whether the text is another one, and what fixes took out or replaced."""

RECORDS = "rule string, key string, record string"
"""The columns of `records`."""


_SPAN_FIELDS = [
    (f"{end}_{what}", pa.int32())
    for end in ("start", "end")
    for what in ("line", "column", "offset")
]


def _strings(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.string()) for name in names]


FINDINGS_SCHEMA = pa.schema(
    [
        *_strings("id", "code", "name", "severity", "message"),
        *_SPAN_FIELDS,
        *_strings("fingerprint", "safety", "evidence"),
        (
            "related",
            pa.list_(pa.struct([*_strings("id"), *_SPAN_FIELDS, *_strings("message")])),
        ),
    ]
)
"""The columns of `findings` and `compared`."""

RECORDS_SCHEMA = pa.schema(_strings("rule", "key", "record"))
"""The columns of `records`."""

_REMOVED_TYPE = pa.list_(
    pa.struct([*_strings("code", "name"), *_SPAN_FIELDS, *_strings("removed", "inserted")])
)


def cleaned_schema(schema: pa.Schema) -> pa.Schema:
    """The columns of `cleaned` where those of its input are given. Raises ValueError."""
    taken = {"changed", "removed"} & {*schema.names}
    if taken:
        raise ValueError(f"there is a column “{min(taken)}” already; give it another name")
    added = (pa.field("changed", pa.bool_()), pa.field("removed", _REMOVED_TYPE))
    return pa.schema([*schema, *added], metadata=schema.metadata)


def findings(
    batches: Iterable[pa.RecordBatch],
    *,
    configuration: Configuration = None,
    id_column: str = "id",
    text_column: str = "text",
    markup: Markup = "plain",
    language: str = "en",
) -> Iterator[pa.RecordBatch]:
    """What is wrong with each text by itself, one row a finding. A null is no text.

    Raises ConfigurationError, and ValueError for a column that is not there or holds no texts.
    """
    settings = _settings(configuration)
    for piece in _pieces(batches, text_column):
        with _rules_at_work():
            shop = workshop(settings)
            checks = shop.linter(batch=True).check(
                _documents(piece, id_column, text_column, markup)
            )
            rows = [
                _finding(finding, language)
                for checked in checks
                for finding in adjusted(checked.findings, shop.policy)
            ]
        yield _batch(rows, FINDINGS_SCHEMA)


def cleaned(
    batches: Iterable[pa.RecordBatch],
    *,
    configuration: Configuration = None,
    unsafe: bool = False,
    id_column: str = "id",
    text_column: str = "text",
    markup: Markup = "plain",
) -> Iterator[pa.RecordBatch]:
    """The same rows with their texts repaired, and two columns more: see `REPAIRS`.

    With `unsafe` fixes are applied that may change the meaning too. Places in `removed` are those of the text
    as it was when the fix was applied. Raises as `findings` does.
    """
    settings = _settings(configuration)
    for piece in _pieces(batches, text_column):
        with _rules_at_work():
            policy = workshop(settings).policy
            may_apply = applicable(unsafe=unsafe, chosen=policy.chosen)

            def admitted(finding: Finding) -> bool:
                kept = policy.adjust(finding)  # noqa: B023 - called before the next piece
                return kept is not None and may_apply(kept)  # noqa: B023

            linter = workshop(settings).linter(batch=True)
            documents = _documents(piece, id_column, text_column, markup)
            repaired = iter(repair_together(documents, linter, admitted))
        schema = cleaned_schema(piece.schema)
        texts: list[str | None] = piece.column(text_column).to_pylist()
        changed, removed = [], []
        for number, text in enumerate(texts):
            removals: list[Removal] = []
            if text is not None:
                own, _ = next(repaired)
                texts[number], removals = own.document.text, own.removals
            changed.append(texts[number] != text)
            removed.append([_removal(one) for one in removals])
        new = {text_column: texts, "changed": changed, "removed": removed}
        columns = [
            pa.array(new[field.name], field.type) if field.name in new else piece.column(field.name)
            for field in schema
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def records(
    batches: Iterable[pa.RecordBatch],
    *,
    configuration: Configuration = None,
    id_column: str = "id",
    text_column: str = "text",
    markup: Markup = "plain",
) -> Iterator[pa.RecordBatch]:
    """What the rules that compare documents note of each text, for `compared`. Raises as `findings` does.

    All records of a rule have to come to one call of `compared`: partition them by the column `rule`.
    """
    settings = _settings(configuration)
    for piece in _pieces(batches, text_column):
        with _rules_at_work():
            documents = _documents(piece, id_column, text_column, markup)
            rows = [
                {
                    "rule": rule,
                    "key": record.key,
                    "record": to_json(packed_records([(rule, record)], "")),
                }
                for checked in _collector(settings).check(documents)
                for rule, record in checked.records
            ]
        yield _batch(rows, RECORDS_SCHEMA)


def compared(
    batches: Iterable[pa.RecordBatch],
    *,
    configuration: Configuration = None,
    language: str = "en",
) -> Iterator[pa.RecordBatch]:
    """What is wrong between texts, by their `records`: the columns of `findings`.

    The configuration has to be that of the records. Raises ConfigurationError.
    """
    settings = _settings(configuration)
    with _rules_at_work():
        store = RecordStore()
        for batch in batches:
            for packed in batch.column("record").to_pylist():
                store.add(unpacked_records(json.loads(packed), ""))
        policy = workshop(settings).policy
        found = adjusted(compare(policy.rules, store), policy)
        rows = [_finding(finding, language) for finding in found]
    yield _batch(rows, FINDINGS_SCHEMA)


@contextlib.contextmanager
def _rules_at_work() -> Iterator[None]:
    """Within this, what rules print is no output, and each of their calls has a limit of time."""
    with contextlib.redirect_stdout(sys.stderr), limited():
        yield


def _settings(configuration: Configuration) -> Settings:
    if configuration is None:
        return _settings_of_values("{}")
    if isinstance(configuration, str | os.PathLike):
        return _settings_of_file(os.path.abspath(configuration))
    return _settings_of_values(json.dumps(dict(configuration)))


@lru_cache(maxsize=8)
def _settings_of_file(path: str) -> Settings:
    return Resolver(discover(), config=path, baseline=False).for_folder(os.getcwd())


@lru_cache(maxsize=8)
def _settings_of_values(values: str) -> Settings:
    return read_values(json.loads(values), os.getcwd(), discover())


@lru_cache(maxsize=8)
def _collector(settings: Settings) -> Linter:
    """The selected rules that compare documents."""
    rules = [r for r in workshop(settings).policy.rules if isinstance(r, CorpusRule)]
    return Linter(rules, BatchScanner(rules))


def _pieces(batches: Iterable[pa.RecordBatch], text_column: str) -> Iterator[pa.RecordBatch]:
    """The batches in pieces of about a megabyte of text."""
    for batch in batches:
        column = _column(batch, text_column)
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            raise ValueError(f"the column “{text_column}” holds {column.type}, expected string")
        begin = size = 0
        for row, length in enumerate(pc.binary_length(column).to_pylist(), 1):
            size += length or 0
            if size >= SHARD_BYTES:
                yield batch.slice(begin, row - begin)
                begin, size = row, 0
        if begin < batch.num_rows:
            yield batch.slice(begin)


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    if name not in batch.schema.names:
        names = ", ".join(batch.schema.names)
        raise ValueError(f"there is no column “{name}”; the columns are: {names}")
    return batch.column(name)


def _documents(
    piece: pa.RecordBatch, id_column: str, text_column: str, markup: Markup
) -> list[Document]:
    """The texts of a piece; each has its id for a path."""
    ids = _column(piece, id_column).to_pylist()
    texts = piece.column(text_column).to_pylist()
    return [
        Document(text, path=str(own), markup=markup)
        for own, text in zip(ids, texts, strict=True)
        if text is not None
    ]


def _batch(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    said = wording(language)
    return {
        "id": finding.place.path,
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": said.tell(finding.message),
        **_span(finding.place),
        "fingerprint": finding.fingerprint,
        "safety": finding.fix and str(finding.fix.safety),
        "evidence": to_json(dict(finding.evidence)),
        "related": [
            {"id": r.place.path, **_span(r.place), "message": said.tell(r.message)}
            for r in finding.related
        ],
    }


def _removal(removal: Removal) -> dict[str, Any]:
    return {
        "code": removal.finding.code,
        "name": removal.finding.name,
        **_span(removal.edit),
        "removed": removal.old,
        "inserted": removal.edit.text,
    }


def _span(span: Place | Edit) -> dict[str, int]:
    ends: tuple[tuple[str, Location], ...] = (("start", span.start), ("end", span.end))
    return {f"{end}_{what}": n for end, at in ends for what, n in at._asdict().items()}
