"""Documents that kill, documents without end, and runs that are ended: nothing else is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kanwu.documents.document import Document
from kanwu.engine import time_limits
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import repair_together

PLUGINS = Path(__file__).parents[1] / "plugins"
HERE = PLUGINS / "trouble"
GOOD = [{"text": f"他说,第{n}天好。"} for n in range(5)]
DEADLY = {"text": "做坏事自尽  了,好。"}
WORDS = ("--select", "PUN001,BAD", "--jobs", "2", "--isolated")


@pytest.fixture
def deadly(kanwu):
    """A folder with a row and a file that kill, and what is found where they are not."""
    rows = [json.dumps(row, ensure_ascii=False) for row in (*GOOD, DEADLY, *GOOD)]
    kanwu.put("in/a.jsonl", "\n".join(rows))
    kanwu.put("in/b.txt", "他说,好。\n")
    kanwu.put("in/c.txt", "做坏事离去 他说,好。\n")
    kanwu.put("in/d.txt", "他说,好。\n")
    return kanwu


def found(lines):
    read = [json.loads(line) for line in lines.splitlines()]
    return sorted((f["path"], f["record"] or "", f["code"]) for f in read)


def environment():
    return {**os.environ, "PYTHONPATH": str(HERE)}


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_check_finds_the_document_that_kills_and_everything_else(deadly):
    done = deadly(
        "check", "in/a.jsonl", "in", *WORDS, "--output-format", "jsonl", env=environment()
    )
    rows = [n for n in range(1, 12) if n != 6]
    assert found(done.stdout) == sorted(
        [
            ("in/a.jsonl", "6", "INT008"),
            *(("in/a.jsonl", f"{n}#text", "PUN001") for n in rows),
            ("in/b.txt", "", "PUN001"),
            ("in/c.txt", "", "INT008"),
            ("in/d.txt", "", "PUN001"),
        ]
    )
    assert b"more: it is done again, alone" in done.stderr
    assert b"(signal 9) at in/a.jsonl, row 6: it is set aside" in done.stderr
    assert b"(exit status 3) at in/c.txt: it is set aside" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_clean_copies_the_document_that_kills_as_it_is(deadly):
    done = deadly("clean", "in/a.jsonl", "in", "-o", "out", *WORDS[:-1], env=environment())
    assert done.returncode == 1
    for name in ("a.jsonl", "b.txt", "c.txt", "d.txt"):
        before = (deadly.folder / "in" / name).read_text("utf-8").split("\n")
        after = [line if "做坏事" in line else line.replace(",", "，") for line in before]
        assert (deadly.folder / "out/data" / name).read_text("utf-8").split("\n") == after
    told = b"".join(p.read_bytes() for p in sorted((deadly.folder / "out/findings").iterdir()))
    assert found(told) == [("in/a.jsonl", "6", "INT008"), ("in/c.txt", "", "INT008")]
    manifest = json.loads((deadly.folder / "out/manifest.json").read_text("utf-8"))
    assert [file["rows"] for file in manifest["files"]] == [11, 1, 1, 1]
    assert manifest["changed"] == 12


@pytest.mark.skipif(os.name == "nt", reason="there are no interval timers")
def test_a_document_that_keeps_all_rules_busy_is_set_aside(monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.setattr(time_limits, "DOCUMENT_SECONDS", 1)
    from kanwu_trouble.trouble import Misbehaving

    texts = ["做坏事空", "做坏事永远 了", "做坏事空"]
    linter = Linter([Misbehaving()])
    with time_limits.limited():
        checked = [one for _, one in repair_together(map(Document, texts), linter, lambda _: True)]
    assert [one.set_aside for one in checked] == [False, True, False]
    assert [[f.code for f in one.findings] for one in checked] == [
        ["INT001"],
        ["INT008"],
        ["INT001"],
    ]
    assert "does not end within 1 s" in str(checked[1].findings[0].message)
    assert time_limits.watch.left is time_limits.watch.left_in_all is None


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize(
    ("signals", "status"),
    [((signal.SIGINT, signal.SIGINT), 130), ((signal.SIGTERM,), 143)],
)
def test_a_run_that_is_ended_leaves_no_worker_and_goes_on(kanwu, signals, status):
    kanwu.put("a.txt", "做坏事永远 了\n")
    command = [
        str(Path(sys.executable).parent / "kanwu"),
        "clean",
        "a.txt",
        "-o",
        "out",
        *WORDS[:-1],
    ]
    run = subprocess.Popen(
        command,
        cwd=kanwu.folder,
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    # The run folder is made before the workers.
    while not (kanwu.folder / "out/.kanwu-run/lock").exists():
        time.sleep(0.02)
    time.sleep(0.5)
    for number in signals:
        os.killpg(run.pid, number)
    _, told = run.communicate(timeout=8)
    assert run.returncode == status
    assert (
        told.decode().splitlines()[-1] == "kanwu: interrupted; the same command goes on from here"
    )
    assert b"Traceback" not in told
    assert os.listdir(kanwu.folder / "out") == [".kanwu-run"]
    until = time.monotonic() + 8
    while goes_on(run.pid):
        assert time.monotonic() < until, "workers go on without the run"
        time.sleep(0.02)


def goes_on(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
