"""Measures how many near copies are found among documents recombined from the paragraphs of texts.

    python bench/near_duplicates.py FOLDER [--documents 5000 10000 20000] [--seed 1]

FOLDER holds texts (or is a .jsonl or .jsonl.gz file of them, see bench/corpora.py). A document is made
of eight paragraphs drawn at random. Of every ten documents one is a copy of another: 60, 80, 90 or 95
of a hundred of its characters are kept, sentence by sentence, and the others stand in their places
with sentences of other texts. Prints a Markdown table for each number of documents: what was found of
the copies, how many of the pairs that were reported are copies, and the time and the memory of the
whole command. A pair with 60 % counts neither for nor against.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from corpora import texts
from measuring import KANWU, run

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = (60, 80, 90, 95)
SOUGHT = 80
PARAGRAPHS = 8
LEAST, MOST = 60, 600
"""Code points of a paragraph that is drawn."""
EVERY = 10
SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’」』）)]*")
COMMAND = (KANWU, "check", "--isolated", "--no-cache", "--jobs", "1", "--select", "DUP002")

Pair = frozenset[str]


class Found(NamedTuple):
    """What came of a number of documents."""

    documents: int
    megabytes: float
    cpu: float
    peak: float
    recall: dict[int, float]
    precision: float
    reported: int


def paragraphs_of(source: Path) -> list[str]:
    """The paragraphs of some texts that are neither short nor very long, each once."""
    lines = (line.strip() for text in texts(source) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if LEAST <= len(line) <= MOST))


def copied(paragraphs: Sequence[str], pool: Sequence[str], level: int, random: Random) -> list[str]:
    """Paragraphs of which so many of a hundred characters are kept."""
    parts = [SENTENCE.findall(paragraph) for paragraph in paragraphs]
    places = [(row, at) for row, part in enumerate(parts) for at in range(len(part))]
    random.shuffle(places)
    left = sum(map(len, paragraphs)) * (100 - level) // 100
    for row, at in places:
        size = len(parts[row][at])
        if left < size / 2:
            continue
        parts[row][at] = (random.choice(pool) + random.choice(pool))[:size]
        left -= size
    return ["".join(part) for part in parts]


def make(
    pool: Sequence[str], folder: Path, documents: int, random: Random
) -> tuple[dict[Pair, int], int]:
    """Write the documents; the planted pairs with their levels, and the bytes written."""
    made: list[list[str]] = []
    planted: list[tuple[int, int, int]] = []
    while len(made) < documents:
        if len(made) % EVERY == EVERY - 1:
            level = LEVELS[len(planted) % len(LEVELS)]
            # Of the documents since the last copy, so that no two are copies of one.
            of = random.randrange(len(made) - EVERY + 1, len(made))
            planted.append((of, len(made), level))
            made.append(copied(made[of], pool, level, random))
        else:
            made.append(random.sample(pool, PARAGRAPHS))
    numbers = list(range(documents))
    random.shuffle(numbers)
    paths = [folder / f"{number // 1000:03}" / f"{number:06}.txt" for number in numbers]
    written = 0
    for path, paragraphs in zip(paths, made, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        written += path.write_bytes("\n\n".join([*paragraphs, ""]).encode())
    pairs = {frozenset((str(paths[of]), str(paths[copy]))): level for of, copy, level in planted}
    return pairs, written


def measure(pool: Sequence[str], documents: int, seed: int) -> Found:
    """Make documents, have them compared, and count."""
    with tempfile.TemporaryDirectory() as name:
        planted, written = make(pool, Path(name), documents, Random(seed))
        cost = run((*COMMAND, "--output-format", "jsonl", name))
    if cost.status not in {0, 1}:
        sys.exit(f"kanwu check ended with status {cost.status}")
    reported = set()
    for finding in map(json.loads, cost.output.splitlines()):
        own = finding["path"]
        reported |= {frozenset((own, r["path"])) for r in finding["related"] if r["path"] != own}
    by_level = Counter(planted.values())
    found = Counter(planted[pair] for pair in reported if pair in planted)
    judged = [pair for pair in reported if planted.get(pair, SOUGHT) >= SOUGHT]
    right = sum(pair in planted for pair in judged)
    return Found(
        documents,
        written / 1e6,
        cost.cpu,
        cost.peak,
        {level: found[level] / by_level[level] for level in LEVELS},
        right / len(judged) if judged else 1.0,
        len(reported),
    )


def main() -> None:
    """Measure each number of documents, and print a table."""
    parser = argparse.ArgumentParser(description="Measure the search for near copies.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[5000, 10000, 20000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pool = paragraphs_of(given.source)
    levels = [f"found at {level} %" for level in LEVELS]
    head = ("documents", "MB", *levels, "precision", "CPU s", "ms per document", "peak MiB")
    print(f"{len(pool):,} paragraphs, seed {given.seed}.\n")
    print(f"| {' | '.join(head)} |\n|{' ---: |' * len(head)}")
    for documents in given.documents:
        found = measure(pool, documents, given.seed)
        row = (
            f"{documents:,}",
            f"{found.megabytes:.0f}",
            *(f"{found.recall[level]:.3f}" for level in LEVELS),
            f"{found.precision:.3f}",
            f"{found.cpu:.1f}",
            f"{1000 * found.cpu / documents:.2f}",
            f"{found.peak:.0f}",
        )
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
