"""Executors: results in order, and a killed worker's share is run again."""

import importlib
import os

import pytest

from kanwu.session.executors import InProcess, Processes, WorkersDiedError


@pytest.fixture(autouse=True)
def workloads(monkeypatch):
    """Worker processes import what they run, so it lies in a module of its own on the path."""
    monkeypatch.syspath_prepend(os.path.dirname(__file__))
    return importlib.import_module("workloads")


@pytest.mark.parametrize("executor", [InProcess(), Processes(2)])
def test_results_come_in_order(executor, workloads):
    assert list(executor.map(workloads.double, list(range(20)))) == [2 * n for n in range(20)]
    assert list(executor.map(workloads.double, [])) == []


def test_share_of_a_killed_worker_is_run_again(tmp_path, workloads):
    tasks = [(n, str(tmp_path / "marker")) for n in range(12)]
    assert list(Processes(2).map(workloads.die_once, tasks)) == list(range(12))


def test_worker_that_always_dies_ends_with_a_message(workloads):
    results = Processes(2).map(workloads.die, list(range(6)))
    with pytest.raises(WorkersDiedError, match="--jobs 1"):
        list(results)


def test_errors_of_the_work_are_not_hidden(workloads):
    with pytest.raises(ValueError, match="7"):
        list(Processes(2).map(workloads.fail, [7]))
