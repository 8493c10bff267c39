"""Measures the comparison of figures among documents recombined from the paragraphs of texts.

    python bench/figures_across.py FOLDER [--documents 5000 20000] [--indexed 10000] [--seed 1]

FOLDER holds texts (or is a .jsonl or .jsonl.gz file of them, see bench/corpora.py). A document is made
of eight paragraphs drawn at random; every tenth holds six of another's, with one digit of a figure of
three digits or more changed. Prints a Markdown table for each number of documents: what was found of
the changed figures, and the time and the memory of the whole command, with the two rules that compare
figures and, for what documents alone take, with a rule that only reads them. Then an index of a corpus is
built, one document is changed, and checked against the others.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from measuring import KANWU, Cost, run
from near_duplicates import paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAGRAPHS, SHARED, EVERY = 8, 6, 10
FIGURE = re.compile(r"(?<![0-9.])[1-9][0-9]{2,4}(?![0-9年.])")
RULES = "FIG001,FIG013"
READING = "impossible-date"


def changed(paragraphs: Sequence[str], random: Random) -> list[str] | None:
    """The paragraphs with one digit of one figure changed; None where there is no figure."""
    figures = [(row, m) for row, text in enumerate(paragraphs) for m in FIGURE.finditer(text)]
    if not figures:
        return None
    row, match = random.choice(figures)
    at = match.start() + 1
    digit = str((int(paragraphs[row][at]) + random.randrange(1, 9)) % 10)
    return [
        text if number != row else text[:at] + digit + text[at + 1 :]
        for number, text in enumerate(paragraphs)
    ]


def make(pool: Sequence[str], folder: Path, documents: int, random: Random) -> set[frozenset[str]]:
    """Write the documents; the pairs of which a figure differs."""
    made: list[list[str]] = []
    planted: list[tuple[int, int]] = []
    while len(made) < documents:
        drawn = random.sample(pool, PARAGRAPHS)
        if len(made) % EVERY == EVERY - 1:
            of = random.randrange(len(made))
            other = changed(made[of][:SHARED], random)
            if other is not None:
                planted.append((of, len(made)))
                drawn[:SHARED] = other
        made.append(drawn)
    paths = [folder / f"{number // 1000:03}" / f"{number:06}.txt" for number in range(documents)]
    for path, paragraphs in zip(paths, made, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("\n\n".join([*paragraphs, ""]).encode())
    return {frozenset((str(paths[one]), str(paths[other]))) for one, other in planted}


def check(*arguments: str) -> Cost:
    """The cost of a command that must not fail."""
    cost = run((KANWU, *arguments))
    if cost.status not in {0, 1}:
        sys.exit(f"kanwu {' '.join(arguments)} ended with status {cost.status}")
    return cost


def measure(pool: Sequence[str], documents: int, seed: int) -> list[str]:
    """A row of the table."""
    alone = ("check", "--isolated", "--no-cache", "--jobs", "1", "--output-format", "jsonl")
    with tempfile.TemporaryDirectory() as name:
        planted = make(pool, Path(name), documents, Random(seed))
        cost = check(*alone, "--select", RULES, name)
        reading = check(*alone, "--select", READING, name)
    told = [
        {item["path"], *(other["path"] for other in item["related"])}
        for item in map(json.loads, cost.output.splitlines())
    ]
    found = sum(any(pair <= paths for paths in told) for pair in planted)
    return [
        f"{documents:,}",
        f"{found / len(planted):.3f}",
        f"{len(told):,}",
        f"{cost.cpu:.1f}",
        f"{1000 * cost.cpu / documents:.2f}",
        f"{cost.peak:.0f}",
        f"{cost.peak - reading.peak:.0f}",
    ]


def measure_index(pool: Sequence[str], documents: int, seed: int) -> str:
    """What one changed document takes that is checked against an index of many."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(pool, folder / "articles", documents, Random(seed))
        rules = RULES.split(",")
        config = f'corpus = ["articles/"]\nselect = {json.dumps(rules)}\n'
        (folder / "kanwu.toml").write_text(config, encoding="utf-8")
        one = folder / "articles" / "000" / "000000.txt"
        # The corpus is that of the folder in which the command runs.
        with contextlib.chdir(folder):
            built = check("index")
            one.write_bytes(one.read_bytes() + "又建成1250座桥梁。\n".encode())
            first = check("check", str(one))
            again = min(check("check", str(one)).wall for _ in range(3))
            bare = check("check", "--isolated", "--no-cache", "--select", RULES, str(one))
    return (
        f"Index of {documents:,} documents: {built.wall:.1f} s. One changed document: "
        f"{first.wall:.2f} s, again {again:.2f} s; without an index, alone, {bare.wall:.2f} s."
    )


def main() -> None:
    """Measure each number of documents, and print a table."""
    parser = argparse.ArgumentParser(description="Measure the comparison of figures.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--documents", type=int, nargs="*", default=[5000, 20000])
    parser.add_argument("--indexed", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pool = paragraphs_of(given.source)
    head = ("documents", "found", "findings", "CPU s", "ms per document", "peak MiB", "MiB beyond")
    print(f"{len(pool):,} paragraphs, seed {given.seed}.\n")
    print(f"| {' | '.join(head)} |\n|{' ---: |' * len(head)}")
    for documents in given.documents:
        print(f"| {' | '.join(measure(pool, documents, given.seed))} |", flush=True)
    if given.indexed:
        print(measure_index(pool, given.indexed, given.seed))


if __name__ == "__main__":
    main()
