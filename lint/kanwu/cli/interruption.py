"""Ctrl-C and SIGTERM: both end a run in order, and once it is ending neither disturbs that."""

from __future__ import annotations

import signal
import threading
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PAUSE = 2.0
"""Seconds within which a further signal says nothing new: a terminal and a shell often send one each."""


class Terminated(KeyboardInterrupt):
    """The process was asked to end by SIGTERM, as init systems, containers and `timeout` do."""


def status_of(interrupt: KeyboardInterrupt) -> int:
    """The exit status that says which signal ended a run. What comes after it is not disturbed any more."""
    for number in SIGNALS:
        if isinstance(signal.getsignal(number), Interrupting):
            signal.signal(number, signal.SIG_IGN)
    return 128 + (signal.SIGTERM if isinstance(interrupt, Terminated) else signal.SIGINT)


class Interrupting:
    """The handler of both signals."""

    def __init__(self) -> None:
        self._last = -PAUSE

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        now = monotonic()
        if now - self._last >= PAUSE:
            self._last = now
            raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


def end_in_order() -> None:
    """From here on both signals raise KeyboardInterrupt in the main thread; what was ignored stays so."""
    if threading.current_thread() is not threading.main_thread():
        return
    handler = Interrupting()
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
