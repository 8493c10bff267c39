"""Running a command and measuring what it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

KANWU = str(Path(sys.executable).parent / "kanwu")
BARE_PYTHON = (sys.executable, "-I", "-c", "pass")
BETWEEN_LOOKS = 0.1
"""Seconds after which memory is looked at again."""


class Cost(NamedTuple):
    """What a process took. Times are seconds, memory is MiB."""

    wall: float
    cpu: float
    peak: float
    status: int
    output: bytes


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    started: Callable[[int], object] = lambda _: None,
) -> Cost:
    """Run a command to its end; its errors go where this process's go.

    The peak counts what this process held when it started the command, so it should hold little.
    `started` is told the number of the process.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    started(process.pid)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, usage.ru_maxrss / unit, process.returncode, output)


def watched(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> tuple[Cost, float]:
    """Run a command; what it took, and the MiB that it and all processes below it held at most.

    Where the system does not tell the memory of processes, it is that of the largest.
    """
    peak = 0
    ended = threading.Event()

    def watch(process: int) -> None:
        nonlocal peak
        while not ended.wait(BETWEEN_LOOKS):
            peak = max(peak, sum(map(share_of, tree_of(process))))

    threads: list[threading.Thread] = []

    def started(process: int) -> None:
        threads.append(threading.Thread(target=watch, args=(process,)))
        threads[0].start()

    try:
        cost = run(command, environment, started=started)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    return cost, peak / (1 << 10) or cost.peak


def tree_of(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from tree_of(int(child))


def share_of(process: int) -> int:
    """The KiB that a process holds, what it shares with others divided among them."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def take_turns(
    commands: Mapping[str, tuple[Sequence[str], Mapping[str, str] | None]], rounds: int
) -> dict[str, list[float]]:
    """The wall times of commands, round after round, after a first round that fills caches."""
    walls: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, (command, environment) in commands.items():
            cost = run(command, environment)
            if cost.status not in {0, 1}:
                sys.exit(f"{' '.join(command)} ended with status {cost.status}")
            if turn:
                walls[name].append(cost.wall)
    return walls
