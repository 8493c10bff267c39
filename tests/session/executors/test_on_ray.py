"""Ray as an executor: it is used or refused with a reason, within a bounded time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanwu.cli.errors import in_chinese
from kanwu.session.executors import on_ray
from kanwu.session.executors.equipment import difference, equipment
from kanwu.session.executors.on_ray import ClusterError, Outfit, prepare_once, refuse_unreachable

WORKLOADS = os.path.dirname(__file__)
TEXT = '{"id": 1, "text": "他说,这是第一段。"}\n'


def with_path(folder):
    return {**os.environ, "PYTHONPATH": str(folder)}


DEATHS = """
import contextlib
import sys
from kanwu.session.executors.deaths import WorkersDiedError
from kanwu.session.executors.on_ray import Cluster, OnRay
from workloads import die_once_or_always

if __name__ == "__main__":
    try:
        items = [(n, sys.argv[1]) for n in range(8)]
        # Ray tells of deaths on standard output, which in a command is that of errors.
        out = sys.stdout
        with contextlib.redirect_stdout(sys.stderr):
            for result in OnRay(Cluster(jobs=1)).map(die_once_or_always, items):
                print(result, file=out)
    except WorkersDiedError as error:
        print(error)
"""


def test_results_come_in_order_and_a_killed_task_is_run_again_but_not_for_ever(tmp_path):
    pytest.importorskip("ray")
    done = subprocess.run(
        [sys.executable, "-c", DEATHS, tmp_path / "marker"],
        env=with_path(WORKLOADS),
        capture_output=True,
        timeout=300,
        check=False,
    )
    *results, said = done.stdout.decode().splitlines() or [done.stderr.decode()]
    assert results == ["0", "1", "2", "3", "4", "5"]
    assert "died again and again at one part" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--executor", "local", "--jobs", "2"), "--executor local and --jobs 2 contradict"),
        (
            ("--executor", "processes", "--ray-address", "auto"),
            "--executor processes and --ray-address auto contradict",
        ),
        (("--executor", "ray", "-"), "standard input is read here alone"),
        (("--executor", "cloud"), "'cloud' is not one of 'local', 'processes', 'ray'"),
    ],
)
def test_what_contradicts_itself_is_refused(kanwu, words, told):
    kanwu.put("a.txt", "正文。\n")
    done = kanwu("check", "a.txt", *words)
    assert done.returncode == 2
    assert told in done.stderr.decode()


def test_without_ray_it_is_told_how_to_get_it(kanwu):
    kanwu.put("without/ray.py", "raise ImportError")
    kanwu.put("data.jsonl", TEXT)
    words = ("clean", "data.jsonl", "-o", "out", "--executor", "ray")
    done = kanwu(*words, env=with_path(kanwu.folder / "without"))
    assert done.returncode == 2
    assert b"pip install 'kanwu[ray]'" in done.stderr
    assert not (kanwu.folder / "out").exists()


def test_a_cluster_that_is_not_there_is_told_at_once_and_nothing_is_written(kanwu):
    pytest.importorskip("ray")
    kanwu.put("data.jsonl", TEXT)
    done = kanwu("clean", "data.jsonl", "-o", "out", "--ray-address", "127.0.0.1:1", timeout=60)
    assert done.returncode == 2
    assert b"Ray at 127.0.0.1:1 cannot be reached" in done.stderr
    assert not (kanwu.folder / "out").exists()


def test_what_answers_and_is_no_ray_is_given_up(monkeypatch):
    monkeypatch.setattr(on_ray, "JOINED_WITHIN", 0.01)
    with pytest.raises(ClusterError, match="nothing that is a Ray has answered"):
        refuse_unreachable("somewhere")


def test_a_node_on_which_other_things_are_installed_is_refused():
    here = tuple(equipment().items())
    older = tuple({**dict(here), "numpy": "1.0"}.items())
    with pytest.raises(ClusterError, match=r"of numpy it has .*, and 1\.0 is here") as refused:
        prepare_once.__wrapped__(Outfit(os.getcwd(), older))
    assert "查出的东西会不一样" in in_chinese(str(refused.value))
    with pytest.raises(ClusterError, match="does not see the folder /nowhere"):
        prepare_once.__wrapped__(Outfit("/nowhere", here))


def test_the_same_things_installed_elsewhere_are_the_same(tmp_path, monkeypatch):
    package = tmp_path / "one" / "kanwu_rules"
    for folder in (package, tmp_path / "two" / "kanwu_rules"):
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("RULES = 1\n", "utf-8")
    found = []
    for folder in (package, tmp_path / "two" / "kanwu_rules"):
        monkeypatch.setattr(
            "kanwu.session.executors.equipment.places_of", lambda _, at=folder: [str(at)]
        )
        found.append(equipment())
    assert difference(*found) is None
    Path(package / "__init__.py").write_text("RULES = 2\n", "utf-8")
    monkeypatch.setattr("kanwu.session.executors.equipment.places_of", lambda _: [str(package)])
    assert difference(equipment(), found[1])[0] == "the code of kanwu"
