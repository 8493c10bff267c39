"""How soon the language server answers a change, over a real session.

    python bench/server.py [FILE ...] [--bytes 20480] [--changes 60] [--limit 100]

Without files the seeds are measured, repeated or cut to the size, which are full of defects, and one
document of ordinary sentences. A change is a character typed or taken away somewhere; the answer is the
diagnostics of that version. A pause as between keystrokes comes before each. Exit status 1 when the
median of a document is over the limit in ms.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "server"))

from editor_session import Editor  # noqa: E402 - the client of the tests, found by the line above

PAUSE = 0.15
SUBJECTS = ("工作人员", "记者", "老师", "居民", "研究小组", "合作社", "图书馆", "医院", "车站")
VERBS = ("介绍了", "整理了", "检查了", "讨论了", "记录了", "公布了", "改进了", "参观了")
OBJECTS = ("新的方案", "当地的历史", "旧仓库", "今年的计划", "试验结果", "道路情况", "阅读活动")


class Answers(NamedTuple):
    """Milliseconds from a change to its diagnostics."""

    first: float
    """From opening the document."""
    changes: list[float]
    cpu: float
    """What the server computed for each change, where the system tells it."""


def ordinary(size: int) -> str:
    """Sentences without defects, in paragraphs, of about so many bytes."""
    draw = random.Random(7)
    paragraphs: list[str] = []
    while len("\n\n".join(paragraphs).encode()) < size:
        sentences = (
            f"{draw.choice(SUBJECTS)}在{draw.randrange(1, 13)}月{draw.choice(VERBS)}"
            f"{draw.choice(OBJECTS)}，{draw.choice(SUBJECTS)}也{draw.choice(VERBS)}{draw.choice(OBJECTS)}。"
            for _ in range(draw.randrange(2, 7))
        )
        paragraphs.append("".join(sentences))
    return cut("\n\n".join(paragraphs), size)


def cut(text: str, size: int) -> str:
    """A text repeated, then cut, to so many bytes of UTF-8."""
    data = text.encode()
    return (data * (size // len(data) + 1))[:size].decode(errors="ignore")


def measure(editor: Editor, name: str, text: str, changes: int) -> Answers:
    """Open a document, then type and take away characters in it."""
    draw = random.Random(3)
    start = time.perf_counter()
    editor.open(name, text)
    editor.diagnostics(name, version=1)
    first = time.perf_counter() - start
    took: list[float] = []
    lines = text.split("\n")
    version = 1
    before = computed(editor.process.pid)
    while len(took) < changes:
        line = draw.randrange(len(lines))
        column = draw.randrange(len(lines[line]) + 1)
        for edit in ((line, column, line, column, "人"), (line, column, line, column + 1, "")):
            time.sleep(PAUSE)
            version += 1
            start = time.perf_counter()
            editor.edit(name, version, edit)
            editor.diagnostics(name, version=version)
            took.append(time.perf_counter() - start)
    cpu = (computed(editor.process.pid) - before) / len(took)
    return Answers(first * 1000, [seconds * 1000 for seconds in took], cpu * 1000)


def computed(process: int) -> float:
    """Seconds of CPU that a process has used; 0 where there is no /proc."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return 0.0
    user, system = status.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure how soon the language server answers.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--bytes", type=int, default=20 << 10)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--limit", type=float, default=100)
    words = parser.parse_args()
    files = words.files or sorted((ROOT / "seeds").glob("*.txt"))
    texts = {path.name: cut(path.read_text(encoding="utf-8"), words.bytes) for path in files}
    if not words.files:
        texts["ordinary.txt"] = ordinary(words.bytes)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(folder)
        for name, text in texts.items():
            first, took, cpu = measure(editor, name, text, words.changes)
            median, worst = statistics.median(took), statistics.quantiles(took, n=20)[-1]
            failed |= median > words.limit
            print(
                f"{name:30} {len(text.encode()):>9,} bytes  opened {first:6.0f} ms  change: median "
                f"{median:6.1f} ms, 95 % within {worst:6.1f} ms, {cpu:5.1f} ms of CPU each"
                f"{'  TOO SLOW' if median > words.limit else ''}"
            )
        editor.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
