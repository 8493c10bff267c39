"""Worker processes, each with one item at a time, so that it is known what each died at.

A thread of the main process looks after each worker: it hands over an item, waits for the result,
and starts another worker when that one has died. A worker ends when the main process does, however
that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing import resource_tracker
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from kanwu.session.executors.choosing import prepare_worker, without_working_folder
from kanwu.session.executors.deaths import WorkerDiedError, WorkersDiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

A = TypeVar("A")
B = TypeVar("B")

STARTS = 3
"""So many times in a row may a worker die before it is ready to work."""


class Workers(Generic[A, B]):
    """Processes that apply a function to items. Without `seconds` they may take any time."""

    def __init__(
        self,
        number: int,
        function: Callable[[A], B],
        seconds: Callable[[A], float] | None = None,
    ) -> None:
        self._function = function
        self._seconds = seconds
        self._items: SimpleQueue[tuple[A, Future[B]] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._look_after_one, daemon=True) for _ in range(number)
        ]
        self._lock = threading.Lock()
        """Held while a worker is started, so that none is once all are to end."""
        self._processes: set[SpawnProcess] = set()
        self._ended = False

    def submit(self, item: A) -> Future[B]:
        """Begin the work on an item as soon as a worker is free."""
        future: Future[B] = Future()
        self._items.put((item, future))
        return future

    def __enter__(self) -> Self:
        """Raises WorkersDiedError."""
        # What is started beside the first worker of a process would let Ctrl-C through to that worker.
        with told_where_unstartable(), without_working_folder():
            resource_tracker.ensure_running()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers at once, whatever they are doing."""
        with self._lock:
            self._ended = True
            for process in self._processes:
                process.kill()
        for _ in self._threads:
            self._items.put(None)
        for thread in self._threads:
            thread.join()

    def _look_after_one(self) -> None:
        """Hand items to one worker after the other, until all are to end."""
        if hasattr(signal, "pthread_sigmask"):
            # Ctrl-C goes to all processes of a terminal, and the main one ends the others: those that this
            # thread starts begin with it blocked.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        worker: _Worker | None = None
        while (given := self._items.get()) is not None and not self._ended:
            item, future = given
            try:
                worker = worker or self._started()
                future.set_result(worker.result(item, self._seconds and self._seconds(item)))
            except WorkerDiedError as error:
                self._forget(worker)
                worker = None
                future.set_exception(error)
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
                future.set_exception(error)
        self._forget(worker)

    def _started(self) -> _Worker:
        """A new worker that is ready to work. Raises WorkersDiedError."""
        for _ in range(STARTS):
            with self._lock:
                if self._ended:
                    break
                with told_where_unstartable():
                    worker = _Worker(self._function)
                self._processes.add(worker.process)
            try:
                worker.wait_until_ready()
            except WorkerDiedError as error:
                self._forget(worker)
                last = error
            else:
                return worker
        else:
            raise WorkersDiedError(
                f"worker processes died {STARTS} times before they were ready ({last}); try --jobs 1"
            ) from last
        raise WorkersDiedError("the run was ended")

    def _forget(self, worker: _Worker | None) -> None:
        if worker is not None:
            worker.end()
            with self._lock:
                self._processes.discard(worker.process)


@contextmanager
def told_where_unstartable() -> Iterator[None]:
    """Say what it means that no process can be started: too many are there, or files, or too little memory."""
    try:
        yield
    except OSError as error:
        raise WorkersDiedError(
            f"worker processes cannot be started ({error.strerror or error}); try --jobs 1"
        ) from error


class _Worker:
    """One process with the connection to it."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        # "spawn" alone is sound in a process that has threads.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, function), daemon=True)
        with without_working_folder():
            self.process.start()
        # The other end is open in the worker alone: its death is the end of what can be read here.
        theirs.close()

    def wait_until_ready(self) -> None:
        """Raises WorkerDiedError."""
        try:
            self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerDiedError(self._how()) from error

    def result(self, item: object, seconds: float | None) -> Any:
        """What the worker makes of an item. Raises WorkerDiedError, and what the function raised."""
        given = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        try:
            self._connection.send_bytes(given)
            if not self._connection.poll(seconds):
                self.process.kill()
                raise WorkerDiedError(f"no end within {seconds:.0f} s", overdue=seconds)
            came = self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerDiedError(self._how()) from error
        well, value = pickle.loads(came)  # noqa: S301 - from a process of this run
        if well:
            return value
        raise value

    def _how(self) -> str:
        """How the process died."""
        self.process.join()
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def end(self) -> None:
        """End the process, if it has not ended."""
        self.process.kill()
        self.process.join()
        self._connection.close()


def serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    """What a worker does: items come, results go, until the main process is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    prepare_worker()
    connection.send_bytes(b"")
    while True:
        try:
            given = connection.recv_bytes()
        except (EOFError, OSError):
            return
        came = _answer(function, given)
        try:
            connection.send_bytes(came)
        except OSError:
            return


def _answer(function: Callable[[Any], Any], given: bytes) -> bytes:
    """What the function makes of an item, or what it raised, as bytes."""
    try:
        return pickle.dumps((True, function(pickle.loads(given))), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except Exception as error:  # noqa: BLE001 - it is raised in the main process
        error.add_note(traceback.format_exc())
        try:
            answer = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
            pickle.loads(answer)  # noqa: S301
        except Exception:  # noqa: BLE001 - some exceptions do not survive it
            error = RuntimeError("".join(traceback.format_exception(error)))
            return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        return answer


def end_with_parent() -> None:
    """End this process when its parent is no more, whatever it is doing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
