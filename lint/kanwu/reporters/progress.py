"""How far a long run is: a bar on a terminal, a line a minute where there is none."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, Literal, NamedTuple, Self, TextIO

from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar

    from kanwu.reporters.wording import Wording

Look = Literal["bar", "lines", "none"]

PATIENCE = 1.0
"""Seconds before the bar appears."""
INTERVAL = 60.0
"""Seconds before the first line, and between lines."""
MEGABYTE = 1_000_000
NARROW = 10 * MEGABYTE
"""Bytes. Less than this is told with a decimal."""


class Step(NamedTuple):
    """What was done since the step before."""

    bytes: int
    documents: int = 0
    findings: int = 0
    before: bool = False
    """Whether an earlier run had done it."""


class Progress:
    """Counts work done, and tells of it on stderr once that takes long.

        with Progress(total, look=look_for(sys.stderr)) as progress:
            for shard in shards:
                ...
                progress.advance(Step(size, documents, findings))
            progress.begin("Putting together", parts)
            for part in parts:
                progress.count()

    It speaks only when it is called, and loads what it needs for a bar only then.
    """

    def __init__(
        self,
        total: int | None = None,
        *,
        look: Look,
        task: str = "Checking",
        wording: Wording = ENGLISH,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`total` is the work to be done in bytes; None where it is not known. `task` names it."""
        self._total = total
        self._task = wording.word(task)
        self._look: Look = look
        self._wording = wording
        self._clock = clock
        self._done = Step(0)
        self.fresh = 0
        """Bytes that this run did itself, in so many seconds:"""
        self._seconds = 0.0
        self.parts_before = 0
        """Steps that an earlier run had done."""
        self._parts: tuple[int, int] | None = None
        """Parts done, of so many, once the bytes are done."""
        self._last = clock()
        self._due = self._last + (PATIENCE if look == "bar" else INTERVAL)
        self._bar: Bar | None = None
        self._spoken = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expect(self, total: int | None) -> None:
        """Say how many bytes there are to be done."""
        self._total = total

    def advance(self, step: Step) -> None:
        """Count work done."""
        now = self._clock()
        done = self._done
        self._done = Step(
            done.bytes + step.bytes,
            done.documents + step.documents,
            done.findings + step.findings,
        )
        if step.before:
            self.parts_before += 1
        else:
            self.fresh += step.bytes
            self._seconds += now - self._last
        if self._total is not None and self._done.bytes > self._total:
            self._total = None
        self._last = now
        self._show(now)

    def begin(self, task: str, parts: int = 0) -> None:
        """Turn to another part of the work, which has a number of parts if that can be told."""
        self._task = self._wording.word(task)
        self._parts = (0, parts)
        now = self._clock()
        if self._spoken:  # of a run that is known to be long every part is told
            self._due = now
        self._show(now)

    def count(self) -> None:
        """Count one of the parts."""
        done, parts = self._parts or (0, 0)
        self._parts = (done + 1, parts)
        self._show(self._clock())

    def _show(self, now: float) -> None:
        if self._look == "none" or now < self._due:
            return
        if self._look == "lines":
            self._due = now + INTERVAL
            self._spoken = True
            sys.stderr.write(f"kanwu: {self.line()}\n")
            sys.stderr.flush()
            return
        if self._bar is None:
            self._bar = made()
            self._bar.add_task("", said="")
            self._bar.start()
        done, total = self._parts or (self._done.bytes, self._total)
        self._bar.update(
            self._bar.task_ids[0],
            description=self._task,
            completed=done,
            total=total or None,
            said=self._said(),
        )

    def line(self) -> str:
        """How far it is, as a line of a log."""
        if self._parts is None:
            return self._said()
        said = self._said()
        return self._wording("{task}: {said}", task=self._task, said=said) if said else self._task

    def _said(self) -> str:
        wording = self._wording
        if self._parts is not None:
            done, parts = self._parts
            return wording("{done:,} of {all:,} parts", done=done, all=parts) if parts else ""
        step = self._done
        told = [wording.counted(step.documents, "document"), self._amount()]
        left = None
        if self._seconds > 0 and self.fresh:
            speed = self.fresh / self._seconds
            rate = speed / MEGABYTE
            told.append(f"{rate:.1f} MB/s" if rate >= 0.1 else f"{rate:.2g} MB/s")
            left = None if self._total is None else (self._total - step.bytes) / speed
        if step.findings:
            told.append(wording.counted(step.findings, "finding"))
        if self.parts_before:
            counted = wording.counted(self.parts_before, "part")
            told.append(wording("{parts} done before", parts=counted))
        if left is not None:
            told.append(wording("about {time} left", time=duration(left, wording)))
        return wording.word(", ").join(told)

    def _amount(self) -> str:
        done, total = self._done.bytes, self._total
        digits = 1 if max(done, total or 0) < NARROW else 0
        said = f"{done / MEGABYTE:,.{digits}f}"
        if not total:
            return f"{said} MB"
        whole = f"{total / MEGABYTE:,.{digits}f}"
        share = min(100, 100 * done // total)
        return self._wording(
            "{done} of {all} MB ({percent} %)", done=said, all=whole, percent=share
        )


def look_for(stream: TextIO, *, quiet: bool = False) -> Look:
    """How a run tells of itself on its stderr."""
    return "none" if quiet else "bar" if stream.isatty() else "lines"


def duration(seconds: float, wording: Wording = ENGLISH) -> str:
    """A stretch of time for people: `18 s`, `2 min 18 s`, `3 h 5 min`."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return wording("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if minutes:
        return wording("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return wording("{seconds} s", seconds=rest)


def made() -> Bar:
    """A bar on stderr. What it needs takes 75 ms to load, which short runs must not pay for."""
    from rich import progress
    from rich.console import Console
    from rich.table import Column

    return progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(bar_width=20),
        progress.TextColumn(
            "{task.fields[said]}",
            markup=False,
            table_column=Column(no_wrap=True, overflow="ellipsis"),
        ),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
