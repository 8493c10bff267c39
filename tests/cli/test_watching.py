"""`--watch`: every change is followed by a run, and Ctrl-C ends with the status of the last one."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

SAID = "Watching for changes"


class Watcher:
    """A running `check --watch`, line by line."""

    def __init__(self, kanwu, *words):
        command = [str(Path(sys.executable).parent / "kanwu"), "check", "--watch"]
        self.run = subprocess.Popen(
            [*command, "--output-format", "concise", *words],
            cwd=kanwu.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.run.stdout:
            self.lines.put(line.decode())

    def next(self):
        """What one run says."""
        said = ""
        while SAID not in said:
            said += self.lines.get(timeout=60)
        return said

    def end(self):
        self.run.send_signal(signal.SIGINT)
        return self.run.wait(timeout=60)


@pytest.fixture
def watching(kanwu):
    started = []

    def start(*words):
        started.append(Watcher(kanwu, *words))
        return started[-1]

    yield start
    for watcher in started:
        watcher.run.kill()
        watcher.run.wait()
        watcher.run.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_changes_of_documents_and_configuration_are_followed(kanwu, watching):
    kanwu.put("a.txt", "围绕围绕高端人才。\n")
    watcher = watching()
    first = watcher.next()
    assert "a.txt:1:1: WRD001" in first
    assert "\x1b" not in first
    kanwu.put("b.txt", "开展开展工作。\n")
    assert "b.txt:1:1: WRD001" in watcher.next()
    kanwu.put("kanwu.toml", 'ignore = ["WRD"]\n')
    assert "no findings" in watcher.next()
    kanwu.put("kanwu.toml", "ignore = [")
    assert "kanwu.toml" in watcher.next()
    kanwu.put("kanwu.toml", "")
    assert "2 findings" in watcher.next()
    (kanwu.folder / "a.txt").unlink()
    assert "1 finding " in watcher.next()
    assert watcher.end() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_a_configuration_that_is_extended_is_followed(kanwu, watching):
    kanwu.put("base.toml", 'ignore = ["WRD"]\n')
    kanwu.put("kanwu.toml", 'extend = ["base.toml"]\n')
    kanwu.put("a.txt", "他们围绕围绕中心工作展开讨论。\n")
    watcher = watching()
    assert "WRD001" not in watcher.next()
    kanwu.put("base.toml", "")
    assert "WRD001" in watcher.next()


def test_the_last_status_counts(kanwu, watching):
    path = kanwu.put("a.txt", "围绕围绕高端人才。\n")
    watcher = watching("--no-cache")
    watcher.next()
    path.write_text("今天天气很好。\n", encoding="utf-8")
    assert "no findings" in watcher.next()
    assert watcher.end() == 0


@pytest.mark.parametrize("words", [("--fix",), ("--diff",), ("-",)])
def test_what_cannot_be_watched(kanwu, words):
    done = kanwu("check", "--watch", *words)
    assert done.returncode == 2
    assert b"--watch" in done.stderr
