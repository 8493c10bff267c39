"""Makes JSON lines of a given size out of the paragraphs of texts.

    python bench/recombine.py SOURCE FILE [--megabytes 200] [--seed 8]

SOURCE is a folder with texts, or a .jsonl or .jsonl.gz file of them (see bench/corpora.py). A row has as
many paragraphs as one of the texts, all drawn at random out of some neighbouring texts, so that rows are
as long as the texts, no two are the same, and a row is of one kind and in one script where neighbours are.
A smaller file of the same seed is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
import json
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpora import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NEIGHBOURS = 50
"""So many texts that stand together give the paragraphs of a row."""


def recombined(source: Path, seed: int) -> Iterator[bytes]:
    """Rows without end."""
    made = [[line for line in text.split("\n") if line.strip()] for text in texts(source)]
    made = list(filter(None, made))
    groups = [made[start : start + NEIGHBOURS] for start in range(0, len(made), NEIGHBOURS)]
    pools = [[paragraph for paragraphs in group for paragraph in paragraphs] for group in groups]
    random = Random(seed)
    for number in count():
        group = random.randrange(len(groups))
        size = len(random.choice(groups[group]))
        row = {
            "id": f"d{number}",
            "source": f"texts {group * NEIGHBOURS + 1} to {group * NEIGHBOURS + len(groups[group])}",
            "text": "\n".join(random.choices(pools[group], k=size)),
        }
        line = json.dumps(row, ensure_ascii=False) + "\n"
        yield line.encode("utf-8", "backslashreplace")


def make(source: Path, file: Path, megabytes: float, seed: int = 8) -> int:
    """Write so many megabytes of rows, the last one whole. Returns how many rows there are."""
    rows = size = 0
    with file.open("wb") as out:
        for line in recombined(source, seed):
            if size >= megabytes * 1_000_000:
                break
            rows += 1
            size += out.write(line)
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make rows out of the paragraphs of texts.")
    parser.add_argument("source", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--seed", type=int, default=8)
    given = parser.parse_args()
    print(make(given.source, given.file, given.megabytes, given.seed))
