"""Findings on disk: in the same order as in memory, and the same."""

import gc
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Encoding, Location
from kanwu.engine.finding import (
    Edit,
    Excerpt,
    Finding,
    Fix,
    Listed,
    Message,
    Place,
    Related,
    Safety,
    Severity,
    whole_file,
)
from kanwu.session.stores import findings as store
from kanwu.session.stores import spool
from kanwu.session.stores.findings import Findings, packed


def finding(path, row, number=0):
    message = Message("id", "{number}", {"number": number})
    return Finding("TST001", "test", Severity.WARNING, message, whole_file(path, f"{row}#text"))


@given(
    st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 12)), max_size=6), max_size=6)
)
def test_findings_come_in_order_and_those_of_one_place_as_they_were_added(shards):
    number = 0
    added = []
    findings = Findings()
    for at, shard in enumerate(shards):
        own = []
        for path, row in shard:
            number += 1
            own.append(finding(path, row, number))
        added += own
        several = packed(own) if at % 3 else None
        if several is None:
            findings.extend(own)
        else:
            findings.add_packed(several)
    expected = sorted(added, key=lambda one: one.order)
    assert list(findings) == expected
    assert list(findings) == expected
    assert len(findings) == len(expected)


def test_every_part_of_a_finding_comes_back():
    at = Location(1, 2, 1)
    inner = Message("inner", "{a}", {"a": Listed(("x", Message("deep", "y", {})))})
    place = Place("\udcff.txt", None, at, at, Excerpt("前", "\ud800", "后"), "前\0\0后")
    full = Finding(
        "TST001",
        "test",
        Severity.ERROR,
        Message("id", "{inner}", {"inner": inner, "number": 1}),
        place,
        (Related(place, inner),),
        MappingProxyType({"shares": (0.5, None)}),
        Fix(Safety.SAFE, inner, (Edit(at, at, "好"),), Encoding("gb18030", b"\x84", 0.5)),
        ("a.txt", "b.txt"),
        3,
    )
    findings = Findings()
    findings.add_packed(packed([full]))
    assert list(findings) == [full]


def test_one_stretch_at_a_time_is_read(monkeypatch):
    """Shards come in order, so that findings of one alone are in memory while a report is written."""
    read = []
    before = Findings._read
    monkeypatch.setattr(
        Findings, "_read", lambda self, stretch: read.append(1) or before(self, stretch)
    )
    findings = Findings()
    for row in range(1, 100, 2):
        findings.add_packed(packed([finding("a", row), finding("a", row + 1)]))
    going = iter(findings)
    for _ in range(10):
        next(going)
    assert sum(read) <= 6


def test_many_findings_leave_memory(monkeypatch):
    monkeypatch.setattr(store, "MOST_IN_MEMORY", 4)
    monkeypatch.setattr(spool, "BUFFERED", 10)
    findings = Findings()
    findings.extend(finding("a", row) for row in range(20, 0, -1))
    gc.collect()
    assert sum(isinstance(one, Finding) for one in gc.get_objects()) < 20
    assert [one.place.row[0] for one in findings] == list(range(1, 21))
