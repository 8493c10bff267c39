"""The executor for a cluster: every item is a task of Ray, which runs it on one of its nodes."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kanwu.policy.settings import ConfigurationError
from kanwu.session.executors.choosing import (
    SAFE_PATH,
    prepare_worker,
    without_working_folder,
)
from kanwu.session.executors.deaths import WorkerDiedError, finished
from kanwu.session.executors.equipment import difference, equipment

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from kanwu.session.executors.deaths import Rescue

A = TypeVar("A")
B = TypeVar("B")

INSTALL = "pip install 'kanwu[ray]'"
RETRIES = 1
"""So many times Ray runs a task again whose worker or node died; then `kanwu.session.executors.deaths` decides."""
AHEAD = 3
"""So many tasks for each processor are under way at once."""
STDERR = 2
REACHED_WITHIN = 10
"""Seconds for a machine to answer at all."""
JOINED_WITHIN = 60
"""Seconds for a cluster to let a driver in. Ray itself waits for minutes at a wrong address."""
STARTS = 2
"""On a busy machine Ray may not be up within the 30 seconds that it gives itself."""
LOCAL = "local"


class ClusterError(ConfigurationError):
    """A cluster that cannot be used: it is not there, or its nodes differ from this machine."""


class Cluster(NamedTuple):
    """Where tasks are run."""

    address: str | None = None
    """As `ray.init` takes it; None for a Ray of this run alone, on this machine."""
    jobs: int | None = None
    """How many tasks may run at once; None for as many as there are processors."""


class OnRay:
    """Tasks of Ray, each a pure function of one item."""

    def __init__(self, cluster: Cluster) -> None:
        """Start a Ray, or join one. Raises ClusterError."""
        try:
            import ray
        except ImportError as error:
            raise ClusterError(
                f"--executor ray needs Ray, which is not installed; run {INSTALL}"
            ) from error
        self._ray: Any = ray
        address = cluster.address or os.environ.get("RAY_ADDRESS") or LOCAL
        # A Ray of this run has as many processors as there are to be jobs.
        self._most = None if address == LOCAL else cluster.jobs
        if address != LOCAL:
            refuse_unreachable(address)
        for left in reversed(range(STARTS)):
            try:
                start(ray, address, cluster.jobs)
                break
            except Exception as error:
                ray.shutdown()
                if not left:
                    raise ClusterError(f"Ray cannot be used: {first_line(error)}") from error

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        rescue: Rescue[A, B] | None = None,
    ) -> Generator[B]:
        """The results in the order of the items; Ray is left when they are through. Raises ClusterError."""
        run = self._ray.remote(max_retries=RETRIES, num_cpus=1)(task)
        outfit = Outfit(os.getcwd(), tuple(equipment().items()))

        def submit(item: A) -> Running:
            seconds = rescue.seconds(item) if rescue else None
            return Running(run.remote(outfit, function, item, seconds), self._ray)

        try:
            yield from finished(items, submit, rescue, ahead=self._ahead())
        finally:
            self._ray.shutdown()

    def _ahead(self) -> int:
        if self._most is not None:
            return self._most - 1
        return AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))


class Running:
    """A task that is under way."""

    def __init__(self, reference: Any, ray: Any) -> None:
        self._reference = reference
        self._ray = ray

    def result(self) -> Any:
        """Wait for the result. Raises what the task raised, WorkerDiedError and ClusterError."""
        exceptions = self._ray.exceptions
        try:
            return self._ray.get(self._reference)
        except exceptions.RayTaskError as error:
            if isinstance(error.cause, Exception):
                raise error.cause from error
            raise ClusterError(f"a node of Ray cannot run kanwu: {first_line(error)}") from error
        except exceptions.RayError as error:
            raise WorkerDiedError(first_line(error)) from error


def refuse_unreachable(address: str) -> None:
    """Raise ClusterError where there is no cluster, sooner than Ray would."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal() and "/" not in host:
        try:
            socket.create_connection((host.strip("[]"), int(port)), REACHED_WITHIN).close()
        except (OSError, OverflowError) as error:
            raise ClusterError(
                f"Ray at {address} cannot be reached: {first_line(error)}"
            ) from error
    # Joining cannot be interrupted, so a process of its own tries it first, which can be ended.
    script = "import sys, ray; ray.init(sys.argv[1], log_to_driver=False, logging_level='ERROR')"
    try:
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(  # noqa: S603 - this Python, and an address that Ray reads
                [sys.executable, "-P", "-c", script, address],
                cwd=empty,
                capture_output=True,
                timeout=JOINED_WITHIN,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ClusterError(
            f"Ray at {address} cannot be reached: nothing that is a Ray has answered within "
            f"{JOINED_WITHIN} seconds"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        if any("InvalidAuthToken" in line for line in said):
            raise ClusterError(
                f"Ray at {address} asks for a token, and Ray has none to give: its variable RAY_AUTH_MODE "
                "says where from"
            )
        raise ClusterError(f"Ray at {address} cannot be used: {said[-1]}")


def start(ray: Any, address: str, jobs: int | None) -> None:
    """Start a Ray, or join one, without a word on standard output."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Otherwise a task that needs more memory than there is would be tried for ever.
    os.environ.setdefault("RAY_task_oom_retries", str(RETRIES))
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    environment = {SAFE_PATH: "1", "OPENBLAS_NUM_THREADS": "1"}
    own: dict[str, Any]
    if address == LOCAL:
        # Its workers have the environment of this process. The first of them are begun before it is asked
        # for another one, which would take new ones.
        own = {"num_cpus": jobs, "include_dashboard": False}
    else:
        own = {"runtime_env": {"env_vars": environment}}
    before = os.getcwd()
    # Ray lets its workers look for modules in the folder in which it is started, before any other place,
    # and that may be the linted one: here it is an empty one.
    with (
        tempfile.TemporaryDirectory() as empty,
        contextlib.redirect_stdout(sys.stderr),
        without_working_folder(),
    ):
        os.chdir(empty)
        terminated = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(address, log_to_driver=False, logging_level="ERROR", **own)
        finally:
            os.chdir(before)
            # Ray has a handler of its own, and so would end with another status.
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGTERM, terminated)


class Outfit(NamedTuple):
    """What a worker needs, beside what is installed."""

    folder: str
    """The working folder, to which paths refer."""
    equipment: tuple[tuple[str, str], ...]
    """What the machine brings that started the run."""


def task(outfit: Outfit, function: Callable[[A], B], item: A, seconds: float | None) -> B:
    """Run a function over one item on a node; a worker that takes longer than it may is ended."""
    prepare_once(outfit)
    if seconds is not None:
        # It ends the process even where a pattern is tried without end and nothing else is run.
        faulthandler.dump_traceback_later(seconds, exit=True, file=STDERR)
    try:
        return function(item)
    finally:
        faulthandler.cancel_dump_traceback_later()


@lru_cache(maxsize=1)
def prepare_once(outfit: Outfit) -> None:
    """Make a worker ready that has just begun. Raises ClusterError."""
    node = platform.node()
    differs = difference(dict(outfit.equipment), equipment())
    if differs is not None:
        name, here, there = differs
        raise ClusterError(
            f"the node {node} of Ray would find other things: of {name} it has {there}, and {here} is "
            "here; install the same on every node"
        )
    try:
        os.chdir(outfit.folder)
    except OSError as error:
        raise ClusterError(
            f"the node {node} of Ray does not see the folder {outfit.folder}; input and output have to lie "
            "where every node has them under the same path"
        ) from error
    prepare_worker()


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
