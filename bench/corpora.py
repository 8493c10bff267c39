"""Makes a corpus of a given size out of texts that are at hand.

    python bench/corpora.py SOURCE FOLDER [--megabytes 20] [--files 4000]

SOURCE is a folder with .txt and .md files, or a .jsonl or .jsonl.gz file whose rows have "text", or
"paragraphs" and perhaps "title". A text is one file: several in one are a defect, for which a rule
looks. Texts are left out that are less than half as large as the files shall be, and taken again from
the beginning when they do not suffice. FOLDER gets one folder a megabyte, so that smaller corpora are
its first folders.
"""

from __future__ import annotations

import argparse
import gzip
import json
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def texts(source: Path) -> Iterator[str]:
    """The texts of a folder or of the rows of a file."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.suffix in {".txt", ".md"}:
                yield path.read_text(encoding="utf-8", errors="surrogateescape")
        return
    with gzip.open(source, "rt") if source.suffix == ".gz" else source.open() as rows:
        for row in map(json.loads, rows):
            yield row["text"] if "text" in row else "\n\n".join(paragraphs(row))


def paragraphs(row: dict[str, list[str]]) -> list[str]:
    """The paragraphs of a row, its title among them."""
    return [*filter(None, [row.get("title")]), *row["paragraphs"]]


def make(source: Path, folder: Path, megabytes: int, count: int) -> None:
    """Write the corpus."""
    least = megabytes * 1_000_000 // count // 2
    each = (text.encode("utf-8", "surrogateescape") for text in cycle(texts(source)))
    written = number = 0
    for data in each:
        if len(data) < least:
            continue
        if written >= megabytes * 1_000_000:
            break
        part = folder / f"{written // 1_000_000:02}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"{number:05}.txt").write_bytes(data + b"\n")
        written += len(data) + 1
        number += 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a corpus out of texts.")
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--files", type=int, default=4000)
    given = parser.parse_args()
    make(given.source, given.folder, given.megabytes, given.files)
