"""The progress bar: nothing unless it is wanted and the run is long."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kanwu.reporters import progress
from kanwu.reporters.progress import ProgressBar


def test_it_loads_nothing_until_it_is_drawn():
    code = (
        "import sys; from kanwu.reporters.progress import ProgressBar\n"
        "with ProgressBar('bytes', 10, shown=True) as bar:\n"
        "    bar.advance(5)\n"
        "assert not any(m.startswith('rich') for m in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_it_is_silent_where_it_is_not_shown(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with ProgressBar("files", 3, shown=False) as bar:
        bar.advance()
        bar.advance(2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("unit", "total", "amount"),
    [("files", 3, "2/3"), ("bytes", 3000, "2.0/3.0 kB"), ("files", None, "2/?")],
)
def test_it_is_drawn_on_stderr_and_taken_off(monkeypatch, capsys, unit, total, amount):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with ProgressBar(unit, shown=True) as bar:
        bar.update(2 if unit == "files" else 2000, total)
    out, err = capsys.readouterr()
    assert out == ""
    assert "Checking" in err
    assert amount in err
    assert err.endswith(("\x1b[2K", "\x1b[?25h"))
