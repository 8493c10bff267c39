"""The tutorial for plugins, followed word by word: its files are written, its commands are run."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import kanwu as package
from kanwu.engine.discovery import discover

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"<!-- (file: (?P<path>.+?)|run|prints) -->\n```[a-z]*\n(?P<text>.*?)```", re.DOTALL
)


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of a POSIX shell")
def test_the_tutorial_is_true(tmp_path):
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "KANWU": str(ROOT),
        # Everything but kanwu and the plugin is at hand already, and no index is asked.
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("PYTHONPATH", None)
    at_hand = sysconfig.get_path("purelib")
    printed, steps = "", 0
    for step in STEP.finditer(PAGE):
        steps += 1
        text = step["text"]
        if step["path"]:
            path = tmp_path / step["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif step[1] == "run":
            printed = ""
            for command in text.splitlines():
                done = subprocess.run(
                    ["bash", "-c", command],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    check=False,
                )
                printed += done.stdout.decode()
                assert done.returncode == 0, f"{command}\n{printed}\n{done.stderr.decode()}"
                for site in tmp_path.glob(".venv/lib/*/site-packages"):
                    (site / "at_hand.pth").write_text(
                        f"import site; site.addsitedir({at_hand!r})\n"
                    )
        else:
            for line in text.splitlines():
                assert line in printed, f"{line!r} is not in\n{printed}"
    assert steps == 9


def test_the_page_names_only_what_there_is():
    table = PAGE.partition("## The API")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    names = {name for row in rows for name in re.findall(r"`([A-Za-z_]+)", row)}
    assert names
    assert names <= set(package.__all__)
    assert discover().find("HOU001") is None


@pytest.mark.parametrize("name", package.__all__)
def test_what_is_public_is_documented(name):
    """Every public class, function and method says what it is."""
    value = getattr(package, name)
    assert (value.__doc__ or "").strip(), name
    methods = vars(value).items() if isinstance(value, type) else ()
    silent = [
        method
        for method, function in methods
        if not method.startswith("_")
        and callable(function)
        and not (function.__doc__ or inherited(value, method))
    ]
    assert not silent, f"{name}: {silent}"


def inherited(owner, method):
    return any(
        (getattr(getattr(base, method, None), "__doc__", "") or "") for base in owner.__mro__
    )
