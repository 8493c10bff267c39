"""Executors: results in order, and what a killed worker had under way is run again."""

import errno
import importlib
import os
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnProcess

import pytest

from kanwu.session.executors.choosing import InProcess, Processes
from kanwu.session.executors.deaths import Rescue, WorkersDiedError


@pytest.fixture(autouse=True)
def workloads(monkeypatch):
    """Worker processes import what they run, so it lies in a module of its own on the path."""
    monkeypatch.syspath_prepend(os.path.dirname(__file__))
    return importlib.import_module("workloads")


def halve(numbers):
    middle = len(numbers) // 2
    return (numbers[:middle], numbers[middle:]) if middle else None


def rescue(told, seconds=60):
    return Rescue(halve, lambda item, error: (item, str(error)), lambda _: seconds, told.append)


@pytest.mark.parametrize("executor", [InProcess(), Processes(2)])
def test_results_come_in_order(executor, workloads):
    assert list(executor.map(workloads.double, list(range(20)))) == [2 * n for n in range(20)]
    assert list(executor.map(workloads.double, [])) == []


def test_share_of_a_killed_worker_is_run_again(tmp_path, workloads):
    tasks = [(n, str(tmp_path / "marker")) for n in range(12)]
    told = []
    assert list(Processes(2).map(workloads.die_once, tasks, rescue(told))) == list(range(12))
    assert [(d.item[0], str(d.error), d.then) for d in told] == [(3, "signal 9", "again")]


def test_what_kills_is_found_and_set_aside(workloads):
    told = []
    items = [[1, 2], [11, 12, 13, 14], [6], [7]]
    results = list(Processes(2).map(workloads.total, items, rescue(told)))
    assert results == [3, 23, ([13], "exit status 3"), ([14], "signal 11"), 6, 7]
    assert [d.then for d in told] == ["again", "alone", "halved", "set aside", "set aside"]


def test_what_holds_everything_up_is_found_and_set_aside(workloads):
    told = []
    results = list(Processes(2).map(workloads.total, [[1, 2], [3, 15], [4]], rescue(told, 1)))
    assert results == [3, 3, ([15], "no end within 1 s"), 4]
    assert [d.then for d in told] == ["halved", "set aside"]


def test_without_a_rescue_the_run_ends_with_a_message(workloads):
    results = Processes(2).map(workloads.total, [[n] for n in range(11, 15)])
    with pytest.raises(WorkersDiedError, match="--jobs 1"):
        list(results)


def test_workers_that_cannot_start_are_told(workloads, monkeypatch):
    resource_tracker.ensure_running()  # it would not come up under this either, and be missed later
    monkeypatch.setenv("PYTHONHASHSEED", "no number")
    with pytest.raises(WorkersDiedError, match="before they were ready"):
        list(Processes(2).map(workloads.double, [1, 2]))


def test_errors_of_the_work_are_not_hidden(workloads):
    with pytest.raises(ValueError, match="7"):
        list(Processes(2).map(workloads.fail, [7]))


def test_processes_that_the_system_refuses_are_told(workloads, monkeypatch):
    def refuse(_):
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with pytest.raises(WorkersDiedError, match="cannot be started"):
        list(Processes(2).map(workloads.double, [1, 2]))
