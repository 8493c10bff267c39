"""Workers that die: what they had under way is done again, and the guilty piece of it is found.

The policy of every executor that has worker processes, on this machine or on others. An item at whose
work a worker died is done again; when that worker dies too it is done alone, since a neighbour may
have used up the memory; when it dies alone it is halved, and so on with its halves, until what cannot
be halved is set aside. Everything else is done as if nothing had happened.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

A = TypeVar("A")
B = TypeVar("B")
B_co = TypeVar("B_co", covariant=True)


class WorkerDiedError(Exception):
    """A worker died, or was ended, before it had finished an item. Its text says how: “signal 9”."""

    def __init__(self, how: str, *, overdue: float | None = None) -> None:
        """`overdue` are the seconds that it had, where it was ended because it came to no end in them."""
        super().__init__(how)
        self.overdue = overdue


class WorkersDiedError(Exception):
    """Workers died again and again, and no item is to blame."""


class Death(NamedTuple):
    """A worker that died, as the user is told of it."""

    item: Any
    error: WorkerDiedError
    then: Literal["again", "alone", "halved", "set aside"]
    """What becomes of the item."""


def in_silence(_: Death) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Rescue(Generic[A, B]):
    """What is done with an item at whose work workers die. All of it is called in the main process."""

    halve: Callable[[A], tuple[A, A] | None]
    """The item in two, whose results in this order stand for its own; None where it is one document."""
    set_aside: Callable[[A, WorkerDiedError], B]
    """The result of an item that is not to be touched any more."""
    seconds: Callable[[A], float]
    """How long the work on an item may take before its worker is ended."""
    tell: Callable[[Death], None] = in_silence
    """Called when an item is done again, when it begins to be halved, and when something is set aside."""


class Pending(Protocol[B_co]):
    """An item that is under way, as `concurrent.futures.Future` is one."""

    def result(self) -> B_co:
        """Wait for the result. Raises WorkerDiedError, and what the work raised; every time it is called."""


def finished(
    items: Iterable[A],
    submit: Callable[[A], Pending[B]],
    rescue: Rescue[A, B] | None,
    *,
    ahead: int,
) -> Iterator[B]:
    """The results of all items, in their order; one that had to be halved has several.

    `submit` begins the work on an item. So many items are `ahead` of the results that are taken, and
    no more, so that memory does not grow with the input. Without a `rescue` an item whose workers
    die ends all with WorkersDiedError.
    """
    under_way: deque[tuple[A, Pending[B]]] = deque()
    for item in items:
        under_way.append((item, submit(item)))
        if len(under_way) > ahead:
            yield from _first(under_way, submit, rescue)
    while under_way:
        yield from _first(under_way, submit, rescue)


def _first(
    under_way: deque[tuple[A, Pending[B]]],
    submit: Callable[[A], Pending[B]],
    rescue: Rescue[A, B] | None,
) -> Iterator[B]:
    """The result of the first item under way, or the results of its pieces."""
    item, pending = under_way.popleft()
    tell = rescue.tell if rescue else in_silence
    for then in ("again", "alone", "halved"):
        try:
            result = pending.result()
        except WorkerDiedError as error:
            death = error
        else:
            yield result
            return
        if then == "halved" or (rescue and death.overdue is not None):
            break
        if then == "alone":
            _wait_for(under_way)
        tell(Death(item, death, then))
        pending = submit(item)
    if rescue is None:
        raise WorkersDiedError(
            f"worker processes died again and again at one part of the input ({death}); try --jobs 1"
        ) from death
    _wait_for(under_way)
    tell(Death(item, death, "halved"))
    yield from _pieces(item, death, submit, rescue)


def _wait_for(under_way: Iterable[tuple[A, Pending[B]]]) -> None:
    """Wait until nothing is under way any more; what came of it is asked for later."""
    for _, pending in under_way:
        with suppress(Exception):  # it is raised again when its turn has come
            pending.result()


def _pieces(
    item: A, death: WorkerDiedError, submit: Callable[[A], Pending[B]], rescue: Rescue[A, B]
) -> Iterator[B]:
    """The results of the halves of an item at which a worker died alone; of one that has none, its own."""
    halves = rescue.halve(item)
    if halves is None:
        rescue.tell(Death(item, death, "set aside"))
        yield rescue.set_aside(item, death)
        return
    for half in halves:
        try:
            result = submit(half).result()
        except WorkerDiedError as error:
            yield from _pieces(half, error, submit, rescue)
        else:
            yield result
