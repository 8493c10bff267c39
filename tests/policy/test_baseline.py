"""The baseline as a data structure: what is old, what is new, and that nothing is old twice."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanwu.policy.baseline import Baseline
from kanwu.policy.settings import ConfigurationError

FOUND = st.dictionaries(
    st.sampled_from(["a.txt", "b/c.txt", "文/章.txt"]),
    st.lists(st.sampled_from("甲乙丙"), max_size=5),
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b/c.txt", "文/章.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("今天天气很好。\n")
    return tmp_path


def counts(baseline):
    return {path: baseline.old_of(path) for path in ("a.txt", "b/c.txt", "文/章.txt")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FOUND)
def test_what_was_recorded_is_old_as_often_as_it_was_found(found):
    baseline = Baseline(os.path.abspath("kanwu-baseline.json"))
    baseline.record(found)
    assert counts(baseline) == {
        name: Counter(found.get(name, ())) for name in ("a.txt", "b/c.txt", "文/章.txt")
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FOUND, FOUND)
def test_pruning_adds_nothing_and_recording_forgets_nothing_elsewhere(first, second):
    path = os.path.abspath("kanwu-baseline.json")
    baseline = Baseline(path)
    baseline.record(first)
    before = counts(baseline)
    pruned = Baseline(path, {k: Counter(v) for k, v in baseline.known.items()})
    pruned.record(second, prune=True)
    baseline.record(second)
    for name, old in before.items():
        if name in second:
            assert pruned.old_of(name) == old & Counter(second[name])
            assert baseline.old_of(name) == Counter(second[name])
        else:
            assert pruned.old_of(name) == baseline.old_of(name) == old


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FOUND)
def test_what_is_written_is_read_again(found):
    path = os.path.abspath("kanwu-baseline.json")
    baseline = Baseline(path)
    baseline.record(found)
    baseline.write()
    assert counts(Baseline.read(path)) == counts(baseline)


def test_files_that_are_gone_are_forgotten(folder):
    baseline = Baseline(str(folder / "kanwu-baseline.json"))
    baseline.record({"a.txt": ["甲"], "b/c.txt": ["乙", "乙"]})
    (folder / "b" / "c.txt").unlink()
    assert baseline.record({}) == (1, 0, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no baseline of kanwu"),
        ("[]", "no baseline of kanwu"),
        ('{"version": 1}', "no baseline of kanwu"),
        ('{"version": 1, "findings": {"a": 3}}', "no baseline of kanwu"),
        ('{"version": 99, "findings": {}}', "a baseline of version 99"),
        (b"\xff\xfe\x00", "no baseline of kanwu"),
    ],
)
def test_what_is_no_baseline_is_told(folder, text, said):
    path = folder / "kanwu-baseline.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=said):
        Baseline.read(str(path))
