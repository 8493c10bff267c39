"""How far a run is: nothing unless it is wanted and the run is long."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from kanwu.reporters import progress
from kanwu.reporters.progress import Progress, Step, duration, look_for
from kanwu.reporters.wording import wording

MB = 1_000_000


class Clock:
    """Time that passes when it is told to."""

    def __init__(self):
        self.now = 5.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def test_it_loads_nothing_until_it_is_drawn():
    code = (
        "import sys; from kanwu.reporters.progress import Progress, Step\n"
        "with Progress(10, look='bar') as told:\n"
        "    told.advance(Step(5))\n"
        "assert not any(m.startswith('rich') for m in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_a_line_a_minute(clock, capsys):
    told = Progress(200 * MB, look="lines", clock=clock)
    for _ in range(8):
        clock.wait(20)
        told.advance(Step(6 * MB, documents=1500, findings=401))
    assert capsys.readouterr().err.splitlines() == [
        "kanwu: 4,500 documents, 18 of 200 MB (9 %), 0.3 MB/s, 1,203 findings, about 10 min 7 s left",
        "kanwu: 9,000 documents, 36 of 200 MB (18 %), 0.3 MB/s, 2,406 findings, about 9 min 7 s left",
    ]


def test_every_part_of_a_long_run_is_told(clock, capsys):
    told = Progress(MB, look="lines", task="Cleaning", clock=clock)
    clock.wait(61)
    told.advance(Step(MB, documents=1))
    told.begin("Comparing rows")
    told.begin("Putting the copy together", 30)
    for _ in range(7):
        clock.wait(10)
        told.count()
    assert capsys.readouterr().err.splitlines()[1:] == [
        "kanwu: Comparing rows",
        "kanwu: Putting the copy together: 0 of 30 parts",
        "kanwu: Putting the copy together: 6 of 30 parts",
    ]


@pytest.mark.parametrize("look", ["lines", "none", "bar"])
def test_short_runs_and_quiet_ones_say_nothing(clock, capsys, look):
    with Progress(MB, look=look, clock=clock) as told:
        clock.wait(3600 if look == "none" else 0.5)
        told.advance(Step(MB // 2, documents=3))
        told.begin("Comparing rows")
        told.begin("Putting the copy together", 2)
        told.count()
    assert capsys.readouterr() == ("", "")


def test_what_was_done_before_spoils_no_speed(clock):
    told = Progress(100 * MB, look="none", clock=clock)
    for _ in range(40):
        clock.wait(0.01)
        told.advance(Step(MB, documents=10, before=True))
    assert told.line() == "400 documents, 40 of 100 MB (40 %), 40 parts done before"
    clock.wait(10)
    told.advance(Step(20 * MB, documents=200))
    assert told.line() == (
        "600 documents, 60 of 100 MB (60 %), 2.0 MB/s, 40 parts done before, about 20 s left"
    )


def test_without_a_total_no_end_is_promised(clock):
    told = Progress(None, look="none", clock=clock)
    clock.wait(100)
    told.advance(Step(2 * MB, documents=1, findings=1))
    assert told.line() == "1 document, 2.0 MB, 0.02 MB/s, 1 finding"
    short = Progress(MB, look="none", clock=clock)
    clock.wait(1)
    short.advance(Step(3 * MB))  # more than there was when it was planned
    assert "left" not in short.line()


def test_chinese(clock):
    told = Progress(200 * MB, look="none", task="Cleaning", clock=clock, wording=wording("zh"))
    clock.wait(60)
    told.advance(Step(50 * MB, documents=12345, findings=3210))
    said = "12,345 个文档，50 / 200 MB（25 %），0.8 MB/s，3,210 个问题，约剩 3 分 0 秒"
    assert told.line() == said
    told.begin("Putting the copy together", 20)
    told.count()
    assert told.line() == "正在汇总副本：1 / 20 块"


def test_durations():
    assert [duration(s) for s in (0.2, 59, 138, 11_100)] == [
        "1 s",
        "59 s",
        "2 min 18 s",
        "3 h 5 min",
    ]


def test_where_it_is_told():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    assert look_for(Terminal()) == "bar"
    assert look_for(io.StringIO()) == "lines"
    assert look_for(Terminal(), quiet=True) == look_for(io.StringIO(), quiet=True) == "none"


def test_it_is_drawn_on_stderr_and_taken_off(monkeypatch, capsys, clock):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with Progress(3 * MB, look="bar", clock=clock) as told:
        clock.wait(2)
        told.advance(Step(2 * MB, documents=7))
    out, err = capsys.readouterr()
    assert out == ""
    assert "Checking" in err
    assert "7 documents, 2.0 of 3.0 MB (66 %)" in err
    assert err.endswith(("\x1b[2K", "\x1b[?25h"))
