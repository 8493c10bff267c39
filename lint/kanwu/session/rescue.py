"""What is done with shards at which workers die: they are halved, down to the one document."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kanwu.documents.datasets.parts import halved, rows_of
from kanwu.documents.reading import UnreadableError
from kanwu.engine.finding import whole_file
from kanwu.engine.internal import UncheckableDocument
from kanwu.session.executors.deaths import Rescue
from kanwu.session.shards import Outcome, ids_noted, wanted_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.documents.datasets.formats import Row
    from kanwu.documents.reading import Source
    from kanwu.engine.finding import Finding
    from kanwu.session.executors.deaths import Death, WorkerDiedError
    from kanwu.session.shards import Shard

SECONDS = 120
"""What a shard may take at least: more than twice what all rules together may take for a small document."""
BYTES_A_SECOND = 2_000
"""For so much input it may take a second more: some hundred times what it takes."""


def rescue(tell: Callable[[Death], None]) -> Rescue[Shard, Outcome]:
    """What is done with the shards of a check. `tell` is called when a worker died."""
    return Rescue(halves, set_aside, seconds_for, tell)


def seconds_for(shard: Shard) -> float:
    """How long a shard may take before its worker is ended."""
    return SECONDS + sum(source.size for source in shard.sources) / BYTES_A_SECOND


def halves(shard: Shard) -> tuple[Shard, Shard] | None:
    """A shard in two; None where it is one file, or one row of a dataset."""
    sources = shard.sources
    if len(sources) > 1:
        middle = len(sources) // 2
        return shard._replace(sources=sources[:middle]), shard._replace(sources=sources[middle:])
    (source,) = sources
    try:
        parts = source.part and halved(source.path, source.part)
    except UnreadableError:  # it was there when the run began
        return None
    if not parts:
        return None
    first, second = (
        shard._replace(sources=(source._replace(size=part.length, part=part),)) for part in parts
    )
    return first, second


def set_aside(shard: Shard, error: WorkerDiedError) -> Outcome:
    """What comes of a shard of one document that is not checked."""
    outcome = Outcome(shard)
    (source,) = shard.sources
    row = row_in(source, shard)
    outcome.findings.append(uncheckable(source, row, error))
    outcome.records += ids_noted([row] if row else [], source.display)
    return outcome


def row_in(source: Source, shard: Shard) -> Row | None:
    """The row that a source of a shard is; None where it is a file, or the row cannot be read."""
    with contextlib.suppress(UnreadableError):
        if source.part is not None:
            rows = rows_of(source.path, source.part, wanted_by(shard.settings, shard.task))
            return rows[0] if rows else None
    return None


def uncheckable(source: Source, row: Row | None, error: WorkerDiedError) -> Finding:
    """The finding that stands for a document, or a row, that is not checked."""
    speaker = UncheckableDocument()
    said = (
        speaker.say("died", how=str(error))
        if error.overdue is None
        else speaker.say("endless", seconds=round(error.overdue))
    )
    first = str(source.part.first) if source.part else None
    at = whole_file(source.display, str(row.number), row.row_id) if row else None
    return speaker.finding(at or whole_file(source.display, first), said)


def described(death: Death) -> str:
    """A death in a sentence."""
    then = {
        "again": "it is done again",
        "alone": "it is done again, alone",
        "halved": "it is done in halves, to find the cause",
        "set aside": "it is set aside",
    }
    first, *others = death.item.sources
    what = first.display
    if others:
        what = f"{what} and {len(others)} more"
    elif first.part is not None:
        what = f"{what}, row {first.part.first} and what follows"
        if death.then == "set aside":
            what = f"{first.display}, row {first.part.first}"
    return f"a worker process has died ({death.error}) at {what}: {then[death.then]}"
