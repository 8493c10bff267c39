"""Running a command and measuring what it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KANWU = str(Path(sys.executable).parent / "kanwu")
BARE_PYTHON = (sys.executable, "-I", "-c", "pass")


class Cost(NamedTuple):
    """What a process took. Times are seconds, memory is MiB."""

    wall: float
    cpu: float
    peak: float
    status: int
    output: bytes


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end; its errors go where this process's go.

    The peak counts what this process held when it started the command, so it should hold little.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, usage.ru_maxrss / unit, process.returncode, output)


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
