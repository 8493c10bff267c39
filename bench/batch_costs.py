"""Prints where the time of `kanwu check` goes in one process, as JSON.

    python bench/batch_costs.py PATH... [--select WORDS] [--ignore WORDS]

The command itself runs, over everything at once; clocks stand around what its parts call. What a rule
asks of a shared analysis counts for the analysis, so that all parts together are the whole run, and
what no clock stands around (findings looked at and sorted, records kept) is the rest.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import Counter
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanwu.cli.main import kanwu
from kanwu.documents.document import Document
from kanwu.engine.batch_scanning import BatchScanner
from kanwu.engine.discovery import discover
from kanwu.reporters import machine
from kanwu.session import run, shards
from kanwu.session.executors import choosing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

OPTIONS = ("--quiet", "--isolated", "--no-cache", "--exit-zero", "--jobs", "1")

Part = tuple[str, str]
"""A kind and a name."""


class Clocks:
    """CPU seconds of nested parts: while an inner one runs, the outer one stands still."""

    def __init__(self) -> None:
        self.seconds: Counter[Part] = Counter()
        self.calls: Counter[Part] = Counter()
        self.yields: Counter[Part] = Counter()
        self._running: list[Part] = [("rest", "")]
        self._since = 0.0

    @contextmanager
    def at(self, part: Part) -> Iterator[None]:
        """What happens inside is this part's."""
        self._switch()
        self._running.append(part)
        try:
            yield
        finally:
            self._switch()
            self._running.pop()

    def _switch(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def start(self) -> None:
        """Count from now on."""
        self._since = time.process_time()

    def stop(self) -> None:
        """Count what has passed since the last part ended."""
        self._switch()

    def whole(self, part: Part, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function; what it yields, if that is what it does, is made before it returns."""

        @functools.wraps(function)
        def called(*arguments: Any, **named: Any) -> Any:
            with self.at(part):
                self.calls[part] += 1
                result = function(*arguments, **named)
                if result is not None and hasattr(result, "__next__"):
                    result = list(result)
                    self.yields[part] += len(result)
                return result

        return called

    def step_by_step(self, part: Part, function: Callable[..., Any]) -> Callable[..., Any]:
        """The generator function; only the time between two things that it yields is counted."""

        @functools.wraps(function)
        def called(*arguments: Any) -> Any:
            self.calls[part] += 1
            made = function(*arguments)
            while True:
                with self.at(part):
                    try:
                        one = next(made)
                    except StopIteration:
                        return
                self.yields[part] += 1
                yield one

        return called


def set_up(clocks: Clocks) -> None:
    """Put clocks around all parts of the command."""
    get = Document.get

    def timed_get(document: Document, analysis: Any) -> Any:
        known = document._analyses  # noqa: SLF001 - what is known already takes no time
        if analysis in known:
            return known[analysis]
        part = ("analysis", f"{analysis.__module__.rpartition('.')[2]}.{analysis.__name__}")
        with clocks.at(part):
            clocks.calls[part] += 1
            return get(document, analysis)

    Document.get = timed_get  # type: ignore[method-assign, assignment]
    for rule in discover():
        for half in ("check", "collect", "compare"):
            if half in vars(rule) or (half != "compare" and hasattr(rule, half)):
                kind = "compare" if half == "compare" else "rule"
                timed = clocks.whole((kind, f"{rule.code} {rule.name}"), getattr(rule, half))
                setattr(rule, half, timed)
    engine: Iterable[tuple[Any, str, str]] = (
        (BatchScanner, "_scan", "the scan for all rules"),
        (shards, "read", "reading rows and files"),
    )
    for owner, name, called in engine:
        setattr(owner, name, clocks.step_by_step(("engine", called), getattr(owner, name)))
    write = clocks.whole(("engine", "writing JSON lines"), machine.JsonLines.write)
    machine.JsonLines.write = write  # type: ignore[method-assign]
    run.corpus_findings = clocks.step_by_step(
        ("engine", "grouping records, findings between documents"), run.corpus_findings
    )


def main() -> None:
    """Run the command, then say what its parts took."""
    choosing.spare_the_collector()
    clocks = Clocks()
    set_up(clocks)
    started = time.process_time()
    clocks.start()
    with open("/dev/null", "w", encoding="utf-8") as nothing, redirect_stdout(nothing):
        try:
            kanwu(["check", *OPTIONS, "--output-format", "jsonl", *sys.argv[1:]])
        except SystemExit as end:
            status = end.code
    clocks.stop()
    if status:
        sys.exit(f"kanwu check ended with status {status}")
    parts = [
        {
            "kind": kind,
            "name": name,
            "seconds": seconds,
            "calls": clocks.calls[kind, name],
            "yields": clocks.yields[kind, name],
        }
        for (kind, name), seconds in clocks.seconds.most_common()
    ]
    bytes_read = sum(Path(p).stat().st_size for p in sys.argv[1:] if Path(p).is_file())
    print(
        json.dumps({"seconds": time.process_time() - started, "bytes": bytes_read, "parts": parts})
    )


if __name__ == "__main__":
    main()
