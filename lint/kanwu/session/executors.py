"""Executors: run a function over shards, in this process or in several, results in order."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from kanwu.engine.time_limits import start_ticking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

A = TypeVar("A")
B = TypeVar("B")

SAFE_PATH = "PYTHONSAFEPATH"

DEATHS = 3
"""So many times in a row may workers die before any shard is finished."""


def spare_the_collector() -> None:
    """Let garbage be collected rarely in this process, which makes hardly any cycles.

    The collector runs by the number of new objects, and findings are many and live long: with its
    usual thresholds it takes up to a third of the time of a large run.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def prepare_worker() -> None:
    """Make a new process ready: rules that print do not reach the output, and have a limit of time."""
    spare_the_collector()
    sys.stdout = sys.stderr
    start_ticking()


@contextmanager
def without_working_folder() -> Iterator[None]:
    """Keep new interpreters from looking for modules in the working folder, which may be the linted one."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


class WorkersDiedError(Exception):
    """Worker processes died again and again without finishing a shard."""


class Executor(Protocol):
    """Runs a pure function over items and yields the results in the order of the items."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]: ...


class InProcess:
    """One item after the other, here."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        return map(function, items)


class Processes:
    """Several worker processes. When one is killed, what was not finished is run again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        from concurrent.futures.process import BrokenProcessPool

        ahead = iter(items)
        begun: deque[A] = deque()
        """The items that were taken and whose results have not been yielded."""
        done = deaths = 0
        while True:
            try:
                for result in self._run(function, begun, ahead):
                    begun.popleft()
                    done, deaths = done + 1, 0
                    yield result
            except BrokenProcessPool as error:
                deaths += 1
                if deaths == DEATHS:
                    raise WorkersDiedError(
                        f"worker processes died {DEATHS} times (killed, or out of memory) before "
                        f"finishing part {done + 1}; try --jobs 1"
                    ) from error
            else:
                return

    def _run(self, function: Callable[[A], B], begun: deque[A], ahead: Iterator[A]) -> Iterator[B]:
        """The results of what is begun, then of what is ahead, which is begun on the way."""
        import multiprocessing
        from concurrent.futures import Future, ProcessPoolExecutor

        # "spawn" alone is sound in a process that has threads, as one with a progress bar has.
        context = multiprocessing.get_context("spawn")
        with (
            without_working_folder(),
            ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=prepare_worker
            ) as pool,
        ):
            waiting: deque[Future[B]] = deque(pool.submit(function, item) for item in begun)
            try:
                # Only a few shards are under way at once, so that memory does not grow with the input.
                for item in ahead:
                    begun.append(item)
                    waiting.append(pool.submit(function, item))
                    if len(waiting) > 2 * self.workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()


def executor_for(jobs: int) -> Executor:
    """The executor for a number of processes."""
    return InProcess() if jobs == 1 else Processes(jobs)
