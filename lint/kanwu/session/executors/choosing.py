"""Executors: run a function over shards, in this process or in several, results in order."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from kanwu.session.executors.deaths import finished

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from kanwu.session.executors.deaths import Rescue
    from kanwu.session.executors.on_ray import Cluster

A = TypeVar("A")
B = TypeVar("B")

SAFE_PATH = "PYTHONSAFEPATH"


def spare_the_collector() -> None:
    """Let garbage be collected rarely in this process, which makes hardly any cycles.

    The collector runs by the number of new objects, and findings are many and live long: with its
    usual thresholds it takes up to a third of the time of a large run.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def prepare_worker() -> None:
    """Make a new process ready: rules that print do not reach the output, and have a limit of time."""
    from kanwu.engine.time_limits import start_ticking

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


class Executor(Protocol):
    """Runs a pure function over items and yields the results in the order of the items."""

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        rescue: Rescue[A, B] | None = None,
    ) -> Generator[B]:
        """`rescue` says what is done with an item at which workers die; see `kanwu.session.executors.deaths`.

        Closing the generator ends whatever is under way.
        """


class InProcess:
    """One item after the other, here: what kills the process ends the run."""

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        rescue: Rescue[A, B] | None = None,  # noqa: ARG002 - nobody would be there to do it
    ) -> Generator[B]:
        yield from map(function, items)


class Processes:
    """Several worker processes. When one is killed, what it had under way is run again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        rescue: Rescue[A, B] | None = None,
    ) -> Generator[B]:
        from kanwu.session.executors.workers import Workers

        with Workers(self.workers, function, rescue.seconds if rescue else None) as workers:
            yield from finished(items, workers.submit, rescue, ahead=2 * self.workers)


def executor_for(jobs: int, cluster: Cluster | None = None) -> Executor:
    """The executor for a number of processes, or for a cluster. Raises ClusterError."""
    if cluster is not None:
        from kanwu.session.executors.on_ray import OnRay

        return OnRay(cluster)
    return InProcess() if jobs == 1 else Processes(jobs)
