"""Runs one contestant over a corpus, in a process of its own, and prints what it took as JSON.

    python bench/contestants.py NAME FOLDER...      (or files of JSON lines, whose rows have "text")

`seconds` is the CPU time from the first file that is opened to the last finding; `findings` counts what
the contestant itself calls one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def texts(folders: list[str]) -> Iterator[str]:
    """The text of every file, or of every row, read and decoded."""
    for folder in folders:
        if folder.endswith(".jsonl"):
            from msgspec.json import decode

            with open(folder, "rb") as rows:
                yield from (decode(row)["text"] for row in rows)
            continue
        for parent, folder_names, names in os.walk(folder):
            folder_names.sort()
            for name in sorted(names):
                with open(os.path.join(parent, name), "rb") as file:
                    yield file.read().decode("utf-8", "surrogateescape")


def read(folders: list[str]) -> int:
    """Read and decode, and nothing else."""
    for text in texts(folders):
        len(text)
    return 0


def autocorrect(folders: list[str]) -> int:
    """autocorrect-py: the lines that it would change."""
    from autocorrect_py import lint_for

    return sum(len(lint_for(text, "text").lines) for text in texts(folders))


def ftfy(folders: list[str]) -> int:
    """ftfy: the texts that it would change."""
    from ftfy import fix_text

    return sum(fix_text(text) != text for text in texts(folders))


def kanwu(folders: list[str]) -> int:
    """The library: all rules of kanwu that are on by default, corpus rules too."""
    from kanwu.documents.document import Document
    from kanwu.engine.batch_scanning import BatchScanner
    from kanwu.engine.corpus import RecordStore, compare
    from kanwu.engine.discovery import discover
    from kanwu.engine.linting import Linter

    rules = [rule() for rule in discover() if rule.default]
    store = RecordStore()
    count = 0
    documents = (Document(text, path=str(n)) for n, text in enumerate(texts(folders)))
    for _, findings, records in Linter(rules, BatchScanner(rules)).check(documents):
        count += len(findings)
        store.add(records)
    return count + len(compare(rules, store))


def scan(folders: list[str]) -> int:
    """Only the scan of kanwu, for the rules that are on by default: the places that it finds."""
    from kanwu.documents.document import Document
    from kanwu.engine.batch_scanning import BatchScanner
    from kanwu.engine.discovery import discover

    scanner = BatchScanner([rule() for rule in discover() if rule.default])
    found = scanner.scan(map(Document, texts(folders)))
    return sum(len(spans) for _, places in found for _, spans in places)


CONTESTANTS: dict[str, Callable[[list[str]], int]] = {
    function.__name__: function for function in (read, autocorrect, ftfy, kanwu, scan)
}

if __name__ == "__main__":
    contestant = CONTESTANTS[sys.argv[1]]
    contestant([])  # so that imports do not count
    start = time.process_time()
    findings = contestant(sys.argv[2:])
    print(json.dumps({"seconds": time.process_time() - start, "findings": findings}))
