"""What is done with shards of a run that cleans at which workers die: one document is copied as it is."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from kanwu.cleaning.pieces import write_piece
from kanwu.cleaning.shards import Cleaning, Done, key_of, read
from kanwu.session.executors.deaths import Rescue
from kanwu.session.rescue import halves, seconds_for, uncheckable
from kanwu.session.shards import workshop

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.cleaning.shards import Job
    from kanwu.session.executors.deaths import Death, WorkerDiedError
    from kanwu.session.shards import Shard


def rescue(job: Job, tell: Callable[[Death], None]) -> Rescue[Shard, Done]:
    """What is done with the shards of a job. `tell` is called when a worker died."""
    return Rescue(halves, partial(set_aside, job), seconds_for, tell)


def set_aside(job: Job, shard: Shard, error: WorkerDiedError) -> Done:
    """Copy a shard of one document as it is, and note that it was not checked. Raises OSError."""
    (source,) = shard.sources
    one = read(source, shard)
    name = key_of(job, shard, [one])
    cleaning = Cleaning(one, workshop(shard.settings), job, batch=shard.task.batch)
    if one.error is None:
        row = one.rows[0] if one.rows else None
        cleaning.findings.append(uncheckable(source, row, error))
    segment = cleaning.segment([])
    if one.error is None:
        segment.rows = 1
    write_piece(os.path.join(job.folder, name), [segment])
    return Done(name, source.size)
