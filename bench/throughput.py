"""Measures kanwu over rows recombined from real paragraphs, all in one run, as Markdown.

    python bench/throughput.py SOURCE [--megabytes 50 200] [--rounds 3] [--write docs/throughput.md]
    python bench/throughput.py SOURCE --megabytes 2 5 --rounds 1                     # in a minute

SOURCE is a folder with texts, or a .jsonl or .jsonl.gz file of them (see bench/corpora.py). Needs the
extra `bench`. Whoever is measured takes turns, over rows of each of the sizes; times are medians. The
profile by rule is that of the first size.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import KANWU, run, watched
from recombine import make
from speed import machine, script, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

QUIET = ("--quiet", "--isolated", "--exit-zero")
CHECK = (KANWU, "check", *QUIET, "--no-cache", "--output-format", "jsonl", "--jobs")
CLEAN = (KANWU, "clean", *QUIET, "--jobs")

AUTOCORRECT, ONE, TWO = "autocorrect-py `lint_for`", "check, one process", "check, two processes"
CLEANED = "clean, one process"


class Taken(NamedTuple):
    """What one run took."""

    wall: float
    cpu: float
    peak: float
    """MiB of all processes together, pages that they share counted once."""
    findings: int


def contestants() -> dict[str, Sequence[str]]:
    """Commands, to which the file with the rows is added."""
    commands: dict[str, Sequence[str]] = {
        AUTOCORRECT: script("contestants.py", "autocorrect"),
        ONE: (*CHECK, "1"),
        TWO: (*CHECK, "2"),
        CLEANED: (*CLEAN, "1"),
        "clean, two processes": (*CLEAN, "2"),
    }
    if find_spec("ray") is not None and b"--executor" in run((KANWU, "check", "--help")).output:
        commands["check, Ray, two processes"] = (*CHECK, "2", "--executor", "ray")
    return commands


def installed(folder: Path) -> dict[str, str]:
    """An environment in which modules are compiled once, as those of an installed program are."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def measured(name: str, command: Sequence[str], file: Path, folder: Path) -> Taken:
    """Run one contestant over a file of rows."""
    target = folder / "clean"
    if command[1] == "clean":
        command = (*command, "--output", str(target))
    cost, peak = watched((*command, str(file)), installed(folder))
    shutil.rmtree(target, ignore_errors=True)
    if cost.status:
        sys.exit(f"{name} ended with status {cost.status}")
    if name == AUTOCORRECT:
        findings = json.loads(cost.output)["findings"]
    else:
        findings = cost.output.count(b"\n")
    return Taken(cost.wall, cost.cpu, peak, findings)


def middle(several: Iterable[Taken]) -> Taken:
    """The median of each number, and the largest peak."""
    walls, cpus, peaks, findings = zip(*several, strict=True)
    return Taken(statistics.median(walls), statistics.median(cpus), max(peaks), max(findings))


class Rows(NamedTuple):
    """A file of rows and its size."""

    file: Path
    documents: int

    @property
    def megabytes(self) -> float:
        return self.file.stat().st_size / 1e6


def contest_table(results: Mapping[str, Taken], rows: Rows) -> str:
    """Everybody over the same rows."""
    other, one = results[AUTOCORRECT], results[ONE]
    size = rows.megabytes
    return table(
        (
            "",
            "wall s",
            "CPU s",
            "MB/s",
            "documents/s",
            "CPU, of autocorrect",
            "wall, of one process",
            "peak MiB",
            "findings",
        ),
        (
            (
                name,
                f"{taken.wall:.1f}",
                f"{taken.cpu:.1f}",
                f"{size / taken.wall:.2f}",
                f"{rows.documents / taken.wall:,.0f}",
                f"{other.cpu / taken.cpu:.2f}",
                f"{one.wall / taken.wall:.2f}",
                f"{taken.peak:.0f}",
                f"{taken.findings:,}" if taken.findings else "",
            )
            for name, taken in results.items()
        ),
    )


