"""A progress bar for long runs on a terminal."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from rich.progress import Progress

Unit = Literal["files", "bytes"]

# Seconds before the bar appears.
PATIENCE = 1.0


class ProgressBar:
    """Counts work done, and draws a bar on stderr once that takes longer than a second.

        with ProgressBar("bytes", total, shown=sys.stderr.isatty()) as bar:
            for document in documents:
                ...
                bar.advance(size)

    It is first drawn at a call of `advance` or `update`, and loads what it needs only then. With
    `shown` false it does nothing.
    """

    def __init__(
        self, unit: Unit, total: int | None = None, *, shown: bool, task: str = "Checking"
    ) -> None:
        """`total` is the work to be done, in `unit`; None where it is not known. `task` names it."""
        self._unit: Unit = unit
        self._total = total
        self._task = task
        self._shown = shown
        self._done = 0
        self._due = monotonic() + PATIENCE
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, amount: int = 1) -> None:
        """Count work done."""
        self.update(self._done + amount, self._total)

    def update(self, done: int, total: int | None) -> None:
        """Say how much is done, and how much there is to be done in all."""
        self._done, self._total = done, total
        if self._bar is None:
            if not self._shown or monotonic() < self._due:
                return
            self._bar = self._made()
            self._bar.add_task(self._task, total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def _made(self) -> Progress:
        # Takes 75 ms to load, which short runs must not pay for.
        from rich import progress
        from rich.console import Console

        amount = progress.DownloadColumn if self._unit == "bytes" else progress.MofNCompleteColumn
        return progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            amount(),
            progress.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
