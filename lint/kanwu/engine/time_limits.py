"""A limit of time for every call of a rule, and for all rules on a document, so that none keeps a run for ever.

Where a system has interval timers (all but Windows), a tick each second interrupts even a regular
expression that tries without end. Ticks are counted, and not the clock looked at: a process that was
halted goes on where it was, and a call costs the setting of a number.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SECONDS = 10
"""What a rule may take for a small document: some hundred thousand times what a built-in one takes."""
CODE_POINTS_A_SECOND = 100_000
"""For so much text it may take a second more."""
DOCUMENT_SECONDS = 60
"""What all rules together may take for a small document, some ten thousand times what they take."""
DOCUMENT_CODE_POINTS_A_SECOND = 10_000
"""For so much text they may take a second more."""
RECORDS_A_SECOND = 1_000
"""For so many records that it compares it may take a second more."""


class RuleTimeoutError(BaseException):
    """A rule did not come to an end. No Exception: a rule that catches those shall not catch this."""


class DocumentTimeoutError(BaseException):
    """All rules together took too long for a document."""


class Watch:
    """How long the rule that is at work may still take, in ticks."""

    def __init__(self) -> None:
        self.left: int | None = None
        """None while no rule is at work."""
        self.left_in_all: int | None = None
        """What all rules may still take for the document; None while they compare documents."""

    def tick(self, _signal: int, _frame: FrameType | None) -> None:
        """A second has passed."""
        if self.left is not None:
            self.left -= 1
            if self.left_in_all is not None:
                self.left_in_all -= 1
                if self.left_in_all <= 0:
                    raise DocumentTimeoutError
            if self.left <= 0:
                raise RuleTimeoutError


watch = Watch()
"""The one of this process: a process runs one rule at a time where it is timed."""


def seconds_for(size: int, a_second: int = CODE_POINTS_A_SECOND) -> int:
    """How long a rule may take for a text of some code points, or for some records."""
    return SECONDS + size // a_second


def seconds_in_all(size: int) -> int:
    """How long all rules together may take for a text of some code points."""
    return DOCUMENT_SECONDS + size // DOCUMENT_CODE_POINTS_A_SECOND


def start_ticking() -> bool:
    """Let the ticks begin, and say whether they do: only in a main thread, on systems that have them."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return False
    signal.signal(signal.SIGALRM, watch.tick)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    return True


@contextmanager
def limited() -> Iterator[None]:
    """Within this no rule takes longer than it may."""
    ticking = start_ticking()
    try:
        yield
    finally:
        watch.left = None
        if ticking:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
