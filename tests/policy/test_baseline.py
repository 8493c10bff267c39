"""The baseline as a data structure: what is old, what is new, and that nothing is old twice."""

import os
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.finding import place
from kanwu.policy.baseline import Baseline, identity
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
        ('{"version": 1, "findings": {"a": "abc"}}', "no baseline of kanwu"),
        ('{"version": 1, "findings": {"a": {"WRD001 x": "3"}}}', "no baseline of kanwu"),
        ('{"version": 1, "findings": {"a": {"WRD001 x": -1}}}', "no baseline of kanwu"),
        ("[" * 100_000, "no baseline of kanwu; delete it and record it again"),
        (b"\xff\xfe\x00", "no baseline of kanwu"),
    ],
)
def test_what_is_no_baseline_is_told(folder, text, said):
    path = folder / "kanwu-baseline.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=said):
        Baseline.read(str(path))


def test_a_baseline_with_a_mark_before_it_and_other_line_ends_is_read(folder):
    path = folder / "kanwu-baseline.json"
    baseline = Baseline(str(path))
    baseline.record({"a.txt": ["甲", "甲"]})
    baseline.write()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Baseline.read(str(path)).old_of("a.txt") == Counter({"甲": 2})


def test_a_baseline_that_is_a_link_stays_one(folder):
    target = folder / "shared.json"
    target.write_text('{"version": 1, "findings": {}}')
    link = folder / "kanwu-baseline.json"
    link.symlink_to(target)
    Baseline(str(link)).write()
    assert link.is_symlink()


@pytest.mark.parametrize("prune", [False, True])
def test_what_was_found_between_documents_stays_until_all_are_looked_at(folder, prune):
    baseline = Baseline(str(folder / "kanwu-baseline.json"))
    found = ["DUP002 a", "WRD001 b"]
    baseline.record({"a.txt": found, "b/c.txt": found})
    baseline.record({"a.txt": []}, between={"DUP002"}, prune=prune)
    assert baseline.old_of("a.txt") == Counter({"DUP002 a": 1})
    assert baseline.old_of("b/c.txt") == Counter(found)
    baseline.record({"a.txt": []}, prune=prune)
    assert baseline.old_of("a.txt") == Counter()


def test_what_is_found_beside_is_added_to_what_is_known(folder):
    baseline = Baseline(str(folder / "kanwu-baseline.json"))
    baseline.record({"a.txt": ["甲"]})
    more = {"a.txt": ["乙"]}
    assert baseline.record({"b/c.txt": []}, beside=more, prune=True) == (1, 0, 0)
    assert baseline.record({"b/c.txt": []}, beside=more) == (2, 1, 0)
    assert baseline.old_of("a.txt") == Counter("甲乙")


def test_a_finding_is_known_again_with_other_line_ends_and_after_lines_are_gone():
    document = Document("甲甲\r\n乙乙\r\n")
    at = place(document, 1, 5)
    finding = SimpleNamespace(code="WRD001", place=at)
    assert identity(finding, document) == identity(finding, Document("甲甲\n乙乙\n"))
    assert identity(finding, Document("甲甲\n")) != identity(finding, document)
    assert identity(finding, Document("")).startswith("WRD001 ")
