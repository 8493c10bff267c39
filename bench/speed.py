"""Measures kanwu beside other tools, all in one run, and prints the result as Markdown.

    python bench/speed.py SOURCE [--megabytes 20] [--files 4000] [--rounds 3] [--write docs/benchmarks.md]

SOURCE is a folder with texts, or a .jsonl or .jsonl.gz file of them (see bench/corpora.py). Needs the
extra `bench` (autocorrect-py and ftfy). Contestants take turns; times are the median of the
rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import BARE_PYTHON, KANWU, run, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).resolve().parent
CHECK = (KANWU, "check", "--quiet", "--isolated", "--no-cache", "--jobs", "1")
GROWTH = (1, 2, 5, 10, 20)
STARTS = 21

CONTESTANTS = {
    "read and decode": ("contestants.py", "read"),
    "kanwu check": None,
    "kanwu as a library": ("contestants.py", "kanwu"),
    "only its scan": ("contestants.py", "scan"),
    "autocorrect-py `lint_for`": ("contestants.py", "autocorrect"),
    "ftfy `fix_text`": ("contestants.py", "ftfy"),
}
REFERENCE = "autocorrect-py `lint_for`"


class Result(NamedTuple):
    """What a contestant took for a corpus."""

    cpu: float
    """Seconds of the whole process, user and system."""
    own: float | None
    """Seconds without imports, where the contestant says so."""
    peak: float
    findings: int


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """A command that runs a script of this folder."""
    return (sys.executable, str(HERE / name), *arguments)


def check(folders: Sequence[str]) -> Result:
    """The installed command over some folders, its findings printed."""
    cost = run((*CHECK, "--output-format", "jsonl", *folders))
    if cost.status not in {0, 1}:
        sys.exit(f"kanwu check ended with status {cost.status}")
    return Result(cost.cpu, None, cost.peak, cost.output.count(b"\n"))


def contest(folders: Sequence[str], rounds: int) -> dict[str, Result]:
    """Every contestant over the corpus, all of them taking turns."""
    results: dict[str, list[Result]] = {name: [] for name in CONTESTANTS}
    for _ in range(rounds):
        for name, command in CONTESTANTS.items():
            if command is None:
                results[name].append(check(folders))
                continue
            cost = run(script(*command, *folders))
            if cost.status:
                sys.exit(f"{name} ended with status {cost.status}")
            said = json.loads(cost.output)
            results[name].append(Result(cost.cpu, said["seconds"], cost.peak, said["findings"]))
    return {name: sorted(several)[len(several) // 2] for name, several in results.items()}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def contest_table(results: dict[str, Result], megabytes: float) -> str:
    """All contestants, with how many times as fast each is as reading and as another tool."""
    read, other = results["read and decode"].cpu, results[REFERENCE].cpu
    return table(
        (
            "",
            "CPU s",
            "MB per CPU s",
            "without imports",
            "of reading",
            "of autocorrect",
            "peak MiB",
            "findings",
            "findings per CPU s",
        ),
        (
            (
                name,
                f"{result.cpu:.2f}",
                f"{megabytes / result.cpu:.1f}",
                f"{megabytes / result.own:.1f}" if result.own else "",
                f"{read / result.cpu:.2f}",
                f"{other / result.cpu:.1f}",
                f"{result.peak:.0f}",
                f"{result.findings:,}",
                f"{result.findings / result.cpu:,.0f}",
            )
            for name, result in results.items()
        ),
    )


def growth_table(folders: Sequence[str], rounds: int) -> str:
    """The installed command over the first folders, each of one megabyte."""
    sizes = [size for size in GROWTH if size <= len(folders)]
    taken: dict[int, list[Result]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            taken[size].append(check(folders[:size]))
    rows = []
    for size in sizes:
        cpu = statistics.median(result.cpu for result in taken[size])
        peak = max(result.peak for result in taken[size])
        rows.append((f"{size} MB", f"{cpu:.2f}", f"{1000 * cpu / size:.0f}", f"{peak:.0f}"))
    return table(("", "CPU s", "ms per MB", "peak MiB"), rows)


def start_table(files: Sequence[str]) -> str:
    """What a user waits for when there is little to do."""
    walls = take_turns(
        {
            "bare Python": (BARE_PYTHON, None),
            "`kanwu --help`": ((KANWU, "--help"), None),
            "`kanwu check`, three files": ((*CHECK, *files), None),
        },
        STARTS,
    )
    return table(
        ("", "ms wall"),
        ((name, f"{1000 * statistics.median(times):.0f}") for name, times in walls.items()),
    )


def rule_table(folders: Sequence[str]) -> str:
    """The cost of every rule for a document of the corpus."""
    costs = json.loads(run(script("rule_costs.py", *folders)).output)
    documents = costs["documents"]
    rows = [("the scan for all rules", costs["scan"], documents, "")]
    rows += [
        (cost["rule"], cost["seconds"], cost["called"], f"{cost['found']:,}")
        for cost in sorted(costs["rules"], key=lambda cost: -cost["seconds"])
    ]
    return table(
        ("", "µs per document", "called on", "finds"),
        (
            (name, f"{1e6 * seconds / documents:.1f}", f"{called / documents:.1%}", found)
            for name, seconds, called, found in rows
        ),
    )


def machine() -> str:
    """The processor, the system and the Python that this runs on."""
    processor = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


PAGE = """\
# Benchmarks

<!-- made by bench/speed.py -->

{machine}, {date}.

A corpus of {megabytes:.1f} MB of UTF-8 in {files:,} files, one process, all rules that are on by default.
Every contestant reads and decodes the same files; they took turns, and the times are medians of {rounds}
rounds. [bench/README.md](../bench/README.md) says how to repeat this.

## Speed

CPU seconds are those of the whole process. "of reading" and "of autocorrect" say how many times as fast
as these two. Findings are what each tool calls one: a defect for kanwu, a changed line for autocorrect, a
changed text for ftfy.

{contest}

## Growth

{growth}

## Start-up

Medians of {starts} runs, taking turns.

{start}

## Rules

Each rule by itself, the patterns compiled; what rules share is counted for each of them.

{rules}
"""


def main() -> None:
    """Make the corpus, measure, and print or write the page."""
    parser = argparse.ArgumentParser(description="Measure kanwu beside other tools.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--files", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="where the page goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sizes = ("--megabytes", str(given.megabytes), "--files", str(given.files))
        # Not in this process: a process counts what its parent held among its own memory.
        if run(script("corpora.py", str(given.source), name, *sizes)).status:
            sys.exit(1)
        folders = sorted(str(path) for path in Path(name).iterdir())
        files = sorted(path for folder in folders for path in Path(folder).iterdir())
        megabytes = sum(path.stat().st_size for path in files) / 1e6
        page = PAGE.format(
            machine=machine(),
            date=datetime.now(UTC).date(),
            megabytes=megabytes,
            files=len(files),
            rounds=given.rounds,
            starts=STARTS,
            contest=contest_table(contest(folders, given.rounds), megabytes),
            growth=growth_table(folders, given.rounds),
            start=start_table([str(path) for path in files[:3]]),
            rules=rule_table(folders),
        )
    if given.write:
        given.write.write_text(page, encoding="utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
