"""Documents that kill, documents without end, and runs that are ended: nothing else is lost."""

import gzip
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
WORDS = ("--select", "PUN001,BAD", "--jobs", "2")


def found(lines):
    read = [json.loads(line) for line in lines.splitlines()]
    return [(f["path"], f["record"], f["code"]) for f in read]


def environment():
    return {**os.environ, "PYTHONPATH": str(HERE)}


def test_check_finds_the_document_that_kills_and_everything_else(kanwu):
    kanwu.put("a.txt", "他说,好。\n")
    kanwu.put("b.txt", "做坏事离去 他说,好。\n")
    words = ("--output-format", "jsonl", "--no-cache")
    done = kanwu("check", "a.txt", "b.txt", *WORDS, *words, env=environment())
    assert done.returncode == 1
    assert found(done.stdout) == [("a.txt", None, "PUN001"), ("b.txt", None, "INT008")]
    assert [line.partition(") ")[2] for line in done.stderr.decode().splitlines()][:4] == [
        "at a.txt and 1 more: it is done again",
        "at a.txt and 1 more: it is done again, alone",
        "at a.txt and 1 more: it is done in halves, to find the cause",
        "at b.txt: it is set aside",
    ]


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_clean_copies_the_row_that_kills_as_it_is(kanwu):
    rows = ["他说,好。", "做坏事自尽  了,好。", "他说,不好。"]
    rows = [json.dumps({"text": row}, ensure_ascii=False) for row in rows]
    kanwu.put("a.jsonl.gz", gzip.compress("\n".join(rows).encode()))
    done = kanwu("clean", "a.jsonl.gz", "-o", "out", *WORDS, env=environment())
    assert done.returncode == 1
    assert b"(signal 9) at a.jsonl.gz, row 2: it is set aside" in done.stderr
    out = kanwu.folder / "out"
    copied = gzip.decompress((out / "data/a.jsonl.gz").read_bytes()).decode()
    assert copied.split("\n") == [rows[0].replace(",", "，"), rows[1], rows[2].replace(",", "，")]
    told = (out / "findings/a.jsonl.gz.jsonl").read_bytes()
    assert found(told) == [("a.jsonl.gz", "2", "INT008")]
    (file,) = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert (file["rows"], file["changed"]) == (3, 2)


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_the_row_of_a_table_that_kills_is_found(kanwu):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = ["他说,好。"] * 5 + ["做坏事自尽  了,好。", "他说,不好。"]
    pq.write_table(pa.table({"id": range(7), "text": rows}), kanwu.folder / "a.parquet")
    words = ("--id-field", "id", "--select", "PUN001,BAD", "--jobs", "2")
    done = kanwu("clean", "a.parquet", "-o", "out", *words, env=environment())
    assert done.returncode == 1
    assert b"(signal 9) at a.parquet, row 6: it is set aside" in done.stderr
    copied = pq.read_table(kanwu.folder / "out/data/a.parquet").column("text").to_pylist()
    assert copied == ["他说，好。"] * 5 + [rows[5], "他说，不好。"]
    told = (kanwu.folder / "out/findings/a.parquet.jsonl").read_bytes()
    assert found(told) == [("a.parquet", "6", "INT008")]
    assert json.loads(told)["id"] == 5


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
        *WORDS,
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
