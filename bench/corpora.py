"""Makes a corpus of a given size out of texts that are at hand.

    python bench/corpora.py SOURCE FOLDER [--megabytes 20] [--files 4000]

SOURCE is a folder with .txt and .md files, or a .jsonl or .jsonl.gz file whose rows have "text", or
"paragraphs" and perhaps "title". Texts are joined and cut at line ends so that all files are about as
large; they are taken again from the beginning when they do not suffice. FOLDER gets one folder a
megabyte, so that smaller corpora are its first folders.
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


def files(source: Path, size: int) -> Iterator[bytes]:
    """Files of about `size` bytes, without end, each of whole lines."""
    lines: list[bytes] = []
    length = 0
    for text in cycle(texts(source)):
        for line in f"{text}\n\n".encode("utf-8", "surrogateescape").splitlines(keepends=True):
            lines.append(line)
            length += len(line)
            if length >= size:
                yield b"".join(lines)
                # What is too much in one file is too little in the next.
                lines, length = [], length - size


def make(source: Path, folder: Path, megabytes: int, count: int) -> None:
    """Write the corpus."""
    each = files(source, megabytes * 1_000_000 // count)
    for number in range(count):
        part = folder / f"{number * megabytes // count:02}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"{number:05}.txt").write_bytes(next(each))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a corpus out of texts.")
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--files", type=int, default=4000)
    given = parser.parse_args()
    make(given.source, given.folder, given.megabytes, given.files)
