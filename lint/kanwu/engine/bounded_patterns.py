"""Regular expressions of users, each search with a limit of time.

A pattern may be written so that a single line keeps it busy for years, and nobody sees it from the
pattern. With the package `regex` a search can be given up, which the standard library cannot.
"""

from __future__ import annotations

import re
import threading
import time
import warnings

from kanwu.analysis.folding import NARROW
from kanwu.engine.internal import PatternTimeoutError

SECONDS = 0.1
"""CPU time that one search may take. What a sound pattern needs for a line is ten thousand times less."""
QUICK = SECONDS / 100
"""A search that takes longer counts as slow."""
SECONDS_OF_SLOW = 1.0
"""CPU time that all slow searches in a document may take, those of one rule together."""

WIDE = re.compile(
    rf"\\? [{re.escape(''.join(map(chr, sorted(NARROW.keys() - {0x9}))))}] | \\.",
    re.VERBOSE | re.DOTALL,
)


class _Account(threading.local):
    """What the slow searches of a rule may still take in the document that it looks at."""

    left = SECONDS_OF_SLOW


_account = _Account()


def next_document() -> None:
    """A rule begins with a document, so that its slow searches count from nothing again."""
    _account.left = SECONDS_OF_SLOW


class BoundedPattern:
    """A regular expression for folded lines (`kanwu.analysis.folding.folded_line`).

    It is searched in any letter case, and full-width forms in it stand for the narrow ones: a folded
    line has no others. Raises ValueError for what is no regular expression.
    """

    def __init__(self, source: str) -> None:
        import regex  # only where somebody declares a pattern

        self.source = source
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._compiled = regex.compile(WIDE.sub(_narrow, source), regex.IGNORECASE)
        except (regex.error, OverflowError, RecursionError) as error:
            raise ValueError(str(error) or type(error).__name__) from None

    def search(self, text: str) -> object:
        """The first match in a folded line, or None. Raises PatternTimeoutError."""
        try:
            # Looking at the clock around each search would take as long as most searches do.
            return self._compiled.search(text, timeout=QUICK)
        except TimeoutError:
            return self._slow_search(text)

    def _slow_search(self, text: str) -> object:
        if _account.left <= 0:
            raise PatternTimeoutError(self.source, text, SECONDS_OF_SLOW)
        start = time.process_time()
        try:
            return self._compiled.search(text, timeout=SECONDS)
        except TimeoutError:
            raise PatternTimeoutError(self.source, text, SECONDS) from None
        finally:
            _account.left -= time.process_time() - start


def _narrow(found: re.Match[str]) -> str:
    """A full-width character, escaped or not, as a pattern writes the narrow one."""
    wide = found[0].removeprefix("\\")
    narrow = wide.translate(NARROW)
    if narrow == wide:
        return found[0]
    return narrow if narrow.isalnum() or narrow == " " else f"\\{narrow}"