def growth_table(results: Mapping[str, Sequence[Taken]], sizes: Sequence[Rows]) -> str:
    """What a megabyte costs, and the memory, by the size of the input."""
    heads = [f"{rows.megabytes:.0f} MB" for rows in sizes]
    return table(
        ("", *(f"{h}: CPU ms per MB" for h in heads), *(f"{h}: peak MiB" for h in heads)),
        (
            (
                name,
                *(
                    f"{1000 * taken.cpu / rows.megabytes:.0f}"
                    for taken, rows in zip(several, sizes, strict=True)
                ),
                *(f"{taken.peak:.0f}" for taken in several),
            )
            for name, several in results.items()
        ),
    )


def profile_tables(rows: Rows) -> str:
    """Where the time of one process goes."""
    cost = run(script("batch_costs.py", str(rows.file)), installed(rows.file.parent))
    if cost.status:
        sys.exit("batch_costs.py failed")
    said = json.loads(cost.output)
    parts, whole = said["parts"], said["seconds"]
    by_kind: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        by_kind[part["kind"]] += part["seconds"]
    kinds = {
        "rule": "calls of rules",
        "analysis": "analyses that rules share",
        "compare": "comparing between documents",
        "engine": "the engine: reading, scanning, writing",
        "rest": "the rest: findings looked at and sorted, records kept",
    }
    summary = table(
        ("", "CPU s", "of all"),
        (
            (kinds[kind], f"{seconds:.2f}", f"{seconds / whole:.0%}")
            for kind, seconds in sorted(by_kind.items(), key=lambda item: -item[1])
        ),
    )
    words = {"compare": " (comparing)", "analysis": " (analysis)"}
    details = table(
        ("", "CPU s", "of all", "µs per document", "calls", "µs per call", "yields"),
        (
            (
                (part["name"] or "the rest") + words.get(part["kind"], ""),
                f"{part['seconds']:.3f}",
                f"{part['seconds'] / whole:.1%}",
                f"{1e6 * part['seconds'] / rows.documents:.1f}",
                f"{part['calls']:,}" if part["calls"] else "",
                f"{1e6 * part['seconds'] / part['calls']:.0f}" if part["calls"] else "",
                f"{part['yields']:,}" if part["yields"] else "",
            )
            for part in parts
            if part["seconds"] >= 0.0005
        ),
    )
    return f"{summary}\n\n{details}"


PAGE = """\
# Throughput

<!-- made by bench/throughput.py -->

{machine}, {date}.

Rows of JSON lines recombined from real paragraphs, all rules that are on by default. Everybody reads the
same rows; they took turns, and times are medians of {rounds} rounds.
[bench/README.md](../bench/README.md) says how to repeat this.

{contests}

Peak memory is that of all processes together: the sum of their proportional shares (Pss), looked at ten
times a second. Findings are what each tool calls one: a defect for kanwu, a changed line for autocorrect.

## Growth

{growth}

## Where the time goes

One process over {profiled:.0f} MB, clocks around all parts. What a rule asks of a shared analysis counts for the
analysis.

{profile}
"""


def main() -> None:
    """Make the rows, measure, and print or write the page."""
    parser = argparse.ArgumentParser(description="Measure kanwu over rows.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[50, 200])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="where the page goes")
    given = parser.parse_args()
    commands = contestants()
    taken: defaultdict[tuple[str, int], list[Taken]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = []
        for megabytes in sorted(given.megabytes):
            file = folder / f"{megabytes:g}.jsonl"
            sizes.append(Rows(file, make(given.source, file, megabytes)))
        few = folder / "few.jsonl"
        make(given.source, few, 0.1)
        for who, command in commands.items():
            measured(who, command, few, folder)
        for _ in range(given.rounds):
            for at, rows in enumerate(sizes):
                for who, command in commands.items():
                    taken[who, at].append(measured(who, command, rows.file, folder))
        results = {who: [middle(taken[who, at]) for at in range(len(sizes))] for who in commands}
        contests = [
            f"## {rows.megabytes:.0f} MB, {rows.documents:,} documents\n\n"
            + contest_table({who: several[at] for who, several in results.items()}, rows)
            for at, rows in enumerate(sizes)
        ]
        page = PAGE.format(
            machine=machine(),
            date=datetime.now(UTC).date(),
            rounds=given.rounds,
            contests="\n\n".join(contests),
            growth=growth_table(results, sizes),
            profiled=sizes[0].megabytes,
            profile=profile_tables(sizes[0]),
        )
    if given.write:
        given.write.write_text(page, encoding="utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
