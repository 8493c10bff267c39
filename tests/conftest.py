"""Shared by all tests: the real command, run in a real folder, and no network."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the same examples every time: what is green stays green. At a desk new ones are tried.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

SEEDS = Path(__file__).parents[1] / "seeds"


class Kanwu:
    """Runs the installed command in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *words, stdin=b"", cwd=None, env=None, timeout=120):
        command = [str(Path(sys.executable).parent / "kanwu"), *map(str, words)]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            cwd=cwd or self.folder,
            env=env,
            timeout=timeout,
            check=False,
        )

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def kanwu(tmp_path):
    return Kanwu(tmp_path)


@pytest.fixture
def seeds():
    return SEEDS


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """kanwu talks to nobody."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"network access: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def plugin_environment():
    """The environment of a machine on which the example plugin is installed."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent / "plugins" / "example")}
